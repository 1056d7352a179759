using MLPath.Numerics;

namespace MLPath.Trainers;

/// <summary>
/// The weight of each class's rows, and the mean and the sum of squared deviations of each feature within each class.
/// </summary>
/// <remarks>
/// One pass: a block of rows, small enough to stay in the cache, is summed twice, first for its classes' means, then for the squared deviations
/// from these; blocks are joined by the formula of Chan, Golub and LeVeque for two groups (1979), with δ = m_b − m_a:
/// m = m_a + δ W_b / W, M₂ = M₂a + M₂b + δ² W_a W_b / W. So nothing cancels, wherever the features lie. All sums are in double, in an order that
/// depends on the rows alone.
/// </remarks>
internal sealed class ClassMoments
{
    private const int BlockRows = 64;
    private const int MostChunks = 16;

    private readonly int _d;
    private readonly double[] _weights;
    private readonly double[] _means;
    private readonly double[] _squares;

    private ClassMoments(int k, int d) => (_d, _weights, _means, _squares) = (d, new double[k], new double[k * d], new double[k * d]);

    /// <summary>k sums of weights W_c; 0 for a class without rows.</summary>
    public double[] Weights => _weights;

    /// <summary>k × d means; 0 for a class without rows.</summary>
    public double[] Means => _means;

    /// <summary>k × d sums M₂ = Σ wᵢ (xᵢⱼ − m_cj)².</summary>
    public double[] Squares => _squares;

    /// <summary>Reads all rows once.</summary>
    /// <param name="rows">Dense rows with classes.</param>
    /// <param name="context">Threads and cancellation.</param>
    public static ClassMoments Of(TrainingStream rows, FitContext context)
    {
        int k = rows.ClassNames.Count, d = rows.FeatureCount;
        var all = new ClassMoments(k, d);
        foreach (var block in rows.Blocks(context))
        {
            context.Checkpoint();
            int chunk = RowSum.ChunkRows(block.Rows, (int)Math.Min(2L * k * d, int.MaxValue), MostChunks);
            var parts = new ClassMoments?[ParallelLoop.ChunkCount(block.Rows, chunk)];
            ParallelLoop.For(block.Rows, chunk, context.Threads, context.CancellationToken, (index, start, end) =>
                parts[index] = OfRows(block, start, end, k, context.CancellationToken));
            foreach (var part in parts)
            {
                for (int c = 0; c < k; c++)
                    all.Join(c, part!._weights[c], part._means.AsSpan(c * d, d), part._squares.AsSpan(c * d, d));
            }
        }

        return all;
    }

    /// <summary>The mean and the variance M₂ / W of each feature over all rows, whatever their class.</summary>
    public (double[] Means, double[] Variances) Overall()
    {
        var all = new ClassMoments(1, _d);
        for (int c = 0; c < _weights.Length; c++)
            all.Join(0, _weights[c], _means.AsSpan(c * _d, _d), _squares.AsSpan(c * _d, _d));
        return (all._means, [.. all._squares.Select(s => s / all._weights[0])]);
    }

    private static ClassMoments OfRows(TrainingData data, int start, int end, int k, CancellationToken cancellation)
    {
        int d = data.Features.Columns;
        var moments = new ClassMoments(k, d);
        var (means, squares) = (new double[d], new double[d]);
        Span<int> rows = stackalloc int[BlockRows];
        Span<bool> done = stackalloc bool[BlockRows];
        for (int block = start; block < end; block += BlockRows)
        {
            cancellation.ThrowIfCancellationRequested();
            int blockEnd = Math.Min(block + BlockRows, end);
            done.Clear();
            for (int first = block; first < blockEnd; first++)
            {
                if (done[first - block])
                    continue;

                // The rows of the block that are of this row's class.
                int c = data.Classes[first], count = 0;
                for (int i = first; i < blockEnd; i++)
                {
                    if (data.Classes[i] != c)
                        continue;
                    rows[count++] = i;
                    done[i - block] = true;
                }

                moments.Join(c, Summarise(data, rows[..count], means, squares), means, squares);
            }
        }

        return moments;
    }

    // The moments of some rows; gives their weight.
    private static double Summarise(TrainingData data, ReadOnlySpan<int> rows, double[] means, double[] squares)
    {
        double weight = 0;
        Array.Clear(means);
        Array.Clear(squares);
        foreach (int i in rows)
        {
            weight += data.Weight(i);
            Dense.Axpy(data.Weight(i), data.Features.Row(i), means);
        }

        for (int j = 0; j < means.Length; j++)
            means[j] /= weight;
        foreach (int i in rows)
            DenseRows.AddSquares(data.Features.Row(i), means, data.Weight(i), squares);
        return weight;
    }

    private void Join(int c, double weight, ReadOnlySpan<double> means, ReadOnlySpan<double> squares)
    {
        if (weight == 0)
            return;
        double before = _weights[c], joined = before + weight;
        double part = weight / joined, both = before * part;
        var m = _means.AsSpan(c * _d, _d);
        var s = _squares.AsSpan(c * _d, _d);
        _weights[c] = joined;
        for (int j = 0; j < means.Length; j++)
        {
            double δ = means[j] - m[j];
            m[j] += δ * part;
            s[j] += squares[j] + (δ * δ * both);
        }
    }
}
