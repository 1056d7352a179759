using MLPath.Numerics;

namespace MLPath.Data;

/// <summary>
/// Divides rows into folds so that the rows of a group (a patient, a customer) are in one fold: a model is tested on groups that it has not
/// seen. Folds are as equal in size as the groups allow.
/// </summary>
/// <param name="GroupColumn">The groups: text, a key, a number, by value. No row may lack one.</param>
/// <param name="Folds">The number of folds, at least 2 and at most the number of groups; default 5.</param>
/// <param name="Shuffle">
/// Whether groups of equal size are put into folds at random; in the order of their values otherwise. Default true.
/// </param>
/// <param name="Seed">From which the random choice derives; default 0.</param>
public sealed record GroupKFold(string GroupColumn, int Folds = 5, bool Shuffle = true, int Seed = 0) : FoldStrategy(Seed)
{
    /// <inheritdoc/>
    public override bool IsRandom => Shuffle;

    /// <inheritdoc/>
    public override string ToString() => Words($"groups {GroupColumn}", Plural(Folds, "folds"), Shuffle ? null : "not shuffled");

    /// <inheritdoc/>
    protected override FoldPlan Plan(SplitSource source, RandomStream random)
    {
        var groups = source.CodesWithoutMissing(GroupColumn, "group");
        CheckFolds(Folds, groups.Values.Count, "groups");
        var size = new int[groups.Values.Count];
        foreach (int group in groups.Codes)
            size[group]++;

        // The largest group first, each into the fold that has the fewest rows so far.
        int[] order = Shuffle ? random.Permutation(size.Length) : [.. Enumerable.Range(0, size.Length)];
        var foldOfGroup = new int[size.Length];
        var rows = new long[Folds];
        foreach (int group in order.OrderByDescending(g => size[g]))
        {
            int smallest = Array.IndexOf(rows, rows.Min());
            foldOfGroup[group] = smallest;
            rows[smallest] += size[group];
        }

        return FromAssignment(Array.ConvertAll(groups.Codes, group => foldOfGroup[group]), Folds);
    }
}

/// <summary>
/// Divides rows into folds so that the rows of a group are in one fold, and the classes in each fold are as near to the proportions of the
/// whole as the groups allow.
/// </summary>
/// <param name="StratifyColumn">The classes, by value.</param>
/// <param name="GroupColumn">The groups, by value. No row may lack one.</param>
/// <param name="Folds">The number of folds, at least 2 and at most the number of groups; default 5.</param>
/// <param name="Shuffle">Whether like groups are put into folds at random; in the order of their values otherwise. Default true.</param>
/// <param name="Seed">From which the random choice derives; default 0.</param>
public sealed record StratifiedGroupKFold(string StratifyColumn, string GroupColumn, int Folds = 5, bool Shuffle = true, int Seed = 0)
    : FoldStrategy(Seed)
{
    /// <inheritdoc/>
    public override bool IsRandom => Shuffle;

    /// <inheritdoc/>
    public override string ToString() =>
        Words(StratifyColumn, $"groups {GroupColumn}", Plural(Folds, "folds"), Shuffle ? null : "not shuffled");

    /// <inheritdoc/>
    protected override FoldPlan Plan(SplitSource source, RandomStream random)
    {
        var strata = Strata.Read(source, StratifyColumn);
        var groups = source.CodesWithoutMissing(GroupColumn, "group");
        CheckFolds(Folds, groups.Values.Count, "groups");
        var warnings = strata.CheckFolds(Folds);
        var part = GroupAllocation.Stratified(groups, strata, [.. Enumerable.Repeat(1.0 / Folds, Folds)], Shuffle ? random : null);
        return FromAssignment(Array.ConvertAll(groups.Codes, group => part[group]), Folds, warnings);
    }
}

