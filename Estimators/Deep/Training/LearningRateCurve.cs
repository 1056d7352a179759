using MLPath.Reports;

namespace MLPath.Deep;

/// <summary>The loss before a step of a learning rate.</summary>
/// <param name="LearningRate">The rate.</param>
/// <param name="Loss">The batch's loss.</param>
/// <param name="SmoothLoss">The running mean of losses up to here.</param>
public readonly record struct LearningRatePoint(double LearningRate, double Loss, double SmoothLoss);

/// <summary>
/// How the loss goes while the learning rate grows from step to step: flat where it is too small, falling where it is right, rising where it is too large.
/// </summary>
/// <remarks>L. Smith, <i>Cyclical Learning Rates for Training Neural Networks</i>, WACV 2017, section 3.3.</remarks>
/// <param name="Points">The steps, in order.</param>
/// <param name="Suggestion">A tenth of the rate at which the smoothed loss is least; NaN where it never falls.</param>
public sealed record LearningRateCurve(IReadOnlyList<LearningRatePoint> Points, double Suggestion)
{
    // The least loss stands where rates begin to be too large; a tenth of that is customary.
    private const double PartOfBest = 0.1;

    // Losses of the first steps say nothing: the mean is of few.
    private const int FirstSteps = 10;

    /// <summary>Finds the suggestion.</summary>
    internal static LearningRateCurve Of(IReadOnlyList<LearningRatePoint> points)
    {
        int least = 0;
        for (int i = 1; i < points.Count; i++)
        {
            if (points[i].SmoothLoss < points[least].SmoothLoss) least = i;
        }

        return new(points, least < FirstSteps ? double.NaN : PartOfBest * points[least].LearningRate);
    }

    /// <summary>The curve as a chart.</summary>
    public LineChartSection ToSection() => new("Learning rates", new ChartAxis("Learning rate") { Logarithmic = true }, new ChartAxis("Loss") { Floor = 0 },
        [new LineSeries("smoothed loss", [.. Points.Select(p => new ChartPoint(p.LearningRate, p.SmoothLoss))])])
    {
        References = double.IsNaN(Suggestion) ? [] : [ReferenceLine.Vertical(Suggestion, FormattableString.Invariant($"suggested: {Suggestion:G2}"))],
        Explanation = "Too small where the curve is flat, too large where it rises.",
    };
}
