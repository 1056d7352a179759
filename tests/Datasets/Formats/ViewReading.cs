namespace MLPath.Tests.Datasets.Formats;

internal static class ViewReading
{
    /// <summary>One column, read in a pass that asks for no other.</summary>
    public static T[] ColumnAlone<T>(this IDataView view, string name)
    {
        var values = new List<T>();
        using var cursor = view.GetBatchCursor([view.Schema[name]]);
        while (cursor.MoveNext()) values.AddRange(cursor.Current.Scalars<T>(view.Schema[name].Index));
        return [.. values];
    }
}
