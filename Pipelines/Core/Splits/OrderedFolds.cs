using System.Globalization;
using MLPath.Numerics;

namespace MLPath.Data;

/// <summary>
/// Tests on the rows after those that were learned from, again and again: of k + 1 runs of rows in the order of time, run i is tested by
/// what was learned from the runs before it.
/// </summary>
/// <param name="TimeColumn">The time of a row, a number, a date or a duration; null where rows are in the order of time already.</param>
/// <param name="Folds">The number of tests, at least 2; default 5.</param>
/// <param name="Gap">How many rows before each test are left out, 0 or more: those whose outcome would not be known yet. Default 0.</param>
/// <param name="MaxTrainRows">The greatest number of rows to learn from, the last ones before the gap; null for all.</param>
public sealed record TimeSeriesSplit(string? TimeColumn = null, int Folds = 5, int Gap = 0, int? MaxTrainRows = null) : FoldStrategy(0)
{
    /// <inheritdoc/>
    public override bool IsRandom => false;

    /// <inheritdoc/>
    public override string ToString() => Words(
        TimeColumn, Plural(Folds, "folds"), Gap > 0 ? $"gap {Plural(Gap, "rows")}" : null,
        MaxTrainRows is { } most ? $"at most {Plural(most, "rows")}" : null);

    /// <inheritdoc/>
    protected override FoldPlan Plan(SplitSource source, RandomStream random)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(Gap);
        ArgumentOutOfRangeException.ThrowIfLessThan(MaxTrainRows ?? 1, 1, nameof(MaxTrainRows));
        int[] order = TimeColumn is null ? [.. Enumerable.Range(0, source.RowCount)] : source.Order(TimeColumn);
        int n = order.Length;
        CheckFolds(Folds, n - 1, "rows beside the first");
        int tested = n / (Folds + 1);
        if (n - (Folds * tested) - Gap < 1)
        {
            throw new DataException(string.Create(CultureInfo.InvariantCulture,
                $"{n} rows leave none to learn from before the first of {Folds} tests of {tested} rows with a gap of {Gap}. ") +
                "Ask for fewer folds or a smaller gap.");
        }

        return new FoldPlan(this,
        [
            .. Enumerable.Range(0, Folds).Select(fold =>
            {
                int start = n - ((Folds - fold) * tested), end = start - Gap;
                return new RowSplit(order[Math.Max(0, end - (MaxTrainRows ?? n))..end], order[start..(start + tested)], fold);
            }),
        ], []);
    }
}

/// <summary>
/// Folds that the data say themselves: each distinct value of a column is tested once. Rows with a negative number, a missing key or
/// number, or empty text are never tested, and always learned from.
/// </summary>
/// <param name="FoldColumn">The fold of each row: a number, text, a key or a Boolean.</param>
public sealed record PredefinedFolds(string FoldColumn) : FoldStrategy(0)
{
    /// <inheritdoc/>
    public override bool IsRandom => false;

    /// <inheritdoc/>
    public override string ToString() => Words(FoldColumn);

    /// <inheritdoc/>
    protected override FoldPlan Plan(SplitSource source, RandomStream random)
    {
        var folds = source.Codes(FoldColumn);
        // Values ascend, so those that are never tested come first.
        bool numbers = source.Schema[FoldColumn].Type is NumberDataViewType;
        int untested = folds.Values.TakeWhile(value => numbers ? value.StartsWith('-') : value.Length == 0).Count();
        int tested = folds.Values.Count - untested;
        if (tested == 0 || (tested == 1 && Array.TrueForAll(folds.Codes, code => code >= untested)))
        {
            throw new DataException(tested == 0
                ? $"Column '{FoldColumn}' puts no row into a fold."
                : $"Column '{FoldColumn}' puts all rows into fold '{folds.Values[^1]}', so none is left to learn from.");
        }

        return FromAssignment(Array.ConvertAll(folds.Codes, code => Math.Max(-1, code - untested)), tested);
    }
}

/// <summary>
/// The same strategy several times, each time with random choices of its own: what depends on the choice averages out, and its spread can
/// be seen.
/// </summary>
/// <param name="Inner">A random strategy.</param>
/// <param name="Repeats">How many times, at least 1.</param>
public sealed record Repeated(FoldStrategy Inner, int Repeats) : FoldStrategy(Inner.Seed)
{
    /// <inheritdoc/>
    public override bool IsRandom => true;

    /// <inheritdoc/>
    public override string ToString() => $"{Inner}, {Plural(Repeats, "times")}";

    /// <inheritdoc/>
    protected override FoldPlan Plan(SplitSource source, RandomStream random)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(Repeats, 1);
        if (Repeats > 1 && (!Inner.IsRandom || Inner is Repeated))
            throw new ArgumentException(
                $"{Inner} gives the same splits each time, or is repeated already, so repeating it says nothing new.");
        var plans = Enumerable.Range(0, Repeats).Select(repeat => Inner.Split(source, repeat)).ToList();
        return new FoldPlan(this,
            [.. plans.SelectMany((plan, repeat) => plan.Splits.Select(split => split with { Repeat = repeat }))],
            [.. plans.SelectMany(plan => plan.Warnings).Distinct()]);
    }
}
