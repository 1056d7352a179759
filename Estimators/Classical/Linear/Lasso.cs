using MLPath.Runtime;

namespace MLPath.Trainers;

/// <summary>
/// The lasso: least squares with a penalty on the magnitudes of the weights, which sets those of needless features to exactly 0, and so
/// chooses features while it fits.
/// </summary>
/// <remarks>
/// <para><b>Objective.</b> Minimises Σᵢ wᵢ (yᵢ − w · xᵢ − b)² / 2W + α ‖w‖₁, with wᵢ the rows' weights and W their sum; b is not penalised. It
/// is scikit-learn's Lasso, and the <see cref="ElasticNetTrainer"/> with ρ = 1. The objective is convex.</para>
/// <para><b>Solution.</b> Coordinate descent until the duality gap is small (<see cref="Numerics.CoordinateDescent"/>): on the features' second
/// moments, which one pass sums up, or where there are more than 1024 features and fewer rows than features, on the rows themselves.</para>
/// <para><b>Cost.</b> n d² / 2 for the moments, then d² at most for each of some dozens of sweeps, whatever n; memory of d² and one block of
/// rows, so that it learns from data larger than memory. On rows, n d for a sweep. A path costs its sweeps alone. Scoring: d a row.</para>
/// <para><b>Use it</b> with many features of which few matter, or to learn which do. Of features that go together it keeps one, by chance;
/// the elastic net keeps them all. Bring features to one scale first, because the penalty treats all weights alike.</para>
/// <para><b>Reference.</b> Tibshirani, <i>Regression shrinkage and selection via the lasso</i>, Journal of the Royal Statistical Society B 58,
/// 1996; Friedman, Hastie, Tibshirani, <i>Regularization paths for generalized linear models via coordinate descent</i>, Journal of
/// Statistical Software 33(1), 2010.</para>
/// </remarks>
public sealed class LassoTrainer : RegressionTrainer<ElasticNetModelParameters>, IStreamingTrainer<ElasticNetModelParameters>
{
    private readonly Options _options;

    /// <summary>Creates the trainer.</summary>
    /// <param name="options">Its options; the defaults when omitted.</param>
    /// <exception cref="OptionException">An option is out of its range.</exception>
    public LassoTrainer(Options? options = null) : base(options ??= new())
    {
        Options.All.Validate(options);
        _options = options;
    }

    /// <summary>The options of <see cref="LassoTrainer"/>.</summary>
    public sealed record Options : ElasticNetOptionsBase
    {
        internal override double L1Part => 1;

        /// <summary>The options' names, meanings and ranges.</summary>
        public static OptionSet<Options> All { get; } = Describe(new Options());
    }

    /// <inheritdoc/>
    public override TrainerInfo Info => ElasticNetSolver.Info;

    /// <inheritdoc/>
    public override IReadOnlyList<KeyValuePair<string, string>> OptionValues => Options.All.Values(_options);

    /// <inheritdoc/>
    public override string ToString() => $"Lasso({Options.All.Changes(_options)})";

    /// <inheritdoc/>
    public ElasticNetModelParameters Train(TrainingStream rows, FitContext context) => ElasticNetSolver.Train(rows, _options, context);

    /// <inheritdoc/>
    protected override ElasticNetModelParameters Train(TrainingData data, FitContext context) => Train(TrainingStream.Of(data), context);
}
