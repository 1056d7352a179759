using static System.FormattableString;

namespace MLPath.Evaluation;

/// <summary>What a mean over splits and a difference of two such means share: Nadeau and Bengio's corrected variance.</summary>
internal static class ResamplingVariance
{
    public static void Validate(double testToTrainRatio, double confidence)
    {
        if (!(testToTrainRatio > 0 && double.IsFinite(testToTrainRatio)))
        {
            throw new ArgumentOutOfRangeException(nameof(testToTrainRatio), testToTrainRatio,
                "The ratio of test rows to training rows must be above 0 and finite; for k folds it is 1 / (k - 1).");
        }
        if (!(confidence > 0 && confidence < 1))
            throw new ArgumentOutOfRangeException(nameof(confidence), confidence, "A confidence lies between 0 and 1, such as 0.95.");
    }

    /// <summary>Why the scores have no mean, or null when they have one.</summary>
    public static string? Obstacle(ReadOnlySpan<double> scores, string unit = "split")
    {
        if (scores.IsEmpty)
            return "there are no scores";
        int bad = 0, first = -1;
        for (int i = 0; i < scores.Length; i++)
        {
            if (!double.IsFinite(scores[i]) && bad++ == 0)
                first = i;
        }
        return bad == 0
            ? null
            : Invariant($"{bad} of {scores.Length} scores are undefined or infinite (the first: {scores[first]}, at {unit} index {first})");
    }

    /// <summary>The mean and the sample standard deviation (divisor J - 1). Equal scores have deviation 0 exactly.</summary>
    public static (double Mean, double Deviation) MeanAndDeviation(ReadOnlySpan<double> values)
    {
        if (!values.ContainsAnyExcept(values[0]))
            return (values[0], values.Length > 1 ? 0 : double.NaN);
        var sum = new CompensatedSum();
        foreach (double value in values)
            sum.Add(value);
        double mean = sum.Value / values.Length;
        var squares = new CompensatedSum();
        foreach (double value in values)
            squares.Add((value - mean) * (value - mean));
        return (mean, Math.Sqrt(squares.Value / (values.Length - 1)));
    }

    /// <summary>
    /// s √(1 / J + n_test / n_train). The second term is ρ / (1 - ρ), with ρ = n_test / (n_test + n_train) their correlation.
    /// </summary>
    public static double StandardError(double deviation, int count, double testToTrainRatio) =>
        deviation * Math.Sqrt(1.0 / count + testToTrainRatio);
}
