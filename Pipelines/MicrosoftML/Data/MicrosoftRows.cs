using MLPath.Data;

namespace MLPath.MicrosoftML;

/// <summary>Columns of a row of Microsoft.ML, gathered row by row into a batch of MLPath.</summary>
internal sealed class MicrosoftRows
{
    private readonly ColumnBuffer[] _buffers;
    private readonly Action[] _append;
    private long _position;

    /// <summary>Binds getters to a row or a cursor.</summary>
    /// <param name="row">The row, whose position moves.</param>
    /// <param name="schema">The schema of the batch.</param>
    /// <param name="columns">The columns to gather: their places in <paramref name="schema"/> and the columns of the row they come from.</param>
    public MicrosoftRows(MS.DataViewRow row, DataViewSchema schema, IReadOnlyList<(int Column, MS.DataViewSchema.Column Source)> columns)
    {
        Batch = new RowBatch(schema);
        _buffers = [.. columns.Select(c => ColumnBuffer.Create(schema[c.Column].Type))];
        _append = [.. columns.Select((c, i) => Appender(row, c.Source, _buffers[i]))];
        for (int i = 0; i < columns.Count; i++)
            Batch.Set(columns[i].Column, _buffers[i]);
    }

    /// <summary>The rows gathered since the last <see cref="Clear"/>.</summary>
    public RowBatch Batch { get; }

    /// <summary>What adds a row's current value of a column to a buffer.</summary>
    public static Action Appender(MS.DataViewRow row, MS.DataViewSchema.Column column, ColumnBuffer buffer) =>
        buffer.Type.Accept(new Appenders(row, column, buffer));

    /// <summary>Begins the next batch.</summary>
    public void Clear()
    {
        _position += Batch.Count;
        foreach (var buffer in _buffers)
            buffer.Clear();
        Batch.SetRows(_position, 0);
    }

    /// <summary>Adds the row's current values.</summary>
    public void Append()
    {
        foreach (var append in _append)
            append();
        Batch.SetRows(_position, Batch.Count + 1);
    }

    private sealed class Appenders(MS.DataViewRow row, MS.DataViewSchema.Column column, ColumnBuffer buffer) : IRawTypeVisitor<Action>
    {
        public Action Visit<T>() => buffer is VectorColumn<T> vectors ? Vectors(vectors) : Scalars((ScalarColumn<T>)buffer);

        private Action Scalars<T>(ScalarColumn<T> scalars)
        {
            var getter = row.GetGetter<T>(column);
            // An image is disposed when its variable is reused, so that each row gets one of its own.
            return () =>
            {
                T value = default!;
                getter(ref value);
                scalars.Add(value);
            };
        }

        private Action Vectors<T>(VectorColumn<T> vectors)
        {
            var getter = row.GetGetter<MSData.VBuffer<T>>(column);
            MSData.VBuffer<T> value = default;
            return () =>
            {
                getter(ref value);
                if (vectors.Size > 0 && value.Length != vectors.Size)
                    throw new DataException($"Column '{column.Name}' promises vectors of {vectors.Size} values; row {row.Position} has {value.Length}.");
                VectorConversion.AddRow(vectors, value);
            };
        }
    }
}
