namespace MLPath.Deep;

/// <summary>Probabilities of any numbers: yᵢ = eˣⁱ / Σⱼ eˣʲ along the last axis. Any shape stays as it is.</summary>
/// <remarks>Networks that are trained with cross-entropy end in logits, without this layer; the loss includes it.</remarks>
public sealed class Softmax : Layer
{
    /// <inheritdoc/>
    public override string ToString() => "Softmax";

    /// <inheritdoc/>
    protected override Tensor Compute(Tensor x, Pass pass)
    {
        ArgumentNullException.ThrowIfNull(x);
        if (x.Shape.Rank < 1) throw new ArgumentException($"{this} takes [..., classes], not a scalar.", nameof(x));
        return x.Softmax();
    }
}

/// <summary>Logarithms of probabilities: yᵢ = xᵢ − ln Σⱼ eˣʲ along the last axis. Any shape stays as it is.</summary>
public sealed class LogSoftmax : Layer
{
    /// <inheritdoc/>
    public override string ToString() => "LogSoftmax";

    /// <inheritdoc/>
    protected override Tensor Compute(Tensor x, Pass pass)
    {
        ArgumentNullException.ThrowIfNull(x);
        if (x.Shape.Rank < 1) throw new ArgumentException($"{this} takes [..., classes], not a scalar.", nameof(x));
        return x.LogSoftmax();
    }
}
