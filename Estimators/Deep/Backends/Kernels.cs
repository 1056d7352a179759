using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;

namespace MLPath.Deep;

/// <summary>The functions of elements on sixteen numbers at a time, each beside its derivative.</summary>
internal static class Kernels
{
    /// <summary>A function of one number.</summary>
    public interface IUnary
    {
        /// <summary>f(x).</summary>
        static abstract Vector512<float> Value(Vector512<float> x, Vector512<float> a);

        /// <summary>f′(x), from x and y = f(x), whichever is less work.</summary>
        static abstract Vector512<float> Slope(Vector512<float> x, Vector512<float> y, Vector512<float> a);
    }

    /// <summary>A function of two numbers.</summary>
    public interface IBinary
    {
        /// <summary>f(a, b).</summary>
        static abstract Vector512<float> Value(Vector512<float> a, Vector512<float> b);
    }

    private static Vector512<float> One => Vector512<float>.One;

    public readonly struct Exp : IUnary
    {
        public static Vector512<float> Value(Vector512<float> x, Vector512<float> a) => Vector512.Exp(x);

        public static Vector512<float> Slope(Vector512<float> x, Vector512<float> y, Vector512<float> a) => y;
    }

    public readonly struct Log : IUnary
    {
        public static Vector512<float> Value(Vector512<float> x, Vector512<float> a) => Vector512.Log(x);

        public static Vector512<float> Slope(Vector512<float> x, Vector512<float> y, Vector512<float> a) => One / x;
    }

    public readonly struct Sqrt : IUnary
    {
        public static Vector512<float> Value(Vector512<float> x, Vector512<float> a) => Vector512.Sqrt(x);

        public static Vector512<float> Slope(Vector512<float> x, Vector512<float> y, Vector512<float> a) => Vector512.Create(0.5f) / y;
    }

    public readonly struct Square : IUnary
    {
        public static Vector512<float> Value(Vector512<float> x, Vector512<float> a) => x * x;

        public static Vector512<float> Slope(Vector512<float> x, Vector512<float> y, Vector512<float> a) => x + x;
    }

    public readonly struct Abs : IUnary
    {
        public static Vector512<float> Value(Vector512<float> x, Vector512<float> a) => Vector512.Abs(x);

        public static Vector512<float> Slope(Vector512<float> x, Vector512<float> y, Vector512<float> a) =>
            Vector512.ConditionalSelect(Vector512.Equals(x, Vector512<float>.Zero), x, Vector512.CopySign(One, x));
    }

    public readonly struct ReLU : IUnary
    {
        public static Vector512<float> Value(Vector512<float> x, Vector512<float> a) => Vector512.Max(x, Vector512<float>.Zero);

        public static Vector512<float> Slope(Vector512<float> x, Vector512<float> y, Vector512<float> a) => WherePositive(x, One, Vector512<float>.Zero);
    }

    public readonly struct LeakyReLU : IUnary
    {
        public static Vector512<float> Value(Vector512<float> x, Vector512<float> a) => WherePositive(x, x, a * x);

        public static Vector512<float> Slope(Vector512<float> x, Vector512<float> y, Vector512<float> a) => WherePositive(x, One, a);
    }

    public readonly struct Elu : IUnary
    {
        public static Vector512<float> Value(Vector512<float> x, Vector512<float> a) => WherePositive(x, x, a * (Vector512.Exp(x) - One));

        public static Vector512<float> Slope(Vector512<float> x, Vector512<float> y, Vector512<float> a) => WherePositive(x, One, y + a);
    }

    public readonly struct Gelu : IUnary
    {
        public static Vector512<float> Value(Vector512<float> x, Vector512<float> a) => x * Normal(x);

        public static Vector512<float> Slope(Vector512<float> x, Vector512<float> y, Vector512<float> a) =>
            Normal(x) + x * Vector512.Create(0.398942280f) * Vector512.Exp(Vector512.Create(-0.5f) * x * x);

        /// <summary>
        /// Φ(x) = ½ erfc(−x/√2), with erfc by formula 7.1.26 of M. Abramowitz, I. Stegun, <i>Handbook of Mathematical Functions</i>, 1964:
        /// an error below 1.5e-7.
        /// </summary>
        private static Vector512<float> Normal(Vector512<float> x)
        {
            var z = Vector512.Abs(x) * Vector512.Create(0.707106781f);
            var t = One / Vector512.MultiplyAddEstimate(Vector512.Create(0.3275911f), z, One);
            var polynomial = Vector512.MultiplyAddEstimate(Vector512.Create(1.061405429f), t, Vector512.Create(-1.453152027f));
            polynomial = Vector512.MultiplyAddEstimate(polynomial, t, Vector512.Create(1.421413741f));
            polynomial = Vector512.MultiplyAddEstimate(polynomial, t, Vector512.Create(-0.284496736f));
            polynomial = Vector512.MultiplyAddEstimate(polynomial, t, Vector512.Create(0.254829592f));
            var tail = Vector512.Create(0.5f) * polynomial * t * Vector512.Exp(-z * z);
            return WherePositive(x, One - tail, tail);
        }
    }

