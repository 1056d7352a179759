using MLPath.Data;
using MLPath.Runtime;

namespace MLPath.Trainers;

/// <summary>
/// The baseline of binary classification: gives every row the frequency of the positive class as its probability, whatever its features. A
/// model that learned something does better.
/// </summary>
/// <remarks>The label may have one class only. <see cref="PriorMulticlassTrainer"/> is the same for several classes.</remarks>
public sealed class PriorTrainer : BinaryTrainer<PriorModelParameters>, IStreamingTrainer<PriorModelParameters>
{
    private readonly Options _options;

    /// <summary>Creates the trainer.</summary>
    /// <param name="options">Its options; the defaults when omitted.</param>
    /// <exception cref="OptionException">An option is out of its range.</exception>
    public PriorTrainer(Options? options = null) : base(options ??= new())
    {
        Options.All.Validate(options);
        _options = options;
    }

    /// <summary>The options of <see cref="PriorTrainer"/> and <see cref="PriorMulticlassTrainer"/>: the columns and their weights alone.</summary>
    public sealed record Options : TrainerInputBaseWithWeight
    {
        /// <summary>The options' names, meanings and ranges.</summary>
        public static OptionSet<Options> All { get; } = new OptionSet<Options>(new())
            .ClassWeights(o => o.ClassWeights, (o, v) => o with { ClassWeights = v });
    }

    /// <inheritdoc/>
    public override TrainerInfo Info => SharedInfo;

    internal static TrainerInfo SharedInfo { get; } =
        new(SupportsWeights: true, SupportsSparse: true, SupportsMissing: true, GivesProbabilities: true);

    /// <inheritdoc/>
    public override IReadOnlyList<KeyValuePair<string, string>> OptionValues => Options.All.Values(_options);

    /// <inheritdoc/>
    public override string ToString() => $"Prior({Options.All.Changes(_options)})";

    /// <inheritdoc/>
    public PriorModelParameters Train(TrainingStream rows, FitContext context) => Learn(rows, _options, context);

    /// <inheritdoc/>
    protected override PriorModelParameters Train(TrainingData data, FitContext context) => Train(TrainingStream.Of(data), context);

    internal static PriorModelParameters Learn(TrainingStream rows, Options options, FitContext context)
    {
        double[] frequency = TrainerChecks.CheckClasses(rows, options.LabelColumnName, context, minimum: 1);
        double total = frequency.Sum();
        return new(frequency.Select(f => f / total).ToArray(), rows.FeatureCount);
    }
}

/// <summary>
/// The baseline of multiclass classification: gives every row the frequencies of the classes as its probabilities, and so predicts the most
/// frequent one.
/// </summary>
public sealed class PriorMulticlassTrainer : MulticlassTrainer<PriorModelParameters>, IStreamingTrainer<PriorModelParameters>
{
    private readonly PriorTrainer.Options _options;

    /// <summary>Creates the trainer.</summary>
    /// <param name="options">Its options; the defaults when omitted.</param>
    /// <exception cref="OptionException">An option is out of its range.</exception>
    public PriorMulticlassTrainer(PriorTrainer.Options? options = null) : base(options ??= new())
    {
        PriorTrainer.Options.All.Validate(options);
        _options = options;
    }

    /// <inheritdoc/>
    public override TrainerInfo Info => PriorTrainer.SharedInfo;

    /// <inheritdoc/>
    public override IReadOnlyList<KeyValuePair<string, string>> OptionValues => PriorTrainer.Options.All.Values(_options);

    /// <inheritdoc/>
    public override string ToString() => $"Prior({PriorTrainer.Options.All.Changes(_options)})";

    /// <inheritdoc/>
    public PriorModelParameters Train(TrainingStream rows, FitContext context) => PriorTrainer.Learn(rows, _options, context);

    /// <inheritdoc/>
    protected override PriorModelParameters Train(TrainingData data, FitContext context) => Train(TrainingStream.Of(data), context);
}

/// <summary>The frequencies of the classes, as the model of every row.</summary>
public sealed class PriorModelParameters : ClassProbabilityModel
{
    internal const string Id = "MLPath.Prior";

    private readonly double[] _probabilities;

    /// <summary>Creates a model.</summary>
    /// <param name="probabilities">k frequencies, 0 or more, that sum to 1.</param>
    /// <param name="featureCount">d, 1 or more.</param>
    /// <exception cref="ArgumentException">The frequencies are not a distribution, or there are no features.</exception>
    public PriorModelParameters(ReadOnlySpan<double> probabilities, int featureCount)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(featureCount, 1);
        (_probabilities, FeatureCount) = (probabilities.ToArray(), featureCount);
        if (!IsDistribution(_probabilities))
            throw new ArgumentException("Class frequencies are 0 or more and sum to 1.", nameof(probabilities));
    }

    /// <inheritdoc/>
    public override string ComponentId => Id;

    /// <inheritdoc/>
    public override int FeatureCount { get; }

    /// <inheritdoc/>
    public override int ClassCount => _probabilities.Length;

    /// <inheritdoc/>
    public override bool ScoresSparse => true;

    /// <summary>k class frequencies.</summary>
    public ReadOnlySpan<double> Probabilities => _probabilities;

    /// <inheritdoc/>
    public override void Score(FeatureMatrix features, Span<float> scores)
    {
        for (int i = 0; i < features.Rows * ClassCount; i++)
            scores[i] = (float)_probabilities[i % ClassCount];
    }

    /// <inheritdoc/>
    public override void Save(ModelSaveContext context)
    {
        context.Write(nameof(FeatureCount), FeatureCount);
        context.WriteArray<double>(nameof(Probabilities), _probabilities);
    }

    /// <inheritdoc/>
    public override string ToString() => $"Prior({ClassCount} classes)";

    internal static PriorModelParameters Load(ModelLoadContext context)
    {
        int featureCount = context.ReadInt32(nameof(FeatureCount));
        double[] probabilities = context.ReadFinite(nameof(Probabilities), -1);
        return featureCount >= 1 && IsDistribution(probabilities)
            ? new(probabilities, featureCount)
            : throw context.Invalid("it needs features, and class frequencies that sum to 1");
    }

    private static bool IsDistribution(double[] p) => Array.TrueForAll(p, v => v >= 0) && Math.Abs(p.Sum() - 1) < 1e-6;
}
