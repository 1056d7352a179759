using MLPath.Data;

namespace MLPath.Transforms.Expressions;

/// <summary>Computes an expression's column for one batch after the other, frame by frame.</summary>
internal sealed class ExpressionWorker
{
    private readonly string _output;
    private readonly DataViewSchema.Column[] _columns;
    private readonly Input[] _inputs;
    private readonly int[] _vectors;
    private readonly Frame _frame = new();
    private readonly Evaluator _evaluator;
    private readonly ResultWriter _writer;
    private int[] _rowLengths = [];

    public ExpressionWorker(LambdaSyntax lambda, string output, DataViewSchema.Column[] columns)
    {
        (_output, _columns) = (output, columns);
        _inputs = [.. columns.Select(c => Input.Create(c.Type, c.Index))];
        _vectors = [.. Enumerable.Range(0, columns.Length).Where(i => columns[i].Type is VectorDataViewType)];
        _evaluator = Binder.Bind(lambda, _inputs, _frame);
        _writer = ResultWriter.Create(_evaluator.Type);
    }

    public void Run(RowBatch batch, ReadOnlySpan<ColumnBuffer?> outputs)
    {
        if (outputs[0] is not { } output)
            return;
        _writer.Begin(output, batch.Count);
        if (_vectors.Length == 0)
            RunRows(batch);
        else
            RunItems(batch);
        _writer.End(_rowLengths.AsSpan(0, _vectors.Length == 0 ? 0 : batch.Count));
    }

    private void RunRows(RowBatch batch)
    {
        for (int row = 0; row < batch.Count; row += Frame.Size)
        {
            _frame.Begin(batch.Position);
            _frame.Add(new FrameRun(row, 0, Math.Min(Frame.Size, batch.Count - row), OfRows: true));
            Evaluate(batch);
        }
    }

    private void RunItems(RowBatch batch)
    {
        if (_rowLengths.Length < batch.Count)
            _rowLengths = new int[batch.Count];
        _frame.Begin(batch.Position);
        for (int row = 0; row < batch.Count; row++)
        {
            int length = _rowLengths[row] = RowLength(batch, row);
            for (int slot = 0; slot < length;)
            {
                int count = Math.Min(length - slot, Frame.Size - _frame.Count);
                _frame.Add(new FrameRun(row, slot, count, OfRows: false));
                slot += count;
                if (_frame.Count < Frame.Size)
                    continue;
                Evaluate(batch);
                _frame.Begin(batch.Position);
            }
        }

        if (_frame.Count > 0)
            Evaluate(batch);
    }

    private int RowLength(RowBatch batch, int row)
    {
        int length = _inputs[_vectors[0]].RowLength(batch, row);
        foreach (int other in _vectors.AsSpan(1))
        {
            int found = _inputs[other].RowLength(batch, row);
            if (found != length)
            {
                throw new DataException(FormattableString.Invariant(
                    $"Row {batch.Position + row}: column '{_columns[_vectors[0]].Name}' has {length} items and column '{_columns[other].Name}' {found}; the expression of column '{_output}' computes item by item, so they must be equal."));
            }
        }

        return length;
    }

    private void Evaluate(RowBatch batch)
    {
        foreach (var input in _inputs)
            input.Fill(batch, _frame);
        _evaluator.WriteTo(_writer, _frame);
    }
}
