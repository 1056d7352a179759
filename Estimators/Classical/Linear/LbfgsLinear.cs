using System.Globalization;
using MLPath.Numerics;

namespace MLPath.Trainers;

/// <summary>Trains linear classifiers: minimises their objective by L-BFGS, or OWL-QN where weights are penalised by L1 or bound.</summary>
internal static class LbfgsLinear
{
    // 2³¹ numbers are 16 GiB.
    private const long MaxNumbers = 1L << 31;

    /// <summary>What linear classifiers need and give.</summary>
    public static TrainerInfo Info { get; } = new(
        NeedsNormalization: true, SupportsWeights: true, SupportsSparse: true, GivesProbabilities: true);

    /// <summary>Minimises the objective from W = 0 and given biases.</summary>
    /// <param name="loss">The data's part of the objective.</param>
    /// <param name="rows">The rows.</param>
    /// <param name="curvature">The mean second derivative of the loss by a score, where W = 0.</param>
    /// <param name="startBiases">k biases to start from.</param>
    /// <param name="options">Penalties and limits.</param>
    /// <param name="context">Progress, cancellation, threads, diagnoses.</param>
    public static (double[] Weights, double[] Biases, TrainingHistory History) Train(
        ILinearLoss loss, TrainingStream rows, double curvature, double[] startBiases, LbfgsOptionsBase options, FitContext context)
    {
        int k = loss.Outputs, d = rows.FeatureCount;
        CheckSize(k, d, options.HistorySize);
        var moments = ColumnMoments.Of(rows, context);
        if (options.L1Regularization > 0 || options.L2Regularization > 0)
            moments.WarnAboutScales(rows.FeatureNames, context);

        var objective = new LinearObjective(loss, rows, moments, curvature, options, context);
        int? limit = options.MaximumNumberOfIterations == int.MaxValue ? null : options.MaximumNumberOfIterations;
        var settings = new Lbfgs.Options
        {
            History = options.HistorySize,
            GradientTolerance = options.OptimizationTolerance,
            MaxIterations = options.MaximumNumberOfIterations,
        };
        var result = Lbfgs.Minimize(
            objective.Evaluate, objective.Start(startBiases), settings, objective.L1Weights(), objective.NonNegative(),
            (iteration, value) => context.Report(iteration, limit, value), context.CancellationToken);

        var (weights, biases) = (new double[k * d], new double[k]);
        objective.Restore(result.Solution, weights, biases);
        Diagnose(result, options, context);
        var history = new TrainingHistory(result.Iterations, result.Converged, Describe(result.StopReason), [.. result.LossCurve.Skip(1)]);
        return (weights, biases, history);
    }

    private static void CheckSize(int k, int d, int history)
    {
        long parameters = (d + 1L) * k;
        double numbers = (double)parameters * ((2L * history) + 8);
        if (numbers > MaxNumbers)
        {
            throw new DataException(string.Create(CultureInfo.InvariantCulture,
                $"{d} features{(k > 1 ? $" and {k} classes" : "")} make {parameters} parameters, for which the training would need " +
                $"{numbers * sizeof(double) / (1L << 30):F0} GiB; {MaxNumbers * sizeof(double) >> 30} GiB is its limit. " +
                $"Choose fewer features{(k > 1 ? " or classes" : "")}, or a smaller HistorySize than {history}."));
        }
    }

    private static void Diagnose(OptimizationResult result, LbfgsOptionsBase options, FitContext context)
    {
        if (!result.Converged)
        {
            context.Diagnose(DiagnosisSeverity.Warning, "not-converged",
                result.StopReason == StopReason.IterationLimit
                    ? $"The training stopped at its limit of {options.MaximumNumberOfIterations} iterations. " +
                      "Raise MaximumNumberOfIterations or OptimizationTolerance."
                    : "The training stopped because no better weights were found, although the gradient is not small. " +
                      "Scale the features, or raise L2Regularization.");
        }

        // Without a penalty the loss of separable classes has no minimum: it falls towards 0 as the weights grow.
        if (options.L1Regularization == 0 && options.L2Regularization == 0 && result.Value < 1e-5)
        {
            context.Diagnose(DiagnosisSeverity.Warning, "separable",
                "The classes are separated perfectly, and without a penalty the weights have no limit; they are as large as the tolerance " +
                "allows. Set L2Regularization above 0.");
        }
    }

    private static string Describe(StopReason reason) => reason switch
    {
        StopReason.GradientTolerance => "The gradient is as small as the tolerance asks.",
        StopReason.ValueTolerance => "The loss no longer falls.",
        StopReason.PrecisionLimit => "The loss cannot fall further in double precision.",
        StopReason.IterationLimit => "The limit of iterations was reached.",
        _ => "No better weights were found.",
    };
}
