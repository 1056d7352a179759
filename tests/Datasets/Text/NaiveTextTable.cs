using System.Globalization;
using System.Text;
using MLPath.Data;

namespace MLPath.Tests.Datasets.Text;

/// <summary>
/// The inferring loader once more, as simply as it can be: one character at a time, all cells as strings, types from the whole column.
/// </summary>
internal static class NaiveTextTable
{
    private static readonly string[] MissingWords = ["", "NA", "N/A", "NaN", "?", "null"];

    /// <summary>The table as one text: a line for each column with its name, type and values. Throws where the file is no table.</summary>
    public static string Load(string text)
    {
        var records = Records(text.TrimStart('\uFEFF'));
        if (records.Count == 0) throw new DataException("empty");
        var header = records[0].Select((name, i) => name.Length > 0 ? name : $"Column{i + 1}").ToList();
        if (header.Distinct().Count() < header.Count || records.Any(r => r.Length != header.Count)) throw new DataException("no table");
        return string.Join("\n", header.Select((name, i) => Column(name, [.. records.Skip(1).Select(r => r[i])])));
    }

    /// <summary>A view in the same form.</summary>
    public static string Show(IDataView view) => string.Join("\n", view.Schema.Select(c => c.Type switch
    {
        NumberDataViewType => Line(c.Name, "Single", view.Numbers(c.Name).Select(Show)),
        BooleanDataViewType => Line(c.Name, "Boolean", view.Column<bool>(c.Name).Select(b => b.ToString())),
        DateTimeDataViewType => Line(c.Name, "DateTime", view.Column<DateTime>(c.Name).Select(d => d.ToString("s", CultureInfo.InvariantCulture))),
        _ => Line(c.Name, "Text", view.Texts(c.Name)),
    }));

    private static string Column(string name, string[] cells)
    {
        bool anyMissing = cells.Any(IsMissing);
        var values = cells.Where(c => !IsMissing(c)).ToList();
        if (values.All(IsNumber)) return Line(name, "Single", cells.Select(c => Show(IsMissing(c) ? float.NaN : Number(c))));
        if (!anyMissing && values.All(v => v.ToLowerInvariant() is "true" or "false" or "yes" or "no"))
            return Line(name, "Boolean", values.Select(v => (v.ToLowerInvariant() is "true" or "yes").ToString()));
        if (!anyMissing && values.All(v => DateTime.TryParseExact(v, "yyyy-MM-dd", null, DateTimeStyles.None, out _)))
            return Line(name, "DateTime", values.Select(v => v + "T00:00:00"));
        return Line(name, "Text", cells);
    }

    private static string Line(string name, string type, IEnumerable<string> values) => $"{name}:{type}:{string.Join("|", values)}";

    private static string Show(float value) => BitConverter.SingleToUInt32Bits(value).ToString("x8", CultureInfo.InvariantCulture);

    private static bool IsMissing(string cell) => MissingWords.Contains(cell, StringComparer.OrdinalIgnoreCase);

    private static bool IsNumber(string cell) => float.TryParse(
        cell, NumberStyles.AllowLeadingSign | NumberStyles.AllowDecimalPoint | NumberStyles.AllowExponent, CultureInfo.InvariantCulture, out _)
        && !cell.Contains("inf", StringComparison.OrdinalIgnoreCase);

    private static float Number(string cell) => float.Parse(cell, CultureInfo.InvariantCulture);

    private static List<string[]> Records(string text)
    {
        var records = new List<string[]>();
        var fields = new List<string>();
        int at = 0;
        bool quotedAlone = false;
        while (at < text.Length)
        {
            while (at < text.Length && text[at] is ' ' or '\t') at++;
            var field = new StringBuilder();
            if (at < text.Length && text[at] == '"')
            {
                quotedAlone = fields.Count == 0;
                for (at++; ; at++)
                {
                    if (at >= text.Length) throw new DataException("open quote");
                    if (text[at] == '"' && at + 1 < text.Length && text[at + 1] == '"') at++;
                    else if (text[at] == '"') break;
                    field.Append(text[at]);
                }
                at++;
                while (at < text.Length && text[at] is ' ' or '\t') at++;
                if (at < text.Length && text[at] is not (',' or '\r' or '\n')) throw new DataException("stray quote");
                fields.Add(field.ToString());
            }
            else
            {
                while (at < text.Length && text[at] is not (',' or '\r' or '\n')) field.Append(text[at++]);
                fields.Add(field.ToString().Trim(' ', '\t'));
            }
            if (at < text.Length && text[at] == ',')
            {
                at++;
                if (at < text.Length) continue;
                fields.Add("");
            }
            if (at < text.Length) at += text[at] == '\r' && at + 1 < text.Length && text[at + 1] == '\n' ? 2 : 1;
            if (fields.Count > 1 || fields[0].Length > 0 || quotedAlone) records.Add([.. fields]);
            fields.Clear();
            quotedAlone = false;
        }
        return records;
    }
}
