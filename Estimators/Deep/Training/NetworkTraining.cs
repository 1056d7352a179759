using MLPath.Data;
using MLPath.Trainers;

namespace MLPath.Deep;

/// <summary>Trains networks.</summary>
public static class NetworkTraining
{
    /// <summary>Trains a network.</summary>
    /// <param name="architecture">Its description; its outputs go with the labels: 1 for two classes or a number, k for k classes.</param>
    /// <param name="train">What it learns from, at least one example.</param>
    /// <param name="validation">What its quality is watched on; null for none, or for <see cref="NetworkTrainerOptions.ValidationFraction"/> of the others.</param>
    /// <param name="options">The options.</param>
    /// <param name="context">Progress, cancellation, threads, randomness. The result does not depend on the number of threads, bit for bit.</param>
    /// <exception cref="DataException">The loss grew beyond all bounds.</exception>
    public static TrainedNetwork Learn(
        NetworkArchitecture architecture, LabelledExamples train, LabelledExamples? validation, NetworkTrainerOptions options, FitContext context)
    {
        ArgumentNullException.ThrowIfNull(architecture);
        ArgumentNullException.ThrowIfNull(train);
        ArgumentNullException.ThrowIfNull(options);
        ArgumentNullException.ThrowIfNull(context);
        return new NetworkTrainingRun(architecture, train, validation, options, context).Learn();
    }
}
