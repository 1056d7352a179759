using MLPath.Data;
using MLPath.Numerics;

namespace MLPath.Samples;

/// <summary>
/// A sample in a few numbers: the mean x̄ = Σ x / n, the variance s² = Σ (x − x̄)² / (n − 1), the quantiles; and how two variables go together: the covariance
/// Σ (x − x̄)(y − ȳ) / (n − 1) and the correlation, which is the covariance in units of both standard deviations. MLPath computes them in one pass, and from
/// parts of the data that are merged, so that the data need not be in memory.
/// </summary>
internal static class DescriptiveStatistics
{
    public static IReadOnlyList<SideBySide> Run(TextWriter output)
    {
        var ml = new MLContext(seed: 1);
        IDataView iris = ml.Data.LoadDataset("iris");
        double[] length = [.. iris.GetColumn<float>("PetalLength").Select(v => (double)v)];
        double[] width = [.. iris.GetColumn<float>("PetalWidth").Select(v => (double)v)];

        int n = length.Length;
        double mean = length.Sum() / n, meanOfWidth = width.Sum() / n;
        double variance = length.Sum(x => (x - mean) * (x - mean)) / (n - 1);
        double varianceOfWidth = width.Sum(y => (y - meanOfWidth) * (y - meanOfWidth)) / (n - 1);
        double covariance = length.Zip(width, (x, y) => (x - mean) * (y - meanOfWidth)).Sum() / (n - 1);
        double correlation = covariance / Math.Sqrt(variance * varianceOfWidth);
        double[] sorted = [.. length.Order()];
        double median = (sorted[(n - 1) / 2] + sorted[n / 2]) / 2;
        double skewness = length.Sum(x => Math.Pow(x - mean, 3)) / n / Math.Pow(variance * (n - 1) / n, 1.5);
        output.WriteLine(FormattableString.Invariant($"   {n} petals are {mean:0.00} ± {Math.Sqrt(variance):0.00} cm long, half of them up to {median:0.00} cm."));

        // Two parts, each seen once, then merged.
        StreamingMoments moments = new(), others = new();
        moments.Add(length.AsSpan(0, 50));
        others.Add(length.AsSpan(50));
        moments.Merge(others);
        var pairs = new StreamingCovariance(variables: 2);
        foreach (var (x, y) in length.Zip(width))
            pairs.Add([x, y]);
        var quantiles = new QuantileSketch();
        quantiles.Add(length);
        output.WriteLine(FormattableString.Invariant(
            $"   In order alone they go together too: Spearman {Correlation.Spearman(length, width):0.000}, Kendall {Correlation.Kendall(length, width):0.000}."));
        return
        [
            new("mean", mean, moments.Mean, 1e-12),
            new("variance", variance, moments.Variance, 1e-12),
            new("skewness", skewness, moments.Skewness, 1e-12),
            new("median", median, quantiles.Quantile(0.5), 1e-12),
            new("covariance with the width", covariance, pairs.Covariance()[0, 1], 1e-12),
            new("correlation with the width", correlation, pairs.Correlation()[0, 1], 1e-12),
        ];
    }
}
