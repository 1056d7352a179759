namespace MLPath.Numerics;

/// <summary>
/// Isotonic regression: the monotone function with the least weighted squared error, min Σi wi (yi − f(xi))² over all f that never fall (or never
/// rise). Between the points it learned from it is linear, and constant beyond them.
/// </summary>
/// <remarks>
/// The solution is a step function, found by pooling adjacent violators: neighbours in the wrong order are merged into a block with their mean, in
/// O(n) after sorting. Points with equal x are one point, with their mean and the sum of their weights. Reference: Barlow, Bartholomew, Bremner,
/// Brunk, <i>Statistical Inference under Order Restrictions</i>, 1972; Best, Chakravarti, Mathematical Programming 47, 1990.
/// </remarks>
public sealed class IsotonicRegression
{
    private readonly double[] _x;
    private readonly double[] _y;

    /// <summary>Creates a function from its corners.</summary>
    /// <param name="x">The corners' places, finite and rising; at least one.</param>
    /// <param name="y">Their values, finite, as many, and monotone.</param>
    /// <exception cref="ArgumentException">The corners are not such.</exception>
    public IsotonicRegression(ReadOnlySpan<double> x, ReadOnlySpan<double> y)
    {
        (_x, _y) = (x.ToArray(), y.ToArray());
        if (Problem(_x, _y) is { } problem)
            throw new ArgumentException($"The corners do not make a monotone function: {problem}.", nameof(x));
    }

    /// <summary>The corners' places, rising.</summary>
    public ReadOnlySpan<double> X => _x;

    /// <summary>The corners' values, monotone.</summary>
    public ReadOnlySpan<double> Y => _y;

    /// <summary>The monotone sequence nearest to a sequence, by pooling adjacent violators.</summary>
    /// <param name="y">n values, finite.</param>
    /// <param name="weights">n weights, finite and positive; empty when all are 1.</param>
    /// <param name="increasing">Whether the result never falls (the default) or never rises.</param>
    /// <returns>n values.</returns>
    /// <exception cref="ArgumentException">The lengths differ, or a number is not allowed.</exception>
    public static double[] Monotone(ReadOnlySpan<double> y, ReadOnlySpan<double> weights = default, bool increasing = true)
    {
        Check(y, weights);
        double sign = increasing ? 1 : -1;
        // Blocks so far: their means rise. Each has its mean, its weight and where it ends.
        var blocks = new List<(double Mean, double Weight, int End)>();
        for (int i = 0; i < y.Length; i++)
        {
            var (mean, weight) = (sign * y[i], weights.IsEmpty ? 1 : weights[i]);
            while (blocks.Count > 0 && blocks[^1].Mean >= mean)
            {
                var before = blocks[^1];
                blocks.RemoveAt(blocks.Count - 1);
                double together = before.Weight + weight;
                mean = ((before.Weight * before.Mean) + (weight * mean)) / together;
                weight = together;
            }

            blocks.Add((mean, weight, i + 1));
        }

        var fitted = new double[y.Length];
        int start = 0;
        foreach (var block in blocks)
        {
            fitted.AsSpan(start, block.End - start).Fill(sign * block.Mean);
            start = block.End;
        }

        return fitted;
    }

    /// <summary>Fits a monotone function.</summary>
    /// <param name="x">n places in any order, finite; at least one.</param>
    /// <param name="y">n values, finite.</param>
    /// <param name="weights">n weights, finite and positive; empty when all are 1.</param>
    /// <param name="increasing">Whether the function never falls (the default) or never rises.</param>
    /// <exception cref="ArgumentException">The lengths differ, or a number is not allowed.</exception>
    public static IsotonicRegression Fit(ReadOnlySpan<double> x, ReadOnlySpan<double> y, ReadOnlySpan<double> weights = default, bool increasing = true)
    {
        Check(y, weights);
        if (x.IsEmpty || x.Length != y.Length || x.ContainsAnyExceptInRange(double.MinValue, double.MaxValue))
            throw new ArgumentException("There is a finite place for each value, and at least one.", nameof(x));
        double[] sorted = x.ToArray();
        int[] order = [.. Enumerable.Range(0, x.Length)];
        Array.Sort(sorted, order);
        int points = 0;
        var (mean, weight) = (new double[x.Length], new double[x.Length]);
        for (int i = 0; i < order.Length; i++)
        {
            double w = weights.IsEmpty ? 1 : weights[order[i]];
            if (points == 0 || sorted[points - 1] != sorted[i])
                sorted[points++] = sorted[i];
            mean[points - 1] += w * y[order[i]];
            weight[points - 1] += w;
        }

        for (int i = 0; i < points; i++)
            mean[i] /= weight[i];
        double[] fitted = Monotone(mean.AsSpan(0, points), weight.AsSpan(0, points), increasing);
        // A block needs its two ends only.
        int[] corners = [.. Enumerable.Range(0, points).Where(i => i == 0 || i == points - 1 || fitted[i] != fitted[i - 1] || fitted[i] != fitted[i + 1])];
        return new([.. corners.Select(i => sorted[i])], [.. corners.Select(i => fitted[i])]);
    }

    /// <summary>The function's value at a place.</summary>
    /// <param name="x">The place; NaN gives NaN.</param>
    public double Predict(double x)
    {
        if (double.IsNaN(x))
            return x;
        int at = Array.BinarySearch(_x, x);
        if (at >= 0)
            return _y[at];
        int next = ~at;
        if (next == 0 || next == _x.Length)
            return _y[Math.Max(0, next - 1)];
        double part = (x - _x[next - 1]) / (_x[next] - _x[next - 1]);
        return _y[next - 1] + (part * (_y[next] - _y[next - 1]));
    }

    /// <summary>What keeps corners from making a monotone function; null when nothing does.</summary>
    /// <param name="x">The corners' places.</param>
    /// <param name="y">Their values.</param>
    public static string? Problem(ReadOnlySpan<double> x, ReadOnlySpan<double> y)
    {
        if (x.IsEmpty || x.Length != y.Length)
            return "there is at least one corner, with a value for each";
        if (x.ContainsAnyExceptInRange(double.MinValue, double.MaxValue) || y.ContainsAnyExceptInRange(double.MinValue, double.MaxValue))
            return "corners and values are finite";
        bool rises = false, falls = false;
        for (int i = 1; i < x.Length; i++)
        {
            if (x[i] <= x[i - 1])
                return "the corners' places rise";
            rises |= y[i] > y[i - 1];
            falls |= y[i] < y[i - 1];
        }

        return rises && falls ? "the values are monotone" : null;
    }

    private static void Check(ReadOnlySpan<double> y, ReadOnlySpan<double> weights)
    {
        if (y.ContainsAnyExceptInRange(double.MinValue, double.MaxValue))
            throw new ArgumentException("Values are finite.", nameof(y));
        if (!weights.IsEmpty && (weights.Length != y.Length || weights.ContainsAnyExceptInRange(double.Epsilon, double.MaxValue)))
            throw new ArgumentException("There is a positive, finite weight for each value.", nameof(weights));
    }
}
