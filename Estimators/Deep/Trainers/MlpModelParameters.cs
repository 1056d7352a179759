using System.Collections.Concurrent;
using MLPath.Data;
using MLPath.Numerics;
using MLPath.Runtime;

namespace MLPath.Trainers;

/// <summary>What a multilayer perceptron learned: the weights and biases of its layers.</summary>
public abstract class MlpModelParameters : IModelParameters, ITrainingHistory
{
    private const int RowsPerBatch = 64;
    private const int MaxLayers = 1000;

    private readonly float[] _parameters;
    private readonly TrainingHistory _history;
    private readonly ConcurrentBag<MlpBatch> _batches = []; // memory of earlier calls, for the next ones

    private protected MlpModelParameters(MlpNetwork network, float[] parameters, TrainingHistory? history)
    {
        ArgumentNullException.ThrowIfNull(network);
        if (parameters.Length != network.ParameterCount)
            throw new ArgumentException($"The network has {network.ParameterCount} parameters; {parameters.Length} were given.", nameof(parameters));
        if (!Array.TrueForAll(parameters, float.IsFinite))
            throw new ArgumentException("A parameter is not finite.", nameof(parameters));
        (Network, _parameters, _history) = (network, parameters, history ?? TrainingHistory.None);
    }

    /// <inheritdoc/>
    public abstract string ComponentId { get; }

    /// <summary>The shapes of the layers and how they work.</summary>
    public MlpNetwork Network { get; }

    /// <inheritdoc/>
    public int FeatureCount => Network.Sizes[0];

    /// <inheritdoc/>
    public int Iterations => _history.Iterations;

    /// <summary>Whether the loss on the validation rows had stopped falling before the last epoch; false without such rows.</summary>
    public bool Converged => _history.Converged;

    /// <inheritdoc/>
    public string StopReason => _history.StopReason;

    /// <summary>The objective on the training rows in each epoch, the mean over its batches as they were met.</summary>
    public IReadOnlyList<double> Losses => _history.Losses;

    /// <summary>The weights Wℓ of a layer, nℓ × nℓ₋₁, row-major: row i holds what unit i gives to each unit of the layer before.</summary>
    /// <param name="layer">ℓ, from 1, the first hidden layer, to the output's.</param>
    public ReadOnlySpan<float> GetWeights(int layer) => _parameters.AsSpan(Network.Weights(layer));

    /// <summary>The biases bℓ of a layer, nℓ values.</summary>
    /// <param name="layer">ℓ, from 1, the first hidden layer, to the output's.</param>
    public ReadOnlySpan<float> GetBiases(int layer) => _parameters.AsSpan(Network.Biases(layer));

    /// <inheritdoc/>
    public virtual void Save(ModelSaveContext context)
    {
        context.WriteEnum("Activation", Network.Activation);
        context.Write("Layers", Network.LayerCount);
        for (int l = 1; l <= Network.LayerCount; l++)
        {
            context.WriteArray(FormattableString.Invariant($"layers.{l}.weight"), GetWeights(l), Network.Sizes[l], Network.Sizes[l - 1]);
            context.WriteArray(FormattableString.Invariant($"layers.{l}.bias"), GetBiases(l));
        }

        _history.Save(context);
    }

    /// <inheritdoc/>
    public override string ToString() => $"Mlp({string.Join("-", Network.Sizes)}, {Network.Activation})";

    private protected static (MlpNetwork Network, float[] Parameters, TrainingHistory History) Read(ModelLoadContext context, MlpOutput output)
    {
        int layers = context.ReadInt32("Layers");
        if (layers is < 1 or > MaxLayers)
            throw context.Invalid($"it has {layers} layers");
        var sizes = new List<int>();
        var parameters = new List<float>();
        for (int l = 1; l <= layers; l++)
        {
            string weight = FormattableString.Invariant($"layers.{l}.weight");
            int[] shape = context.ReadShape(weight);
            if (shape.Length != 2 || shape[0] < 1 || shape[1] < 1)
                throw context.Invalid($"array '{weight}' is not a matrix of units and inputs");
            if (l == 1)
                sizes.Add(shape[1]);
            parameters.AddRange(context.ReadArray<float>(weight, shape[0], sizes[^1]));
            parameters.AddRange(context.ReadArray<float>(FormattableString.Invariant($"layers.{l}.bias"), shape[0]));
            sizes.Add(shape[0]);
        }

        if (!parameters.TrueForAll(float.IsFinite))
            throw context.Invalid("a weight or a bias is not finite");
        if (output != MlpOutput.Softmax && sizes[^1] != 1)
            throw context.Invalid($"it has {sizes[^1]} outputs instead of one");
        return (new MlpNetwork(sizes, context.ReadEnum<MlpActivation>("Activation"), output), [.. parameters], TrainingHistory.Load(context));
    }

    /// <summary>Runs rows through the network.</summary>
    /// <param name="features">n × d.</param>
    /// <param name="sums">Receives the sums Z of the outputs, n × nL.</param>
    private protected void Forward(FeatureMatrix features, Span<float> sums)
    {
        if (!_batches.TryTake(out var batch))
            batch = new MlpBatch(Network, RowsPerBatch, learns: false);
        int d = FeatureCount, k = Network.Sizes[^1];
        for (int first = 0; first < features.Rows; first += RowsPerBatch)
        {
            batch.Rows = Math.Min(RowsPerBatch, features.Rows - first);
            features.Values.Slice(first * d, batch.Rows * d).CopyTo(batch.Features);
            Network.Forward(_parameters, batch);
            batch.Outputs.CopyTo(sums[(first * k)..]);
        }

        _batches.Add(batch);
    }
}

