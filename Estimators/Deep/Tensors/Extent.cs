namespace MLPath.Deep;

/// <summary>A height and a width; a single number is both: <c>Extent e = 3</c>, <c>Extent e = (3, 5)</c>.</summary>
/// <param name="Height">The height.</param>
/// <param name="Width">The width.</param>
public readonly record struct Extent(int Height, int Width)
{
    /// <summary>The number of cells.</summary>
    public int Area => Height * Width;

    /// <summary>The same height and width.</summary>
    /// <param name="both">Both.</param>
    public static implicit operator Extent(int both) => new(both, both);

    /// <summary>A height and a width.</summary>
    /// <param name="size">Both.</param>
    public static implicit operator Extent((int Height, int Width) size) => new(size.Height, size.Width);

    /// <inheritdoc cref="op_Implicit(int)"/>
    public static Extent FromInt32(int both) => both;

    /// <inheritdoc cref="op_Implicit(ValueTuple{int, int})"/>
    public static Extent FromValueTuple((int Height, int Width) size) => size;

    /// <summary>3, or (3, 5).</summary>
    public override string ToString() => Height == Width ? FormattableString.Invariant($"{Height}") : FormattableString.Invariant($"({Height}, {Width})");
}
