using MLPath.Data;

namespace MLPath.Evaluation;

/// <summary>The numbers that a pipeline predicts for a row, and that are explained.</summary>
/// <param name="Column">The column: the probability of the positive class where there is one, or the score.</param>
/// <param name="Names">What each number stands for: the column's name, or the classes.</param>
internal sealed record PredictionOutput(string Column, IReadOnlyList<string> Names)
{
    /// <summary>The columns that a pipeline may predict.</summary>
    public static readonly string[] ColumnNames = [PredictionColumns.PredictedLabel, PredictionColumns.Score, PredictionColumns.Probability];

    /// <summary>The number of numbers of a row.</summary>
    public int Width => Names.Count;

    /// <summary>Finds the column to explain.</summary>
    /// <param name="schema">The schema of scored rows.</param>
    /// <param name="column">The column asked for; null for the probability, or the score.</param>
    /// <exception cref="SchemaException">There is no such column, or it holds no numbers.</exception>
    public static PredictionOutput Of(DataViewSchema schema, string? column)
    {
        string name = column ?? (schema.GetColumnOrNull(PredictionColumns.Probability) is null ? PredictionColumns.Score : PredictionColumns.Probability);
        var found = schema.GetColumnOrNull(name) ?? throw SchemaException.MissingColumn(name, schema.VisibleNames, "column of predictions");
        return found.Type.ItemTypeOrSelf == NumberDataViewType.Single && found.Type is not VectorDataViewType { IsKnownSize: false }
            ? new PredictionOutput(name, found.SlotNamesOrDefault())
            : throw SchemaException.WrongType(name, "Single, or a vector of Single of known size", found.Type.ToString()!);
    }

    /// <summary>Reads the numbers of all rows.</summary>
    /// <returns>n × <see cref="Width"/>, row-major.</returns>
    public float[] Read(IDataView scored, CancellationToken cancellationToken)
    {
        var column = scored.Schema[Column];
        var values = new List<float>();
        var row = new float[Width];
        using var cursor = scored.GetBatchCursor([column], cancellationToken);
        while (cursor.MoveNext())
        {
            if (column.Type is not VectorDataViewType)
            {
                values.AddRange(cursor.Current.Scalars<float>(column.Index));
                continue;
            }

            var vectors = cursor.Current.Vectors<float>(column.Index);
            for (int i = 0; i < vectors.Count; i++)
            {
                vectors.CopyRowTo(i, row);
                values.AddRange(row);
            }
        }

        return [.. values];
    }
}
