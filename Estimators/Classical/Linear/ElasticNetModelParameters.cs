using MLPath.Runtime;

namespace MLPath.Trainers;

/// <summary>What the lasso or the elastic net learned, ŷ = w · x + b, with the path of penalties where one was asked for.</summary>
public sealed class ElasticNetModelParameters : RegressionModelParameters, ITrainingHistory
{
    internal const string Id = "MLPath.ElasticNet";

    private readonly TrainingHistory _history;

    /// <summary>Creates a model.</summary>
    /// <param name="weights">d weights, finite; 1 or more.</param>
    /// <param name="bias">The bias, finite.</param>
    /// <param name="dualityGap">See <see cref="DualityGap"/>; NaN when omitted.</param>
    /// <param name="path">The solutions for other penalties; none when omitted.</param>
    /// <param name="history">How the training went; <see cref="TrainingHistory.None"/> when omitted.</param>
    /// <exception cref="ArgumentException">There is no weight, a number is not finite, or a point of the path has other features.</exception>
    public ElasticNetModelParameters(
        IReadOnlyList<double> weights, double bias, double dualityGap = double.NaN, IReadOnlyList<RegularizationPathPoint>? path = null,
        TrainingHistory? history = null) : base(weights, bias)
    {
        if (path?.FirstOrDefault(p => p.Weights.Count != weights.Count) is { } other)
            throw new ArgumentException($"A point of the path has {other.Weights.Count} weights; the model has {weights.Count}.", nameof(path));
        (DualityGap, Path, _history) = (dualityGap, [.. path ?? []], history ?? TrainingHistory.None);
    }

    /// <inheritdoc/>
    public override string ComponentId => Id;

    /// <summary>How far the objective may be above its minimum, 0 or more; NaN where it is not known.</summary>
    public double DualityGap { get; }

    /// <summary>
    /// The solutions for the strengths of the penalty that <see cref="ElasticNetOptionsBase.PathLength"/> asked for, strongest first: the
    /// first has no weights but 0. Empty when none were asked for.
    /// </summary>
    public IReadOnlyList<RegularizationPathPoint> Path { get; }

    /// <summary>How many weights are not 0.</summary>
    public int NonZeroCount => Weights.Count(w => w != 0);

    /// <inheritdoc/>
    public int Iterations => _history.Iterations;

    /// <inheritdoc/>
    public bool Converged => _history.Converged;

    /// <inheritdoc/>
    public string StopReason => _history.StopReason;

    /// <inheritdoc/>
    public IReadOnlyList<double> Losses => _history.Losses;

    /// <inheritdoc/>
    public override void Save(ModelSaveContext context)
    {
        base.Save(context);
        context.WriteArray<double>(nameof(DualityGap), [DualityGap]);
        context.WriteArray<double>("PathAlphas", [.. Path.Select(p => p.Alpha)]);
        context.WriteArray<double>("PathBiases", [.. Path.Select(p => p.Bias)]);
        context.WriteArray<double>("PathDualityGaps", [.. Path.Select(p => p.DualityGap)]);
        context.WriteArray<double>("PathWeights", [.. Path.SelectMany(p => p.Weights)], Path.Count, FeatureCount);
        _history.Save(context);
    }

    /// <inheritdoc/>
    public override string ToString() => $"ElasticNet({NonZeroCount} of {FeatureCount} features)";

    internal static ElasticNetModelParameters Load(ModelLoadContext context)
    {
        var (weights, bias) = Read(context);
        int d = weights.Length;
        double gap = context.ReadArray<double>(nameof(DualityGap), 1)[0];
        double[] alphas = context.ReadFinite("PathAlphas", -1);
        double[] biases = context.ReadFinite("PathBiases", alphas.Length);
        double[] gaps = context.ReadArray<double>("PathDualityGaps", alphas.Length);
        double[] rows = context.ReadFinite("PathWeights", alphas.Length, d);
        var path = alphas.Select((alpha, i) => new RegularizationPathPoint(alpha, rows[(i * d)..((i + 1) * d)], biases[i], gaps[i]));
        return new(weights, bias, gap, [.. path], TrainingHistory.Load(context));
    }
}

/// <summary>The solution for one strength of a penalty.</summary>
/// <param name="Alpha">The strength α.</param>
/// <param name="Weights">d weights.</param>
/// <param name="Bias">The bias.</param>
/// <param name="DualityGap">How far the objective may be above its minimum, 0 or more.</param>
public sealed record RegularizationPathPoint(double Alpha, IReadOnlyList<double> Weights, double Bias, double DualityGap)
{
    /// <summary>How many weights are not 0.</summary>
    public int NonZeroCount => Weights.Count(w => w != 0);

    /// <summary>The solution as a model of its own.</summary>
    public LinearRegressionModelParameters ToModel() => new(Weights, Bias);
}
