using System.Collections.Concurrent;
using System.Diagnostics;

namespace MLPath.Numerics;

/// <summary>Work that some other threads may join while it lasts.</summary>
internal interface ISharedWork
{
    /// <summary>Takes part until there is nothing left to hand out. Never throws.</summary>
    /// <returns>Whether it took part; false, at once, if the work is over. Who took part must <see cref="Leave"/>.</returns>
    bool Join();

    /// <summary>Tells whoever waits for the end of the work that a thread is done with it.</summary>
    void Leave();
}

/// <summary>
/// Threads that wait for work. Loops over small products last some hundred microseconds, about as long as it takes to wake a thread; so a
/// thread that has just worked looks out for more before it sleeps, for about as long as it has worked: so looking out at most doubles what work
/// costs.
/// </summary>
internal sealed class WorkerThread
{
    // Nested loops and loops of several callers share the threads; who finds none works alone.
    private static readonly int MostThreads = Math.Max(2 * Environment.ProcessorCount, 8);
    private static readonly ConcurrentStack<WorkerThread> Idle = new();
    private static int _threads;

    private readonly object _sleep = new();
    private ISharedWork? _work;
    private bool _asleep;

    /// <summary>Asks other threads to join. They may come late or, when all are busy, not at all.</summary>
    /// <param name="work">The work.</param>
    /// <param name="count">How many threads are wanted.</param>
    public static void Invite(ISharedWork work, int count)
    {
        for (; count > 0; count--)
        {
            if (Idle.TryPop(out var worker)) worker.Give(work);
            else if (!TryStart(work)) return;
        }
    }

    private static bool TryStart(ISharedWork work)
    {
        if (Interlocked.Increment(ref _threads) > MostThreads)
        {
            Interlocked.Decrement(ref _threads);
            return false;
        }

        var worker = new WorkerThread { _work = work };
        new Thread(worker.Live) { IsBackground = true, Name = "MLPath worker" }.UnsafeStart();
        return true;
    }

    private void Give(ISharedWork work)
    {
        Interlocked.Exchange(ref _work, work);
        if (!Volatile.Read(ref _asleep)) return; // it looks again before it sleeps
        lock (_sleep) Monitor.Pulse(_sleep);
    }

    private void Live()
    {
        long worked = 0;
        while (true)
        {
            var work = Await(worked);
            long began = Stopwatch.GetTimestamp();
            bool joined = work.Join();
            worked = Stopwatch.GetTimestamp() - began;
            Volatile.Write(ref _work, null);
            // Idle before the work is over for others, so that the next loop finds this thread rather than starting one more.
            Idle.Push(this);
            if (joined) work.Leave();
        }
    }

    private ISharedWork Await(long worked)
    {
        while (true)
        {
            for (var wait = new BriefWait(worked); wait.GoesOn();)
            {
                if (Volatile.Read(ref _work) is { } work) return work;
            }

            lock (_sleep)
            {
                _asleep = true;
                Interlocked.MemoryBarrier(); // so that either this sees the work, or whoever gives it sees that this sleeps
                while (Volatile.Read(ref _work) is null) Monitor.Wait(_sleep);
                _asleep = false;
            }
        }
    }
}