    public readonly struct GeluTanh : IUnary
    {
        public static Vector512<float> Value(Vector512<float> x, Vector512<float> a) => x * Sigmoid.Value(TwiceInner(x), a);

        // ½ (1 + tanh u) = σ(2u)
        public static Vector512<float> Slope(Vector512<float> x, Vector512<float> y, Vector512<float> a)
        {
            var s = Sigmoid.Value(TwiceInner(x), a);
            var slope = Vector512.MultiplyAddEstimate(Vector512.Create(0.214064449f), x * x, Vector512.Create(1.595769122f));
            return Vector512.MultiplyAddEstimate(x * s * (One - s), slope, s);
        }

        // 2 √(2/π) (x + 0.044715 x³)
        private static Vector512<float> TwiceInner(Vector512<float> x) =>
            x * Vector512.MultiplyAddEstimate(Vector512.Create(0.0713548163f), x * x, Vector512.Create(1.595769122f));
    }

    public readonly struct SiLU : IUnary
    {
        public static Vector512<float> Value(Vector512<float> x, Vector512<float> a) => x * Sigmoid.Value(x, a);

        public static Vector512<float> Slope(Vector512<float> x, Vector512<float> y, Vector512<float> a)
        {
            var s = Sigmoid.Value(x, a);
            return s + y * (One - s);
        }
    }

    public readonly struct Sigmoid : IUnary
    {
        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        public static Vector512<float> Value(Vector512<float> x, Vector512<float> a) => One / (One + Vector512.Exp(-x));

        public static Vector512<float> Slope(Vector512<float> x, Vector512<float> y, Vector512<float> a) => y * (One - y);
    }

    public readonly struct Tanh : IUnary
    {
        // Near 0, where (1 − t) / (1 + t) with t = e^(−2|x|) would lose digits, the odd polynomial of S. Moshier, Cephes Mathematical Library, tanhf.
        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        public static Vector512<float> Value(Vector512<float> x, Vector512<float> a)
        {
            var z = x * x;
            var polynomial = Vector512.MultiplyAddEstimate(Vector512.Create(-5.70498872745e-3f), z, Vector512.Create(2.06390887954e-2f));
            polynomial = Vector512.MultiplyAddEstimate(polynomial, z, Vector512.Create(-5.37397155531e-2f));
            polynomial = Vector512.MultiplyAddEstimate(polynomial, z, Vector512.Create(1.33314422036e-1f));
            polynomial = Vector512.MultiplyAddEstimate(polynomial, z, Vector512.Create(-3.33332819422e-1f));
            var near = Vector512.MultiplyAddEstimate(polynomial * z, x, x);
            var t = Vector512.Exp(Vector512.Create(-2f) * Vector512.Abs(x));
            var far = Vector512.CopySign((One - t) / (One + t), x);
            return Vector512.ConditionalSelect(Vector512.LessThan(Vector512.Abs(x), Vector512.Create(0.625f)), near, far);
        }

        public static Vector512<float> Slope(Vector512<float> x, Vector512<float> y, Vector512<float> a) => One - y * y;
    }

    public readonly struct Softplus : IUnary
    {
        public static Vector512<float> Value(Vector512<float> x, Vector512<float> a) =>
            Vector512.Max(x, Vector512<float>.Zero) + Vector512.Log(One + Vector512.Exp(-Vector512.Abs(x)));

        public static Vector512<float> Slope(Vector512<float> x, Vector512<float> y, Vector512<float> a) => Sigmoid.Value(x, a);
    }

    public readonly struct Add : IBinary
    {
        public static Vector512<float> Value(Vector512<float> a, Vector512<float> b) => a + b;
    }

    public readonly struct Subtract : IBinary
    {
        public static Vector512<float> Value(Vector512<float> a, Vector512<float> b) => a - b;
    }

    public readonly struct Multiply : IBinary
    {
        public static Vector512<float> Value(Vector512<float> a, Vector512<float> b) => a * b;
    }

    public readonly struct Divide : IBinary
    {
        public static Vector512<float> Value(Vector512<float> a, Vector512<float> b) => a / b;
    }

    public readonly struct Maximum : IBinary
    {
        public static Vector512<float> Value(Vector512<float> a, Vector512<float> b) => Vector512.Max(a, b);
    }

    public readonly struct Less : IBinary
    {
        public static Vector512<float> Value(Vector512<float> a, Vector512<float> b) => Vector512.ConditionalSelect(Vector512.LessThan(a, b), One, Vector512<float>.Zero);
    }

    private static Vector512<float> WherePositive(Vector512<float> x, Vector512<float> then, Vector512<float> otherwise) =>
        Vector512.ConditionalSelect(Vector512.GreaterThan(x, Vector512<float>.Zero), then, otherwise);
}
