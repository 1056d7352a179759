using MLPath.Data;
using MLPath.Runtime;
using MLPath.Transforms;

namespace MLPath.Calibrators;

/// <summary>Turns the score of a model that tells two classes apart into a probability. Immutable, safe for use by many threads.</summary>
public interface ICalibrator : ICanSaveModel
{
    /// <summary>The probability of the positive class.</summary>
    /// <param name="output">The score; NaN gives NaN.</param>
    float PredictProbability(float output);
}

/// <summary>Adds column Probability to rows that have a score.</summary>
/// <typeparam name="TCalibrator">What turns scores into probabilities.</typeparam>
/// <param name="calibrator">What turns scores into probabilities.</param>
/// <param name="scoreColumnName">The column of scores, of type Single.</param>
public sealed class CalibratorTransformer<TCalibrator>(TCalibrator calibrator, string scoreColumnName = PredictionColumns.Score)
    : RowToRowTransformer, ISingleFeaturePredictionTransformer<TCalibrator>
    where TCalibrator : class, ICalibrator
{
    /// <inheritdoc/>
    public TCalibrator Model { get; } = calibrator ?? throw new ArgumentNullException(nameof(calibrator));

    /// <summary>The column of scores.</summary>
    public string FeatureColumnName { get; } = string.IsNullOrEmpty(scoreColumnName)
        ? throw new ArgumentException("The column of scores has a name.", nameof(scoreColumnName)) : scoreColumnName;

    /// <inheritdoc/>
    public override string ComponentId => Model.ComponentId + "/Transformer";

    /// <inheritdoc/>
    public override void Save(ModelSaveContext context)
    {
        context.Write("ScoreColumnName", FeatureColumnName);
        context.SaveChild("Calibrator", Model);
    }

    /// <inheritdoc/>
    public override string ToString() => $"{Model} of {FeatureColumnName}";

    internal static CalibratorTransformer<TCalibrator> Load(ModelLoadContext context)
    {
        string column = context.ReadString("ScoreColumnName");
        return column.Length > 0
            ? new(context.LoadChild<TCalibrator>("Calibrator"), column)
            : throw context.Invalid("the column of scores has no name");
    }

    /// <inheritdoc/>
    protected override IEnumerable<ColumnFunction> Bind(DataViewSchema inputSchema)
    {
        var score = CalibrationColumns.Score(inputSchema, FeatureColumnName);
        yield return ColumnFunction.OfScalars<float, float>(
            score, new(PredictionColumns.Probability, NumberDataViewType.Single, score.Annotations), Model.PredictProbability);
    }
}

/// <summary>The base of estimators that learn to turn scores into probabilities.</summary>
/// <typeparam name="TCalibrator">What is learned.</typeparam>
public abstract class CalibratorEstimatorBase<TCalibrator> : IEstimator<CalibratorTransformer<TCalibrator>> where TCalibrator : class, ICalibrator
{
    private readonly CalibrationColumns _columns;

    private protected CalibratorEstimatorBase(string? labelColumnName, string scoreColumnName, string? exampleWeightColumnName)
    {
        ArgumentException.ThrowIfNullOrEmpty(scoreColumnName);
        _columns = new(labelColumnName, scoreColumnName, exampleWeightColumnName);
    }

    /// <inheritdoc/>
    public CalibratorTransformer<TCalibrator> Fit(IDataView input, FitContext context)
    {
        ArgumentNullException.ThrowIfNull(input);
        ArgumentNullException.ThrowIfNull(context);
        context.Checkpoint();
        CalibrationColumns.Score(input.Schema, _columns.ScoreName);
        var calibrator = Learn(_columns.LabelName is null ? CalibrationSample.Empty : _columns.Read(input, context), context);
        return new(calibrator, _columns.ScoreName) { FittedOn = input.Lineage };
    }

    /// <inheritdoc/>
    public SchemaShape GetOutputSchema(SchemaShape inputSchema)
    {
        ArgumentNullException.ThrowIfNull(inputSchema);
        var score = _columns.Check(inputSchema);
        return inputSchema.With(score.Rename(PredictionColumns.Probability));
    }

    /// <inheritdoc/>
    public override string ToString() => $"{Name}({_columns.ScoreName})";

    private protected abstract string Name { get; }

    /// <summary>Learns from scores and labels.</summary>
    internal abstract TCalibrator Learn(CalibrationSample sample, FitContext context);
}
