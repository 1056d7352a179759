using System.Globalization;
using MLPath.Data;

namespace MLPath.Transforms;

/// <summary>The columns that decompositions of whole vectors read and make.</summary>
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

    /// <summary>What is known before the fit of a column of named outputs.</summary>
    public static SchemaShape.Column Output(string name, int size) => new(
        name, SchemaShape.Column.VectorKind.Vector, NumberDataViewType.Single, isKey: false,
        new SchemaShape([new(AnnotationKinds.SlotNames, SchemaShape.Column.VectorKind.Vector, TextDataViewType.Instance, isKey: false)]), [size]);

    /// <summary>A column of outputs that are named by a prefix and a number from 1.</summary>
    public static DataViewSchema.DetachedColumn Output(string name, string prefix, int size)
    {
        var names = Enumerable.Range(1, size).Select(c => string.Create(CultureInfo.InvariantCulture, $"{prefix}{c}"));
        return new(
            name, new VectorDataViewType(NumberDataViewType.Single, size), new DataViewSchema.Annotations.Builder().AddSlotNames([.. names]).ToAnnotations());
    }

    private static SchemaException WrongType(string name, string expected, string found) =>
        SchemaException.WrongType(name, expected, found, "Join columns with Transforms.Concatenate first.");
}
