using System.Globalization;
using MLPath.Numerics;

namespace MLPath.Trainers;

/// <summary>Runs dual coordinate ascent for the trainers, and tells how it went.</summary>
internal static class SdcaTraining
{
    // ML.NET's choice of passes lets about half a million rows be seen.
    private const int RowsSeen = 500_000;
    private const double LeastL2 = 1e-6;

    /// <summary>What the trainers need and give.</summary>
    public static TrainerInfo Info { get; } = new(NeedsNormalization: true, SupportsSparse: true);

    /// <summary>Learns weights.</summary>
    /// <param name="data">The rows.</param>
    /// <param name="targets">Their targets, as the loss reads them.</param>
    /// <param name="loss">The loss.</param>
    /// <param name="options">The options.</param>
    /// <param name="rowWeights">The rows' weights; empty for 1 each.</param>
    /// <param name="context">Progress, cancellation, randomness.</param>
    /// <returns>W (k × d), b (k), and how it went.</returns>
    public static (double[] Weights, double[] Biases, TrainingHistory History) Train(
        TrainingData data, float[] targets, SdcaLoss loss, SdcaOptionsBase options, ReadOnlySpan<float> rowWeights, FitContext context)
    {
        var settings = Settings(options, data, isRegression: data.Targets.Length > 0);
        var random = options.Shuffle ? context.CreateRandom("order of rows", options.Seed) : null;
        context.Checkpoint();
        void Completed(int iteration, double value) => context.Report(iteration, settings.MaxIterations, value);
        var x = data.Features;
        var result = x.IsDense
            ? Sdca.Minimize(x.Values, x.Columns, targets, loss, settings, random, rowWeights, Completed, context.CancellationToken)
            : Sdca.Minimize(x.Sparse, targets, loss, settings, random, rowWeights, Completed, context.CancellationToken);
        LinearWeights.RequireUsable(result.Solution, "Normalize the features, or raise L2Regularization.");
        if (!result.Converged)
        {
            context.Diagnose(DiagnosisSeverity.Info, "not-converged", string.Create(CultureInfo.InvariantCulture,
                $"After {result.Iterations} passes the duality gap is {result.DualityGap:0.###E+0} of an objective of {result.Value:0.###E+0}. Raise " +
                $"MaximumNumberOfIterations, L2Regularization or ConvergenceTolerance, or normalize the features."));
        }

        int size = loss.Outputs * x.Columns;
        string reason = result.Converged
            ? "The duality gap is as small a part of the objective as the tolerance asks."
            : "The limit of passes was reached.";
        return (result.Solution[..size], result.Solution[size..], new(result.Iterations, result.Converged, reason, [.. result.LossCurve.Skip(1)]));
    }

    /// <summary>The options with what they leave open chosen by the numbers of rows and features.</summary>
    private static Sdca.Options Settings(SdcaOptionsBase options, TrainingData data, bool isRegression)
    {
        int n = data.Rows, d = data.Features.Columns;
        int passes = options.MaximumNumberOfIterations ?? 3 * Math.Max(1, RowsSeen / n);
        double l2 = options.L2Regularization ?? (isRegression
            ? n > 10_000 ? 1e-4 : n < 200 ? 1e-2 : 1e-3
            : Math.Max(LeastL2, 20.0 / (Math.Max(2, passes / 2) * (double)n)));
        double threshold = options.L1Regularization ?? (d < 100 ? 0 : d < 1000 ? 0.25 : d < 10_000 ? 0.5 : 1);
        return new()
        {
            L2 = l2,
            L1 = threshold * l2,
            BiasLearningRate = options.BiasLearningRate,
            Tolerance = options.ConvergenceTolerance,
            MaxIterations = passes,
        };
    }
}
