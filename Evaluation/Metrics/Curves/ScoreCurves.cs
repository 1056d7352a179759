using MLPath.Evaluation;

namespace MLPath.Data;

/// <summary>
/// What the order of the scores says about one class against the rest, whatever the threshold: the two curves and the areas under them.
/// Areas are exact over all rows; the points kept may be fewer (see the evaluation's <c>MaxCurvePoints</c>).
/// </summary>
public sealed class ScoreCurves
{
    internal ScoreCurves(string className, Outcome rocArea, Outcome precisionRecallArea, Outcome averagePrecision,
        IReadOnlyList<RocPoint> roc, IReadOnlyList<BinaryPrecisionRecallDataPoint> precisionRecall)
    {
        ClassName = className;
        AreaUnderRocCurve = Named(nameof(AreaUnderRocCurve), rocArea);
        AreaUnderPrecisionRecallCurve = Named(nameof(AreaUnderPrecisionRecallCurve), precisionRecallArea);
        AveragePrecision = Named(nameof(AveragePrecision), averagePrecision);
        RocCurve = roc;
        PrecisionRecallCurve = precisionRecall;
    }

    /// <summary>The class that counts as positive.</summary>
    public string ClassName { get; }

    /// <summary>
    /// The probability that a random positive row scores above a random negative one, ties counting one half. Undefined without rows of
    /// both kinds.
    /// </summary>
    public MetricValue AreaUnderRocCurve { get; }

    /// <summary>
    /// The area under the precision-recall curve, its points joined by straight lines from (recall 0, precision 1) on: the lower trapezoid
    /// estimator of Boyd, Eng and Page (ECML 2013), as in ML.NET, with tied scores as one step. Undefined without positive rows.
    /// </summary>
    public MetricValue AreaUnderPrecisionRecallCurve { get; }

    /// <summary>The sum over thresholds of (Rᵢ - Rᵢ₋₁) Pᵢ, without interpolation. Undefined without positive rows.</summary>
    public MetricValue AveragePrecision { get; }

    /// <summary>
    /// The ROC curve from (0, 0) to (1, 1) by falling threshold, without points that lie on the line between their neighbours. Empty when
    /// the area is undefined.
    /// </summary>
    public IReadOnlyList<RocPoint> RocCurve { get; }

    /// <summary>The precision-recall curve by falling threshold, a point per distinct score. Empty without positive rows.</summary>
    public IReadOnlyList<BinaryPrecisionRecallDataPoint> PrecisionRecallCurve { get; }

    private static MetricValue Named(string name, Outcome outcome) =>
        new(name, outcome.Value, HigherIsBetter: true, outcome.UndefinedReason);
}
