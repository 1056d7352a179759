using MLPath.Data;
using MLPath.Deep;
using MLPath.Numerics;
using MLPath.Reports;
using MLPath.Runtime;

namespace MLPath.Trainers;

/// <summary>What the training of a network made: its description, its numbers, and how it came about. Safe for use by many threads.</summary>
public abstract class NetworkModelParameters : IModelParameters, ITrainingHistory, IReportSections
{
    // Rows that go through the network at once: enough for products of matrices to be fast, few enough for their results to stay in the caches.
    private const int RowsPerBatch = 128;
    private const string Prefix = "network.";

    private readonly CpuBackend _backend = new(Environment.ProcessorCount);
    private readonly Network _network;

    private protected NetworkModelParameters(TrainedNetwork trained, int? outputs)
    {
        ArgumentNullException.ThrowIfNull(trained);
        (Architecture, Scale, History, Findings) = (trained.Architecture, trained.Scale, trained.History, trained.Findings);
        if (outputs is { } needed && Architecture.Outputs != needed)
            throw new ArgumentException($"The network has {Architecture.Outputs} outputs instead of {needed}.", nameof(trained));
        foreach (var (path, values) in trained.State)
        {
            if (!Array.TrueForAll(values, float.IsFinite)) throw new ArgumentException($"A number of '{path}' is not finite.", nameof(trained));
        }

        _network = Architecture.Build();
        _network.SetState(_backend, trained.State);
    }

    /// <inheritdoc/>
    public abstract string ComponentId { get; }

    /// <summary>The network's description.</summary>
    public NetworkArchitecture Architecture { get; }

    /// <inheritdoc/>
    public int FeatureCount => Architecture.Input.FeatureCount;

    /// <inheritdoc/>
    public FeatureFormat InputFormat => Architecture.Input.Format;

    /// <inheritdoc/>
    public bool ScoresSparse => true;

    /// <summary>How the training went, epoch by epoch.</summary>
    public NetworkHistory History { get; }

    /// <summary>What the training noticed.</summary>
    public IReadOnlyList<NetworkFinding> Findings { get; }

    /// <inheritdoc/>
    public int Iterations => History.Iterations;

    /// <inheritdoc/>
    public bool Converged => History.Converged;

    /// <inheritdoc/>
    public string StopReason => History.StopReason;

    /// <inheritdoc/>
    public IReadOnlyList<double> Losses => History.Losses;

    /// <summary>The paths of the network's numbers with their shapes, in order.</summary>
    public IReadOnlyList<(string Path, Shape Shape)> Parameters => [.. _network.Parameters().Select(p => (p.Path, p.Parameter.Shape))];

    private protected LabelScale Scale { get; }

    // What the history's metric is called.
    private protected virtual string Metric => NetworkObjective.Accuracy;

    /// <summary>The network's layers, the shapes of their outputs, and their numbers; its text is a table.</summary>
    public NetworkSummary Summary() => NetworkSummary.Of(Architecture, _network, _backend);

    /// <inheritdoc/>
    public IReadOnlyList<ReportSection> GetReportSections() => NetworkReport.Of(Summary(), History, Findings, Metric);

    /// <summary>A copy of the numbers of one path, row-major.</summary>
    /// <param name="path">The path: "layers.0.weight".</param>
    /// <exception cref="ArgumentException">There is no such path.</exception>
    public float[] GetParameter(string path)
    {
        foreach (var (name, parameter) in _network.Parameters())
        {
            if (name == path) return parameter.Value.ToArray();
        }

        throw new ArgumentException($"The network has no '{path}'. {NearestName.List("The paths are", [.. _network.Parameters().Select(p => p.Path)])}", nameof(path));
    }

    /// <inheritdoc/>
    public virtual void Save(ModelSaveContext context)
    {
        ArgumentNullException.ThrowIfNull(context);
        context.SaveChild(nameof(Architecture), Architecture);
        foreach (var (path, parameter) in _network.Parameters())
            context.WriteArray(Prefix + path, parameter.Value.ToArray(), [.. parameter.Shape]);
        History.Save(context);
        NetworkFinding.Save(context, Findings);
    }

    /// <inheritdoc/>
    public override string ToString() => $"{Architecture}";

    private protected static TrainedNetwork Read(ModelLoadContext context, int? outputs, LabelScale scale)
    {
        ArgumentNullException.ThrowIfNull(context);
        var architecture = context.LoadChild<NetworkArchitecture>(nameof(Architecture));
        if (outputs is { } needed ? architecture.Outputs != needed : architecture.Outputs < 1)
            throw context.Invalid($"its network has {architecture.Outputs} outputs");
        var state = new Dictionary<string, float[]>();
        try
        {
            foreach (var (path, parameter) in architecture.Build().Parameters())
            {
                state[path] = context.ReadArray<float>(Prefix + path, [.. parameter.Shape]);
                if (!Array.TrueForAll(state[path], float.IsFinite)) throw context.Invalid($"a number of '{path}' is not finite");
            }
        }
        catch (Exception error) when (error is ArgumentException or OverflowException)
        {
            throw context.Invalid($"its description makes no network: {error.Message.TrimEnd('.')}");
        }

        return new(architecture, state, scale, NetworkHistory.Load(context), NetworkFinding.Load(context));
    }

