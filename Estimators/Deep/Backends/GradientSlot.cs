namespace MLPath.Deep;

/// <summary>Where an operation of several operands writes the derivative with respect to one of them.</summary>
/// <param name="Tensor">The tensor to write; null where the derivative is not wanted.</param>
/// <param name="Add">Whether to add to what it holds.</param>
public readonly record struct GradientSlot(Tensor? Tensor, bool Add)
{
    /// <summary>The slot of an operand.</summary>
    internal static GradientSlot Of(Tensor? operand) =>
        operand is not null && operand.TakesGradient(out var gradient, out bool add) ? new(gradient, add) : default;
}
