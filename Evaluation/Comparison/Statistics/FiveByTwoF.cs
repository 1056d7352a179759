using MLPath.Numerics;

namespace MLPath.Evaluation;

/// <summary>
/// The test of E. Alpaydin, Combined 5×2 cv F test for comparing supervised classification learning algorithms, Neural Computation 11, 1999: two
/// candidates are scored on five repeats of two folds, where no two training sets of a repeat overlap.
/// </summary>
/// <remarks>
/// With d_ij the difference on fold j of repeat i, d̄_i their mean and s_i² = (d_i1 - d̄_i)² + (d_i2 - d̄_i)²,
/// <code>F = Σ_i Σ_j d_ij² / (2 Σ_i s_i²),</code>
/// with 10 and 5 degrees of freedom if the candidates are equally good. The interval of the mean difference is that of Nadeau and Bengio with
/// n_test / n_train = 1, as Alpaydin gives none.
/// </remarks>
public static class FiveByTwoF
{
    /// <summary>How many scores the test takes: five repeats of two folds.</summary>
    public const int Splits = 10;

    /// <summary>Compares two candidates.</summary>
    /// <param name="a">Ten scores of the first candidate: repeat by repeat, its two folds.</param>
    /// <param name="b">Ten scores of the second candidate, on the same splits in the same order.</param>
    /// <param name="confidence">The confidence of the interval of the difference, between 0 and 1 exclusively.</param>
    /// <returns>The test; where the scores allow none, with the reason.</returns>
    /// <exception cref="ArgumentException">The numbers of scores differ, or the confidence is out of range.</exception>
    public static FiveByTwoTest Compare(ReadOnlySpan<double> a, ReadOnlySpan<double> b, double confidence = 0.95)
    {
        var interval = CorrectedResampledTTest.Compare(a, b, testToTrainRatio: 1, confidence);
        if (!interval.IsDefined)
            return new FiveByTwoTest(double.NaN, double.NaN, null, interval.Note);
        if (a.Length != Splits)
            return new FiveByTwoTest(double.NaN, double.NaN, null, "the test needs the scores of five repeats of two folds");
        double squares = 0, variances = 0;
        for (int i = 0; i < Splits; i += 2)
        {
            double first = a[i] - b[i], second = a[i + 1] - b[i + 1], mean = (first + second) / 2;
            squares += (first * first) + (second * second);
            variances += ((first - mean) * (first - mean)) + ((second - mean) * (second - mean));
        }

        var effect = new Effect("mean difference", interval.MeanDifference, interval.Lower, interval.Upper, confidence);
        if (squares == 0)
            return new FiveByTwoTest(0, 1, effect, "both candidates have the same score on every split");
        if (variances == 0)
            return new FiveByTwoTest(double.PositiveInfinity, 0, effect, "in each repeat the difference is the same on both folds; with no variation to compare it with, p is the limit 0");
        double f = squares / (2 * variances);
        return new FiveByTwoTest(f, new FDistribution(10, 5).UpperTail(f), effect, null);
    }
}

/// <summary>The outcome of the combined 5×2 cv F test.</summary>
/// <param name="F">The statistic; infinite where differences do not vary within repeats, NaN when there is no test.</param>
/// <param name="PValue">The p-value; 1 when all differences are 0, NaN when there is no test.</param>
/// <param name="Effect">The mean difference with its interval; null when there is no test.</param>
/// <param name="Note">Why there is no test, or why its p-value is 1 or 0; null for an ordinary test.</param>
public sealed record FiveByTwoTest(double F, double PValue, Effect? Effect, string? Note)
{
    /// <summary>The test in the form that all tests share.</summary>
    /// <param name="reason">Why it was chosen.</param>
    public StatisticalTest ToTest(string reason) => new("combined 5×2 cv F test", reason)
    {
        StatisticName = "F",
        Statistic = F,
        PValue = PValue,
        Effect = Effect,
        Note = Note,
    };
}
