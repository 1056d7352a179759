using MLPath.Runtime;

namespace MLPath.Trainers;

/// <summary>The options of linear trainers that learn from one row after the other.</summary>
public abstract record OnlineLinearOptions : TrainerInputBaseWithWeight
{
    /// <summary>The number of passes over the rows. 1 or more; default 1 (10 for the averaged perceptron).</summary>
    public int NumberOfIterations { get; init; } = 1;

    /// <summary>The weights and the bias start between ± half of it, at random; 0, the default, starts them at 0. 0 or more.</summary>
    public double InitialWeightsDiameter { get; init; }

    /// <summary>
    /// Whether each pass takes the rows in a new random order. Rows change places within blocks of up to 16 384, as they are read. Default true.
    /// </summary>
    public bool Shuffle { get; init; } = true;

    /// <summary>The seed of the order of rows and of the start; null (the default) takes the one of the context.</summary>
    public int? Seed { get; init; }

    /// <summary>Declares the options of a derived record.</summary>
    internal static OptionSet<TOptions> Describe<TOptions>(TOptions defaults) where TOptions : OnlineLinearOptions
    {
        // `with` on the base type copies the derived record.
        static TOptions As(OnlineLinearOptions options) => (TOptions)options;
        return new OptionSet<TOptions>(defaults)
            .Integer(nameof(NumberOfIterations), "The number of passes over the rows.",
                o => o.NumberOfIterations, (o, v) => As((OnlineLinearOptions)o with { NumberOfIterations = v }), minimum: 1)
            .Number(nameof(InitialWeightsDiameter), "The width of the range in which weights start at random.",
                o => o.InitialWeightsDiameter, (o, v) => As((OnlineLinearOptions)o with { InitialWeightsDiameter = v }), minimum: 0)
            .Boolean(nameof(Shuffle), "Whether each pass takes the rows in a new random order.",
                o => o.Shuffle, (o, v) => As((OnlineLinearOptions)o with { Shuffle = v }))
            .Seed(o => o.Seed, (o, v) => As((OnlineLinearOptions)o with { Seed = v }));
    }
}

/// <summary>The options of online trainers that average the weights over all their steps.</summary>
public abstract record AveragedLinearOptions : OnlineLinearOptions
{
    /// <summary>The length of a step along the negative gradient of a row's loss. Above 0; default 1 (0.1 for online gradient descent).</summary>
    public double LearningRate { get; init; } = 1;

    /// <summary>Whether steps shrink as 1 / √t with the number t of rows seen. Default false (true for online gradient descent).</summary>
    public bool DecreaseLearningRate { get; init; }

    /// <summary>Every row shrinks the weights by 2 L2 of themselves. From 0 to below ½; default 0.</summary>
    public double L2Regularization { get; init; }

    /// <summary>Whether the model is the mean of the weights after each row; the last weights otherwise. Default true.</summary>
    public bool Averaged { get; init; } = true;

    /// <summary>After so many rows the weights go on from their mean. 1 or more; null (the default) for never.</summary>
    public int? ResetWeightsAfterXExamples { get; init; }

    /// <summary>By how much more each row's weights count in the mean than those of the row before. 0 or more; default 0.</summary>
    public double RecencyGain { get; init; }

    /// <summary>Whether the count is multiplied by <see cref="RecencyGain"/> from row to row rather than raised by it. Default false.</summary>
    public bool RecencyGainMultiplicative { get; init; }

    /// <summary>Declares the options of a derived record.</summary>
    internal static new OptionSet<TOptions> Describe<TOptions>(TOptions defaults) where TOptions : AveragedLinearOptions
    {
        static TOptions As(AveragedLinearOptions options) => (TOptions)options;
        return OnlineLinearOptions.Describe(defaults)
            .Number(nameof(LearningRate), "The length of a step along the negative gradient of a row's loss.",
                o => o.LearningRate, (o, v) => As((AveragedLinearOptions)o with { LearningRate = v }), minimum: 0, exclusive: true)
            .Boolean(nameof(DecreaseLearningRate), "Whether steps shrink with the square root of the number of rows seen.",
                o => o.DecreaseLearningRate, (o, v) => As((AveragedLinearOptions)o with { DecreaseLearningRate = v }))
            .Number(nameof(L2Regularization), "Half of the part of itself by which every row shrinks a weight.",
                o => o.L2Regularization, (o, v) => As((AveragedLinearOptions)o with { L2Regularization = v }), minimum: 0, maximum: 0.499999)
            .Boolean(nameof(Averaged), "Whether the model is the mean of the weights after each row.",
                o => o.Averaged, (o, v) => As((AveragedLinearOptions)o with { Averaged = v }))
            .OptionalInteger(nameof(ResetWeightsAfterXExamples), "After how many rows the weights go on from their mean.",
                o => o.ResetWeightsAfterXExamples, (o, v) => As((AveragedLinearOptions)o with { ResetWeightsAfterXExamples = v }), minimum: 1, none: "never")
            .Number(nameof(RecencyGain), "By how much more each row counts in the mean than the row before.",
                o => o.RecencyGain, (o, v) => As((AveragedLinearOptions)o with { RecencyGain = v }), minimum: 0)
            .Boolean(nameof(RecencyGainMultiplicative), "Whether a row's count is multiplied by the gain from row to row.",
                o => o.RecencyGainMultiplicative, (o, v) => As((AveragedLinearOptions)o with { RecencyGainMultiplicative = v }));
    }
}
