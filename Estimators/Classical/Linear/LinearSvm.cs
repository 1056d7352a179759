using MLPath.Numerics;
using MLPath.Runtime;

namespace MLPath.Trainers;

/// <summary>How a linear support vector machine is trained.</summary>
public enum LinearSvmSolver
{
    /// <summary>Stochastic subgradient steps on the hinge loss, max(0, 1 − m), as in ML.NET: a few passes, and near the minimum.</summary>
    Pegasos,

    /// <summary>
    /// Newton's method on the squared hinge loss, max(0, 1 − m)², to the minimum itself: that of scikit-learn's LinearSVC with C = 1 / (Lambda · n).
    /// Beyond 2000 features L-BFGS leads to the same minimum.
    /// </summary>
    Newton,
}

/// <summary>
/// The linear support vector machine: the plane between two classes with the widest margin, where rows within the margin are paid for. Its scores are
/// margins, not probabilities.
/// </summary>
/// <remarks>
/// <para><b>Objective.</b> Minimises λ ½ ‖w‖² + Σᵢ cᵢ φ(tᵢ (w · xᵢ + b)) / Σᵢ cᵢ, with tᵢ = ±1 for the classes, cᵢ the rows' weights, φ the hinge
/// (<see cref="LinearSvmSolver.Pegasos"/>) or its square (<see cref="LinearSvmSolver.Newton"/>, which penalises b like a weight, as liblinear does).</para>
/// <para><b>Step of Pegasos.</b> For batch t of k rows: w ← (1 − rₜ λ) w + rₜ / k Σ cᵢ tᵢ xᵢ over its rows with margins below 1, b ← b + rₜ / k Σ cᵢ tᵢ,
/// with rₜ = 1 / (1 + λ t), as in ML.NET; the paper's 1 / (λ t) begins with very long steps.</para>
/// <para><b>Which solver.</b> Pegasos is the default because its parameters, its loss and its single pass are what a program written for ML.NET asks
/// for. Newton has no order of rows, no learning rate and no number of passes to choose; take it wherever d² numbers are no burden.</para>
/// <para><b>Cost.</b> Pegasos 4 n d a pass; Newton n d² / 2 for each of about ten iterations. Both over rows that need not fit in memory. Scoring d a
/// row.</para>
/// <para><b>Use it</b> where classes are wanted and no probabilities. Bring features to one scale first.</para>
/// <para><b>Reference.</b> Shalev-Shwartz, Singer, Srebro, Cotter, <i>Pegasos: primal estimated sub-gradient solver for SVM</i>, Mathematical
/// Programming 127, 2011; Keerthi, DeCoste, <i>A modified finite Newton method for fast solution of large scale linear SVMs</i>, JMLR 6, 2005.</para>
/// </remarks>
public sealed class LinearSvmTrainer : BinaryTrainer<LinearBinaryModelParameters>, IStreamingTrainer<LinearBinaryModelParameters>
{
    // The Hessian of more features costs more than the many gradients it saves.
    private const int MostNewtonFeatures = 2000;
    private const int MostIterations = 1000;

    private readonly Options _options;

    /// <summary>Creates the trainer.</summary>
    /// <param name="options">Its options; the defaults when omitted.</param>
    /// <exception cref="OptionException">An option is out of its range.</exception>
    public LinearSvmTrainer(Options? options = null) : base(options ??= new())
    {
        Options.All.Validate(options);
        _options = options;
    }

    /// <summary>The options of <see cref="LinearSvmTrainer"/>.</summary>
    public sealed record Options : OnlineLinearOptions
    {
        /// <summary>λ, the penalty on squared weights beside the mean loss. Above 0; default 0.001. With C of other libraries it is 1 / (C n).</summary>
        public double Lambda { get; init; } = 0.001;

        /// <summary>The rows of a step of Pegasos. 1 or more; default 1.</summary>
        public int BatchSize { get; init; } = 1;

        /// <summary>Whether each step of Pegasos draws the weights into the ball of radius 1 / √λ, in which the minimum lies. Default false.</summary>
        public bool PerformProjection { get; init; }

        /// <summary>Whether the plane goes through the origin. Default false.</summary>
        public bool NoBias { get; init; }

        /// <summary>How to train. Default Pegasos; the number of passes, the batch size, the projection and the shuffling are for it alone.</summary>
        public LinearSvmSolver Solver { get; init; }

        /// <summary>Newton ends when no component of the gradient is larger than this part of the largest one at the start. Above 0; default 1e-6.</summary>
        public double OptimizationTolerance { get; init; } = 1e-6;

