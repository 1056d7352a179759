namespace MLPath.Numerics;

/// <summary>A twice differentiable function of n variables that computes its value, its gradient and its Hessian together.</summary>
/// <param name="x">The point, n numbers.</param>
/// <param name="gradient">Receives ∂f/∂xᵢ, n numbers; arrives filled with zeros, so that it may be added to.</param>
/// <param name="hessian">
/// Receives ∂²f/∂xᵢ∂xⱼ, n × n numbers, row-major, of which only the lower triangle (j ≤ i) is read; arrives filled with zeros. It is empty
/// where only the value and the gradient are wanted.
/// </param>
/// <returns>f(x).</returns>
public delegate double ValueGradientHessian(ReadOnlySpan<double> x, Span<double> gradient, Span<double> hessian);
