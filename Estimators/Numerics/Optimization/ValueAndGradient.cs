namespace MLPath.Numerics;

/// <summary>A smooth function of n variables that computes its value and its gradient together.</summary>
/// <param name="x">The point, n numbers.</param>
/// <param name="gradient">Receives ∂f/∂xᵢ, n numbers; arrives filled with zeros, so that it may be added to.</param>
/// <returns>f(x).</returns>
public delegate double ValueAndGradient(ReadOnlySpan<double> x, Span<double> gradient);
