using MLPath.Data;
using MLPath.Runtime;

namespace MLPath.Trainers;

/// <summary>
/// The baseline of regression: predicts the weighted mean of the label, whatever the features. On the training rows its R² is 0; a model
/// that learned something does better.
/// </summary>
public sealed class MeanTrainer : RegressionTrainer<MeanModelParameters>, IStreamingTrainer<MeanModelParameters>
{
    /// <summary>Creates the trainer.</summary>
    /// <param name="options">Its options; the defaults when omitted.</param>
    public MeanTrainer(Options? options = null) : base(options ?? new()) { }

    /// <summary>The options of <see cref="MeanTrainer"/>: the columns alone.</summary>
    public sealed record Options : TrainerInputBaseWithWeight
    {
        /// <summary>There is nothing to choose.</summary>
        public static OptionSet<Options> All { get; } = new(new());
    }

    /// <inheritdoc/>
    public override TrainerInfo Info { get; } = new(SupportsWeights: true, SupportsSparse: true, SupportsMissing: true);

    /// <inheritdoc/>
    public override string ToString() => "Mean()";

    /// <inheritdoc/>
    public MeanModelParameters Train(TrainingStream rows, FitContext context)
    {
        ArgumentNullException.ThrowIfNull(rows);
        ArgumentNullException.ThrowIfNull(context);
        double sum = 0, total = 0;
        foreach (var block in rows.Blocks(context))
        {
            context.Checkpoint();
            for (int i = 0; i < block.Rows; i++)
            {
                sum += (double)block.Weight(i) * block.Targets[i];
                total += block.Weight(i);
            }
        }

        return new(sum / total, rows.FeatureCount);
    }

    /// <inheritdoc/>
    protected override MeanModelParameters Train(TrainingData data, FitContext context) => Train(TrainingStream.Of(data), context);
}

/// <summary>The mean of the label, as the prediction for every row.</summary>
public sealed class MeanModelParameters : IRegressionModel
{
    internal const string Id = "MLPath.Mean";

    /// <summary>Creates a model.</summary>
    /// <param name="mean">The prediction, finite.</param>
    /// <param name="featureCount">d, 1 or more.</param>
    /// <exception cref="ArgumentException">The mean is not finite, or there are no features.</exception>
    public MeanModelParameters(double mean, int featureCount)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(featureCount, 1);
        if (!double.IsFinite(mean))
            throw new ArgumentException("The mean must be finite.", nameof(mean));
        (Mean, FeatureCount) = (mean, featureCount);
    }

    /// <inheritdoc/>
    public string ComponentId => Id;

    /// <inheritdoc/>
    public int FeatureCount { get; }

    /// <inheritdoc/>
    public bool ScoresSparse => true;

    /// <summary>The prediction.</summary>
    public double Mean { get; }

    /// <inheritdoc/>
    public void Score(FeatureMatrix features, Span<float> scores) => scores[..features.Rows].Fill((float)Mean);

    /// <inheritdoc/>
    public void Save(ModelSaveContext context)
    {
        context.Write(nameof(FeatureCount), FeatureCount);
        context.Write(nameof(Mean), Mean);
    }

    /// <inheritdoc/>
    public override string ToString() => $"Mean({((float)Mean).ToString(System.Globalization.CultureInfo.InvariantCulture)})";

    internal static MeanModelParameters Load(ModelLoadContext context)
    {
        int featureCount = context.ReadInt32(nameof(FeatureCount));
        return featureCount >= 1 ? new(context.ReadFiniteNumber(nameof(Mean)), featureCount) : throw context.Invalid("it has no features");
    }
}
