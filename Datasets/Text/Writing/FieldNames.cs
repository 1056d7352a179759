using MLPath.Data;

namespace MLPath.Datasets.Text;

/// <summary>
/// The names by which a text file knows a view's columns. A scalar has its own; a vector has one field per slot, <c>Score.setosa</c>
/// where the slot has a name and <c>Pixels[3]</c> where it has none. Writer and reader share the rule, so that what one writes the other
/// finds.
/// </summary>
internal static class FieldNames
{
    /// <summary>The names of a scalar's or a vector's fields, in order of slots.</summary>
    /// <exception cref="SchemaException">A text file cannot hold the type.</exception>
    public static IReadOnlyList<string> Of(DataViewSchema.Column column)
    {
        if (column.Type is VectorDataViewType { IsKnownSize: false } || column.Type.ItemTypeOrSelf is RowIdDataViewType)
            throw new SchemaException($"Column '{column.Name}' is {column.Type}, which a text file cannot hold; leave the column out.");

        if (column.Type is not VectorDataViewType and StructuredDataViewType)
            throw new SchemaException($"Column '{column.Name}' is {column.Type}: a text file cannot hold images and their like; leave the column out.");

        var slots = column.SlotNamesOrDefault();
        if (!column.HasSlotNames()) return slots;
        return [.. slots.Select((slot, i) => slot == $"{column.Name}[{i}]" ? slot : $"{column.Name}.{slot}")];
    }
}
