namespace MLPath.Runtime;

/// <summary>
/// Keeps things that serve one thread at a time, so that many threads can share them without locks: a slot is emptied by who takes from it
/// and filled by who gives back.
/// </summary>
/// <typeparam name="T">What is kept.</typeparam>
/// <param name="create">Makes one more when all are in use.</param>
internal sealed class WorkerPool<T>(Func<T> create) where T : class
{
    private readonly T?[] _slots = new T?[Math.Max(8, 2 * Environment.ProcessorCount)];

    /// <summary>Takes one out, or makes one.</summary>
    public T Rent()
    {
        foreach (ref T? slot in _slots.AsSpan())
        {
            if (Volatile.Read(ref slot) is not null && Interlocked.Exchange(ref slot, null) is { } held)
                return held;
        }

        return create();
    }

    /// <summary>Puts one back; it is forgotten where there is no room.</summary>
    public void Return(T worker)
    {
        foreach (ref T? slot in _slots.AsSpan())
        {
            if (Volatile.Read(ref slot) is null && Interlocked.CompareExchange(ref slot, worker, null) is null)
                return;
        }
    }
}
