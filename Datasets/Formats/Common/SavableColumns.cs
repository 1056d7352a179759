using MLPath.Data;

namespace MLPath.Datasets.Formats;

/// <summary>Which columns of a view go into a file.</summary>
internal static class SavableColumns
{
    /// <summary>The visible columns, and the hidden ones where asked for.</summary>
    /// <param name="schema">The view's columns.</param>
    /// <param name="keepHidden">Whether columns hidden by a later one of the same name are among them.</param>
    /// <param name="format">What the file is, for the error.</param>
    /// <exception cref="SchemaException">A column is of a type with a structure of its own, such as images.</exception>
    public static DataViewSchema.Column[] Of(DataViewSchema schema, bool keepHidden, string format)
    {
        DataViewSchema.Column[] columns = [.. schema.Where(c => keepHidden || !c.IsHidden)];
        foreach (var column in columns)
        {
            if (column.Type.ItemTypeOrSelf is not PrimitiveDataViewType)
            {
                throw new SchemaException(
                    $"Column '{column.Name}' is {column.Type}: {format} cannot hold images and their like; leave the column out, or convert it first.");
            }
        }
        return columns;
    }
}
