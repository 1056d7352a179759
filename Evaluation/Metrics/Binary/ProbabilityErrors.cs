using System.Numerics;
using System.Numerics.Tensors;
using System.Runtime.InteropServices;
using MLPath.Numerics;

namespace MLPath.Evaluation;

/// <summary>
/// Weighted sums over rows of what the probability q that was given to a row's true class costs. Rows are taken a block at a time, which is
/// added up in vectors; the blocks' sums are added in order.
/// </summary>
/// <param name="Nats">Σ w (−log q); +∞ where a row of positive weight has q = 0.</param>
/// <param name="ClippedNats">The same with q no less than <see cref="EvaluationLimits.SmallestProbability"/>.</param>
/// <param name="Squares">Σ w (1 − q)².</param>
internal readonly record struct ProbabilityErrors(double Nats, double ClippedNats, double Squares)
{
    private const int BlockRows = 512;

    private static readonly double s_mostNats = -Math.Log(EvaluationLimits.SmallestProbability);

    /// <summary>Sums the rows.</summary>
    /// <param name="positive">n truths.</param>
    /// <param name="probabilities">n probabilities of the positive class, 0 to 1.</param>
    /// <param name="weights">n weights, 0 or more, or none for equal weights.</param>
    public static ProbabilityErrors Sum(ReadOnlySpan<bool> positive, ReadOnlySpan<float> probabilities, ReadOnlySpan<double> weights)
    {
        CompensatedSum nats = default, clipped = default, squares = default;
        Span<double> q = stackalloc double[BlockRows];
        Span<double> terms = stackalloc double[BlockRows];
        for (int start = 0; start < probabilities.Length; start += BlockRows)
        {
            int rows = Math.Min(BlockRows, probabilities.Length - start);
            q = q[..rows];
            terms = terms[..rows];
            var w = weights.IsEmpty ? [] : weights.Slice(start, rows);
            TensorPrimitives.ConvertTruncating(probabilities.Slice(start, rows), q);
            GiveToTruth(positive.Slice(start, rows), w, q, terms);

            TensorPrimitives.Subtract(1.0, q, terms);
            squares.Add(Total(terms, terms, w));
            Dense.Log(q, terms);
            nats.Add(-Total(terms, w));
            TensorPrimitives.Max(terms, -s_mostNats, terms);
            clipped.Add(-Total(terms, w));
        }

        return new ProbabilityErrors(nats.Value, clipped.Value, squares.Value);
    }

    // q ← p for a positive row, |p − 1| for a negative one, which is exact in double. A row of weight 0 counts for nothing, whatever it was
    // given: not even for 0 × ∞.
    private static void GiveToTruth(ReadOnlySpan<bool> positive, ReadOnlySpan<double> weights, Span<double> q, Span<double> shifts)
    {
        Span<float> negative = stackalloc float[BlockRows];
        negative = negative[..q.Length];
        Negatives(MemoryMarshal.AsBytes(positive), negative);
        TensorPrimitives.ConvertTruncating(negative, shifts);
        TensorPrimitives.Subtract(q, shifts, q);
        TensorPrimitives.Abs(q, q);
        for (int i = 0; i < weights.Length; i++)
        {
            if (weights[i] == 0)
                q[i] = 1;
        }
    }

    // 1 for a negative row, 0 for a positive one.
    private static void Negatives(ReadOnlySpan<byte> positive, Span<float> negative)
    {
        int i = 0, width = Vector<float>.Count;
        for (; i <= positive.Length - Vector<byte>.Count; i += Vector<byte>.Count)
        {
            var ones = Vector.Equals(new Vector<byte>(positive[i..]), Vector<byte>.Zero) & Vector<byte>.One;
            Vector.Widen(ones, out var low, out var high);
            Vector.Widen(low, out var first, out var second);
            Vector.Widen(high, out var third, out var fourth);
            Vector.ConvertToSingle(first).CopyTo(negative[i..]);
            Vector.ConvertToSingle(second).CopyTo(negative[(i + width)..]);
            Vector.ConvertToSingle(third).CopyTo(negative[(i + (2 * width))..]);
            Vector.ConvertToSingle(fourth).CopyTo(negative[(i + (3 * width))..]);
        }

        for (; i < positive.Length; i++)
            negative[i] = positive[i] == 0 ? 1 : 0;
    }

    private static double Total(ReadOnlySpan<double> terms, ReadOnlySpan<double> weights) =>
        weights.IsEmpty ? TensorPrimitives.Sum(terms) : TensorPrimitives.Dot(terms, weights);

    private static double Total(ReadOnlySpan<double> x, Span<double> y, ReadOnlySpan<double> weights)
    {
        if (weights.IsEmpty)
            return TensorPrimitives.Dot(x, y);
        TensorPrimitives.Multiply(x, y, y);
        return TensorPrimitives.Dot(y, weights);
    }
}
