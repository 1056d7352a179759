using System.Diagnostics.CodeAnalysis;
using System.Runtime.ExceptionServices;

namespace MLPath.Numerics;

/// <summary>
/// Loops over chunks of a range on several threads, with results that do not depend on how many threads there are: the chunks are fixed by
/// the count and the chunk size alone, and reductions combine them in order.
/// </summary>
/// <remarks>
/// Work must depend on its chunk only (write to its own rows, draw from <c>stream.Derive(chunk)</c>); then the result is the same, bit for
/// bit, at any number of threads. The calling thread takes part in the work, so loops may be nested.
/// </remarks>
[SuppressMessage("Design", "CA1068", Justification = "The loop body comes last, as in Parallel.For, so that it can be written in place.")]
public static class ParallelLoop
{
    /// <summary>The number of chunks that a range is cut into: ⌈count / chunkSize⌉.</summary>
    /// <param name="count">The length of the range; 0 or more.</param>
    /// <param name="chunkSize">The length of every chunk but the last; at least 1.</param>
    /// <exception cref="ArgumentOutOfRangeException">An argument is out of range.</exception>
    public static int ChunkCount(int count, int chunkSize)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(count);
        ArgumentOutOfRangeException.ThrowIfLessThan(chunkSize, 1);
        return (int)(((long)count + chunkSize - 1) / chunkSize);
    }

    /// <summary>Runs a body on every chunk of the range 0 … <paramref name="count"/> - 1.</summary>
    /// <param name="count">The length of the range; 0 or more.</param>
    /// <param name="chunkSize">The length of every chunk but the last; at least 1.</param>
    /// <param name="threads">The most threads to use, this one included; 1 or less runs the chunks here, in order.</param>
    /// <param name="cancellationToken">Looked at before every chunk.</param>
    /// <param name="body">Receives the chunk's index, its first element and the element after its last.</param>
    /// <exception cref="ArgumentOutOfRangeException"><paramref name="count"/> or <paramref name="chunkSize"/> is out of range.</exception>
    /// <exception cref="OperationCanceledException">The token was cancelled before every chunk had started.</exception>
    /// <remarks>
    /// An exception of the body surfaces as it is. If several chunks fail, it is the one of the lowest chunk, which is also the one that a
    /// single thread would meet. No chunk is still running when this method returns or throws.
    /// </remarks>
    public static void For(int count, int chunkSize, int threads, CancellationToken cancellationToken, Action<int, int, int> body)
    {
        ArgumentNullException.ThrowIfNull(body);
        int chunks = ChunkCount(count, chunkSize);
        cancellationToken.ThrowIfCancellationRequested();

        int workers = Math.Min(threads, chunks);
        if (workers > 1)
        {
            new SharedLoop(count, chunkSize, chunks, cancellationToken, body).Run(workers);
            return;
        }

        for (int chunk = 0; chunk < chunks; chunk++)
        {
            cancellationToken.ThrowIfCancellationRequested();
            var (start, end) = Bounds(chunk, count, chunkSize);
            body(chunk, start, end);
        }
    }

    /// <summary>Maps every chunk of the range 0 … <paramref name="count"/> - 1 to a value and combines the values in chunk order.</summary>
    /// <param name="count">The length of the range; 0 or more.</param>
    /// <param name="chunkSize">The length of every chunk but the last; at least 1.</param>
    /// <param name="threads">The most threads to use, this one included; 1 or less runs the chunks here, in order.</param>
    /// <param name="cancellationToken">Looked at before every chunk.</param>
    /// <param name="map">Receives a chunk's first element and the element after its last; gives the chunk's value.</param>
    /// <param name="combine">Receives the value so far and the next chunk's value. Runs on the calling thread.</param>
    /// <param name="seed">The value before the first chunk, and the result of an empty range.</param>
    /// <typeparam name="T">The type of a value.</typeparam>
    /// <returns><c>combine(… combine(combine(seed, map(chunk 0)), map(chunk 1)) …)</c>.</returns>
    /// <exception cref="ArgumentOutOfRangeException"><paramref name="count"/> or <paramref name="chunkSize"/> is out of range.</exception>
    /// <exception cref="OperationCanceledException">The token was cancelled before every chunk had started.</exception>
    public static T Reduce<T>(
        int count, int chunkSize, int threads, CancellationToken cancellationToken, Func<int, int, T> map, Func<T, T, T> combine, T seed)
    {
        ArgumentNullException.ThrowIfNull(map);
        ArgumentNullException.ThrowIfNull(combine);

        var values = new T[ChunkCount(count, chunkSize)];
        For(count, chunkSize, threads, cancellationToken, (chunk, start, end) => values[chunk] = map(start, end));

        T result = seed;
        foreach (T value in values) result = combine(result, value);
        return result;
    }

    private static (int Start, int End) Bounds(int chunk, int count, int chunkSize)
    {
        int start = chunk * chunkSize;
        return (start, (int)Math.Min((long)start + chunkSize, count));
    }

    /// <summary>
    /// One loop that several threads work on. Chunks are handed out in increasing order, so when a chunk fails every lower one has been
    /// handed out and will end: the lowest failure is the same at any number of threads.
    /// </summary>
    private sealed class SharedLoop(int count, int chunkSize, int chunks, CancellationToken cancellationToken, Action<int, int, int> body) : ISharedWork
    {
        private const int Over = int.MinValue;
        private readonly Lock _failing = new();
        private readonly object _left = new();
        private int _helpers; // how many have joined and not left; with the sign bit, nobody joins any more
        private int _next = -1;
        private volatile bool _stopped;
        private bool _cancelled;
        private int _failedChunk = int.MaxValue;
        private ExceptionDispatchInfo? _failure;

        public void Run(int workers)
        {
            WorkerThread.Invite(this, workers - 1);
            Work();
            AwaitHelpers();

            _failure?.Throw();
            if (_cancelled) throw new OperationCanceledException(cancellationToken);
        }

        public bool Join()
        {
            int helpers;
            do
            {
                helpers = Volatile.Read(ref _helpers);
                if (helpers < 0) return false;
            }
            while (Interlocked.CompareExchange(ref _helpers, helpers + 1, helpers) != helpers);

            Work();
            return true;
        }

        public void Leave()
        {
            if (Interlocked.Decrement(ref _helpers) != Over) return;
            lock (_left) Monitor.Pulse(_left);
        }

        // Whoever has not joined by now finds no chunk any more, and need not be waited for.
        private void AwaitHelpers()
        {
            if (Interlocked.Or(ref _helpers, Over) == 0) return;
            for (var wait = new BriefWait(); wait.GoesOn();)
            {
                if (Volatile.Read(ref _helpers) == Over) return;
            }

            lock (_left)
            {
                while (Volatile.Read(ref _helpers) != Over) Monitor.Wait(_left);
            }
        }

        private void Work()
        {
            while (!_stopped)
            {
                int chunk = Interlocked.Increment(ref _next);
                if (chunk >= chunks) return;
                if (cancellationToken.IsCancellationRequested)
                {
                    _cancelled = true;
                    _stopped = true;
                    return;
                }

                try
                {
                    var (start, end) = Bounds(chunk, count, chunkSize);
                    body(chunk, start, end);
                }
#pragma warning disable CA1031 // Every exception is kept and thrown again on the calling thread.
                catch (Exception exception)
#pragma warning restore CA1031
                {
                    Fail(chunk, exception);
                }
            }
        }

        private void Fail(int chunk, Exception exception)
        {
            lock (_failing)
            {
                _stopped = true;
                if (chunk > _failedChunk) return;
                _failedChunk = chunk;
                _failure = ExceptionDispatchInfo.Capture(exception);
            }
        }
    }
}
