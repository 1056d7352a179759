using MLPath.Data;

namespace MLPath.Trainers;

/// <summary>What a label column means to a trainer.</summary>
public enum LabelKind
{
    /// <summary>The trainer learns without a label.</summary>
    None,

    /// <summary>A Boolean: the positive class or not.</summary>
    Binary,

    /// <summary>A key: one of k classes.</summary>
    Multiclass,

    /// <summary>A number.</summary>
    Regression,
}

/// <summary>A trainer's rows in memory: features, labels, weights. Rows without a label, and those of weight 0, are left out.</summary>
public sealed class TrainingData
{
    private readonly int[] _classes;
    private readonly float[] _targets;
    private readonly float[] _weights;

    /// <summary>Creates training data.</summary>
    /// <param name="features">n × d.</param>
    /// <param name="featureNames">The d names.</param>
    /// <param name="classes">The n classes from 0, for classification; empty otherwise.</param>
    /// <param name="classNames">What each class stands for; two for binary (negative first); empty otherwise.</param>
    /// <param name="targets">The n numbers to predict, for regression; empty otherwise.</param>
    /// <param name="weights">The n weights; null when all are 1.</param>
    public TrainingData(
        FeatureMatrix features,
        IReadOnlyList<string>? featureNames = null,
        int[]? classes = null,
        IReadOnlyList<string>? classNames = null,
        float[]? targets = null,
        float[]? weights = null)
    {
        Features = features;
        FeatureNames = featureNames ?? [.. Enumerable.Range(0, features.Columns).Select(i => $"f{i}")];
        ClassNames = classNames ?? [];
        _classes = classes ?? [];
        _targets = targets ?? [];
        _weights = weights ?? [];
    }

    /// <summary>
    /// n × d features, without NaN (unless the trainer understands missing values) and without ±∞; or n rows of tokens or time steps, for a trainer
    /// that reads them. <see cref="FeatureMatrix.Format"/> says which.
    /// </summary>
    public FeatureMatrix Features { get; }

    /// <summary>The names of the d features; empty where rows have their own lengths.</summary>
    public IReadOnlyList<string> FeatureNames { get; }

    /// <summary>The classes of the n rows, from 0 (binary: 1 is positive); empty without classes.</summary>
    public ReadOnlySpan<int> Classes => _classes;

    /// <summary>What each class stands for; a class may have no rows. Empty without classes.</summary>
    public IReadOnlyList<string> ClassNames { get; }

    /// <summary>k, the number of classes; 0 without classes.</summary>
    public int ClassCount => ClassNames.Count;

    /// <summary>The numbers to predict of the n rows; empty without them.</summary>
    public ReadOnlySpan<float> Targets => _targets;

    /// <summary>n, the number of rows.</summary>
    public int Rows => Features.Rows;

    /// <summary>Whether rows have weights other than 1.</summary>
    public bool HasWeights => _weights.Length > 0;

    /// <summary>The n weights, all positive; empty when all are 1.</summary>
    public ReadOnlySpan<float> Weights => _weights;

    /// <summary>Reads the rows of a view to learn from without a label: for estimators that are no trainers.</summary>
    /// <param name="view">The rows.</param>
    /// <param name="featureColumnName">The features, a vector of Single of known size.</param>
    /// <param name="weightColumnName">The weights; null when all are 1.</param>
    /// <param name="sparse">Whether sparse rows are taken as they are; they are made dense otherwise.</param>
    /// <param name="context">Threads and cancellation.</param>
    /// <exception cref="SchemaException">A column is missing, or has another type than is needed.</exception>
    /// <exception cref="DataException">There are no rows, or a value is missing or infinite.</exception>
    public static TrainingData Read(IDataView view, string featureColumnName, string? weightColumnName, bool sparse, FitContext context)
    {
        ArgumentNullException.ThrowIfNull(view);
        ArgumentNullException.ThrowIfNull(context);
        return TrainingDataReader.Unlabelled(view, featureColumnName, weightColumnName, sparse).Read(view, context);
    }

    /// <summary>The weight of a row.</summary>
    /// <param name="row">The row, from 0.</param>
    public float Weight(int row) => _weights.Length == 0 ? 1f : _weights[row];

    /// <summary>The number of rows that were left out for lack of a label.</summary>
    public long RowsWithoutLabel { get; init; }

    /// <summary>The number of rows that were left out because they weigh nothing.</summary>
    public long RowsWithoutWeight { get; init; }

    /// <summary>Whether the features lie in memory that their view holds anyway, so that keeping them costs nothing.</summary>
    internal bool IsShown { get; init; }

    /// <summary>A run of rows; the features are shown, not copied.</summary>
    internal TrainingData Slice(int start, int count) => start == 0 && count == Rows ? this : new(
        Features.Slice(start, count), FeatureNames, Part(_classes, start, count), ClassNames, Part(_targets, start, count), Part(_weights, start, count));

    /// <summary>The same rows, each of its weight times its class's factor.</summary>
    internal TrainingData Reweighted(float[] factors)
    {
        var weights = new float[Rows];
        for (int i = 0; i < weights.Length; i++)
            weights[i] = Weight(i) * factors[_classes[i]];
        return With(Features, weights);
    }

    /// <summary>The same rows as a model of a format reads their features.</summary>
    internal TrainingData As(FeatureFormat format) => Features.Format.Equals(format) ? this : With(Features.As(format), _weights);

    private TrainingData With(FeatureMatrix features, float[] weights) => new(features, FeatureNames, _classes, ClassNames, _targets, weights)
    {
        RowsWithoutLabel = RowsWithoutLabel,
        RowsWithoutWeight = RowsWithoutWeight,
        IsShown = IsShown && ReferenceEquals(features, Features),
    };

    private static T[] Part<T>(T[] values, int start, int count) => values.Length == 0 ? [] : values[start..(start + count)];
}
