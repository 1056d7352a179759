using MLPath.Reports;

namespace MLPath.Evaluation;

/// <summary>What leads from where all rows begin to the prediction of one row.</summary>
internal static class Waterfall
{
    /// <summary>The largest contributions as bars, the others summed up.</summary>
    /// <param name="title">The heading.</param>
    /// <param name="axis">What is added, with its unit.</param>
    /// <param name="names">The names of the contributions.</param>
    /// <param name="values">The contributions.</param>
    /// <param name="start">Where the sum begins.</param>
    /// <param name="startName">What that is.</param>
    /// <param name="endName">What the sum is.</param>
    /// <param name="most">The most contributions to show.</param>
    public static BarChartSection Of(
        string title, string axis, IReadOnlyList<string> names, ReadOnlySpan<double> values, double start, string startName, string endName, int most)
    {
        double[] all = values.ToArray();
        int[] order = [.. Enumerable.Range(0, all.Length).OrderByDescending(i => Math.Abs(all[i]))];
        var bars = order.Take(most).Select(i => new Bar(names[i], all[i])).ToList();
        if (order.Length > most)
            bars.Add(new Bar($"{order.Length - most} others", order.Skip(most).Sum(i => all[i])) { Emphasis = Emphasis.Muted });
        return new BarChartSection(title, new ChartAxis(axis), bars)
        {
            Explanation = $"From the {startName} {NumberFormat.Number(start)} to the {endName} {NumberFormat.Number(start + all.Sum())}: what each adds.",
        };
    }
}
