using System.Numerics;
using System.Runtime.InteropServices;

namespace MLPath.Trainers;

/// <summary>A distance that grows with a sum over the features; a structure, so that loops are compiled for it.</summary>
internal interface INeighborMetric
{
    /// <summary>Which one it is.</summary>
    static abstract NeighborDistance Distance { get; }

    /// <summary>Adds what some features contribute.</summary>
    /// <param name="sum">The sums so far.</param>
    /// <param name="difference">The differences of the features.</param>
    static abstract Vector<T> Add<T>(Vector<T> sum, Vector<T> difference);

    /// <summary>Adds what one feature contributes.</summary>
    /// <param name="sum">The sum so far.</param>
    /// <param name="difference">The difference of the feature.</param>
    static abstract double Add(double sum, double difference);

    /// <summary>The distance that a sum stands for.</summary>
    static abstract double FromSum(double sum);

    /// <summary>The sum that stands for a distance.</summary>
    static abstract double ToSum(double distance);
}

/// <summary>Σ (x − y)², the square of the Euclidean distance, whose order is the same.</summary>
internal readonly struct EuclideanMetric : INeighborMetric
{
    public static NeighborDistance Distance => NeighborDistance.Euclidean;

    public static Vector<T> Add<T>(Vector<T> sum, Vector<T> difference) => sum + (difference * difference);

    public static double Add(double sum, double difference) => sum + (difference * difference);

    public static double FromSum(double sum) => Math.Sqrt(sum);

    public static double ToSum(double distance) => distance * distance;
}

/// <summary>Σ |x − y|.</summary>
internal readonly struct ManhattanMetric : INeighborMetric
{
    public static NeighborDistance Distance => NeighborDistance.Manhattan;

    public static Vector<T> Add<T>(Vector<T> sum, Vector<T> difference) => sum + Vector.Abs(difference);

    public static double Add(double sum, double difference) => sum + Math.Abs(difference);

    public static double FromSum(double sum) => sum;

    public static double ToSum(double distance) => distance;
}

/// <summary>Sums of a metric over the features of two rows.</summary>
internal static class NeighborSums
{
    /// <summary>The sum in double precision, which decides what is near.</summary>
    public static double Exact<TMetric>(ReadOnlySpan<float> x, ReadOnlySpan<float> y) where TMetric : struct, INeighborMetric
    {
        ref float a = ref MemoryMarshal.GetReference(x), b = ref MemoryMarshal.GetReference(y);
        Vector<double> even = default, odd = default;
        int width = Vector<float>.Count, j = 0;
        for (; j <= x.Length - width; j += width)
        {
            Vector.Widen(Vector.LoadUnsafe(ref a, (nuint)j), out var a0, out var a1);
            Vector.Widen(Vector.LoadUnsafe(ref b, (nuint)j), out var b0, out var b1);
            even = TMetric.Add(even, a0 - b0);
            odd = TMetric.Add(odd, a1 - b1);
        }

        double sum = Vector.Sum(even + odd);
        for (; j < x.Length; j++)
            sum = TMetric.Add(sum, (double)x[j] - y[j]);
        return sum;
    }

    /// <summary>The sum in single precision, off by no more than a part <see cref="Rounding"/> of it.</summary>
    public static float Fast<TMetric>(ReadOnlySpan<float> x, ReadOnlySpan<float> y) where TMetric : struct, INeighborMetric
    {
        ref float a = ref MemoryMarshal.GetReference(x), b = ref MemoryMarshal.GetReference(y);
        Vector<float> even = default, odd = default;
        int width = Vector<float>.Count, j = 0;
        for (; j <= x.Length - (2 * width); j += 2 * width)
        {
            even = TMetric.Add(even, Vector.LoadUnsafe(ref a, (nuint)j) - Vector.LoadUnsafe(ref b, (nuint)j));
            odd = TMetric.Add(odd, Vector.LoadUnsafe(ref a, (nuint)(j + width)) - Vector.LoadUnsafe(ref b, (nuint)(j + width)));
        }

        double sum = Vector.Sum(even + odd);
        for (; j < x.Length; j++)
            sum = TMetric.Add(sum, x[j] - y[j]);
        return (float)sum;
    }

    /// <summary>Three roundings of a term, and one for each addition: (d + 4) 2⁻²⁴, with a little to spare.</summary>
    public static double Rounding(int features) => 1.1 * (features + 4) / (1 << 24);
}
