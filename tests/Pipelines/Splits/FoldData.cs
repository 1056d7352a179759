using System.Globalization;
using MLPath.Data;

namespace MLPath.Tests.Splits;

/// <summary>Rows for folds: the same classes as integers, text, keys and numbers, and a group and a time.</summary>
public sealed class FoldRow
{
    public int Row { get; set; }
    public int Class { get; set; }
    public string Text { get; set; } = "";

    [KeyType(100)]
    public ushort Key { get; set; }

    public float Number { get; set; }
    public int Group { get; set; }
    public DateTime Time { get; set; }
}

internal static class FoldData
{
    public static IDataView Of(params int[] classes) => Of(classes, new int[classes.Length]);

    public static IDataView Of(int[] classes, int[] groups) => DataOperations.Views.ML.Data.LoadFromEnumerable(classes.Select((c, i) => new FoldRow
    {
        Row = i,
        Class = c,
        Text = c.ToString("D3", CultureInfo.InvariantCulture),
        Key = (ushort)(c + 1),
        Number = c / 2f,
        Group = groups[i],
        Time = new DateTime(2020, 1, 1).AddHours(i * 37 % 101),
    }).ToList());

    /// <summary>n rows of three classes with 50, 30 and 20 in 100 rows, in groups of 4.</summary>
    public static IDataView Mixed(int n) => Of(
        [.. Enumerable.Range(0, n).Select(i => (i * 7 % 10) switch { < 5 => 0, < 8 => 1, _ => 2 })], [.. Enumerable.Range(0, n).Select(i => i / 4)]);

    public static int[] Classes(IDataView view) => [.. view.GetColumn<int>("Class")];
}
