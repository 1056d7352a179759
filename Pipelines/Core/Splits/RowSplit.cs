using System.Globalization;

namespace MLPath.Data;

/// <summary>A division of rows: some to learn from, others to test on.</summary>
/// <param name="Train">Positions of the rows to learn from, from 0; increasing, or in the order of time where the strategy has one.</param>
/// <param name="Test">Positions of the rows to test on.</param>
/// <param name="Fold">The number of the fold in its repeat, from 0.</param>
/// <param name="Repeat">The number of the repeat, from 0.</param>
public sealed record RowSplit(int[] Train, int[] Test, int Fold = 0, int Repeat = 0);

/// <summary>What a <see cref="FoldStrategy"/> made of some data.</summary>
/// <param name="Strategy">The strategy.</param>
/// <param name="Splits">The splits: by repeat, then by fold.</param>
/// <param name="Warnings">What was not as good as asked for, in sentences; empty most often.</param>
public sealed record FoldPlan(FoldStrategy Strategy, IReadOnlyList<RowSplit> Splits, IReadOnlyList<string> Warnings)
{
    /// <summary>The two views of one split.</summary>
    /// <param name="data">The data that the plan was made of, or any with the same rows in the same order.</param>
    /// <param name="split">One of <see cref="Splits"/>.</param>
    public DataOperationsCatalog.TrainTestData Apply(IDataView data, RowSplit split) =>
        new(View(data, split, split.Train, "train"), View(data, split, split.Test, "test"));

    /// <summary>The two views of each split.</summary>
    /// <param name="data">The data that the plan was made of, or any with the same rows in the same order.</param>
    public IReadOnlyList<DataOperationsCatalog.TrainTestData> Apply(IDataView data) => [.. Splits.Select(split => Apply(data, split))];

    // The strategy's words, with its seed and columns, determine the rows.
    private IDataView View(IDataView data, RowSplit split, int[] rows, string part)
    {
        string repeat = Splits[^1].Repeat == 0 ? "" : string.Create(CultureInfo.InvariantCulture, $", repeat {split.Repeat + 1}");
        string fold = Splits.Count == 1 ? "" : string.Create(CultureInfo.InvariantCulture, $", fold {split.Fold + 1}");
        string count = string.Create(CultureInfo.InvariantCulture, $"{rows.Length} rows");
        return RowSubset.Described(data, rows, $"{Strategy}{repeat}{fold}: {part}, {count}");
    }
}
