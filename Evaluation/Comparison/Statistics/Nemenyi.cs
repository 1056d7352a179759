namespace MLPath.Evaluation;

/// <summary>
/// The test of P. Nemenyi, Distribution-free multiple comparisons, Princeton 1963, after Friedman's: which of k algorithms differ, each compared with each?
/// </summary>
/// <remarks>
/// Two algorithms differ at level α when their average ranks do by at least the critical difference (J. Demšar, JMLR 7, 2006, section 3.2.2)
/// <code>CD = q_α √(k (k + 1) / (6 N)),</code>
/// where q_α is the upper quantile of the studentized range of k numbers with infinitely many degrees of freedom, divided by √2. The p-value of a
/// pair is the upper tail of that range at √2 |R_i - R_j| / √(k (k + 1) / (6 N)), adjusted for all pairs as it stands.
/// </remarks>
public static class Nemenyi
{
    /// <summary>Compares each algorithm with each.</summary>
    /// <param name="friedman">The outcome of Friedman's test.</param>
    /// <param name="alpha">The level, between 0 and 1 exclusively. Default 0.05.</param>
    /// <returns>The test; with NaN throughout and no groups where there are fewer than two algorithms or data sets.</returns>
    /// <exception cref="ArgumentOutOfRangeException"><paramref name="alpha"/> is out of range.</exception>
    public static NemenyiTest Compare(FriedmanTest friedman, double alpha = 0.05)
    {
        ArgumentNullException.ThrowIfNull(friedman);
        if (!(alpha > 0 && alpha < 1))
            throw new ArgumentOutOfRangeException(nameof(alpha), alpha, "A level lies between 0 and 1, such as 0.05.");
        int k = friedman.Algorithms, n = friedman.Datasets;
        var ranks = friedman.AverageRanks;
        // Best first; equal ones in the order given.
        int[] order = [.. Enumerable.Range(0, k).OrderBy(j => ranks[j])];
        bool isDefined = friedman.IsDefined;
        double error = Math.Sqrt(k * (k + 1.0) / (6.0 * n));
        double difference = isDefined ? StudentizedRange.Quantile(1 - alpha, k) / Math.Sqrt(2) * error : double.NaN;
        var pValues = new double[k][];
        for (int i = 0; i < k; i++)
        {
            pValues[i] = new double[k];
            for (int j = 0; j < i; j++)
            {
                pValues[i][j] = pValues[j][i] = isDefined
                    ? StudentizedRange.UpperTail(Math.Sqrt(2) * Math.Abs(ranks[i] - ranks[j]) / error, k)
                    : double.NaN;
            }

            pValues[i][i] = isDefined ? 1 : double.NaN;
        }

        return new NemenyiTest(difference, alpha, order, pValues, isDefined ? Groups([.. order.Select(j => ranks[j])], difference) : []);
    }

    // In the order of ranks a set of algorithms none of which differ is a run; those contained in another are left out.
    private static List<(int First, int Last)> Groups(double[] sorted, double difference)
    {
        var groups = new List<(int First, int Last)>();
        int reached = 0;
        for (int first = 0; first < sorted.Length; first++)
        {
            int last = first;
            while (last + 1 < sorted.Length && sorted[last + 1] - sorted[first] < difference)
                last++;
            if (last > first && last > reached)
                groups.Add((first, last));
            reached = Math.Max(reached, last);
        }

        return groups;
    }
}

/// <summary>The outcome of Nemenyi's test.</summary>
/// <param name="CriticalDifference">CD: average ranks that are at least this far apart differ.</param>
/// <param name="Alpha">The level.</param>
/// <param name="Order">The algorithms, by their place in the scores, best average rank first.</param>
/// <param name="PValues">k × k p-values of the pairs, in the order of the scores; 1 on the diagonal.</param>
/// <param name="Groups">
/// The largest groups of algorithms of which no two differ, as first and last position in <paramref name="Order"/>, from 0: the bars of a
/// critical-difference diagram. A single algorithm is no group.
/// </param>
public sealed record NemenyiTest(
    double CriticalDifference, double Alpha, IReadOnlyList<int> Order, IReadOnlyList<IReadOnlyList<double>> PValues,
    IReadOnlyList<(int First, int Last)> Groups);
