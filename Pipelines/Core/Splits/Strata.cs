using System.Globalization;
using MLPath.Numerics;

namespace MLPath.Data;

/// <summary>Rows by class. Rows without a class are a class of their own, the last.</summary>
/// <param name="Column">The column of classes.</param>
/// <param name="Rows">The rows of each class, ascending.</param>
/// <param name="Names">The name of each class.</param>
/// <param name="ClassOfRow">The class of each row.</param>
internal sealed record Strata(string Column, IReadOnlyList<int[]> Rows, IReadOnlyList<string> Names, int[] ClassOfRow)
{
    public static Strata Read(SplitSource source, string column)
    {
        var codes = source.Codes(column);
        int classes = codes.Values.Count + (codes.MissingCount > 0 ? 1 : 0);
        int[] classOfRow = Array.ConvertAll(codes.Codes, code => code >= 0 ? code : codes.Values.Count);
        var rows = Enumerable.Range(0, classes).Select(_ => new List<int>()).ToArray();
        for (int row = 0; row < classOfRow.Length; row++)
            rows[classOfRow[row]].Add(row);
        IReadOnlyList<string> names = codes.MissingCount > 0 ? [.. codes.Values, "(missing)"] : codes.Values;
        return new Strata(column, [.. rows.Select(r => r.ToArray())], names, classOfRow);
    }

    /// <summary>Warnings of classes with fewer rows than folds.</summary>
    /// <exception cref="DataException">Every class has.</exception>
    public IReadOnlyList<string> CheckFolds(int folds)
    {
        if (Rows.Count > 0 && Rows.All(r => r.Length < folds))
        {
            throw new DataException(string.Create(CultureInfo.InvariantCulture,
                $"Column '{Column}' has {Rows.Count} values, none of them in as many as {folds} rows, so they cannot be spread over {folds} folds. ") +
                "Stratify by a column of classes, or use folds that are not stratified.");
        }

        return
        [
            .. Enumerable.Range(0, Rows.Count).Where(c => Rows[c].Length < folds).Select(c => string.Create(CultureInfo.InvariantCulture,
                $"Class '{Names[c]}' of column '{Column}' has {Rows[c].Length} rows, fewer than {folds} folds: some are tested without it.")),
        ];
    }

    /// <summary>
    /// How many rows of each class make up a part of the whole: the parts of the classes' sizes, rounded down, and one more for those with
    /// the largest remainders (Hamilton's method); the total is exact.
    /// </summary>
    public int[] Apportion(int total)
    {
        int n = ClassOfRow.Length;
        var shares = new int[Rows.Count];
        var remainders = new long[Rows.Count];
        for (int c = 0; c < shares.Length; c++)
        {
            long product = (long)Rows[c].Length * total;
            (shares[c], remainders[c]) = ((int)(product / n), product % n);
        }

        foreach (int c in Enumerable.Range(0, shares.Length).OrderByDescending(c => remainders[c]).Take(total - shares.Sum()))
            shares[c]++;
        return shares;
    }

    /// <summary>The rows of each class in a random order.</summary>
    public void Shuffle(RandomStream random)
    {
        foreach (int[] rows in Rows)
            random.Shuffle<int>(rows);
    }
}
