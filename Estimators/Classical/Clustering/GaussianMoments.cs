using System.Numerics.Tensors;
using MLPath.Numerics;

namespace MLPath.Trainers;

/// <summary>
/// What the M step needs of the rows, added up in the same pass as the E step: with r the weighted responsibilities and m the component's mean before,
/// Σ r, Σ r x and the scatter Σ r (x − m)(x − m)ᵀ, from which the covariance about the mean after, m + δ, is scatter / Σ r − δ δᵀ.
/// </summary>
internal sealed class GaussianMoments
{
    private readonly GaussianCovariance _kind;
    private readonly int _k;
    private readonly int _d;
    private readonly double[] _mass;     // k
    private readonly double[] _sums;     // k × d
    private readonly double[] _scatter;  // k × d × d (full), k × d (diagonal, spherical), none (tied: there it does not depend on r)
    private double _logLikelihood;

    private GaussianMoments(GaussianCovariance kind, int k, int d)
    {
        (_kind, _k, _d) = (kind, k, d);
        _mass = new double[k];
        _sums = new double[k * d];
        _scatter = new double[ScatterLength(kind, k, d)];
    }

    /// <summary>Σi wi log Σc πc N(xi | μc, Σc) under the components before.</summary>
    public double LogLikelihood => _logLikelihood;

    /// <summary>One pass over the rows.</summary>
    /// <param name="data">n rows.</param>
    /// <param name="means">k × d means before.</param>
    /// <param name="kind">The form of the covariances.</param>
    /// <param name="responsibilities">
    /// Receives rows, their values, and room for their k × rows responsibilities and their rows log-likelihoods.
    /// </param>
    /// <param name="context">Threads and cancellation.</param>
    public static GaussianMoments Of(
        TrainingData data, double[] means, GaussianCovariance kind, Responsibilities responsibilities, FitContext context)
    {
        int d = data.Features.Columns, k = means.Length / d;
        var chunks = new RowChunks(data.Rows, ScatterLength(kind, k, d) + (k * d));
        var parts = new GaussianMoments[chunks.Count];
        chunks.ForEach(context, (chunk, from, to) =>
        {
            var part = parts[chunk] ??= new GaussianMoments(kind, k, d);
            var (rows, r, evidence) = (new double[GaussianComponents.BlockRows * d], new double[GaussianComponents.BlockRows * k], new double[GaussianComponents.BlockRows]);
            for (int first = from; first < to; first += GaussianComponents.BlockRows)
            {
                int n = Math.Min(GaussianComponents.BlockRows, to - first);
                GaussianComponents.Widen(data.Features, first, first + n, rows.AsSpan(0, n * d));
                responsibilities(first, n, rows.AsSpan(0, n * d), r.AsSpan(0, n * k), evidence.AsSpan(0, n));
                for (int i = 0; i < n; i++)
                {
                    part._logLikelihood += data.Weight(first + i) * evidence[i];
                    for (int c = 0; c < k && data.HasWeights; c++)
                        r[(c * n) + i] *= data.Weight(first + i);
                }

                part.Add(rows.AsSpan(0, n * d), n, r.AsSpan(0, n * k), means);
            }
        });

        for (int chunk = 1; chunk < parts.Length; chunk++)
            parts[0].Add(parts[chunk]);
        return parts[0];
    }

    /// <summary>The M step.</summary>
    /// <param name="means">k × d means before.</param>
    /// <param name="total">Of the rows together: Σ w, their mean and covariance (tied only).</param>
    /// <param name="regularization">What is added to every variance.</param>
    public GaussianComponents Maximize(double[] means, (double Weight, double[] Mean, double[] Covariance) total, double regularization)
    {
        const double least = 10 * 2.220446049250313e-16; // keeps a component without rows finite
        double[] mixing = new double[_k], after = new double[_k * _d];
        double[] covariances = new double[GaussianComponents.CovarianceLength(_kind, _k, _d)];
        if (_kind == GaussianCovariance.Tied)
            total.Covariance.CopyTo(covariances, 0);
        for (int c = 0; c < _k; c++)
        {
            double mass = _mass[c] + least;
            mixing[c] = mass / total.Weight;
            var mean = after.AsSpan(c * _d, _d);
            for (int j = 0; j < _d; j++)
                mean[j] = _mass[c] > 0 ? _sums[(c * _d) + j] / _mass[c] : means[(c * _d) + j];
            AddCovariance(c, mass, mean, means.AsSpan(c * _d, _d), total, covariances);
        }

        double sum = mixing.Sum();
        for (int c = 0; c < _k; c++)
            mixing[c] /= sum;
        Regularize(covariances, regularization);
        return new GaussianComponents(_kind, _d, mixing, after, covariances);
    }

