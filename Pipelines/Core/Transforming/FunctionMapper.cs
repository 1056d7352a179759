using MLPath.Data;

namespace MLPath.Transforms;

/// <summary>Column functions bound to a schema.</summary>
internal sealed class FunctionMapper : IRowToRowMapper
{
    private readonly int[] _kept;
    private readonly ColumnFunction[] _functions;

    public FunctionMapper(DataViewSchema inputSchema, int[] kept, ColumnFunction[] functions)
    {
        (InputSchema, _kept, _functions) = (inputSchema, kept, functions);
        var builder = new DataViewSchema.Builder();
        foreach (int index in kept)
            builder.AddColumn(inputSchema[index].Detach());
        foreach (var function in functions)
            builder.AddColumns(function.Outputs);
        OutputSchema = builder.ToSchema();
    }

    public DataViewSchema InputSchema { get; }

    public DataViewSchema OutputSchema { get; }

    public IEnumerable<DataViewSchema.Column> GetDependencies(IEnumerable<DataViewSchema.Column> dependingColumns)
    {
        var active = Active(dependingColumns);
        var needed = new bool[InputSchema.Count];
        for (int i = 0; i < _kept.Length; i++)
            needed[_kept[i]] |= active[i];
        int column = _kept.Length;
        foreach (var function in _functions)
        {
            bool runs = active.AsSpan(column, function.Outputs.Count).Contains(true);
            column += function.Outputs.Count;
            if (!runs)
                continue;
            foreach (int input in function.Inputs)
                needed[input] = true;
        }

        return InputSchema.Where(c => needed[c.Index]);
    }

    public BatchWorker CreateWorker(IEnumerable<DataViewSchema.Column> activeColumns) => new Worker(this, Active(activeColumns));

    private bool[] Active(IEnumerable<DataViewSchema.Column> columns)
    {
        var active = new bool[OutputSchema.Count];
        foreach (var column in columns)
            active[column.Index] = true;
        return active;
    }

    private sealed class Worker : BatchWorker
    {
        private readonly RowBatch _output;
        private readonly (int From, int To)[] _passed;
        private readonly (BatchFunction Run, ColumnBuffer?[] Outputs)[] _functions;

        public Worker(FunctionMapper mapper, bool[] active)
        {
            _output = new RowBatch(mapper.OutputSchema);
            _passed = [.. mapper._kept.Select((from, to) => (from, to)).Where(c => active[c.to])];
            var functions = new List<(BatchFunction, ColumnBuffer?[])>();
            int column = mapper._kept.Length;
            foreach (var function in mapper._functions)
            {
                var outputs = new ColumnBuffer?[function.Outputs.Count];
                for (int i = 0; i < outputs.Length; i++, column++)
                {
                    if (!active[column])
                        continue;
                    outputs[i] = ColumnBuffer.Create(function.Outputs[i].Type);
                    _output.Set(column, outputs[i]);
                }

                if (Array.Exists(outputs, o => o is not null))
                    functions.Add((function.Create(), outputs));
            }

            _functions = [.. functions];
        }

        public override RowBatch Map(RowBatch input)
        {
            foreach (var (from, to) in _passed)
                _output.Set(to, input[from]);
            foreach (var (run, outputs) in _functions)
                run(input, outputs);
            _output.SetRows(input.Position, input.Count);
            return _output;
        }
    }
}

/// <summary>A view seen through a row mapper.</summary>
internal sealed class MappedDataView(IDataView input, IRowToRowMapper mapper, LineageStep step) : BatchDataView
{
    public override DataViewSchema Schema => mapper.OutputSchema;

    public override DataLineage Lineage { get; } = input.Lineage.Then(step);

    public override long? GetRowCount() => input.GetRowCount();

    public override BatchCursor GetBatchCursor(IEnumerable<DataViewSchema.Column> columnsNeeded, CancellationToken cancellationToken = default)
    {
        var columns = columnsNeeded.ToList();
        return new Cursor(input.GetBatchCursor(mapper.GetDependencies(columns), cancellationToken), mapper.CreateWorker(columns));
    }

    private sealed class Cursor(BatchCursor source, BatchWorker worker) : BatchCursor
    {
        private RowBatch? _current;

        public override RowBatch Current => _current ?? throw new InvalidOperationException("Move to a batch before reading it.");

        public override bool MoveNext()
        {
            if (!source.MoveNext())
                return false;
            _current = worker.Map(source.Current);
            return true;
        }

        protected override void Dispose(bool disposing)
        {
            if (disposing)
                source.Dispose();
            base.Dispose(disposing);
        }
    }
}
