using MLPath.Data;

namespace MLPath.Datasets;

/// <summary>How a text file is read whose columns are found by looking at it. The defaults suit the usual CSV and TSV files.</summary>
public sealed record TextFileOptions
{
    /// <summary>
    /// The character between two fields, a tab, blank or ASCII mark. By default (null) it is comma, tab or semicolon: the one that gives the first
    /// rows the same number of fields, the most of these; otherwise the tab in a file named .tsv or .tab, and else the one that the first line has
    /// most of; and runs of blanks where the first lines are aligned by these.
    /// </summary>
    public char? Separator { get; init; }

    /// <summary>
    /// Whether a run of separators counts as one, and separators at the ends of a line as none, as in columns aligned by blanks (tabs count as
    /// blanks then). Default: false, unless the separator is found by looking and is a blank.
    /// </summary>
    public bool CollapseSeparators { get; init; }

    /// <summary>
    /// Whether the first line gives the names of the columns. By default (null) it does, if its cells are of another type than those below
    /// them; if all columns are text, if its cells are all different, none is a number, truth value or date, and none occurs below itself.
    /// </summary>
    public bool? HasHeader { get; init; }

    /// <summary>
    /// Whether values may stand in double quotes, and then contain separators and line breaks; false makes quotes ordinary characters. By default
    /// (null) they may, unless fields are separated by tabs and the beginning of the file has a field that starts with a quote and goes on after
    /// the next one.
    /// </summary>
    public bool? Quoting { get; init; }

    /// <summary>What stands between the whole and the fractional part of numbers: point (the default) or comma.</summary>
    public char DecimalMarker { get; init; } = '.';

    /// <summary>
    /// Lines that start with this are passed over, such as <c>#</c> or <c>//</c>. By default (null) none are, unless the file begins with <c>//</c>.
    /// </summary>
    public string? CommentPrefix { get; init; }

    /// <summary>Lines at the beginning of the file, before any header, that are passed over. Default: 0.</summary>
    public int SkipLines { get; init; }

    /// <summary>The table ends after so many rows. Default: all (null).</summary>
    public long? MaxRows { get; init; }

    /// <summary>What becomes of rows that do not fit. Default: they are an error.</summary>
    /// <remarks>A column whose type is inferred has no cells that do not fit: the column is then text.</remarks>
    public BadRows BadRows { get; init; }

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

    /// <summary>
    /// The bytes of values that are kept in memory. A table that takes more is read again from the file on each pass. Default: 256 MiB.
    /// </summary>
    public long InMemoryLimit { get; init; } = 256L << 20;

    /// <summary>The number of threads that parse; the table does not depend on it. Default: as many as the machine has processors (null).</summary>
    public int? Threads { get; init; }

    /// <summary>The bytes that a thread parses at a time; the table does not depend on it.</summary>
    internal int ChunkSize { get; init; } = Text.ChunkReader.DefaultSize;

    internal void Validate()
    {
        if (Separator is { } separator && !IsPossible(separator))
        {
            throw new ArgumentException(
                $"{nameof(Separator)} is U+{(int)separator:X4}; expected a tab or an ASCII mark other than the double quote.");
        }
        if (DecimalMarker is not ('.' or ','))
            throw new ArgumentException($"{nameof(DecimalMarker)} is '{DecimalMarker}'; expected a point or a comma.");
        if (DecimalMarker == Separator)
            throw new ArgumentException($"{nameof(DecimalMarker)} and {nameof(Separator)} are both '{Separator}'.");
        if (CommentPrefix is not null && (CommentPrefix.Length == 0 || CommentPrefix[0] is '"' or '\n' or '\r'))
            throw new ArgumentException($"{nameof(CommentPrefix)} is '{CommentPrefix}'; expected some characters that no record starts with.");
        ArgumentOutOfRangeException.ThrowIfNegative(SkipLines);
        ArgumentOutOfRangeException.ThrowIfNegative(InMemoryLimit);
        if (MaxRows is { } most) ArgumentOutOfRangeException.ThrowIfNegative(most, nameof(MaxRows));
        if (Threads is { } threads) ArgumentOutOfRangeException.ThrowIfNegativeOrZero(threads, nameof(Threads));
        foreach (var (name, type) in Types)
        {
            if (type is VectorDataViewType or KeyDataViewType or RowIdDataViewType)
                throw new ArgumentException($"{nameof(Types)}['{name}'] is {type}; expected a number, Boolean, text, date or time type.");
        }
    }

    internal static bool IsPossible(char separator) =>
        separator == '\t' || (separator is >= ' ' and <= '~' and not '"' && !char.IsAsciiLetterOrDigit(separator));
}
