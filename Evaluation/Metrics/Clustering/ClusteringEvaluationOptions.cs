namespace MLPath.Evaluation;

/// <summary>How a clustering is judged.</summary>
public sealed record ClusteringEvaluationOptions
{
    /// <summary>
    /// The most rows that the silhouette is computed on; its cost grows with their square. Of more rows, a uniform sample without
    /// replacement is taken, and rows are compared within the sample. Default 4000. At least 2.
    /// </summary>
    public int MaxSilhouetteRows { get; init; } = 4000;

    /// <summary>The seed of the silhouette's sample. Default 0.</summary>
    public ulong Seed { get; init; }

    internal void Validate() => ArgumentOutOfRangeException.ThrowIfLessThan(MaxSilhouetteRows, 2);
}
