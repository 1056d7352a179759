using System.Globalization;
using MLPath.Numerics;

namespace MLPath.Data;

/// <summary>
/// One division into rows to learn from and rows to test on. The number of rows to test on is the fraction of all, rounded; exactly so,
/// unless groups must stay together.
/// </summary>
/// <param name="TestFraction">The fraction of the rows to test on, above 0 and below 1; default 0.1.</param>
/// <param name="StratifyColumn">Classes, by value, that both parts have in the proportions of the whole; null for none.</param>
/// <param name="GroupColumn">Groups, by value, whose rows are in one part; null for none.</param>
/// <param name="TimeColumn">
/// The time of a row: the last rows are tested on, and nothing is random; null for none. Goes with no other column.
/// </param>
/// <param name="Seed">From which the random choice derives; default 0.</param>
public sealed record TrainTest(
    double TestFraction = 0.1, string? StratifyColumn = null, string? GroupColumn = null, string? TimeColumn = null, int Seed = 0)
    : FoldStrategy(Seed)
{
    /// <inheritdoc/>
    public override bool IsRandom => TimeColumn is null;

    /// <inheritdoc/>
    public override string ToString() => Words(
        string.Create(CultureInfo.InvariantCulture, $"{TestFraction} for test"),
        StratifyColumn is null ? null : $"stratified by {StratifyColumn}",
        GroupColumn is null ? null : $"groups {GroupColumn}", TimeColumn is null ? null : $"by time {TimeColumn}");

    /// <inheritdoc/>
    protected override FoldPlan Plan(SplitSource source, RandomStream random)
    {
        if (!(TestFraction > 0 && TestFraction < 1))
        {
            throw new ArgumentException(string.Create(CultureInfo.InvariantCulture,
                $"The fraction of rows to test on lies between 0 and 1, both excluded; it is {TestFraction}."));
        }

        if (TimeColumn is not null && (StratifyColumn is not null || GroupColumn is not null))
            throw new ArgumentException("Rows are divided either by time, or by classes and groups: time goes with no other column.");
        int n = source.RowCount;
        if (n < 2)
            throw new DataException($"Two parts need at least 2 rows; there are {n}.");
        int tested = Math.Clamp((int)Math.Round(TestFraction * n, MidpointRounding.AwayFromZero), 1, n - 1);
        if (TimeColumn is not null)
        {
            int[] order = source.Order(TimeColumn);
            return new FoldPlan(this, [new RowSplit(order[..^tested], order[^tested..])], []);
        }

        var isTest = GroupColumn is not null ? ByGroup(source, tested, random) : ByRow(source, tested, random);
        int[] Rows(bool test) => [.. Enumerable.Range(0, n).Where(row => isTest[row] == test)];
        return new FoldPlan(this, [new RowSplit(Rows(false), Rows(true))], []);
    }

    private bool[] ByRow(SplitSource source, int tested, RandomStream random)
    {
        var isTest = new bool[source.RowCount];
        if (StratifyColumn is null)
        {
            foreach (int row in random.SampleWithoutReplacement(isTest.Length, tested))
                isTest[row] = true;
            return isTest;
        }

        var strata = Strata.Read(source, StratifyColumn);
        int[] shares = strata.Apportion(tested);
        strata.Shuffle(random);
        for (int c = 0; c < shares.Length; c++)
        {
            foreach (int row in strata.Rows[c].AsSpan(0, shares[c]))
                isTest[row] = true;
        }

        return isTest;
    }

    private bool[] ByGroup(SplitSource source, int tested, RandomStream random)
    {
        var groups = source.CodesWithoutMissing(GroupColumn!, "group");
        if (groups.Values.Count < 2)
            throw new DataException($"Two parts need at least 2 groups; column '{GroupColumn}' has {groups.Values.Count}.");
        bool[] isTest;
        if (StratifyColumn is not null)
        {
            double part = (double)tested / source.RowCount;
            int[] partOf = GroupAllocation.Stratified(groups, Strata.Read(source, StratifyColumn), [1 - part, part], random);
            isTest = Array.ConvertAll(partOf, p => p == 1);
        }
        else
        {
            isTest = Nearest(groups, tested, random);
        }

        if (!isTest.Contains(true) || !isTest.Contains(false))
        {
            // Groups too large for the smaller part: it gets the smallest one.
            int[] size = Sizes(groups);
            int smallest = Array.IndexOf(size, size.Min());
            isTest[smallest] = !isTest[smallest];
        }

        return Array.ConvertAll(groups.Codes, group => isTest[group]);
    }

    // Groups in random order, each taken if that brings the number of tested rows nearer to what was asked for.
    private static bool[] Nearest(ColumnCodes groups, int tested, RandomStream random)
    {
        int[] size = Sizes(groups);
        var isTest = new bool[size.Length];
        int rows = 0;
        foreach (int group in random.Permutation(size.Length))
        {
            if (Math.Abs(rows + size[group] - tested) >= Math.Abs(rows - tested))
                continue;
            isTest[group] = true;
            rows += size[group];
        }

        return isTest;
    }

    private static int[] Sizes(ColumnCodes groups)
    {
        var size = new int[groups.Values.Count];
        foreach (int group in groups.Codes)
            size[group]++;
        return size;
    }
}
