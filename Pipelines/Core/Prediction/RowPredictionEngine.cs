using MLPath.Data;
using MLPath.Runtime;

namespace MLPath;

/// <summary>
/// Predicts for rows whose columns are known at run time only, given and returned as dictionaries from column names to values. Safe for use
/// by many threads.
/// </summary>
/// <remarks>
/// Values in: numbers of any numeric type that can hold the column's values, text as string, dates as such or as ISO 8601 texts, keys as
/// what they stand for, vectors as any sequence; null is a missing value. Names that the model does not need are ignored. Values out:
/// numbers and dates in their own types, text and keys as string, vectors as arrays, and null for what is missing.
/// </remarks>
public sealed class RowPredictionEngine
{
    private readonly WorkerPool<Worker> _workers;

    internal RowPredictionEngine(ITransformer transformer, DataViewSchema inputSchema, IReadOnlyList<string> outputColumnNames)
    {
        ArgumentNullException.ThrowIfNull(transformer);
        ArgumentNullException.ThrowIfNull(inputSchema);
        var mapper = PredictionBinding.Mapper(transformer, inputSchema, "the schema given");
        OutputColumns = PredictionBinding.Outputs(mapper, outputColumnNames);
        InputColumns = [.. mapper.GetDependencies(OutputColumns)];
        _workers = new WorkerPool<Worker>(() => new Worker(mapper, InputColumns, OutputColumns));
        // What can fail, fails now.
        _workers.Return(_workers.Rent());
    }

    /// <summary>The columns that the outputs depend on: what each row must have.</summary>
    public IReadOnlyList<DataViewSchema.Column> InputColumns { get; }

    /// <summary>The columns that are returned.</summary>
    public IReadOnlyList<DataViewSchema.Column> OutputColumns { get; }

    /// <summary>Predicts for one row.</summary>
    /// <param name="row">A value, or null, for each of <see cref="InputColumns"/>.</param>
    /// <returns>The values of <see cref="OutputColumns"/>.</returns>
    /// <exception cref="DataException">A value is not there, or its column cannot hold it; the message names it.</exception>
    public IReadOnlyDictionary<string, object?> Predict(IReadOnlyDictionary<string, object?> row)
    {
        ArgumentNullException.ThrowIfNull(row);
        return Predict([row])[0];
    }

    /// <summary>Predicts for several rows, faster than one by one.</summary>
    /// <param name="rows">For each row a value, or null, for each of <see cref="InputColumns"/>.</param>
    /// <returns>For each row the values of <see cref="OutputColumns"/>.</returns>
    /// <exception cref="DataException">
    /// A value is not there, or its column cannot hold it; the message names it and its row, from 0.
    /// </exception>
    public IReadOnlyList<IReadOnlyDictionary<string, object?>> Predict(IReadOnlyList<IReadOnlyDictionary<string, object?>> rows)
    {
        ArgumentNullException.ThrowIfNull(rows);
        var worker = _workers.Rent();
        try
        {
            return worker.Predict(rows);
        }
        finally
        {
            _workers.Return(worker);
        }
    }

    private sealed class Worker
    {
        private readonly RowAppender<IReadOnlyDictionary<string, object?>> _appender;
        private readonly RowBatch _input;
        private readonly BatchWorker _mapper;
        private readonly DictionaryRowReader _reader;

        public Worker(IRowToRowMapper mapper, IEnumerable<DataViewSchema.Column> inputs, IReadOnlyList<DataViewSchema.Column> outputs)
        {
            var schema = mapper.InputSchema;
            _input = PredictionBinding.CreateBatch(schema, [.. inputs.Select(c => c.Index)], out var buffers);
            _appender = new DictionaryRowWriter(schema, absentIsMissing: false).Open(buffers);
            _mapper = mapper.CreateWorker(outputs);
            _reader = new DictionaryRowReader(outputs);
        }

        public List<IReadOnlyDictionary<string, object?>> Predict(IReadOnlyList<IReadOnlyDictionary<string, object?>> rows)
        {
            var predictions = new List<IReadOnlyDictionary<string, object?>>(rows.Count);
            _appender.Restart();
            for (int start = 0; start < rows.Count; start += RowBatch.DefaultSize)
            {
                int count = Math.Min(RowBatch.DefaultSize, rows.Count - start);
                _appender.Clear();
                for (int i = 0; i < count; i++)
                    _appender.Append(rows[start + i]);
                _input.SetRows(start, count);
                var output = _mapper.Map(_input);
                for (int i = 0; i < count; i++)
                    predictions.Add(_reader.Read(output, i));
            }

            return predictions;
        }
    }
}
