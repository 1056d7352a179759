using MLPath.Numerics;

namespace MLPath.Data;

/// <summary>Divides rows into folds of equal size, to one row.</summary>
/// <param name="Folds">The number of folds, at least 2; default 5.</param>
/// <param name="Shuffle">Whether rows are put into folds at random; runs of consecutive rows otherwise. Default true.</param>
/// <param name="Seed">From which the random choice derives; default 0.</param>
public sealed record KFold(int Folds = 5, bool Shuffle = true, int Seed = 0) : FoldStrategy(Seed)
{
    /// <inheritdoc/>
    public override bool IsRandom => Shuffle;

    /// <inheritdoc/>
    public override string ToString() => Words(Plural(Folds, "folds"), Shuffle ? null : "not shuffled");

    /// <inheritdoc/>
    protected override FoldPlan Plan(SplitSource source, RandomStream random)
    {
        int n = source.RowCount;
        CheckFolds(Folds, n, "rows");
        int[] order = Shuffle ? random.Permutation(n) : [.. Enumerable.Range(0, n)];
        var fold = new int[n];
        for (int i = 0; i < n; i++)
        {
            // The first n mod k folds have one row more.
            int large = n % Folds * ((n / Folds) + 1);
            fold[order[i]] = i < large ? i / ((n / Folds) + 1) : (n % Folds) + ((i - large) / (n / Folds));
        }

        return FromAssignment(fold, Folds);
    }
}

/// <summary>
/// Divides rows into folds of equal size, each with the classes in the proportions of the whole, to one row. Rows without a class are one
/// more class.
/// </summary>
/// <remarks>
/// Where a class has fewer rows than there are folds, some folds have none of it, which is a warning of the plan; where all classes have,
/// the column is no class, which is an error.
/// </remarks>
/// <param name="StratifyColumn">The classes: text, a key, a Boolean or a number, by value.</param>
/// <param name="Folds">The number of folds, at least 2; default 5.</param>
/// <param name="Shuffle">
/// Whether the rows of each class are put into folds at random; in the order of the data otherwise. Default true.
/// </param>
/// <param name="Seed">From which the random choice derives; default 0.</param>
public sealed record StratifiedKFold(string StratifyColumn, int Folds = 5, bool Shuffle = true, int Seed = 0) : FoldStrategy(Seed)
{
    /// <inheritdoc/>
    public override bool IsRandom => Shuffle;

    /// <inheritdoc/>
    public override string ToString() => Words(StratifyColumn, Plural(Folds, "folds"), Shuffle ? null : "not shuffled");

    /// <inheritdoc/>
    protected override FoldPlan Plan(SplitSource source, RandomStream random)
    {
        var strata = Strata.Read(source, StratifyColumn);
        CheckFolds(Folds, source.RowCount, "rows");
        var warnings = strata.CheckFolds(Folds);
        var fold = new int[source.RowCount];
        int dealt = 0;
        foreach (int[] rows in strata.Rows)
        {
            if (Shuffle)
                random.Shuffle<int>(rows);
            // Dealing the rows of one class after those of another, like cards, gives each fold its share of every class and of the whole.
            // The rows that a fold is dealt are then taken as one run of the class.
            var share = new int[Folds];
            for (int i = 0; i < rows.Length; i++)
                share[(dealt + i) % Folds]++;
            dealt += rows.Length;
            for (int f = 0, next = 0; f < Folds; next += share[f++])
            {
                foreach (int row in rows.AsSpan(next, share[f]))
                    fold[row] = f;
            }
        }

        return FromAssignment(fold, Folds, warnings);
    }
}
