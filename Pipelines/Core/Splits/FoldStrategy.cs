using System.Globalization;
using MLPath.Numerics;

namespace MLPath.Data;

/// <summary>
/// How rows are divided for training and testing. An immutable value: the splits are a function of the columns that it names, of the number
/// of rows and of its seed alone. A strategy of one's own derives from it.
/// </summary>
/// <param name="Seed">From which its random choices derive.</param>
public abstract record FoldStrategy(int Seed)
{
    /// <summary>Whether another seed gives other splits, so that repeating makes sense.</summary>
    public abstract bool IsRandom { get; }

    /// <summary>Divides the rows of a view, of which the columns that the strategy names are read.</summary>
    /// <param name="data">The data.</param>
    /// <param name="cancellationToken">Ends the reading early.</param>
    /// <exception cref="SchemaException">A column is not there, or has a type that cannot be used so.</exception>
    /// <exception cref="DataException">The rows cannot be divided so: there are fewer than folds, …</exception>
    public FoldPlan Split(IDataView data, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(data);
        return Split(new SplitSource(data, cancellationToken), repeat: 0);
    }

    /// <summary>The splits of one repeat, which has a random stream of its own.</summary>
    internal FoldPlan Split(SplitSource source, int repeat) =>
        Plan(source, new RandomStream(unchecked((ulong)Seed)).Derive("folds").Derive(repeat));

    /// <summary>Divides rows.</summary>
    /// <param name="source">The number of rows, and columns by value.</param>
    /// <param name="random">For random choices.</param>
    protected abstract FoldPlan Plan(SplitSource source, RandomStream random);

    /// <summary>The splits in which each fold is tested once, and all other rows are learned from.</summary>
    /// <param name="foldOfRow">The fold of each row, from 0; −1 for rows that are never tested.</param>
    /// <param name="folds">The number of folds.</param>
    /// <param name="warnings">What was not as good as asked for.</param>
    protected FoldPlan FromAssignment(ReadOnlySpan<int> foldOfRow, int folds, IReadOnlyList<string>? warnings = null)
    {
        var sizes = new int[folds];
        foreach (int fold in foldOfRow)
        {
            if (fold >= 0)
                sizes[fold]++;
        }

        var splits = new RowSplit[folds];
        for (int fold = 0; fold < folds; fold++)
        {
            var (train, test) = (new int[foldOfRow.Length - sizes[fold]], new int[sizes[fold]]);
            int trained = 0, tested = 0;
            for (int row = 0; row < foldOfRow.Length; row++)
            {
                if (foldOfRow[row] == fold)
                    test[tested++] = row;
                else
                    train[trained++] = row;
            }

            splits[fold] = new RowSplit(train, test, fold);
        }

        return new FoldPlan(this, splits, warnings ?? []);
    }

    /// <summary>Checks that there are at least two folds, and no more than rows, classes' rows or groups.</summary>
    /// <param name="folds">The number of folds.</param>
    /// <param name="available">How many there are to divide.</param>
    /// <param name="things">What they are: "rows".</param>
    protected static void CheckFolds(int folds, int available, string things)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(folds, 2);
        if (folds > available)
        {
            throw new DataException(string.Create(CultureInfo.InvariantCulture,
                $"{folds} folds need at least {folds} {things}; there are {available}. Ask for fewer folds."));
        }
    }

    /// <summary>The strategy in words: its name, then what was given.</summary>
    internal string Words(params ReadOnlySpan<string?> parts)
    {
        var given = new List<string>();
        foreach (string? part in parts)
        {
            if (part is not null)
                given.Add(part);
        }

        if (IsRandom)
            given.Add(string.Create(CultureInfo.InvariantCulture, $"seed {Seed}"));
        return $"{GetType().Name}({string.Join(", ", given)})";
    }

    internal static string Plural(int count, string noun) => string.Create(CultureInfo.InvariantCulture, $"{count} {noun}");
}
