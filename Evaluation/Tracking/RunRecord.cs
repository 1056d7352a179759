namespace MLPath.Evaluation;

/// <summary>A run to be kept in a tracking folder.</summary>
internal sealed record RunRecord(string Name)
{
    /// <summary>The settings.</summary>
    public IReadOnlyList<KeyValuePair<string, string>> Parameters { get; init; } = [];

    /// <summary>The metrics: each with its values by step. Groups and names are parted by a slash: "folds/MicroAccuracy".</summary>
    public IReadOnlyList<(string Name, IReadOnlyList<(int Step, double Value)> Values)> Metrics { get; init; } = [];

    /// <summary>What else is to be known.</summary>
    public IReadOnlyList<KeyValuePair<string, string>> Tags { get; init; } = [];

    /// <summary>The files kept with it, by name.</summary>
    public IReadOnlyList<(string Name, Action<string> Write)> Artifacts { get; init; } = [];

    /// <summary>The runs that are part of it.</summary>
    public IReadOnlyList<RunRecord> Children { get; init; } = [];

    /// <summary>Whether it ran to its end.</summary>
    public bool IsComplete { get; init; } = true;

    /// <summary>Whether it failed.</summary>
    public bool Failed { get; init; }

    /// <summary>How long it took.</summary>
    public TimeSpan Duration { get; init; }
}
