using MLPath.Data;
using MLPath.Numerics;
using MLPath.Runtime;

namespace MLPath.Trainers;

/// <summary>The base of models with one score w · x + b.</summary>
public abstract class LinearModelParameters : IFeatureContributions
{
    /// <summary>As many rows are scored at once: enough to keep the processor busy, and so few that a single row costs no more for it.</summary>
    private protected const int BlockRows = 8;

    private readonly double[] _weights;

    private protected LinearModelParameters(IReadOnlyList<double> weights, double bias)
    {
        ArgumentNullException.ThrowIfNull(weights);
        if (weights.Count == 0 || !weights.All(double.IsFinite) || !double.IsFinite(bias))
        {
            throw new ArgumentException(
                "A linear model has a finite weight for each of its features, one at least, and a finite bias.", nameof(weights));
        }

        (_weights, Bias) = ([.. weights], bias);
        Weights = Array.AsReadOnly(_weights);
    }

    /// <inheritdoc/>
    public abstract string ComponentId { get; }

    /// <inheritdoc/>
    public int FeatureCount => _weights.Length;

    /// <inheritdoc/>
    public bool ScoresSparse => true;

    /// <summary>The d weights w, one for each feature: how much the score rises when the feature rises by 1.</summary>
    public IReadOnlyList<double> Weights { get; }

    /// <summary>The bias b: the score where all features are 0.</summary>
    public double Bias { get; }

    /// <inheritdoc/>
    public int RawScoreCount => 1;

    /// <inheritdoc/>
    public double GetBias(int score) => Bias;

    /// <inheritdoc/>
    public void GetContributions(FeatureMatrix features, int score, Span<double> contributions) =>
        LinearContributions.Compute(features, _weights, contributions);

    /// <inheritdoc/>
    public virtual void Save(ModelSaveContext context)
    {
        context.WriteArray<double>(nameof(Weights), _weights);
        context.Write(nameof(Bias), Bias);
    }

    /// <summary>w · xᵢ + b of some rows, in double. A row's score does not depend on the rows beside it.</summary>
    /// <param name="features">n × d, dense or sparse.</param>
    /// <param name="start">The first row.</param>
    /// <param name="scores">Receives the scores, one for each row from the first on.</param>
    private protected void ScoreBlock(FeatureMatrix features, int start, Span<double> scores)
    {
        if (scores.Length == BlockRows && features.IsDense)
        {
            int d = _weights.Length;
            Dense.MatVec(features.Values.Slice(start * d, BlockRows * d), BlockRows, d, _weights, scores);
            for (int i = 0; i < scores.Length; i++)
                scores[i] += Bias;
            return;
        }

        for (int i = 0; i < scores.Length; i++)
            scores[i] = features.Dot(start + i, _weights) + Bias;
    }

    private protected static (double[] Weights, double Bias) Read(ModelLoadContext context)
    {
        double[] weights = context.ReadFinite(nameof(Weights), -1);
        return weights.Length > 0 ? (weights, context.ReadFiniteNumber(nameof(Bias))) : throw context.Invalid("it has no features");
    }
}

/// <summary>
/// A linear model of two classes, with the score s = w · x + b. In a calibrated one s is the logarithm of the odds of the positive class, and its
/// probability is σ(s) = 1 / (1 + exp(−s)); in any other s is a margin, and there are no probabilities.
/// </summary>
public sealed class LinearBinaryModelParameters : LinearModelParameters, IBinaryModel, ITrainingHistory
{
    internal const string Id = "MLPath.LinearBinary";
    internal const string MarginId = "MLPath.LinearMargin";

    private readonly TrainingHistory _history;

    /// <summary>Creates a model.</summary>
    /// <param name="weights">d weights, finite; 1 or more.</param>
    /// <param name="bias">The bias, finite.</param>
    /// <param name="history">How the training went; <see cref="TrainingHistory.None"/> when omitted.</param>
    /// <param name="isCalibrated">Whether scores are logarithms of odds, so that there are probabilities.</param>
    /// <exception cref="ArgumentException">There is no weight, or a number is not finite.</exception>
    public LinearBinaryModelParameters(IReadOnlyList<double> weights, double bias, TrainingHistory? history = null, bool isCalibrated = true)
        : base(weights, bias) => (_history, IsCalibrated) = (history ?? TrainingHistory.None, isCalibrated);

    /// <inheritdoc/>
    public override string ComponentId => IsCalibrated ? Id : MarginId;

    /// <inheritdoc/>
    public bool IsCalibrated { get; }

    /// <inheritdoc/>
    public int Iterations => _history.Iterations;

