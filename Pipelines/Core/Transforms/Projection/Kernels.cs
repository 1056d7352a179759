using MLPath.Numerics;

namespace MLPath.Transforms;

/// <summary>
/// A similarity of two vectors that depends on their difference alone, and that <see cref="ApproximatedKernelMappingEstimator"/> can approximate.
/// </summary>
public abstract class KernelBase
{
    private protected KernelBase(double coefficient, string parameter)
    {
        if (!(coefficient > 0 && double.IsFinite(coefficient)))
            throw new ArgumentOutOfRangeException(parameter, coefficient, "A kernel's coefficient is a finite number above 0.");
        Coefficient = coefficient;
    }

    private protected double Coefficient { get; }

    /// <summary>The distance whose typical size the kernel is relative to.</summary>
    internal abstract double Distance(ReadOnlySpan<float> x, ReadOnlySpan<float> y);

    /// <summary>Draws one element of a frequency from the Fourier transform of the kernel.</summary>
    /// <param name="random">The stream.</param>
    /// <param name="scale">The typical distance r of two rows.</param>
    internal abstract double NextFrequency(RandomStream random, double scale);
}

/// <summary>The Gaussian kernel exp(−γ ‖x − y‖² / r), with r the median of the squared distances of the training rows.</summary>
/// <param name="gamma">γ, above 0; greater is narrower. Default 1.</param>
public sealed class GaussianKernel(float gamma = 1) : KernelBase(gamma, nameof(gamma))
{
    /// <inheritdoc/>
    public override string ToString() => FormattableString.Invariant($"Gaussian(gamma {Coefficient})");

    internal override double Distance(ReadOnlySpan<float> x, ReadOnlySpan<float> y) => Dense.SquaredDistance(x, y);

    // exp(−g‖δ‖²) is the Fourier transform of the normal distribution of variance 2g.
    internal override double NextFrequency(RandomStream random, double scale) => random.NextGaussian() * Math.Sqrt(2 * Coefficient / scale);
}

/// <summary>The Laplacian kernel exp(−a ‖x − y‖₁ / r), with r the median of the absolute distances ‖·‖₁ of the training rows.</summary>
/// <param name="a">a, above 0; greater is narrower. Default 1.</param>
public sealed class LaplacianKernel(float a = 1) : KernelBase(a, nameof(a))
{
    /// <inheritdoc/>
    public override string ToString() => FormattableString.Invariant($"Laplacian(a {Coefficient})");

    internal override double Distance(ReadOnlySpan<float> x, ReadOnlySpan<float> y)
    {
        double sum = 0;
        for (int i = 0; i < x.Length; i++)
            sum += Math.Abs((double)x[i] - y[i]);
        return sum;
    }

    // exp(−g|δ|) is the Fourier transform of the Cauchy distribution of scale g, which is the tangent of a uniform angle.
    internal override double NextFrequency(RandomStream random, double scale) =>
        Math.Tan(Math.PI * (random.NextDouble() - 0.5)) * Coefficient / scale;
}
