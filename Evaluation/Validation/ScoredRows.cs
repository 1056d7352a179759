using MLPath.Data;
using MLPath.Runtime;

namespace MLPath.Evaluation;

/// <summary>The columns of a scored view that metrics are computed from.</summary>
/// <param name="Label">The true label; null for clustering without one.</param>
/// <param name="Score">The score, or the vector of scores.</param>
/// <param name="Probability">The probability of the positive class; null when the model gives none.</param>
/// <param name="PredictedLabel">The predicted class or cluster.</param>
/// <param name="Features">The features, for the geometry of clusters; null without.</param>
/// <param name="Weight">The weights; null for none.</param>
internal sealed record ScoredColumns(
    string? Label = "Label",
    string Score = PredictionColumns.Score,
    string? Probability = PredictionColumns.Probability,
    string? PredictedLabel = PredictionColumns.PredictedLabel,
    string? Features = null,
    string? Weight = null);

/// <summary>Predictions and truth of n rows, read from a scored view in one pass.</summary>
internal sealed class ScoredRows
{
    private readonly List<float> _targets = [];
    private readonly List<int> _classes = [];
    private readonly List<float> _scores = [];
    private readonly List<float> _probabilities = [];
    private readonly List<bool> _predicted = [];
    private readonly List<int> _clusters = [];
    private readonly List<float> _features = [];
    private readonly List<float> _weights = [];

    private ScoredRows(LearningTask task) => Task = task;

    // The same rows with other weights.
    private ScoredRows(ScoredRows rows, List<float> weights)
    {
        Task = rows.Task;
        (_targets, _classes, _scores, _probabilities) = (rows._targets, rows._classes, rows._scores, rows._probabilities);
        (_predicted, _clusters, _features, _weights) = (rows._predicted, rows._clusters, rows._features, weights);
        (ClassNames, ScoreWidth, FeatureCount) = (rows.ClassNames, rows.ScoreWidth, rows.FeatureCount);
    }

    public LearningTask Task { get; }

    /// <summary>What the slots of the scores, or the classes of a clustering's label, stand for.</summary>
    public IReadOnlyList<string> ClassNames { get; private set; } = [];

    public int Count => Math.Max(_scores.Count / Math.Max(1, ScoreWidth), _clusters.Count);

    /// <summary>The number of scores of a row.</summary>
    public int ScoreWidth { get; private set; } = 1;

    public int FeatureCount { get; private set; }

    /// <summary>Labels of regression; 1, 0 or NaN for binary and for anomalies.</summary>
    public ReadOnlySpan<float> Targets => Span(_targets);

    /// <summary>Labels of classes from 0; −1 is missing; k or more is a class that the model does not know.</summary>
    public ReadOnlySpan<int> Classes => Span(_classes);

    public ReadOnlySpan<float> Scores => Span(_scores);

    public ReadOnlySpan<float> Probabilities => Span(_probabilities);

    /// <summary>Whether a row is predicted to be an anomaly.</summary>
    public ReadOnlySpan<bool> Predicted => Span(_predicted);

    public ReadOnlySpan<int> Clusters => Span(_clusters);

    public ReadOnlySpan<float> Features => Span(_features);

    public ReadOnlySpan<float> Weights => Span(_weights);

    /// <summary>Adds the rows of another fold, scored by a model with the same classes.</summary>
    public void Add(ScoredRows other)
    {
        _targets.AddRange(other._targets);
        _classes.AddRange(other._classes);
        _scores.AddRange(other._scores);
        _probabilities.AddRange(other._probabilities);
        _predicted.AddRange(other._predicted);
        _clusters.AddRange(other._clusters);
        _features.AddRange(other._features);
        _weights.AddRange(other._weights);
        (ClassNames, ScoreWidth, FeatureCount) = (other.ClassNames, other.ScoreWidth, other.FeatureCount);
    }

    /// <summary>The same rows, each counted as often as its number says: by its weight, and for anomalies, whose metrics know none, by repeating it.</summary>
    /// <param name="times">For each row, how often.</param>
    public ScoredRows Counted(float[] times)
    {
        if (Task != LearningTask.AnomalyDetection)
            return new ScoredRows(this, _weights.Count == 0 ? [.. times] : [.. times.Zip(_weights, (t, w) => t * w)]);
        var repeated = new ScoredRows(Task);
        for (int row = 0; row < times.Length; row++)
        {
            for (int time = 0; time < times[row]; time++)
            {
                repeated._targets.Add(_targets[row]);
                repeated._scores.Add(_scores[row]);
                repeated._predicted.Add(_predicted[row]);
            }
        }

        return repeated;
    }

