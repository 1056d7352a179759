using MLPath.Deep;
using MLPath.Numerics;

namespace MLPath.Tests.Deep;

/// <summary>Compares what backends compute of one function: its result and its derivatives.</summary>
internal static class Agreement
{
    /// <summary>The fast backend agrees with the reference to rounding, and with itself on another number of threads bit for bit.</summary>
    /// <param name="f">The function.</param>
    /// <param name="shapes">The shapes of its inputs.</param>
    /// <param name="terms">The most terms of a sum, whose rounding is allowed to grow with its root.</param>
    public static void Verify(Func<Tensor[], Tensor> f, Shape[] shapes, int terms = 1)
    {
        float[][] expected = Compute(new ReferenceBackend(), f, shapes), one = Compute(new CpuBackend(1), f, shapes), two = Compute(new CpuBackend(2), f, shapes);
        for (int part = 0; part < expected.Length; part++)
        {
            string what = part == 0 ? "result" : $"derivative {part - 1}";
            CollectionAssert.AreEqual(one[part], two[part], $"{what} at one and two threads");
            double size = Math.Sqrt(expected[part].Average(v => (double)v * v));
            for (int i = 0; i < expected[part].Length; i++)
                Assert.AreEqual(expected[part][i], one[part][i], 1e-5 * (Math.Abs(expected[part][i]) + size) * Math.Max(1, Math.Sqrt(terms) / 100), $"{what}, element {i}");
        }
    }

    /// <summary>The result, then the derivatives of a random combination of it with respect to every input.</summary>
    public static float[][] Compute(Backend backend, Func<Tensor[], Tensor> f, Shape[] shapes)
    {
        var random = new RandomStream(7);
        Tensor[] inputs = [.. shapes.Select(shape => Draw(shape).WithGradient())];
        var y = f(inputs);
        y.Backward(Draw(y.Shape));
        return [y.ToArray(), .. inputs.Select(x => x.Gradient!.ToArray())];

        Tensor Draw(Shape shape) => Tensor.From(backend, [.. Enumerable.Range(0, shape.Size).Select(_ => (float)random.NextGaussian())], shape);
    }
}
