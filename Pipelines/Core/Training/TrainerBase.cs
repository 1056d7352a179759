using MLPath.Data;
using MLPath.Runtime;

namespace MLPath.Trainers;

/// <summary>Says what a trainer needs and gives.</summary>
public interface ITrainer
{
    /// <summary>What the trainer needs and gives.</summary>
    TrainerInfo Info { get; }

    /// <summary>The column that it learns to predict; null where there is none, or it does not say.</summary>
    string? LabelColumnName => null;
}

/// <summary>A trainer: an estimator of a model that scores features.</summary>
/// <typeparam name="TTransformer">The transformer that holds the model.</typeparam>
/// <typeparam name="TModel">The model.</typeparam>
public interface ITrainerEstimator<out TTransformer, out TModel> : IEstimator<TTransformer>, ITrainer
    where TTransformer : class, IPredictionTransformer<TModel>
    where TModel : class, IModelParameters;

/// <summary>
/// The base of all trainers. A subclass gives <see cref="Info"/> and <see cref="Train"/>; the columns are checked and read here, once.
/// </summary>
/// <remarks>
/// Derive from <see cref="BinaryTrainer{TModel}"/>, <see cref="MulticlassTrainer{TModel}"/>, <see cref="RegressionTrainer{TModel}"/>,
/// <see cref="ClusteringTrainer{TModel}"/> or <see cref="AnomalyTrainer{TModel}"/>.
/// </remarks>
/// <typeparam name="TTransformer">The transformer that holds the model.</typeparam>
/// <typeparam name="TModel">The model.</typeparam>
public abstract class TrainerBase<TTransformer, TModel> : ITrainerEstimator<TTransformer, TModel>, IHasOptions
    where TTransformer : class, IPredictionTransformer<TModel>
    where TModel : class, IModelParameters
{
    private readonly TrainerInputBase _options;
    private readonly LabelKind _kind;

    private protected TrainerBase(TrainerInputBase options, LabelKind kind)
    {
        ArgumentNullException.ThrowIfNull(options);
        (_options, _kind) = (options, kind);
        if (IsBalanced && kind is not (LabelKind.Binary or LabelKind.Multiclass))
            throw new OptionException("ClassWeights is Balanced, but there are no classes to balance; leave it Uniform.");
    }

    private bool IsBalanced => _options is TrainerInputBaseWithWeight { ClassWeights: ClassWeighting.Balanced };

    /// <inheritdoc/>
    public abstract TrainerInfo Info { get; }

    /// <inheritdoc/>
    public string? LabelColumnName => TrainerColumns.Of(_options, _kind).Label;

    /// <summary>Every declared option and its value as text; none by default, for a trainer that declares none.</summary>
    public virtual IReadOnlyList<KeyValuePair<string, string>> OptionValues => [];

    /// <inheritdoc/>
    public TTransformer Fit(IDataView input, FitContext context)
    {
        ArgumentNullException.ThrowIfNull(input);
        ArgumentNullException.ThrowIfNull(context);
        var columns = TrainerColumns.Of(_options, _kind);
        var reader = new TrainingDataReader(input.Schema, columns, Info);
        context.Checkpoint();
        var (model, withoutLabel) = Learn(reader, input, context);
        if (withoutLabel > 0)
            context.Diagnose(DiagnosisSeverity.Info, "rows-without-label", $"{withoutLabel} rows have no label '{columns.Label}' and were left out of the training.");
        var label = columns.Label is null ? null : input.Schema.GetColumnOrNull(columns.Label);
        return Wrap(model, _options.FeatureColumnName, label, input.Lineage);
    }

    /// <inheritdoc/>
    public SchemaShape GetOutputSchema(SchemaShape inputSchema)
    {
        var columns = TrainerColumns.Of(_options, _kind);
        columns.Check(inputSchema, Info);
        return inputSchema.With(OutputColumns(columns.Label is null ? null : inputSchema[columns.Label]));
    }

    /// <summary>Learns a model. Called once for each fit; keeps no state.</summary>
    /// <param name="data">At least one row.</param>
    /// <param name="context">Progress, cancellation, threads, randomness, …</param>
    protected abstract TModel Train(TrainingData data, FitContext context);

    /// <summary>Reads the rows on which the fit may watch its quality, from the same columns as those it learns from.</summary>
    /// <param name="trained">What it learns from.</param>
    /// <param name="context">The context of the fit.</param>
    /// <returns>The rows; null when the context has no <see cref="FitContext.ValidationData"/>.</returns>
    /// <exception cref="SchemaException">The validation data lack a column, or one has another type or other classes.</exception>
    /// <exception cref="DataException">The validation data have no row that can be used.</exception>
    protected TrainingData? ReadValidationData(TrainingData trained, FitContext context)
    {
        ArgumentNullException.ThrowIfNull(trained);
        ArgumentNullException.ThrowIfNull(context);
        if (context.ValidationData is not { } view)
            return null;
        var columns = TrainerColumns.Of(_options, _kind);
        var expected = trained.Features.Format;
        _ = FeatureColumns.Find(view.Schema, columns.Features, expected, where: "in the validation data");
        var data = new TrainingDataReader(view.Schema, columns, Info with { Features = FeatureColumns.ReadAs(expected) }).Read(view, context).As(expected);
        if (!data.ClassNames.SequenceEqual(trained.ClassNames))
            throw new SchemaException($"Label '{columns.Label}' has other classes in the validation data than in the training data. Make both keys with the same fitted MapValueToKey.");
        return data;
    }

    private (TModel Model, long RowsWithoutLabel) Learn(TrainingDataReader reader, IDataView input, FitContext context)
    {
        if (this is IStreamingTrainer<TModel> streaming)
        {
            var stream = new TrainingStream(reader, input);
            if (IsBalanced)
                stream.BalanceClasses(context);
            return (streaming.Train(stream, context), stream.RowsWithoutLabel);
        }

        var data = reader.Read(input, context);
        if (IsBalanced)
            data = data.Reweighted(ClassBalance.Factors([data], data.ClassCount));
        return (Train(data, context), data.RowsWithoutLabel);
    }

    private protected abstract TTransformer Wrap(TModel model, string featureColumnName, DataViewSchema.Column? label, DataLineage fittedOn);

    private protected abstract IEnumerable<SchemaShape.Column> OutputColumns(SchemaShape.Column? label);
}