/// <summary>Puts whole groups into parts of given sizes.</summary>
internal static class GroupAllocation
{
    /// <summary>
    /// The part of each group. Groups go, those with the most uneven classes first, each into the part where the classes' shares of all
    /// parts end up most even: with x(p, c) the number of rows of class c in part p of weight w(p), the mean over c of the standard
    /// deviation over p of x(p, c) / w(p) is least; in a tie, into the part with fewest rows for its weight.
    /// </summary>
    /// <param name="groups">The group of each row.</param>
    /// <param name="strata">The class of each row.</param>
    /// <param name="weights">The share of the rows that each part should get; they sum to 1.</param>
    /// <param name="random">Orders like groups; null for the order of their values.</param>
    public static int[] Stratified(ColumnCodes groups, Strata strata, double[] weights, RandomStream? random)
    {
        int g = groups.Values.Count, k = strata.Rows.Count, parts = weights.Length;
        var counts = new double[g, k];
        for (int row = 0; row < groups.Codes.Length; row++)
            counts[groups.Codes[row], strata.ClassOfRow[row]]++;

        int[] order = random?.Permutation(g) ?? [.. Enumerable.Range(0, g)];
        var unevenness = Array.ConvertAll(order, group => Variance(counts, group, k));
        var state = new Shares(weights, [.. strata.Rows.Select(r => (double)r.Length)]);
        var partOf = new int[g];
        foreach (int group in order.Zip(unevenness).OrderByDescending(o => o.Second).Select(o => o.First))
        {
            int best = 0;
            for (int part = 1; part < parts; part++)
            {
                if (state.Compare(counts, group, part, best) < 0)
                    best = part;
            }

            partOf[group] = best;
            state.Add(counts, group, best);
        }

        return partOf;
    }

    private static double Variance(double[,] counts, int group, int k)
    {
        double sum = 0, squares = 0;
        for (int c = 0; c < k; c++)
        {
            sum += counts[group, c];
            squares += counts[group, c] * counts[group, c];
        }

        return (squares / k) - (sum / k * (sum / k));
    }

    // s(p, c) = x(p, c) / (w(p) · n(c)): 1 everywhere when all parts have their share of all classes. Sums of s and s² over the parts make
    // the deviation after one more group a matter of k operations.
    private sealed class Shares(double[] weights, double[] classSizes)
    {
        private readonly double[,] _share = new double[weights.Length, classSizes.Length];
        private readonly double[] _sum = new double[classSizes.Length];
        private readonly double[] _squares = new double[classSizes.Length];
        private readonly double[] _rows = new double[weights.Length];

        public void Add(double[,] counts, int group, int part)
        {
            for (int c = 0; c < classSizes.Length; c++)
            {
                double old = _share[part, c], added = Share(counts, group, part, c);
                _share[part, c] = old + added;
                _sum[c] += added;
                _squares[c] += ((old + added) * (old + added)) - (old * old);
                _rows[part] += counts[group, c] / weights[part];
            }
        }

        public int Compare(double[,] counts, int group, int part, int other)
        {
            double a = Deviation(counts, group, part), b = Deviation(counts, group, other);
            // Rounding must not decide between parts that are alike.
            return Math.Abs(a - b) > 1e-9 * Math.Max(a, b) ? a.CompareTo(b) : _rows[part].CompareTo(_rows[other]);
        }

        private double Deviation(double[,] counts, int group, int part)
        {
            double total = 0;
            for (int c = 0; c < classSizes.Length; c++)
            {
                double old = _share[part, c], added = Share(counts, group, part, c);
                double mean = (_sum[c] + added) / weights.Length;
                double squares = _squares[c] + ((old + added) * (old + added)) - (old * old);
                total += Math.Sqrt(Math.Max(0, (squares / weights.Length) - (mean * mean)));
            }

            return total / classSizes.Length;
        }

        private double Share(double[,] counts, int group, int part, int c) => counts[group, c] / (weights[part] * classSizes[c]);
    }
}
