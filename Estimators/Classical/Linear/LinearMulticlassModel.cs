using MLPath.Data;
using MLPath.Runtime;

namespace MLPath.Trainers;

/// <summary>What linear models of several classes have in common: for each class c a vector of weights w_c and a bias b_c.</summary>
public abstract class LinearMulticlassModel : IMulticlassModel, IFeatureContributions, ITrainingHistory
{
    private readonly double[] _weights;
    private readonly double[] _biases;
    private readonly TrainingHistory _history;

    private protected LinearMulticlassModel(ReadOnlySpan<double> weights, ReadOnlySpan<double> biases, TrainingHistory? history)
    {
        (_weights, _biases, _history) = (weights.ToArray(), biases.ToArray(), history ?? TrainingHistory.None);
        if (_biases.Length < 2 || _weights.Length == 0 || _weights.Length % _biases.Length != 0)
            throw new ArgumentException("Weights are k × d, with one bias for each of the k classes, two at least.", nameof(weights));
    }

    /// <inheritdoc/>
    public abstract string ComponentId { get; }

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
    public abstract void Score(FeatureMatrix features, Span<float> scores);

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

    /// <summary>w_c · x + b_c of row x.</summary>
    private protected double Margin(FeatureMatrix features, int row, int c) =>
        features.Dot(row, _weights.AsSpan(c * FeatureCount, FeatureCount)) + _biases[c];

    private protected bool AreWeightsFinite => Array.TrueForAll(_weights, double.IsFinite);

    private protected bool AreBiasesFinite => Array.TrueForAll(_biases, double.IsFinite);
}
