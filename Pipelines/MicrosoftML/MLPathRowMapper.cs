using MLPath.Data;

namespace MLPath.MicrosoftML;

/// <summary>A transformer of MLPath that maps row to row, for Microsoft.ML's prediction engines: the batch of one row.</summary>
internal sealed class MLPathRowMapper(SchemaBinding binding, IRowToRowMapper mapper) : MSData.IRowToRowMapper
{
    public MS.DataViewSchema InputSchema => binding.Input;

    public MS.DataViewSchema OutputSchema => binding.Output;

    public IEnumerable<MS.DataViewSchema.Column> GetDependencies(IEnumerable<MS.DataViewSchema.Column> dependingColumns) =>
        [.. mapper.GetDependencies(Converted(dependingColumns)).Select(c => binding.Input[c.Index])];

    public MS.DataViewRow GetRow(MS.DataViewRow input, IEnumerable<MS.DataViewSchema.Column> activeColumns)
    {
        ArgumentNullException.ThrowIfNull(input);
        return new MappedRow(binding, mapper, input, [.. activeColumns.Select(c => c.Index)]);
    }

    private IEnumerable<DataViewSchema.Column> Converted(IEnumerable<MS.DataViewSchema.Column> columns) =>
        columns.Select(c => mapper.OutputSchema[c.Index]);

    private sealed class MappedRow : MS.DataViewRow, IBatchRow
    {
        private readonly SchemaBinding _binding;
        private readonly MS.DataViewRow _input;
        private readonly HashSet<int> _active;
        private readonly MicrosoftRows _row;
        private readonly BatchWorker _worker;
        private RowBatch? _batch;
        private long _position;

        public MappedRow(SchemaBinding binding, IRowToRowMapper mapper, MS.DataViewRow input, HashSet<int> active)
        {
            (_binding, _input, _active) = (binding, input, active);
            var computed = mapper.OutputSchema.Where(c => active.Contains(c.Index) && binding.PassedFrom[c.Index] < 0).ToList();
            _row = new MicrosoftRows(input, mapper.InputSchema, [.. mapper.GetDependencies(computed).Select(c => (c.Index, input.Schema[c.Index]))]);
            _worker = mapper.CreateWorker(computed);
        }

        public override MS.DataViewSchema Schema => _binding.Output;

        public override long Position => _input.Position;

        public override long Batch => _input.Batch;

        public int Row => 0;

        RowBatch IBatchRow.Batch
        {
            get
            {
                if (_batch is not null && _position == _input.Position)
                    return _batch;
                _row.Clear();
                _row.Append();
                (_batch, _position) = (_worker.Map(_row.Batch), _input.Position);
                return _batch;
            }
        }

        public override bool IsColumnActive(MS.DataViewSchema.Column column) => _active.Contains(column.Index);

        public override MS.ValueGetter<MSData.DataViewRowId> GetIdGetter() => _input.GetIdGetter();

        public override MS.ValueGetter<TValue> GetGetter<TValue>(MS.DataViewSchema.Column column)
        {
            if (!_active.Contains(column.Index))
                throw new InvalidOperationException($"Column '{column.Name}' was not asked for when the row was opened. Add it to the active columns.");
            return _binding.PassedFrom[column.Index] is >= 0 and var from
                ? _input.GetGetter<TValue>(_input.Schema[from])
                : BatchRow.Getter<TValue>(this, _binding.ConvertedOutput[column.Index]);
        }
    }
}
