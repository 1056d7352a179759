using System.Runtime.InteropServices;

namespace MLPath.Data;

/// <summary>Chooses rows of a batch.</summary>
/// <param name="batch">The rows.</param>
/// <param name="position">The position of the batch's first row in the source.</param>
/// <param name="picks">Receives the chosen rows of the batch, not decreasing; empty at the call.</param>
/// <returns>False when no later row will be chosen, which ends the pass.</returns>
internal delegate bool RowPicker(RowBatch batch, long position, List<int> picks);

/// <summary>A pass that keeps some rows of another pass, in their order.</summary>
internal sealed class PickingCursor : BatchCursor
{
    private readonly BatchCursor _source;
    private readonly RowPicker _pick;
    private readonly Action<long>? _exhausted;
    private readonly (int Column, ColumnBuffer Shown)[] _columns;
    private readonly List<int> _picks = [];
    private long _sourcePosition;
    private long _position;
    private bool _ended;

    /// <summary>Creates the pass.</summary>
    /// <param name="source">The rows to choose from; disposed with this pass.</param>
    /// <param name="schema">The schema of the rows.</param>
    /// <param name="columnsNeeded">The columns to show; the source may have more, for the choice.</param>
    /// <param name="pick">Chooses.</param>
    /// <param name="exhausted">Hears the number of the source's rows when it ends before the choice does.</param>
    public PickingCursor(
        BatchCursor source, DataViewSchema schema, IEnumerable<DataViewSchema.Column> columnsNeeded, RowPicker pick,
        Action<long>? exhausted = null)
    {
        (_source, _pick, _exhausted) = (source, pick, exhausted);
        Current = new RowBatch(schema);
        _columns = [.. columnsNeeded.DistinctBy(c => c.Index).Select(c => (c.Index, ColumnBuffer.Create(c.Type)))];
        foreach (var (column, shown) in _columns)
            Current.Set(column, shown);
    }

    public override RowBatch Current { get; }

    public override bool MoveNext()
    {
        while (!_ended && _source.MoveNext())
        {
            var batch = _source.Current;
            _picks.Clear();
            _ended = !_pick(batch, _sourcePosition, _picks);
            _sourcePosition += batch.Count;
            if (_picks.Count == 0)
                continue;
            Show(batch);
            Current.SetRows(_position, _picks.Count);
            _position += _picks.Count;
            return true;
        }

        if (!_ended)
            _exhausted?.Invoke(_sourcePosition);
        _ended = true;
        return false;
    }

    protected override void Dispose(bool disposing)
    {
        if (disposing)
            _source.Dispose();
        base.Dispose(disposing);
    }

    private void Show(RowBatch batch)
    {
        var picks = CollectionsMarshal.AsSpan(_picks);
        bool run = IsRun(picks);
        foreach (var (column, shown) in _columns)
        {
            if (run)
                shown.Slice(batch[column], picks[0], picks.Length);
            else
                shown.Gather(batch[column], picks);
        }
    }

    private static bool IsRun(ReadOnlySpan<int> picks)
    {
        for (int i = 1; i < picks.Length; i++)
        {
            if (picks[i] != picks[i - 1] + 1)
                return false;
        }

        return true;
    }
}
