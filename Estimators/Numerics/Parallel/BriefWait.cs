using System.Diagnostics;

namespace MLPath.Numerics;

/// <summary>
/// The time for which a thread looks out for what it waits for before it sleeps. A thread that sleeps takes some 50 µs to wake, and then often
/// shares the core of the thread that woke it for many milliseconds while another core is idle.
/// </summary>
/// <param name="ticks">The time in ticks of <see cref="Stopwatch"/>: at most a millisecond counts, and at least some 50 µs.</param>
internal struct BriefWait(long ticks)
{
    private static readonly long MostTicks = Stopwatch.Frequency / 1000;

    // About 50 µs without a word to the system; then others that wait for this core go first.
    private const int Looks = 1000;

    private readonly long _ticks = Math.Min(ticks, MostTicks);
    private int _looks;
    private long _start;

    /// <summary>As long as is allowed.</summary>
    public BriefWait()
        : this(long.MaxValue)
    {
    }

    /// <summary>Waits for a moment, unless it has waited long enough.</summary>
    public bool GoesOn()
    {
        if (_looks < Looks)
        {
            _looks++;
            Thread.SpinWait(1);
            return true;
        }

        if (_start == 0) _start = Stopwatch.GetTimestamp();
        if (Stopwatch.GetTimestamp() - _start >= _ticks) return false;
        Thread.Yield();
        return true;
    }
}
