using MLPath.Data;

namespace MLPath.Evaluation;

/// <summary>
/// Rows that are kept back to measure the chosen model once. It counts how often they were opened, and every report made on them shows the count: who looks
/// often, and chooses by what was seen, fits the test.
/// </summary>
public sealed class HoldOut
{
    private readonly IDataView _testSet;
    private readonly OpeningCounter _counter;

    internal HoldOut(IDataView trainSet, IDataView testSet, string? countFile)
    {
        (TrainSet, _testSet) = (trainSet, testSet);
        _counter = new OpeningCounter(DataFingerprint.Compute(testSet), countFile);
    }

    /// <summary>The other rows, to learn from and to compare on.</summary>
    public IDataView TrainSet { get; }

    /// <summary>How often the rows were opened by now; those of other programs are counted where there is a file.</summary>
    public int Openings => _counter.Count;

    /// <summary>Opens the rows, which is counted.</summary>
    /// <returns>The rows; what is measured on them tells the count.</returns>
    /// <exception cref="DataException">The file of the counts is no such file.</exception>
    public IDataView Open() => new OpenedView(_testSet, _counter.Increment());
}

/// <summary>The step of a lineage that says how often a hold-out was opened. The count is no part of the rows' identity.</summary>
/// <param name="Opening">Which opening it is, from 1.</param>
internal sealed record HoldOutStep(int Opening) : LineageStep("hold-out");

/// <summary>Rows of a hold-out, as they are.</summary>
internal sealed class OpenedView(IDataView rows, int opening) : BatchDataView
{
    public override DataViewSchema Schema => rows.Schema;

    public override DataLineage Lineage { get; } = rows.Lineage.Then(new HoldOutStep(opening));

    public override long? GetRowCount() => rows.GetRowCount();

    public override BatchCursor GetBatchCursor(IEnumerable<DataViewSchema.Column> columnsNeeded, CancellationToken cancellationToken = default) =>
        rows.GetBatchCursor(columnsNeeded, cancellationToken);
}
