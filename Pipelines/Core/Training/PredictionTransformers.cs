using MLPath.Runtime;
using MLPath.Trainers;
using MLPath.Transforms;

namespace MLPath.Data;

/// <summary>A transformer that holds a trained model.</summary>
/// <typeparam name="TModel">The model.</typeparam>
public interface IPredictionTransformer<out TModel> : ITransformer where TModel : class
{
    /// <summary>What was learned.</summary>
    TModel Model { get; }
}

/// <summary>A transformer that holds a trained model, which reads one column of features.</summary>
/// <typeparam name="TModel">The model.</typeparam>
public interface ISingleFeaturePredictionTransformer<out TModel> : IPredictionTransformer<TModel> where TModel : class
{
    /// <summary>The column of features.</summary>
    string FeatureColumnName { get; }
}

/// <summary>The base of transformers that score one column of features with a trained model.</summary>
/// <typeparam name="TModel">The model.</typeparam>
public abstract class SingleFeaturePredictionTransformerBase<TModel> : RowToRowTransformer, ISingleFeaturePredictionTransformer<TModel>
    where TModel : class, IModelParameters
{
    private protected SingleFeaturePredictionTransformerBase(TModel model, string featureColumnName)
    {
        ArgumentNullException.ThrowIfNull(model);
        ArgumentException.ThrowIfNullOrEmpty(featureColumnName);
        (Model, FeatureColumnName) = (model, featureColumnName);
    }

    /// <inheritdoc/>
    public TModel Model { get; }

    /// <inheritdoc/>
    public string FeatureColumnName { get; }

    /// <summary>The model's id with the kind of prediction, so that a file says how to put the two together again.</summary>
    public sealed override string ComponentId => $"{Model.ComponentId}/{Kind}";

    /// <inheritdoc/>
    public override void Save(ModelSaveContext context)
    {
        context.Write("FeatureColumnName", FeatureColumnName);
        context.SaveChild("Model", Model);
    }

    /// <inheritdoc/>
    public override string ToString() => $"{Model}";

    private protected abstract string Kind { get; }

    private protected abstract IReadOnlyList<DataViewSchema.DetachedColumn> Outputs { get; }

    private protected abstract void Score(FeatureMatrix features, ReadOnlySpan<ColumnBuffer?> outputs, PredictionScratch scratch);

    /// <inheritdoc/>
    protected sealed override IEnumerable<ColumnFunction> Bind(DataViewSchema inputSchema)
    {
        var format = Model.InputFormat;
        var column = FeatureColumns.Find(inputSchema, FeatureColumnName, format);
        yield return new ColumnFunction([column], Outputs, () =>
        {
            var scratch = new PredictionScratch(column, format, Model.ScoresSparse);
            return (batch, outputs) => Score(scratch.Features(batch), outputs, scratch);
        });
    }
}

/// <summary>A worker's own memory for scoring.</summary>
/// <param name="features">The column of features.</param>
/// <param name="format">What the model scores.</param>
/// <param name="sparse">Whether it reads sparse rows as they are.</param>
internal sealed class PredictionScratch(DataViewSchema.Column features, FeatureFormat format, bool sparse)
{
    private readonly TokenReader? _tokenReader = format.Form == FeatureForms.Tokens ? TokenReader.Of(features) : null;
    private ColumnBuffer? _source;
    private VectorColumn<float>? _dense;
    private VectorColumn<int>? _tokens;
    private FeatureMatrix? _matrix;
    private float[] _first = [];
    private float[] _second = [];

    /// <summary>A batch's features, made dense where the model needs it. Nothing is allocated when the buffers stay the same.</summary>
    public FeatureMatrix Features(RowBatch batch)
    {
        if (_tokenReader is not null)
        {
            _tokens ??= new VectorColumn<int>(new VectorDataViewType(NumberDataViewType.Int32));
            _tokenReader.Read(batch, format.VocabularySize, _tokens);
            return _matrix ??= new FeatureMatrix(_tokens, format.VocabularySize);
        }

        var column = batch.Vectors<float>(features.Index);
        if (column.Layout == VectorLayout.Sparse && !sparse)
        {
            _dense ??= new VectorColumn<float>((VectorDataViewType)column.Type);
            var block = _dense.AllocateDense(column.Count);
            for (int row = 0; row < column.Count; row++)
                column.CopyRowTo(row, block[(row * column.Size)..]);
            column = _dense;
        }

        if (!ReferenceEquals(_source, column) || _matrix is null)
            (_source, _matrix) = (column, new FeatureMatrix(column, format));
        return _matrix;
    }

