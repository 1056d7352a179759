using MLPath.Runtime;

namespace MLPath.Trainers;

/// <summary>The options that <see cref="LassoTrainer"/> and <see cref="ElasticNetTrainer"/> have in common.</summary>
public abstract record ElasticNetOptionsBase : TrainerInputBaseWithWeight
{
    /// <summary>
    /// The strength α of the penalty, beside half the mean (not the sum) of squared errors. 0 or more, 0 being ordinary least squares;
    /// default 1. From the largest correlation of a feature with the target on (the first alpha of the path), all weights are 0.
    /// </summary>
    public double Alpha { get; init; } = 1;

    /// <summary>
    /// The training ends when the duality gap, which bounds how far the objective is above its minimum, is at most this part of the target's
    /// variance. Above 0; default 1e-6 (scikit-learn's is 1e-4: here the sweeps cost next to nothing).
    /// </summary>
    public double Tolerance { get; init; } = 1e-6;

    /// <summary>The most sweeps over the weights. 1 or more; default 1000.</summary>
    public int MaximumNumberOfIterations { get; init; } = 1000;

    /// <summary>Whether weights must be 0 or more; the bias may be negative. Default false.</summary>
    public bool EnforceNonNegativity { get; init; }

    /// <summary>
    /// How many strengths of the penalty to solve for besides <see cref="Alpha"/>, from the smallest that sets all weights to 0 downwards, in
    /// equal ratios: <see cref="ElasticNetModelParameters.Path"/>. 0 or more; default 0, no path.
    /// </summary>
    public int PathLength { get; init; }

    /// <summary>The last strength of the path as a part of the first. Above 0, at most 1; default 1e-3.</summary>
    public double PathRatio { get; init; } = 1e-3;

    /// <summary>ρ, the part of the L1 penalty.</summary>
    internal abstract double L1Part { get; }

    /// <summary>Declares the options of a derived record.</summary>
    internal static OptionSet<TOptions> Describe<TOptions>(TOptions defaults) where TOptions : ElasticNetOptionsBase
    {
        // `with` on the base type copies the derived record.
        static TOptions As(ElasticNetOptionsBase options) => (TOptions)options;
        return new OptionSet<TOptions>(defaults)
            .Number(nameof(Alpha), "The strength of the penalty, beside half the mean squared error.",
                o => o.Alpha, (o, v) => As((ElasticNetOptionsBase)o with { Alpha = v }), minimum: 0)
            .Number(nameof(Tolerance), "Ends the training when the duality gap is this part of the target's variance.",
                o => o.Tolerance, (o, v) => As((ElasticNetOptionsBase)o with { Tolerance = v }), minimum: 0, exclusive: true)
            .Integer(nameof(MaximumNumberOfIterations), "The most sweeps over the weights.",
                o => o.MaximumNumberOfIterations, (o, v) => As((ElasticNetOptionsBase)o with { MaximumNumberOfIterations = v }), minimum: 1)
            .Boolean(nameof(EnforceNonNegativity), "Whether weights must be 0 or more.",
                o => o.EnforceNonNegativity, (o, v) => As((ElasticNetOptionsBase)o with { EnforceNonNegativity = v }))
            .Integer(nameof(PathLength), "How many strengths of the penalty to solve for besides.",
                o => o.PathLength, (o, v) => As((ElasticNetOptionsBase)o with { PathLength = v }), minimum: 0, maximum: 10_000)
            .Number(nameof(PathRatio), "The last strength of the path as a part of the first.",
                o => o.PathRatio, (o, v) => As((ElasticNetOptionsBase)o with { PathRatio = v }), minimum: 1e-12, maximum: 1);
    }
}
