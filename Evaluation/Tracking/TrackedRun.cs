namespace MLPath.Evaluation;

/// <summary>A run that was kept in a tracking folder, by MLPath or by MLflow.</summary>
/// <param name="Id">Its identifier: 32 hexadecimal digits most often.</param>
public sealed record TrackedRun(string Id)
{
    /// <summary>Its name; its identifier where it has none.</summary>
    public string Name { get; init; } = Id;

    /// <summary>The identifier of its experiment.</summary>
    public string ExperimentId { get; init; } = "";

    /// <summary>The name of its experiment.</summary>
    public string Experiment { get; init; } = "";

    /// <summary>How it stands: running, scheduled, finished, failed, killed; unknown where the folder does not say.</summary>
    public string Status { get; init; } = "unknown";

    /// <summary>When it began; null where the folder does not say.</summary>
    public DateTimeOffset? Started { get; init; }

    /// <summary>When it ended; null while it runs, and where the folder does not say.</summary>
    public DateTimeOffset? Ended { get; init; }

    /// <summary>The run that it is part of; null for none.</summary>
    public string? ParentId { get; init; }

    /// <summary>Its settings, in order of their names.</summary>
    public IReadOnlyDictionary<string, string> Parameters { get; init; } = new SortedDictionary<string, string>(StringComparer.Ordinal);

    /// <summary>Its metrics, each with the value of its last step, in order of their names.</summary>
    public IReadOnlyDictionary<string, double> Metrics { get; init; } = new SortedDictionary<string, double>(StringComparer.Ordinal);

    /// <summary>What else is known of it, in order of their names.</summary>
    public IReadOnlyDictionary<string, string> Tags { get; init; } = new SortedDictionary<string, string>(StringComparer.Ordinal);
}
