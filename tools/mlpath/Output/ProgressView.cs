using System.Globalization;
using Spectre.Console;

namespace MLPath.Tool.Output;

/// <summary>Shows how far a work has come: live where somebody watches, a line now and then otherwise, nothing when all is to be quiet.</summary>
internal static class ProgressView
{
    /// <summary>Does a work and shows its progress.</summary>
    /// <typeparam name="T">What it gives.</typeparam>
    /// <param name="host">Where to show it.</param>
    /// <param name="title">What is done, in a word or two.</param>
    /// <param name="describe">What to tell of one report.</param>
    /// <param name="work">The work; it reports through what it is given, from any thread.</param>
    public static T Run<T>(ToolHost host, string title, Func<FitProgress, string> describe, Func<IProgress<FitProgress>?, T> work)
    {
        if (host.Quiet)
            return work(null);
        if (!host.ErrorConsole.Profile.Capabilities.Interactive)
            return work(new OccasionalLines(host.Say, title, describe, TimeProvider.System));
        T result = default!;
        host.ErrorConsole.Progress().AutoClear(true).HideCompleted(false)
            .Columns(new SpinnerColumn(), new TaskDescriptionColumn { Alignment = Justify.Left }, new ProgressBarColumn { Width = 20 }, new PercentageColumn(), new ElapsedTimeColumn())
            .Start(context => result = work(new LiveBar(context.AddTask(Markup.Escape(title)), title, describe)));
        return result;
    }

    /// <summary>Progress as a bar that moves.</summary>
    private sealed class LiveBar(ProgressTask bar, string title, Func<FitProgress, string> describe) : IProgress<FitProgress>
    {
        private readonly Lock _lock = new();

        public void Report(FitProgress value)
        {
            lock (_lock)
            {
                bar.MaxValue = value.Total ?? 1;
                bar.IsIndeterminate = value.Total is null;
                // Reports of several threads may arrive out of order.
                bar.Value = Math.Max(bar.Value, value.Iteration);
                bar.Description = Markup.Escape($"{title} {describe(value)}");
            }
        }
    }
}

/// <summary>Progress as a line every few seconds, for logs.</summary>
/// <param name="say">Writes a line.</param>
/// <param name="title">What is done.</param>
/// <param name="describe">What to tell of one report.</param>
/// <param name="clock">The time.</param>
internal sealed class OccasionalLines(Action<string> say, string title, Func<FitProgress, string> describe, TimeProvider clock) : IProgress<FitProgress>
{
    private static readonly TimeSpan Pause = TimeSpan.FromSeconds(5);

    private readonly Lock _lock = new();
    private long _last = clock.GetTimestamp();

    /// <inheritdoc/>
    public void Report(FitProgress value)
    {
        lock (_lock)
        {
            string words = describe(value);
            if (clock.GetElapsedTime(_last) < Pause)
                return;
            _last = clock.GetTimestamp();
            string share = value.Fraction is { } fraction ? fraction.ToString("0%", CultureInfo.InvariantCulture) : "…";
            say($"{title} {share} {words}");
        }
    }
}