    /// <summary>For each row, whether its predicted class is the true one.</summary>
    public bool[] IsRight()
    {
        var right = new bool[Count];
        for (int row = 0; row < right.Length; row++)
        {
            right[row] = Task == LearningTask.Binary
                ? _targets[row] > 0 == _scores[row] > 0
                : _classes[row] == MulticlassClassificationEvaluator.IndexOfMax(Scores.Slice(row * ScoreWidth, ScoreWidth));
        }

        return right;
    }

    /// <summary>For each row, whether it is of the positive class, or an anomaly.</summary>
    public bool[] IsPositive() => [.. _targets.Select(target => target > 0)];

    public static ScoredRows Empty(LearningTask task) => new(task);

    /// <summary>Some of the rows, in the order given; a row may be there more than once.</summary>
    public ScoredRows Gather(ReadOnlySpan<int> rows)
    {
        var some = new ScoredRows(Task) { ClassNames = ClassNames, ScoreWidth = ScoreWidth, FeatureCount = FeatureCount };
        foreach (int row in rows)
        {
            Take(_targets, some._targets, row, 1);
            Take(_classes, some._classes, row, 1);
            Take(_scores, some._scores, row, ScoreWidth);
            Take(_probabilities, some._probabilities, row, 1);
            Take(_predicted, some._predicted, row, 1);
            Take(_clusters, some._clusters, row, 1);
            Take(_features, some._features, row, FeatureCount);
            Take(_weights, some._weights, row, 1);
        }

        return some;
    }

    private static void Take<T>(List<T> from, List<T> to, int row, int width)
    {
        if (from.Count > 0)
            to.AddRange(Span(from).Slice(row * width, width));
    }

    public static ScoredRows Read(LearningTask task, IDataView view, ScoredColumns columns, CancellationToken cancellationToken = default)
    {
        var rows = new ScoredRows(task);
        var schema = view.Schema;
        var reads = new List<(DataViewSchema.Column Column, Action<RowBatch> Read)>();
        void Want(DataViewSchema.Column column, Action<RowBatch> read) => reads.Add((column, read));

        switch (task)
        {
            case LearningTask.Binary:
                var score = Number(schema, columns.Score, "score column");
                Want(score, b => rows._scores.AddRange(b.Scalars<float>(score.Index)));
                if (columns.Probability is not null && schema.GetColumnOrNull(columns.Probability) is not null)
                {
                    var probability = Number(schema, columns.Probability, "probability column");
                    Want(probability, b => rows._probabilities.AddRange(b.Scalars<float>(probability.Index)));
                }

                rows.WantBinaryLabel(Find(schema, columns.Label!, "label column"), Want);
                break;
            case LearningTask.Multiclass:
                var scores = Vector(schema, columns.Score);
                rows.ScoreWidth = scores.Type.ValueCount;
                rows.ClassNames = scores.SlotNamesOrDefault();
                Want(scores, b => rows.AddVectors(rows._scores, b.Vectors<float>(scores.Index)));
                rows.WantClassLabel(Find(schema, columns.Label!, "label column"), rows.ClassNames, Want);
                break;
            case LearningTask.Regression:
                var prediction = Number(schema, columns.Score, "score column");
                Want(prediction, b => rows._scores.AddRange(b.Scalars<float>(prediction.Index)));
                var target = Number(schema, columns.Label!, "label column");
                Want(target, b => rows._targets.AddRange(b.Scalars<float>(target.Index)));
                break;
            case LearningTask.AnomalyDetection:
                var anomaly = Number(schema, columns.Score, "score column");
                Want(anomaly, b => rows._scores.AddRange(b.Scalars<float>(anomaly.Index)));
                var decision = Find(schema, columns.PredictedLabel!, "column of predicted labels");
                if (decision.Type is not BooleanDataViewType)
                    throw SchemaException.WrongType(decision.Name, "a Boolean", decision.Type.ToString()!);
                Want(decision, b => rows._predicted.AddRange(b.Scalars<bool>(decision.Index)));
                rows.WantAnomalyLabel(Find(schema, columns.Label!, "label column"), Want);
                break;
            default:
                rows.WantClusters(schema, columns, Want);
                break;
        }

        if (columns.Weight is not null)
        {
            var weight = Number(schema, columns.Weight, "weight column");
            Want(weight, b => rows._weights.AddRange(b.Scalars<float>(weight.Index)));
        }

        using var cursor = view.GetBatchCursor(reads.Select(r => r.Column), cancellationToken);
        while (cursor.MoveNext())
        {
            foreach (var (_, read) in reads)
                read(cursor.Current);
        }

        return rows;
    }

