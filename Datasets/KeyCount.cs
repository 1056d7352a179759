namespace MLPath.Data;

/// <summary>Makes a loaded column a key, and says how many categories it has.</summary>
public sealed class KeyCount
{
    /// <summary>As many categories as the column's type can number.</summary>
    public KeyCount() { }

    /// <summary>A known number of categories.</summary>
    /// <param name="count">The number, at least 1; keys run from 1 to it.</param>
    public KeyCount(ulong count)
    {
        ArgumentOutOfRangeException.ThrowIfZero(count);
        Count = count;
    }

    /// <summary>The number of categories; null for as many as the type can number.</summary>
    public ulong? Count { get; }

    /// <summary>The type of keys that are stored as numbers of some type.</summary>
    /// <exception cref="ArgumentException">Keys are not stored so, or the type cannot number so many categories.</exception>
    internal KeyDataViewType TypeOf(Type numbers) => new(numbers, Count
        ?? (numbers == typeof(byte) ? byte.MaxValue : numbers == typeof(ushort) ? ushort.MaxValue : numbers == typeof(uint) ? uint.MaxValue : ulong.MaxValue));
}
