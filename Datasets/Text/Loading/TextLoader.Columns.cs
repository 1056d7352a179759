namespace MLPath.Data;

public sealed partial class TextLoader
{
    /// <summary>A column of the view, and the fields of the file that it is read from.</summary>
    public sealed record Column
    {
        /// <summary>A column to be filled in by an initialiser.</summary>
        public Column() { }

        /// <summary>A scalar column.</summary>
        /// <param name="name">Its name.</param>
        /// <param name="dataKind">Its type.</param>
        /// <param name="index">The field, from 0.</param>
        public Column(string name, DataKind dataKind, int index) : this(name, dataKind, [new Range(index)]) { }

        /// <summary>A vector column of consecutive fields.</summary>
        /// <param name="name">Its name.</param>
        /// <param name="dataKind">The type of its items.</param>
        /// <param name="minIndex">The first field, from 0.</param>
        /// <param name="maxIndex">The last field, which is included.</param>
        public Column(string name, DataKind dataKind, int minIndex, int maxIndex) : this(name, dataKind, [new Range(minIndex, maxIndex)]) { }

        /// <summary>A column of some fields.</summary>
        /// <param name="name">Its name.</param>
        /// <param name="dataKind">Its type, or that of its items.</param>
        /// <param name="source">The fields, in the order of the slots; a scalar where they are one that was given alone.</param>
        /// <param name="keyCount">Makes the column one of keys; null for any other.</param>
        public Column(string name, DataKind dataKind, Range[] source, KeyCount? keyCount = null)
        {
            ArgumentException.ThrowIfNullOrWhiteSpace(name);
            ArgumentNullException.ThrowIfNull(source);
            (Name, DataKind, Source, KeyCount) = (name, dataKind, source, keyCount);
        }

        /// <summary>The name.</summary>
        public string Name { get; init; } = "";

        /// <summary>The type, or that of the items. Default: Single.</summary>
        public DataKind DataKind { get; init; } = DataKind.Single;

        /// <summary>The fields, in the order of the slots.</summary>
        public Range[] Source { get; init; } = [];

        /// <summary>For a key column, its number of categories; null for any other.</summary>
        public KeyCount? KeyCount { get; init; }
    }

    /// <summary>Consecutive fields of a text file. The first field is 0.</summary>
    public sealed record Range
    {
        /// <summary>A range to be filled in by an initialiser.</summary>
        public Range() { }

        /// <summary>One field, read as a scalar.</summary>
        /// <param name="index">The field.</param>
        public Range(int index)
        {
            ArgumentOutOfRangeException.ThrowIfNegative(index);
            (Min, Max) = (index, index);
        }

        /// <summary>Some fields, read as a vector.</summary>
        /// <param name="min">The first.</param>
        /// <param name="max">The last, which is included; null for all up to the end of the rows, whose number is found by looking at the file.</param>
        public Range(int min, int? max)
        {
            ArgumentOutOfRangeException.ThrowIfNegative(min);
            if (max is { } last) ArgumentOutOfRangeException.ThrowIfLessThan(last, min, nameof(max));
            (Min, Max, AutoEnd, ForceVector) = (min, max, max is null, true);
        }

        /// <summary>The first field.</summary>
        public int Min { get; init; }

        /// <summary>
        /// The last field, which is included. Where null, <see cref="AutoEnd"/> or <see cref="VariableEnd"/> say where the range ends, or it is one
        /// field.
        /// </summary>
        public int? Max { get; init; }

        /// <summary>Whether the range goes to the end of the rows, which all have the same number of fields.</summary>
        public bool AutoEnd { get; init; }

        /// <summary>Whether the range goes to the end of each row, which have different numbers of fields: the column is a vector of varying length.</summary>
        public bool VariableEnd { get; init; }

        /// <summary>Whether fields that other columns take are left out.</summary>
        public bool AllOther { get; init; }

        /// <summary>Whether one field is a vector of length 1.</summary>
        public bool ForceVector { get; init; }
    }
}
