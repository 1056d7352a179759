namespace MLPath.Evaluation;

/// <summary>Numbers that several evaluations share.</summary>
internal static class EvaluationLimits
{
    /// <summary>Enough for a smooth line on any chart, and little to keep.</summary>
    public const int DefaultCurvePoints = 1000;

    /// <summary>The floor of a clipped log-loss, ML.NET's: one certain mistake costs 34.5 nats, not infinity.</summary>
    public const double SmallestProbability = 1e-15;
}
