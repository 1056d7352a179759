using System.Numerics;
using System.Numerics.Tensors;

namespace MLPath.Numerics;

public static partial class Dense
{
    // The vector path of TensorPrimitives starts at one Vector128 (four floats). Below that it computes with the scalar functions, whose
    // last bit may differ: a batch of one would not equal the same element of a batch of many.
    private const int ShortestVectorised = 4;

    private delegate void Elementwise<T>(ReadOnlySpan<T> x, Span<T> destination);

    /// <summary>Computes exp(xᵢ) for every element.</summary>
    /// <param name="x">The values.</param>
    /// <param name="destination">Receives the results, of the same length; may be <paramref name="x"/> itself.</param>
    /// <exception cref="ArgumentException">The lengths differ.</exception>
    /// <remarks>
    /// An element's result depends on that element alone, whatever the length. It may differ from <see cref="Math.Exp"/> in the last bit.
    /// </remarks>
    public static void Exp(ReadOnlySpan<double> x, Span<double> destination) =>
        Map(x, destination, static (s, d) => TensorPrimitives.Exp(s, d));

    /// <inheritdoc cref="Exp(ReadOnlySpan{double}, Span{double})"/>
    public static void Exp(ReadOnlySpan<float> x, Span<float> destination) =>
        Map(x, destination, static (s, d) => TensorPrimitives.Exp(s, d));

    /// <summary>Computes the natural logarithm of every element.</summary>
    /// <param name="x">The values; 0 gives -∞ and negative ones NaN.</param>
    /// <param name="destination">Receives the results, of the same length; may be <paramref name="x"/> itself.</param>
    /// <exception cref="ArgumentException">The lengths differ.</exception>
    /// <remarks>
    /// An element's result depends on that element alone, whatever the length. It may differ from <see cref="Math.Log(double)"/> in the
    /// last bit.
    /// </remarks>
    public static void Log(ReadOnlySpan<double> x, Span<double> destination) =>
        Map(x, destination, static (s, d) => TensorPrimitives.Log(s, d));

    /// <inheritdoc cref="Log(ReadOnlySpan{double}, Span{double})"/>
    public static void Log(ReadOnlySpan<float> x, Span<float> destination) =>
        Map(x, destination, static (s, d) => TensorPrimitives.Log(s, d));

    /// <summary>Computes the hyperbolic tangent of every element.</summary>
    /// <param name="x">The values.</param>
    /// <param name="destination">Receives the results, of the same length; may be <paramref name="x"/> itself.</param>
    /// <exception cref="ArgumentException">The lengths differ.</exception>
    /// <remarks>
    /// An element's result depends on that element alone, whatever the length. It may differ from <see cref="Math.Tanh"/> in the last bit.
    /// </remarks>
    public static void Tanh(ReadOnlySpan<double> x, Span<double> destination) =>
        Map(x, destination, static (s, d) => TensorPrimitives.Tanh(s, d));

    /// <inheritdoc cref="Tanh(ReadOnlySpan{double}, Span{double})"/>
    public static void Tanh(ReadOnlySpan<float> x, Span<float> destination) =>
        Map(x, destination, static (s, d) => TensorPrimitives.Tanh(s, d));

    /// <summary>Computes the logistic function σ(xᵢ) = 1 / (1 + exp(-xᵢ)) for every element.</summary>
    /// <param name="x">The values; large ones of either sign give 1 and 0 without overflow.</param>
    /// <param name="destination">Receives the results, of the same length; may be <paramref name="x"/> itself.</param>
    /// <exception cref="ArgumentException">The lengths differ.</exception>
    /// <remarks>
    /// An element's result depends on that element alone, whatever the length. It may differ from <see cref="Sigmoid(double)"/> in the last
    /// bits.
    /// </remarks>
    public static void Sigmoid(ReadOnlySpan<double> x, Span<double> destination) =>
        Map(x, destination, static (s, d) => TensorPrimitives.Sigmoid(s, d));

    /// <inheritdoc cref="Sigmoid(ReadOnlySpan{double}, Span{double})"/>
    public static void Sigmoid(ReadOnlySpan<float> x, Span<float> destination) =>
        Map(x, destination, static (s, d) => TensorPrimitives.Sigmoid(s, d));

    /// <summary>The logistic function σ(x) = 1 / (1 + exp(-x)), accurate for x of any size and sign.</summary>
    /// <param name="x">Any number.</param>
    public static double Sigmoid(double x)
    {
        // exp of a negative number never overflows.
        double e = Math.Exp(-Math.Abs(x));
        return x >= 0 ? 1 / (1 + e) : e / (1 + e);
    }

    /// <summary>The logarithm of the logistic function, log σ(x) = -log(1 + exp(-x)), accurate for x of any size and sign.</summary>
    /// <param name="x">Any number.</param>
    public static double LogSigmoid(double x) => -Softplus(-x);

    /// <summary>The softplus log(1 + exp(x)), accurate for x of any size and sign.</summary>
    /// <param name="x">Any number.</param>
    public static double Softplus(double x) => Math.Max(x, 0) + Log1P(Math.Exp(-Math.Abs(x)));