/// <summary>The base of trainers that tell two classes apart. The label is a Boolean.</summary>
/// <typeparam name="TModel">The model.</typeparam>
/// <param name="options">Where the columns are.</param>
public abstract class BinaryTrainer<TModel>(TrainerInputBaseWithLabel options)
    : TrainerBase<BinaryPredictionTransformer<TModel>, TModel>(options, LabelKind.Binary)
    where TModel : class, IBinaryModel
{
    private protected override BinaryPredictionTransformer<TModel> Wrap(
        TModel model, string featureColumnName, DataViewSchema.Column? label, DataLineage fittedOn) =>
        new(model, featureColumnName) { FittedOn = fittedOn };

    private protected override IEnumerable<SchemaShape.Column> OutputColumns(SchemaShape.Column? label)
    {
        yield return PredictionColumns.Scalar(PredictionColumns.PredictedLabel, BooleanDataViewType.Instance);
        yield return PredictionColumns.Scalar(PredictionColumns.Score, NumberDataViewType.Single);
        if (Info.GivesProbabilities)
            yield return PredictionColumns.Scalar(PredictionColumns.Probability, NumberDataViewType.Single);
    }
}

/// <summary>The base of trainers that tell several classes apart. The label is a key.</summary>
/// <typeparam name="TModel">The model.</typeparam>
/// <param name="options">Where the columns are.</param>
public abstract class MulticlassTrainer<TModel>(TrainerInputBaseWithLabel options)
    : TrainerBase<MulticlassPredictionTransformer<TModel>, TModel>(options, LabelKind.Multiclass)
    where TModel : class, IMulticlassModel
{
    private protected override MulticlassPredictionTransformer<TModel> Wrap(
        TModel model, string featureColumnName, DataViewSchema.Column? label, DataLineage fittedOn) =>
        new(model, featureColumnName, label!.Value.Annotations) { FittedOn = fittedOn };

    private protected override IEnumerable<SchemaShape.Column> OutputColumns(SchemaShape.Column? label)
    {
        var slotNames = PredictionColumns.Text(AnnotationKinds.SlotNames);
        yield return new SchemaShape.Column(PredictionColumns.PredictedLabel, SchemaShape.Column.VectorKind.Scalar, NumberDataViewType.UInt32, isKey: true,
            new SchemaShape(label?.Annotations.Where(a => a.Name == AnnotationKinds.KeyValues) ?? []), keyCount: label?.KeyCount);
        yield return new SchemaShape.Column(PredictionColumns.Score, SchemaShape.Column.VectorKind.Vector, NumberDataViewType.Single, isKey: false,
            new SchemaShape([slotNames]), label?.KeyCount is { } count ? [(int)count] : []);
    }
}

