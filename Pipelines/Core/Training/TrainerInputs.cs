using MLPath.Data;

namespace MLPath.Trainers;

/// <summary>What a trainer needs and gives; serves the default pipeline, checks and documentation.</summary>
/// <param name="NeedsNormalization">Whether features on very different scales harm it.</param>
/// <param name="SupportsWeights">Whether a row of weight 2 counts like two rows, one beside the other.</param>
/// <param name="SupportsSparse">Whether it learns from sparse rows as they are; otherwise they are made dense.</param>
/// <param name="SupportsMissing">Whether NaN in a feature is understood; otherwise it is an error.</param>
/// <param name="UsesValidationData">Whether it watches <see cref="FitContext.ValidationData"/>.</param>
/// <param name="CanContinue">Whether it continues from <see cref="FitContext.PreviousModel"/>.</param>
/// <param name="GivesProbabilities">Whether its models give probabilities.</param>
public sealed record TrainerInfo(
    bool NeedsNormalization = false,
    bool SupportsWeights = false,
    bool SupportsSparse = false,
    bool SupportsMissing = false,
    bool UsesValidationData = false,
    bool CanContinue = false,
    bool GivesProbabilities = false)
{
    /// <summary>
    /// The forms of features that it reads, any number of them; the data's column decides for one. Default vectors, for which an order of features
    /// means nothing.
    /// </summary>
    public FeatureForms Features { get; init; } = FeatureForms.Vector;

    /// <summary>For <see cref="FeatureForms.Sequence"/>, the numbers of a time step; at least 1. Default 1.</summary>
    public int ValuesPerStep { get; init; } = 1;
}

/// <summary>The options of every trainer: where its features are.</summary>
public abstract record TrainerInputBase
{
    /// <summary>
    /// The column of features: a vector of <see cref="NumberDataViewType.Single"/> of known size, or of another of the
    /// <see cref="TrainerInfo.Features"/> that the trainer reads. Default "Features".
    /// </summary>
    public string FeatureColumnName { get; init; } = "Features";

    /// <summary>These options with a column of weights.</summary>
    internal TrainerInputBase WithWeights(string column, string trainer) => this switch
    {
        TrainerInputBaseWithWeight supervised => supervised with { ExampleWeightColumnName = column },
        UnsupervisedTrainerInputBaseWithWeight unsupervised => unsupervised with { ExampleWeightColumnName = column },
        _ => throw new Runtime.OptionException($"{trainer} takes no weights; leave the weight column out."),
    };
}

/// <summary>The options of trainers that learn from a label.</summary>
public abstract record TrainerInputBaseWithLabel : TrainerInputBase
{
    /// <summary>
    /// The column of labels: Boolean for two classes, key for several classes, <see cref="NumberDataViewType.Single"/> for a number. Default "Label".
    /// </summary>
    public string LabelColumnName { get; init; } = "Label";
}

/// <summary>How much the rows of each class count.</summary>
public enum ClassWeighting
{
    /// <summary>All rows count alike, so that frequent classes count more than rare ones.</summary>
    Uniform,

    /// <summary>
    /// All classes count alike: a row of class c counts n / (k n_c) times, with n_c of the n rows in class c and k classes that have rows. It is
    /// scikit-learn's <c>class_weight="balanced"</c>.
    /// </summary>
    Balanced,
}

/// <summary>The options of trainers that learn from a label and take weights.</summary>
public abstract record TrainerInputBaseWithWeight : TrainerInputBaseWithLabel
{
    /// <summary>How much the rows of each class count, for classifiers; multiplies the rows' own weights. Default uniform.</summary>
    public ClassWeighting ClassWeights { get; init; }

    /// <summary>The column of weights, <see cref="NumberDataViewType.Single"/>, not negative; null (the default) gives every row weight 1.</summary>
    public string? ExampleWeightColumnName { get; init; }
}

/// <summary>The options of trainers that learn without a label and take weights.</summary>
public abstract record UnsupervisedTrainerInputBaseWithWeight : TrainerInputBase
{
    /// <summary>The column of weights, <see cref="NumberDataViewType.Single"/>, not negative; null (the default) gives every row weight 1.</summary>
    public string? ExampleWeightColumnName { get; init; }
}
