namespace MLPath.Deep;

/// <summary>
/// Adds waves of the position p to a sequence: PE(p, 2i) = sin(p / 10000^(2i/size)), PE(p, 2i+1) = cos(p / 10000^(2i/size)). [batch, time, size]
/// stays [batch, time, size]. Nothing is learned, and any length will do.
/// </summary>
/// <remarks>A. Vaswani et al., <i>Attention Is All You Need</i>, NeurIPS 2017, section 3.5: a shift of positions is a rotation of each pair.</remarks>
public sealed class SinusoidalPositions : Layer
{
    private readonly PositionTable _table;

    /// <summary>Makes the layer.</summary>
    /// <param name="size">The numbers of each position, 1 or more.</param>
    public SinusoidalPositions(int size)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(size, 1);
        Size = size;
        _table = new PositionTable([size], (position, column) =>
        {
            double angle = position * Math.Pow(10000, -(column - column % 2) / (double)size);
            return column % 2 == 0 ? Math.Sin(angle) : Math.Cos(angle);
        });
    }

    /// <summary>The numbers of each position.</summary>
    public int Size { get; }

    /// <summary>Adds the waves of positions from an offset on.</summary>
    /// <param name="x">[..., time, size].</param>
    /// <param name="offset">The first position, 0 or more.</param>
    /// <param name="pass">Training or scoring.</param>
    public Tensor Forward(Tensor x, int offset, Pass pass)
    {
        ArgumentNullException.ThrowIfNull(x);
        ArgumentNullException.ThrowIfNull(pass);
        if (x.Shape.Rank < 2 || x.Shape[^1] != Size) throw new ArgumentException($"{this} takes [..., time, {Size}], not {x.Shape}.", nameof(x));
        return x + _table.Get(x.Backend, offset, x.Shape[^2]);
    }

    /// <inheritdoc/>
    public override string ToString() => $"SinusoidalPositions({Size})";

    /// <inheritdoc/>
    protected override Tensor Compute(Tensor x, Pass pass) => Forward(x, 0, pass);
}
