namespace MLPath.Reports.Charts;

/// <summary>
/// Where an axis is labelled: round numbers, as in P. Heckbert, "Nice numbers for graph labels", Graphics Gems (1990), with the
/// step 25 added (but not 2.5, which would cost a decimal) and only ticks inside the axis kept.
/// </summary>
internal static class Ticks
{
    private static ReadOnlySpan<double> Steps => [1, 2, 2.5, 5];

    /// <summary>
    /// The steps to try between two values, from fine to coarse: each is 1, 2, 5 or from ten on 25 times a power of ten, and the first one
    /// gives at most <paramref name="most"/> ticks.
    /// </summary>
    /// <param name="low">The beginning of the axis, finite.</param>
    /// <param name="high">Its end, finite and larger.</param>
    /// <param name="most">The most ticks wanted, at least 2.</param>
    /// <param name="whole">Whether only whole steps make sense.</param>
    public static IEnumerable<double> NiceSteps(double low, double high, int most, bool whole = false)
    {
        var exponent = (int)Math.Floor(Math.Log10((high - low) / most)) - 1;
        if (whole)
            exponent = Math.Max(exponent, 0);
        for (var last = exponent + 6; exponent <= last; exponent++)
        {
            for (var i = 0; i < Steps.Length; i++)
            {
                var step = Steps[i] * Math.Pow(10, exponent);
                if (Decimals(step) > Decimals(Math.Pow(10, exponent)))
                    continue;
                if (Count(low, high, step) <= most && step <= high - low)
                    yield return step;
            }
        }
    }

    /// <summary>The multiples of the step from low to high, both included up to rounding.</summary>
    public static double[] Multiples(double low, double high, double step)
    {
        var first = Math.Ceiling((low / step) - 1e-9);
        var count = Math.Max(0, (int)(Math.Floor((high / step) + 1e-9) - first) + 1);
        var ticks = new double[count];
        for (var i = 0; i < count; i++)
            ticks[i] = (first + i) * step;
        return ticks;
    }

    /// <summary>The powers of ten from low to high, every <paramref name="stride"/>th one.</summary>
    public static double[] Decades(double low, double high, int stride)
    {
        var first = (int)Math.Ceiling(Math.Log10(low) - 1e-9);
        var last = (int)Math.Floor(Math.Log10(high) + 1e-9);
        var ticks = new List<double>();
        for (var e = first; e <= last; e++)
        {
            if (e % stride == 0)
                ticks.Add(Math.Pow(10, e));
        }
        return [.. ticks];
    }

    /// <summary>1, 2 and 5 times the powers of ten from low to high.</summary>
    public static double[] OneTwoFive(double low, double high)
    {
        var ticks = new List<double>();
        for (var e = (int)Math.Floor(Math.Log10(low)); e <= Math.Log10(high); e++)
        {
            foreach (var m in (ReadOnlySpan<double>)[1, 2, 5])
            {
                var tick = m * Math.Pow(10, e);
                if (double.IsFinite(tick) && tick >= low * (1 - 1e-9) && tick <= high * (1 + 1e-9))
                    ticks.Add(tick);
            }
        }
        return [.. ticks];
    }

    /// <summary>The decimals that multiples of a step need: 2 for 0.25, 0 for 5.</summary>
    public static int Decimals(double step)
    {
        var decimals = 0;
        for (var scaled = step; decimals < 12 && Math.Abs(scaled - Math.Round(scaled)) > 1e-6 * scaled; scaled *= 10)
            decimals++;
        return decimals;
    }

    private static double Count(double low, double high, double step) =>
        Math.Floor((high / step) + 1e-9) - Math.Ceiling((low / step) - 1e-9) + 1;
}
