namespace MLPath.Evaluation;

/// <summary>What one metric is: its name, how it is written in a table, what it means, and which end of its range is good.</summary>
public sealed record MetricDescription
{
    internal MetricDescription(string name, string displayName, double worst, double best, string meaning, params string[] aliases)
    {
        Name = name;
        DisplayName = displayName;
        Worst = worst;
        Best = best;
        Meaning = meaning;
        Aliases = aliases;
    }

    /// <summary>The canonical name: the name of the property that holds the value, ML.NET's where ML.NET has the metric.</summary>
    public string Name { get; }

    /// <summary>The name as a table heading or an axis shows it.</summary>
    public string DisplayName { get; }

    /// <summary>One line: what the metric measures, with its formula.</summary>
    public string Meaning { get; }

    /// <summary>The value at the bad end of the range; may be infinite.</summary>
    public double Worst { get; }

    /// <summary>The value of a perfect prediction.</summary>
    public double Best { get; }

    /// <summary>Whether of two values the larger one is the better one.</summary>
    public bool HigherIsBetter => Best > Worst;

    /// <summary>Other names that find this metric. Case, hyphens, underscores and spaces do not matter in a lookup.</summary>
    public IReadOnlyList<string> Aliases { get; }
}
