using static System.FormattableString;

namespace MLPath.Evaluation;

/// <summary>The differences of scores that belong together, or why there are none.</summary>
internal static class PairedDifferences
{
    /// <summary>First minus second, pair by pair.</summary>
    /// <param name="a">J scores.</param>
    /// <param name="b">J scores.</param>
    /// <param name="unit">What a pair of scores is of: "split", "data set".</param>
    /// <param name="least">How many pairs are needed.</param>
    /// <exception cref="ArgumentException">The numbers of scores differ.</exception>
    public static (double[] Differences, string? Obstacle) Of(ReadOnlySpan<double> a, ReadOnlySpan<double> b, string unit, int least = 1)
    {
        if (a.Length != b.Length)
        {
            throw new ArgumentException(
                Invariant($"Scores are compared {unit} by {unit}: {a.Length} scores cannot be paired with {b.Length}."), nameof(b));
        }

        string? obstacle = Prefixed("the first candidate", a, unit) ?? Prefixed("the second candidate", b, unit)
            ?? (a.Length < least ? Invariant($"a test needs the scores of at least {(least == 2 ? "two" : $"{least}")} {unit}s") : null);
        if (obstacle is not null)
            return ([], obstacle);
        var differences = new double[a.Length];
        for (int j = 0; j < differences.Length; j++)
            differences[j] = a[j] - b[j];
        return (differences, null);
    }

    private static string? Prefixed(string candidate, ReadOnlySpan<double> scores, string unit) =>
        ResamplingVariance.Obstacle(scores, unit) is { } obstacle ? $"of {candidate}, {obstacle}" : null;
}
