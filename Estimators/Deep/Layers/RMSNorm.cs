namespace MLPath.Deep;

/// <summary>
/// Normalisation by the root mean square: y = w x / √(mean(x²) + ε) along the last axis. [..., size] stays [..., size]. Training and scoring are the same.
/// </summary>
/// <remarks>
/// <para>w is first 1.</para>
/// <para>B. Zhang, R. Sennrich, <i>Root Mean Square Layer Normalization</i>, NeurIPS 2019.</para>
/// </remarks>
public sealed class RMSNorm : Layer
{
    /// <summary>Makes the layer.</summary>
    /// <param name="size">The length of the last axis, 1 or more.</param>
    /// <param name="epsilon">ε, above 0.</param>
    /// <exception cref="ArgumentException">An option is out of range.</exception>
    public RMSNorm(int size, double epsilon = 1e-6)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(size, 1);
        if (!(epsilon > 0)) throw new ArgumentOutOfRangeException(nameof(epsilon), epsilon, "ε is above 0.");
        (Size, Epsilon) = (size, epsilon);
        Weight = AddParameter("weight", [size], Initializer.Ones);
    }

    /// <summary>The length of the last axis.</summary>
    public int Size { get; }

    /// <summary>ε.</summary>
    public double Epsilon { get; }

    /// <summary>w, [size].</summary>
    public Parameter Weight { get; }

    /// <inheritdoc/>
    public override string ToString() => FormattableString.Invariant($"RMSNorm({Size})");

    /// <inheritdoc/>
    protected override Tensor Compute(Tensor x, Pass pass)
    {
        ArgumentNullException.ThrowIfNull(x);
        if (x.Shape.Rank < 1 || x.Shape[^1] != Size) throw new ArgumentException($"{this} takes [..., {Size}], not {x.Shape}.", nameof(x));
        return x.NormalizeRows(1, Weight, null, (float)Epsilon, centers: false);
    }
}
