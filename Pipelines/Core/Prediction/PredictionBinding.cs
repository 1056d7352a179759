using MLPath.Data;

namespace MLPath.Runtime;

/// <summary>What the prediction engines have in common.</summary>
internal static class PredictionBinding
{
    private static readonly string[] s_predictions =
        [PredictionColumns.PredictedLabel, PredictionColumns.Score, PredictionColumns.Probability];

    /// <summary>The model bound to the input's columns.</summary>
    /// <exception cref="SchemaException">The input lacks a column that the model needs.</exception>
    public static IRowToRowMapper Mapper(ITransformer transformer, DataViewSchema input, string inputName)
    {
        if (!transformer.IsRowToRowMapper)
            throw new InvalidOperationException(
                $"{transformer} does not map row to row, so single rows cannot be predicted. Use Transform on a view.");
        try
        {
            return transformer.GetRowToRowMapper(input);
        }
        catch (SchemaException error)
        {
            throw error.In($"The model cannot predict from {inputName}");
        }
    }

    /// <summary>A batch with buffers for some columns.</summary>
    public static RowBatch CreateBatch(DataViewSchema schema, int[] columns, out ColumnBuffer?[] buffers)
    {
        var batch = new RowBatch(schema);
        buffers = new ColumnBuffer?[schema.Count];
        foreach (int column in columns)
            batch.Set(column, buffers[column] = ColumnBuffer.Create(schema[column].Type));
        return batch;
    }

    /// <summary>The columns asked for; without names, the predictions, or all columns that the model adds where it makes none.</summary>
    public static IReadOnlyList<DataViewSchema.Column> Outputs(IRowToRowMapper mapper, IReadOnlyList<string> names)
    {
        if (names.Count > 0)
            return [.. names.Select(name => mapper.OutputSchema[name])];
        var added = mapper.OutputSchema.Where(c => !c.IsHidden && mapper.InputSchema.GetColumnOrNull(c.Name) is null).ToList();
        var predictions = added.Where(c => s_predictions.Contains(c.Name)).ToList();
        return predictions.Count > 0 ? predictions
            : added.Count > 0 ? added
            : [.. mapper.OutputSchema.Where(c => !c.IsHidden)];
    }
}
