using MLPath.Data;
using MLPath.Runtime;

namespace MLPath.Trainers;

/// <summary>A linear model of several classes, s_c = w_c · x + b_c, whose scores are margins, not probabilities: the greatest wins.</summary>
public sealed class LinearMulticlassModelParameters : IMulticlassModel, IFeatureContributions, ITrainingHistory
{
    internal const string Id = "MLPath.LinearMulticlass";

    private readonly double[] _weights;
    private readonly double[] _biases;
    private readonly TrainingHistory _history;

    /// <summary>Creates a model.</summary>
    /// <param name="weights">k × d weights, row-major, finite.</param>
    /// <param name="biases">k biases, finite; 2 or more.</param>
    /// <param name="history">How the training went; <see cref="TrainingHistory.None"/> when omitted.</param>
    /// <exception cref="ArgumentException">The lengths do not fit together, or a number is not finite.</exception>
    public LinearMulticlassModelParameters(ReadOnlySpan<double> weights, ReadOnlySpan<double> biases, TrainingHistory? history = null)
    {
        (_weights, _biases, _history) = (weights.ToArray(), biases.ToArray(), history ?? TrainingHistory.None);
        if (_biases.Length < 2 || _weights.Length == 0 || _weights.Length % _biases.Length != 0)
            throw new ArgumentException("Weights are k × d, with one bias for each of the k classes, two at least.", nameof(weights));
        if (!Array.TrueForAll(_weights, double.IsFinite) || !Array.TrueForAll(_biases, double.IsFinite))
            throw new ArgumentException("Weights and biases are finite.", nameof(weights));
    }

    /// <inheritdoc/>
    public string ComponentId => Id;

    /// <inheritdoc/>
    public int FeatureCount => _weights.Length / _biases.Length;

    /// <inheritdoc/>
    public int ClassCount => _biases.Length;

    /// <inheritdoc/>
    public bool ScoresSparse => true;

    /// <summary>k × d weights W, row-major.</summary>
    public ReadOnlySpan<double> Weights => _weights;

    /// <summary>k biases b.</summary>
    public ReadOnlySpan<double> Biases => _biases;

    /// <inheritdoc/>
    public int Iterations => _history.Iterations;

    /// <inheritdoc/>
    public bool Converged => _history.Converged;

    /// <inheritdoc/>
    public string StopReason => _history.StopReason;

    /// <inheritdoc/>
    public IReadOnlyList<double> Losses => _history.Losses;

    /// <summary>Copies the weights, in single precision, as ML.NET gives them.</summary>
    /// <param name="weights">Receives a vector of d weights for each class.</param>
    /// <param name="numClasses">Receives k.</param>
    public void GetWeights(ref VBuffer<float>[] weights, out int numClasses)
    {
        numClasses = ClassCount;
        if (weights is null || weights.Length < numClasses)
            weights = new VBuffer<float>[numClasses];
        for (int c = 0; c < numClasses; c++)
            weights[c] = new VBuffer<float>(FeatureCount, [.. _weights.Skip(c * FeatureCount).Take(FeatureCount).Select(w => (float)w)]);
    }

    /// <summary>The k biases, in single precision, as ML.NET gives them.</summary>
    public IEnumerable<float> GetBiases() => _biases.Select(b => (float)b);

    /// <inheritdoc/>
    public void Score(FeatureMatrix features, Span<float> scores)
    {
        int k = ClassCount, d = FeatureCount;
        for (int i = 0; i < features.Rows; i++)
        {
            for (int c = 0; c < k; c++)
                scores[(i * k) + c] = (float)(features.Dot(i, _weights.AsSpan(c * d, d)) + _biases[c]);
        }
    }

    /// <inheritdoc/>
    public int RawScoreCount => ClassCount;

    /// <inheritdoc/>
    public double GetBias(int score) => _biases[score];

    /// <inheritdoc/>
    public void GetContributions(FeatureMatrix features, int score, Span<double> contributions) =>
        LinearContributions.Compute(features, _weights.AsSpan(score * FeatureCount, FeatureCount), contributions);

    /// <inheritdoc/>
    public void Save(ModelSaveContext context)
    {
        context.WriteArray<double>(nameof(Weights), _weights, ClassCount, FeatureCount);
        context.WriteArray<double>(nameof(Biases), _biases);
        _history.Save(context);
    }

    /// <inheritdoc/>
    public override string ToString() => $"LinearMulticlass({ClassCount} classes, {FeatureCount} features)";

    internal static LinearMulticlassModelParameters Load(ModelLoadContext context)
    {
        double[] biases = context.ReadFinite(nameof(Biases), -1);
        double[] weights = context.ReadFinite(nameof(Weights), biases.Length, -1);
        return biases.Length >= 2 && weights.Length > 0
            ? new(weights, biases, TrainingHistory.Load(context))
            : throw context.Invalid("it needs two classes and a feature");
    }
}
