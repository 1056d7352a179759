using MLPath.Runtime;
using static System.FormattableString;

namespace MLPath.Evaluation;

/// <summary>Computes a metric of n rows, the i-th of which counts as often as its weight says.</summary>
/// <param name="weights">n weights: whole numbers, 0 for a row that is left out.</param>
/// <returns>The metric; NaN where it is undefined. It is called from several threads.</returns>
public delegate double RowMetric(float[] weights);

/// <summary>
/// Compares two models on the same rows by any metric: rows are drawn with replacement, the same for both, and the difference is looked at in each
/// draw (B. Efron and R. Tibshirani, An Introduction to the Bootstrap, 1993, chapters 14 and 16).
/// </summary>
/// <remarks>
/// The interval of the difference is that of <see cref="BcaInterval"/>. The p-value is twice the smaller share of draws whose difference is not
/// above, or not below, 0, the data themselves counted as one draw: 2 min(1 + #[d* ≤ 0], 1 + #[d* ≥ 0]) / (B + 1), at most 1.
/// </remarks>
public static class PairedBootstrap
{
    /// <summary>Compares two models.</summary>
    /// <param name="rows">n, the number of rows.</param>
    /// <param name="first">The metric of the first model.</param>
    /// <param name="second">The metric of the second model on the same rows in the same order.</param>
    /// <param name="options">How rows are drawn; null for the defaults.</param>
    /// <param name="context">Cancellation and threads; the default when null. The result does not depend on the threads.</param>
    /// <returns>The test; where the metric allows none, with the reason.</returns>
    /// <exception cref="OptionException">An option is out of its range.</exception>
    /// <exception cref="OperationCanceledException">The work was cancelled.</exception>
    public static PairedBootstrapTest Compare(int rows, RowMetric first, RowMetric second, BootstrapOptions? options = null, FitContext? context = null)
    {
        ArgumentNullException.ThrowIfNull(first);
        ArgumentNullException.ThrowIfNull(second);
        return Test(BcaInterval.Resample(rows, weights => [first(weights) - second(weights)], options ?? new BootstrapOptions(), context ?? FitContext.Default), 0);
    }

    internal static PairedBootstrapTest Test(BcaInterval.Run run, int statistic)
    {
        double estimate = run.Estimates[statistic];
        double[] draws = [.. run.Resamples.Select(r => r[statistic])];
        var interval = run.IntervalOf(statistic);
        if (interval.IsDefined)
        {
            int notAbove = 0, notBelow = 0, defined = 0;
            foreach (double draw in draws.Where(double.IsFinite))
            {
                notAbove += draw <= 0 ? 1 : 0;
                notBelow += draw >= 0 ? 1 : 0;
                defined++;
            }

            return new PairedBootstrapTest(interval, defined, Math.Min(1, 2.0 * (1 + Math.Min(notAbove, notBelow)) / (defined + 1)), null);
        }

        return estimate == 0 && draws.Length > 0 && Array.TrueForAll(draws, d => d == 0)
            ? new PairedBootstrapTest(interval with { Lower = 0, Upper = 0, UndefinedReason = null }, draws.Length, 1, "both have the same score in every draw of rows")
            : new PairedBootstrapTest(interval, draws.Length, double.NaN, Invariant($"of the difference, {interval.UndefinedReason}"));
    }
}

/// <summary>The outcome of a paired bootstrap.</summary>
/// <param name="Difference">The metric of the first model less that of the second, with its interval.</param>
/// <param name="Draws">How many draws of rows it rests on.</param>
/// <param name="PValue">The two-sided p-value; NaN when there is no test.</param>
/// <param name="Note">Why there is no test, or nothing to tell apart; null for an ordinary test.</param>
public sealed record PairedBootstrapTest(BootstrapInterval Difference, int Draws, double PValue, string? Note)
{
    /// <summary>The test in the form that all tests share.</summary>
    /// <param name="reason">Why it was chosen.</param>
    public StatisticalTest ToTest(string reason) => new("paired bootstrap", reason)
    {
        PValue = PValue,
        Effect = double.IsNaN(PValue) ? null : new Effect("difference", Difference.Estimate, Difference.Lower, Difference.Upper, Difference.Confidence),
        Note = Note,
    };
}
