using System.Buffers;
using MLPath.Numerics;

namespace MLPath.Trainers;

/// <summary>
/// F(u) = ½ λ ‖u‖² + Σ cᵢ max(0, 1 − tᵢ u · zᵢ)² / Σ cᵢ with u = (w, b) and zᵢ = (xᵢ, 1), or u = w and zᵢ = xᵢ without a bias; with its gradient
/// and Hessian λ I + 2 Σ cᵢ zᵢ zᵢᵀ / Σ cᵢ, both sums over the active rows, those within the margin.
/// </summary>
/// <param name="rows">The rows, which each evaluation reads in one pass.</param>
/// <param name="totalWeight">Σ cᵢ.</param>
/// <param name="lambda">λ.</param>
/// <param name="hasBias">Whether there is a bias.</param>
/// <param name="context">Threads and cancellation.</param>
internal sealed class SquaredHingeObjective(TrainingStream rows, double totalWeight, double lambda, bool hasBias, FitContext context)
{
    private readonly int _d = rows.FeatureCount;
    private RowSum? _sums;  // for blocks of one number of rows
    private double[] _total = [];
    private double[] _u = [];

    /// <summary>The number of variables, d or d + 1.</summary>
    public int Count => _d + (hasBias ? 1 : 0);

    /// <summary>F and its gradient.</summary>
    public double Evaluate(ReadOnlySpan<double> u, Span<double> gradient) => Evaluate(u, gradient, []);

    /// <summary>F, its gradient, and its Hessian unless that is empty. The Hessian is summed up in single precision within blocks of rows.</summary>
    public double Evaluate(ReadOnlySpan<double> u, Span<double> gradient, Span<double> hessian)
    {
        int size = Count, length = size + 1 + hessian.Length;
        _u = u.ToArray();
        if (_total.Length != length)
            _total = new double[length];
        Array.Clear(_total);
        foreach (var block in rows.Blocks(context))
        {
            if (_sums?.Rows != block.Rows || _sums.Length != length)
                _sums = new RowSum(block.Rows, length);
            Dense.Axpy(1, _sums.Compute(context, (start, end, sum) => Add(block, start, end, sum)), _total);
        }

        Dense.Scale(1 / totalWeight, _total);
        for (int j = 0; j < size; j++)
            gradient[j] = _total[j] + (lambda * u[j]);
        if (!hessian.IsEmpty)
        {
            _total.AsSpan(size + 1).CopyTo(hessian);
            for (int j = 0; j < size; j++)
                hessian[j * (size + 1)] += lambda;
        }

        return (0.5 * lambda * Dense.Dot(u, u)) + _total[size];
    }

    // The sum holds the gradient, the loss, and where asked the Hessian.
    private void Add(TrainingData block, int start, int end, Span<double> sum)
    {
        var x = block.Features;
        var w = _u.AsSpan(0, _d);
        double bias = hasBias ? _u[_d] : 0;
        Span<int> active = stackalloc int[end - start];
        int count = 0;
        for (int i = start; i < end; i++)
        {
            int t = block.Classes[i] == 1 ? 1 : -1;
            double below = 1 - (t * (x.Dot(i, w) + bias));
            if (below <= 0)
                continue;
            active[count++] = i;
            double slope = -2 * block.Weight(i) * t * below;
            x.AddTo(i, slope, sum[.._d]);
            if (hasBias)
                sum[_d] += slope;
            sum[Count] += block.Weight(i) * below * below;
        }

        if (sum.Length > Count + 1)
            AddProducts(block, active[..count], sum[(Count + 1)..]);
    }

    private void AddProducts(TrainingData block, ReadOnlySpan<int> active, Span<double> sum)
    {
        int n = active.Length, size = Count;
        float[] rented = ArrayPool<float>.Shared.Rent((n * size) + (size * size));
        var z = rented.AsSpan(0, n * size);
        var product = rented.AsSpan(n * size, size * size);
        z.Clear();
        for (int i = 0; i < n; i++)
            WriteRow(block, active[i], z.Slice(i * size, size));
        Gemm.Multiply(true, false, size, size, n, 1, z, size, z, size, 0, product, size);
        Dense.Axpy(1, product, sum);
        ArrayPool<float>.Shared.Return(rented);
    }

    // √(2 cᵢ) zᵢ.
    private void WriteRow(TrainingData block, int row, Span<float> z)
    {
        float root = MathF.Sqrt(2 * block.Weight(row));
        var values = block.Features.StoredValues(row);
        if (block.Features.IsDense)
        {
            for (int j = 0; j < values.Length; j++)
                z[j] = root * values[j];
        }
        else
        {
            var slots = block.Features.StoredIndices(row);
            for (int s = 0; s < values.Length; s++)
                z[slots[s]] = root * values[s];
        }

        if (hasBias)
            z[_d] = root;
    }
}
