using System.Diagnostics;

namespace MLPath.Bench;

/// <summary>A workload whose data are in memory: does the work, and gives the seconds it took and the quality of what came out.</summary>
internal sealed class Job
{
    private readonly Func<(double Seconds, double Quality, IReadOnlyList<double>? Losses)> _run;

    private Job(Func<(double, double, IReadOnlyList<double>?)> run) => _run = run;

    /// <summary>Makes a job.</summary>
    /// <typeparam name="T">What the work gives.</typeparam>
    /// <param name="work">What is timed.</param>
    /// <param name="quality">How good the result is; not timed.</param>
    /// <param name="times">How often the work is done in one repetition, where once is too short for a clock. The seconds are those of once.</param>
    public static Job Of<T>(Func<T> work, Func<T, double> quality, int times = 1) => new(() =>
    {
        long start = Stopwatch.GetTimestamp();
        var result = work();
        for (int i = 1; i < times; i++) result = work();
        double seconds = Stopwatch.GetElapsedTime(start).TotalSeconds / times;
        return (seconds, quality(result), null);
    });

    /// <summary>Makes a job that trains a network.</summary>
    /// <param name="work">What is timed; gives the loss of the first steps.</param>
    public static Job OfLosses(Func<IReadOnlyList<double>> work) => new(() =>
    {
        long start = Stopwatch.GetTimestamp();
        var losses = work();
        return (Stopwatch.GetElapsedTime(start).TotalSeconds, losses[^1], losses);
    });

    public (double Seconds, double Quality, IReadOnlyList<double>? Losses) Run() => _run();
}
