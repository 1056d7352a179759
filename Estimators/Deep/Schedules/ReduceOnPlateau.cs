namespace MLPath.Deep;

/// <summary>
/// Watches a metric, such as the validation loss after each epoch, and lowers the rate when it has stopped getting better: after more than
/// <see cref="Patience"/> looks in a row without a new best, the rate is multiplied by <see cref="Factor"/>.
/// </summary>
/// <example><code>
/// var plateau = new ReduceOnPlateau { Factor = 0.5, Patience = 3 };
/// optimizer.LearningRate = plateau.Next(optimizer.LearningRate, validationLoss); // after each epoch
/// </code></example>
public sealed class ReduceOnPlateau
{
    // Rates that would fall by less stay as they are.
    private const double SmallestChange = 1e-8;

    private double? _best;
    private int _badLooks, _cooldownLeft;

    /// <summary>What the rate is multiplied by, from 0 to below 1.</summary>
    public double Factor { get; init => field = Within(value, value is >= 0 and < 1, nameof(Factor)); } = 0.1;

    /// <summary>How many looks in a row may bring nothing better before the next one lowers the rate, 0 or more.</summary>
    public int Patience { get; init => field = (int)Within(value, value >= 0, nameof(Patience)); } = 10;

    /// <summary>How much better is better, 0 or more: as a share of the best, or as a difference if <see cref="ThresholdIsAbsolute"/>.</summary>
    public double Threshold { get; init => field = Within(value, value >= 0, nameof(Threshold)); } = 1e-4;

    /// <summary>Whether the threshold is a difference.</summary>
    public bool ThresholdIsAbsolute { get; init; }

    /// <summary>Looks after a fall in which nothing is counted, 0 or more.</summary>
    public int Cooldown { get; init => field = (int)Within(value, value >= 0, nameof(Cooldown)); }

    /// <summary>The lowest rate, 0 or more.</summary>
    public double MinimumRate { get; init => field = Within(value, value >= 0, nameof(MinimumRate)); }

    /// <summary>Whether more of the metric is better, as with accuracy; otherwise less is, as with a loss.</summary>
    public bool Maximize { get; init; }

    /// <summary>The best metric so far; null before the first look.</summary>
    public double? Best => _best;

    /// <summary>Looks at the metric.</summary>
    /// <param name="rate">The rate as it is.</param>
    /// <param name="metric">The metric; NaN is never better.</param>
    /// <returns>The rate to go on with.</returns>
    public double Next(double rate, double metric)
    {
        if (IsBetter(metric))
        {
            _best = metric;
            _badLooks = 0;
        }
        else
        {
            _badLooks++;
        }

        if (_cooldownLeft > 0)
        {
            _cooldownLeft--;
            _badLooks = 0;
        }

        if (_badLooks <= Patience) return rate;
        (_badLooks, _cooldownLeft) = (0, Cooldown);
        double lower = Math.Max(rate * Factor, MinimumRate);
        return rate - lower > SmallestChange ? lower : rate;
    }

    private static double Within(double value, bool isInRange, string name) =>
        isInRange ? value : throw new ArgumentOutOfRangeException(name, value, "The number is out of the range that its description names.");

    private bool IsBetter(double metric)
    {
        if (_best is not { } best) return !double.IsNaN(metric);
        double needed = ThresholdIsAbsolute ? Threshold : Threshold * (Maximize ? best : Math.Abs(best));
        return Maximize ? metric > best + needed : metric < best - needed;
    }
}
