using MLPath.Data;
using MLPath.Deep;
using MLPath.Numerics;
using MLPath.Runtime;

namespace MLPath.Trainers;

/// <summary>
/// A network of one's own as a trainer: an architecture that one describes, trained as all networks are, in pipelines as any trainer.
/// </summary>
/// <remarks>
/// Register the architecture's loader with <c>ml.Components</c>, so that models that hold it can be loaded.
/// </remarks>
/// <example><code>
/// var trainer = ml.MulticlassClassification.Trainers.Network((data, outputs) =&gt; new TwoTowers(data.Features.Columns, outputs), new() { Epochs = 20 });
/// </code></example>
public static class NetworkTrainer
{
    /// <summary>Describes a network.</summary>
    /// <param name="data">The rows it will learn from.</param>
    /// <param name="outputs">The number of outputs that it must have: 1 for two classes or a number, k for k classes.</param>
    public delegate NetworkArchitecture ArchitectureFactory(TrainingData data, int outputs);

    internal static TrainerInfo InfoOf(NetworkTrainerOptions options) =>
        new(options.NeedsNormalization, SupportsSparse: true, UsesValidationData: true) { Features = options.Forms, ValuesPerStep = options.ValuesPerStep };

    /// <summary>The options of trainers of one's own networks.</summary>
    public sealed record Options : NetworkTrainerOptions
    {
        /// <summary>The options' names, meanings and ranges.</summary>
        public static OptionSet<Options> All { get; } = new OptionSet<Options>(new()).NetworkTraining();

        internal ArchitectureFactory? Architecture { get; init; }

        /// <summary>All: what the network makes of the rows is its own to say.</summary>
        protected internal override FeatureForms Forms => SequenceInput.Forms;

        /// <inheritdoc/>
        protected internal override NetworkArchitecture CreateArchitecture(TrainingData data, int outputs) => Architecture!(data, outputs);

        /// <inheritdoc/>
        protected internal override NetworkTrainerOptions Checked()
        {
            All.Validate(this);
            return Architecture is null
                ? throw new OptionException("The options name no network; use the catalog's Network(architecture, options).")
                : this with { Callbacks = [.. Callbacks] };
        }

        /// <inheritdoc/>
        protected internal override IReadOnlyList<KeyValuePair<string, string>> Values() => All.Values(this);

        /// <inheritdoc/>
        protected internal override string Describe() => $"Network({All.Changes(this)})";
    }

    internal static Options With(ArchitectureFactory architecture, Options? options, int? seed)
    {
        ArgumentNullException.ThrowIfNull(architecture);
        options ??= new();
        return options with { Architecture = architecture, Seed = options.Seed ?? seed };
    }

    /// <summary>Describes the network of a trainer's options, shows it the rows, and looks for its learning rate; the network stays untrained.</summary>
    internal static (LearningRateCurve Curve, TrainedNetwork Untrained) FindLearningRate(
        TrainingData data, LabelKind kind, int outputs, NetworkTrainerOptions options, FitContext context)
    {
        var architecture = options.CreateArchitecture(data, outputs);
        var examples = LabelledExamples.Of(data, kind, options.CreateExamples(data.Features, architecture, isTraining: true));
        var network = architecture.Build();
        network.Initialize(new CpuBackend(), new RandomStream(0));
        return (NetworkTraining.FindLearningRate(architecture, examples, options, context), new(architecture, network.GetState(), LabelScale.None, NetworkHistory.None, []));
    }

    /// <summary>Describes the network of a trainer's options, shows it the rows, and trains it.</summary>
    internal static TrainedNetwork Train(
        TrainingData data, TrainingData? validation, LabelKind kind, int outputs, NetworkTrainerOptions options, FitContext context)
    {
        var architecture = options.CreateArchitecture(data, outputs);
        return NetworkTraining.Learn(architecture, Examples(data, isTraining: true), validation is null ? null : Examples(validation, isTraining: false), options, context);

        LabelledExamples Examples(TrainingData rows, bool isTraining) =>
            LabelledExamples.Of(rows, kind, options.CreateExamples(rows.Features, architecture, isTraining));
    }
}
