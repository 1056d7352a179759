using System.Diagnostics.CodeAnalysis;
using MLPath.Data;
using MLPath.Runtime;

namespace MLPath;

/// <summary>
/// Predicts for one object at a time, with the code that transforms views, on a batch of one. Safe for use by many threads. Where all
/// values are numbers, <see cref="Predict(TSrc, ref TDst)"/> allocates nothing once it has run on each thread.
/// </summary>
/// <typeparam name="TSrc">The input: its members are the columns that the outputs depend on; others are not read.</typeparam>
/// <typeparam name="TDst">The output: its settable members receive the columns of their names.</typeparam>
public sealed class PredictionEngine<
    [DynamicallyAccessedMembers(RowMember.Needed)] TSrc,
    [DynamicallyAccessedMembers(RowMember.NeededToCreate)] TDst> : IDisposable
    where TDst : new()
{
    private readonly WorkerPool<Worker> _workers;
    private readonly IDisposable? _owned;
    private volatile bool _disposed;

    internal PredictionEngine(ITransformer transformer, DataViewSchema? inputSchema, PredictionEngineOptions options)
    {
        ArgumentNullException.ThrowIfNull(transformer);
        ArgumentNullException.ThrowIfNull(options);
        var writer = new RowWriter<TSrc>(
            options.InputSchemaDefinition ?? (inputSchema is null ? null : SchemaDefinition.Within(typeof(TSrc), inputSchema)));
        var mapper = PredictionBinding.Mapper(transformer, writer.Schema, typeof(TSrc).Name);
        var reader = new RowReader<TDst>(mapper.OutputSchema, options.OutputSchemaDefinition, options.IgnoreMissingColumns);
        if (reader.Columns.Count == 0)
        {
            string columns = NearestName.List("The columns are", [.. mapper.OutputSchema.VisibleNames]);
            throw new SchemaException($"No member of {typeof(TDst).Name} has the name of a column of the output. {columns}");
        }

        int[] needed = [.. mapper.GetDependencies(reader.Columns).Select(c => c.Index)];
        _workers = new WorkerPool<Worker>(() => new Worker(writer, mapper, reader, needed));
        _owned = options.OwnsTransformer ? transformer as IDisposable : null;
        OutputSchema = mapper.OutputSchema;
        // What can fail, fails now.
        _workers.Return(_workers.Rent());
    }

    /// <summary>
    /// All columns that the model gives for <typeparamref name="TSrc"/>, whether or not <typeparamref name="TDst"/> has members for them.
    /// </summary>
    public DataViewSchema OutputSchema { get; }

    /// <summary>Predicts.</summary>
    /// <param name="example">The input.</param>
    /// <returns>A new output.</returns>
    /// <exception cref="DataException">A vector of the input does not have its column's size.</exception>
    public TDst Predict(TSrc example)
    {
        var prediction = new TDst();
        Predict(example, ref prediction);
        return prediction;
    }

    /// <summary>Predicts into an object that is there already; its arrays of the right length are overwritten.</summary>
    /// <param name="example">The input.</param>
    /// <param name="prediction">The output to fill; a new one when null.</param>
    /// <exception cref="DataException">A vector of the input does not have its column's size.</exception>
    public void Predict(TSrc example, ref TDst prediction)
    {
        if (!typeof(TSrc).IsValueType)
            ArgumentNullException.ThrowIfNull(example);
        ObjectDisposedException.ThrowIf(_disposed, this);
        if (!typeof(TDst).IsValueType && prediction is null)
            prediction = new TDst();
        var worker = _workers.Rent();
        try
        {
            worker.Predict(example, ref prediction);
        }
        finally
        {
            _workers.Return(worker);
        }
    }

    /// <summary>Ends the use of the engine, and of the model where the engine owns it.</summary>
    public void Dispose()
    {
        if (_disposed)
            return;
        _disposed = true;
        _owned?.Dispose();
    }

    private sealed class Worker
    {
        private readonly RowAppender<TSrc> _appender;
        private readonly RowBatch _input;
        private readonly BatchWorker _mapper;
        private readonly RowReader<TDst> _reader;

        public Worker(RowWriter<TSrc> writer, IRowToRowMapper mapper, RowReader<TDst> reader, int[] needed)
        {
            _input = PredictionBinding.CreateBatch(writer.Schema, needed, out var buffers);
            _appender = writer.OpenForOneRow(buffers);
            _mapper = mapper.CreateWorker(reader.Columns);
            _reader = reader;
        }

        public void Predict(TSrc example, ref TDst prediction)
        {
            _appender.Restart();
            _appender.Append(example);
            _input.SetRows(0, 1);
            _reader.Read(_mapper.Map(_input), 0, ref prediction);
        }
    }
}

/// <summary>How a <see cref="PredictionEngine{TSrc, TDst}"/> is made.</summary>
public sealed class PredictionEngineOptions
{
    /// <summary>Whether a member of the output may have no column, so that it keeps its initial value. Default true.</summary>
    public bool IgnoreMissingColumns { get; set; } = true;

    /// <summary>Which members of the input are which columns; all, by name, when null.</summary>
    public SchemaDefinition? InputSchemaDefinition { get; set; }

    /// <summary>Which members of the output receive which columns; all, by name, when null.</summary>
    public SchemaDefinition? OutputSchemaDefinition { get; set; }

    /// <summary>Whether the transformer is disposed with the engine, where it can be. Default true.</summary>
    public bool OwnsTransformer { get; set; } = true;
}
