using System.Numerics.Tensors;
using MLPath.Data;
using MLPath.Numerics;
using MLPath.Runtime;
using MLPath.Transforms;

namespace MLPath.Calibrators;

/// <summary>What the scores of several classes are.</summary>
public enum ClassScoreKind
{
    /// <summary>Probabilities: their logarithms are scaled.</summary>
    Probabilities,

    /// <summary>Logits, whose softmax gives probabilities: they are scaled as they are.</summary>
    Logits,
}

/// <summary>
/// Learns a temperature: the one number by which to divide the logits of several classes so that their softmax is as likely as can be. The order
/// of the classes stays, so that predicted labels do too; probabilities that were too sure get milder.
/// </summary>
/// <remarks>
/// <para><b>Objective.</b> Least Σi wi [log Σc exp(β zic) − β zi,y(i)] over β = 1/T from 1/1000 to 1000, which is convex in β; Newton's method
/// within a bracket.</para>
/// <para><b>Cost.</b> About ten passes over n × k scores, which are kept in memory.</para>
/// <para><b>Use it</b> after a multiclass model, above all a neural network, on rows that the model did not learn from.</para>
/// <para><b>Reference.</b> Guo, Pleiss, Sun, Weinberger, <i>On Calibration of Modern Neural Networks</i>, ICML 2017.</para>
/// </remarks>
public sealed class TemperatureCalibratorEstimator : IEstimator<TemperatureCalibratorTransformer>
{
    private const double Range = 1000;
    private const int MaximumIterations = 100;
    private const double Tolerance = 1e-12;

    private readonly string _label;
    private readonly string _score;
    private readonly string? _weight;
    private readonly string _probability;
    private readonly ClassScoreKind _kind;

    /// <summary>Creates the estimator.</summary>
    /// <param name="labelColumnName">The label, a key.</param>
    /// <param name="scoreColumnName">The scores, a vector of one number for each class.</param>
    /// <param name="exampleWeightColumnName">The weights; null for none.</param>
    /// <param name="probabilityColumnName">The column to add; "Score" replaces the scores, for evaluation.</param>
    /// <param name="scores">What the scores are.</param>
    public TemperatureCalibratorEstimator(
        string labelColumnName = "Label", string scoreColumnName = "Score", string? exampleWeightColumnName = null,
        string probabilityColumnName = "Probability", ClassScoreKind scores = ClassScoreKind.Probabilities)
    {
        ArgumentException.ThrowIfNullOrEmpty(labelColumnName);
        ArgumentException.ThrowIfNullOrEmpty(scoreColumnName);
        ArgumentException.ThrowIfNullOrEmpty(probabilityColumnName);
        if (!Enum.IsDefined(scores))
            throw new ArgumentOutOfRangeException(nameof(scores), scores, "Scores are probabilities or logits.");
        (_label, _score, _weight, _probability, _kind) = (labelColumnName, scoreColumnName, exampleWeightColumnName, probabilityColumnName, scores);
    }

    /// <inheritdoc/>
    public TemperatureCalibratorTransformer Fit(IDataView input, FitContext context)
    {
        ArgumentNullException.ThrowIfNull(input);
        ArgumentNullException.ThrowIfNull(context);
        Check(SchemaShape.Create(input.Schema));
        context.Checkpoint();
        var (logits, classes, weights, k) = Read(input, context);
        return new(1 / InverseTemperature(logits, classes, weights, k, context), _score, _probability, _kind) { FittedOn = input.Lineage };
    }

    /// <inheritdoc/>
    public SchemaShape GetOutputSchema(SchemaShape inputSchema)
    {
        ArgumentNullException.ThrowIfNull(inputSchema);
        return inputSchema.With(Check(inputSchema).Rename(_probability));
    }

    /// <inheritdoc/>
    public override string ToString() => $"Temperature({_score})";

    private SchemaShape.Column Check(SchemaShape shape)
    {
        SchemaShape.Column Find(string name, string role) =>
            shape.TryFindColumn(name, out var column) ? column : throw SchemaException.MissingColumn(name, shape.Select(c => c.Name), role);
        var score = Find(_score, "score column");
        if (score.Kind != SchemaShape.Column.VectorKind.Vector || score.IsKey || score.ItemType != NumberDataViewType.Single)
            throw SchemaException.WrongType(_score, "a vector of Single, a number for each class", score.TypeText);
        var label = Find(_label, "label column");
        if (label.Kind != SchemaShape.Column.VectorKind.Scalar || !label.IsKey)
            throw SchemaException.WrongType(_label, "a key label", label.TypeText, $"Make one with Transforms.Conversion.MapValueToKey(\"{_label}\").");
        if (_weight is not null && Find(_weight, "weight column") is var weight
            && (weight.Kind != SchemaShape.Column.VectorKind.Scalar || weight.IsKey || weight.ItemType != NumberDataViewType.Single))
        {
            throw SchemaException.WrongType(_weight, "Single (a number)", weight.TypeText);
        }

        return score;
    }

