using MLPath.Data;

namespace MLPath.Transforms;

/// <summary>What decompositions that learn from whole vectors have in common: which columns they take, and how they read them.</summary>
internal static class VectorRows
{
    /// <summary>Refuses columns that are no vectors of Single of known size.</summary>
    public static void Check(SchemaShape.Column input)
    {
        if (input.Kind != SchemaShape.Column.VectorKind.Vector || input.IsKey || input.ItemType != NumberDataViewType.Single)
            throw WrongType(input.Name, "a vector of Single of known size", input.TypeText);
    }

    /// <summary>Refuses columns that are no vectors of Single of the size that was learned from.</summary>
    public static void Check(DataViewSchema.Column input, int size)
    {
        if (input.Type is not VectorDataViewType vector || vector.Size != size || vector.ItemType != NumberDataViewType.Single)
            throw WrongType(input.Name, FormattableString.Invariant($"a vector of {size} values, as when it was fitted,"), input.Type.ToString()!);
    }

    /// <summary>Reads all rows into memory, dense or sparse as they come.</summary>
    /// <exception cref="DataException">There are no rows, or a value is missing or infinite.</exception>
    public static FeatureMatrix Read(IDataView view, DataViewSchema.Column column, FitContext context)
    {
        if (((VectorDataViewType)column.Type).Size == 0)
            throw WrongType(column.Name, "a vector of Single of known size", column.Type.ToString()!);
        var rows = new VectorColumn<float>((VectorDataViewType)column.Type);
        rows.Clear();
        using var cursor = view.GetBatchCursor([column], context.CancellationToken);
        while (cursor.MoveNext())
        {
            context.Checkpoint();
            var vectors = cursor.Current.Vectors<float>(column.Index);
            CheckFinite(vectors, cursor.Current.Position, column);
            rows.Append(vectors);
        }

        return rows.Count > 0 ? new FeatureMatrix(rows) : throw new DataException($"There are no rows in column '{column.Name}' to learn from.");
    }

    /// <summary>Refuses missing and infinite values.</summary>
    /// <param name="vectors">Rows.</param>
    /// <param name="position">The position of the first one.</param>
    /// <param name="column">Their column.</param>
    /// <exception cref="DataException">A value is missing or infinite.</exception>
    public static void CheckFinite(VectorColumn<float> vectors, long position, DataViewSchema.Column column)
    {
        // The sum of absolute values is not finite if one is not; it may also overflow, so that the values are looked at one by one.
        if (float.IsFinite(System.Numerics.Tensors.TensorPrimitives.SumOfMagnitudes(vectors.Values)))
            return;
        for (int row = 0; row < vectors.Count; row++)
        {
            var values = vectors.RowValues(row);
            for (int e = 0; e < values.Length; e++)
            {
                if (!float.IsFinite(values[e]))
                {
                    int slot = vectors.Layout == VectorLayout.Sparse ? vectors.RowIndices(row)[e] : e;
                    throw NotFinite(position + row, column.SlotNamesOrDefault()[slot], values[e]);
                }
            }
        }
    }

    private static DataException NotFinite(long position, string slot, float value) => new(float.IsNaN(value)
        ? $"Row {position}: '{slot}' is missing (NaN), and every value is needed. Fill it with Transforms.ReplaceMissingValues, "
        + "or drop the row with Data.FilterRowsByMissingValues."
        : $"Row {position}: '{slot}' is infinite. Correct it at its source, or make it missing and fill it.");

    private static SchemaException WrongType(string name, string expected, string found) =>
        SchemaException.WrongType(name, expected, found, "Join columns with Transforms.Concatenate first.");
}
