using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;
using MLPath.Numerics;
using MLPath.Trainers;

namespace MLPath.Transforms;

/// <summary>
/// The weighted second moments of rows about their mean, S = Σ wi (xi − μ)(xi − μ)ᵀ, or about 0, in one pass.
/// </summary>
/// <remarks>
/// A block of rows is summed up about its own mean, rounded to a float, from which the little that the rounding took is made up for; blocks are
/// joined by S = S_a + S_b + δδᵀ W_a W_b / (W_a + W_b) with δ = μ_b − μ_a (T. Chan, G. Golub, R. LeVeque, 1979). So nothing cancels, however
/// far from 0 the rows are. Rows of much work, n d² of 2²⁸ or more in the first block, are multiplied in single precision, 256 of them at a time,
/// and those sums are added in double: S is then exact to about 1e-6 of √(Sjj Skk), and to about 1e-15 otherwise.
/// </remarks>
internal sealed class CentredScatter
{
    private const long SinglePrecisionWork = 1L << 28;
    private const int MostChunks = 32;

    private readonly bool _centre;
    private readonly double[] _mean;
    private readonly double[] _gram;
    private bool? _single;

    private CentredScatter(int d, bool centre)
    {
        _centre = centre;
        _mean = new double[d];
        _gram = new double[d * d];
        Sum = new Matrix(d, d);
    }

    /// <summary>S, d × d.</summary>
    public Matrix Sum { get; }

    /// <summary>W = Σ wi.</summary>
    public double TotalWeight { get; private set; }

    /// <summary>n.</summary>
    public long Rows { get; private set; }

    /// <summary>μ, d values; zeros about 0.</summary>
    public double[] Mean => _mean;

    /// <summary>The relative error of an element of S.</summary>
    public double Precision => _single == true ? 6e-8 : 2.220446049250313e-16;

    /// <summary>Sums up all rows.</summary>
    /// <param name="blocks">Dense rows.</param>
    /// <param name="d">The number of features.</param>
    /// <param name="centre">Whether about the mean; about 0 otherwise.</param>
    /// <param name="context">Threads and cancellation.</param>
    public static CentredScatter Of(IEnumerable<TrainingData> blocks, int d, bool centre, FitContext context)
    {
        if ((long)d * d > Array.MaxLength)
            throw new DataException($"{d} features are too many for a matrix of all their products. Use the solver Randomized.");
        var all = new CentredScatter(d, centre);
        RowSum? sums = null;
        foreach (var block in blocks)
        {
            if (sums?.Rows != block.Rows)
                sums = new RowSum(block.Rows, d, MostChunks);
            all.Join(block, sums, context);
        }

        return all;
    }

    private void Join(TrainingData block, RowSum sums, FitContext context)
    {
        int d = _mean.Length;
        _single ??= (long)block.Rows * d * d >= SinglePrecisionWork;
        double weight = WeightOf(block);
        double[] mean = new double[d];
        if (_centre)
        {
            sums.Compute(context, (start, end, sum) => AddRows(block, start, end, sum)).CopyTo(mean);
            Dense.Scale(1 / weight, mean);
        }

        context.Checkpoint();
        float[] rounded = Array.ConvertAll(mean, m => (float)m);
        Gemm.Gram(block.Features.Values, block.Rows, d, _gram, block.Weights, _centre ? rounded : default, _single.Value, context.Threads);

        double joined = TotalWeight + weight, shared = TotalWeight * (weight / joined);
        double[] lost = new double[d], apart = new double[d];
        for (int j = 0; j < d; j++)
        {
            lost[j] = mean[j] - rounded[j];
            apart[j] = mean[j] - _mean[j];
            _mean[j] += apart[j] * (weight / joined);
        }

        for (int i = 0; i < d; i++)
        {
            var row = Sum.Row(i);
            Dense.Axpy(1, _gram.AsSpan(i * d, d), row);
            if (!_centre)
                continue;
            Dense.Axpy(-weight * lost[i], lost, row);
            Dense.Axpy(shared * apart[i], apart, row);
        }

        (TotalWeight, Rows) = (joined, Rows + block.Rows);
    }

    private static double WeightOf(TrainingData block)
    {
        if (!block.HasWeights)
            return block.Rows;
        double sum = 0;
        foreach (float weight in block.Weights)
            sum += weight;
        return sum;
    }

    private static void AddRows(TrainingData block, int start, int end, Span<double> sum)
    {
        int i = start;
        for (; i <= end - 4 && !block.HasWeights; i += 4)
            AddFour(block.Features.Row(i), block.Features.Row(i + 1), block.Features.Row(i + 2), block.Features.Row(i + 3), sum);
        for (; i < end; i++)
            Dense.Axpy(block.Weight(i), block.Features.Row(i), sum);
    }

    // Four rows for one trip of the sum to memory and back.
    private static void AddFour(ReadOnlySpan<float> a, ReadOnlySpan<float> b, ReadOnlySpan<float> c, ReadOnlySpan<float> d, Span<double> sum)
    {
        ref float pa = ref MemoryMarshal.GetReference(a), pb = ref MemoryMarshal.GetReference(b);
        ref float pc = ref MemoryMarshal.GetReference(c), pd = ref MemoryMarshal.GetReference(d);
        ref double ps = ref MemoryMarshal.GetReference(sum);
        int j = 0;
        for (; j <= sum.Length - Vector512<float>.Count; j += Vector512<float>.Count)
        {
            nuint at = (nuint)j, next = at + (nuint)Vector512<double>.Count;
            var (aLow, aHigh) = Vector512.Widen(Vector512.LoadUnsafe(ref pa, at));
            var (bLow, bHigh) = Vector512.Widen(Vector512.LoadUnsafe(ref pb, at));
            var (cLow, cHigh) = Vector512.Widen(Vector512.LoadUnsafe(ref pc, at));
            var (dLow, dHigh) = Vector512.Widen(Vector512.LoadUnsafe(ref pd, at));
            (Vector512.LoadUnsafe(ref ps, at) + ((aLow + bLow) + (cLow + dLow))).StoreUnsafe(ref ps, at);
            (Vector512.LoadUnsafe(ref ps, next) + ((aHigh + bHigh) + (cHigh + dHigh))).StoreUnsafe(ref ps, next);
        }

        for (; j < sum.Length; j++)
            sum[j] += ((double)a[j] + b[j]) + ((double)c[j] + d[j]);
    }
}
