using System.Runtime.ExceptionServices;

namespace MLPath.Datasets.Text;

/// <summary>
/// A pass over a table, chunk by chunk in order. The calling thread reads and cuts the text; some chunks at a time are parsed by other
/// threads, and each chunk's memory is used again, so that the memory of a pass does not grow with the file. What comes out, errors included,
/// does not depend on the number of threads or the size of chunks.
/// </summary>
internal sealed class ParsedChunks : IDisposable
{
    private readonly TableReader _reader;
    private readonly Func<ChunkParser> _newParser;
    private readonly int _threads;
    private readonly TaskScheduler _scheduler; // no more than the threads asked for at a time
    private readonly CancellationTokenSource _stop;
    private readonly Queue<(ChunkParser Parser, Task Parsing)> _inFlight = new();
    private readonly Stack<ChunkParser> _free = new();
    private long _rowsLeft;
    private bool _ended;
    private ExceptionDispatchInfo? _readError;
    private ChunkParser? _current;

    /// <summary>Starts a pass.</summary>
    /// <param name="reader">The text, which this pass closes.</param>
    /// <param name="newParser">Makes a parser.</param>
    /// <param name="threads">How many chunks are parsed at a time.</param>
    /// <param name="maxRows">The pass ends after so many rows; null for all. It then parses one chunk at a time.</param>
    /// <param name="cancellationToken">Ends the pass early.</param>
    public ParsedChunks(TableReader reader, Func<ChunkParser> newParser, int threads, long? maxRows, CancellationToken cancellationToken)
    {
        (_reader, _newParser) = (reader, newParser);
        _threads = maxRows is null ? Math.Max(1, threads) : 1;
        _rowsLeft = maxRows ?? long.MaxValue;
        _scheduler = new ConcurrentExclusiveSchedulerPair(TaskScheduler.Default, _threads).ConcurrentScheduler;
        _stop = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
    }

    /// <summary>The chunk at hand, until the next call of <see cref="MoveNext"/>.</summary>
    public ChunkParser Current => _current!;

    /// <summary>Moves to the next chunk.</summary>
    /// <exception cref="OperationCanceledException">The pass was cancelled.</exception>
    public bool MoveNext()
    {
        _stop.Token.ThrowIfCancellationRequested();
        if (_current is not null)
        {
            _free.Push(_current);
            _rowsLeft -= _current.Rows;
            _current = null;
        }
        if (_threads == 1)
        {
            if (_rowsLeft <= 0 || TryRead() is not { } next) return Ended();
            next.Parse(_rowsLeft, _stop.Token);
            _current = next;
            return true;
        }

        // Twice as many as there are threads, so that none waits while the calling thread is busy with what is done.
        while (_inFlight.Count < 2 * _threads && TryRead() is { } parser) _inFlight.Enqueue((parser, Start(parser)));
        if (!_inFlight.TryDequeue(out var first)) return Ended();
        first.Parsing.GetAwaiter().GetResult();
        _current = first.Parser;
        return true;
    }

    /// <summary>Stops what is under way and closes the file.</summary>
    public void Dispose()
    {
        _stop.Cancel();
        foreach (var (_, parsing) in _inFlight) ((IAsyncResult)parsing).AsyncWaitHandle.WaitOne();
        _inFlight.Clear();
        _reader.Dispose();
        _stop.Dispose();
    }

    private Task Start(ChunkParser parser) => Task.Factory.StartNew(
        () => parser.Parse(long.MaxValue, _stop.Token), CancellationToken.None, TaskCreationOptions.DenyChildAttach, _scheduler);

    /// <summary>Reads the text of a chunk. An error waits until the chunks before it are parsed, whose errors come first.</summary>
    private ChunkParser? TryRead()
    {
        if (_ended) return null;
        var parser = _free.TryPop(out var used) ? used : _newParser();
        try
        {
            if (_reader.Read(parser.Chunk)) return parser;
        }
        catch (Exception error) when (error is DataException or IOException)
        {
            _readError = ExceptionDispatchInfo.Capture(error);
        }
        _ended = true;
        return null;
    }

    private bool Ended()
    {
        _readError?.Throw();
        return false;
    }
}
