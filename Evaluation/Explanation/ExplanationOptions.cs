using MLPath.Runtime;

namespace MLPath.Evaluation;

/// <summary>What an explanation of a model shows.</summary>
public sealed record ExplanationOptions
{
    /// <summary>The model's name for readers, such as that of its file. Default "the model".</summary>
    public string Model { get; init; } = "the model";

    /// <summary>
    /// The truth in the scored rows, of the type that the task's metrics read. Null where it is not known: then only what needs no truth is shown.
    /// Default "Label".
    /// </summary>
    public string? LabelColumn { get; init; } = "Label";

    /// <summary>The label's name for readers, that of the raw column. Null, the default: that of <see cref="LabelColumn"/>.</summary>
    public string? LabelName { get; init; }

    /// <summary>For two classes: what the negative and the positive one stand for; empty by default.</summary>
    public IReadOnlyList<string> BinaryClasses { get; init; } = [];

    /// <summary>The metric, by any of its names; null takes the task's own.</summary>
    public string? Metric { get; init; }

    /// <summary>How often each column is shuffled, 2 or more. Default 10.</summary>
    public int Repeats { get; init; } = 10;

    /// <summary>The columns whose dependence is shown; empty, the default, for the four most important ones.</summary>
    public IReadOnlyList<string> Columns { get; init; } = [];

    /// <summary>The row whose prediction is taken apart, from 0; null for the one that is most wrong, or the first one without truth.</summary>
    public int? Row { get; init; }

    /// <summary>For two classes: what errors cost.</summary>
    public DecisionCosts Costs { get; init; } = new();

    /// <summary>The columns by whose segments quality is measured; none by default.</summary>
    public IReadOnlyList<string> Segments { get; init; } = [];

    /// <summary>The number of most wrong rows to show, 1 or more. Default 20.</summary>
    public int WorstRows { get; init; } = 20;

    /// <summary>Vectors of at most so many slots are explained slot by slot, others as a whole. Default 20.</summary>
    public int SlotsUpTo { get; init; } = 20;

    /// <summary>The most rows that columns are shuffled in, drawn at random. Default 5000.</summary>
    public int MaximumRows { get; init; } = 5000;

    internal void Validate()
    {
        if (Repeats < 2)
            throw new OptionException($"Option Repeats is {Repeats}; expected 2 or more.");
        if (MaximumRows < 1)
            throw new OptionException($"Option MaximumRows is {MaximumRows}; expected 1 or more.");
        Costs.Validate();
    }
}
