using MLPath.Numerics;

namespace MLPath.Data;

/// <summary>
/// Rows in an order that is random over a moving pool, for data that do not fit in memory: rows enter the pool in the source's order, and
/// leave it in a random one. The order is a function of the seed and the pool's size alone, however the source is batched.
/// </summary>
internal sealed class PoolShuffledDataView(IDataView source, int poolSize, int seed, LineageStep step) : BatchDataView
{
    public override DataViewSchema Schema => source.Schema;

    public override DataLineage Lineage { get; } = source.Lineage.Then(step);

    public override long? GetRowCount() => source.GetRowCount();

    public override BatchCursor GetBatchCursor(
        IEnumerable<DataViewSchema.Column> columnsNeeded, CancellationToken cancellationToken = default)
    {
        var columns = columnsNeeded.DistinctBy(c => c.Index).ToList();
        return new Cursor(source.GetBatchCursor(columns, cancellationToken), Schema, columns, poolSize,
            new RandomStream(unchecked((ulong)seed)).Derive("shuffle rows"));
    }

    private sealed class Cursor : BatchCursor
    {
        private readonly BatchCursor _source;
        private readonly RandomStream _random;
        private readonly int _poolSize;
        private readonly Pooled[] _columns;
        private long _position;
        private int _held;
        private bool _ended;

        public Cursor(BatchCursor source, DataViewSchema schema, List<DataViewSchema.Column> columns, int poolSize, RandomStream random)
        {
            (_source, _random, _poolSize) = (source, random, poolSize);
            Current = new RowBatch(schema);
            _columns = [.. columns.Select(c => new Pooled(c))];
            foreach (var column in _columns)
                Current.Set(column.Index, column.Shown);
        }

        public override RowBatch Current { get; }

        public override bool MoveNext()
        {
            // The pool and one batch more are held; the batch leaves. At the end the pool leaves too.
            while (!_ended && _held < _poolSize + (long)RowBatch.DefaultSize)
            {
                _ended = !_source.MoveNext();
                if (_ended)
                    break;
                foreach (var column in _columns)
                    column.Held.Append(_source.Current[column.Index]);
                _held = checked(_held + _source.Current.Count);
            }

            // While the source lasts, rows that came early, beyond pool and batch, wait for their turn unshuffled.
            int shuffled = _ended && _held <= _poolSize + (long)RowBatch.DefaultSize ? _held : _poolSize + RowBatch.DefaultSize;
            int leaving = Math.Min(RowBatch.DefaultSize, shuffled);
            if (leaving == 0)
                return false;
            int[] order = _random.SampleWithoutReplacement(shuffled, leaving);
            var leaves = new bool[_held];
            foreach (int row in order)
                leaves[row] = true;
            int[] staying = [.. Enumerable.Range(0, _held).Where(row => !leaves[row])];
            foreach (var column in _columns)
                column.Leave(order, staying);
            _held = staying.Length;
            Current.SetRows(_position, leaving);
            _position += leaving;
            return true;
        }

        protected override void Dispose(bool disposing)
        {
            if (disposing)
                _source.Dispose();
            base.Dispose(disposing);
        }

        private sealed class Pooled(DataViewSchema.Column column)
        {
            private ColumnBuffer _spare = ColumnBuffer.Create(column.Type);

            public int Index { get; } = column.Index;

            public ColumnBuffer Held { get; private set; } = ColumnBuffer.Create(column.Type);

            public ColumnBuffer Shown { get; } = ColumnBuffer.Create(column.Type);

            public void Leave(int[] leaving, int[] staying)
            {
                Shown.Gather(Held, leaving);
                _spare.Gather(Held, staying);
                (Held, _spare) = (_spare, Held);
            }
        }
    }
}
