namespace MLPath.Deep;

/// <summary>All axes but the first as one: [batch, channels, height, width] becomes [batch, channels · height · width].</summary>
public sealed class Flatten : Layer
{
    /// <inheritdoc/>
    public override string ToString() => "Flatten";

    /// <inheritdoc/>
    protected override Tensor Compute(Tensor x, Pass pass)
    {
        ArgumentNullException.ThrowIfNull(x);
        if (x.Shape.Rank < 1) throw new ArgumentException($"{this} takes [batch, ...], not a scalar.", nameof(x));
        return x.Reshape([x.Shape[0], x.Shape[1..].Size]);
    }
}
