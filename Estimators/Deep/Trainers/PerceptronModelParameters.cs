using MLPath.Data;
using MLPath.Runtime;

namespace MLPath.Trainers;

/// <summary>What perceptrons learned: a weight for each feature and a bias, of each unit.</summary>
public abstract class PerceptronModelParameters : IModelParameters, ITrainingHistory
{
    private readonly double[] _weights, _biases;
    private readonly TrainingHistory _history;

    private protected PerceptronModelParameters(double[] weights, double[] biases, TrainingHistory? history)
    {
        ArgumentNullException.ThrowIfNull(weights);
        ArgumentNullException.ThrowIfNull(biases);
        if (biases.Length == 0 || weights.Length < biases.Length || weights.Length % biases.Length != 0)
            throw new ArgumentException($"{biases.Length} units need as many weights each, one or more; {weights.Length} were given.", nameof(weights));
        if (!Array.TrueForAll(weights, double.IsFinite) || !Array.TrueForAll(biases, double.IsFinite))
            throw new ArgumentException("A weight or a bias is not finite.", nameof(weights));
        (_weights, _biases, _history) = (weights, biases, history ?? TrainingHistory.None);
    }

    /// <inheritdoc/>
    public abstract string ComponentId { get; }

    /// <inheritdoc/>
    public int FeatureCount => _weights.Length / _biases.Length;

    /// <inheritdoc/>
    public bool ScoresSparse => true;

    /// <inheritdoc/>
    public int Iterations => _history.Iterations;

    /// <summary>Whether a pass met no mistake: whether a plane separates the classes.</summary>
    public bool Converged => _history.Converged;

    /// <inheritdoc/>
    public string StopReason => _history.StopReason;

    /// <summary>The share of decisions that were wrong when they were made, of each pass.</summary>
    public IReadOnlyList<double> Losses => _history.Losses;

    private protected int Units => _biases.Length;

    /// <summary>The d weights of a unit.</summary>
    /// <param name="unit">The unit: 0 of two classes, or the number of its class.</param>
    public ReadOnlySpan<double> GetWeights(int unit = 0) => _weights.AsSpan(unit * FeatureCount, FeatureCount);

    /// <summary>The bias of a unit.</summary>
    /// <param name="unit">The unit: 0 of two classes, or the number of its class.</param>
    public double GetBias(int unit = 0) => _biases[unit];

    /// <inheritdoc/>
    public void Save(ModelSaveContext context)
    {
        ArgumentNullException.ThrowIfNull(context);
        context.WriteArray("Weights", _weights, Units, FeatureCount);
        context.WriteArray("Biases", _biases);
        _history.Save(context);
    }

    private protected static (double[] Weights, double[] Biases, TrainingHistory History) Read(ModelLoadContext context)
    {
        double[] biases = context.ReadArray<double>("Biases"), weights = context.ReadArray<double>("Weights", biases.Length, -1);
        if (weights.Length == 0) throw context.Invalid("it has no weights");
        if (!Array.TrueForAll(weights, double.IsFinite) || !Array.TrueForAll(biases, double.IsFinite)) throw context.Invalid("a weight or a bias is not finite");
        return (weights, biases, TrainingHistory.Load(context));
    }

    /// <summary>w · x + b of every row and unit, n × units.</summary>
    private protected void Sums(FeatureMatrix features, Span<float> sums)
    {
        ArgumentNullException.ThrowIfNull(features);
        for (int row = 0; row < features.Rows; row++)
        {
            for (int unit = 0; unit < Units; unit++) sums[(row * Units) + unit] = (float)(PerceptronTrainer.Product(features, row, GetWeights(unit)) + _biases[unit]);
        }
    }
}

/// <summary>A perceptron of two classes: the score is w · x + b.</summary>
/// <param name="weights">w, d finite weights.</param>
/// <param name="bias">b, finite.</param>
/// <param name="history">How the training went; <see cref="TrainingHistory.None"/> when omitted.</param>
/// <exception cref="ArgumentException">There are no weights, or a number is not finite.</exception>
public sealed class PerceptronBinaryModelParameters(double[] weights, double bias, TrainingHistory? history = null)
    : PerceptronModelParameters(weights, [bias], history), IBinaryModel
{
    internal const string Id = "MLPath.PerceptronBinary";

    /// <inheritdoc/>
    public override string ComponentId => Id;

    /// <inheritdoc/>
    public bool IsCalibrated => false;

    /// <inheritdoc/>
    public void Score(FeatureMatrix features, Span<float> scores, Span<float> probabilities) => Sums(features, scores);

    /// <inheritdoc/>
    public override string ToString() => $"Perceptron({FeatureCount} weights)";

    internal static PerceptronBinaryModelParameters Load(ModelLoadContext context)
    {
        var (weights, biases, history) = Read(context);
        return biases.Length == 1 ? new(weights, biases[0], history) : throw context.Invalid($"it has {biases.Length} units instead of one");
    }
}

/// <summary>Perceptrons of several classes: the scores are w · x + b of each class.</summary>
/// <param name="weights">k × d finite weights, row-major.</param>
/// <param name="biases">k finite biases.</param>
/// <param name="history">How the training went; <see cref="TrainingHistory.None"/> when omitted.</param>
/// <exception cref="ArgumentException">The numbers do not fit, or one is not finite.</exception>
public sealed class PerceptronMulticlassModelParameters(double[] weights, double[] biases, TrainingHistory? history = null)
    : PerceptronModelParameters(weights, biases, history), IMulticlassModel
{
    internal const string Id = "MLPath.PerceptronMulticlass";

    /// <inheritdoc/>
    public override string ComponentId => Id;

    /// <inheritdoc/>
    public int ClassCount => Units;

    /// <inheritdoc/>
    public void Score(FeatureMatrix features, Span<float> scores) => Sums(features, scores);

    /// <inheritdoc/>
    public override string ToString() => $"Perceptron({FeatureCount} weights for each of {ClassCount} classes)";

    internal static PerceptronMulticlassModelParameters Load(ModelLoadContext context)
    {
        var (weights, biases, history) = Read(context);
        return new(weights, biases, history);
    }
}
