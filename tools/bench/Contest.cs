namespace MLPath.Bench;

/// <summary>Two contestants doing the same work in turn, so that whatever else the machine does falls on both.</summary>
internal static class Contest
{
    private const int Repetitions = 7;

    // Work that is soon done is repeated more often: a machine that others use too is slower for seconds at a time, and not for all alike.
    private const int MostRepetitions = 21;
    private const double EnoughSeconds = 2;

    // The first repetitions are a rehearsal: caches, pages, and MLPath's code, which the runtime compiles anew while it is used.
    private const double RehearsalSeconds = 1;
    private const int MostRehearsals = 60;

    /// <summary>The time that each contestant's repetitions take, more or less. Long work is repeated less often.</summary>
    private const double Budget = 10;

    // Threads that wait for the next piece of work keep their core busy for a while: some 30 ms in OpenBLAS.
    private static readonly TimeSpan s_pause = TimeSpan.FromMilliseconds(60);

    /// <summary>Lets both repeat, and gives their repetitions.</summary>
    /// <param name="own">MLPath.</param>
    /// <param name="peer">The peer; null where it is not installed.</param>
    public static (IReadOnlyList<Repetition> Own, IReadOnlyList<Repetition> Peer) Hold(Contestant own, Contestant? peer)
    {
        var (mine, theirs) = (Rehearse(own), peer is null ? [] : Rehearse(peer));
        while (!IsDone(mine) || (peer is not null && !IsDone(theirs)))
        {
            if (!IsDone(mine)) mine.Add(Repeat(own));
            if (peer is not null && !IsDone(theirs)) theirs.Add(Repeat(peer));
        }
        return (mine, theirs);
    }

    /// <summary>The median time.</summary>
    public static double Median(IEnumerable<double> seconds)
    {
        var sorted = seconds.Order().ToList();
        return (sorted[(sorted.Count - 1) / 2] + sorted[sorted.Count / 2]) / 2;
    }

    private static bool IsDone(List<Repetition> repetitions)
    {
        double spent = repetitions.Sum(r => r.Seconds);
        return repetitions.Count switch
        {
            0 => false,
            < 3 => spent >= 2 * Budget,
            < Repetitions => spent >= Budget,
            < MostRepetitions => spent >= EnoughSeconds,
            _ => true,
        };
    }

    // Work that takes seconds is counted from the first time.
    private static List<Repetition> Rehearse(Contestant contestant)
    {
        double spent = 0;
        for (int i = 0; i < MostRehearsals && spent < RehearsalSeconds; i++)
        {
            var repetition = Repeat(contestant, pause: false);
            if (repetition.Seconds > 5 * RehearsalSeconds) return [repetition];
            spent += repetition.Seconds;
        }
        return [];
    }

    private static Repetition Repeat(Contestant contestant, bool pause = true)
    {
        if (pause) Thread.Sleep(s_pause);
        return contestant.Repeat();
    }
}
