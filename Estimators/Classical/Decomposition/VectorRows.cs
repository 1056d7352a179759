using MLPath.Data;

namespace MLPath.Transforms;

/// <summary>Which columns the decompositions of whole vectors take.</summary>
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

    private static SchemaException WrongType(string name, string expected, string found) =>
        SchemaException.WrongType(name, expected, found, "Join columns with Transforms.Concatenate first.");
}