    private (double[] Logits, int[] Classes, double[] Weights, int K) Read(IDataView view, FitContext context)
    {
        var (score, label) = (view.Schema[_score], view.Schema[_label]);
        DataViewSchema.Column? weight = _weight is null ? null : view.Schema[_weight];
        int k = score.Type.ValueCount;
        if (label.Type.KeyCount != (ulong)k)
            throw new SchemaException($"Label '{_label}' has {label.Type.KeyCount} classes, and '{_score}' scores {k}. Calibrate scores of a model of this label.");
        var (logits, classes, weights) = (new List<double>(), new List<int>(), new List<double>());
        double[] z = new double[k];
        float[] row = new float[k];
        using var cursor = view.GetBatchCursor(weight is null ? [score, label] : [score, label, weight.Value], context.CancellationToken);
        while (cursor.MoveNext())
        {
            context.Checkpoint();
            var batch = cursor.Current;
            for (int i = 0; i < batch.Count; i++)
            {
                int c = LabelKeys.Class(batch[label.Index], i);
                double w = weight is null ? 1 : batch.Scalars<float>(weight.Value.Index)[i];
                if (!double.IsFinite(w) || w < 0)
                    throw new DataException(FormattableString.Invariant($"Row {batch.Position + i}: weight '{_weight}' is {w}; weights are finite and not negative."));
                if (c < 0 || c >= k || w == 0)
                    continue;
                batch.Vectors<float>(score.Index).CopyRowTo(i, row);
                TemperatureCalibratorTransformer.Logits(row, z, _kind);
                if (z.AsSpan().ContainsAnyExceptInRange(double.MinValue, double.MaxValue))
                    throw new DataException(FormattableString.Invariant($"Row {batch.Position + i}: a score of '{_score}' is not finite; leave such rows out."));
                logits.AddRange(z);
                classes.Add(c);
                weights.Add(w);
            }
        }

        return classes.Count > 0 ? ([.. logits], [.. classes], [.. weights], k) : throw new DataException(
            $"There are no rows to learn from: a calibrator needs rows with '{_score}' and '{_label}'. Look at how the rows were chosen.");
    }

    // The root of the slope of the negative log-likelihood, which rises with β; at an end of the range where it has none.
    private static double InverseTemperature(double[] logits, int[] classes, double[] weights, int k, FitContext context)
    {
        double[] p = new double[k];
        double total = weights.Sum();
        (double Loss, double Slope, double Curvature) At(double beta)
        {
            double loss = 0, slope = 0, curvature = 0;
            for (int i = 0; i < classes.Length; i++)
            {
                var z = logits.AsSpan(i * k, k);
                TensorPrimitives.Multiply(z, beta, p);
                double logNorm = LogSumExp(p), mean = 0, square = 0;
                for (int c = 0; c < k; c++)
                {
                    double share = Math.Exp((beta * z[c]) - logNorm);
                    mean += share * z[c];
                    square += share * z[c] * z[c];
                }

                loss += weights[i] * (logNorm - (beta * z[classes[i]]));
                slope += weights[i] * (mean - z[classes[i]]);
                curvature += weights[i] * Math.Max(0, square - (mean * mean));
            }

            return (loss / total, slope / total, curvature / total);
        }

        double low = 1 / Range, high = Range;
        if (At(low).Slope >= 0)
            return low;
        if (At(high).Slope <= 0)
            return high;
        double beta = 1;
        for (int iteration = 1; iteration <= MaximumIterations && high - low > Tolerance * beta; iteration++)
        {
            var (loss, slope, curvature) = At(beta);
            context.Report(iteration, MaximumIterations, loss);
            if (slope == 0)
                break;
            (low, high) = slope < 0 ? (beta, high) : (low, beta);
            double newton = beta - (slope / curvature);
            // A step out of the bracket, or into nothing, halves the bracket in its logarithm instead.
            double next = newton > low && newton < high ? newton : Math.Sqrt(low * high);
            bool done = Math.Abs(next - beta) <= Tolerance * beta;
            beta = next;
            if (done)
                break;
        }

        return beta;
    }