    /// <summary>Runs rows through the network.</summary>
    /// <param name="features">n × d, or n rows of another <see cref="InputFormat"/>.</param>
    /// <param name="outputs">Receives n × outputs, row-major.</param>
    private protected void Forward(FeatureMatrix features, Span<float> outputs)
    {
        ArgumentNullException.ThrowIfNull(features);
        var examples = new FeatureExamples(features, Architecture.Input);
        Span<int> rows = stackalloc int[RowsPerBatch];
        for (int first = 0; first < features.Rows; first += RowsPerBatch)
        {
            int count = Math.Min(RowsPerBatch, features.Rows - first);
            for (int i = 0; i < count; i++) rows[i] = first + i;
            using var scope = TensorScope.Begin(records: false);
            _network.Forward(examples.Read(_backend, rows[..count]), Pass.Scoring).CopyTo(outputs.Slice(first * Architecture.Outputs, count * Architecture.Outputs));
        }
    }
}

/// <summary>A network that tells two classes apart: the score is the logarithm of the odds of the positive class.</summary>
/// <param name="trained">The network, of one output.</param>
/// <exception cref="ArgumentException">It has not one output, or a number is not finite.</exception>
public sealed class NetworkBinaryModelParameters(TrainedNetwork trained) : NetworkModelParameters(trained, outputs: 1), IBinaryModel
{
    internal const string Id = "MLPath.NetworkBinary";

    /// <inheritdoc/>
    public override string ComponentId => Id;

    /// <inheritdoc/>
    public bool IsCalibrated => true;

    /// <inheritdoc/>
    public void Score(FeatureMatrix features, Span<float> scores, Span<float> probabilities)
    {
        Forward(features, scores);
        if (!probabilities.IsEmpty) Dense.Sigmoid(scores, probabilities);
    }

    internal static NetworkBinaryModelParameters Load(ModelLoadContext context) => new(Read(context, outputs: 1, LabelScale.None));
}

/// <summary>A network that tells several classes apart: the scores are their probabilities.</summary>
/// <param name="trained">The network, of an output for each class.</param>
/// <exception cref="ArgumentException">A number is not finite.</exception>
public sealed class NetworkMulticlassModelParameters(TrainedNetwork trained) : NetworkModelParameters(trained, outputs: null), IMulticlassModel
{
    internal const string Id = "MLPath.NetworkMulticlass";

    /// <inheritdoc/>
    public override string ComponentId => Id;

    /// <inheritdoc/>
    public int ClassCount => Architecture.Outputs;

    /// <inheritdoc/>
    public void Score(FeatureMatrix features, Span<float> scores)
    {
        Forward(features, scores);
        for (int row = 0; row < features.Rows; row++)
        {
            var z = scores.Slice(row * ClassCount, ClassCount);
            Dense.Softmax(z, z);
        }
    }

    internal static NetworkMulticlassModelParameters Load(ModelLoadContext context) => new(Read(context, outputs: null, LabelScale.None));
}

/// <summary>A network that predicts a number: mean + deviation · z of its one output z.</summary>
/// <param name="trained">The network, of one output.</param>
/// <exception cref="ArgumentException">It has not one output, or a number is not finite.</exception>
public sealed class NetworkRegressionModelParameters(TrainedNetwork trained) : NetworkModelParameters(trained, outputs: 1), IRegressionModel
{
    internal const string Id = "MLPath.NetworkRegression";

    /// <inheritdoc/>
    public override string ComponentId => Id;

    private protected override string Metric => NetworkObjective.RSquared;

    /// <summary>The mean of the labels it was trained on.</summary>
    public double LabelMean => Scale.Mean;

    /// <summary>The standard deviation of the labels it was trained on; 1 where they were all the same.</summary>
    public double LabelDeviation => Scale.Deviation;

    /// <inheritdoc/>
    public void Score(FeatureMatrix features, Span<float> scores)
    {
        Forward(features, scores);
        foreach (ref float score in scores[..features.Rows]) score = (float)(LabelMean + (LabelDeviation * score));
    }

    /// <inheritdoc/>
    public override void Save(ModelSaveContext context)
    {
        base.Save(context);
        context.Write(nameof(LabelMean), LabelMean);
        context.Write(nameof(LabelDeviation), LabelDeviation);
    }

    internal static NetworkRegressionModelParameters Load(ModelLoadContext context)
    {
        var scale = new LabelScale(context.ReadDouble(nameof(LabelMean)), context.ReadDouble(nameof(LabelDeviation)));
        return double.IsFinite(scale.Mean) && double.IsFinite(scale.Deviation) && scale.Deviation > 0
            ? new(Read(context, outputs: 1, scale))
            : throw context.Invalid("the mean or the deviation of its labels is not such");
    }
}
