using System.Numerics;
using System.Numerics.Tensors;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;

namespace MLPath.Numerics;

/// <summary>
/// Dense linear algebra and elementwise functions on spans. Matrices are row-major: element (i, j) of a rows × columns matrix lies at
/// <c>i * columns + j</c>.
/// </summary>
/// <remarks>
/// No method allocates on the heap except where it says so. A result depends only on the values and lengths given, never on where the
/// memory lies or on what else is computed beside it: a row of a product is the same, bit for bit, alone or in a batch. Lengths that do not
/// fit together are an <see cref="ArgumentException"/> that names them.
/// </remarks>
public static partial class Dense
{
    /// <summary>The dot product Σ xᵢ yᵢ, summed in double.</summary>
    /// <param name="x">The first vector.</param>
    /// <param name="y">The second vector, of the same length.</param>
    /// <exception cref="ArgumentException">The lengths differ.</exception>
    public static double Dot(ReadOnlySpan<double> x, ReadOnlySpan<double> y)
    {
        RequireSameLength(x.Length, y.Length, nameof(y));
        return TensorPrimitives.Dot(x, y);
    }

    /// <summary>The dot product Σ xᵢ yᵢ, multiplied and summed in single precision. <see cref="DotWide"/> sums in double.</summary>
    /// <param name="x">The first vector.</param>
    /// <param name="y">The second vector, of the same length.</param>
    /// <exception cref="ArgumentException">The lengths differ.</exception>
    public static float Dot(ReadOnlySpan<float> x, ReadOnlySpan<float> y)
    {
        RequireSameLength(x.Length, y.Length, nameof(y));
        return TensorPrimitives.Dot(x, y);
    }

    /// <summary>The dot product Σ xᵢ yᵢ of single-precision data and double-precision weights, multiplied and summed in double.</summary>
    /// <param name="x">The data.</param>
    /// <param name="y">The weights, of the same length.</param>
    /// <exception cref="ArgumentException">The lengths differ.</exception>
    public static double Dot(ReadOnlySpan<float> x, ReadOnlySpan<double> y)
    {
        RequireSameLength(x.Length, y.Length, nameof(y));
        ref float px = ref MemoryMarshal.GetReference(x);
        ref double py = ref MemoryMarshal.GetReference(y);
        var (low, high) = (Vector<double>.Zero, Vector<double>.Zero);
        int i = 0;
        for (; i <= x.Length - Vector<float>.Count; i += Vector<float>.Count)
        {
            Vector.Widen(Vector.LoadUnsafe(ref px, (nuint)i), out var xLow, out var xHigh);
            low += xLow * Vector.LoadUnsafe(ref py, (nuint)i);
            high += xHigh * Vector.LoadUnsafe(ref py, (nuint)(i + Vector<double>.Count));
        }

        double sum = Vector.Sum(low + high);
        for (; i < x.Length; i++) sum += x[i] * y[i];
        return sum;
    }

    /// <summary>The dot product Σ xᵢ yᵢ of single-precision vectors, multiplied (exactly) and summed in double.</summary>
    /// <param name="x">The first vector.</param>
    /// <param name="y">The second vector, of the same length.</param>
    /// <exception cref="ArgumentException">The lengths differ.</exception>
    public static double DotWide(ReadOnlySpan<float> x, ReadOnlySpan<float> y)
    {
        RequireSameLength(x.Length, y.Length, nameof(y));
        ref float px = ref MemoryMarshal.GetReference(x);
        ref float py = ref MemoryMarshal.GetReference(y);
        var (low, high) = (Vector<double>.Zero, Vector<double>.Zero);
        int i = 0;
        for (; i <= x.Length - Vector<float>.Count; i += Vector<float>.Count)
        {
            Vector.Widen(Vector.LoadUnsafe(ref px, (nuint)i), out var xLow, out var xHigh);
            Vector.Widen(Vector.LoadUnsafe(ref py, (nuint)i), out var yLow, out var yHigh);
            low += xLow * yLow;
            high += xHigh * yHigh;
        }

        double sum = Vector.Sum(low + high);
        for (; i < x.Length; i++) sum += (double)x[i] * y[i];
        return sum;
    }

