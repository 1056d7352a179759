using MLPath.Data;
using MLPath.Runtime;

namespace MLPath.Trainers;

/// <summary>A linear model of several classes, s_c = w_c · x + b_c, whose scores are margins, not probabilities: the greatest wins.</summary>
public sealed class LinearMulticlassModelParameters : LinearMulticlassModel
{
    internal const string Id = "MLPath.LinearMulticlass";

    /// <summary>Creates a model.</summary>
    /// <param name="weights">k × d weights, row-major, finite.</param>
    /// <param name="biases">k biases, finite; 2 or more.</param>
    /// <param name="history">How the training went; <see cref="TrainingHistory.None"/> when omitted.</param>
    /// <exception cref="ArgumentException">The lengths do not fit together, or a number is not finite.</exception>
    public LinearMulticlassModelParameters(ReadOnlySpan<double> weights, ReadOnlySpan<double> biases, TrainingHistory? history = null)
        : base(weights, biases, history)
    {
        if (!AreWeightsFinite || !AreBiasesFinite) throw new ArgumentException("Weights and biases are finite.", nameof(weights));
    }

    /// <inheritdoc/>
    public override string ComponentId => Id;

    /// <inheritdoc/>
    public override void Score(FeatureMatrix features, Span<float> scores)
    {
        for (int i = 0; i < features.Rows; i++)
            for (int c = 0; c < ClassCount; c++) scores[(i * ClassCount) + c] = (float)Margin(features, i, c);
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
