using MLPath.Numerics;

namespace MLPath.Trainers;

/// <summary>
/// How much a covariance estimated from n rows should shrink towards a multiple of the identity to be nearest to the true one.
/// </summary>
/// <remarks>
/// With S = Σ z zᵀ / n of centred rows z, μ = tr S / d, δ² = ‖S − μI‖² / d and β² = (Σ ‖z‖⁴ / n − ‖S‖²) / (n d), the shrinkage is
/// min(β², δ²) / δ². O. Ledoit, M. Wolf, <i>A well-conditioned estimator for large-dimensional covariance matrices</i>, Journal of Multivariate
/// Analysis 88, 2004.
/// </remarks>
internal static class LedoitWolf
{
    /// <summary>Shrinks the covariance of a class, measured in its features' standard deviations.</summary>
    /// <param name="covariance">The covariance, d × d; is replaced.</param>
    /// <param name="scales">The d standard deviations; 1 for a constant feature.</param>
    /// <param name="fourth">Σ wᵢ ‖D⁻¹ z‖⁴.</param>
    /// <param name="weight">Σ wᵢ, which stands for n.</param>
    public static void Shrink(Matrix covariance, ReadOnlySpan<double> scales, double fourth, double weight)
    {
        int d = covariance.Rows;
        double trace = 0, squares = 0;
        for (int i = 0; i < d; i++)
        {
            for (int j = 0; j < d; j++)
            {
                covariance[i, j] /= scales[i] * scales[j];
                squares += covariance[i, j] * covariance[i, j];
            }

            trace += covariance[i, i];
        }

        double μ = trace / d;
        double δ = (squares - (2 * μ * trace) + (d * μ * μ)) / d;
        double β = Math.Min(((fourth / weight) - squares) / (d * weight), δ);
        double shrinkage = d == 1 || !(β > 0) ? 0 : β / δ;
        for (int i = 0; i < d; i++)
        {
            for (int j = 0; j < d; j++)
                covariance[i, j] = (((1 - shrinkage) * covariance[i, j]) + (i == j ? shrinkage * μ : 0)) * scales[i] * scales[j];
        }
    }
}
