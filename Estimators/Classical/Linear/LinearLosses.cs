using System.Buffers;
using System.Numerics.Tensors;
using MLPath.Data;
using MLPath.Numerics;

namespace MLPath.Trainers;

/// <summary>
/// The data's part of a linear classifier's objective: a sum over rows of a smooth convex function of the k scores s = W x + b. A row adds
/// its weight times its loss to the value, and its weight times ∂loss/∂s to the gradient: ∂/∂b directly, ∂/∂W times x.
/// </summary>
internal interface ILinearLoss
{
    /// <summary>k, the number of scores of a row.</summary>
    int Outputs { get; }

    /// <summary>Adds the loss and its gradient of some rows.</summary>
    /// <param name="block">Rows with classes, dense or sparse.</param>
    /// <param name="start">The first row.</param>
    /// <param name="end">The row after the last; at most <see cref="RowSum.BlockRows"/> after the first.</param>
    /// <param name="weights">W, k × d.</param>
    /// <param name="biases">b, k.</param>
    /// <param name="weightGradient">Is added to, k × d.</param>
    /// <param name="biasGradient">Is added to, k.</param>
    /// <returns>Σ wᵢ lossᵢ of these rows.</returns>
    double AddRows(
        TrainingData block, int start, int end, ReadOnlySpan<double> weights, ReadOnlySpan<double> biases,
        Span<double> weightGradient, Span<double> biasGradient);
}

/// <summary>
/// The logistic loss of two classes, log(1 + exp(−m)) with the margin m = ±s, whose derivative by s is ∓σ(−m). Both are computed from
/// exp(−|m|), which neither overflows nor loses the digits of small losses. Class 1 is the positive one.
/// </summary>
internal sealed class LogisticLoss : ILinearLoss
{
    public int Outputs => 1;

    public double AddRows(
        TrainingData block, int start, int end, ReadOnlySpan<double> w, ReadOnlySpan<double> b, Span<double> weightGradient, Span<double> biasGradient)
    {
        var x = block.Features;
        var positive = block.Classes;
        Span<double> margins = stackalloc double[end - start];
        Span<double> e = stackalloc double[end - start];
        for (int i = start; i < end; i++)
        {
            double score = x.Dot(i, w) + b[0];
            margins[i - start] = positive[i] == 1 ? score : -score;
            e[i - start] = -Math.Abs(score);
        }

        Dense.Exp(e, e);
        double loss = 0;
        for (int i = start; i < end; i++)
        {
            double m = margins[i - start], small = e[i - start];
            double weight = block.Weight(i);
            loss += weight * (Math.Max(-m, 0) + LogOnePlus(small));
            double slope = weight * (m >= 0 ? small : 1) / (1 + small);
            double signed = positive[i] == 1 ? -slope : slope;
            x.AddTo(i, signed, weightGradient);
            biasGradient[0] += signed;
        }

        return loss;
    }

    /// <summary>log(1 + x) for 0 ≤ x to full precision: the rounding of 1 + x is divided out again (Higham 2002, §1.14.1).</summary>
    internal static double LogOnePlus(double x)
    {
        double u = 1 + x;
        return u == 1 ? x : Math.Log(u) * x / (u - 1);
    }
}

/// <summary>
/// The cross-entropy of the softmax of k scores, log Σ exp(s_c) − s_y for a row of class y, whose derivative by s_c is p_c − [c = y]. It is
/// computed from the differences s_c − s_y, so that the loss of a row that is surely right keeps its digits.
/// </summary>
/// <param name="present">The classes that have scores, increasing; all rows are of these.</param>
internal sealed class SoftmaxLoss(int[] present) : ILinearLoss
{
    public int Outputs => present.Length;

    public double AddRows(
        TrainingData block, int start, int end, ReadOnlySpan<double> w, ReadOnlySpan<double> b, Span<double> weightGradient, Span<double> biasGradient)
    {
        var x = block.Features;
        int d = x.Columns, k = present.Length, rows = end - start;
        double[] rented = ArrayPool<double>.Shared.Rent(rows * (d + k));
        var wide = rented.AsSpan(0, rows * d);
        var s = rented.AsSpan(rows * d, rows * k);
        Scores(x, start, end, w, wide, s);

        double loss = 0;
        for (int i = start; i < end; i++)
        {
            var row = s.Slice((i - start) * k, k);
            Dense.Axpy(1, b, row);
            double weight = block.Weight(i);
            loss += weight * LossAndSlopes(row, Array.BinarySearch(present, block.Classes[i]));
            Dense.Scale(weight, row);
            Dense.Axpy(1, row, biasGradient);
        }

        AddGradient(x, start, end, wide, s, weightGradient);
        ArrayPool<double>.Shared.Return(rented);
        return loss;
    }

    // S = X Wᵀ of some rows, rows × k. Dense rows are widened once, for both products.
    private void Scores(FeatureMatrix x, int start, int end, ReadOnlySpan<double> w, Span<double> wide, Span<double> s)
    {
        int d = x.Columns, k = present.Length;
        if (x.IsDense)
        {
            TensorPrimitives.ConvertTruncating(x.Values[(start * d)..(end * d)], wide);
            Dense.MatMul(wide, w, s, end - start, d, k, transposeB: true);
            return;
        }

        for (int i = 0; i < s.Length; i++)
            s[i] = x.Dot(start + (i / k), w.Slice(i % k * d, d));
    }

    // ∂/∂W += (∂loss/∂S)ᵀ X of some rows.
    private void AddGradient(FeatureMatrix x, int start, int end, ReadOnlySpan<double> wide, ReadOnlySpan<double> slopes, Span<double> gradient)
    {
        int d = x.Columns, k = present.Length;
        if (x.IsDense)
        {
            Dense.MatMul(slopes, wide, gradient, k, end - start, d, transposeA: true, accumulate: true);
            return;
        }

        for (int i = 0; i < slopes.Length; i++)
            x.AddTo(start + (i / k), slopes[i], gradient.Slice(i % k * d, d));
    }

    // The loss of one row; replaces its scores by the derivatives.
    private static double LossAndSlopes(Span<double> s, int y)
    {
        double own = s[y], greatest = own;
        foreach (double score in s)
            greatest = Math.Max(greatest, score);
        for (int c = 0; c < s.Length; c++)
            s[c] -= greatest;
        Dense.Exp(s, s);

        // All terms are divided by that of the greatest score, so that their sum is 1 or more.
        double others = 0;
        for (int c = 0; c < s.Length; c++)
            others += c == y ? 0 : s[c];
        double sum = s[y] + others;
        double loss = own == greatest ? LogisticLoss.LogOnePlus(others) : greatest - own + Math.Log(sum);
        for (int c = 0; c < s.Length; c++)
            s[c] /= sum;
        s[y] = -others / sum;
        return loss;
    }
}
