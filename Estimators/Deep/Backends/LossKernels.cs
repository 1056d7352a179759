using System.Runtime.Intrinsics;

namespace MLPath.Deep;

/// <summary>The losses of <see cref="LossFunction"/> on sixteen predictions at a time, each beside its derivative.</summary>
internal static class LossKernels
{
    /// <summary>A loss of a prediction x against what is true, t.</summary>
    public interface ILoss
    {
        /// <summary>f(x, t).</summary>
        static abstract Vector512<float> Value(Vector512<float> x, Vector512<float> t, Vector512<float> a);

        /// <summary>∂f/∂x.</summary>
        static abstract Vector512<float> Slope(Vector512<float> x, Vector512<float> t, Vector512<float> a);
    }

    private static Vector512<float> Zero => Vector512<float>.Zero;

    private static Vector512<float> One => Vector512<float>.One;

    public readonly struct Squared : ILoss
    {
        public static Vector512<float> Value(Vector512<float> x, Vector512<float> t, Vector512<float> a) => (x - t) * (x - t);

        public static Vector512<float> Slope(Vector512<float> x, Vector512<float> t, Vector512<float> a) => (x - t) + (x - t);
    }

    public readonly struct Absolute : ILoss
    {
        public static Vector512<float> Value(Vector512<float> x, Vector512<float> t, Vector512<float> a) => Vector512.Abs(x - t);

        public static Vector512<float> Slope(Vector512<float> x, Vector512<float> t, Vector512<float> a) => Kernels.Abs.Slope(x - t, Zero, a);
    }

    public readonly struct Huber : ILoss
    {
        // With c = x − t, cut off at ±a, both branches are c (x − t − ½ c).
        public static Vector512<float> Value(Vector512<float> x, Vector512<float> t, Vector512<float> a)
        {
            var c = Slope(x, t, a);
            return c * (x - t - Vector512.Create(0.5f) * c);
        }

        public static Vector512<float> Slope(Vector512<float> x, Vector512<float> t, Vector512<float> a) => Vector512.Min(Vector512.Max(x - t, -a), a);
    }

    public readonly struct BinaryCrossEntropy : ILoss
    {
        // −ln σ(x) = ln(1 + eˣ) − x and −ln(1 − σ(x)) = ln(1 + eˣ).
        public static Vector512<float> Value(Vector512<float> x, Vector512<float> t, Vector512<float> a) => Kernels.Softplus.Value(x, a) - t * x;

        public static Vector512<float> Slope(Vector512<float> x, Vector512<float> t, Vector512<float> a) => Kernels.Sigmoid.Value(x, a) - t;
    }

    public readonly struct BinaryCrossEntropyOfProbability : ILoss
    {
        public static Vector512<float> Value(Vector512<float> x, Vector512<float> t, Vector512<float> a)
        {
            var least = Vector512.Create(-100f);
            return -t * Vector512.Max(Vector512.Log(x), least) - (One - t) * Vector512.Max(Vector512.Log(One - x), least);
        }

        public static Vector512<float> Slope(Vector512<float> x, Vector512<float> t, Vector512<float> a) =>
            (x - t) / Vector512.Max(x * (One - x), Vector512.Create(1e-12f));
    }

    public readonly struct Hinge : ILoss
    {
        public static Vector512<float> Value(Vector512<float> x, Vector512<float> t, Vector512<float> a) => Vector512.Max(a - t * x, Zero);

        public static Vector512<float> Slope(Vector512<float> x, Vector512<float> t, Vector512<float> a) =>
            Vector512.ConditionalSelect(Vector512.LessThan(t * x, a), -t, Zero);
    }

    public readonly struct Divergence : ILoss
    {
        public static Vector512<float> Value(Vector512<float> x, Vector512<float> t, Vector512<float> a) =>
            Vector512.ConditionalSelect(Vector512.Equals(t, Zero), Zero, t * (Vector512.Log(t) - x));

        public static Vector512<float> Slope(Vector512<float> x, Vector512<float> t, Vector512<float> a) => -t;
    }
}