    public Span<float> First(int length) => Sized(ref _first, length);

    public Span<float> Second(int length) => Sized(ref _second, length);

    /// <summary>The output's own memory where somebody asked for it, scratch otherwise.</summary>
    public static Span<float> Or(ColumnBuffer? output, int rows, Span<float> scratch) =>
        output is ScalarColumn<float> column ? column.Allocate(rows) : scratch;

    private static Span<float> Sized(ref float[] array, int length)
    {
        if (array.Length < length)
            array = new float[length];
        return array.AsSpan(0, length);
    }
}

/// <summary>Scores rows with a model that tells two classes apart: columns PredictedLabel (Boolean), Score, and Probability where the model gives it.</summary>
/// <typeparam name="TModel">The model.</typeparam>
public sealed class BinaryPredictionTransformer<TModel> : SingleFeaturePredictionTransformerBase<TModel> where TModel : class, IBinaryModel
{
    /// <summary>Creates a transformer.</summary>
    /// <param name="model">The model.</param>
    /// <param name="featureColumnName">The column of features.</param>
    /// <param name="threshold">Rows above it are predicted positive.</param>
    /// <param name="thresholdColumn">What the threshold is compared with: "Score" or "Probability".</param>
    public BinaryPredictionTransformer(TModel model, string featureColumnName, float threshold = 0f, string thresholdColumn = PredictionColumns.Score)
        : base(model, featureColumnName)
    {
        if (thresholdColumn != PredictionColumns.Score && !(thresholdColumn == PredictionColumns.Probability && model.IsCalibrated))
            throw new ArgumentException($"The threshold is compared with Score, or with Probability when the model gives it; '{thresholdColumn}' was given.", nameof(thresholdColumn));
        (Threshold, ThresholdColumn) = (threshold, thresholdColumn);
        Outputs =
        [
            new(PredictionColumns.PredictedLabel, BooleanDataViewType.Instance),
            PredictionColumns.ScoreColumn(PredictionColumns.Score, ScoreColumnKinds.BinaryClassification),
            .. model.IsCalibrated ? [PredictionColumns.ScoreColumn(PredictionColumns.Probability, ScoreColumnKinds.BinaryClassification)] : Array.Empty<DataViewSchema.DetachedColumn>(),
        ];
    }

    /// <summary>Rows above it are predicted positive. Default 0, of the score.</summary>
    public float Threshold { get; }

    /// <summary>What the threshold is compared with: "Score" or "Probability".</summary>
    public string ThresholdColumn { get; }

    private protected override string Kind => "Binary";

    private protected override IReadOnlyList<DataViewSchema.DetachedColumn> Outputs { get; }

    /// <inheritdoc/>
    public override void Save(ModelSaveContext context)
    {
        base.Save(context);
        context.Write("Threshold", Threshold);
        context.Write("ThresholdColumn", ThresholdColumn);
    }

    internal static BinaryPredictionTransformer<TModel> Load(ModelLoadContext context)
    {
        var model = context.LoadChild<TModel>("Model");
        if (model is IMulticlassModel { ClassCount: not 2 and var classes })
            throw context.Invalid($"the model tells {classes} classes apart, not two");
        return new(model, context.ReadString("FeatureColumnName"), context.ReadSingle("Threshold"), context.ReadString("ThresholdColumn"));
    }

    private protected override void Score(FeatureMatrix features, ReadOnlySpan<ColumnBuffer?> outputs, PredictionScratch scratch)
    {
        int n = features.Rows;
        var scores = PredictionScratch.Or(outputs[1], n, scratch.First(n));
        var probabilities = Model.IsCalibrated ? PredictionScratch.Or(outputs[2], n, scratch.Second(n)) : default;
        Model.Score(features, scores, probabilities);
        if (outputs[0] is not ScalarColumn<bool> labels)
            return;
        var predicted = labels.Allocate(n);
        var compared = ThresholdColumn == PredictionColumns.Score ? scores : probabilities;
        for (int i = 0; i < n; i++)
            predicted[i] = compared[i] > Threshold;
    }
}