    private void WantBinaryLabel(DataViewSchema.Column label, Action<DataViewSchema.Column, Action<RowBatch>> want)
    {
        if (label.Type is BooleanDataViewType)
        {
            want(label, b =>
            {
                foreach (bool positive in b.Scalars<bool>(label.Index))
                    _targets.Add(positive ? 1 : 0);
            });
        }
        else if (label.Type == NumberDataViewType.Single)
        {
            want(label, b => _targets.AddRange(b.Scalars<float>(label.Index)));
        }
        else
        {
            throw SchemaException.WrongType(label.Name, "a Boolean label", label.Type.ToString()!);
        }
    }

    // As in ML.NET, a key of two values will do too: the second one stands for the anomalies.
    private void WantAnomalyLabel(DataViewSchema.Column label, Action<DataViewSchema.Column, Action<RowBatch>> want)
    {
        if (label.Type is not KeyDataViewType { Count: 2, RawType: var raw } || raw != typeof(uint))
        {
            WantBinaryLabel(label, want);
            return;
        }

        want(label, b =>
        {
            foreach (uint key in b.Scalars<uint>(label.Index))
                _targets.Add(key == 0 ? float.NaN : key - 1);
        });
    }

    // Classes align by what they stand for, never by their number: the label's keys are looked up among the names of the scores' slots.
    private void WantClassLabel(DataViewSchema.Column label, IReadOnlyList<string> names, Action<DataViewSchema.Column, Action<RowBatch>> want)
    {
        if (label.Type is not KeyDataViewType { RawType: var raw } || raw != typeof(uint))
            throw SchemaException.WrongType(label.Name, "a key label", label.Type.ToString()!, $"Make one with Transforms.Conversion.MapValueToKey(\"{label.Name}\").");
        var slots = new Dictionary<string, int>(StringComparer.Ordinal);
        for (int i = 0; i < names.Count; i++)
            slots.TryAdd(names[i], i);
        var texts = label.KeyValueTexts();
        int[] classOfKey = [-1, .. texts.Select((text, i) => slots.TryGetValue(text, out int slot) ? slot : names.Count + i)];
        want(label, b =>
        {
            foreach (uint key in b.Scalars<uint>(label.Index))
                _classes.Add(classOfKey[key]);
        });
    }

    private void WantClusters(DataViewSchema schema, ScoredColumns columns, Action<DataViewSchema.Column, Action<RowBatch>> want)
    {
        var predicted = Find(schema, columns.PredictedLabel!, "column of predicted clusters");
        if (predicted.Type is not KeyDataViewType || predicted.Type.RawType != typeof(uint))
            throw SchemaException.WrongType(predicted.Name, "a key", predicted.Type.ToString()!);
        want(predicted, b =>
        {
            foreach (uint key in b.Scalars<uint>(predicted.Index))
                _clusters.Add((int)key - 1);
        });
        var distances = Vector(schema, columns.Score);
        ScoreWidth = distances.Type.ValueCount;
        want(distances, b => AddVectors(_scores, b.Vectors<float>(distances.Index)));
        if (columns.Label is not null && Find(schema, columns.Label, "label column") is var label)
        {
            ClassNames = label.KeyValueTexts();
            WantClassLabel(label, ClassNames, want);
        }

        if (columns.Features is not null && Vector(schema, columns.Features) is var features)
        {
            FeatureCount = features.Type.ValueCount;
            want(features, b => AddVectors(_features, b.Vectors<float>(features.Index)));
        }
    }

    private void AddVectors(List<float> to, VectorColumn<float> vectors)
    {
        if (vectors.Layout == VectorLayout.Dense)
        {
            to.AddRange(vectors.Values);
            return;
        }

        var row = new float[vectors.Size];
        for (int i = 0; i < vectors.Count; i++)
        {
            vectors.CopyRowTo(i, row);
            to.AddRange(row);
        }
    }

    private static DataViewSchema.Column Number(DataViewSchema schema, string name, string role)
    {
        var column = Find(schema, name, role);
        return column.Type == NumberDataViewType.Single
            ? column
            : throw SchemaException.WrongType(name, "Single (a number)", column.Type.ToString()!);
    }

    private static DataViewSchema.Column Vector(DataViewSchema schema, string name)
    {
        var column = Find(schema, name, "column of vectors");
        return column.Type is VectorDataViewType { IsKnownSize: true } vector && vector.ItemType == NumberDataViewType.Single
            ? column
            : throw SchemaException.WrongType(name, "a vector of Single of known size", column.Type.ToString()!);
    }

    private static DataViewSchema.Column Find(DataViewSchema schema, string name, string role) =>
        schema.GetColumnOrNull(name) ?? throw SchemaException.MissingColumn(name, schema.VisibleNames, role);

    private static ReadOnlySpan<T> Span<T>(List<T> list) => System.Runtime.InteropServices.CollectionsMarshal.AsSpan(list);
}
