namespace MLPath.Evaluation;

/// <summary>
/// The rows of one group in runs of equal score, best first. Every order within a run counts as equally likely, and figures are expectations over
/// them: F. McSherry, M. Najork, Computing information retrieval performance measures efficiently in the presence of tied scores, ECIR 2008.
/// </summary>
internal static class RankedGroup
{
    /// <summary>Adds Σᵢ≤p E[gᵢ] / ln(i + 1) for each place p: in a run every place expects the mean gain of the run.</summary>
    /// <param name="gains">The gains in falling order of score.</param>
    /// <param name="runs">The ends of the runs of equal score.</param>
    /// <param name="sums">Receives DCG@1 … DCG@k, added to what is there.</param>
    public static void AddDcg(ReadOnlySpan<double> gains, IReadOnlyList<int> runs, Span<double> sums)
    {
        double dcg = 0;
        int start = 0, place = 0;
        foreach (int end in runs)
        {
            double mean = 0;
            foreach (double gain in gains[start..end])
                mean += gain;
            mean /= end - start;
            for (; place < end && place < sums.Length; place++)
                sums[place] += dcg += mean / Math.Log(place + 2);
            start = end;
        }

        // A group with fewer rows than places has all its gain by then.
        for (; place < sums.Length; place++)
            sums[place] += dcg;
    }

    /// <summary>
    /// The expected average precision (1 / R) Σⱼ P(j is relevant) E[relevant rows down to j | j is relevant] / j. In a run of n rows, r of them
    /// relevant, after c rows with R₀ relevant ones, place c + i is relevant with probability r / n, and then R₀ + 1 + (i − 1)(r − 1) / (n − 1) are.
    /// </summary>
    public static double AveragePrecision(ReadOnlySpan<double> gains, IReadOnlyList<int> runs)
    {
        double sum = 0;
        int start = 0, before = 0;
        foreach (int end in runs)
        {
            int n = end - start, relevant = Relevant(gains[start..end]);
            for (int i = 1; i <= n && relevant > 0; i++)
            {
                double expected = before + 1 + (n == 1 ? 0 : (i - 1) * (double)(relevant - 1) / (n - 1));
                sum += (double)relevant / n * expected / (start + i);
            }

            before += relevant;
            start = end;
        }

        return before == 0 ? 0 : sum / before;
    }

    /// <summary>
    /// The expected 1 / place of the first relevant row. It is in the first run that has r &gt; 0 relevant ones among n, at its i-th place with
    /// probability P(the i − 1 places before have none) r / (n − i + 1).
    /// </summary>
    public static double ReciprocalRank(ReadOnlySpan<double> gains, IReadOnlyList<int> runs)
    {
        int start = 0;
        foreach (int end in runs)
        {
            int n = end - start, relevant = Relevant(gains[start..end]);
            double expected = 0, none = 1;
            for (int i = 1; relevant > 0 && i <= n - relevant + 1; i++)
            {
                double first = (double)relevant / (n - i + 1);
                expected += none * first / (start + i);
                none *= 1 - first;
            }

            if (relevant > 0)
                return expected;
            start = end;
        }

        return 0;
    }

    private static int Relevant(ReadOnlySpan<double> gains)
    {
        int count = 0;
        foreach (double gain in gains)
            count += gain > 0 ? 1 : 0;
        return count;
    }
}
