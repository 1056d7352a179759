namespace MLPath.Evaluation;

/// <summary>How a binary classifier is judged.</summary>
public sealed record BinaryEvaluationOptions
{
    /// <summary>A row is predicted positive when its score is above this value. Default 0, as in ML.NET. Any finite value.</summary>
    public float Threshold { get; init; }

    /// <summary>
    /// The most points that each curve keeps, evenly spread; the areas are exact whatever the value. Default 1000. At least 0;
    /// <see cref="int.MaxValue"/> keeps all.
    /// </summary>
    public int MaxCurvePoints { get; init; } = EvaluationLimits.DefaultCurvePoints;

    /// <summary>What tables call the positive class. Default "positive".</summary>
    public string PositiveName { get; init; } = "positive";

    /// <summary>What tables call the negative class. Default "negative".</summary>
    public string NegativeName { get; init; } = "negative";

    internal void Validate()
    {
        if (!float.IsFinite(Threshold))
            throw new ArgumentException($"{nameof(Threshold)} is {Threshold}; it must be finite.");
        ArgumentOutOfRangeException.ThrowIfNegative(MaxCurvePoints);
    }
}