/// <summary>The base of trainers that predict a number. The label is of type Single.</summary>
/// <typeparam name="TModel">The model.</typeparam>
/// <param name="options">Where the columns are.</param>
public abstract class RegressionTrainer<TModel>(TrainerInputBaseWithLabel options)
    : TrainerBase<RegressionPredictionTransformer<TModel>, TModel>(options, LabelKind.Regression)
    where TModel : class, IRegressionModel
{
    private protected override RegressionPredictionTransformer<TModel> Wrap(
        TModel model, string featureColumnName, DataViewSchema.Column? label, DataLineage fittedOn) =>
        new(model, featureColumnName) { FittedOn = fittedOn };

    private protected override IEnumerable<SchemaShape.Column> OutputColumns(SchemaShape.Column? label) =>
        [PredictionColumns.Scalar(PredictionColumns.Score, NumberDataViewType.Single)];
}

/// <summary>The base of trainers that find clusters without a label.</summary>
/// <typeparam name="TModel">The model.</typeparam>
/// <param name="options">Where the columns are.</param>
public abstract class ClusteringTrainer<TModel>(TrainerInputBase options)
    : TrainerBase<ClusteringPredictionTransformer<TModel>, TModel>(options, LabelKind.None)
    where TModel : class, IClusteringModel
{
    private protected override ClusteringPredictionTransformer<TModel> Wrap(
        TModel model, string featureColumnName, DataViewSchema.Column? label, DataLineage fittedOn) =>
        new(model, featureColumnName) { FittedOn = fittedOn };

    private protected override IEnumerable<SchemaShape.Column> OutputColumns(SchemaShape.Column? label)
    {
        yield return new SchemaShape.Column(PredictionColumns.PredictedLabel, SchemaShape.Column.VectorKind.Scalar, NumberDataViewType.UInt32, isKey: true);
        yield return new SchemaShape.Column(PredictionColumns.Score, SchemaShape.Column.VectorKind.Vector, NumberDataViewType.Single, isKey: false);
        if (Info.GivesProbabilities)
            yield return new SchemaShape.Column(PredictionColumns.Probability, SchemaShape.Column.VectorKind.Vector, NumberDataViewType.Single, isKey: false);
    }
}

/// <summary>The base of trainers that find anomalies without a label.</summary>
/// <typeparam name="TModel">The model.</typeparam>
/// <param name="options">Where the columns are.</param>
public abstract class AnomalyTrainer<TModel>(TrainerInputBase options)
    : TrainerBase<AnomalyPredictionTransformer<TModel>, TModel>(options, LabelKind.None)
    where TModel : class, IAnomalyModel
{
    private protected override AnomalyPredictionTransformer<TModel> Wrap(
        TModel model, string featureColumnName, DataViewSchema.Column? label, DataLineage fittedOn) =>
        new(model, featureColumnName) { FittedOn = fittedOn };

    private protected override IEnumerable<SchemaShape.Column> OutputColumns(SchemaShape.Column? label)
    {
        yield return PredictionColumns.Scalar(PredictionColumns.PredictedLabel, BooleanDataViewType.Instance);
        yield return PredictionColumns.Scalar(PredictionColumns.Score, NumberDataViewType.Single);
    }
}
