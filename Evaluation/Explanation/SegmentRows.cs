using MLPath.Data;
using MLPath.Numerics;
using MLPath.Reports;

namespace MLPath.Evaluation;

/// <summary>The rows of a segment.</summary>
/// <param name="Name">The category, or the range of numbers.</param>
/// <param name="Rows">The rows, increasing.</param>
internal sealed record SegmentRows(string Name, int[] Rows)
{
    /// <summary>The segments of a column: its categories, or bins of its numbers; missing values last.</summary>
    public static IReadOnlyList<SegmentRows> Of(IDataView data, string column, SegmentOptions options, CancellationToken cancellationToken)
    {
        var found = data.Schema.GetColumnOrNull(column) ?? throw SchemaException.MissingColumn(column, data.Schema.VisibleNames);
        var codes = new SplitSource(data, cancellationToken).Codes(column);
        bool isNumber = found.Type is NumberDataViewType;
        int[] segmentOfCode = isNumber && codes.Values.Count > options.Bins ? Bins(codes, options.Bins) : Categories(codes, options.MostSegments);
        int segments = segmentOfCode.Length == 0 ? 0 : segmentOfCode.Max() + 1;
        var result = new List<SegmentRows>();
        for (int segment = 0; segment < segments; segment++)
        {
            int[] own = [.. Enumerable.Range(0, segmentOfCode.Length).Where(code => segmentOfCode[code] == segment)];
            string name = own.Length == 1 ? codes.Values[own[0]]
                : isNumber ? $"{codes.Values[own[0]]} to {codes.Values[own[^1]]}"
                : $"{NumberFormat.Integer(own.Length)} other values";
            result.Add(new SegmentRows(name, RowsWhere(codes, code => code >= 0 && segmentOfCode[code] == segment)));
        }

        if (codes.MissingCount > 0)
            result.Add(new SegmentRows("missing", RowsWhere(codes, code => code < 0)));
        return result;
    }

    private static int[] RowsWhere(ColumnCodes codes, Func<int, bool> belongs) =>
        [.. Enumerable.Range(0, codes.Codes.Length).Where(row => belongs(codes.Codes[row]))];

    // As many rows in each bin as equal values allow: a value goes to the bin in which the middle of its rows lies.
    private static int[] Bins(ColumnCodes codes, int bins)
    {
        var counts = CountsOf(codes);
        double total = counts.Sum(), before = 0;
        var bin = new int[counts.Length];
        for (int code = 0; code < counts.Length; code++)
        {
            bin[code] = Math.Min(bins - 1, (int)((before + (counts[code] / 2.0)) / total * bins));
            before += counts[code];
        }

        // Without gaps in the numbers of the bins.
        int[] used = [.. bin.Distinct().Order()];
        return [.. bin.Select(b => Array.IndexOf(used, b))];
    }

    // The most frequent categories in order of value, then one segment for the rest.
    private static int[] Categories(ColumnCodes codes, int most)
    {
        var counts = CountsOf(codes);
        if (counts.Length <= most)
            return [.. Enumerable.Range(0, counts.Length)];
        int[] kept = [.. Enumerable.Range(0, counts.Length).OrderByDescending(code => counts[code]).ThenBy(code => code).Take(most).Order()];
        return [.. Enumerable.Range(0, counts.Length).Select(code => Array.IndexOf(kept, code) is >= 0 and var place ? place : most)];
    }

    private static long[] CountsOf(ColumnCodes codes)
    {
        var counts = new long[codes.Values.Count];
        foreach (int code in codes.Codes)
        {
            if (code >= 0)
                counts[code]++;
        }

        return counts;
    }
}

/// <summary>A metric on some rows with its bootstrap standard error and percentile interval.</summary>
/// <param name="Value">The metric; NaN where it is undefined.</param>
/// <param name="StandardError">Its standard error; NaN where it is undefined.</param>
/// <param name="Interval">Its interval; null where it is undefined.</param>
internal sealed record Bootstrap(double Value, double StandardError, ReportInterval? Interval)
{
    // Of more rows so many are drawn, and the spread is scaled by √(m / n): the m out of n bootstrap.
    private const int MostDrawn = 10_000;

    public static Bootstrap Of(
        ScoredRows rows, int[] some, MetricDescription metric, SegmentOptions options, RandomStream random, FitContext context)
    {
        double value = some.Length == 0 ? double.NaN : Measure(rows, some, metric, context);
        if (!double.IsFinite(value))
            return new Bootstrap(double.NaN, double.NaN, null);
        int n = some.Length, m = Math.Min(n, MostDrawn);
        var values = new List<double>();
        var drawn = new int[m];
        for (int sample = 0; sample < options.Resamples; sample++)
        {
            context.Checkpoint();
            var stream = random.Derive(sample);
            for (int i = 0; i < m; i++)
                drawn[i] = some[stream.NextInt32(n)];
            double resampled = Measure(rows, drawn, metric, context);
            if (double.IsFinite(resampled))
                values.Add(value + ((resampled - value) * Math.Sqrt((double)m / n)));
        }

        // A sample without a class has no AUC; with few of the others there is no telling.
        if (values.Count < options.Resamples / 2)
            return new Bootstrap(value, double.NaN, null);
        double mean = values.Average();
        double error = Math.Sqrt(values.Sum(v => (v - mean) * (v - mean)) / (values.Count - 1));
        double[] sorted = [.. values.Order()];
        double tail = (1 - options.Confidence) / 2;
        return new Bootstrap(value, error, new ReportInterval(Quantiles.Of(sorted, tail), Quantiles.Of(sorted, 1 - tail)));
    }

    private static double Measure(ScoredRows rows, int[] some, MetricDescription metric, FitContext context) =>
        Judge.Evaluate(rows.Gather(some), cancellationToken: context.CancellationToken)[metric.Name].Value;
}
