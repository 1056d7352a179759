namespace MLPath.Evaluation;

/// <summary>How a multiclass classifier is judged.</summary>
public sealed record MulticlassEvaluationOptions
{
    /// <summary>The names of the classes, in the order of the scores; null (the default) names them "0", "1", and so on.</summary>
    public IReadOnlyList<string>? ClassNames { get; init; }

    /// <summary>The K of top-K accuracy; 0 (the default) leaves it out. At least 0.</summary>
    public int TopKPredictionCount { get; init; }

    /// <summary>
    /// The most points that each one-versus-rest curve keeps, evenly spread; the areas are exact whatever the value. Default 1000. At
    /// least 0; <see cref="int.MaxValue"/> keeps all.
    /// </summary>
    public int MaxCurvePoints { get; init; } = EvaluationLimits.DefaultCurvePoints;

    internal void Validate(int numberOfClasses)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(TopKPredictionCount);
        ArgumentOutOfRangeException.ThrowIfNegative(MaxCurvePoints);
        if (ClassNames is not null && ClassNames.Count != numberOfClasses)
        {
            throw new ArgumentException($"{nameof(ClassNames)} has {ClassNames.Count} names for {numberOfClasses} scores per row.");
        }
    }
}
