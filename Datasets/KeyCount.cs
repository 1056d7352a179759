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
}
