using System.Numerics;
using System.Runtime.InteropServices;

namespace MLPath.Trainers;

/// <summary>
/// Products of a run of single-precision rows X, n × d, with a vector, in double. Four rows are taken at a time, so that the vector is read, and
/// a sum written, once for the four.
/// </summary>
internal static class DenseRows
{
    /// <summary>y = X w.</summary>
    /// <param name="x">X.</param>
    /// <param name="w">d numbers.</param>
    /// <param name="y">Receives n numbers.</param>
    public static void Multiply(ReadOnlySpan<float> x, ReadOnlySpan<double> w, Span<double> y)
    {
        int d = w.Length, i = 0;
        for (; i + 4 <= y.Length; i += 4)
            MultiplyFour(x.Slice(i * d, 4 * d), w, y.Slice(i, 4));
        for (; i < y.Length; i++)
            y[i] = Numerics.Dense.Dot(x.Slice(i * d, d), w);
    }

    /// <summary>sum ← sum + Xᵀ a.</summary>
    /// <param name="x">X.</param>
    /// <param name="a">n numbers.</param>
    /// <param name="sum">d numbers.</param>
    public static void AddTransposed(ReadOnlySpan<float> x, ReadOnlySpan<double> a, Span<double> sum)
    {
        int d = sum.Length, i = 0;
        for (; i + 4 <= a.Length; i += 4)
            AddFour(x.Slice(i * d, 4 * d), a.Slice(i, 4), sum);
        for (; i < a.Length; i++)
            Numerics.Dense.Axpy(a[i], x.Slice(i * d, d), sum);
    }

    private static void MultiplyFour(ReadOnlySpan<float> x, ReadOnlySpan<double> w, Span<double> y)
    {
        int d = w.Length, j = 0;
        nuint half = (nuint)Vector<double>.Count, row = (nuint)d;
        ref float px = ref MemoryMarshal.GetReference(x);
        ref double pw = ref MemoryMarshal.GetReference(w);
        var (s0, s1, s2, s3) = (Vector<double>.Zero, Vector<double>.Zero, Vector<double>.Zero, Vector<double>.Zero);
        for (; j <= d - Vector<float>.Count; j += Vector<float>.Count)
        {
            nuint at = (nuint)j;
            var (low, high) = (Vector.LoadUnsafe(ref pw, at), Vector.LoadUnsafe(ref pw, at + half));
            s0 = AddProduct(Vector.LoadUnsafe(ref px, at), low, high, s0);
            s1 = AddProduct(Vector.LoadUnsafe(ref px, at + row), low, high, s1);
            s2 = AddProduct(Vector.LoadUnsafe(ref px, at + (2 * row)), low, high, s2);
            s3 = AddProduct(Vector.LoadUnsafe(ref px, at + (3 * row)), low, high, s3);
        }

        (y[0], y[1], y[2], y[3]) = (Vector.Sum(s0), Vector.Sum(s1), Vector.Sum(s2), Vector.Sum(s3));
        for (; j < d; j++)
        {
            y[0] += x[j] * w[j];
            y[1] += x[j + d] * w[j];
            y[2] += x[j + (2 * d)] * w[j];
            y[3] += x[j + (3 * d)] * w[j];
        }
    }

    private static Vector<double> AddProduct(Vector<float> x, Vector<double> low, Vector<double> high, Vector<double> sum)
    {
        Vector.Widen(x, out var xLow, out var xHigh);
        return Vector.MultiplyAddEstimate(xHigh, high, Vector.MultiplyAddEstimate(xLow, low, sum));
    }

    private static void AddFour(ReadOnlySpan<float> x, ReadOnlySpan<double> a, Span<double> sum)
    {
        int d = sum.Length, j = 0;
        nuint half = (nuint)Vector<double>.Count, row = (nuint)d;
        ref float px = ref MemoryMarshal.GetReference(x);
        ref double ps = ref MemoryMarshal.GetReference(sum);
        var (a0, a1, a2, a3) = (new Vector<double>(a[0]), new Vector<double>(a[1]), new Vector<double>(a[2]), new Vector<double>(a[3]));
        for (; j <= d - Vector<float>.Count; j += Vector<float>.Count)
        {
            nuint at = (nuint)j;
            var (low, high) = (Vector.LoadUnsafe(ref ps, at), Vector.LoadUnsafe(ref ps, at + half));
            AddScaled(Vector.LoadUnsafe(ref px, at), a0, ref low, ref high);
            AddScaled(Vector.LoadUnsafe(ref px, at + row), a1, ref low, ref high);
            AddScaled(Vector.LoadUnsafe(ref px, at + (2 * row)), a2, ref low, ref high);
            AddScaled(Vector.LoadUnsafe(ref px, at + (3 * row)), a3, ref low, ref high);
            low.StoreUnsafe(ref ps, at);
            high.StoreUnsafe(ref ps, at + half);
        }

        for (; j < d; j++)
            sum[j] += (a[0] * x[j]) + (a[1] * x[j + d]) + (a[2] * x[j + (2 * d)]) + (a[3] * x[j + (3 * d)]);
    }

    private static void AddScaled(Vector<float> x, Vector<double> a, ref Vector<double> low, ref Vector<double> high)
    {
        Vector.Widen(x, out var xLow, out var xHigh);
        low = Vector.MultiplyAddEstimate(xLow, a, low);
        high = Vector.MultiplyAddEstimate(xHigh, a, high);
    }

    /// <summary>sum ← sum + w (x − m)², of one row.</summary>
    /// <param name="x">d numbers.</param>
    /// <param name="means">d numbers m.</param>
    /// <param name="w">The weight.</param>
    /// <param name="sum">d numbers.</param>
    public static void AddSquares(ReadOnlySpan<float> x, ReadOnlySpan<double> means, double w, Span<double> sum)
    {
        ref float px = ref MemoryMarshal.GetReference(x);
        ref double pm = ref MemoryMarshal.GetReference(means);
        ref double ps = ref MemoryMarshal.GetReference(sum);
        nuint half = (nuint)Vector<double>.Count;
        int j = 0;
        for (; j <= x.Length - Vector<float>.Count; j += Vector<float>.Count)
        {
            nuint at = (nuint)j;
            Vector.Widen(Vector.LoadUnsafe(ref px, at), out var low, out var high);
            low -= Vector.LoadUnsafe(ref pm, at);
            high -= Vector.LoadUnsafe(ref pm, at + half);
            (Vector.LoadUnsafe(ref ps, at) + (w * low * low)).StoreUnsafe(ref ps, at);
            (Vector.LoadUnsafe(ref ps, at + half) + (w * high * high)).StoreUnsafe(ref ps, at + half);
        }

        for (; j < x.Length; j++)
            sum[j] += w * (x[j] - means[j]) * (x[j] - means[j]);
    }
}
