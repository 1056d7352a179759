namespace MLPath.Runtime;

/// <summary>
/// Keeps things that serve one thread at a time, so that many threads can share them without locks: a slot is emptied by who takes from it
/// and filled by who gives back. The thread that made the pool has a slot of its own, which costs no exchange with other processors.
/// </summary>
/// <typeparam name="T">What is kept.</typeparam>
/// <param name="create">Makes one more when all are in use.</param>
internal sealed class WorkerPool<T>(Func<T> create) where T : class
{
    private readonly T?[] _slots = new T?[Math.Max(8, 2 * Environment.ProcessorCount)];
    private readonly int _owner = Environment.CurrentManagedThreadId;
    private T? _ofOwner; // this and whether it is out are read and written by the owner alone
    private bool _ownerHasIt;

    /// <summary>Takes one out, or makes one.</summary>
    public T Rent()
    {
        if (Environment.CurrentManagedThreadId == _owner && !_ownerHasIt)
        {
            var own = _ofOwner ??= create();
            _ownerHasIt = true;
            return own;
        }

        foreach (ref T? slot in _slots.AsSpan())
        {
            if (Volatile.Read(ref slot) is not null && Interlocked.Exchange(ref slot, null) is { } held)
                return held;
        }

        return create();
    }

    /// <summary>Puts one back, on the thread that took it out; it is forgotten where there is no room.</summary>
    public void Return(T worker)
    {
        if (ReferenceEquals(worker, _ofOwner))
        {
            _ownerHasIt = false;
            return;
        }

        foreach (ref T? slot in _slots.AsSpan())
        {
            if (Volatile.Read(ref slot) is null && Interlocked.CompareExchange(ref slot, worker, null) is null)
                return;
        }
    }
}
