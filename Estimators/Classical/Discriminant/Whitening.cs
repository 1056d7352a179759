using MLPath.Numerics;

namespace MLPath.Trainers;

/// <summary>
/// A matrix A with AᵀA = Σ⁻¹, which turns rows of covariance Σ into rows of covariance I, and log det Σ.
/// </summary>
/// <remarks>
/// Features are scaled to a variance of 1 first, so that units do not matter. Where the correlation matrix is then well conditioned, A comes from
/// its Cholesky decomposition; otherwise from its eigenvalues, of which those below 1e-8 stand for features that others determine.
/// </remarks>
internal sealed class Whitening
{
    private const double LeastPivot = 1e-6;
    private const double LeastEigenvalue = 1e-8;

    private Whitening(Matrix matrix, double logDeterminant, bool isSingular) =>
        (Matrix, LogDeterminant, IsSingular) = (matrix, logDeterminant, isSingular);

    /// <summary>A: r × d, with r = d unless directions were left out.</summary>
    public Matrix Matrix { get; }

    /// <summary>log det Σ.</summary>
    public double LogDeterminant { get; }

    /// <summary>Whether there are directions without variance.</summary>
    public bool IsSingular { get; }

    /// <summary>Whitens a covariance.</summary>
    /// <param name="covariance">Σ, d × d.</param>
    /// <param name="fallback">d standard deviations for features that have none in Σ.</param>
    /// <param name="leaveOut">
    /// Whether directions without variance are left out of A, so that it is of the pseudo-inverse; otherwise they get the least variance that can
    /// be told from 0.
    /// </param>
    /// <param name="context">Cancellation and threads.</param>
    public static Whitening Of(Matrix covariance, ReadOnlySpan<double> fallback, bool leaveOut, FitContext context)
    {
        int d = covariance.Rows;
        var scales = new double[d];
        for (int j = 0; j < d; j++)
            scales[j] = covariance[j, j] > 0 ? Math.Sqrt(covariance[j, j]) : fallback[j] > 0 ? fallback[j] : 1;
        var correlation = new Matrix(d, d);
        for (int i = 0; i < d; i++)
        {
            for (int j = 0; j < d; j++)
                correlation[i, j] = covariance[i, j] / scales[i] / scales[j];
        }

        double logScales = 0;
        foreach (double scale in scales)
            logScales += 2 * Math.Log(scale);
        context.Checkpoint();
        return TryCholesky(correlation, scales, logScales) ?? OfEigenvalues(correlation, scales, logScales, leaveOut, context);
    }

    // R = L Lᵀ, A = L⁻¹ D⁻¹.
    private static Whitening? TryCholesky(Matrix correlation, double[] scales, double logScales)
    {
        int d = scales.Length;
        if (!Cholesky.TryFactor(correlation, out var cholesky))
            return null;
        var l = cholesky.L;
        var a = new Matrix(d, d);
        var column = new double[d];
        for (int j = 0; j < d; j++)
        {
            if (l[j, j] * l[j, j] < LeastPivot)
                return null;
            Array.Clear(column);
            column[j] = 1;
            cholesky.SolveLowerInPlace(column);
            for (int i = j; i < d; i++)
                a[i, j] = column[i] / scales[j];
        }

        return new(a, logScales + cholesky.LogDeterminant, isSingular: false);
    }

    // R = V Λ Vᵀ, A = Λ^−½ Vᵀ D⁻¹.
    private static Whitening OfEigenvalues(Matrix correlation, double[] scales, double logScales, bool leaveOut, FitContext context)
    {
        int d = scales.Length;
        var eigen = SymmetricEigen.Factor(correlation, context.Checkpoint, context.Threads);
        int rank = eigen.Values.ToArray().Count(v => v > LeastEigenvalue);
        var a = new Matrix(leaveOut ? rank : d, d);
        double logDeterminant = logScales;
        for (int r = 0; r < a.Rows; r++)
        {
            double value = Math.Max(eigen.Values[r], LeastEigenvalue);
            logDeterminant += Math.Log(value);
            for (int j = 0; j < d; j++)
                a[r, j] = eigen.Vector(r)[j] / scales[j] / Math.Sqrt(value);
        }

        return new(a, logDeterminant, rank < d);
    }
}
