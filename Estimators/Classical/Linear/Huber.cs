using MLPath.Numerics;
using MLPath.Runtime;

namespace MLPath.Trainers;

/// <summary>
/// Huber regression: a linear function of the features that outliers do not sway, because errors count by their squares only up to a limit and
/// by their magnitudes beyond, where the limit is a multiple of a scale that is learned, too.
/// </summary>
/// <remarks>
/// <para><b>Objective.</b> Minimises Σᵢ wᵢ (σ + H((yᵢ − w · xᵢ − b) / σ) σ) + α ‖w‖² over w, b and σ > 0, with H(z) = z² for |z| &lt; ε and
/// 2 ε |z| − ε² beyond, and wᵢ the rows' weights; b is not penalised. It is scikit-learn's HuberRegressor, and convex.</para>
/// <para><b>Solution.</b> L-BFGS over w, b and log σ, in variables that bring the features to one scale.</para>
/// <para><b>Cost.</b> About 2 n d for each of the iterations, some dozens as a rule, each a pass over rows that need not fit in memory;
/// scoring d a row.</para>
/// <para><b>Use it</b> in place of least squares where some targets are far off. Against features that are far off it does not help.</para>
/// <para><b>Reference.</b> Huber, Ronchetti, <i>Robust Statistics</i>, 2nd ed., §7.7; Owen, <i>A robust hybrid of lasso and ridge
/// regression</i>, Contemporary Mathematics 443, 2007.</para>
/// </remarks>
public sealed class HuberTrainer : RegressionTrainer<HuberModelParameters>, IStreamingTrainer<HuberModelParameters>
{
    private readonly Options _options;

    /// <summary>Creates the trainer.</summary>
    /// <param name="options">Its options; the defaults when omitted.</param>
    /// <exception cref="OptionException">An option is out of its range.</exception>
    public HuberTrainer(Options? options = null) : base(options ??= new())
    {
        Options.All.Validate(options);
        _options = options;
    }

    /// <summary>The options of <see cref="HuberTrainer"/>.</summary>
    public sealed record Options : TrainerInputBaseWithWeight
    {
        /// <summary>
        /// ε, how many scales an error may have and still count by its square. Above 1; default 1.35, with which 95 % of the efficiency of
        /// least squares is kept where errors are Gaussian.
        /// </summary>
        public double Epsilon { get; init; } = 1.35;

        /// <summary>The penalty α on the squared weights, beside the sum of losses. 0 or more; default 1e-4.</summary>
        public double Alpha { get; init; } = 1e-4;

        /// <summary>
        /// The training ends when no component of the objective's gradient is larger than this part of the largest one at the start, where
        /// the weights are 0. Above 0; default 1e-7.
        /// </summary>
        public double OptimizationTolerance { get; init; } = 1e-7;

        /// <summary>The most iterations. 1 or more; default 1000.</summary>
        public int MaximumNumberOfIterations { get; init; } = 1000;

        /// <summary>The options' names, meanings and ranges.</summary>
        public static OptionSet<Options> All { get; } = new OptionSet<Options>(new())
            .Number(nameof(Epsilon), "How many scales an error may have and still count by its square.",
                o => o.Epsilon, (o, v) => o with { Epsilon = v }, minimum: 1, exclusive: true)
            .Number(nameof(Alpha), "The penalty on squared weights, beside the sum of losses.",
                o => o.Alpha, (o, v) => o with { Alpha = v }, minimum: 0)
            .Number(nameof(OptimizationTolerance), "Ends the training when the gradient has shrunk to this part of the first one.",
                o => o.OptimizationTolerance, (o, v) => o with { OptimizationTolerance = v }, minimum: 0, exclusive: true)
            .Integer(nameof(MaximumNumberOfIterations), "The most iterations.",
                o => o.MaximumNumberOfIterations, (o, v) => o with { MaximumNumberOfIterations = v }, minimum: 1);
    }

    /// <inheritdoc/>
    public override TrainerInfo Info { get; } = new(SupportsWeights: true, SupportsSparse: true);

    /// <inheritdoc/>
    public override IReadOnlyList<KeyValuePair<string, string>> OptionValues => Options.All.Values(_options);

    /// <inheritdoc/>
    public override string ToString() => $"Huber({Options.All.Changes(_options)})";

    /// <inheritdoc/>
    public HuberModelParameters Train(TrainingStream rows, FitContext context)
    {
        ArgumentNullException.ThrowIfNull(rows);
        ArgumentNullException.ThrowIfNull(context);
        var moments = ColumnMoments.Of(rows, context);
        double deviation = TargetDeviation(rows, moments, context);
        if (deviation == 0)
            return new(new double[rows.FeatureCount], moments.TargetMean, 0, new TrainingHistory(0, true, "The target is constant.", []));

        // The mean loss in units of the deviation s: its second derivative by a score is 2 / s² where σ = s and errors are small.
        var loss = new HuberLoss(_options.Epsilon, deviation);
        double penalty = 2 * _options.Alpha / (moments.TotalWeight * deviation);
        var objective = new ScoreObjective(loss, rows, moments, 2 / (deviation * deviation), penalty, context);
        var settings = new Lbfgs.Options
        {
            GradientTolerance = _options.OptimizationTolerance,
            MaxIterations = _options.MaximumNumberOfIterations,
        };
        var result = ScoreTraining.Minimize(objective, objective.Start(moments.TargetMean, 0), settings, [], [], context);
        var (weights, bias) = objective.Restore(result.Solution);
        return new(weights, bias, deviation * Math.Exp(result.Solution[^1]), ScoreTraining.History(result));
    }

