using MLPath.Runtime;

namespace MLPath.Trainers;

/// <summary>
/// The elastic net: least squares with a penalty on the magnitudes of the weights, which sets those of needless features to exactly 0, and one
/// on their squares, which lets features that go together keep their weights together.
/// </summary>
/// <remarks>
/// <para><b>Objective.</b> Minimises Σᵢ wᵢ (yᵢ − w · xᵢ − b)² / 2W + α ρ ‖w‖₁ + α (1 − ρ) / 2 ‖w‖², with wᵢ the rows' weights and W their
/// sum; b is not penalised. It is scikit-learn's ElasticNet; ρ = 1 is the <see cref="LassoTrainer"/>. The objective is convex, and with
/// ρ &lt; 1 the model is its one minimum.</para>
/// <para><b>Solution.</b> Coordinate descent until the duality gap is small (<see cref="Numerics.CoordinateDescent"/>): on the features' second
/// moments, which one pass sums up, or where there are more than 1024 features and fewer rows than features, on the rows themselves.</para>
/// <para><b>Cost.</b> n d² / 2 for the moments, then d² at most for each of some dozens of sweeps, whatever n; memory of d² and one block of
/// rows, so that it learns from data larger than memory. On rows, n d for a sweep. A path costs its sweeps alone. Scoring: d a row.</para>
/// <para><b>Use it</b> with many features of which few matter, in groups that go together. Bring features to one scale first, because the
/// penalties treat all weights alike.</para>
/// <para><b>Reference.</b> Zou, Hastie, <i>Regularization and variable selection via the elastic net</i>, Journal of the Royal Statistical
/// Society B 67, 2005; Friedman, Hastie, Tibshirani, <i>Regularization paths for generalized linear models via coordinate descent</i>,
/// Journal of Statistical Software 33(1), 2010.</para>
/// </remarks>
public sealed class ElasticNetTrainer : RegressionTrainer<ElasticNetModelParameters>, IStreamingTrainer<ElasticNetModelParameters>
{
    private readonly Options _options;

    /// <summary>Creates the trainer.</summary>
    /// <param name="options">Its options; the defaults when omitted.</param>
    /// <exception cref="OptionException">An option is out of its range, or a path is asked for without an L1 penalty.</exception>
    public ElasticNetTrainer(Options? options = null) : base(options ??= new())
    {
        Options.All.Validate(options);
        if (options is { PathLength: > 0, L1Ratio: 0 })
        {
            throw new OptionException(
                "A path begins where the L1 penalty sets all weights to 0, and L1Ratio 0 has none. Raise L1Ratio, or leave PathLength at 0.");
        }

        _options = options;
    }

    /// <summary>The options of <see cref="ElasticNetTrainer"/>.</summary>
    public sealed record Options : ElasticNetOptionsBase
    {
        /// <summary>ρ, the part of the penalty that is on magnitudes; the rest is on squares. 0 to 1; default 0.5.</summary>
        public double L1Ratio { get; init; } = 0.5;

        internal override double L1Part => L1Ratio;

        /// <summary>The options' names, meanings and ranges.</summary>
        public static OptionSet<Options> All { get; } = Describe(new Options())
            .Number(nameof(L1Ratio), "The part of the penalty that is on magnitudes and not on squares.",
                o => o.L1Ratio, (o, v) => o with { L1Ratio = v }, minimum: 0, maximum: 1);
    }

    /// <inheritdoc/>
    public override TrainerInfo Info => ElasticNetSolver.Info;

    /// <inheritdoc/>
    public override IReadOnlyList<KeyValuePair<string, string>> OptionValues => Options.All.Values(_options);

    /// <inheritdoc/>
    public override string ToString() => $"ElasticNet({Options.All.Changes(_options)})";

    /// <inheritdoc/>
    public ElasticNetModelParameters Train(TrainingStream rows, FitContext context) => ElasticNetSolver.Train(rows, _options, context);

    /// <inheritdoc/>
    protected override ElasticNetModelParameters Train(TrainingData data, FitContext context) => Train(TrainingStream.Of(data), context);
}