    /// <summary>Adds a multiple of a vector: y ← y + a x.</summary>
    /// <param name="a">The multiple.</param>
    /// <param name="x">The vector to add.</param>
    /// <param name="y">The vector added to, of the same length.</param>
    /// <exception cref="ArgumentException">The lengths differ.</exception>
    public static void Axpy(double a, ReadOnlySpan<double> x, Span<double> y)
    {
        RequireSameLength(x.Length, y.Length, nameof(y));
        TensorPrimitives.MultiplyAdd(x, a, y, y);
    }

    /// <inheritdoc cref="Axpy(double, ReadOnlySpan{double}, Span{double})"/>
    public static void Axpy(float a, ReadOnlySpan<float> x, Span<float> y)
    {
        RequireSameLength(x.Length, y.Length, nameof(y));
        TensorPrimitives.MultiplyAdd(x, a, y, y);
    }

    /// <summary>Adds a multiple of single-precision data to a double-precision sum: y ← y + a x, in double.</summary>
    /// <param name="a">The multiple.</param>
    /// <param name="x">The data to add.</param>
    /// <param name="y">The sum, of the same length.</param>
    /// <exception cref="ArgumentException">The lengths differ.</exception>
    public static void Axpy(double a, ReadOnlySpan<float> x, Span<double> y)
    {
        RequireSameLength(x.Length, y.Length, nameof(y));
        ref float px = ref MemoryMarshal.GetReference(x);
        ref double py = ref MemoryMarshal.GetReference(y);
        int i = 0;
        for (; i <= x.Length - Vector<float>.Count; i += Vector<float>.Count)
        {
            Vector.Widen(Vector.LoadUnsafe(ref px, (nuint)i), out var xLow, out var xHigh);
            nuint low = (nuint)i, high = (nuint)(i + Vector<double>.Count);
            (Vector.LoadUnsafe(ref py, low) + xLow * a).StoreUnsafe(ref py, low);
            (Vector.LoadUnsafe(ref py, high) + xHigh * a).StoreUnsafe(ref py, high);
        }

        for (; i < x.Length; i++) y[i] += a * x[i];
    }

    /// <summary>Multiplies a vector by a number in place: x ← a x.</summary>
    /// <param name="a">The number.</param>
    /// <param name="x">The vector.</param>
    public static void Scale(double a, Span<double> x) => TensorPrimitives.Multiply(x, a, x);

    /// <inheritdoc cref="Scale(double, Span{double})"/>
    public static void Scale(float a, Span<float> x) => TensorPrimitives.Multiply(x, a, x);

    /// <summary>The squared Euclidean distance Σ (xᵢ - yᵢ)².</summary>
    /// <param name="x">The first point.</param>
    /// <param name="y">The second point, of the same length.</param>
    /// <exception cref="ArgumentException">The lengths differ.</exception>
    public static double SquaredDistance(ReadOnlySpan<double> x, ReadOnlySpan<double> y) => SquaredDistance<double>(x, y);

    /// <summary>The squared Euclidean distance Σ (xᵢ - yᵢ)², computed in single precision.</summary>
    /// <param name="x">The first point.</param>
    /// <param name="y">The second point, of the same length.</param>
    /// <exception cref="ArgumentException">The lengths differ.</exception>
    public static float SquaredDistance(ReadOnlySpan<float> x, ReadOnlySpan<float> y) => SquaredDistance<float>(x, y);

    /// <summary>The squared Euclidean distance Σ (xᵢ - yᵢ)² of single-precision data from a double-precision point, in double.</summary>
    /// <param name="x">The data.</param>
    /// <param name="y">The point, of the same length.</param>
    /// <exception cref="ArgumentException">The lengths differ.</exception>
    public static double SquaredDistance(ReadOnlySpan<float> x, ReadOnlySpan<double> y)
    {
        RequireSameLength(x.Length, y.Length, nameof(y));
        ref float px = ref MemoryMarshal.GetReference(x);
        ref double py = ref MemoryMarshal.GetReference(y);
        var (low, high) = (Vector<double>.Zero, Vector<double>.Zero);
        int i = 0;
        for (; i <= x.Length - Vector<float>.Count; i += Vector<float>.Count)
        {
            Vector.Widen(Vector.LoadUnsafe(ref px, (nuint)i), out var xLow, out var xHigh);
            xLow -= Vector.LoadUnsafe(ref py, (nuint)i);
            xHigh -= Vector.LoadUnsafe(ref py, (nuint)(i + Vector<double>.Count));
            low += xLow * xLow;
            high += xHigh * xHigh;
        }

        double sum = Vector.Sum(low + high);
        for (; i < x.Length; i++)
        {
            double difference = x[i] - y[i];
            sum += difference * difference;
        }

        return sum;
    }

