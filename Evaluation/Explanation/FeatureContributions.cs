using MLPath.Data;
using MLPath.Reports;
using MLPath.Trainers;

namespace MLPath.Evaluation;

/// <summary>
/// What each feature adds to the raw score of a linear model, row by row. It is exact: the contributions of a row and the bias sum to its raw score
/// w · x + b, which is the prediction itself, the logarithm of the odds, or what a link function is applied to.
/// </summary>
public sealed record FeatureContributions
{
    private readonly double[][] _values;

    private FeatureContributions(double[][] values) => _values = values;

    /// <summary>The d features, by their slot names.</summary>
    public required IReadOnlyList<string> Features { get; init; }

    /// <summary>The raw scores, by the class that they stand for, or the score's name.</summary>
    public required IReadOnlyList<string> Scores { get; init; }

    /// <summary>The raw score of a row without any feature, for each of <see cref="Scores"/>.</summary>
    public required IReadOnlyList<double> Biases { get; init; }

    /// <summary>The number of rows.</summary>
    public int Rows => _values[0].Length / Features.Count;

    /// <summary>What the features add to a raw score of a row, in the order of <see cref="Features"/>.</summary>
    /// <param name="row">The row, from 0.</param>
    /// <param name="score">The raw score, from 0.</param>
    public ReadOnlySpan<double> Of(int row, int score = 0) => _values[score].AsSpan(row * Features.Count, Features.Count);

    /// <summary>A raw score: the bias and all contributions.</summary>
    /// <param name="row">The row, from 0.</param>
    /// <param name="score">The raw score, from 0.</param>
    public double RawScore(int row, int score = 0)
    {
        double sum = Biases[score];
        foreach (double contribution in Of(row, score))
            sum += contribution;
        return sum;
    }

    /// <summary>The contributions of a pipeline whose last model is linear; null where it is not.</summary>
    internal static FeatureContributions? Find(ITransformer model, IDataView data, CancellationToken cancellationToken)
    {
        if (LastPredictor.Find(model) is not { Model: IFeatureContributions linear } predictor)
            return null;
        var scored = model.Transform(data);
        var values = Compute(linear, scored, predictor.FeatureColumn, cancellationToken);
        var scores = scored.Schema[PredictionColumns.Score].SlotNamesOrDefault();
        return new FeatureContributions(values)
        {
            Features = scored.Schema[predictor.FeatureColumn].SlotNamesOrDefault(),
            Scores = scores.Count == linear.RawScoreCount ? scores : [.. Enumerable.Range(1, linear.RawScoreCount).Select(c => $"score {c}")],
            Biases = [.. Enumerable.Range(0, linear.RawScoreCount).Select(linear.GetBias)],
        };
    }

    /// <summary>For each raw score n × d contributions, row-major.</summary>
    internal static double[][] Compute(IFeatureContributions model, IDataView rows, string featureColumn, CancellationToken cancellationToken)
    {
        var column = rows.Schema[featureColumn];
        var contributions = new List<double>[model.RawScoreCount];
        for (int score = 0; score < contributions.Length; score++)
            contributions[score] = [];
        using var cursor = rows.GetBatchCursor([column], cancellationToken);
        double[] block = [];
        while (cursor.MoveNext())
        {
            var features = new FeatureMatrix(cursor.Current.Vectors<float>(column.Index));
            int length = features.Rows * model.FeatureCount;
            if (block.Length < length)
                block = new double[length];
            for (int score = 0; score < contributions.Length; score++)
            {
                model.GetContributions(features, score, block);
                contributions[score].AddRange(block.AsSpan(0, length));
            }
        }

        return [.. contributions.Select(c => c.ToArray())];
    }

    /// <summary>The contributions to a raw score of one row, the largest first.</summary>
    /// <param name="row">The row, from 0.</param>
    /// <param name="score">The raw score, from 0.</param>
    /// <param name="most">The most features to show; the others are summed up. Default 15.</param>
    public BarChartSection ToSection(int row, int score = 0, int most = 15) => Waterfall.Of(
        $"Exact contributions to {Scores[score]}", "Contribution to the raw score", Features, Of(row, score), Biases[score], "bias", "raw score", most);
}
