using MLPath.Data;

namespace MLPath.Transforms;

/// <summary>What transforms that project whole vectors have in common.</summary>
internal static class ProjectionInput
{
    /// <summary>Computes the outputs of one row.</summary>
    public delegate void RowMap(ReadOnlySpan<float> x, Span<float> y);

    /// <summary>Refuses columns that are no vectors of Single of known size.</summary>
    public static void Check(SchemaShape.Column input)
    {
        if (input.Kind != SchemaShape.Column.VectorKind.Vector || input.IsKey || input.ItemType != NumberDataViewType.Single)
            throw WrongType(input.Name, "a vector of Single of known size", input.TypeText);
    }

    /// <summary>Refuses columns that are no vectors of Single of one size.</summary>
    public static void Check(DataViewSchema.Column input, int size)
    {
        if (input.Type is not VectorDataViewType vector || vector.Size != size || vector.ItemType != NumberDataViewType.Single)
            throw WrongType(input.Name, FormattableString.Invariant($"a vector of Single of {size} values, as in training,"), input.Type.ToString()!);
    }

    /// <summary>Whether no value is missing or infinite.</summary>
    public static bool AllFinite(ReadOnlySpan<float> values)
    {
        foreach (float value in values)
        {
            if (!float.IsFinite(value))
                return false;
        }

        return true;
    }

    /// <summary>The function that maps row by row, sparse rows as dense ones.</summary>
    public static ColumnFunction ToFunction(DataViewSchema.Column input, DataViewSchema.DetachedColumn output, RowMap map)
    {
        int size = output.Type.ValueCount;
        return new([input], [output], () =>
        {
            float[] x = new float[input.Type.ValueCount];
            return (batch, outputs) =>
            {
                if (outputs[0] is not VectorColumn<float> made)
                    return;
                var vectors = batch.Vectors<float>(input.Index);
                var block = made.AllocateDense(batch.Count);
                for (int row = 0; row < batch.Count; row++)
                {
                    vectors.CopyRowTo(row, x);
                    map(x, block.Slice(row * size, size));
                }
            };
        });
    }

    private static SchemaException WrongType(string name, string expected, string found) =>
        SchemaException.WrongType(name, expected, found, "Join columns with Transforms.Concatenate first.");
}
