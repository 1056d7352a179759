using MLPath.Data;
using MLPath.Runtime;
using MLPath.Transforms;

namespace MLPath.MicrosoftML;

/// <summary>A fitted transformer of Microsoft.ML that maps row to row, as one of MLPath's.</summary>
internal sealed class MicrosoftMLTransformer(MS.ITransformer transformer, MS.DataViewSchema fitted) : RowToRowTransformer
{
    public override string ComponentId => MicrosoftMLComponents.TransformerId;

    public override void Save(ModelSaveContext context) => MicrosoftMLComponents.Save(context, transformer, fitted);

    public override string ToString() => $"{MicrosoftMLColumns.NameOf(transformer)} (Microsoft.ML)";

    protected override IEnumerable<int> Keep(DataViewSchema inputSchema)
    {
        var binding = Bound(inputSchema);
        return Enumerable.Range(0, inputSchema.Count).Where(i => binding.Keeps(i));
    }

    protected override IEnumerable<ColumnFunction> Bind(DataViewSchema inputSchema)
    {
        var binding = Bound(inputSchema);
        return binding.Computed.Count == 0 ? [] : [new ColumnFunction(binding.Needed, [.. binding.Outputs], () => binding.CreateFunction())];
    }

    private Binding Bound(DataViewSchema inputSchema) =>
        MicrosoftMLColumns.Bind(transformer, fitted, inputSchema, () => new Binding(transformer, inputSchema));

    /// <summary>The transformer bound to a schema of MLPath.</summary>
    private sealed class Binding
    {
        private readonly IReadOnlyList<DataViewSchema.Column> _shown;
        private readonly MS.DataViewSchema _input;
        private readonly MSData.IRowToRowMapper _mapper;
        private readonly bool[] _kept;

        public Binding(MS.ITransformer transformer, DataViewSchema inputSchema)
        {
            _shown = MicrosoftMLColumns.Shown(inputSchema);
            _input = Schemas.ToMicrosoft(_shown);
            _mapper = transformer.GetRowToRowMapper(_input);
            _kept = [.. Enumerable.Repeat(true, inputSchema.Count)];
            foreach (var column in _shown)
                _kept[column.Index] = false;
            foreach (var column in _mapper.OutputSchema)
            {
                if (PassedFrom(column) is >= 0 and var from)
                    _kept[_shown[from].Index] = true;
                else if (!column.IsHidden)
                    Computed.Add(column);
            }

            Outputs = [.. Schemas.FromMicrosoft(Computed).Select(c => c.Detach())];
        }

        /// <summary>The columns of Microsoft.ML's output that it computes.</summary>
        public List<MS.DataViewSchema.Column> Computed { get; } = [];

        /// <summary>The same columns as MLPath sees them.</summary>
        public IReadOnlyList<DataViewSchema.DetachedColumn> Outputs { get; }

        /// <summary>The columns that they depend on.</summary>
        public IEnumerable<DataViewSchema.Column> Needed => _mapper.GetDependencies(Computed).Select(c => _shown[c.Index]);

        /// <summary>Whether a column of the input is passed on; those that Microsoft.ML has no type for are.</summary>
        public bool Keeps(int column) => _kept[column];

        public BatchFunction CreateFunction()
        {
            var row = new ShownRow(_input, _shown);
            Action[]? append = null;
            return (batch, outputs) =>
            {
                append ??= Open(row, outputs);
                foreach (var output in outputs)
                    output?.Clear();
                for (int i = 0; i < batch.Count; i++)
                {
                    row.Show(batch, i);
                    foreach (var add in append)
                        add();
                }
            };
        }

        // A worker gives the same buffers for every batch.
        private Action[] Open(ShownRow row, ReadOnlySpan<ColumnBuffer?> outputs)
        {
            var active = new List<(MS.DataViewSchema.Column Column, ColumnBuffer Buffer)>();
            for (int i = 0; i < outputs.Length; i++)
            {
                if (outputs[i] is { } buffer)
                    active.Add((Computed[i], buffer));
            }

            var mapped = _mapper.GetRow(row, active.Select(a => a.Column));
            return [.. active.Select(a => MicrosoftRows.Appender(mapped, a.Column, a.Buffer))];
        }

        // A column that was not touched comes back with the annotations that it was given; each was given its own.
        private int PassedFrom(MS.DataViewSchema.Column column)
        {
            foreach (var candidate in _input)
            {
                if (candidate.Name == column.Name && candidate.Type.Equals(column.Type) && ReferenceEquals(candidate.Annotations, column.Annotations))
                    return candidate.Index;
            }

            return -1;
        }
    }

    /// <summary>A row of an MLPath batch as Microsoft.ML sees it.</summary>
    private sealed class ShownRow(MS.DataViewSchema schema, IReadOnlyList<DataViewSchema.Column> columns) : MS.DataViewRow, IBatchRow
    {
        private RowBatch? _batch;
        private long _position = -1;

        public override MS.DataViewSchema Schema => schema;

        public override long Position => _position;

        public override long Batch => 0;

        public int Row { get; private set; }

        RowBatch IBatchRow.Batch => _batch!;

        /// <summary>Moves to a row. Positions are never the same twice, since what was computed for one is kept until the next.</summary>
        public void Show(RowBatch batch, int row)
        {
            (_batch, Row) = (batch, row);
            _position++;
        }

        public override bool IsColumnActive(MS.DataViewSchema.Column column) => true;

        public override MS.ValueGetter<MSData.DataViewRowId> GetIdGetter() =>
            (ref MSData.DataViewRowId id) => id = new MSData.DataViewRowId(checked((ulong)(_batch!.Position + Row)), 0);

        public override MS.ValueGetter<TValue> GetGetter<TValue>(MS.DataViewSchema.Column column) => BatchRow.Getter<TValue>(this, columns[column.Index]);
    }
}
