using MLPath.Numerics;
using MLPath.Runtime;
using static System.FormattableString;

namespace MLPath.Evaluation;

/// <summary>Computes numbers of n rows, the i-th of which counts as often as its weight says.</summary>
/// <param name="weights">n weights: whole numbers, 0 for a row that is left out.</param>
/// <returns>The numbers, as many each time; NaN where one is undefined. It is called from several threads.</returns>
public delegate double[] RowStatistics(float[] weights);

/// <summary>How bootstrap intervals are made.</summary>
public sealed record BootstrapOptions
{
    /// <summary>B, how many times rows are drawn, 100 or more. Default 1000.</summary>
    public int Resamples { get; init; } = 1000;

    /// <summary>The confidence of the intervals, between 0 and 1 exclusively. Default 0.95.</summary>
    public double Confidence { get; init; } = 0.95;

    /// <summary>From which the draws derive. Default 0.</summary>
    public int Seed { get; init; }

    /// <summary>
    /// For each row the number of its group; groups are drawn and left out whole, as rows of one group are not independent. Null by
    /// default: each row stands for itself.
    /// </summary>
    public IReadOnlyList<int>? Groups { get; init; }

    internal void Validate(int rows)
    {
        if (Resamples < 100)
            throw new OptionException(Invariant($"Option Resamples is {Resamples}; expected 100 or more."));
        if (!(Confidence > 0 && Confidence < 1))
            throw new OptionException(Invariant($"Option Confidence is {Confidence}; expected a number between 0 and 1, such as 0.95."));
        if (Groups is not null && Groups.Count != rows)
            throw new OptionException(Invariant($"Option Groups has {Groups.Count} numbers; expected one for each of {rows} rows."));
    }
}

/// <summary>
/// The bias-corrected and accelerated bootstrap interval of B. Efron, Better bootstrap confidence intervals, JASA 82, 1987, of anything that can be
/// computed from rows.
/// </summary>
/// <remarks>
/// <para>
/// n rows are drawn with replacement B times; θ* are the values of the draws. With z₀ = Φ⁻¹ of the share of θ* below the estimate (equal ones by half)
/// and â = Σ u³ / (6 (Σ u²)^(3/2)), u the jackknife's differences of their mean from the values without one row, the interval's ends are the
/// quantiles of θ* (interpolated linearly) at
/// <code>Φ(z₀ + (z₀ + z) / (1 - â (z₀ + z))),   z = Φ⁻¹((1 ± confidence) / 2).</code>
/// </para>
/// <para>
/// Up to 1000 rows the jackknife leaves out one row at a time; beyond, one of 200 groups of rows at a time, chosen at random: a group's skewness falls
/// as its size grows, and so â stays what it is. A draw in which a number is undefined (a class has no row in it) is left out of that number's interval;
/// with more than one draw in twenty of that kind there is no interval. Nor is there one where all draws agree, as when every row is
/// predicted right: such rows do not say how uncertain the number is.
/// </para>
/// </remarks>
public static class BcaInterval
{
    private const int MostJackknifed = 1000;
    private const int JackknifeGroups = 200;

    /// <summary>Intervals of numbers that are computed from rows.</summary>
    /// <param name="rows">n, the number of rows.</param>
    /// <param name="statistics">Computes the numbers.</param>
    /// <param name="options">How the intervals are made; null for the defaults.</param>
    /// <param name="context">Cancellation and threads; the default when null. The result does not depend on the threads.</param>
    /// <returns>An interval for each number.</returns>
    /// <exception cref="OptionException">An option is out of its range.</exception>
    /// <exception cref="OperationCanceledException">The work was cancelled.</exception>
    public static IReadOnlyList<BootstrapInterval> Compute(int rows, RowStatistics statistics, BootstrapOptions? options = null, FitContext? context = null)
    {
        var run = Resample(rows, statistics, options ?? new BootstrapOptions(), context ?? FitContext.Default);
        return [.. Enumerable.Range(0, run.Estimates.Length).Select(run.IntervalOf)];
    }

    /// <summary>The values of a bootstrap: of all rows, of each draw, and of the jackknife.</summary>
    internal sealed record Run(BootstrapOptions Options, double[] Estimates, double[][] Resamples, double[][] Jackknife)
    {
        /// <summary>The interval of one of the numbers, by its place.</summary>
        public BootstrapInterval IntervalOf(int statistic) =>
            Interval(Estimates[statistic], [.. Resamples.Select(r => r[statistic])], [.. Jackknife.Select(j => j[statistic])], Options.Confidence);
    }

