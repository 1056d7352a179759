using System.Buffers;
using System.Numerics.Tensors;
using MLPath.Data;
using MLPath.Numerics;

namespace MLPath.Trainers;

/// <summary>
/// The two products of a linear classifier with a block of rows X, rows × d: scores S = X Wᵀ + b, and gradients ∂/∂W = Gᵀ X, ∂/∂b = Gᵀ 1 from
/// G = ∂loss/∂S. Dense rows with several scores are multiplied as matrices, in double or, where asked, in single precision; everything else is
/// multiplied in double. Sums over more rows than one block are always kept in double.
/// </summary>
/// <param name="k">The number of scores of a row.</param>
/// <param name="d">The number of features.</param>
internal sealed class LinearProducts(int k, int d)
{
    private readonly double[] _weights = new double[k * d];
    private readonly double[] _biases = new double[k];
    private readonly float[] _single = new float[k * d];

    /// <summary>W, k × d, as set.</summary>
    public ReadOnlySpan<double> Weights => _weights;

    /// <summary>Whether matrices are multiplied in single precision.</summary>
    public bool IsSingle { get; private set; }

    /// <summary>Sets the weights and biases of the next products.</summary>
    /// <param name="restore">Writes W and b.</param>
    /// <param name="single">Whether matrices are multiplied in single precision.</param>
    public void Set(Action<double[], double[]> restore, bool single)
    {
        restore(_weights, _biases);
        IsSingle = single;
        if (single)
            TensorPrimitives.ConvertTruncating(_weights, _single);
    }

    /// <summary>Adds the loss of some rows and its gradient to a sum.</summary>
    /// <param name="loss">The loss.</param>
    /// <param name="block">Rows with classes, dense or sparse.</param>
    /// <param name="start">The first row.</param>
    /// <param name="end">The row after the last; at most <see cref="RowSum.BlockRows"/> after the first.</param>
    /// <param name="sum">k × d derivatives by W, k by b, then the loss; is added to.</param>
    /// <param name="curvatures">Receives the weighted second derivatives of the rows; empty where not asked for.</param>
    public void Add(ILinearLoss loss, TrainingData block, int start, int end, Span<double> sum, Span<double> curvatures = default)
    {
        var x = block.Features;
        int rows = end - start;
        bool isWide = x.IsDense && k > 1 && !IsSingle;
        double[] rented = ArrayPool<double>.Shared.Rent(rows * (k + (isWide ? d : 0)));
        var scores = rented.AsSpan(0, rows * k);
        var wide = isWide ? rented.AsSpan(rows * k, rows * d) : default;
        if (isWide)
            TensorPrimitives.ConvertTruncating(x.Values[(start * d)..(end * d)], wide);

        Scores(x, start, end, wide, scores);
        for (int i = 0; i < scores.Length; i++)
            scores[i] += _biases[i % k];
        sum[(k * d) + k] += loss.Differentiate(block, start, scores, curvatures);
        for (int i = 0; i < scores.Length; i++)
            sum[(k * d) + (i % k)] += scores[i];
        AddGradient(x, start, end, wide, scores, sum[..(k * d)]);
        ArrayPool<double>.Shared.Return(rented);
    }

    private void Scores(FeatureMatrix x, int start, int end, ReadOnlySpan<double> wide, Span<double> scores)
    {
        if (x.IsDense && k == 1)
        {
            DenseRows.Multiply(x.Values[(start * d)..(end * d)], _weights, scores);
        }
        else if (!x.IsDense)
        {
            for (int i = 0; i < scores.Length; i++)
                scores[i] = x.Dot(start + (i / k), _weights.AsSpan(i % k * d, d));
        }
        else if (!IsSingle)
        {
            Gemm.Multiply(false, true, end - start, k, d, 1, wide, d, _weights, d, 0, scores, k);
        }
        else
        {
            float[] rented = ArrayPool<float>.Shared.Rent(scores.Length);
            var single = rented.AsSpan(0, scores.Length);
            Gemm.Multiply(false, true, end - start, k, d, 1, x.Values[(start * d)..(end * d)], d, _single, d, 0, single, k);
            TensorPrimitives.ConvertTruncating<float, double>(single, scores);
            ArrayPool<float>.Shared.Return(rented);
        }
    }

    private void AddGradient(FeatureMatrix x, int start, int end, ReadOnlySpan<double> wide, ReadOnlySpan<double> slopes, Span<double> gradient)
    {
        if (x.IsDense && k == 1)
        {
            DenseRows.AddTransposed(x.Values[(start * d)..(end * d)], slopes, gradient);
        }
        else if (!x.IsDense)
        {
            for (int i = 0; i < slopes.Length; i++)
                x.AddTo(start + (i / k), slopes[i], gradient.Slice(i % k * d, d));
        }
        else if (!IsSingle)
        {
            Gemm.Multiply(true, false, k, d, end - start, 1, slopes, k, wide, d, 1, gradient, d);
        }
        else
        {
            float[] rented = ArrayPool<float>.Shared.Rent(slopes.Length + (k * d));
            var single = rented.AsSpan(0, slopes.Length);
            var product = rented.AsSpan(slopes.Length, k * d);
            TensorPrimitives.ConvertTruncating(slopes, single);
            Gemm.Multiply(true, false, k, d, end - start, 1, single, k, x.Values[(start * d)..(end * d)], d, 0, product, d);
            Dense.Axpy(1, product, gradient);
            ArrayPool<float>.Shared.Return(rented);
        }
    }
}
