using MLPath.Runtime;

namespace MLPath.Evaluation;

/// <summary>How wrong the prediction of each row is.</summary>
internal static class RowLosses
{
    // Softmax in single precision sums to 1 but for this.
    private const double SumTolerance = 1e-3;

    // Of a probability 0 the logarithm is taken as of this one, so that a loss is finite.
    private const double LeastProbability = 1e-15;

    /// <summary>What the losses of scored rows are, for readers.</summary>
    public static string NameOf(ScoredRows rows) => rows.Task switch
    {
        LearningTask.Binary when rows.Probabilities.IsEmpty => "Logistic loss of the score",
        LearningTask.Binary => "Log-loss",
        LearningTask.Multiclass => AreAllProbabilities(rows) ? "Log-loss" : "Margin of the wrong class",
        LearningTask.Regression => "Absolute error",
        LearningTask.AnomalyDetection => "Share of rows ranked wrongly against it",
        _ => "Distance to the cluster",
    };

    /// <summary>A loss for each row; NaN where the label is missing.</summary>
    public static double[] Of(ScoredRows rows)
    {
        bool areProbabilities = rows.Task == LearningTask.Multiclass && AreAllProbabilities(rows);
        var losses = new double[rows.Count];
        for (int row = 0; row < losses.Length; row++)
        {
            losses[row] = rows.Task switch
            {
                LearningTask.Binary => Binary(rows, row),
                LearningTask.Multiclass => Multiclass(rows, row, areProbabilities),
                LearningTask.Regression => Math.Abs((double)rows.Targets[row] - rows.Scores[row]),
                LearningTask.AnomalyDetection => double.NaN,
                _ => rows.Clusters[row] < 0 ? double.NaN : rows.Scores[(row * rows.ScoreWidth) + rows.Clusters[row]],
            };
        }

        if (rows.Task == LearningTask.AnomalyDetection)
            RankAnomalies(rows, losses);
        return losses;
    }

    /// <summary>Whether the scores of a row are probabilities of the classes.</summary>
    public static bool AreProbabilities(ReadOnlySpan<float> scores)
    {
        double sum = 0;
        foreach (float score in scores)
        {
            if (!(score >= 0))
                return false;
            sum += score;
        }

        return Math.Abs(sum - 1) <= SumTolerance;
    }

    /// <summary>The place of the greatest score, the first one in a tie.</summary>
    public static int Best(ReadOnlySpan<float> scores)
    {
        int best = 0;
        for (int i = 1; i < scores.Length; i++)
        {
            if (scores[i] > scores[best])
                best = i;
        }

        return best;
    }

    private static bool AreAllProbabilities(ScoredRows rows)
    {
        for (int row = 0; row < rows.Count; row++)
        {
            if (!AreProbabilities(rows.Scores.Slice(row * rows.ScoreWidth, rows.ScoreWidth)))
                return false;
        }

        return true;
    }

    private static double Binary(ScoredRows rows, int row)
    {
        float target = rows.Targets[row];
        if (float.IsNaN(target))
            return double.NaN;
        if (!rows.Probabilities.IsEmpty)
            return -Math.Log(Math.Max(LeastProbability, target > 0 ? rows.Probabilities[row] : 1.0 - rows.Probabilities[row]));
        double margin = target > 0 ? rows.Scores[row] : -(double)rows.Scores[row];
        return Math.Max(0, -margin) + Math.Log(1 + Math.Exp(-Math.Abs(margin)));
    }

    private static double Multiclass(ScoredRows rows, int row, bool areProbabilities)
    {
        int truth = rows.Classes[row], k = rows.ScoreWidth;
        var scores = rows.Scores.Slice(row * k, k);
        if (truth < 0)
            return double.NaN;
        if (areProbabilities)
            return -Math.Log(Math.Max(LeastProbability, truth < k ? scores[truth] : 0));
        double other = double.NegativeInfinity;
        for (int c = 0; c < k; c++)
        {
            if (c != truth)
                other = Math.Max(other, scores[c]);
        }

        return other - (truth < k ? scores[truth] : scores[Best(scores)] - 1);
    }

    // For an anomaly the share of normal rows that score as high or higher, ties one half; for a normal row the share of anomalies that score lower.
    private static void RankAnomalies(ScoredRows rows, double[] losses)
    {
        var (anomalies, normal) = (new List<float>(), new List<float>());
        for (int row = 0; row < rows.Count; row++)
        {
            if (!float.IsNaN(rows.Targets[row]))
                (rows.Targets[row] > 0 ? anomalies : normal).Add(rows.Scores[row]);
        }

        anomalies.Sort();
        normal.Sort();
        for (int row = 0; row < rows.Count; row++)
        {
            float target = rows.Targets[row];
            bool isAnomaly = target > 0;
            var others = isAnomaly ? normal : anomalies;
            if (float.IsNaN(target) || others.Count == 0)
                continue;
            double below = Below(others, rows.Scores[row]) / others.Count;
            losses[row] = isAnomaly ? 1 - below : below;
        }
    }

    // How many values lie below one, equal ones counting one half.
    private static double Below(List<float> sorted, float value)
    {
        int first = LowerBound(sorted, value, orEqual: false), last = LowerBound(sorted, value, orEqual: true);
        return (first + last) / 2.0;
    }

    private static int LowerBound(List<float> sorted, float value, bool orEqual)
    {
        int low = 0, high = sorted.Count;
        while (low < high)
        {
            int middle = (low + high) / 2;
            if (sorted[middle] < value || (orEqual && sorted[middle] == value))
                low = middle + 1;
            else
                high = middle;
        }

        return low;
    }
}
