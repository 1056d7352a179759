using System.Buffers;
using System.Numerics;
using System.Runtime.InteropServices;
using MLPath.Data;
using MLPath.Numerics;

namespace MLPath.Trainers;

/// <summary>
/// The Hessian of a linear classifier's objective with one score, in the variables of <see cref="LinearObjective"/>:
/// Σ cᵢ zᵢ zᵢᵀ / Σ wᵢ plus the penalty's diagonal, with zᵢ = (D⁻¹ (xᵢ − m), 1 / D₀) and cᵢ = wᵢ ∂²loss/∂s².
/// </summary>
/// <remarks>
/// It steers Newton's method and decides nothing: the minimum is where the gradient ends, which is summed over all rows in double. So it may be
/// an estimate. It is summed from products in single precision; and where rows are many times the variables, from a part of them, evenly spread
/// blocks, the same in every evaluation. From 512 rows a variable its error is about √(1 / 512), 4 %, by which a step near the minimum still
/// shrinks the error; all rows would cost several times as much a step, to save one step in four.
/// </remarks>
/// <param name="moments">The features' means, and Σ wᵢ.</param>
/// <param name="scales">D, d numbers.</param>
/// <param name="biasScale">D₀.</param>
internal sealed class LinearHessian(ColumnMoments moments, double[] scales, double biasScale)
{
    private const int RowsPerVariable = 512;

    private readonly int _d = scales.Length;
    private readonly double[] _inverses = [.. scales.Select(s => 1 / s)];
    private readonly int _spread = (int)Math.Clamp(moments.Rows / (RowsPerVariable * (scales.Length + 1L)), 1, 16);
    private readonly double[] _sum = new double[((scales.Length + 1) * (scales.Length + 1)) + 1];

    /// <summary>The length of the sum: the matrix, then the weight of the rows that it is of.</summary>
    public int Length => _sum.Length;

    /// <summary>Whether a block of rows is one of those that are looked at.</summary>
    /// <param name="start">The block's first row, a multiple of <see cref="RowSum.BlockRows"/>.</param>
    public bool Wants(int start) => start / RowSum.BlockRows % _spread == 0;

    /// <summary>Adds rows to a sum.</summary>
    /// <param name="block">The rows.</param>
    /// <param name="start">The first row.</param>
    /// <param name="curvatures">cᵢ of each row from there.</param>
    /// <param name="sum">Is added to.</param>
    public void AddRows(TrainingData block, int start, ReadOnlySpan<double> curvatures, Span<double> sum)
    {
        int n = curvatures.Length, width = _d + 1;
        float[] rented = ArrayPool<float>.Shared.Rent((n * width) + (width * width));
        var z = rented.AsSpan(0, n * width);
        var product = rented.AsSpan(n * width, width * width);
        for (int i = 0; i < n; i++)
        {
            WriteRow(block.Features, start + i, Math.Sqrt(curvatures[i]), z.Slice(i * width, width));
            sum[^1] += block.Weight(start + i);
        }

        Gemm.Multiply(true, false, width, width, n, 1, z, width, z, width, 0, product, width);
        Dense.Axpy(1, product, sum[..^1]);
        ArrayPool<float>.Shared.Return(rented);
    }

    /// <summary>Adds a sum of rows.</summary>
    public void Add(ReadOnlySpan<double> sum) => Dense.Axpy(1, sum, _sum);

    /// <summary>Writes the Hessian.</summary>
    /// <param name="hessian">Receives (d + 1) × (d + 1) numbers.</param>
    /// <param name="l2">The L2 penalty.</param>
    public void CopyTo(Span<double> hessian, double l2)
    {
        _sum.AsSpan(0, hessian.Length).CopyTo(hessian);
        Dense.Scale(1 / _sum[^1], hessian);
        for (int j = 0; j < _d; j++)
            hessian[j * (_d + 2)] += l2 / (moments.TotalWeight * scales[j] * scales[j]);
    }

    // √cᵢ zᵢ. What a sparse row does not store is 0.
    private void WriteRow(FeatureMatrix x, int row, double root, Span<float> z)
    {
        var means = moments.Means;
        var values = x.StoredValues(row);
        var slots = x.StoredIndices(row);
        if (x.IsDense)
        {
            WriteDense(values, means, root, z);
        }
        else
        {
            for (int j = 0; j < _d; j++)
                z[j] = (float)(root * -means[j] * _inverses[j]);
            for (int s = 0; s < values.Length; s++)
                z[slots[s]] = (float)(root * (values[s] - means[slots[s]]) * _inverses[slots[s]]);
        }

        z[_d] = (float)(root / biasScale);
    }

    private void WriteDense(ReadOnlySpan<float> x, ReadOnlySpan<double> means, double root, Span<float> z)
    {
        ref float px = ref MemoryMarshal.GetReference(x);
        ref float pz = ref MemoryMarshal.GetReference(z);
        ref double pm = ref MemoryMarshal.GetReference(means);
        ref double pi = ref MemoryMarshal.GetReference(_inverses.AsSpan());
        nuint half = (nuint)Vector<double>.Count;
        int j = 0;
        for (; j <= _d - Vector<float>.Count; j += Vector<float>.Count)
        {
            nuint at = (nuint)j;
            Vector.Widen(Vector.LoadUnsafe(ref px, at), out var low, out var high);
            low = (low - Vector.LoadUnsafe(ref pm, at)) * Vector.LoadUnsafe(ref pi, at) * root;
            high = (high - Vector.LoadUnsafe(ref pm, at + half)) * Vector.LoadUnsafe(ref pi, at + half) * root;
            Vector.Narrow(low, high).StoreUnsafe(ref pz, at);
        }

        for (; j < _d; j++)
            z[j] = (float)((x[j] - means[j]) * _inverses[j] * root);
    }
}
