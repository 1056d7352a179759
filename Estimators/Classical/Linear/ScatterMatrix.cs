using System.Buffers;
using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;
using MLPath.Data;
using MLPath.Numerics;

namespace MLPath.Trainers;

/// <summary>
/// The weighted second moments of all features and the target about their means, S = Σ wᵢ (zᵢ − m)(zᵢ − m)ᵀ with z = (x, y), in one pass over
/// dense rows and in double. It is all that penalised least squares needs to know of the rows.
/// </summary>
/// <remarks>
/// Within a block of rows values are taken from a point s near the mean, the mean of the block's first rows: with v = (z − s, 1) the product
/// Σ w v vᵀ holds the moments about s, from which those about m = s + δ follow, S = Σ w (z − s)(z − s)ᵀ − W δδᵀ. Because s is the mean of n₀ of
/// the block's n rows, n₀ δⱼ² is at most Sⱼⱼ, so that the subtraction costs no more than the digits of n / n₀. Blocks are joined by Chan, Golub
/// and LeVeque's formula (1979): S = S_a + S_b + δδᵀ W_a W_b / W with δ = m_b − m_a.
/// </remarks>
internal sealed class ScatterMatrix
{
    private const int ShiftRows = 256;

    /// <summary>The most chunks that a block of rows is cut into, so that clearing and adding their sums costs little beside filling them.</summary>
    public const int MostChunks = 16;

    // As many numbers of a piece of rows stay in the first-level cache while the tiles of the product pass over them.
    private const int PieceNumbers = 4096;

    private readonly int _order;     // d + 1
    private readonly double[] _mean; // d + 1
    private readonly double[] _sum;  // S, (d + 1) × (d + 1)

    private ScatterMatrix(int d)
    {
        _order = d + 1;
        _mean = new double[_order];
        _sum = new double[_order * _order];
    }

    /// <summary>n, the number of rows.</summary>
    public long Rows { get; private set; }

    /// <summary>W = Σ wᵢ.</summary>
    public double TotalWeight { get; private set; }

    /// <summary>The d + 1 means, the target's last.</summary>
    public ReadOnlySpan<double> Means => _mean;

    /// <summary>S, (d + 1) × (d + 1), symmetric; the target's row and column are last.</summary>
    public ReadOnlySpan<double> Products => _sum;

    /// <summary>Σ wᵢ (zᵢⱼ − mⱼ)².</summary>
    /// <param name="j">A feature, or d for the target.</param>
    public double Squares(int j) => _sum[j * _order + j];

    /// <summary>Sums up all rows, in one pass.</summary>
    /// <param name="rows">Dense rows with targets.</param>
    /// <param name="context">Threads and cancellation.</param>
    public static ScatterMatrix Of(TrainingStream rows, FitContext context)
    {
        var all = new ScatterMatrix(rows.FeatureCount);
        int d = rows.FeatureCount, stride = (d + 2 + 7) / 8 * 8;
        RowSum? sums = null;
        foreach (var block in rows.Blocks(context))
        {
            double[] shift = ShiftOf(block);
            if (sums?.Rows != block.Rows)
                sums = new RowSum(block.Rows, stride * stride, MostChunks);
            all.Join(block.Rows, shift, sums.Compute(context, (start, end, sum) => AddRows(block, start, end, shift, stride, sum)), stride);
        }

        Syrk.Mirror(all._sum, d + 1, d + 1);
        return all;
    }

    /// <summary>The mean of the first rows of a block: d numbers near enough to the block's mean to take its values from.</summary>
    /// <param name="features">A dense block.</param>
    public static double[] MeanOfFirst(FeatureMatrix features)
    {
        var mean = new double[features.Columns];
        int n = Math.Min(ShiftRows, features.Rows);
        for (int i = 0; i < n; i++)
            Dense.Axpy(1, features.Row(i), mean);
        for (int j = 0; j < mean.Length; j++)
            mean[j] /= n;
        return mean;
    }

    private static double[] ShiftOf(TrainingData block)
    {
        double target = 0;
        int n = Math.Min(ShiftRows, block.Rows);
        for (int i = 0; i < n; i++)
            target += block.Targets[i];
        return [.. MeanOfFirst(block.Features), target / n];
    }

    // Adds Σ w v vᵀ of some rows, v = (x − s, y − s_d, 1) and zeros up to the stride.
    private static void AddRows(TrainingData block, int start, int end, double[] shift, int stride, Span<double> sum)
    {
        int d = block.Features.Columns;
        int pieceRows = Math.Clamp(PieceNumbers / stride, 16, RowSum.BlockRows);
        double[] rented = ArrayPool<double>.Shared.Rent(pieceRows * stride);
        for (int from = start; from < end; from += pieceRows)
        {
            int count = Math.Min(pieceRows, end - from);
            var rows = rented.AsSpan(0, count * stride);
            for (int i = 0; i < count; i++)
            {
                var v = rows.Slice(i * stride, stride);
                Subtract(block.Features.Row(from + i), shift, v);
                v[d] = block.Targets[from + i] - shift[d];
                v[d + 1] = 1;
                v[(d + 2)..].Clear();
                if (block.HasWeights)
                    Dense.Scale(Math.Sqrt(block.Weight(from + i)), v);
            }

            Syrk.AddUpper(count, stride, rows, stride, sum, stride);
        }

        ArrayPool<double>.Shared.Return(rented);
    }

    // difference ← x − shift, widened.
    private static void Subtract(ReadOnlySpan<float> x, ReadOnlySpan<double> shift, Span<double> difference)
    {
        ref float px = ref MemoryMarshal.GetReference(x);
        ref double ps = ref MemoryMarshal.GetReference(shift[..x.Length]);
        ref double pd = ref MemoryMarshal.GetReference(difference[..x.Length]);
        int j = 0;
        for (; j <= x.Length - Vector256<float>.Count; j += Vector256<float>.Count)
        {
            var (low, high) = Vector256.Widen(Vector256.LoadUnsafe(ref px, (nuint)j));
            nuint next = (nuint)(j + Vector256<double>.Count);
            (low - Vector256.LoadUnsafe(ref ps, (nuint)j)).StoreUnsafe(ref pd, (nuint)j);
            (high - Vector256.LoadUnsafe(ref ps, next)).StoreUnsafe(ref pd, next);
        }

        for (; j < x.Length; j++)
            difference[j] = x[j] - shift[j];
    }

    // Joins a block's moments about the shift, whose last two rows and columns are the target's and the 1's.
    private void Join(int rows, double[] shift, ReadOnlySpan<double> moments, int stride)
    {
        int d = _order - 1;
        double weight = moments[(d + 1) * stride + d + 1], joined = TotalWeight + weight, shared = TotalWeight * (weight / joined);
        var fromShift = new double[_order];
        var fromMean = new double[_order];
        for (int j = 0; j <= d; j++)
        {
            fromShift[j] = moments[j * stride + d + 1] / weight;
            fromMean[j] = shift[j] + fromShift[j] - _mean[j];
        }

        for (int i = 0; i <= d; i++)
        {
            for (int j = i; j <= d; j++)
            {
                double within = moments[i * stride + j] - weight * fromShift[i] * fromShift[j];
                _sum[i * _order + j] += (i == j ? Math.Max(0, within) : within) + shared * fromMean[i] * fromMean[j];
            }
        }

        for (int j = 0; j <= d; j++)
            _mean[j] += fromMean[j] * (weight / joined);
        (Rows, TotalWeight) = (Rows + rows, joined);
    }
}
