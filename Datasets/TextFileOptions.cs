using MLPath.Data;

namespace MLPath.Datasets;

/// <summary>How a text file with a header is read. The defaults suit the usual CSV and TSV files.</summary>
public sealed record TextFileOptions
{
    /// <summary>
    /// The character between two fields, a tab or an ASCII mark. By default (null) it is comma, tab or semicolon, whichever occurs most
    /// often in the header; comma, then tab, in a tie.
    /// </summary>
    public char? Separator { get; init; }

    /// <summary>Whether blanks around unquoted fields are dropped. Default: true. Quoted fields keep theirs.</summary>
    public bool TrimWhitespace { get; init; } = true;

    /// <summary>
    /// The types of columns that are not to be inferred, by name: text for a postal code, Double for a precise measurement. A cell that
    /// does not fit its type is then an error, and only Single and Double have a missing value. Scalars but keys are possible. Default:
    /// none.
    /// </summary>
    public IReadOnlyDictionary<string, DataViewType> Types { get; init; } = new Dictionary<string, DataViewType>();

    /// <summary>
    /// The cells, in any case, that stand for a missing value in columns of numbers; an empty cell always does. In text columns they are
    /// ordinary texts. Default: <c>NA</c>, <c>N/A</c>, <c>NaN</c>, <c>?</c>, <c>null</c>.
    /// </summary>
    public IReadOnlyList<string> MissingValues { get; init; } = ["NA", "N/A", "NaN", "?", "null"];

    internal void Validate()
    {
        if (Separator is { } separator && !IsPossible(separator))
        {
            throw new ArgumentException(
                $"{nameof(Separator)} is U+{(int)separator:X4}; expected a tab or an ASCII mark other than the double quote.");
        }
        foreach (var (name, type) in Types)
        {
            if (type is VectorDataViewType or KeyDataViewType or RowIdDataViewType)
                throw new ArgumentException($"{nameof(Types)}['{name}'] is {type}; expected a number, Boolean, text, date or time type.");
        }
    }
    private static bool IsPossible(char separator) =>
        separator == '\t' || (separator is >= ' ' and <= '~' and not '"' && !char.IsAsciiLetterOrDigit(separator));
}
