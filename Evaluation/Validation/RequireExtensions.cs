using MLPath.Evaluation;
using MLPath.Runtime;

namespace MLPath;

/// <summary>Demands on the quality that a report tells of, so that a build can fail on them.</summary>
public static class RequireExtensions
{
    extension(EvaluationReport report)
    {
        /// <summary>Goes on when a metric is good enough, and throws when it is not.</summary>
        /// <param name="metric">The metric, by any of its names: <c>MacroF1</c>, <c>auc</c>, <c>rmse</c>.</param>
        /// <param name="atLeast">The least value allowed; null for none.</param>
        /// <param name="atMost">The greatest value allowed; null for none.</param>
        /// <returns>The report itself.</returns>
        /// <exception cref="QualityGateException">The metric is outside its bounds, or undefined.</exception>
        /// <exception cref="OptionException">The task has no such metric (the message lists those it has), or no bound is given.</exception>
        public EvaluationReport Require(string metric, double? atLeast = null, double? atMost = null)
        {
            foreach (var gate in Gates(metric, atLeast, atMost))
            {
                if (gate.Check(report) is { } failure)
                    throw failure;
            }

            return report;
        }
    }

    extension(ComparisonReport report)
    {
        /// <summary>Goes on when a candidate's mean over the folds is good enough, and throws when it is not.</summary>
        /// <param name="metric">The metric, by any of its names: <c>MacroF1</c>, <c>auc</c>, <c>rmse</c>.</param>
        /// <param name="atLeast">The least mean allowed; null for none.</param>
        /// <param name="atMost">The greatest mean allowed; null for none.</param>
        /// <param name="candidate">The candidate; the best one when null.</param>
        /// <returns>The report itself.</returns>
        /// <exception cref="QualityGateException">The mean is outside its bounds, or undefined, or the candidate could not be measured.</exception>
        /// <exception cref="OptionException">The task has no such metric (the message lists those it has), or no bound is given.</exception>
        /// <exception cref="ArgumentException">There is no such candidate.</exception>
        public ComparisonReport Require(string metric, double? atLeast = null, double? atMost = null, string? candidate = null)
        {
            foreach (var gate in Gates(metric, atLeast, atMost))
            {
                if (gate.Check(report, candidate) is { } failure)
                    throw failure;
            }

            return report;
        }
    }

    private static IEnumerable<QualityGate> Gates(string metric, double? atLeast, double? atMost)
    {
        if ((atLeast ?? atMost) is null)
            throw new OptionException($"Nothing is required of {metric}: give atLeast, atMost, or both.");
        if (double.IsNaN(atLeast ?? 0) || double.IsNaN(atMost ?? 0))
            throw new OptionException($"A bound on {metric} is NaN; expected a number.");
        return Bounds();

        IEnumerable<QualityGate> Bounds()
        {
            if (atLeast is { } least)
                yield return new QualityGate(metric, GateRelation.AtLeast, least);
            if (atMost is { } most)
                yield return new QualityGate(metric, GateRelation.AtMost, most);
        }
    }
}
