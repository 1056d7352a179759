using MLPath.Data;
using MLPath.Runtime;

namespace MLPath.Trainers;

/// <summary>
/// One-class support vector machine: a boundary around the rows that leaves about the part ν of them outside; what lies outside is an
/// anomaly.
/// </summary>
/// <remarks>
/// <para><b>Objective.</b> The plane in the kernel's space of features that lies farthest from 0 with most rows beyond it:
/// min ½ ‖w‖² − ρ + 1 / (ν n) Σ max(0, ρ − ⟨w, φ(xᵢ)⟩). In its dual min ½ βᵀKβ over 0 ≤ βᵢ ≤ 1 (a row's weight, where there are weights)
/// with Σ βᵢ = ν n. The score of a row is ρ − Σ βᵢ K(xᵢ, x), above 0 outside the boundary; it is minus scikit-learn's decision function.
/// At most the part ν of the training rows is outside, and at least the part ν are support vectors.</para>
/// <para><b>Cost.</b> A kernel value of d operations for n rows and about each support vector; a prediction d for each support vector.</para>
/// <para><b>Use it</b> on rows nearly all of which are normal. Scale the features first.</para>
/// <para><b>Reference.</b> Schölkopf, Platt, Shawe-Taylor, Smola, Williamson, <i>Estimating the Support of a High-Dimensional
/// Distribution</i>, Neural Computation 13, 2001.</para>
/// </remarks>
public sealed class OneClassSvmTrainer : AnomalyTrainer<OneClassSvmModelParameters>
{
    private readonly Options _options;

    /// <summary>Creates the trainer.</summary>
    /// <param name="options">Its options; the defaults when omitted.</param>
    /// <exception cref="OptionException">An option is out of its range.</exception>
    public OneClassSvmTrainer(Options? options = null) : base(options ??= new())
    {
        Options.All.Validate(options);
        _options = options;
    }

    /// <summary>The options of the one-class support vector machine.</summary>
    public sealed record Options : UnsupervisedTrainerInputBaseWithWeight
    {
        /// <summary>ν, about the part of the training rows that is left outside: above 0, up to 1. Default 0.5, as in scikit-learn.</summary>
        public double Nu { get; init; } = 0.5;

        /// <inheritdoc cref="KernelSvmOptionsBase.Kernel"/>
        public KernelFunction Kernel
        {
            get => Settings.Kernel;
            init => Settings = Settings with { Kernel = value };
        }

        /// <inheritdoc cref="KernelSvmOptionsBase.Gamma"/>
        public double? Gamma
        {
            get => Settings.Gamma;
            init => Settings = Settings with { Gamma = value };
        }

        /// <inheritdoc cref="KernelSvmOptionsBase.Coef0"/>
        public double Coef0
        {
            get => Settings.Coef0;
            init => Settings = Settings with { Coef0 = value };
        }

        /// <inheritdoc cref="KernelSvmOptionsBase.Degree"/>
        public int Degree
        {
            get => Settings.Degree;
            init => Settings = Settings with { Degree = value };
        }

        /// <inheritdoc cref="KernelSvmOptionsBase.OptimizationTolerance"/>
        public double OptimizationTolerance
        {
            get => Settings.OptimizationTolerance;
            init => Settings = Settings with { OptimizationTolerance = value };
        }

        /// <summary>The most steps, each of two coefficients. 1 or more; default 10 million.</summary>
        public int MaximumNumberOfIterations
        {
            get => Settings.MaximumNumberOfIterations;
            init => Settings = Settings with { MaximumNumberOfIterations = value };
        }

        /// <inheritdoc cref="KernelSvmOptionsBase.CacheSizeMegabytes"/>
        public double CacheSizeMegabytes
        {
            get => Settings.CacheSizeMegabytes;
            init => Settings = Settings with { CacheSizeMegabytes = value };
        }

        /// <summary>The options' names, meanings and ranges.</summary>
        public static OptionSet<Options> All { get; } = SvmSettings.Describe(
            new OptionSet<Options>(new()).Number(nameof(Nu), "About the part of the training rows that is left outside.",
                o => o.Nu, (o, v) => o with { Nu = v }, minimum: 0, maximum: 1, exclusive: true),
            o => o.Settings, (o, v) => o with { Settings = v });

        internal SvmSettings Settings { get; init; } = new();
    }

    /// <inheritdoc/>
    public override TrainerInfo Info => KernelSvmTrainer.Info;

    /// <inheritdoc/>
    public override IReadOnlyList<KeyValuePair<string, string>> OptionValues => Options.All.Values(_options);

    /// <inheritdoc/>
    public override string ToString() => $"OneClassSvm({Options.All.Changes(_options)})";

    /// <inheritdoc/>
    protected override OneClassSvmModelParameters Train(TrainingData data, FitContext context)
    {
        var kernel = _options.Settings.KernelFor(data);
        double[] upper = [.. Enumerable.Range(0, data.Rows).Select(i => (double)data.Weight(i))];
        var problem = new SvmProblem(
            KernelSvmTrainer.Basis(kernel, data.Features), new double[data.Rows], new double[data.Rows], upper, 0, Start(upper, _options.Nu));
        var solution = SvmSolver.Solve(problem, _options.Settings, context);
        KernelSvmTrainer.TellOf(solution.History, context);
        return new(KernelSvmTrainer.Vectors(kernel, data.Features, solution.Coefficients), solution.Bias, solution.History);
    }

    // The first coefficients at their bound, so many that they sum to ν times the sum of all bounds.
    private static double[] Start(double[] upper, double nu)
    {
        double rest = nu * upper.Sum();
        var start = new double[upper.Length];
        for (int i = 0; i < upper.Length && rest > 0; i++)
        {
            start[i] = Math.Min(rest, upper[i]);
            rest -= start[i];
        }

        return start;
    }
}

/// <summary>What a one-class support vector machine learned: the score is −f(x) = ρ − Σ βᵢ K(xᵢ, x), above 0 for an anomaly.</summary>
public sealed class OneClassSvmModelParameters : SupportVectorModel, IAnomalyModel
{
    internal const string Id = "MLPath.OneClassSvm";

    internal OneClassSvmModelParameters(SupportVectors vectors, double bias, TrainingHistory history) : base(vectors, bias, history)
    {
    }

    /// <inheritdoc/>
    public override string ComponentId => Id;

    /// <summary>0, the boundary.</summary>
    public float DefaultThreshold => 0;

    /// <inheritdoc/>
    public void Score(FeatureMatrix features, Span<float> scores)
    {
        ArgumentNullException.ThrowIfNull(features);
        Evaluate(features, scores);
        for (int i = 0; i < features.Rows; i++)
            scores[i] = -scores[i];
    }

    /// <inheritdoc/>
    public override string ToString() => $"OneClassSvm({Kernel}, {SupportVectors.Rows} support vectors)";

    internal static OneClassSvmModelParameters Load(ModelLoadContext context)
    {
        var (vectors, bias, history) = Read(context);
        return new(vectors, bias, history);
    }
}
