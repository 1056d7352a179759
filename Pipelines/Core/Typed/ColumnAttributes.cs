namespace MLPath.Data;

/// <summary>Says which fields of a text file's lines a member is read from. The first field is 0.</summary>
[AttributeUsage(AttributeTargets.Field | AttributeTargets.Property)]
public sealed class LoadColumnAttribute : Attribute
{
    /// <summary>Reads the member from one field.</summary>
    /// <param name="fieldIndex">The field, from 0.</param>
    public LoadColumnAttribute(int fieldIndex) : this([fieldIndex]) { }

    /// <summary>Reads the member, a vector, from consecutive fields.</summary>
    /// <param name="start">The first field, from 0.</param>
    /// <param name="end">The last field, which is included.</param>
    public LoadColumnAttribute(int start, int end)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(start);
        ArgumentOutOfRangeException.ThrowIfLessThan(end, start);
        Ranges = [(start, end)];
    }

    /// <summary>Reads the member, a vector, from some fields.</summary>
    /// <param name="columnIndexes">The fields, from 0, in the order of the vector's slots.</param>
    public LoadColumnAttribute(int[] columnIndexes)
    {
        foreach (int index in columnIndexes)
            ArgumentOutOfRangeException.ThrowIfNegative(index, nameof(columnIndexes));
        Ranges = [.. columnIndexes.Select(i => (i, i))];
    }

    /// <summary>The fields, as ranges whose first and last field are included.</summary>
    public IReadOnlyList<(int First, int Last)> Ranges { get; }
}

/// <summary>Gives a member's column another name than the member's.</summary>
/// <param name="name">The column's name.</param>
[AttributeUsage(AttributeTargets.Field | AttributeTargets.Property)]
public sealed class ColumnNameAttribute(string name) : Attribute
{
    /// <summary>The column's name.</summary>
    public string Name { get; } = name;
}

/// <summary>
/// States the size of a member that is an array or a <see cref="VBuffer{T}"/>. Trainers need features of known size; a vector without this
/// attribute is ragged, each row with its own length.
/// </summary>
[AttributeUsage(AttributeTargets.Field | AttributeTargets.Property)]
public sealed class VectorTypeAttribute : Attribute
{
    /// <summary>Each row has its own length.</summary>
    public VectorTypeAttribute() => Dimensions = [];

    /// <summary>All rows have the same length.</summary>
    /// <param name="size">The length; 0 for each row's own.</param>
    public VectorTypeAttribute(int size) => Dimensions = [size];

    /// <summary>All rows have the same dimensions, stored in one array, the last dimension running fastest.</summary>
    /// <param name="dimensions">The dimensions, e.g. 8, 8 for a small image.</param>
    public VectorTypeAttribute(params int[] dimensions) => Dimensions = dimensions;

    /// <summary>The dimensions; empty, or a single 0, where each row has its own length.</summary>
    public IReadOnlyList<int> Dimensions { get; }
}

/// <summary>
/// Makes a member of type byte, ushort, uint or ulong, or a vector of these, a key: a category from 1 to a count, 0 being missing. A
/// greater value is read as missing.
/// </summary>
/// <param name="count">The number of categories, at least 1.</param>
[AttributeUsage(AttributeTargets.Field | AttributeTargets.Property)]
public sealed class KeyTypeAttribute(ulong count) : Attribute
{
    /// <summary>The number of categories.</summary>
    public ulong Count { get; } = count;
}

/// <summary>Gives a member a column type that a library defines; the library derives the attribute, as <c>[ImageType]</c> is for images.</summary>
[AttributeUsage(AttributeTargets.Field | AttributeTargets.Property)]
public abstract class DataViewTypeAttribute : Attribute
{
    /// <summary>The column's type, whose raw type is the member's.</summary>
    public abstract DataViewType Type { get; }
}

/// <summary>Keeps a member from being a column.</summary>
[AttributeUsage(AttributeTargets.Field | AttributeTargets.Property)]
public sealed class NoColumnAttribute : Attribute;