/// <summary>Scores rows with a model that tells k classes apart: columns PredictedLabel (key, with the label's values) and Score (k slots named after them).</summary>
/// <typeparam name="TModel">The model.</typeparam>
public sealed class MulticlassPredictionTransformer<TModel> : SingleFeaturePredictionTransformerBase<TModel> where TModel : class, IMulticlassModel
{
    // Made once: a method group would be a new delegate for each batch, and so for each prediction of single rows.
    private readonly PredictionColumns.VectorScorer _score;

    /// <summary>Creates a transformer.</summary>
    /// <param name="model">The model.</param>
    /// <param name="featureColumnName">The column of features.</param>
    /// <param name="labels">
    /// What the k classes stand for: k values of any type as annotation <see cref="AnnotationKinds.KeyValues"/>, most often those of the label
    /// column; other annotations are not looked at. Null, or without key values, when only the classes' numbers are known.
    /// </param>
    /// <exception cref="ArgumentException">There are not k values.</exception>
    public MulticlassPredictionTransformer(TModel model, string featureColumnName, DataViewSchema.Annotations? labels = null) : base(model, featureColumnName)
    {
        var keyValues = new DataViewSchema.Annotations.Builder()
            .Add(labels ?? DataViewSchema.Annotations.Empty, kind => kind == AnnotationKinds.KeyValues).ToAnnotations();
        if (keyValues.Schema.Count == 1 && keyValues.Schema[0].Type.ValueCount != model.ClassCount)
            throw new ArgumentException($"The model tells {model.ClassCount} classes apart; {keyValues.Schema[0].Type.ValueCount} labels were given.", nameof(labels));
        var predicted = new DataViewSchema.DetachedColumn(PredictionColumns.PredictedLabel, new KeyDataViewType(model.ClassCount), keyValues);
        Labels = PredictionColumns.Texts(predicted);
        _score = model.Score;
        Outputs = [predicted, PredictionColumns.ScoreVector(model.ClassCount, ScoreColumnKinds.MulticlassClassification, Labels)];
    }

    /// <summary>What the k classes stand for, as texts; their numbers from 1 when nothing more is known.</summary>
    public IReadOnlyList<string> Labels { get; }

    private protected override string Kind => "Multiclass";

    private protected override IReadOnlyList<DataViewSchema.DetachedColumn> Outputs { get; }

    /// <inheritdoc/>
    public override void Save(ModelSaveContext context)
    {
        base.Save(context);
        LabelValues.Save(context, Outputs[0].Annotations);
    }

    internal static MulticlassPredictionTransformer<TModel> Load(ModelLoadContext context)
    {
        var model = context.LoadChild<TModel>("Model");
        return new(model, context.ReadString("FeatureColumnName"), LabelValues.Load(context, model.ClassCount));
    }

    private protected override void Score(FeatureMatrix features, ReadOnlySpan<ColumnBuffer?> outputs, PredictionScratch scratch) =>
        PredictionColumns.ScoreAndPick(outputs, features.Rows, Model.ClassCount, features, _score, scratch, greatest: true);
}

/// <summary>Scores rows with a model that predicts a number: column Score.</summary>
/// <typeparam name="TModel">The model.</typeparam>
/// <param name="model">The model.</param>
/// <param name="featureColumnName">The column of features.</param>
public sealed class RegressionPredictionTransformer<TModel>(TModel model, string featureColumnName)
    : SingleFeaturePredictionTransformerBase<TModel>(model, featureColumnName)
    where TModel : class, IRegressionModel
{
    private protected override string Kind => "Regression";

    private protected override IReadOnlyList<DataViewSchema.DetachedColumn> Outputs { get; } =
        [PredictionColumns.ScoreColumn(PredictionColumns.Score, ScoreColumnKinds.Regression)];

    internal static RegressionPredictionTransformer<TModel> Load(ModelLoadContext context) =>
        new(context.LoadChild<TModel>("Model"), context.ReadString("FeatureColumnName"));

    private protected override void Score(FeatureMatrix features, ReadOnlySpan<ColumnBuffer?> outputs, PredictionScratch scratch)
    {
        if (outputs[0] is ScalarColumn<float> scores)
            Model.Score(features, scores.Allocate(features.Rows));
    }
}

