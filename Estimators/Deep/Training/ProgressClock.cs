using System.Diagnostics;
using System.Globalization;

namespace MLPath.Deep;

/// <summary>Says how fast a training goes and how long it will take. Its times are shown, and are no part of any result.</summary>
internal sealed class ProgressClock
{
    private static readonly TimeSpan s_pause = TimeSpan.FromSeconds(0.5);

    private readonly Stopwatch _watch = Stopwatch.StartNew();
    private TimeSpan _epochStart, _lastReport;

    /// <summary>Tells of a batch, not more often than twice a second.</summary>
    public void Report(FitContext context, int epoch, int epochs, int batch, int batches, int rows, double loss)
    {
        var now = _watch.Elapsed;
        if (context.Progress is null || batch == batches || now - _lastReport < s_pause) return;
        _lastReport = now;
        double done = (epoch - 1 + ((double)batch / batches)) / epochs;
        context.Progress.Report(new FitProgress(context.Path, epoch - 1, epochs, loss,
            string.Create(CultureInfo.InvariantCulture, $"epoch {epoch}, batch {batch} of {batches}, {Speed(now, rows)}, {Left(now, done)} left")));
    }

    /// <summary>Describes an epoch that has just ended.</summary>
    public string Describe(NetworkEpoch result, string metric, int epoch, int epochs, int rows)
    {
        var now = _watch.Elapsed;
        string speed = Speed(now, rows);
        (_epochStart, _lastReport) = (now, now);
        string validation = double.IsNaN(result.ValidationLoss)
            ? string.Create(CultureInfo.InvariantCulture, $"{metric} {result.Metric:0.000}")
            : string.Create(CultureInfo.InvariantCulture, $"validation loss {result.ValidationLoss:0.0000}, {metric} {result.ValidationMetric:0.000}");
        return string.Create(CultureInfo.InvariantCulture, $"{validation}, learning rate {result.LearningRate:G3}, {speed}, {Left(now, (double)epoch / epochs)} left");
    }

    private string Speed(TimeSpan now, int rows) => string.Create(CultureInfo.InvariantCulture, $"{rows / Math.Max(1e-6, (now - _epochStart).TotalSeconds):N0} rows/s");

    private static string Left(TimeSpan now, double done)
    {
        var left = TimeSpan.FromSeconds(Math.Min(now.TotalSeconds * (1 - done) / done, TimeSpan.FromDays(999).TotalSeconds));
        return left.ToString(left.TotalHours >= 1 ? @"d\.hh\:mm" : @"m\:ss", CultureInfo.InvariantCulture);
    }
}
