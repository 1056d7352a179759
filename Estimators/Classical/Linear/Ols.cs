using MLPath.Runtime;

namespace MLPath.Trainers;

/// <summary>
/// Ordinary least squares: predicts a number as the linear function of the features with the least squared error, and gives the statistics
/// of its weights.
/// </summary>
/// <remarks>
/// <para><b>Objective.</b> Minimises Σᵢ wᵢ (yᵢ − w · xᵢ − b)², with wᵢ the rows' weights.</para>
/// <para><b>Solution.</b> Exact, by a QR decomposition of the centred features in double precision. When features are constant or depend on
/// each other, or there are too few rows to tell them apart, many weights are equally good: the one of smallest norm is taken, counting
/// each feature in units of its standard deviation, so that predictions do not depend on units; and the fit tells of it
/// ("rank-deficient").</para>
/// <para><b>Cost.</b> 2 n d² and memory of d² and one block of rows: it learns in a few passes from data larger than memory; scoring d a
/// row.</para>
/// <para><b>Use it</b> where the weights themselves are of interest, or as the first model of a number. With many features for few rows use
/// <see cref="RidgeTrainer"/>.</para>
/// <para><b>Reference.</b> Golub, Van Loan, <i>Matrix Computations</i>, 4th ed., §5.3–5.5; Hastie, Tibshirani, Friedman, <i>The Elements of
/// Statistical Learning</i>, 2nd ed., §3.2.</para>
/// </remarks>
public sealed class OlsTrainer : RegressionTrainer<OlsModelParameters>, IStreamingTrainer<OlsModelParameters>
{
    private readonly Options _options;

    /// <summary>Creates the trainer.</summary>
    /// <param name="options">Its options; the defaults when omitted.</param>
    /// <exception cref="OptionException">An option is out of its range.</exception>
    public OlsTrainer(Options? options = null) : base(options ??= new())
    {
        Options.All.Validate(options);
        _options = options;
    }

    /// <summary>The options of <see cref="OlsTrainer"/>.</summary>
    public sealed record Options : TrainerInputBaseWithWeight
    {
        /// <summary>
        /// The L2 penalty l, which adds l² ‖w‖² to the mean of the squared errors, as in ML.NET; b is spared. 0 or more. Default 0, exact
        /// least squares: ML.NET's 1e-6 keeps its decomposition from failing, for which there is no need here.
        /// </summary>
        public double L2Regularization { get; init; }

        /// <summary>Whether to compute the statistics of the weights, at the cost of a few d³. Default true.</summary>
        public bool CalculateStatistics { get; init; } = true;

        /// <summary>The options' names, meanings and ranges.</summary>
        public static OptionSet<Options> All { get; } = new OptionSet<Options>(new())
            .Number(nameof(L2Regularization), "The L2 penalty; its square stands beside the mean squared error.",
                o => o.L2Regularization, (o, v) => o with { L2Regularization = v }, minimum: 0)
            .Boolean(nameof(CalculateStatistics), "Whether to compute standard errors, t and p of the weights.",
                o => o.CalculateStatistics, (o, v) => o with { CalculateStatistics = v });
    }

    /// <inheritdoc/>
    public override TrainerInfo Info { get; } = new(SupportsWeights: true);

    /// <inheritdoc/>
    public override IReadOnlyList<KeyValuePair<string, string>> OptionValues => Options.All.Values(_options);

    /// <inheritdoc/>
    public override string ToString() => $"Ols({Options.All.Changes(_options)})";

    /// <inheritdoc/>
    public OlsModelParameters Train(TrainingStream rows, FitContext context)
    {
        ArgumentNullException.ThrowIfNull(rows);
        ArgumentNullException.ThrowIfNull(context);
        var design = CentredDesign.Of(rows, withGram: false, context);
        var factor = design.TriangularFactor(context);
        double penalty = _options.L2Regularization * _options.L2Regularization * design.Moments.TotalWeight;
        var solution = penalty > 0
            ? LeastSquares.Penalised(design, penalty, rows.FeatureNames, context)
            : LeastSquares.Ordinary(design, factor, rows.FeatureNames, context);
        var statistics = OlsStatistics.Of(solution, factor, penalty, _options.CalculateStatistics, context);
        return new(solution.Weights, solution.Bias, statistics);
    }

    /// <inheritdoc/>
    protected override OlsModelParameters Train(TrainingData data, FitContext context) => Train(TrainingStream.Of(data), context);
}

/// <summary>What least squares learned, ŷ = w · x + b, with the statistics of the fit.</summary>
public sealed class OlsModelParameters : RegressionModelParameters
{
    internal const string Id = "MLPath.Ols";

    private readonly OlsStatistics _statistics;

    /// <summary>Creates a model without statistics.</summary>
    /// <param name="weights">d weights, finite; 1 or more.</param>
    /// <param name="bias">The bias, finite.</param>
    /// <exception cref="ArgumentException">There is no weight, or a number is not finite.</exception>
    public OlsModelParameters(IReadOnlyList<double> weights, double bias) : this(weights, bias, OlsStatistics.None) { }

    internal OlsModelParameters(IReadOnlyList<double> weights, double bias, OlsStatistics statistics) : base(weights, bias) =>
        _statistics = statistics;

    /// <inheritdoc/>
    public override string ComponentId => Id;

    /// <summary>
    /// R² on the training rows, the part of the target's variance that the model explains, 0 to 1; NaN when the target is constant.
    /// </summary>
    public double RSquared => _statistics.RSquared;

    /// <summary>
    /// R² adjusted for the number of parameters, 1 − (1 − R²)(n − 1) / (n − d − 1), with n the sum of weights, and 0 where that is
    /// negative; NaN unless n is greater than d + 1.
    /// </summary>
    public double RSquaredAdjusted => _statistics.RSquaredAdjusted;

    /// <summary>
    /// Whether there are <see cref="StandardErrors"/>, <see cref="TValues"/> and <see cref="PValues"/>. They need more rows than
    /// parameters, features that do not depend on each other, a fit with some error, and
    /// <see cref="OlsTrainer.Options.CalculateStatistics"/>.
    /// </summary>
    public bool HasStatistics => _statistics.StandardErrors is not null;

    /// <summary>The d + 1 standard errors of the bias, which comes first, and of the weights; null without statistics.</summary>
    public IReadOnlyList<double>? StandardErrors => _statistics.StandardErrors;

    /// <summary>The d + 1 parameters divided by their standard errors, the bias first; null without statistics.</summary>
    public IReadOnlyList<double>? TValues => _statistics.TValues;

    /// <summary>
    /// The d + 1 probabilities of a t at least as far from 0 if the parameter were 0 (Student's t with n − d − 1 degrees of freedom,
    /// two-sided), the bias first; null without statistics.
    /// </summary>
    public IReadOnlyList<double>? PValues => _statistics.PValues;

    /// <inheritdoc/>
    public override void Save(ModelSaveContext context)
    {
        base.Save(context);
        _statistics.Save(context);
    }

    /// <inheritdoc/>
    public override string ToString() => $"Ols({FeatureCount} features)";

    internal static OlsModelParameters Load(ModelLoadContext context)
    {
        var (weights, bias) = Read(context);
        return new(weights, bias, OlsStatistics.Load(context, weights.Length + 1));
    }
}