/// <summary>
/// Assigns rows to k clusters: columns PredictedLabel (key 1 to k; missing for a row that belongs to none), Score (most often squared distances to the k clusters) and, where the model is an
/// <see cref="IProbabilisticClusteringModel"/>, Probability (of each cluster).
/// </summary>
/// <typeparam name="TModel">The model.</typeparam>
/// <param name="model">The model.</param>
/// <param name="featureColumnName">The column of features.</param>
public sealed class ClusteringPredictionTransformer<TModel>(TModel model, string featureColumnName)
    : SingleFeaturePredictionTransformerBase<TModel>(model, featureColumnName)
    where TModel : class, IClusteringModel
{
    private readonly PredictionColumns.VectorScorer _score = model.Score;

    private protected override string Kind => "Clustering";

    private protected override IReadOnlyList<DataViewSchema.DetachedColumn> Outputs { get; } =
    [
        new(PredictionColumns.PredictedLabel, new KeyDataViewType(model.ClusterCount)),
        PredictionColumns.ScoreVector(model.ClusterCount, ScoreColumnKinds.Clustering, null),
        .. model is IProbabilisticClusteringModel ? [PredictionColumns.ProbabilityVector(model.ClusterCount, ScoreColumnKinds.Clustering)] : Array.Empty<DataViewSchema.DetachedColumn>(),
    ];

    internal static ClusteringPredictionTransformer<TModel> Load(ModelLoadContext context) =>
        new(context.LoadChild<TModel>("Model"), context.ReadString("FeatureColumnName"));

    private protected override void Score(FeatureMatrix features, ReadOnlySpan<ColumnBuffer?> outputs, PredictionScratch scratch)
    {
        var score = _score;
        if (Model is IProbabilisticClusteringModel probabilistic && outputs[2] is VectorColumn<float> column)
            score = (rows, scores) => probabilistic.Score(rows, scores, column.AllocateDense(rows.Rows));
        PredictionColumns.ScoreAndPick(outputs, features.Rows, Model.ClusterCount, features, score, scratch, greatest: false, Model.LargestScore);
    }
}

/// <summary>Finds anomalies: columns PredictedLabel (Boolean, true for an anomaly) and Score (the greater, the more of an anomaly).</summary>
/// <typeparam name="TModel">The model.</typeparam>
public sealed class AnomalyPredictionTransformer<TModel> : SingleFeaturePredictionTransformerBase<TModel> where TModel : class, IAnomalyModel
{
    /// <summary>Creates a transformer.</summary>
    /// <param name="model">The model.</param>
    /// <param name="featureColumnName">The column of features.</param>
    /// <param name="threshold">Rows that score above it are predicted to be anomalies; the model's own when null.</param>
    public AnomalyPredictionTransformer(TModel model, string featureColumnName, float? threshold = null) : base(model, featureColumnName) =>
        Threshold = threshold ?? model.DefaultThreshold;

    /// <summary>Rows that score above it are predicted to be anomalies.</summary>
    public float Threshold { get; }

    private protected override string Kind => "Anomaly";

    private protected override IReadOnlyList<DataViewSchema.DetachedColumn> Outputs { get; } =
    [
        new(PredictionColumns.PredictedLabel, BooleanDataViewType.Instance),
        PredictionColumns.ScoreColumn(PredictionColumns.Score, ScoreColumnKinds.AnomalyDetection),
    ];

    /// <inheritdoc/>
    public override void Save(ModelSaveContext context)
    {
        base.Save(context);
        context.Write(nameof(Threshold), Threshold);
    }

    internal static AnomalyPredictionTransformer<TModel> Load(ModelLoadContext context)
    {
        float threshold = context.ReadSingle(nameof(Threshold));
        return float.IsNaN(threshold)
            ? throw context.Invalid("its threshold is not a number")
            : new(context.LoadChild<TModel>("Model"), context.ReadString("FeatureColumnName"), threshold);
    }

    private protected override void Score(FeatureMatrix features, ReadOnlySpan<ColumnBuffer?> outputs, PredictionScratch scratch)
    {
        int n = features.Rows;
        var scores = PredictionScratch.Or(outputs[1], n, scratch.First(n));
        Model.Score(features, scores);
        if (outputs[0] is not ScalarColumn<bool> labels)
            return;
        var predicted = labels.Allocate(n);
        for (int i = 0; i < n; i++)
            predicted[i] = scores[i] > Threshold;
    }
}
