using MLPath.Data;

namespace MLPath.Datasets.Formats.Binary;

/// <summary>The rows of one or more binary files of the same schema, read from disk in each pass: only the columns asked for.</summary>
internal sealed class BinaryDataView : BatchDataView
{
    private readonly IReadOnlyList<BinaryFile> _files;

    /// <summary>Creates a view.</summary>
    /// <param name="files">The files, at least one.</param>
    /// <param name="names">Their names.</param>
    /// <exception cref="DataException">Two files have different schemas.</exception>
    public BinaryDataView(IReadOnlyList<BinaryFile> files, IReadOnlyList<string> names)
    {
        for (int i = 1; i < files.Count; i++)
        {
            if (files[i].SchemaText != files[0].SchemaText)
            {
                throw FormatError.Of(
                    names[i], $"its columns ({files[i].Schema}) are not those of {names[0]} ({files[0].Schema}), in type or annotations");
            }
        }
        _files = files;
        Lineage = DataLineage.Of(SourceFile.Describe(names), () => DataFingerprint.Compute(this));
    }

    /// <inheritdoc/>
    public override DataViewSchema Schema => _files[0].Schema;

    /// <inheritdoc/>
    public override DataLineage Lineage { get; }

    /// <inheritdoc/>
    public override long? GetRowCount() => _files.Sum(f => f.Rows);

    /// <inheritdoc/>
    public override BatchCursor GetBatchCursor(IEnumerable<DataViewSchema.Column> columnsNeeded, CancellationToken cancellationToken = default) =>
        new Cursor(this, [.. columnsNeeded.Select(c => c.Index).Distinct()], cancellationToken);

    /// <summary>Decompresses groups ahead of the reader, in parallel, within a bound on memory.</summary>
    private sealed class Cursor : BatchCursor
    {
        /// <summary>How much may be decompressed ahead of the reader; one group always may.</summary>
        private const long MaxBytesAhead = 64 << 20;

        private static readonly int s_maxGroupsAhead = Math.Clamp(Environment.ProcessorCount, 2, 8);

        private readonly int[] _columns;
        private readonly ColumnBuffer[] _slices;
        private readonly CancellationTokenSource _stop;
        private readonly IEnumerator<(BinaryFile File, int Group)> _groups;
        private readonly Queue<(Task<ColumnBuffer[]> Read, int Rows, long Bytes)> _ahead = new();
        private bool _moreGroups;
        private long _bytesAhead;
        private ColumnBuffer[] _group = [];
        private int _groupRows;
        private int _next;
        private long _position;

        public Cursor(BinaryDataView view, int[] columns, CancellationToken cancellation)
        {
            _columns = columns;
            _slices = [.. columns.Select(c => ColumnBuffer.Create(view.Schema[c].Type))];
            _stop = CancellationTokenSource.CreateLinkedTokenSource(cancellation);
            _groups = view._files.SelectMany(f => Enumerable.Range(0, f.Groups.Count).Select(g => (f, g))).GetEnumerator();
            _moreGroups = _groups.MoveNext();
            Current = new RowBatch(view.Schema);
            for (int i = 0; i < columns.Length; i++) Current.Set(columns[i], _slices[i]);
        }

        public override RowBatch Current { get; }

        public override bool MoveNext()
        {
            _stop.Token.ThrowIfCancellationRequested();
            if (_next == _groupRows && !NextGroup()) return false;
            int rows = Math.Min(RowBatch.DefaultSize, _groupRows - _next);
            for (int i = 0; i < _slices.Length; i++) _slices[i].Slice(_group[i], _next, rows);
            Current.SetRows(_position, rows);
            _next += rows;
            _position += rows;
            return true;
        }

        protected override void Dispose(bool disposing)
        {
            if (disposing)
            {
                _stop.Cancel();
                // What is being read ahead holds the file open; it ends at its next column.
                while (_ahead.TryDequeue(out var ahead)) Task.WaitAny(ahead.Read);
                _groups.Dispose();
                _stop.Dispose();
            }
            base.Dispose(disposing);
        }

        private bool NextGroup()
        {
            ReadAhead();
            if (!_ahead.TryDequeue(out var next)) return false;
            _bytesAhead -= next.Bytes;
            _group = next.Read.GetAwaiter().GetResult();
            (_groupRows, _next) = (next.Rows, 0);
            return true;
        }

        private void ReadAhead()
        {
            while (_moreGroups && _ahead.Count < s_maxGroupsAhead)
            {
                var (file, group) = _groups.Current;
                var entry = file.Groups[group];
                long bytes = _columns.Sum(c => (long)entry.Blocks[c].Raw);
                if (_ahead.Count > 0 && _bytesAhead + bytes > MaxBytesAhead) return;
                var token = _stop.Token;
                _ahead.Enqueue((Task.Run(() => file.Read(group, _columns, token), token), entry.Rows, bytes));
                _bytesAhead += bytes;
                _moreGroups = _groups.MoveNext();
            }
        }
    }
}
