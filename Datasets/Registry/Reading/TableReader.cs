using System.Globalization;
using MLPath.Data;
using MLPath.Datasets.Text;

namespace MLPath.Datasets.Registry.Reading;

/// <summary>
/// Reads delimited files. Fields go to the columns of the description by name; those without a column are left out. What differs between a
/// file as it was published and a table to learn from is said by the properties.
/// </summary>
internal sealed record TableReader
{
    private const StringComparison Exactly = StringComparison.Ordinal;

    private static readonly string[] DateFormats = ["yyyy-MM-dd", "yyyy-MM", "M/d/yyyy"];

    /// <summary>The files of the training part, or of the whole; the rows of each follow those of the one before.</summary>
    public required IReadOnlyList<string> Files { get; init; }

    /// <summary>The files of the test part.</summary>
    public IReadOnlyList<string> TestFiles { get; init; } = [];

    /// <summary>The fields in order, of a file without a header.</summary>
    public IReadOnlyList<string>? Fields { get; init; }

    /// <summary>Columns that are called otherwise in the file's header.</summary>
    public IReadOnlyDictionary<string, string> FieldOf { get; init; } = new Dictionary<string, string>();

    /// <summary>How the file is written.</summary>
    public TextFileOptions Format { get; init; } = new();

    /// <summary>The texts that stand for a missing one.</summary>
    public IReadOnlyList<string> MissingTexts { get; init; } = [];

    /// <summary>A mark that some files put behind the label, and that is dropped.</summary>
    public char? LabelMark { get; init; }

    /// <summary>A column that the files do not have: which file a row comes from, as a text for each file.</summary>
    public (string Column, IReadOnlyList<string> Texts)? FileColumn { get; init; }

    /// <summary>Reads the table.</summary>
    public IDataView Read(DatasetContent content)
    {
        var files = content.Part == DatasetPart.Test ? TestFiles : Files;
        var schema = content.Info.Schema;
        var raw = RawSchema(schema);
        var columns = schema.Select(c => ColumnBuffer.Create(c.Type)).ToArray();
        for (int i = 0; i < files.Count; i++)
        {
            var options = Format with { HasHeader = Fields is null, InMemoryLimit = long.MaxValue };
            var table = InMemoryDataView.Load(FileLoading.Expected(
                [content.PathOf(files[i])], raw, options, optionalColumns: [], otherColumnsAsText: false, content.CancellationToken));
            foreach (var column in schema) columns[column.Index].Append(Column(table, column, content, i));
        }
        return content.View(columns);
    }

    private ColumnBuffer Column(InMemoryDataView table, DataViewSchema.Column column, DatasetContent content, int file)
    {
        if (FileColumn is { } origin && column.Name == origin.Column)
            return DatasetContent.TextColumn([.. Enumerable.Repeat(origin.Texts[file], table.RowCount)]);
        var source = table.GetColumn(table.Schema[FieldName(column.Name)].Index);
        if (source is not ScalarColumn<ReadOnlyMemory<char>> texts) return source;
        if (column.Type is DateTimeDataViewType) return Dates(texts, column.Name, content);
        bool isMarked = LabelMark is not null && column.Name == content.Info.LabelColumn;
        return isMarked || MissingTexts.Count > 0 ? Cleaned(texts, isMarked) : texts;
    }

    private ScalarColumn<ReadOnlyMemory<char>> Cleaned(ScalarColumn<ReadOnlyMemory<char>> texts, bool isMarked)
    {
        var cleaned = new ScalarColumn<ReadOnlyMemory<char>>(TextDataViewType.Instance);
        var to = cleaned.Allocate(texts.Count);
        for (int i = 0; i < to.Length; i++)
        {
            var text = isMarked ? texts.Values[i].TrimEnd(LabelMark!.Value) : texts.Values[i];
            to[i] = MissingTexts.Any(m => text.Span.Equals(m, Exactly)) ? default : text;
        }
        return cleaned;
    }

    private static ScalarColumn<DateTime> Dates(ScalarColumn<ReadOnlyMemory<char>> texts, string name, DatasetContent content)
    {
        var dates = new ScalarColumn<DateTime>(DateTimeDataViewType.Instance);
        var to = dates.Allocate(texts.Count);
        for (int i = 0; i < to.Length; i++)
        {
            if (!DateTime.TryParseExact(texts.Values[i].Span, DateFormats, CultureInfo.InvariantCulture, DateTimeStyles.None, out to[i]))
                throw new DataException($"Data set '{content.Source}', row {i}: '{texts.Values[i]}' in column '{name}' is not a date.");
        }
        return dates;
    }

    private DataViewSchema RawSchema(DataViewSchema schema)
    {
        var raw = new DataViewSchema.Builder();
        var types = schema.Where(c => c.Name != FileColumn?.Column).ToDictionary(c => FieldName(c.Name), RawType);
        foreach (string field in Fields ?? [.. types.Keys]) raw.AddColumn(field, types.GetValueOrDefault(field, TextDataViewType.Instance));
        return raw.ToSchema();
    }

    private string FieldName(string column) => FieldOf.GetValueOrDefault(column, column);

    // Dates are read as texts, because they are not always written as ISO 8601 has them.
    private static DataViewType RawType(DataViewSchema.Column column) =>
        column.Type is DateTimeDataViewType ? TextDataViewType.Instance : column.Type;
}
