namespace MLPath.Bench;

/// <summary>One piece of work that MLPath and its peers do on the same bytes.</summary>
/// <param name="Id">Its name on the command line and in results.</param>
/// <param name="Set">The data set, as in <see cref="CoreSets"/>.</param>
/// <param name="Quality">What is compared beside the time.</param>
/// <param name="Script">The peers' script, below <c>peers</c>.</param>
/// <param name="Peers">What the script knows the peers as; <see cref="NotInstallable"/> for one that only its published figures speak for.</param>
/// <param name="Open">Loads the data and gives MLPath's side of the work.</param>
internal sealed record CoreWorkload(string Id, string Set, Quality Quality, string Script, string[] Peers, Func<CoreData, int, Job> Open)
{
    public const string NotInstallable = "ml.net";

    /// <summary>How often the script does the work in one repetition, where once is too short for a clock; the seconds are those of once.</summary>
    public int PeerTimes { get; init; } = 1;
}
