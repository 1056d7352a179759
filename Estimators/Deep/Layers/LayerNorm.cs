namespace MLPath.Deep;

/// <summary>
/// Layer normalisation: y = w (x − μ) / √(σ² + ε) + b, where μ and σ² are the mean and variance (divided by n) of each row, the last axes of the input.
/// [..., size] stays [..., size]. Training and scoring are the same.
/// </summary>
/// <remarks>
/// <para>w is first 1 and b is 0.</para>
/// <para>J. Ba, J. Kiros, G. Hinton, <i>Layer Normalization</i>, 2016, arXiv:1607.06450.</para>
/// </remarks>
public sealed class LayerNorm : Layer
{
    /// <summary>Makes the layer for rows along the last axis.</summary>
    /// <param name="size">The length of a row, 1 or more.</param>
    /// <param name="epsilon">ε, above 0.</param>
    /// <param name="affine">Whether there is a w.</param>
    /// <param name="bias">Whether there is a b; only with w.</param>
    /// <exception cref="ArgumentException">An option is out of range.</exception>
    public LayerNorm(int size, double epsilon = 1e-5, bool affine = true, bool bias = true)
        : this(Shape.Create(size), epsilon, affine, bias)
    {
    }

    /// <summary>Makes the layer for rows of several axes.</summary>
    /// <param name="row">The lengths of the last axes; each 1 or more.</param>
    /// <param name="epsilon">ε, above 0.</param>
    /// <param name="affine">Whether there is a w.</param>
    /// <param name="bias">Whether there is a b; only with w.</param>
    /// <exception cref="ArgumentException">An option is out of range.</exception>
    public LayerNorm(Shape row, double epsilon = 1e-5, bool affine = true, bool bias = true)
    {
        ArgumentNullException.ThrowIfNull(row);
        if (row.Rank < 1 || row.Size < 1) throw new ArgumentException($"Rows of shape {row} cannot be normalised: at least one axis is needed, and each has a length of 1 or more.", nameof(row));
        if (!(epsilon > 0)) throw new ArgumentOutOfRangeException(nameof(epsilon), epsilon, "ε is above 0.");
        (Row, Epsilon) = (row, epsilon);
        if (affine) Weight = AddParameter("weight", row, Initializer.Ones);
        if (affine && bias) Bias = AddParameter("bias", row, Initializer.Zeros);
    }

    /// <summary>The shape of a row.</summary>
    public Shape Row { get; }

    /// <summary>ε.</summary>
    public double Epsilon { get; }

    /// <summary>w, of a row's shape; null for 1.</summary>
    public Parameter? Weight { get; }

    /// <summary>b, of a row's shape; null for 0.</summary>
    public Parameter? Bias { get; }

    /// <inheritdoc/>
    public override string ToString() => $"LayerNorm({Row})";

    /// <inheritdoc/>
    protected override Tensor Compute(Tensor x, Pass pass)
    {
        ArgumentNullException.ThrowIfNull(x);
        if (x.Shape.Rank < Row.Rank || !x.Shape[^Row.Rank..].Equals(Row)) throw new ArgumentException($"{this} takes [..., {string.Join(", ", Row)}], not {x.Shape}.", nameof(x));
        return x.NormalizeRows(Row.Rank, Weight?.Value, Bias?.Value, (float)Epsilon, centers: true);
    }
}