    /// <inheritdoc/>
    public bool Converged => _history.Converged;

    /// <inheritdoc/>
    public string StopReason => _history.StopReason;

    /// <inheritdoc/>
    public IReadOnlyList<double> Losses => _history.Losses;

    /// <inheritdoc/>
    public void Score(FeatureMatrix features, Span<float> scores, Span<float> probabilities)
    {
        Span<double> block = stackalloc double[BlockRows];
        for (int start = 0; start < features.Rows; start += BlockRows)
        {
            block = block[..Math.Min(BlockRows, features.Rows - start)];
            ScoreBlock(features, start, block);
            for (int i = 0; i < block.Length; i++)
                scores[start + i] = (float)block[i];
            for (int i = 0; i < block.Length && !probabilities.IsEmpty; i++)
                probabilities[start + i] = (float)Dense.Sigmoid(block[i]);
        }
    }

    /// <inheritdoc/>
    public override void Save(ModelSaveContext context)
    {
        base.Save(context);
        _history.Save(context);
    }

    /// <inheritdoc/>
    public override string ToString() => $"{(IsCalibrated ? "LinearBinary" : "LinearMargin")}({FeatureCount} features)";

    internal static LinearBinaryModelParameters Load(ModelLoadContext context) => Load(context, isCalibrated: true);

    internal static LinearBinaryModelParameters LoadMargin(ModelLoadContext context) => Load(context, isCalibrated: false);

    private static LinearBinaryModelParameters Load(ModelLoadContext context, bool isCalibrated)
    {
        var (weights, bias) = Read(context);
        return new(weights, bias, TrainingHistory.Load(context), isCalibrated);
    }
}

/// <summary>The base of linear models that predict a number, ŷ = w · x + b.</summary>
public abstract class RegressionModelParameters : LinearModelParameters, IRegressionModel
{
    private protected RegressionModelParameters(IReadOnlyList<double> weights, double bias) : base(weights, bias) { }

    /// <inheritdoc/>
    public void Score(FeatureMatrix features, Span<float> scores)
    {
        Span<double> block = stackalloc double[BlockRows];
        for (int start = 0; start < features.Rows; start += BlockRows)
        {
            block = block[..Math.Min(BlockRows, features.Rows - start)];
            ScoreBlock(features, start, block);
            for (int i = 0; i < block.Length; i++)
                scores[start + i] = (float)block[i];
        }
    }
}

/// <summary>
/// A linear model that predicts a number, ŷ = w · x + b. One from an iterative trainer also implements <see cref="ITrainingHistory"/>.
/// </summary>
public class LinearRegressionModelParameters : RegressionModelParameters
{
    internal const string Id = "MLPath.LinearRegression";

    /// <summary>Creates a model.</summary>
    /// <param name="weights">d weights, finite; 1 or more.</param>
    /// <param name="bias">The bias, finite.</param>
    /// <exception cref="ArgumentException">There is no weight, or a number is not finite.</exception>
    public LinearRegressionModelParameters(IReadOnlyList<double> weights, double bias) : base(weights, bias) { }

    /// <inheritdoc/>
    public override string ComponentId => Id;

    /// <inheritdoc/>
    public override string ToString() => $"LinearRegression({FeatureCount} features)";

    internal static LinearRegressionModelParameters Load(ModelLoadContext context)
    {
        var (weights, bias) = Read(context);
        return new(weights, bias);
    }
}

/// <summary>A linear model that predicts a number, and how its training went.</summary>
internal sealed class IterativeLinearRegressionModelParameters(IReadOnlyList<double> weights, double bias, TrainingHistory history)
    : LinearRegressionModelParameters(weights, bias), ITrainingHistory
{
    internal const string IterativeId = "MLPath.LinearRegressionIterative";

    /// <inheritdoc/>
    public override string ComponentId => IterativeId;

    /// <inheritdoc/>
    public int Iterations => history.Iterations;

    /// <inheritdoc/>
    public bool Converged => history.Converged;

    /// <inheritdoc/>
    public string StopReason => history.StopReason;

    /// <inheritdoc/>
    public IReadOnlyList<double> Losses => history.Losses;

    /// <inheritdoc/>
    public override void Save(ModelSaveContext context)
    {
        base.Save(context);
        history.Save(context);
    }

    // Of the type that trainers give, so that a loaded transformer has the type of the one that was saved.
    internal static LinearRegressionModelParameters LoadIterative(ModelLoadContext context)
    {
        var (weights, bias) = Read(context);
        return new IterativeLinearRegressionModelParameters(weights, bias, TrainingHistory.Load(context));
    }
}