    private static double LogSumExp(ReadOnlySpan<double> z)
    {
        double max = TensorPrimitives.Max(z), sum = 0;
        foreach (double value in z)
            sum += Math.Exp(value - max);
        return max + Math.Log(sum);
    }
}

/// <summary>Adds calibrated probabilities of several classes: the softmax of the logits divided by a temperature.</summary>
public sealed class TemperatureCalibratorTransformer : RowToRowTransformer
{
    internal const string Id = "MLPath.TemperatureCalibrator";

    private readonly string _score;
    private readonly string _probability;
    private readonly ClassScoreKind _kind;

    /// <summary>Creates the transformer.</summary>
    /// <param name="temperature">T, positive and finite; above 1 makes probabilities milder.</param>
    /// <param name="scoreColumnName">The scores.</param>
    /// <param name="probabilityColumnName">The column to add.</param>
    /// <param name="scores">What the scores are.</param>
    public TemperatureCalibratorTransformer(
        double temperature, string scoreColumnName = "Score", string probabilityColumnName = "Probability", ClassScoreKind scores = ClassScoreKind.Probabilities)
    {
        ArgumentException.ThrowIfNullOrEmpty(scoreColumnName);
        ArgumentException.ThrowIfNullOrEmpty(probabilityColumnName);
        if (!(temperature > 0 && double.IsFinite(temperature)))
            throw new ArgumentOutOfRangeException(nameof(temperature), temperature, "A temperature is positive and finite.");
        (Temperature, _score, _probability, _kind) = (temperature, scoreColumnName, probabilityColumnName, scores);
    }

    /// <summary>T, by which logits are divided.</summary>
    public double Temperature { get; }

    /// <inheritdoc/>
    public override string ComponentId => Id;

    /// <inheritdoc/>
    public override void Save(ModelSaveContext context)
    {
        context.Write(nameof(Temperature), Temperature);
        context.Write("ScoreColumnName", _score);
        context.Write("ProbabilityColumnName", _probability);
        context.WriteEnum("Scores", _kind);
    }

    /// <inheritdoc/>
    public override string ToString() => FormattableString.Invariant($"Temperature {Temperature:G4} of {_score}");

    internal static TemperatureCalibratorTransformer Load(ModelLoadContext context)
    {
        var (temperature, score, probability) =
            (context.ReadDouble(nameof(Temperature)), context.ReadString("ScoreColumnName"), context.ReadString("ProbabilityColumnName"));
        return temperature > 0 && double.IsFinite(temperature) && score.Length > 0 && probability.Length > 0
            ? new(temperature, score, probability, context.ReadEnum<ClassScoreKind>("Scores"))
            : throw context.Invalid("a temperature is positive and finite, and columns have names");
    }

    /// <inheritdoc/>
    protected override IEnumerable<ColumnFunction> Bind(DataViewSchema inputSchema)
    {
        var score = inputSchema.GetColumnOrNull(_score) ?? throw SchemaException.MissingColumn(_score, inputSchema.VisibleNames, "score column");
        if (score.Type is not VectorDataViewType { IsKnownSize: true } vector || vector.ItemType != NumberDataViewType.Single)
            throw SchemaException.WrongType(_score, "a vector of Single, a number for each class", score.Type.ToString()!);
        yield return new ColumnFunction([score], [new(_probability, vector, score.Annotations)], () =>
        {
            float[] row = new float[vector.Size];
            double[] z = new double[vector.Size];
            return (batch, outputs) =>
            {
                if (outputs[0] is not VectorColumn<float> made)
                    return;
                var scores = batch.Vectors<float>(score.Index);
                var probabilities = made.AllocateDense(batch.Count);
                for (int i = 0; i < batch.Count; i++)
                {
                    scores.CopyRowTo(i, row);
                    Logits(row, z, _kind);
                    TensorPrimitives.Divide(z, Temperature, z);
                    Dense.Softmax(z, z);
                    TensorPrimitives.ConvertTruncating<double, float>(z, probabilities.Slice(i * z.Length, z.Length));
                }
            };
        });
    }

    /// <summary>The logits of a row: log p, of probabilities no smaller than the least normal number.</summary>
    internal static void Logits(ReadOnlySpan<float> row, Span<double> z, ClassScoreKind kind)
    {
        for (int c = 0; c < row.Length; c++)
            z[c] = kind == ClassScoreKind.Logits ? row[c] : Math.Log(Math.Max((double)row[c], 1.1754944e-38));
    }
}
