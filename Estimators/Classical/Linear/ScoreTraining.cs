using MLPath.Numerics;

namespace MLPath.Trainers;

/// <summary>Minimises a <see cref="ScoreObjective"/> by L-BFGS, or OWL-QN where weights are penalised by L1 or bound, and tells how it went.</summary>
internal static class ScoreTraining
{
    /// <summary>Minimises with the limits of the options that L-BFGS trainers share.</summary>
    public static OptimizationResult Minimize(
        ScoreObjective objective, double[] start, LbfgsOptionsBase options, double[] l1, bool[] bound, FitContext context) =>
        Minimize(
            objective,
            start,
            new Lbfgs.Options
            {
                History = options.HistorySize,
                GradientTolerance = options.OptimizationTolerance,
                MaxIterations = options.MaximumNumberOfIterations,
            },
            l1,
            bound,
            context);

    /// <summary>Minimises.</summary>
    /// <param name="objective">The smooth part of the objective.</param>
    /// <param name="start">The variables to start from.</param>
    /// <param name="options">The limits.</param>
    /// <param name="l1">The penalties on the variables; empty for none.</param>
    /// <param name="bound">Which variables are 0 or more; empty for none.</param>
    /// <param name="context">Progress, cancellation, and where to tell that the minimum was not reached.</param>
    public static OptimizationResult Minimize(
        ScoreObjective objective, double[] start, Lbfgs.Options options, double[] l1, bool[] bound, FitContext context)
    {
        int? limit = options.MaxIterations == int.MaxValue ? null : options.MaxIterations;
        var result = Lbfgs.Minimize(
            objective.Evaluate, start, options, l1, bound, (iteration, value) => context.Report(iteration, limit, value), context.CancellationToken);
        if (!result.Converged)
        {
            context.Diagnose(DiagnosisSeverity.Warning, "not-converged",
                result.StopReason == StopReason.IterationLimit
                    ? $"The training stopped at its limit of {options.MaxIterations} iterations. Raise MaximumNumberOfIterations or OptimizationTolerance."
                    : "The training stopped because no better weights were found, although the gradient is not small. Scale the features, or " +
                      "raise the penalty.");
        }

        return result;
    }

    /// <summary>How it went, for the model.</summary>
    public static TrainingHistory History(OptimizationResult result)
    {
        string reason = result.StopReason switch
        {
            StopReason.GradientTolerance => "The gradient is as small as the tolerance asks.",
            StopReason.ValueTolerance => "The loss no longer falls.",
            StopReason.PrecisionLimit => "The loss cannot fall further in double precision.",
            StopReason.IterationLimit => "The limit of iterations was reached.",
            _ => "No better weights were found.",
        };
        return new(result.Iterations, result.Converged, reason, [.. result.LossCurve.Skip(1)]);
    }
}
