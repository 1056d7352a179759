using System.Globalization;
using System.Text;

namespace MLPath.Data;

/// <summary>A preview as a table of text.</summary>
internal static class PreviewTable
{
    private const int MostColumns = 12;
    private const int MostItems = 4;
    private const int WidestText = 28;

    public static string Render(DataDebuggerPreview preview, long? rowCount)
    {
        var columns = preview.ColumnView.Where(c => !c.Column.IsHidden).ToList();
        var shown = columns.Take(MostColumns).Select(Cells).ToList();
        if (columns.Count > MostColumns)
            shown.Add(["…", .. preview.RowView.Select(_ => "…")]);
        var table = new StringBuilder();
        int[] widths = [.. shown.Select(cells => cells.Max(c => c.Length))];
        for (int row = 0; row <= preview.RowView.Length && shown.Count > 0; row++)
        {
            AppendLine(table, shown.Select((cells, i) =>
                IsText(columns[i].Column) ? cells[row].PadRight(widths[i]) : cells[row].PadLeft(widths[i])));
            if (row == 0)
                AppendLine(table, widths.Select(w => new string('─', w)));
        }

        int read = preview.RowView.Length;
        string rows = rowCount == read ? Plural(read, "row")
            : rowCount is { } all ? $"{read} of {Plural(all, "row")}"
            : $"the first {Plural(read, "row")}";
        return table.Append(CultureInfo.InvariantCulture, $"{rows}, {Plural(columns.Count, "column")}").ToString();
    }

    /// <summary>A value in a few characters.</summary>
    public static string Format(object? value) => value switch
    {
        float number => number.ToString("G6", CultureInfo.InvariantCulture),
        double number => number.ToString("G6", CultureInfo.InvariantCulture),
        bool flag => flag ? "true" : "false",
        ReadOnlyMemory<char> text => Short(text.ToString()),
        DateTime time => time.ToString("yyyy-MM-dd HH:mm:ss", CultureInfo.InvariantCulture),
        DateTimeOffset time => time.ToString("yyyy-MM-dd HH:mm:ss zzz", CultureInfo.InvariantCulture),
        IFormattable formattable => formattable.ToString(null, CultureInfo.InvariantCulture),
        _ => value?.ToString() ?? "",
    };

    private static List<string> Cells(DataDebuggerPreview.ColumnInfo info)
    {
        var keys = info.Column.HasKeyValues() ? info.Column.KeyValueTexts() : null;
        var text = info.Column.Type is VectorDataViewType
            ? info.Column.Type.Accept(new VectorText(keys))
            : value => Item(value, keys);
        return [Short(info.Column.Name), .. info.Values.Select(text)];
    }

    private static string Item(object value, IReadOnlyList<string>? keys) =>
        keys is null ? Format(value)
        : KeyValue.Text(Convert.ToUInt64(value, CultureInfo.InvariantCulture), keys) is { } text ? Short(text)
        : "?";

    private static bool IsText(DataViewSchema.Column column) =>
        column.Type is VectorDataViewType or TextDataViewType or KeyDataViewType;

    private static string Short(string text)
    {
        var line = text.ReplaceLineEndings(" ").Replace('\t', ' ');
        return line.Length <= WidestText ? line : string.Concat(line.AsSpan(0, WidestText - 1), "…");
    }

    private static string Plural(long count, string noun) =>
        string.Create(CultureInfo.InvariantCulture, $"{count} {noun}{(count == 1 ? "" : "s")}");

    private static void AppendLine(StringBuilder table, IEnumerable<string> cells) =>
        table.Append(string.Join("  ", cells).TrimEnd()).Append('\n');

    private sealed class VectorText(IReadOnlyList<string>? keys) : IRawTypeVisitor<Func<object, string>>
    {
        public Func<object, string> Visit<T>() => value =>
        {
            var vector = (VBuffer<T>)value;
            var items = Enumerable.Range(0, Math.Min(MostItems, vector.Length)).Select(i => Item(vector.GetItemOrDefault(i)!, keys));
            string more = vector.Length > MostItems ? string.Create(CultureInfo.InvariantCulture, $", … {vector.Length}") : "";
            return $"[{string.Join(", ", items)}{more}]";
        };
    }
}