    /// <summary>The logarithm log(1 + x), accurate for small x too, where <see cref="double.LogP1(double)"/> loses every digit.</summary>
    /// <param name="x">-1 or more; -1 gives -∞, less gives NaN.</param>
    /// <remarks>W. Kahan's correction: the error of rounding u = 1 + x cancels in log(u) x / (u - 1).</remarks>
    public static double Log1P(double x)
    {
        double u = 1 + x;
        return u == 1 || double.IsPositiveInfinity(u) ? x : Math.Log(u) * (x / (u - 1));
    }

    /// <summary>Computes the softmax exp(xᵢ) / Σⱼ exp(xⱼ), without overflow.</summary>
    /// <param name="x">The logits. -∞ gives 0; NaN, +∞ or nothing but -∞ gives NaN throughout.</param>
    /// <param name="destination">Receives the probabilities, of the same length; may be <paramref name="x"/> itself.</param>
    /// <exception cref="ArgumentException">The lengths differ.</exception>
    public static void Softmax(ReadOnlySpan<double> x, Span<double> destination)
    {
        RequireSameLength(x.Length, destination.Length, nameof(destination));
        if (x.IsEmpty) return;
        TensorPrimitives.Subtract(x, TensorPrimitives.Max(x), destination);
        Exp(destination, destination);
        TensorPrimitives.Divide(destination, TensorPrimitives.Sum<double>(destination), destination);
    }

    /// <inheritdoc cref="Softmax(ReadOnlySpan{double}, Span{double})"/>
    public static void Softmax(ReadOnlySpan<float> x, Span<float> destination)
    {
        RequireSameLength(x.Length, destination.Length, nameof(destination));
        if (x.IsEmpty) return;
        TensorPrimitives.Subtract(x, TensorPrimitives.Max(x), destination);
        Exp(destination, destination);
        TensorPrimitives.Divide(destination, TensorPrimitives.Sum<float>(destination), destination);
    }

    /// <summary>Computes the logarithm of the softmax, xᵢ - log Σⱼ exp(xⱼ), without overflow.</summary>
    /// <param name="x">The logits.</param>
    /// <param name="destination">Receives the log-probabilities, of the same length; may be <paramref name="x"/> itself.</param>
    /// <exception cref="ArgumentException">The lengths differ.</exception>
    public static void LogSoftmax(ReadOnlySpan<double> x, Span<double> destination)
    {
        RequireSameLength(x.Length, destination.Length, nameof(destination));
        TensorPrimitives.Subtract(x, LogSumExp(x), destination);
    }

    /// <inheritdoc cref="LogSoftmax(ReadOnlySpan{double}, Span{double})"/>
    public static void LogSoftmax(ReadOnlySpan<float> x, Span<float> destination)
    {
        RequireSameLength(x.Length, destination.Length, nameof(destination));
        TensorPrimitives.Subtract(x, LogSumExp(x), destination);
    }

    /// <summary>Computes log Σᵢ exp(xᵢ) without overflow.</summary>
    /// <param name="x">The values. An empty span and one of nothing but -∞ give -∞; +∞ gives +∞; NaN gives NaN.</param>
    public static double LogSumExp(ReadOnlySpan<double> x)
    {
        if (x.IsEmpty) return double.NegativeInfinity;
        double max = TensorPrimitives.Max(x);
        return double.IsFinite(max) ? max + Math.Log(SumExp(x, max)) : max;
    }

    /// <inheritdoc cref="LogSumExp(ReadOnlySpan{double})"/>
    public static float LogSumExp(ReadOnlySpan<float> x)
    {
        if (x.IsEmpty) return float.NegativeInfinity;
        float max = TensorPrimitives.Max(x);
        return float.IsFinite(max) ? max + MathF.Log(SumExp(x, max)) : max;
    }

    /// <summary>Σ exp(xᵢ - shift), a buffer at a time.</summary>
    private static T SumExp<T>(ReadOnlySpan<T> x, T shift)
        where T : unmanaged, IFloatingPointIeee754<T>
    {
        Span<T> buffer = stackalloc T[64];
        T sum = T.Zero;
        for (int start = 0; start < x.Length; start += buffer.Length)
        {
            var part = buffer[..Math.Min(buffer.Length, x.Length - start)];
            TensorPrimitives.Subtract(x.Slice(start, part.Length), shift, part);
            TensorPrimitives.Exp(part, part);
            sum += TensorPrimitives.Sum<T>(part);
        }

        return sum;
    }

    private static void Map<T>(ReadOnlySpan<T> x, Span<T> destination, Elementwise<T> function)
        where T : unmanaged, INumber<T>
    {
        RequireSameLength(x.Length, destination.Length, nameof(destination));
        if (x.Length >= ShortestVectorised)
        {
            function(x, destination);
            return;
        }

        Span<T> padded = stackalloc T[ShortestVectorised];
        padded.Clear();
        x.CopyTo(padded);
        function(padded, padded);
        padded[..x.Length].CopyTo(destination);
    }
}
