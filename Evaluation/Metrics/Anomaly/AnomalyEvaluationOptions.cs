namespace MLPath.Evaluation;

/// <summary>How found anomalies are judged.</summary>
public sealed record AnomalyEvaluationOptions
{
    /// <summary>How many normal rows the detection rate lets pass for anomalies. 1 or more; default 10, as in ML.NET.</summary>
    public int FalsePositiveCount { get; init; } = 10;

    /// <summary>
    /// How many of the highest scores the precision among them looks at, 1 or more. Null, the default, for as many as there are anomalies.
    /// </summary>
    public int? TopCount { get; init; }

    /// <summary>
    /// The most points that each curve keeps, evenly spread; the areas are exact whatever the value. Default 1000. At least 0;
    /// <see cref="int.MaxValue"/> keeps all.
    /// </summary>
    public int MaxCurvePoints { get; init; } = EvaluationLimits.DefaultCurvePoints;

    /// <summary>What tables call the anomalies. Default "anomaly".</summary>
    public string AnomalyName { get; init; } = "anomaly";

    /// <summary>What tables call the other rows. Default "normal".</summary>
    public string NormalName { get; init; } = "normal";

    internal void Validate()
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(FalsePositiveCount, 1);
        ArgumentOutOfRangeException.ThrowIfNegative(MaxCurvePoints);
        if (TopCount is { } count)
            ArgumentOutOfRangeException.ThrowIfLessThan(count, 1, nameof(TopCount));
    }
}