        /// <summary>The options' names, meanings and ranges.</summary>
        public static OptionSet<Options> All { get; } = Describe(new Options())
            .Number(nameof(Lambda), "The penalty on squared weights, beside the mean loss.",
                o => o.Lambda, (o, v) => o with { Lambda = v }, minimum: 0, exclusive: true)
            .Integer(nameof(BatchSize), "The rows of a step of Pegasos.", o => o.BatchSize, (o, v) => o with { BatchSize = v }, minimum: 1)
            .Boolean(nameof(PerformProjection), "Whether each step of Pegasos draws the weights into the ball that holds the minimum.",
                o => o.PerformProjection, (o, v) => o with { PerformProjection = v })
            .Boolean(nameof(NoBias), "Whether the plane goes through the origin.", o => o.NoBias, (o, v) => o with { NoBias = v })
            .Choice(nameof(Solver), "How to train: Pegasos (hinge, approximate) or Newton (squared hinge, exact).",
                o => o.Solver, (o, v) => o with { Solver = v })
            .Number(nameof(OptimizationTolerance), "Ends Newton when the gradient has shrunk to this part of the first one.",
                o => o.OptimizationTolerance, (o, v) => o with { OptimizationTolerance = v }, minimum: 0, exclusive: true)
            .ClassWeights(o => o.ClassWeights, (o, v) => o with { ClassWeights = v });
    }

    /// <inheritdoc/>
    public override TrainerInfo Info => new(NeedsNormalization: true, SupportsSparse: true, SupportsWeights: _options.Solver == LinearSvmSolver.Newton);

    /// <inheritdoc/>
    public override IReadOnlyList<KeyValuePair<string, string>> OptionValues => Options.All.Values(_options);

    /// <inheritdoc/>
    public override string ToString() => $"LinearSvm({Options.All.Changes(_options)})";

    /// <inheritdoc/>
    public LinearBinaryModelParameters Train(TrainingStream rows, FitContext context)
    {
        double totalWeight = TrainerChecks.CheckClasses(rows, _options.LabelColumnName, context).Sum();
        return _options.Solver == LinearSvmSolver.Newton ? Newton(rows, totalWeight, context) : Pegasos(rows, context);
    }

    /// <inheritdoc/>
    protected override LinearBinaryModelParameters Train(TrainingData data, FitContext context) => Train(TrainingStream.Of(data), context);

    private LinearBinaryModelParameters Newton(TrainingStream rows, double totalWeight, FitContext context)
    {
        var objective = new SquaredHingeObjective(rows, totalWeight, _options.Lambda, !_options.NoBias, context);
        double[] start = new double[objective.Count];
        void Completed(int iteration, double value) => context.Report(iteration, null, value);
        var result = objective.Count <= MostNewtonFeatures
            ? NewtonCholesky.Minimize(
                objective.Evaluate, start, new() { GradientTolerance = _options.OptimizationTolerance, MaxIterations = MostIterations }, Completed, context.CancellationToken)
            : Lbfgs.Minimize(
                objective.Evaluate, start, new Lbfgs.Options { GradientTolerance = _options.OptimizationTolerance, MaxIterations = MostIterations },
                [], [], Completed, context.CancellationToken);
        LinearWeights.RequireUsable(result.Solution, "Normalize the features, or raise Lambda.");
        if (!result.Converged)
        {
            context.Diagnose(DiagnosisSeverity.Warning, "not-converged",
                "The training stopped before the gradient was as small as the tolerance asks. Normalize the features, or raise Lambda or OptimizationTolerance.");
        }

        double bias = _options.NoBias ? 0 : result.Solution[^1];
        return new(result.Solution[..rows.FeatureCount], bias, ScoreTraining.History(result), isCalibrated: false);
    }

    private LinearBinaryModelParameters Pegasos(TrainingStream rows, FitContext context)
    {
        var steps = new PegasosSteps(rows.FeatureCount, _options);
        if (_options.InitialWeightsDiameter > 0)
            steps.Randomize(context.CreateRandom("start", _options.Seed));
        var random = _options.Shuffle ? context.CreateRandom("order of rows", _options.Seed) : null;
        var passes = new OnlinePasses(rows, _options.NumberOfIterations, random, context);
        passes.Run(steps.Learn, () =>
        {
            steps.TakeBatch();
            return false;
        });
        var (w, b) = steps.Current();
        LinearWeights.RequireUsable([.. w, b], "Normalize the features, or raise Lambda.");
        return new(w, b, passes.History(false), isCalibrated: false);
    }
}
