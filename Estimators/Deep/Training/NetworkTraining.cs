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

    /// <summary>Looks for a learning rate: trains in steps whose rates grow from a millionth to 10, until the loss has grown well beyond its least.</summary>
    /// <param name="architecture">The network's description; what is trained is thrown away.</param>
    /// <param name="train">What it learns from, at least one example.</param>
    /// <param name="options">The options; their learning rate and schedule do not matter.</param>
    /// <param name="context">Progress, cancellation, threads, randomness.</param>
    /// <param name="steps">The number of steps at most, 20 or more.</param>
    public static LearningRateCurve FindLearningRate(
        NetworkArchitecture architecture, LabelledExamples train, NetworkTrainerOptions options, FitContext context, int steps = 100)
    {
        ArgumentNullException.ThrowIfNull(architecture);
        ArgumentNullException.ThrowIfNull(train);
        ArgumentNullException.ThrowIfNull(options);
        ArgumentNullException.ThrowIfNull(context);
        ArgumentOutOfRangeException.ThrowIfLessThan(steps, 20);
        return new NetworkTrainingRun(architecture, train, validation: null, options, context).Sweep(steps);
    }
}
