using System.Buffers;
using System.Numerics.Tensors;
using MLPath.Data;
using MLPath.Numerics;
using MLPath.Runtime;

namespace MLPath.Trainers;

/// <summary>
/// What Bernoulli, multinomial and complement naive Bayes learned: the logarithm of each class's probability is, up to a common term, a linear
/// function of the features, or of whether they are above a threshold.
/// </summary>
public sealed class DiscreteNaiveBayesModelParameters : ClassProbabilityModel
{
    internal const string Id = "MLPath.DiscreteNaiveBayes";

    private readonly double[] _biases;
    private readonly double[] _weights;

    /// <summary>Creates a model.</summary>
    /// <param name="biases">k biases; −∞ for a class that is never predicted, finite otherwise, and not all −∞.</param>
    /// <param name="weights">k × d weights, row-major, finite; d is 1 or more.</param>
    /// <param name="threshold">
    /// What a feature must be above to count as 1, 0 or more; otherwise it counts as 0. Null (the default) takes features as they are.
    /// </param>
    /// <exception cref="ArgumentException">The lengths do not fit together, or a number is not allowed.</exception>
    public DiscreteNaiveBayesModelParameters(ReadOnlySpan<double> biases, ReadOnlySpan<double> weights, double? threshold = null)
    {
        (_biases, _weights, Threshold) = (biases.ToArray(), weights.ToArray(), threshold);
        if (Problem(_biases, _weights, threshold) is { } problem)
            throw new ArgumentException($"The parameters of naive Bayes do not fit: {problem}.", nameof(biases));
    }

    /// <inheritdoc/>
    public override string ComponentId => Id;

    /// <inheritdoc/>
    public override int FeatureCount => _weights.Length / _biases.Length;

    /// <inheritdoc/>
    public override int ClassCount => _biases.Length;

    /// <inheritdoc/>
    public override bool ScoresSparse => true;

    /// <summary>What a feature must be above to count as 1; null where features are taken as they are.</summary>
    public double? Threshold { get; }

    /// <summary>k biases: the logarithm of each class's probability before a row is seen, and of what absent features say.</summary>
    public ReadOnlySpan<double> Biases => _biases;

    /// <summary>k × d weights, row-major: what a feature of 1 adds to the logarithm of each class's probability.</summary>
    public ReadOnlySpan<double> Weights => _weights;

    /// <inheritdoc/>
    public override void Save(ModelSaveContext context)
    {
        context.WriteArray<double>(nameof(Biases), _biases);
        context.WriteArray<double>(nameof(Weights), _weights, ClassCount, FeatureCount);
        context.Write("Binary", Threshold is not null);
        context.Write(nameof(Threshold), Threshold ?? 0);
    }

    /// <inheritdoc/>
    public override void Score(FeatureMatrix features, Span<float> scores)
    {
        int k = ClassCount, d = FeatureCount;
        double[] rented = ArrayPool<double>.Shared.Rent(k);
        float[] binary = Threshold is null ? [] : ArrayPool<float>.Shared.Rent(d);
        var log = rented.AsSpan(0, k);
        for (int row = 0; row < features.Rows; row++)
        {
            var values = Seen(features.StoredValues(row), binary);
            var slots = features.StoredIndices(row);
            for (int c = 0; c < k; c++)
                log[c] = _biases[c] + Dot(values, slots, _weights.AsSpan(c * d, d));
            Dense.Softmax(log, log);
            TensorPrimitives.ConvertTruncating<double, float>(log, scores.Slice(row * k, k));
        }

        ArrayPool<double>.Shared.Return(rented);
        if (binary.Length > 0)
            ArrayPool<float>.Shared.Return(binary);
    }

    /// <inheritdoc/>
    public override string ToString() => $"DiscreteNaiveBayes({ClassCount} classes, {FeatureCount} features)";

    internal static DiscreteNaiveBayesModelParameters Load(ModelLoadContext context)
    {
        double[] biases = context.ReadArray<double>(nameof(Biases), -1);
        double[] weights = context.ReadArray<double>(nameof(Weights), biases.Length, -1);
        double? threshold = context.ReadBoolean("Binary") ? context.ReadDouble(nameof(Threshold)) : null;
        return Problem(biases, weights, threshold) is { } problem ? throw context.Invalid(problem) : new(biases, weights, threshold);
    }

    private static double Dot(ReadOnlySpan<float> values, ReadOnlySpan<int> slots, ReadOnlySpan<double> weights)
    {
        if (slots.IsEmpty && values.Length == weights.Length)
            return Dense.Dot(values, weights);
        double sum = 0;
        for (int s = 0; s < values.Length; s++)
            sum += values[s] * weights[slots[s]];
        return sum;
    }

    private ReadOnlySpan<float> Seen(ReadOnlySpan<float> values, float[] binary)
    {
        if (Threshold is not { } threshold)
            return values;
        for (int s = 0; s < values.Length; s++)
            binary[s] = values[s] > threshold ? 1 : 0;
        return binary.AsSpan(0, values.Length);
    }

    private static string? Problem(double[] biases, double[] weights, double? threshold)
    {
        if (biases.Length == 0 || weights.Length == 0 || weights.Length % biases.Length != 0)
            return "weights are k × d, with one bias for each of the k classes";
        if (!Array.TrueForAll(weights, double.IsFinite))
            return "a weight is not finite";
        if (!Array.TrueForAll(biases, b => double.IsFinite(b) || double.IsNegativeInfinity(b)) || !Array.Exists(biases, double.IsFinite))
            return "biases are finite or −∞, and one at least is finite";
        return threshold is null or (>= 0 and < double.PositiveInfinity) ? null : "the threshold is negative or not finite";
    }
}
