namespace MLPath.Deep;

/// <summary>Adds a learned vector for each position to a sequence: y = x + W[0 … time − 1]. [batch, time, size] stays [batch, time, size].</summary>
/// <remarks>J. Gehring et al., <i>Convolutional Sequence to Sequence Learning</i>, ICML 2017. W is first drawn from N(0, 0.02²).</remarks>
public sealed class LearnedPositions : Layer
{
    /// <summary>Makes the layer.</summary>
    /// <param name="maxLength">The most positions, 1 or more.</param>
    /// <param name="size">The numbers of each position, 1 or more.</param>
    /// <param name="initializer">What W is first; N(0, 0.02²) when omitted.</param>
    public LearnedPositions(int maxLength, int size, Initializer? initializer = null)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(maxLength, 1);
        ArgumentOutOfRangeException.ThrowIfLessThan(size, 1);
        Weight = AddParameter("weight", [maxLength, size], initializer ?? new Initializer.Normal(0.02));
    }

    /// <summary>W, [max length, size].</summary>
    public Parameter Weight { get; }

    /// <summary>Adds the vectors of positions from an offset on.</summary>
    /// <param name="x">[..., time, size].</param>
    /// <param name="offset">The first position, 0 or more.</param>
    /// <param name="pass">Training or scoring.</param>
    /// <exception cref="ArgumentException">The sequence is longer than there are positions, or of another size.</exception>
    public Tensor Forward(Tensor x, int offset, Pass pass)
    {
        ArgumentNullException.ThrowIfNull(x);
        ArgumentNullException.ThrowIfNull(pass);
        ArgumentOutOfRangeException.ThrowIfNegative(offset);
        if (x.Shape.Rank < 2 || x.Shape[^1] != Weight.Shape[1]) throw new ArgumentException($"{this} takes [..., time, {Weight.Shape[1]}], not {x.Shape}.", nameof(x));
        int end = offset + x.Shape[^2];
        if (end > Weight.Shape[0]) throw new ArgumentException($"{this} has vectors for {Weight.Shape[0]} positions; the sequence reaches position {end - 1}. Cut it, or make the layer with a larger maxLength.", nameof(x));
        return x + Weight.Value.Narrow(0, offset, x.Shape[^2]);
    }

    /// <inheritdoc/>
    public override string ToString() => $"LearnedPositions({Weight.Shape[0]}, {Weight.Shape[1]})";

    /// <inheritdoc/>
    protected override Tensor Compute(Tensor x, Pass pass) => Forward(x, 0, pass);
}
