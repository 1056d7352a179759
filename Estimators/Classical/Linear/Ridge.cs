using MLPath.Runtime;

namespace MLPath.Trainers;

/// <summary>
/// Ridge regression: least squares with a penalty on large weights, which steadies the fit when features depend on each other.
/// </summary>
/// <remarks>
/// <para><b>Objective.</b> Minimises Σᵢ wᵢ (yᵢ − w · xᵢ − b)² + α ‖w‖², with wᵢ the rows' weights; b is not penalised. It is scikit-learn's
/// Ridge.</para>
/// <para><b>Solution.</b> Exact: the centred problem's normal equations by Cholesky's decomposition, d × d, or their dual, n × n, when
/// there are fewer rows than features.</para>
/// <para><b>Cost.</b> n d² + d³ / 3, or n² d + n³ / 3; scoring d a row. Where n ≥ d, memory of d² and one block of rows: it learns in a few
/// passes from data larger than memory.</para>
/// <para><b>Use it</b> in place of least squares with many or correlated features. Bring features to one scale first, because the penalty
/// treats all weights alike.</para>
/// <para><b>Reference.</b> Hoerl, Kennard, <i>Ridge regression: biased estimation for nonorthogonal problems</i>, Technometrics 12, 1970;
/// Saunders, Gammerman, Vovk, <i>Ridge regression learning algorithm in dual variables</i>, ICML 1998.</para>
/// </remarks>
public sealed class RidgeTrainer : RegressionTrainer<LinearRegressionModelParameters>, IStreamingTrainer<LinearRegressionModelParameters>
{
    private readonly Options _options;

    /// <summary>Creates the trainer.</summary>
    /// <param name="options">Its options; the defaults when omitted.</param>
    /// <exception cref="OptionException">An option is out of its range.</exception>
    public RidgeTrainer(Options? options = null) : base(options ??= new())
    {
        Options.All.Validate(options);
        _options = options;
    }

    /// <summary>The options of <see cref="RidgeTrainer"/>.</summary>
    public sealed record Options : TrainerInputBaseWithWeight
    {
        /// <summary>
        /// The penalty α on the squared weights, beside the sum (not the mean) of squared errors. 0 or more, 0 being ordinary least
        /// squares; default 1.
        /// </summary>
        public double Alpha { get; init; } = 1;

        /// <summary>The options' names, meanings and ranges.</summary>
        public static OptionSet<Options> All { get; } = new OptionSet<Options>(new())
            .Number(nameof(Alpha), "The penalty on squared weights, beside the sum of squared errors.",
                o => o.Alpha, (o, v) => o with { Alpha = v }, minimum: 0);
    }

    /// <inheritdoc/>
    public override TrainerInfo Info { get; } = new(NeedsNormalization: true, SupportsWeights: true);

    /// <inheritdoc/>
    public override IReadOnlyList<KeyValuePair<string, string>> OptionValues => Options.All.Values(_options);

    /// <inheritdoc/>
    public override string ToString() => $"Ridge({Options.All.Changes(_options)})";

    /// <inheritdoc/>
    public LinearRegressionModelParameters Train(TrainingStream rows, FitContext context)
    {
        ArgumentNullException.ThrowIfNull(rows);
        ArgumentNullException.ThrowIfNull(context);
        var design = CentredDesign.Of(rows, withGram: _options.Alpha > 0, context);
        if (_options.Alpha > 0)
            design.Moments.WarnAboutScales(rows.FeatureNames, context);
        var solution = _options.Alpha > 0
            ? LeastSquares.Penalised(design, _options.Alpha, rows.FeatureNames, context)
            : LeastSquares.Ordinary(design, design.TriangularFactor(context), rows.FeatureNames, context);
        return new(solution.Weights, solution.Bias);
    }

    /// <inheritdoc/>
    protected override LinearRegressionModelParameters Train(TrainingData data, FitContext context) => Train(TrainingStream.Of(data), context);
}
