using Spectre.Console;

namespace MLPath.Tool.Output;

/// <summary>
/// Shows how far a work has come: live where somebody watches, a line now and then otherwise, nothing when all is to be quiet.
/// </summary>
internal static class ProgressView
{
    // The width of everything beside the description: spinner, bar, percentage, time, and the gaps between them.
    private const int BarWidth = 10;
    private const int WithoutText = BarWidth + 18;

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
            return work(new OccasionalLines(host.Say, title, describe, host.Clock));
        T result = default!;
        host.ErrorConsole.Progress().AutoClear(true).HideCompleted(false)
            .Columns(
                new SpinnerColumn(), new ProgressBarColumn { Width = BarWidth }, new PercentageColumn(), new ElapsedTimeColumn(),
                new TaskDescriptionColumn { Alignment = Justify.Left })
            .Start(context => result = work(new LiveBar(
                context.AddTask(Markup.Escape(title)), report => Fit(describe(report), host.ErrorConsole.Profile.Width - WithoutText))));
        return result;
    }

    private static string Fit(string text, int width) => text.Length <= width ? text : $"{text[..Math.Max(0, width - 1)]}…";

    /// <summary>Progress as a bar that moves.</summary>
    private sealed class LiveBar(ProgressTask bar, Func<FitProgress, string> describe) : IProgress<FitProgress>
    {
        private readonly Lock _lock = new();

        public void Report(FitProgress value)
        {
            lock (_lock)
            {
                bar.MaxValue = value.Total ?? 1;
                bar.IsIndeterminate = value.Total is null;
                bar.Value = value.Iteration;
                bar.Description = Markup.Escape(describe(value));
            }
        }
    }
}

/// <summary>Progress as a line every few seconds, for logs.</summary>
/// <param name="say">Writes a line.</param>
/// <param name="title">What is done.</param>
/// <param name="describe">What to tell of one report.</param>
/// <param name="clock">The time.</param>
internal sealed class OccasionalLines(Action<string> say, string title, Func<FitProgress, string> describe, TimeProvider clock)
    : IProgress<FitProgress>
{
    private static readonly TimeSpan Pause = TimeSpan.FromSeconds(5);

    private readonly Lock _lock = new();
    private long _last = clock.GetTimestamp();

    /// <inheritdoc/>
    public void Report(FitProgress value)
    {
        lock (_lock)
        {
            if (clock.GetElapsedTime(_last) < Pause)
                return;
            _last = clock.GetTimestamp();
            say($"{title}: {describe(value)}");
        }
    }
}
