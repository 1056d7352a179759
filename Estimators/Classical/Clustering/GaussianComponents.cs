using System.Numerics.Tensors;
using MLPath.Data;
using MLPath.Numerics;

namespace MLPath.Trainers;

/// <summary>
/// The k components of a mixture of Gaussians, prepared for densities: with Σ = L Lᵀ, log N(x | μ, Σ) = −½ (d log 2π + log det Σ + ‖L⁻¹ x − L⁻¹ μ‖²).
/// </summary>
internal sealed class GaussianComponents
{
    /// <summary>The rows that are worked on at a time.</summary>
    public const int BlockRows = 256;

    private readonly double[][] _factors;  // L⁻¹, d × d (full, tied) or its diagonal; one for each component, or one for all (tied)
    private readonly double[] _offsets;    // k × d: L⁻¹ μ
    private readonly double[] _constants;  // k: log π − ½ (d log 2π + log det Σ)

    /// <summary>Prepares components.</summary>
    /// <exception cref="SingularMatrixException">A covariance matrix is not positive definite; the message names the component.</exception>
    public GaussianComponents(GaussianCovariance kind, int columns, double[] mixing, double[] means, double[] covariances)
    {
        (Kind, Columns, Mixing, Means, Covariances) = (kind, columns, mixing, means, covariances);
        int k = mixing.Length, d = columns;
        int matrices = kind == GaussianCovariance.Tied ? 1 : k, size = covariances.Length / matrices;
        _factors = new double[matrices][];
        _offsets = new double[k * d];
        _constants = new double[k];
        double[] logDeterminants = new double[matrices];
        for (int c = 0; c < matrices; c++)
            (_factors[c], logDeterminants[c]) = Factor(covariances.AsSpan(c * size, size), c);
        for (int c = 0; c < k; c++)
        {
            Transform(means.AsSpan(c * d, d), 1, c, _offsets.AsSpan(c * d, d));
            _constants[c] = Math.Log(mixing[c]) - (0.5 * ((d * Math.Log(2 * Math.PI)) + logDeterminants[matrices == 1 ? 0 : c]));
        }
    }

    /// <summary>The form of the covariance matrices.</summary>
    public GaussianCovariance Kind { get; }

    /// <summary>k.</summary>
    public int Count => Mixing.Length;

    /// <summary>d.</summary>
    public int Columns { get; }

    /// <summary>k weights πc, which add up to 1.</summary>
    public double[] Mixing { get; }

    /// <summary>k × d means.</summary>
    public double[] Means { get; }

    /// <summary>k × d × d (full), d × d (tied), k × d (diagonal) or k (spherical) covariances.</summary>
    public double[] Covariances { get; }

    /// <summary>How many numbers the covariances are.</summary>
    public static long CovarianceLength(GaussianCovariance kind, int k, int d) => kind switch
    {
        GaussianCovariance.Full => (long)k * d * d,
        GaussianCovariance.Tied => (long)d * d,
        GaussianCovariance.Diagonal => (long)k * d,
        _ => k,
    };

    /// <summary>Computes log πc + log N(x | μc, Σc) for at most <see cref="BlockRows"/> rows.</summary>
    /// <param name="rows">n × d.</param>
    /// <param name="n">The number of rows.</param>
    /// <param name="joint">Receives k × n values, by component.</param>
    /// <param name="scratch">Room for n × d values.</param>
    public void LogJoint(ReadOnlySpan<double> rows, int n, Span<double> joint, Span<double> scratch)
    {
        for (int c = 0; c < Count; c++)
        {
            if (c < _factors.Length)
                Transform(rows, n, c, scratch);
            var offset = _offsets.AsSpan(c * Columns, Columns);
            for (int i = 0; i < n; i++)
                joint[(c * n) + i] = _constants[c] - (0.5 * Dense.SquaredDistance(scratch.Slice(i * Columns, Columns), offset));
        }
    }

    /// <summary>Turns log-densities into the posterior probabilities of the components.</summary>
    /// <param name="joint">k × n values of <see cref="LogJoint"/>; receives the probabilities.</param>
    /// <param name="n">The number of rows.</param>
    /// <param name="evidence">Receives n values log Σc πc N(x | μc, Σc).</param>
    public void Normalize(Span<double> joint, int n, Span<double> evidence)
    {
        for (int i = 0; i < n; i++)
        {
            double greatest = double.NegativeInfinity, sum = 0;
            for (int c = 0; c < Count; c++)
                greatest = Math.Max(greatest, joint[(c * n) + i]);
            for (int c = 0; c < Count; c++)
                sum += joint[(c * n) + i] = Math.Exp(joint[(c * n) + i] - greatest);
            for (int c = 0; c < Count; c++)
                joint[(c * n) + i] /= sum;
            evidence[i] = greatest + Math.Log(sum);
        }
    }

    /// <summary>The values of some rows in double.</summary>
    public static void Widen(FeatureMatrix features, int from, int to, Span<double> rows) =>
        TensorPrimitives.ConvertTruncating(features.RowSpan(from, to), rows);

    // L⁻¹ x for rows x.
    private void Transform(ReadOnlySpan<double> rows, int n, int component, Span<double> transformed)
    {
        double[] factor = _factors[_factors.Length == 1 ? 0 : component];
        if (Kind is GaussianCovariance.Full or GaussianCovariance.Tied)
        {
            Gemm.Multiply(false, true, n, Columns, Columns, 1, rows, Columns, factor, Columns, 0, transformed, Columns);
            return;
        }

        for (int i = 0; i < n; i++)
            TensorPrimitives.Multiply(rows.Slice(i * Columns, Columns), factor, transformed.Slice(i * Columns, Columns));
    }

    private (double[] Factor, double LogDeterminant) Factor(ReadOnlySpan<double> covariance, int component)
    {
        int d = Columns;
        if (Kind is GaussianCovariance.Full or GaussianCovariance.Tied)
        {
            if (!Cholesky.TryFactor(new Matrix(d, d, covariance), out var cholesky))
                throw NotPositive(component);
            double[] inverse = new double[d * d], column = new double[d];
            for (int j = 0; j < d; j++)
            {
                Array.Clear(column);
                column[j] = 1;
                cholesky.SolveLowerInPlace(column);
                for (int i = 0; i < d; i++)
                    inverse[(i * d) + j] = column[i];
            }

            return (inverse, cholesky.LogDeterminant);
        }

        double[] factor = new double[d];
        double logDeterminant = 0;
        for (int j = 0; j < d; j++)
        {
            double variance = covariance[covariance.Length == 1 ? 0 : j];
            if (!(variance > 0 && double.IsFinite(variance)))
                throw NotPositive(component);
            factor[j] = 1 / Math.Sqrt(variance);
            logDeterminant += Math.Log(variance);
        }

        return (factor, logDeterminant);
    }

    private SingularMatrixException NotPositive(int component) => new(
        (Kind == GaussianCovariance.Tied ? "The covariance matrix" : $"The covariance matrix of component {component + 1}") + " is not positive definite.");
}
