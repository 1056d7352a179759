using MLPath.Runtime;
using MLPath.Trainers;

namespace MLPath.Deep;

/// <summary>How an epoch of a training went.</summary>
/// <param name="Loss">The loss on the training rows without penalties on weights, the mean over the epoch's batches as they were met.</param>
/// <param name="Metric">The accuracy of classes, or R² of numbers, of the training rows as they were met.</param>
/// <param name="ValidationLoss">The loss on the validation rows after the epoch; NaN without them.</param>
/// <param name="ValidationMetric">The metric on the validation rows after the epoch; NaN without them.</param>
/// <param name="LearningRate">The learning rate of the epoch's last step.</param>
public readonly record struct NetworkEpoch(double Loss, double Metric, double ValidationLoss, double ValidationMetric, double LearningRate);

/// <summary>How a training went, epoch by epoch; kept with the model and saved in its file.</summary>
/// <param name="Epochs">The epochs done.</param>
/// <param name="BestEpoch">The epoch, from 1, whose parameters were kept; 0 where nothing was trained.</param>
/// <param name="Converged">Whether the loss on the validation rows had stopped falling before the last epoch; false without such rows.</param>
/// <param name="StopReason">Why it stopped, in words.</param>
public sealed record NetworkHistory(IReadOnlyList<NetworkEpoch> Epochs, int BestEpoch, bool Converged, string StopReason) : ITrainingHistory
{
    /// <summary>The history of a model whose parameters were given, not trained.</summary>
    public static NetworkHistory None { get; } = new([], 0, true, TrainingHistory.None.StopReason);

    /// <inheritdoc/>
    public int Iterations => Epochs.Count;

    /// <inheritdoc/>
    public IReadOnlyList<double> Losses => [.. Epochs.Select(e => e.Loss)];

    /// <summary>Whether there were validation rows.</summary>
    public bool HasValidation => Epochs.Any(e => !double.IsNaN(e.ValidationLoss));

    /// <summary>Writes the history beside a model's own settings.</summary>
    /// <param name="context">The model's place in the file.</param>
    public void Save(ModelSaveContext context)
    {
        ArgumentNullException.ThrowIfNull(context);
        new TrainingHistory(Iterations, Converged, StopReason, Losses).Save(context);
        context.Write(nameof(BestEpoch), BestEpoch);
        context.WriteArray<double>("Metrics", [.. Epochs.Select(e => e.Metric)]);
        context.WriteArray<double>("ValidationLosses", [.. Epochs.Select(e => e.ValidationLoss)]);
        context.WriteArray<double>("ValidationMetrics", [.. Epochs.Select(e => e.ValidationMetric)]);
        context.WriteArray<double>("LearningRates", [.. Epochs.Select(e => e.LearningRate)]);
    }

    /// <summary>Reads what <see cref="Save"/> wrote.</summary>
    /// <param name="context">The model's place in the file.</param>
    /// <exception cref="ModelFormatException">A part is missing or not as expected.</exception>
    public static NetworkHistory Load(ModelLoadContext context)
    {
        ArgumentNullException.ThrowIfNull(context);
        var common = TrainingHistory.Load(context);
        int n = common.Losses.Count, best = context.ReadInt32(nameof(BestEpoch));
        if (common.Iterations != n || best < 0 || best > n) throw context.Invalid($"it has {n} losses for {common.Iterations} epochs, the best of which is {best}");
        double[] metrics = context.ReadArray<double>("Metrics", n), validationLosses = context.ReadArray<double>("ValidationLosses", n);
        double[] validationMetrics = context.ReadArray<double>("ValidationMetrics", n), rates = context.ReadArray<double>("LearningRates", n);
        NetworkEpoch[] epochs = [.. Enumerable.Range(0, n).Select(i => new NetworkEpoch(common.Losses[i], metrics[i], validationLosses[i], validationMetrics[i], rates[i]))];
        return new(epochs, best, common.Converged, common.StopReason);
    }
}
