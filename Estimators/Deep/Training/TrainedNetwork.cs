namespace MLPath.Deep;

/// <summary>What a training made: a network with its numbers, and how it came about.</summary>
/// <param name="Architecture">The network's description.</param>
/// <param name="State">Its numbers by path, those of the best epoch.</param>
/// <param name="Scale">How outputs become numbers of the label's unit; (0, 1) for classes.</param>
/// <param name="History">How the training went.</param>
/// <param name="Findings">What was noticed.</param>
public sealed record TrainedNetwork(
    NetworkArchitecture Architecture,
    IReadOnlyDictionary<string, float[]> State,
    LabelScale Scale,
    NetworkHistory History,
    IReadOnlyList<NetworkFinding> Findings);

/// <summary>The unit in which a number is learned: (label − mean) / deviation.</summary>
/// <param name="Mean">The mean of the labels.</param>
/// <param name="Deviation">Their standard deviation, above 0; 1 where they are all the same.</param>
public readonly record struct LabelScale(double Mean, double Deviation)
{
    /// <summary>Labels as they are.</summary>
    public static LabelScale None { get; } = new(0, 1);
}
