using MLPath.Trainers;

namespace MLPath.Deep;

/// <summary>Examples with what is true of them: classes or numbers, and how much each counts.</summary>
public sealed class LabelledExamples
{
    private readonly int[] _classes;
    private readonly float[] _targets;
    private readonly float[]? _weights;

    /// <summary>Joins examples and labels.</summary>
    /// <param name="examples">n examples.</param>
    /// <param name="kind">What the labels are.</param>
    /// <param name="classes">The n classes, from 0 (for two classes 1 is the positive one); null without classes.</param>
    /// <param name="targets">The n numbers to predict; null without them.</param>
    /// <param name="weights">The n weights, not negative; null when all are 1.</param>
    /// <exception cref="ArgumentException">There are not n labels of that kind, or not n weights.</exception>
    public LabelledExamples(IExamples examples, LabelKind kind, int[]? classes = null, float[]? targets = null, float[]? weights = null)
    {
        ArgumentNullException.ThrowIfNull(examples);
        int labels = kind == LabelKind.Regression ? targets?.Length ?? 0 : classes?.Length ?? 0;
        if (kind == LabelKind.None) throw new ArgumentException("A network is trained with labels.", nameof(kind));
        if (labels != examples.Count) throw new ArgumentException($"There are {labels} labels for {examples.Count} examples.", nameof(examples));
        if (weights is not null && weights.Length != examples.Count) throw new ArgumentException($"There are {weights.Length} weights for {examples.Count} examples.", nameof(weights));
        (Examples, Kind, _classes, _targets, _weights) = (examples, kind, classes ?? [], targets ?? [], weights);
    }

    /// <summary>The examples.</summary>
    public IExamples Examples { get; }

    /// <summary>What the labels are.</summary>
    public LabelKind Kind { get; }

    /// <summary>n.</summary>
    public int Count => Examples.Count;

    /// <summary>The classes; empty without them.</summary>
    public ReadOnlySpan<int> Classes => _classes;

    /// <summary>The numbers to predict; empty without them.</summary>
    public ReadOnlySpan<float> Targets => _targets;

    /// <summary>Whether examples have weights other than 1.</summary>
    public bool HasWeights => _weights is not null;

    /// <summary>The names of the features, for messages; empty where they are not known.</summary>
    public IReadOnlyList<string> FeatureNames { get; init; } = [];

    /// <summary>Joins the examples of a trainer's rows with their labels and weights.</summary>
    /// <param name="data">The rows.</param>
    /// <param name="kind">What the labels are.</param>
    /// <param name="examples">The rows as examples.</param>
    public static LabelledExamples Of(TrainingData data, LabelKind kind, IExamples examples)
    {
        ArgumentNullException.ThrowIfNull(data);
        return new(examples, kind, data.Classes.ToArray(), data.Targets.ToArray(), data.HasWeights ? data.Weights.ToArray() : null) { FeatureNames = data.FeatureNames };
    }

    /// <summary>The weight of an example.</summary>
    /// <param name="row">The example, from 0.</param>
    public float Weight(int row) => _weights?[row] ?? 1;

    /// <summary>Some of the examples.</summary>
    internal LabelledExamples Select(int[] rows) => new(
        new SelectedExamples(Examples, rows), Kind,
        _classes.Length == 0 ? null : [.. rows.Select(row => _classes[row])],
        _targets.Length == 0 ? null : [.. rows.Select(row => _targets[row])],
        _weights is null ? null : [.. rows.Select(row => _weights[row])])
    { FeatureNames = FeatureNames };
}
