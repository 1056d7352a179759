using MLPath.Numerics;
using MLPath.Trainers;

namespace MLPath.Transforms;

/// <summary>The mean of rows, and the sum of their squared distances to it, in one pass.</summary>
/// <param name="Rows">n.</param>
/// <param name="TotalWeight">Σ wi.</param>
/// <param name="Mean">μ, d values.</param>
/// <param name="Squares">d values Σ wi (xij − μj)².</param>
internal sealed record RowMoments(long Rows, double TotalWeight, double[] Mean, double[] Squares)
{
    /// <summary>Σ wi ‖xi − μ‖².</summary>
    public double SumOfSquares => Squares.Sum();

    /// <summary>Sums up all rows: blocks about their own mean, which are then joined (Chan, Golub and LeVeque).</summary>
    /// <param name="rows">Dense or sparse rows.</param>
    /// <param name="context">Threads and cancellation.</param>
    public static RowMoments Of(TrainingStream rows, FitContext context)
    {
        int d = rows.FeatureCount;
        double[] mean = new double[d], squares = new double[d];
        double total = 0;
        long count = 0;
        foreach (var block in rows.Blocks(context))
        {
            double weight = 0;
            for (int i = 0; i < block.Rows; i++)
                weight += block.Weight(i);
            var sums = new RowSum(block.Rows, d);
            double[] blockMean = sums.Compute(context, (start, end, sum) => AddValues(block, start, end, sum)).ToArray();
            Dense.Scale(1 / weight, blockMean);
            var blockSquares = sums.Compute(context, (start, end, sum) => AddSquares(block, start, end, blockMean, sum));
            double joined = total + weight;
            for (int j = 0; j < d; j++)
            {
                double apart = blockMean[j] - mean[j];
                squares[j] += blockSquares[j] + (apart * apart * total * (weight / joined));
                mean[j] += apart * (weight / joined);
            }

            (total, count) = (joined, count + block.Rows);
        }

        return new(count, total, mean, squares);
    }

    private static void AddValues(TrainingData block, int start, int end, Span<double> sum)
    {
        for (int i = start; i < end; i++)
        {
            var values = block.Features.StoredValues(i);
            var indices = block.Features.StoredIndices(i);
            double weight = block.Weight(i);
            if (block.Features.IsDense)
                Dense.Axpy(weight, values, sum);
            for (int e = 0; e < indices.Length; e++)
                sum[indices[e]] += weight * values[e];
        }
    }

    private static void AddSquares(TrainingData block, int start, int end, double[] mean, Span<double> sum)
    {
        for (int i = start; i < end; i++)
        {
            var values = block.Features.StoredValues(i);
            var indices = block.Features.StoredIndices(i);
            double weight = block.Weight(i);
            if (block.Features.IsDense)
            {
                for (int j = 0; j < values.Length; j++)
                    sum[j] += weight * (values[j] - mean[j]) * (values[j] - mean[j]);
                continue;
            }

            // Of every feature as if it were 0 here, and then of the stored ones what they differ by.
            for (int j = 0; j < mean.Length; j++)
                sum[j] += weight * mean[j] * mean[j];
            for (int e = 0; e < indices.Length; e++)
                sum[indices[e]] += weight * values[e] * (values[e] - (2 * mean[indices[e]]));
        }
    }
}
