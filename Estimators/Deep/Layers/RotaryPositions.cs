namespace MLPath.Deep;

/// <summary>
/// Turns each pair (x₂ᵢ, x₂ᵢ₊₁) of a query or key at position p by the angle p θᵢ, θᵢ = base^(−2i/size). The product of a query and a key then depends on
/// their distance alone. [..., time, heads · size] stays that. Nothing is learned.
/// </summary>
/// <remarks>J. Su et al., <i>RoFormer: Enhanced Transformer with Rotary Position Embedding</i>, 2021, equation 15.</remarks>
public sealed class RotaryPositions : Layer
{
    private readonly PositionTable _table;

    /// <summary>Makes the layer.</summary>
    /// <param name="size">The numbers of a query or key in one head: even, 2 or more.</param>
    /// <param name="angleBase">What the angles are powers of, above 0.</param>
    public RotaryPositions(int size, double angleBase = 10000)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(size, 2);
        if (size % 2 != 0) throw new ArgumentException($"Rotary positions turn pairs of numbers; {size} is odd.", nameof(size));
        if (!(angleBase > 0)) throw new ArgumentOutOfRangeException(nameof(angleBase), angleBase, "The base of the angles is above 0.");
        (Size, AngleBase) = (size, angleBase);
        _table = new PositionTable([2, size], (position, place) =>
        {
            int column = place % size;
            double angle = position * Math.Pow(angleBase, -(column - column % 2) / (double)size);
            return place < size ? Math.Cos(angle) : column % 2 == 0 ? -Math.Sin(angle) : Math.Sin(angle);
        });
    }

    /// <summary>The numbers of a query or key in one head.</summary>
    public int Size { get; }

    /// <summary>What the angles are powers of.</summary>
    public double AngleBase { get; }

    /// <summary>Turns queries or keys at positions from an offset on.</summary>
    /// <param name="x">[..., time, heads · size], for one or several heads side by side.</param>
    /// <param name="offset">The first position, 0 or more.</param>
    /// <param name="pass">Training or scoring.</param>
    public Tensor Forward(Tensor x, int offset, Pass pass)
    {
        ArgumentNullException.ThrowIfNull(x);
        ArgumentNullException.ThrowIfNull(pass);
        if (x.Shape.Rank < 2 || x.Shape[^1] % Size != 0) throw new ArgumentException($"{this} takes [..., time, heads · {Size}], not {x.Shape}.", nameof(x));
        return x.Rotate(_table.Get(x.Backend, offset, x.Shape[^2]));
    }

    /// <inheritdoc/>
    public override string ToString() => AngleBase == 10000 ? $"RotaryPositions({Size})" : FormattableString.Invariant($"RotaryPositions({Size}, {AngleBase})");

    /// <inheritdoc/>
    protected override Tensor Compute(Tensor x, Pass pass) => Forward(x, 0, pass);
}
