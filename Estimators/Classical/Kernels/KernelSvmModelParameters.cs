using MLPath.Data;
using MLPath.Runtime;

namespace MLPath.Trainers;

/// <summary>A function of a row that is a sum over support vectors: f(x) = Σⱼ βⱼ K(sⱼ, x) + b.</summary>
public abstract class SupportVectorModel : IModelParameters, ITrainingHistory
{
    private readonly SupportVectors _vectors;
    private readonly TrainingHistory _history;

    private protected SupportVectorModel(SupportVectors vectors, double bias, TrainingHistory history) =>
        (_vectors, Bias, _history) = (vectors, bias, history);

    /// <inheritdoc/>
    public abstract string ComponentId { get; }

    /// <inheritdoc/>
    public int FeatureCount => _vectors.Rows.Columns;

    /// <summary>The kernel, with the γ that was used.</summary>
    public Kernel Kernel => _vectors.Kernel;

    /// <summary>The m support vectors sⱼ, m × d: the training rows whose coefficient is not 0, in the order of training.</summary>
    public FeatureMatrix SupportVectors => _vectors.Rows;

    /// <summary>The m coefficients βⱼ.</summary>
    public ReadOnlySpan<double> Coefficients => _vectors.Coefficients;

    /// <summary>b.</summary>
    public double Bias { get; }

    /// <inheritdoc/>
    public int Iterations => _history.Iterations;

    /// <inheritdoc/>
    public bool Converged => _history.Converged;

    /// <inheritdoc/>
    public string StopReason => _history.StopReason;

    /// <summary>The dual objective ½ βᵀKβ − zᵀβ + ε ‖β‖₁ after each round; it falls.</summary>
    public IReadOnlyList<double> Losses => _history.Losses;

    /// <inheritdoc/>
    public void Save(ModelSaveContext context)
    {
        _vectors.Save(context);
        context.Write(nameof(Bias), Bias);
        _history.Save(context);
    }

    /// <summary>Computes f of every row.</summary>
    /// <param name="features">n × d, dense.</param>
    /// <param name="values">Receives n values.</param>
    private protected void Evaluate(FeatureMatrix features, Span<float> values)
    {
        Span<double> sums = stackalloc double[Kernel.BlockRows];
        for (int start = 0; start < features.Rows; start += Kernel.BlockRows)
        {
            int count = Math.Min(Kernel.BlockRows, features.Rows - start);
            _vectors.Sum(features, start, count, sums[..count]);
            for (int i = 0; i < count; i++)
                values[start + i] = (float)(sums[i] + Bias);
        }
    }

    private protected static (SupportVectors Vectors, double Bias, TrainingHistory History) Read(ModelLoadContext context) =>
        (Trainers.SupportVectors.Load(context, groups: 1, outputs: 1), context.ReadFiniteNumber(nameof(Bias)), TrainingHistory.Load(context));
}

/// <summary>What a kernel support vector machine learned to tell two classes apart: the score is f(x), positive for the positive class.</summary>
public sealed class KernelSvmBinaryModelParameters : SupportVectorModel, IBinaryModel
{
    internal const string Id = "MLPath.KernelSvmBinary";

    internal KernelSvmBinaryModelParameters(SupportVectors vectors, double bias, TrainingHistory history) : base(vectors, bias, history)
    {
    }

    /// <inheritdoc/>
    public override string ComponentId => Id;

    /// <inheritdoc/>
    public bool IsCalibrated => false;

    /// <inheritdoc/>
    public void Score(FeatureMatrix features, Span<float> scores, Span<float> probabilities) => Evaluate(features, scores);

    /// <inheritdoc/>
    public override string ToString() => $"KernelSvm({Kernel}, {SupportVectors.Rows} support vectors)";

    internal static KernelSvmBinaryModelParameters Load(ModelLoadContext context)
    {
        var (vectors, bias, history) = Read(context);
        return new(vectors, bias, history);
    }
}

/// <summary>What support vector regression learned: the prediction is f(x).</summary>
public sealed class KernelSvmRegressionModelParameters : SupportVectorModel, IRegressionModel
{
    internal const string Id = "MLPath.KernelSvmRegression";

    internal KernelSvmRegressionModelParameters(SupportVectors vectors, double bias, TrainingHistory history) : base(vectors, bias, history)
    {
    }

    /// <inheritdoc/>
    public override string ComponentId => Id;

    /// <inheritdoc/>
    public void Score(FeatureMatrix features, Span<float> scores) => Evaluate(features, scores);

    /// <inheritdoc/>
    public override string ToString() => $"KernelSvm({Kernel}, {SupportVectors.Rows} support vectors)";

    internal static KernelSvmRegressionModelParameters Load(ModelLoadContext context)
    {
        var (vectors, bias, history) = Read(context);
        return new(vectors, bias, history);
    }
}
