using System.Text;
using System.Text.Unicode;
using MLPath.Data;
using MLPath.Datasets.Formats;

namespace MLPath.Datasets.Text;

/// <summary>How errors speak of cells.</summary>
internal static class CellText
{
    /// <summary>What is wrong with a cell of a column.</summary>
    public static string Problem(DataViewType type, ReadOnlySpan<byte> cell) =>
        type.ItemTypeOrSelf is TextDataViewType or KeyDataViewType && !Utf8.IsValid(cell)
            ? $"the text {FormatError.Quote(cell)} is not valid UTF-8; save the file as UTF-8"
            : $"found {FormatError.Quote(cell)}, expected {Expected(type)}";

    /// <summary>Decodes a name.</summary>
    /// <exception cref="DataException">It is not valid UTF-8.</exception>
    public static string DecodeName(ReadOnlySpan<byte> name, string path, long line) => Utf8.IsValid(name)
        ? Encoding.UTF8.GetString(name)
        : throw FormatError.AtLine(path, line, $"the column name {FormatError.Quote(name)} is not valid UTF-8; save the file as UTF-8");

    private static string Expected(DataViewType type) => type.ItemTypeOrSelf switch
    {
        BooleanDataViewType => "true, false, yes, no, 1 or 0",
        DateTimeDataViewType or DateTimeOffsetDataViewType => "an ISO 8601 date such as 2024-03-01 or 2024-03-01T18:30:00",
        TimeSpanDataViewType => "a duration such as 1.18:30:00",
        KeyDataViewType => "one of the categories that were there in training",
        var t when t.Equals(NumberDataViewType.Single) || t.Equals(NumberDataViewType.Double) => $"a number ({t})",
        var t => $"an integer ({t})",
    };
}
