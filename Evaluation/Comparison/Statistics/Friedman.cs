using MLPath.Numerics;
using static System.FormattableString;

namespace MLPath.Evaluation;

/// <summary>
/// The test of M. Friedman, The use of ranks to avoid the assumption of normality, JASA 32, 1937, as J. Demšar recommends it (Statistical
/// comparisons of classifiers over multiple data sets, JMLR 7, 2006): do k algorithms differ on N data sets? Scores of different data sets
/// cannot be compared with each other, but ranks can.
/// </summary>
/// <remarks>
/// With R_j the average rank of algorithm j (1 is best) and c = 1 - Σ (t³ - t) / (N k (k² - 1)) the correction for ties,
/// <code>χ² = 12 N / (k (k + 1)) · (Σ R_j² - k (k + 1)² / 4) / c,   F = (N - 1) χ² / (N (k - 1) - χ²).</code>
/// χ² has k - 1 degrees of freedom if the algorithms are equally good. R. Iman and J. Davenport (Communications in Statistics A9, 1980) showed that
/// it finds too little, and that F, with k - 1 and (k - 1)(N - 1) degrees of freedom, is better; it is the F of a two-way analysis of variance of the ranks.
/// </remarks>
public static class Friedman
{
    /// <summary>Compares k algorithms on N data sets.</summary>
    /// <param name="scores">N rows of k scores. A data set with an undefined score (NaN) is left out, and the note says so.</param>
    /// <param name="higherIsBetter">Whether of two scores the larger one is the better one.</param>
    /// <returns>The test; where the scores allow none, with the reason.</returns>
    /// <exception cref="ArgumentException">Rows have different numbers of scores.</exception>
    public static FriedmanTest Compare(IReadOnlyList<IReadOnlyList<double>> scores, bool higherIsBetter)
    {
        ArgumentNullException.ThrowIfNull(scores);
        int k = scores.Count == 0 ? 0 : scores[0].Count;
        var sums = new double[k];
        int n = 0;
        double ties = 0;
        for (int set = 0; set < scores.Count; set++)
        {
            if (scores[set].Count != k)
            {
                throw new ArgumentException(
                    Invariant($"Data set {set} has {scores[set].Count} scores, the first one {k}: each needs one for every algorithm."), nameof(scores));
            }

            if (scores[set].Any(double.IsNaN))
                continue;
            // Rank 1 is the best one.
            var (ranks, tied) = Ranks.Of([.. scores[set].Select(s => higherIsBetter ? -s : s)]);
            for (int j = 0; j < k; j++)
                sums[j] += ranks[j];
            ties += tied;
            n++;
        }

        string? omitted = n == scores.Count
            ? null
            : Invariant($"{scores.Count - n} of {scores.Count} data sets have an undefined score and were left out");
        double[] average = Array.ConvertAll(sums, s => n == 0 ? double.NaN : s / n);
        var none = new FriedmanTest(average, n, k) { Note = omitted };
        if (k < 2 || n < 2)
            return none with { Note = Joined(omitted, Invariant($"the test needs at least two algorithms and two data sets; there are {k} and {n}")) };
        double c = 1 - (ties / (n * k * ((k * (double)k) - 1)));
        if (c <= 0)
        {
            return none with
            {
                ChiSquare = 0,
                PValue = 1,
                ImanDavenportF = 0,
                ImanDavenportPValue = 1,
                TieCorrection = 0,
                Note = Joined(omitted, "all algorithms have the same score on every data set"),
            };
        }

        double spread = 0;
        foreach (double rank in average)
            spread += (rank - ((k + 1) / 2.0)) * (rank - ((k + 1) / 2.0));
        // Σ R² - k (k + 1)² / 4 = Σ (R - (k + 1) / 2)², without cancellation.
        double chiSquare = Math.Min(n * (k - 1.0), 12.0 * n / (k * (k + 1.0)) * spread / c);
        double rest = (n * (k - 1.0)) - chiSquare;
        // Where all data sets rank alike, rounding may leave a little of what is 0.
        double f = rest <= 1e-12 * n * k ? double.PositiveInfinity : (n - 1) * chiSquare / rest;
        return none with
        {
            ChiSquare = chiSquare,
            PValue = new ChiSquaredDistribution(k - 1).UpperTail(chiSquare),
            ImanDavenportF = f,
            ImanDavenportPValue = double.IsPositiveInfinity(f) ? 0 : new FDistribution(k - 1, (k - 1.0) * (n - 1)).UpperTail(f),
            TieCorrection = c,
        };
    }

    private static string Joined(string? first, string second) => first is null ? second : $"{first}; {second}";
}

/// <summary>The outcome of Friedman's test.</summary>
/// <param name="AverageRanks">k average ranks over the data sets, in the order given; 1 is best, and equal scores share the mean of their ranks.</param>
/// <param name="Datasets">N, the number of data sets that the test rests on.</param>
/// <param name="Algorithms">k, the number of algorithms.</param>
public sealed record FriedmanTest(IReadOnlyList<double> AverageRanks, int Datasets, int Algorithms)
{
    /// <summary>χ², corrected for ties; NaN without a test.</summary>
    public double ChiSquare { get; init; } = double.NaN;

    /// <summary>The p-value of χ² with k - 1 degrees of freedom; NaN without a test.</summary>
    public double PValue { get; init; } = double.NaN;

    /// <summary>F of Iman and Davenport; infinite where all data sets rank alike; NaN without a test.</summary>
    public double ImanDavenportF { get; init; } = double.NaN;

    /// <summary>The p-value of F with k - 1 and (k - 1)(N - 1) degrees of freedom; NaN without a test.</summary>
    public double ImanDavenportPValue { get; init; } = double.NaN;

    /// <summary>c, by which χ² was divided: 1 without ties, 0 where all scores of every data set are equal.</summary>
    public double TieCorrection { get; init; } = 1;

    /// <summary>Why there is no test, which data sets were left out; null for an ordinary test.</summary>
    public string? Note { get; init; }

    /// <summary>Whether there is a p-value.</summary>
    public bool IsDefined => !double.IsNaN(PValue);

    /// <summary>The test in the form that all tests share.</summary>
    /// <param name="reason">Why it was chosen.</param>
    public StatisticalTest ToTest(string reason) => new("Friedman test with the F of Iman and Davenport", reason)
    {
        StatisticName = "F",
        Statistic = ImanDavenportF,
        PValue = ImanDavenportPValue,
        Note = Note,
    };
}
