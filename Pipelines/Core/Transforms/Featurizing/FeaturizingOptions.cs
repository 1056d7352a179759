using MLPath.Runtime;

namespace MLPath.Transforms;

/// <summary>What becomes of a column in a vector of features.</summary>
public enum FeatureKind
{
    /// <summary>It is left out.</summary>
    Ignore,

    /// <summary>Numbers or truth values: missing ones are filled with the mean and marked, all are brought to one scale.</summary>
    Number,

    /// <summary>A slot for each value seen in training; a missing or new value leaves all of them 0.</summary>
    Category,

    /// <summary>Sentences: the weights of their words.</summary>
    Text,

    /// <summary>Dates, times and durations: their parts, those that repeat as points on a circle.</summary>
    Time,

    /// <summary>Pixels: brought to one scale all alike, so that their contrasts stay.</summary>
    Image,
}

/// <summary>How a table becomes features, where the defaults are not wanted.</summary>
public sealed record FeaturizingOptions
{
    /// <summary>The column to make. Default "Features".</summary>
    public string OutputColumnName { get; init; } = "Features";

    /// <summary>
    /// The column to predict: it is left out, and so is a column that says the same in other words, as the text that a key label was made of. Null
    /// for none. Default "Label"; the data may lack it.
    /// </summary>
    public string? LabelColumnName { get; init; } = "Label";

    /// <summary>Other columns to leave out: groups, weights, folds, what is not known yet when predicting. Default none.</summary>
    public IReadOnlyList<string> Exclude { get; init; } = [];

    /// <summary>What becomes of columns, by name, where the rules are not to decide. Default none.</summary>
    public IReadOnlyDictionary<string, FeatureKind> Kinds { get; init; } = new Dictionary<string, FeatureKind>();

    /// <summary>The most different values that a column of categories may have; 2 to 1000. Default 100.</summary>
    public int MaximumCategories { get; init; } = 100;

    /// <summary>The most words that a column of sentences gives slots to, the most frequent ones; 1 or more. Default 1000.</summary>
    public int MaximumWords { get; init; } = 1000;

    /// <summary>Whether a column with missing numbers also gets a slot that says which are missing. Default true.</summary>
    public bool IndicateMissing { get; init; } = true;

    /// <summary>
    /// Whether numbers and parts of times are brought to mean 0 and standard deviation 1, each slot on its own, and pixels all together; slots of
    /// categories stay 0 and 1. Default true; trees do without.
    /// </summary>
    public bool Normalize { get; init; } = true;

    internal FeaturizingOptions Checked()
    {
        if (string.IsNullOrEmpty(OutputColumnName))
            throw new OptionException($"{nameof(OutputColumnName)} is empty; give the name of the column to make.");
        if (MaximumCategories is < 2 or > ColumnProfile.MostValues)
            throw new OptionException($"{nameof(MaximumCategories)} is {MaximumCategories}; expected 2 to {ColumnProfile.MostValues}.");
        if (MaximumWords < 1)
            throw new OptionException($"{nameof(MaximumWords)} is {MaximumWords}; expected 1 or more.");
        return this;
    }
}
