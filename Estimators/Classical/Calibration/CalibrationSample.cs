using MLPath.Data;

namespace MLPath.Calibrators;

/// <summary>What a calibrator learns from: n scores, whether each row is positive, and its weight.</summary>
/// <param name="Scores">n finite scores.</param>
/// <param name="Positive">n truth values.</param>
/// <param name="Weights">n positive weights.</param>
internal sealed record CalibrationSample(double[] Scores, bool[] Positive, double[] Weights)
{
    public static CalibrationSample Empty { get; } = new([], [], []);

    public int Count => Scores.Length;
}

/// <summary>The columns that a calibrator reads.</summary>
/// <param name="LabelName">The label, Boolean; null where nothing is learned.</param>
/// <param name="ScoreName">The score.</param>
/// <param name="WeightName">The weight; null for none.</param>
internal sealed record CalibrationColumns(string? LabelName, string ScoreName, string? WeightName)
{
    public static DataViewSchema.Column Score(DataViewSchema schema, string name) => Find(schema, name, "score column", NumberDataViewType.Single, "a score of type Single");

    public SchemaShape.Column Check(SchemaShape shape)
    {
        if (LabelName is not null)
            Check(shape, LabelName, "label column", BooleanDataViewType.Instance, "a Boolean label");
        if (WeightName is not null)
            Check(shape, WeightName, "weight column", NumberDataViewType.Single, "Single (a number)");
        return Check(shape, ScoreName, "score column", NumberDataViewType.Single, "a score of type Single");
    }

    /// <summary>Reads all rows of positive weight.</summary>
    /// <exception cref="DataException">There are none, or a score or a weight is not allowed.</exception>
    public CalibrationSample Read(IDataView view, FitContext context)
    {
        var score = Score(view.Schema, ScoreName);
        var label = Find(view.Schema, LabelName!, "label column", BooleanDataViewType.Instance, "a Boolean label");
        DataViewSchema.Column? weight = WeightName is null ? null : Find(view.Schema, WeightName, "weight column", NumberDataViewType.Single, "Single (a number)");
        var (scores, positive, weights) = (new List<double>(), new List<bool>(), new List<double>());
        using var cursor = view.GetBatchCursor(weight is null ? [score, label] : [score, label, weight.Value], context.CancellationToken);
        while (cursor.MoveNext())
        {
            context.Checkpoint();
            var batch = cursor.Current;
            for (int row = 0; row < batch.Count; row++)
            {
                double s = batch.Scalars<float>(score.Index)[row], w = weight is null ? 1 : batch.Scalars<float>(weight.Value.Index)[row];
                if (!double.IsFinite(s))
                    throw new DataException(FormattableString.Invariant($"Row {batch.Position + row}: column '{ScoreName}' is {s}; a calibrator learns from finite scores. Leave such rows out."));
                if (!double.IsFinite(w) || w < 0)
                    throw new DataException(FormattableString.Invariant($"Row {batch.Position + row}: weight '{WeightName}' is {w}; weights are finite and not negative."));
                if (w == 0)
                    continue;
                scores.Add(s);
                positive.Add(batch.Scalars<bool>(label.Index)[row]);
                weights.Add(w);
            }
        }

        return scores.Count > 0 ? new([.. scores], [.. positive], [.. weights]) : throw new DataException(
            $"There are no rows to learn from: a calibrator needs rows with '{ScoreName}' and '{LabelName}'. Look at how the rows were chosen.");
    }

    private static DataViewSchema.Column Find(DataViewSchema schema, string name, string role, DataViewType type, string expected)
    {
        var column = schema.GetColumnOrNull(name) ?? throw SchemaException.MissingColumn(name, schema.VisibleNames, role);
        return column.Type.Equals(type) ? column : throw SchemaException.WrongType(name, expected, column.Type.ToString()!);
    }

    private static SchemaShape.Column Check(SchemaShape shape, string name, string role, DataViewType type, string expected)
    {
        if (!shape.TryFindColumn(name, out var column))
            throw SchemaException.MissingColumn(name, shape.Select(c => c.Name), role);
        return column.Kind == SchemaShape.Column.VectorKind.Scalar && !column.IsKey && column.ItemType.Equals(type)
            ? column
            : throw SchemaException.WrongType(name, expected, column.TypeText);
    }
}