    /// <inheritdoc/>
    protected override HuberModelParameters Train(TrainingData data, FitContext context) => Train(TrainingStream.Of(data), context);

    private static double TargetDeviation(TrainingStream rows, ColumnMoments moments, FitContext context)
    {
        double squares = 0;
        foreach (var block in rows.Blocks(context))
        {
            context.Checkpoint();
            for (int i = 0; i < block.Rows; i++)
            {
                double distance = block.Targets[i] - moments.TargetMean;
                squares += block.Weight(i) * distance * distance;
            }
        }

        double deviation = Math.Sqrt(squares / moments.TotalWeight);
        return deviation > 1e-10 * Math.Abs(moments.TargetMean) ? deviation : 0;
    }

    /// <summary>
    /// A row's loss in units of s, e^τ (1 + H(z)) with σ = s e^τ and z = (y − score) / σ. Its derivatives are −H'(z) / s by the score and
    /// e^τ (1 + H(z) − z H'(z)) by τ.
    /// </summary>
    private sealed class HuberLoss(double epsilon, double unit) : IScoreLoss
    {
        public int Parameters => 1;

        public double Differentiate(TrainingData block, int start, ReadOnlySpan<double> parameters, Span<double> scores, Span<double> gradient)
        {
            double part = Math.Exp(parameters[0]), scale = unit * part, loss = 0, byScale = 0;
            for (int i = 0; i < scores.Length; i++)
            {
                double weight = block.Weight(start + i), z = (block.Targets[start + i] - scores[i]) / scale;
                bool isFar = Math.Abs(z) >= epsilon;
                loss += weight * part * (1 + (isFar ? epsilon * ((2 * Math.Abs(z)) - epsilon) : z * z));
                byScale += weight * part * (isFar ? 1 - (epsilon * epsilon) : 1 - (z * z));
                scores[i] = -weight * 2 * (isFar ? Math.CopySign(epsilon, z) : z) / unit;
            }

            gradient[0] += byScale;
            return loss;
        }
    }
}

/// <summary>What Huber regression learned, ŷ = w · x + b, with the scale of the errors.</summary>
public sealed class HuberModelParameters : RegressionModelParameters, ITrainingHistory
{
    internal const string Id = "MLPath.Huber";

    private readonly TrainingHistory _history;

    /// <summary>Creates a model.</summary>
    /// <param name="weights">d weights, finite; 1 or more.</param>
    /// <param name="bias">The bias, finite.</param>
    /// <param name="scale">σ, finite, 0 or more.</param>
    /// <param name="history">How the training went; <see cref="TrainingHistory.None"/> when omitted.</param>
    /// <exception cref="ArgumentException">There is no weight, or a number is not finite or out of range.</exception>
    public HuberModelParameters(IReadOnlyList<double> weights, double bias, double scale, TrainingHistory? history = null) : base(weights, bias)
    {
        if (!(scale >= 0 && double.IsFinite(scale)))
            throw new ArgumentException("The scale of the errors is a finite number, 0 or more.", nameof(scale));
        (Scale, _history) = (scale, history ?? TrainingHistory.None);
    }

    /// <inheritdoc/>
    public override string ComponentId => Id;

    /// <summary>
    /// σ, the scale of the errors, in units of the target: rows whose error is more than <see cref="HuberTrainer.Options.Epsilon"/> times it
    /// were treated as outliers. 0 where the target is constant.
    /// </summary>
    public double Scale { get; }

    /// <inheritdoc/>
    public int Iterations => _history.Iterations;

    /// <inheritdoc/>
    public bool Converged => _history.Converged;

    /// <inheritdoc/>
    public string StopReason => _history.StopReason;

    /// <inheritdoc/>
    public IReadOnlyList<double> Losses => _history.Losses;

    /// <inheritdoc/>
    public override void Save(ModelSaveContext context)
    {
        base.Save(context);
        context.Write(nameof(Scale), Scale);
        _history.Save(context);
    }

    /// <inheritdoc/>
    public override string ToString() => $"Huber({FeatureCount} features)";

    internal static HuberModelParameters Load(ModelLoadContext context)
    {
        var (weights, bias) = Read(context);
        double scale = context.ReadFiniteNumber(nameof(Scale));
        return scale >= 0 ? new(weights, bias, scale, TrainingHistory.Load(context)) : throw context.Invalid($"its scale is {scale}");
    }
}