/// <summary>A multilayer perceptron of two classes: the score is the logarithm of the odds of the positive class.</summary>
/// <param name="network">The network, with a logistic output.</param>
/// <param name="parameters">θ, finite.</param>
/// <param name="history">How the training went; <see cref="TrainingHistory.None"/> when omitted.</param>
/// <exception cref="ArgumentException">The parameters do not fit the network, or one is not finite.</exception>
public sealed class MlpBinaryModelParameters(MlpNetwork network, float[] parameters, TrainingHistory? history = null)
    : MlpModelParameters(network, parameters, history), IBinaryModel
{
    internal const string Id = "MLPath.MlpBinary";

    /// <inheritdoc/>
    public override string ComponentId => Id;

    /// <inheritdoc/>
    public bool IsCalibrated => true;

    /// <inheritdoc/>
    public void Score(FeatureMatrix features, Span<float> scores, Span<float> probabilities)
    {
        Forward(features, scores);
        if (!probabilities.IsEmpty)
            Dense.Sigmoid(scores, probabilities);
    }

    internal static MlpBinaryModelParameters Load(ModelLoadContext context)
    {
        var (network, parameters, history) = Read(context, MlpOutput.Logistic);
        return new(network, parameters, history);
    }
}

/// <summary>A multilayer perceptron of several classes: the scores are their probabilities.</summary>
/// <param name="network">The network, with a softmax output.</param>
/// <param name="parameters">θ, finite.</param>
/// <param name="history">How the training went; <see cref="TrainingHistory.None"/> when omitted.</param>
/// <exception cref="ArgumentException">The parameters do not fit the network, or one is not finite.</exception>
public sealed class MlpMulticlassModelParameters(MlpNetwork network, float[] parameters, TrainingHistory? history = null)
    : MlpModelParameters(network, parameters, history), IMulticlassModel
{
    internal const string Id = "MLPath.MlpMulticlass";

    /// <inheritdoc/>
    public override string ComponentId => Id;

    /// <inheritdoc/>
    public int ClassCount => Network.Sizes[^1];

    /// <inheritdoc/>
    public void Score(FeatureMatrix features, Span<float> scores)
    {
        Forward(features, scores);
        for (int row = 0; row < features.Rows; row++)
        {
            var z = scores.Slice(row * ClassCount, ClassCount);
            Dense.Softmax(z, z);
        }
    }

    internal static MlpMulticlassModelParameters Load(ModelLoadContext context)
    {
        var (network, parameters, history) = Read(context, MlpOutput.Softmax);
        return new(network, parameters, history);
    }
}

/// <summary>A multilayer perceptron that predicts a number: mean + deviation · z of its one output z.</summary>
public sealed class MlpRegressionModelParameters : MlpModelParameters, IRegressionModel
{
    internal const string Id = "MLPath.MlpRegression";

    /// <summary>Creates a model.</summary>
    /// <param name="network">The network, with a linear output of one unit.</param>
    /// <param name="parameters">θ, finite.</param>
    /// <param name="labelMean">The mean of the labels it was trained on.</param>
    /// <param name="labelDeviation">Their standard deviation, above 0.</param>
    /// <param name="history">How the training went; <see cref="TrainingHistory.None"/> when omitted.</param>
    /// <exception cref="ArgumentException">The parameters do not fit the network, or one is not finite.</exception>
    public MlpRegressionModelParameters(
        MlpNetwork network, float[] parameters, double labelMean, double labelDeviation, TrainingHistory? history = null)
        : base(network, parameters, history) => (LabelMean, LabelDeviation) = (labelMean, labelDeviation);

    /// <inheritdoc/>
    public override string ComponentId => Id;

    /// <summary>The mean of the labels it was trained on.</summary>
    public double LabelMean { get; }

    /// <summary>The standard deviation of the labels it was trained on; 1 where they were all the same.</summary>
    public double LabelDeviation { get; }

    /// <inheritdoc/>
    public void Score(FeatureMatrix features, Span<float> scores)
    {
        Forward(features, scores);
        foreach (ref float score in scores[..features.Rows])
            score = (float)(LabelMean + (LabelDeviation * score));
    }

    /// <inheritdoc/>
    public override void Save(ModelSaveContext context)
    {
        base.Save(context);
        context.Write("LabelMean", LabelMean);
        context.Write("LabelDeviation", LabelDeviation);
    }

    internal static MlpRegressionModelParameters Load(ModelLoadContext context)
    {
        var (network, parameters, history) = Read(context, MlpOutput.Linear);
        double mean = context.ReadDouble("LabelMean"), deviation = context.ReadDouble("LabelDeviation");
        return double.IsFinite(mean) && double.IsFinite(deviation) && deviation > 0
            ? new(network, parameters, mean, deviation, history)
            : throw context.Invalid("the mean or the deviation of its labels is not such");
    }
}
