using MLPath.Runtime;

namespace MLPath.Evaluation;

/// <summary>A data set of a comparison over several, with the candidates as they are made for its columns.</summary>
/// <param name="Name">Its name in the report; unique among the sets.</param>
/// <param name="Task">What is learned from it.</param>
/// <param name="Data">The rows.</param>
/// <param name="LabelColumn">The raw label, as in <see cref="ComparisonOptions.LabelColumn"/>; null only for clustering without known classes.</param>
/// <param name="Candidates">The pipelines, by name, which read the prepared column Label. Every set has the same names.</param>
public sealed record ComparedDataset(string Name, LearningTask Task, IDataView Data, string? LabelColumn, CandidateSet Candidates)
{
    /// <summary>For two classes: the value of the label that counts as positive, as in <see cref="ComparisonOptions.PositiveLabel"/>. Null by default.</summary>
    public string? PositiveLabel { get; init; }
}
