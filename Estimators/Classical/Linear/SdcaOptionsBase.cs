using MLPath.Runtime;

namespace MLPath.Trainers;

/// <summary>The options that trainers by stochastic dual coordinate ascent have in common.</summary>
public abstract record SdcaOptionsBase : TrainerInputBaseWithWeight
{
    /// <summary>
    /// The L2 penalty: L2 ½ ‖W‖² is added to the mean of the rows' losses. Above 0, at least 1e-9; null (the default) chooses by the number of rows,
    /// as ML.NET does: 1e-2 to 1e-4 for regression, else 20 / (rows × expected passes), at least 1e-6.
    /// </summary>
    public double? L2Regularization { get; init; }

    /// <summary>
    /// The L1 threshold: L1 · L2 ‖W‖₁ is added, as in ML.NET, where L1 is a threshold on weights rather than a penalty. 0 or more; null (the default)
    /// chooses 0 below 100 features, ¼ below 1000, ½ below 10 000, and 1 from there on.
    /// </summary>
    public double? L1Regularization { get; init; }

    /// <summary>
    /// The training ends when the duality gap, which bounds how far the objective is above the least one, is at most this part of it. Above 0, at
    /// most 1; default 0.1, and 0.01 for regression, as in ML.NET. Set it to 1e-6 or so for the minimum itself.
    /// </summary>
    public double ConvergenceTolerance { get; init; } = 0.1;

    /// <summary>The most passes. 1 or more; null (the default) chooses 3 · (500 000 / rows), 3 at least.</summary>
    public int? MaximumNumberOfIterations { get; init; }

    /// <summary>Whether each pass takes the rows in a new random order. Default true; without, some data need many times the passes.</summary>
    public bool Shuffle { get; init; } = true;

    /// <summary>
    /// How fast the penalty lets go of the bias. 0, the default of classifiers as in ML.NET, penalises the bias like a weight; 1, the default of
    /// regression, not at all in the end. From 0 to 1.
    /// </summary>
    public double BiasLearningRate { get; init; }

    /// <summary>The seed of the order of rows; null (the default) takes the one of the context.</summary>
    public int? Seed { get; init; }

    /// <summary>Declares the options of a derived record.</summary>
    internal static OptionSet<TOptions> Describe<TOptions>(TOptions defaults) where TOptions : SdcaOptionsBase
    {
        // `with` on the base type copies the derived record.
        static TOptions As(SdcaOptionsBase options) => (TOptions)options;
        return new OptionSet<TOptions>(defaults)
            .OptionalNumber(nameof(L2Regularization), "The L2 penalty on weights, beside the mean loss.",
                o => o.L2Regularization, (o, v) => As((SdcaOptionsBase)o with { L2Regularization = v }), minimum: 1e-9)
            .OptionalNumber(nameof(L1Regularization), "The L1 penalty as a part of the L2 penalty; sets weights to 0.",
                o => o.L1Regularization, (o, v) => As((SdcaOptionsBase)o with { L1Regularization = v }), minimum: 0)
            .Number(nameof(ConvergenceTolerance), "Ends the training when the duality gap is at most this part of the objective.",
                o => o.ConvergenceTolerance, (o, v) => As((SdcaOptionsBase)o with { ConvergenceTolerance = v }), minimum: 0, maximum: 1, exclusive: true)
            .OptionalInteger(nameof(MaximumNumberOfIterations), "The most passes.",
                o => o.MaximumNumberOfIterations, (o, v) => As((SdcaOptionsBase)o with { MaximumNumberOfIterations = v }), minimum: 1)
            .Boolean(nameof(Shuffle), "Whether each pass takes the rows in a new random order.",
                o => o.Shuffle, (o, v) => As((SdcaOptionsBase)o with { Shuffle = v }))
            .Number(nameof(BiasLearningRate), "How fast the penalty lets go of the bias; 0 penalises it like a weight.",
                o => o.BiasLearningRate, (o, v) => As((SdcaOptionsBase)o with { BiasLearningRate = v }), minimum: 0, maximum: 1)
            .Seed(o => o.Seed, (o, v) => As((SdcaOptionsBase)o with { Seed = v }));
    }
}
