using System.Collections;
using MLPath.Numerics;

namespace MLPath.Trainers;

/// <summary>Judges a forest on its own training rows: each row by the trees that did not learn from it.</summary>
/// <param name="data">The training rows.</param>
/// <param name="trees">The trees, which are filled in while the forest grows.</param>
internal sealed class OutOfBag(TrainingData data, DecisionTree[] trees)
{
    private readonly BitArray[] _bags = [.. trees.Select(_ => new BitArray(data.Rows))];

    /// <summary>The rows that a tree learns from.</summary>
    /// <param name="tree">The number of the tree.</param>
    public BitArray Bag(int tree) => _bags[tree];

    /// <summary>
    /// The weighted accuracy, or R², over the rows that some tree did not learn from; null when there are no such rows, or when R² is not
    /// defined because their labels are all the same.
    /// </summary>
    /// <param name="threads">The most threads to use.</param>
    /// <param name="rowsPerChunk">How many rows one of them takes at a time.</param>
    /// <param name="checkpoint">Called for each of these.</param>
    public double? Score(int threads, int rowsPerChunk, Action checkpoint)
    {
        // The class that wins, or the mean; NaN where all trees learned from the row.
        var predictions = new double[data.Rows];
        ParallelLoop.For(data.Rows, rowsPerChunk, threads, CancellationToken.None, (_, start, end) =>
        {
            checkpoint();
            var sums = new double[trees[0].ValueCount];
            for (int row = start; row < end; row++)
                predictions[row] = Predict(row, sums);
        });
        return data.ClassCount > 0 ? Accuracy(predictions) : RSquared(predictions);
    }

    private double Predict(int row, double[] sums)
    {
        Array.Clear(sums);
        int votes = 0;
        for (int t = 0; t < trees.Length; t++)
        {
            if (_bags[t][row])
                continue;
            votes++;
            trees[t].AddValue(trees[t].FindLeaf(data.Features.Row(row)), sums);
        }

        return votes == 0 ? double.NaN : data.ClassCount > 0 ? Dense.ArgMax(sums) : sums[0] / votes;
    }

    private double? Accuracy(double[] predictions)
    {
        double right = 0, total = 0;
        for (int row = 0; row < predictions.Length; row++)
        {
            if (double.IsNaN(predictions[row]))
                continue;
            total += data.Weight(row);
            right += predictions[row] == data.Classes[row] ? data.Weight(row) : 0;
        }

        return total > 0 ? right / total : null;
    }

    // 1 − Σ w (y − ŷ)² / Σ w (y − ȳ)²
    private double? RSquared(double[] predictions)
    {
        int[] rows = [.. Enumerable.Range(0, predictions.Length).Where(row => !double.IsNaN(predictions[row]))];
        double total = rows.Sum(row => (double)data.Weight(row));
        double mean = rows.Sum(row => data.Weight(row) * (double)data.Targets[row]) / total;
        double spread = rows.Sum(row => data.Weight(row) * Math.Pow(data.Targets[row] - mean, 2));
        double error = rows.Sum(row => data.Weight(row) * Math.Pow(data.Targets[row] - predictions[row], 2));
        return spread > 0 ? 1 - (error / spread) : null;
    }
}
