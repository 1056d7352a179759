using MLPath.Data;

namespace MLPath.Tests.Datasets;

/// <summary>Short ways to look at a view's columns.</summary>
internal static class Views
{
    public static T[] Column<T>(this IDataView view, string name) =>
        ((ScalarColumn<T>)InMemoryDataView.Load(view).GetColumn(view.Schema[name].Index)).Values.ToArray();

    public static float[] Numbers(this IDataView view, string name) => view.Column<float>(name);

    public static string[] Texts(this IDataView view, string name) =>
        [.. view.Column<ReadOnlyMemory<char>>(name).Select(t => t.ToString())];

    public static float[][] Vectors(this IDataView view, string name)
    {
        var column = (VectorColumn<float>)InMemoryDataView.Load(view).GetColumn(view.Schema[name].Index);
        return [.. Enumerable.Range(0, column.Count).Select(row => column.RowValues(row).ToArray())];
    }

    public static string Types(this IDataView view) => string.Join(" ", view.Schema.Select(c => $"{c.Name}:{c.Type}"));
}
