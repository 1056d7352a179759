using System.Numerics.Tensors;
using static System.FormattableString;

namespace MLPath.Evaluation;

/// <summary>
/// Single figures of a binary classifier, for where one is needed and not all of
/// <see cref="BinaryClassificationEvaluator"/>: in a search, after an epoch, on millions of rows. They are the evaluator's figures.
/// </summary>
public static class BinaryMetrics
{
    /// <summary>
    /// The area under the ROC curve: the probability that a random positive row scores higher than a random negative one, a tie counting
    /// half. O(n): a radix sort and a pass.
    /// </summary>
    /// <param name="labels">n labels.</param>
    /// <param name="scores">n finite scores; the higher, the more positive. Probabilities will do.</param>
    /// <param name="weights">n weights, finite and not negative, or none for equal weights. A row of weight 0 is as good as absent.</param>
    /// <returns>From 0 to 1, ½ for scores that know nothing; NaN where all rows are of one class, or there are none.</returns>
    /// <exception cref="ArgumentException">Lengths differ, a score is NaN or infinite, or a weight is bad; the message names the row.</exception>
    public static double AreaUnderRocCurve(ReadOnlySpan<bool> labels, ReadOnlySpan<float> scores, ReadOnlySpan<float> weights = default)
    {
        Check(labels, nameof(scores), scores, weights);
        if (!scores.IsEmpty && !TensorPrimitives.IsFiniteAll(scores))
            throw Bad(nameof(scores), scores, float.IsFinite, "scores must be finite");
        var order = new ScoreOrder();
        order.Sort(scores, labels);
        return weights.IsEmpty ? RocArea(order.Entries) : RocArea(order.Entries, weights);
    }

    /// <summary>The cross-entropy, in nats: the mean of −log of the probability given to each row's class, which is taken as 1e-15 at least.</summary>
    /// <remarks>It is scikit-learn's log_loss. <see cref="LogLoss"/> is the same in bits, without the floor, as in ML.NET.</remarks>
    /// <inheritdoc cref="LogLoss" path="/param"/>
    /// <returns>0 or more; log 2 for probabilities that are all ½; NaN where there are no rows.</returns>
    /// <exception cref="ArgumentException">Lengths differ, or a probability or a weight is bad; the message names the row.</exception>
    public static double CrossEntropy(ReadOnlySpan<bool> labels, ReadOnlySpan<float> probabilities, ReadOnlySpan<float> weights = default)
    {
        var (errors, total) = Errors(labels, probabilities, weights);
        return errors.ClippedNats / total;
    }

    /// <summary>The log-loss, in bits: the mean of −log₂ of the probability given to each row's class.</summary>
    /// <param name="labels">n labels.</param>
    /// <param name="probabilities">n probabilities of the positive class, 0 to 1.</param>
    /// <param name="weights">n weights, finite and not negative, or none for equal weights. A row of weight 0 is as good as absent.</param>
    /// <returns>0 or more; 1 for probabilities that are all ½; +∞ where a row's class was given 0; NaN where there are no rows.</returns>
    /// <exception cref="ArgumentException">Lengths differ, or a probability or a weight is bad; the message names the row.</exception>
    public static double LogLoss(ReadOnlySpan<bool> labels, ReadOnlySpan<float> probabilities, ReadOnlySpan<float> weights = default)
    {
        var (errors, total) = Errors(labels, probabilities, weights);
        return errors.Nats / Math.Log(2) / total;
    }

    /// <summary>The Brier score: the mean squared difference between the probability and the label as 0 or 1.</summary>
    /// <inheritdoc cref="LogLoss" path="/param"/>
    /// <returns>From 0 to 1; ¼ for probabilities that are all ½; NaN where there are no rows.</returns>
    /// <exception cref="ArgumentException">Lengths differ, or a probability or a weight is bad; the message names the row.</exception>
    public static double BrierScore(ReadOnlySpan<bool> labels, ReadOnlySpan<float> probabilities, ReadOnlySpan<float> weights = default)
    {
        var (errors, total) = Errors(labels, probabilities, weights);
        return errors.Squares / total;
    }

    private static (ProbabilityErrors Errors, double TotalWeight) Errors(
        ReadOnlySpan<bool> labels, ReadOnlySpan<float> probabilities, ReadOnlySpan<float> weights)
    {
        Check(labels, nameof(probabilities), probabilities, weights);
        // Min and Max are NaN where one value is.
        if (!probabilities.IsEmpty && !(TensorPrimitives.Min(probabilities) >= 0 && TensorPrimitives.Max(probabilities) <= 1))
            throw Bad(nameof(probabilities), probabilities, p => p is >= 0 and <= 1, "probabilities lie between 0 and 1");

        double[] wide = new double[weights.Length];
        TensorPrimitives.ConvertTruncating(weights, wide);
        var errors = ProbabilityErrors.Sum(labels, probabilities, wide);
        return (errors, weights.IsEmpty ? labels.Length : TensorPrimitives.Sum<double>(wide));
    }

    // In units of a positive times a negative row, twice: at most 2⁶¹, so whole numbers hold it exactly.
    private static double RocArea(ReadOnlySpan<ulong> falling)
    {
        long area = 0, positives = 0, negatives = 0;
        for (int i = 0; i < falling.Length;)
        {
            long tiedPositives = 0, start = i;
            do
                tiedPositives += ScoreOrder.IsPositive(falling[i]) ? 1 : 0;
            while (++i < falling.Length && ScoreOrder.SameScore(falling[i], falling[i - 1]));

            long tiedNegatives = i - start - tiedPositives;
            area += tiedNegatives * ((2 * positives) + tiedPositives);
            positives += tiedPositives;
            negatives += tiedNegatives;
        }

        return positives == 0 || negatives == 0 ? double.NaN : area / 2.0 / positives / negatives;
    }

    private static double RocArea(ReadOnlySpan<ulong> falling, ReadOnlySpan<float> weights)
    {
        CompensatedSum area = default;
        double positives = 0, negatives = 0;
        for (int i = 0; i < falling.Length;)
        {
            double tiedPositives = 0, tiedNegatives = 0;
            do
            {
                double weight = weights[ScoreOrder.Row(falling[i])];
                if (ScoreOrder.IsPositive(falling[i]))
                    tiedPositives += weight;
                else
                    tiedNegatives += weight;
            }
            while (++i < falling.Length && ScoreOrder.SameScore(falling[i], falling[i - 1]));

            area.Add(tiedNegatives * (positives + (tiedPositives / 2)));
            positives += tiedPositives;
            negatives += tiedNegatives;
        }

        return positives == 0 || negatives == 0 ? double.NaN : area.Value / positives / negatives;
    }

    private static void Check(ReadOnlySpan<bool> labels, string name, ReadOnlySpan<float> values, ReadOnlySpan<float> weights)
    {
        RowFilter.RequireLength(name, values.Length, labels.Length);
        RowFilter.RequireLength(nameof(weights), weights.Length, labels.Length, optional: true);
        if (!weights.IsEmpty && !(TensorPrimitives.IsFiniteAll(weights) && TensorPrimitives.Min(weights) >= 0))
            throw Bad(nameof(weights), weights, w => w >= 0 && float.IsFinite(w), "weights must be finite and not negative");
    }

    private static ArgumentException Bad(string name, ReadOnlySpan<float> values, Predicate<float> isGood, string expected)
    {
        int row = 0;
        while (isGood(values[row]))
            row++;
        return new ArgumentException(Invariant($"'{name}' is {values[row]} at row index {row}; {expected}."), name);
    }
}
