using System.Buffers;
using System.Numerics.Tensors;
using MLPath.Data;
using MLPath.Numerics;
using MLPath.Runtime;

namespace MLPath.Trainers;

/// <summary>What quadratic discriminant analysis learned: of each class its mean, and a matrix that makes its rows uncorrelated of variance 1.</summary>
public sealed class QuadraticDiscriminantModelParameters : ClassProbabilityModel
{
    internal const string Id = "MLPath.QuadraticDiscriminant";

    private const int BlockRows = 64;

    private readonly double[] _biases;
    private readonly double[] _means;
    private readonly double[] _whitenings;

    /// <summary>Creates a model.</summary>
    /// <param name="biases">k biases log πc − ½ log det Σc; −∞ for a class that is never predicted, finite otherwise, and not all −∞.</param>
    /// <param name="means">k × d means μc, row-major, finite.</param>
    /// <param name="whitenings">k × d × d matrices Ac with AcᵀAc = Σc⁻¹, finite.</param>
    /// <exception cref="ArgumentException">The lengths do not fit together, or a number is not allowed.</exception>
    public QuadraticDiscriminantModelParameters(ReadOnlySpan<double> biases, ReadOnlySpan<double> means, ReadOnlySpan<double> whitenings)
    {
        (_biases, _means, _whitenings) = (biases.ToArray(), means.ToArray(), whitenings.ToArray());
        if (Problem(_biases, _means, _whitenings) is { } problem)
            throw new ArgumentException($"The parameters of quadratic discriminant analysis do not fit: {problem}.", nameof(biases));
    }

    /// <inheritdoc/>
    public override string ComponentId => Id;

    /// <inheritdoc/>
    public override int FeatureCount => _means.Length / _biases.Length;

    /// <inheritdoc/>
    public override int ClassCount => _biases.Length;

    /// <summary>k biases log πc − ½ log det Σc.</summary>
    public ReadOnlySpan<double> Biases => _biases;

    /// <summary>k × d means μc, row-major.</summary>
    public ReadOnlySpan<double> Means => _means;

    /// <summary>k × d × d matrices Ac with AcᵀAc = Σc⁻¹.</summary>
    public ReadOnlySpan<double> Whitenings => _whitenings;

    /// <inheritdoc/>
    public override void Save(ModelSaveContext context)
    {
        context.WriteArray<double>(nameof(Biases), _biases);
        context.WriteArray<double>(nameof(Means), _means, ClassCount, FeatureCount);
        context.WriteArray<double>(nameof(Whitenings), _whitenings, ClassCount, FeatureCount, FeatureCount);
    }

    /// <inheritdoc/>
    public override void Score(FeatureMatrix features, Span<float> scores)
    {
        int k = ClassCount, d = FeatureCount;
        int block = Math.Min(BlockRows, features.Rows);
        double[] rented = ArrayPool<double>.Shared.Rent((3 * block * d) + (block * k));
        var wide = rented.AsSpan(0, block * d);
        var centred = rented.AsSpan(block * d, block * d);
        var whitened = rented.AsSpan(2 * block * d, block * d);
        for (int start = 0; start < features.Rows; start += block)
        {
            int n = Math.Min(block, features.Rows - start);
            var log = rented.AsSpan(3 * block * d, n * k);
            TensorPrimitives.ConvertTruncating(features.Values[(start * d)..((start + n) * d)], wide);
            for (int c = 0; c < k; c++)
            {
                for (int i = 0; i < n; i++)
                    TensorPrimitives.Subtract(wide.Slice(i * d, d), _means.AsSpan(c * d, d), centred.Slice(i * d, d));
                Gemm.Multiply(false, true, n, d, d, 1, centred, d, _whitenings.AsSpan(c * d * d, d * d), d, 0, whitened, d);
                for (int i = 0; i < n; i++)
                {
                    var z = whitened.Slice(i * d, d);
                    log[(i * k) + c] = _biases[c] - (0.5 * Dense.Dot(z, z));
                }
            }

            for (int i = 0; i < n; i++)
                Dense.Softmax(log.Slice(i * k, k), log.Slice(i * k, k));
            TensorPrimitives.ConvertTruncating<double, float>(log, scores.Slice(start * k, n * k));
        }

        ArrayPool<double>.Shared.Return(rented);
    }

    /// <inheritdoc/>
    public override string ToString() => $"QuadraticDiscriminant({ClassCount} classes, {FeatureCount} features)";

    internal static QuadraticDiscriminantModelParameters Load(ModelLoadContext context)
    {
        double[] biases = context.ReadArray<double>(nameof(Biases), -1);
        double[] means = context.ReadArray<double>(nameof(Means), biases.Length, -1);
        int d = biases.Length == 0 ? 0 : means.Length / biases.Length;
        double[] whitenings = context.ReadArray<double>(nameof(Whitenings), biases.Length, d, d);
        return Problem(biases, means, whitenings) is { } problem ? throw context.Invalid(problem) : new(biases, means, whitenings);
    }

    private static string? Problem(double[] biases, double[] means, double[] whitenings)
    {
        if (biases.Length == 0 || means.Length == 0 || means.Length % biases.Length != 0)
            return "means are k × d, with one bias for each of the k classes";
        if ((long)means.Length * (means.Length / biases.Length) != whitenings.Length)
            return "each class has a matrix of d × d numbers";
        if (!Array.TrueForAll(means, double.IsFinite) || !Array.TrueForAll(whitenings, double.IsFinite))
            return "a mean or an element of a matrix is not finite";
        return Array.TrueForAll(biases, b => double.IsFinite(b) || double.IsNegativeInfinity(b)) && Array.Exists(biases, double.IsFinite)
            ? null
            : "biases are finite or −∞, and one at least is finite";
    }
}