    private static int ScatterLength(GaussianCovariance kind, int k, int d) => kind switch
    {
        GaussianCovariance.Full => checked(k * d * d),
        GaussianCovariance.Tied => 0,
        _ => k * d,
    };

    private void Add(ReadOnlySpan<double> rows, int n, ReadOnlySpan<double> r, double[] means)
    {
        Gemm.Multiply(false, false, _k, _d, n, 1, r, n, rows, _d, 1, _sums, _d);
        double[] gram = new double[_kind == GaussianCovariance.Full ? _d * _d : 0];
        double[] difference = new double[_d];
        for (int c = 0; c < _k; c++)
        {
            var own = r.Slice(c * n, n);
            var mean = means.AsSpan(c * _d, _d);
            _mass[c] += TensorPrimitives.Sum(own);
            if (_kind == GaussianCovariance.Full)
            {
                Gemm.Gram(rows, n, _d, gram, own, mean);
                Dense.Axpy(1, gram, _scatter.AsSpan(c * _d * _d, _d * _d));
                continue;
            }

            var target = _scatter.AsSpan(_kind == GaussianCovariance.Tied ? 0 : c * _d, _kind == GaussianCovariance.Tied ? 0 : _d);
            for (int i = 0; i < n && !target.IsEmpty; i++)
            {
                TensorPrimitives.Subtract(rows.Slice(i * _d, _d), mean, difference);
                TensorPrimitives.Multiply(difference, difference, difference);
                Dense.Axpy(own[i], difference, target);
            }
        }
    }

    private void Add(GaussianMoments other)
    {
        Dense.Axpy(1, other._mass, _mass);
        Dense.Axpy(1, other._sums, _sums);
        Dense.Axpy(1, other._scatter, _scatter);
        _logLikelihood += other._logLikelihood;
    }

    private void AddCovariance(
        int c, double mass, ReadOnlySpan<double> mean, ReadOnlySpan<double> before, (double Weight, double[] Mean, double[] Covariance) total, double[] covariances)
    {
        for (int i = 0; i < _d; i++)
        {
            double shift = mean[i] - before[i];
            switch (_kind)
            {
                case GaussianCovariance.Full:
                    for (int j = 0; j < _d; j++)
                        covariances[(((c * _d) + i) * _d) + j] = (_scatter[(((c * _d) + i) * _d) + j] - (_mass[c] * shift * (mean[j] - before[j]))) / mass;
                    break;
                case GaussianCovariance.Tied:
                    for (int j = 0; j < _d; j++)
                        covariances[(i * _d) + j] -= _mass[c] / total.Weight * (mean[i] - total.Mean[i]) * (mean[j] - total.Mean[j]);
                    break;
                case GaussianCovariance.Diagonal:
                    covariances[(c * _d) + i] = Math.Max(0, _scatter[(c * _d) + i] - (_mass[c] * shift * shift)) / mass;
                    break;
                default:
                    covariances[c] += Math.Max(0, _scatter[(c * _d) + i] - (_mass[c] * shift * shift)) / mass / _d;
                    break;
            }
        }
    }

    private void Regularize(double[] covariances, double regularization)
    {
        bool isMatrix = _kind is GaussianCovariance.Full or GaussianCovariance.Tied;
        int step = isMatrix ? _d + 1 : 1, size = isMatrix ? _d * _d : covariances.Length;
        for (int matrix = 0; matrix < covariances.Length; matrix += size)
        {
            for (int i = 0; i < size; i += step)
                covariances[matrix + i] += regularization;
        }
    }

    /// <summary>Says how probable each component is for each of some rows.</summary>
    internal delegate void Responsibilities(int first, int n, ReadOnlySpan<double> rows, Span<double> responsibilities, Span<double> evidence);
}