    /// <summary>The Euclidean norm √Σ xᵢ², scaled so that neither overflow nor underflow spoils it.</summary>
    /// <param name="x">The vector; an empty one has norm 0.</param>
    public static double Norm(ReadOnlySpan<double> x)
    {
        double norm = Math.Sqrt(TensorPrimitives.SumOfSquares(x));
        if (norm is > 1e-150 and < 1e150 || double.IsNaN(norm)) return norm;

        double largest = NormInfinity(x);
        if (largest == 0 || double.IsInfinity(largest)) return largest;
        double sum = 0;
        foreach (double value in x) sum += value / largest * (value / largest);
        return largest * Math.Sqrt(sum);
    }

    /// <summary>The largest magnitude max |xᵢ|: 0 if the vector is empty, NaN if it contains one.</summary>
    /// <param name="x">The vector.</param>
    public static double NormInfinity(ReadOnlySpan<double> x) => x.IsEmpty ? 0 : Math.Abs(TensorPrimitives.MaxMagnitude(x));

    /// <summary>The index of the largest element; of several equal ones, the lowest. NaN is passed over.</summary>
    /// <param name="x">The values.</param>
    /// <returns>The index, or -1 if there is no element that is a number.</returns>
    public static int ArgMax(ReadOnlySpan<double> x) => ArgMax<double>(x);

    /// <inheritdoc cref="ArgMax(ReadOnlySpan{double})"/>
    public static int ArgMax(ReadOnlySpan<float> x) => ArgMax<float>(x);

    private static T SquaredDistance<T>(ReadOnlySpan<T> x, ReadOnlySpan<T> y)
        where T : unmanaged, INumber<T>
    {
        RequireSameLength(x.Length, y.Length, nameof(y));
        ref T px = ref MemoryMarshal.GetReference(x);
        ref T py = ref MemoryMarshal.GetReference(y);
        int width = Vector<T>.Count;
        var (even, odd) = (Vector<T>.Zero, Vector<T>.Zero);
        int i = 0;
        for (; i <= x.Length - 2 * width; i += 2 * width)
        {
            var first = Vector.LoadUnsafe(ref px, (nuint)i) - Vector.LoadUnsafe(ref py, (nuint)i);
            var second = Vector.LoadUnsafe(ref px, (nuint)(i + width)) - Vector.LoadUnsafe(ref py, (nuint)(i + width));
            even += first * first;
            odd += second * second;
        }

        T sum = Vector.Sum(even + odd);
        for (; i < x.Length; i++)
        {
            T difference = x[i] - y[i];
            sum += difference * difference;
        }

        return sum;
    }

    private static int ArgMax<T>(ReadOnlySpan<T> x)
        where T : INumber<T>
    {
        int best = -1;
        for (int i = 0; i < x.Length; i++)
        {
            if (best < 0 ? !T.IsNaN(x[i]) : x[i] > x[best]) best = i;
        }

        return best;
    }

    private static void RequireSameLength(int expected, int actual, string parameter)
    {
        if (actual != expected) ThrowLength(parameter, actual, $"{expected}, the length of the other vector");
    }

    private static void RequireLength(int actual, int rows, int columns, string parameter)
    {
        if (rows < 0 || columns < 0 || actual != (long)rows * columns)
            ThrowLength(parameter, actual, $"{rows} × {columns} = {(long)rows * columns}");
    }

    [MethodImpl(MethodImplOptions.NoInlining)]
    private static void ThrowLength(string parameter, int actual, string expected) =>
        throw new ArgumentException($"'{parameter}' has {actual} elements where {expected} are expected.", parameter);
}
