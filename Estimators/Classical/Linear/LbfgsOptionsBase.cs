using MLPath.Runtime;

namespace MLPath.Trainers;

/// <summary>The options that linear classifiers trained by L-BFGS have in common.</summary>
public abstract record LbfgsOptionsBase : TrainerInputBaseWithWeight
{
    /// <summary>
    /// The L1 penalty: L1 Σ |w| is added to the sum of the rows' losses; biases are spared. Larger values set more weights to exactly 0. 0
    /// or more; default 1.
    /// </summary>
    public double L1Regularization { get; init; } = 1;

    /// <summary>
    /// The L2 penalty: L2 ½ Σ w² is added to the sum of the rows' losses; biases are spared. Larger values draw weights towards 0. 0 or
    /// more; default 1. With L1 = 0 it is 1 / C of scikit-learn's logistic regression.
    /// </summary>
    public double L2Regularization { get; init; } = 1;

    /// <summary>
    /// The training ends when no component of the objective's gradient is larger than this part of the largest one at the start, where the
    /// weights are 0. Above 0; default 1e-7. (ML.NET compares the last iterations' improvement with it; see <see cref="LossTolerance"/>.)
    /// </summary>
    public double OptimizationTolerance { get; init; } = 1e-7;

    /// <summary>
    /// The training ends also when ten iterations together lower the objective by less than this part of it. 0 or more; 0 leaves the end to
    /// the gradient. Default 1e-9, which changes no digit that data deserve; on classes that are nearly separable it saves thousands of
    /// iterations that only lengthen the weights.
    /// </summary>
    public double LossTolerance { get; init; } = 1e-9;

    /// <summary>How many past iterations L-BFGS remembers to estimate the curvature. 1 or more; default 20.</summary>
    public int HistorySize { get; init; } = 20;

    /// <summary>The most iterations. 1 or more; default <see cref="int.MaxValue"/>, which leaves the end to the tolerance.</summary>
    public int MaximumNumberOfIterations { get; init; } = int.MaxValue;

    /// <summary>Whether weights must be 0 or more; biases may be negative. Default false.</summary>
    public bool EnforceNonNegativity { get; init; }

    /// <summary>Declares the options of a derived record.</summary>
    internal static OptionSet<TOptions> Describe<TOptions>(TOptions defaults) where TOptions : LbfgsOptionsBase
    {
        // `with` on the base type copies the derived record.
        static TOptions As(LbfgsOptionsBase options) => (TOptions)options;
        return new OptionSet<TOptions>(defaults)
            .Number(nameof(L1Regularization), "The L1 penalty on weights, beside the sum of losses; sets weights to 0.",
                o => o.L1Regularization, (o, v) => As((LbfgsOptionsBase)o with { L1Regularization = v }), minimum: 0)
            .Number(nameof(L2Regularization), "The L2 penalty on weights, beside the sum of losses; draws weights towards 0.",
                o => o.L2Regularization, (o, v) => As((LbfgsOptionsBase)o with { L2Regularization = v }), minimum: 0)
            .Number(nameof(OptimizationTolerance), "Ends the training when the gradient has shrunk to this part of the first one.",
                o => o.OptimizationTolerance, (o, v) => As((LbfgsOptionsBase)o with { OptimizationTolerance = v }), minimum: 0, exclusive: true)
            .Number(nameof(LossTolerance), "Ends the training when ten iterations lower the loss by less than this part of it.",
                o => o.LossTolerance, (o, v) => As((LbfgsOptionsBase)o with { LossTolerance = v }), minimum: 0)
            .Integer(nameof(HistorySize), "How many past iterations estimate the curvature.",
                o => o.HistorySize, (o, v) => As((LbfgsOptionsBase)o with { HistorySize = v }), minimum: 1)
            .Integer(nameof(MaximumNumberOfIterations), "The most iterations.",
                o => o.MaximumNumberOfIterations, (o, v) => As((LbfgsOptionsBase)o with { MaximumNumberOfIterations = v }), minimum: 1)
            .Boolean(nameof(EnforceNonNegativity), "Whether weights must be 0 or more.",
                o => o.EnforceNonNegativity, (o, v) => As((LbfgsOptionsBase)o with { EnforceNonNegativity = v }));
    }
}