    internal static Run Resample(int rows, RowStatistics statistics, BootstrapOptions options, FitContext context)
    {
        ArgumentNullException.ThrowIfNull(statistics);
        ArgumentOutOfRangeException.ThrowIfNegative(rows);
        options.Validate(rows);
        var (units, count) = Units(rows, options.Groups);
        var random = new RandomStream(unchecked((ulong)options.Seed)).Derive("bootstrap");
        var all = new float[rows];
        Array.Fill(all, 1);
        double[] estimates = statistics(all);
        if (count == 0)
            return new Run(options, estimates, [], []);

        var resamples = new double[options.Resamples][];
        ParallelLoop.For(resamples.Length, chunkSize: 1, context.Threads, context.CancellationToken, (draw, _, _) =>
        {
            var stream = random.Derive(draw);
            var times = new int[count];
            for (int i = 0; i < count; i++)
                times[stream.NextInt32(count)]++;
            resamples[draw] = statistics(Array.ConvertAll(units, unit => (float)times[unit]));
        });

        // The part of each unit: itself, or one of a few parts of nearly equal size.
        int parts = count <= MostJackknifed ? count : JackknifeGroups;
        int[] partOf = [.. Enumerable.Range(0, count)];
        if (parts < count)
        {
            random.Derive("jackknife").Shuffle<int>(partOf);
            for (int i = 0; i < count; i++)
                partOf[i] %= parts;
        }

        var jackknife = new double[parts][];
        ParallelLoop.For(parts, chunkSize: 1, context.Threads, context.CancellationToken, (part, _, _) =>
            jackknife[part] = statistics(Array.ConvertAll(units, unit => partOf[unit] == part ? 0f : 1f)));
        return new Run(options, estimates, resamples, jackknife);
    }

    // What is drawn as a whole: rows, or groups, numbered from 0 in the order in which they first occur.
    private static (int[] UnitOfRow, int Count) Units(int rows, IReadOnlyList<int>? groups)
    {
        var units = new int[rows];
        var numbers = new Dictionary<int, int>();
        for (int row = 0; row < rows; row++)
        {
            if (groups is null)
                units[row] = row;
            else if (!numbers.TryGetValue(groups[row], out units[row]))
                numbers.Add(groups[row], units[row] = numbers.Count);
        }

        return (units, groups is null ? rows : numbers.Count);
    }

    /// <summary>The interval from the values of a bootstrap; NaN marks an undefined value.</summary>
    internal static BootstrapInterval Interval(double estimate, double[] resamples, double[] jackknife, double confidence)
    {
        BootstrapInterval None(string reason) => new(estimate, double.NaN, double.NaN, confidence, reason);
        if (!double.IsFinite(estimate))
            return None(double.IsNaN(estimate) ? "the number itself is undefined" : "the number itself is infinite");
        if (resamples.Length == 0)
            return None("there are no rows");
        double[] draws = [.. resamples.Where(double.IsFinite)];
        if (draws.Length < resamples.Length * 0.95)
            return None(Invariant($"it is undefined in {resamples.Length - draws.Length} of {resamples.Length} draws of rows"));
        Array.Sort(draws);
        if (draws[0] == draws[^1])
            return None("it is the same in every draw of rows, which does not say how uncertain it is");
        int below = 0, equal = 0;
        foreach (double draw in draws)
        {
            below += draw < estimate ? 1 : 0;
            equal += draw == estimate ? 1 : 0;
        }

        // With all draws on one side of the estimate, the share is taken as half a draw: Φ⁻¹ would be infinite.
        double share = Math.Clamp((below + (equal / 2.0)) / draws.Length, 0.5 / draws.Length, 1 - (0.5 / draws.Length));
        double z0 = NormalDistribution.Standard.Quantile(share), acceleration = Acceleration(jackknife);
        double End(double probability)
        {
            double z = z0 + NormalDistribution.Standard.Quantile(probability);
            return Quantile(draws, NormalDistribution.Standard.CumulativeProbability(z0 + (z / (1 - (acceleration * z)))));
        }

        return new BootstrapInterval(estimate, End((1 - confidence) / 2), End((1 + confidence) / 2), confidence, null);
    }

    private static double Acceleration(double[] jackknife)
    {
        double[] defined = [.. jackknife.Where(double.IsFinite)];
        double mean = defined.Length == 0 ? 0 : defined.Average(), squares = 0, cubes = 0;
        foreach (double value in defined)
        {
            double u = mean - value;
            squares += u * u;
            cubes += u * u * u;
        }

        return squares == 0 ? 0 : cubes / (6 * squares * Math.Sqrt(squares));
    }

    private static double Quantile(double[] sorted, double p)
    {
        double position = p * (sorted.Length - 1);
        int at = Math.Clamp((int)position, 0, sorted.Length - 1), next = Math.Min(at + 1, sorted.Length - 1);
        return sorted[at] + ((position - at) * (sorted[next] - sorted[at]));
    }
}

/// <summary>A number computed from rows, with its bootstrap interval.</summary>
/// <param name="Estimate">The number; NaN where it is undefined.</param>
/// <param name="Lower">The lower end of the interval; NaN where there is none.</param>
/// <param name="Upper">The upper end of the interval; NaN where there is none.</param>
/// <param name="Confidence">The confidence of the interval, such as 0.95.</param>
/// <param name="UndefinedReason">Why there is no interval; null when there is one.</param>
public sealed record BootstrapInterval(double Estimate, double Lower, double Upper, double Confidence, string? UndefinedReason)
{
    /// <summary>Whether there is an interval.</summary>
    public bool IsDefined => !double.IsNaN(Lower);
}
