using MLPath.Datasets;

namespace MLPath.Data;

public sealed partial class TextLoader
{
    /// <summary>The settings of a <see cref="TextLoader"/>. Names and defaults are ML.NET's.</summary>
    public sealed record Options
    {
        /// <summary>
        /// Whether values may stand in double quotes; separators in quotes are then part of the value. Default: false.
        /// </summary>
        public bool AllowQuoting { get; init; }

        /// <summary>
        /// Whether rows may be sparse: <c>1 2 5 2:6 4:3</c> has two dense fields, then 5 sparse ones, of which those with index 2 and 4, from
        /// 0, are 6 and 3, and the others zero. Vector columns are then sparse. Default: false.
        /// </summary>
        public bool AllowSparse { get; init; }

        /// <summary>
        /// The number of fields that every row stands for. Sparse rows then leave out the length of their sparse part. Default (null): found by
        /// looking, where a column goes to the end of the rows.
        /// </summary>
        public int? InputSize { get; init; }

        /// <summary>The characters that separate fields, tabs or ASCII marks. Default: tab.</summary>
        public char[] Separators { get; init; } = ['\t'];

        /// <summary>What stands between the whole and the fractional part of numbers: point (the default) or comma.</summary>
        public char DecimalMarker { get; init; } = '.';

        /// <summary>
        /// The columns. Default (null): those of the comment that <c>SaveAsText</c> writes into files, with its separator; without such a comment,
        /// Label from field 0 and Features from all others, of type Single.
        /// </summary>
        public Column[]? Columns { get; init; }

        /// <summary>Whether blanks at the end of lines are dropped; those before a value always are. Default: false.</summary>
        public bool TrimWhitespace { get; init; }

        /// <summary>Whether the first line of each file gives names, which become the slot names of vectors. Default: false.</summary>
        public bool HasHeader { get; init; }

        /// <summary>Whether several threads parse. The rows do not depend on it. Default: true.</summary>
        public bool UseThreads { get; init; } = true;

        /// <summary>Whether quoted values may contain line breaks. Default: false.</summary>
        public bool ReadMultilines { get; init; }

        /// <summary>A file whose first line gives the names instead. Default: none (null).</summary>
        public string? HeaderFile { get; init; }

        /// <summary>The view ends after so many rows. Default: all (null).</summary>
        public long? MaxRows { get; init; }

        /// <summary>What stands before a quote inside a quoted value. Default: the double quote, so that quotes are written twice.</summary>
        public char EscapeChar { get; init; } = '"';

        /// <summary>
        /// Whether empty values of real numbers, and those that a row lacks, are NaN. Default: false; they are 0. In any case <c>?</c> and
        /// <c>NaN</c> are NaN.
        /// </summary>
        public bool MissingRealsAsNaNs { get; init; }

        /// <summary>
        /// What becomes of rows with a value that does not fit, stray quotes or a broken sparse part. Default: they are an error, when they are
        /// read. (Rows with fewer fields than the columns ask for are read as if the last were empty, and further fields are passed over.)
        /// </summary>
        public BadRows BadRows { get; init; }

        internal void Validate()
        {
            if (Separators.Length == 0) throw new ArgumentException($"{nameof(Separators)} is empty; expected at least one character.");
            foreach (char separator in Separators)
            {
                if (!TextFileOptions.IsPossible(separator))
                {
                    throw new ArgumentException(
                        $"{nameof(Separators)} has U+{(int)separator:X4}; expected a tab or an ASCII mark other than the double quote.");
                }
            }
            if (AllowSparse && Separators.Contains(':'))
                throw new ArgumentException($"{nameof(Separators)} has ':', which sparse rows need between index and value.");
            if (DecimalMarker is not ('.' or ','))
                throw new ArgumentException($"{nameof(DecimalMarker)} is '{DecimalMarker}'; expected a point or a comma.");
            if (Separators.Contains(DecimalMarker))
                throw new ArgumentException($"{nameof(DecimalMarker)} and {nameof(Separators)} both have '{DecimalMarker}'.");
            if (!char.IsAscii(EscapeChar) || Separators.Contains(EscapeChar) || EscapeChar is '\n' or '\r')
                throw new ArgumentException($"{nameof(EscapeChar)} is '{EscapeChar}'; expected an ASCII character that separates nothing.");
            if (InputSize is { } size) ArgumentOutOfRangeException.ThrowIfNegativeOrZero(size, nameof(InputSize));
            if (MaxRows is { } rows) ArgumentOutOfRangeException.ThrowIfNegative(rows, nameof(MaxRows));
        }
    }
}
