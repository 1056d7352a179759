using System.Globalization;
using MLPath.Numerics;

namespace MLPath.Trainers;

/// <summary>
/// Trains linear classifiers: minimises their objective by Newton's method where the weights of one score are few and neither penalised by L1
/// nor bound, by OWL-QN where they are, and by L-BFGS otherwise.
/// </summary>
/// <remarks>
/// <para>
/// The minimum is exact to the tolerance whatever the method: values and gradients are summed in double over all rows. With several scores and
/// much data the products of a block of rows are first computed in single precision, which takes half the time. A value then errs by about 1e-8
/// of itself; so this part ends while ten iterations still lower the loss by 1e-5 of itself, or where the gradient is a thousandth of the first one:
/// the line search does not meet the rounding. Where the tolerance asks for more, the rest of the way is computed in double.
/// </para>
/// </remarks>
internal static class LbfgsLinear
{
    // 2³¹ numbers are 16 GiB.
    private const long MaxNumbers = 1L << 31;

    // To here a Hessian, estimated, costs about what a few gradients do.
    private const int MostNewtonFeatures = 128;

    // Below this many multiplications a pass takes about a millisecond in double too.
    private const long LeastSingleWork = 1 << 22;
    private const double SingleGradientTolerance = 1e-3;
    private const double SingleLossTolerance = 1e-5;

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
        var result = Minimize(objective, objective.Start(startBiases), k, d, moments.Rows, options, context);

        var (weights, biases) = (new double[k * d], new double[k]);
        objective.Restore(result.Solution, weights, biases);
        Diagnose(result, options, context);
        var history = new TrainingHistory(result.Iterations, result.Converged, Describe(result.StopReason), [.. result.LossCurve.Skip(1)]);
        return (weights, biases, history);
    }

    private static OptimizationResult Minimize(
        LinearObjective objective, double[] start, int k, int d, long n, LbfgsOptionsBase options, FitContext context)
    {
        int? limit = options.MaximumNumberOfIterations == int.MaxValue ? null : options.MaximumNumberOfIterations;
        bool isSmooth = options.L1Regularization == 0 && !options.EnforceNonNegativity;
        if (k == 1 && isSmooth && d <= MostNewtonFeatures)
            return Newton(objective, start, options, limit, context);
        return k > 1 && n * d * k >= LeastSingleWork && objective.SuitsSingle
            ? SingleThenDouble(objective, start, options, limit, context)
            : QuasiNewton(objective, start, options, limit, 0, context);
    }

    private static OptimizationResult Newton(
        LinearObjective objective, double[] start, LbfgsOptionsBase options, int? limit, FitContext context) => NewtonCholesky.Minimize(
            objective.Evaluate,
            start,
            new NewtonCholesky.Options
            {
                GradientTolerance = options.OptimizationTolerance,
                MaxIterations = options.MaximumNumberOfIterations,
            },
            (iteration, value) => context.Report(iteration, limit, value),
            context.CancellationToken);

    // The first part of the way in single precision, the rest in double from there on.
    private static OptimizationResult SingleThenDouble(
        LinearObjective objective, double[] start, LbfgsOptionsBase options, int? limit, FitContext context)
    {
        objective.IsSingle = true;
        double firstNorm = QuasiNewton(objective, start, options with { MaximumNumberOfIterations = 0 }, limit, 0, context).GradientNorm;
        var rough = QuasiNewton(objective, start, options with
        {
            OptimizationTolerance = Math.Max(options.OptimizationTolerance, SingleGradientTolerance),
            LossTolerance = Math.Max(options.LossTolerance, SingleLossTolerance),
        }, limit, 0, context);
        if (rough.GradientNorm <= options.OptimizationTolerance * firstNorm || rough.Iterations >= options.MaximumNumberOfIterations)
            return rough;

        objective.IsSingle = false;
        var rest = options with { MaximumNumberOfIterations = options.MaximumNumberOfIterations - rough.Iterations };
        var exact = QuasiNewton(objective, rough.Solution, rest, limit, rough.Iterations, context, options.OptimizationTolerance * firstNorm);
        return exact with
        {
            Iterations = rough.Iterations + exact.Iterations,
            Evaluations = rough.Evaluations + exact.Evaluations,
            LossCurve = [.. rough.LossCurve, .. exact.LossCurve.Skip(1)],
        };
    }

    private static OptimizationResult QuasiNewton(
        LinearObjective objective, double[] start, LbfgsOptionsBase options, int? limit, int iterationsBefore, FitContext context,
        double gradientNorm = 0) => Lbfgs.Minimize(
            objective.Evaluate,
            start,
            new Lbfgs.Options
            {
                History = options.HistorySize,
                GradientTolerance = gradientNorm > 0 ? 0 : options.OptimizationTolerance,
                AbsoluteGradientTolerance = gradientNorm,
                SlowValueTolerance = options.LossTolerance,
                MaxIterations = options.MaximumNumberOfIterations,
            },
            objective.L1Weights(),
            objective.NonNegative(),
            (iteration, value) => context.Report(iterationsBefore + iteration, limit, value),
            context.CancellationToken);

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
