using MLPath.Deep;
using MLPath.Numerics;

namespace MLPath.Tests.Deep;

/// <summary>The two backends, to run a test on both.</summary>
internal static class Backends
{
    public static IEnumerable<object[]> All => [[new ReferenceBackend()], [new CpuBackend(1)], [new CpuBackend(2)]];
}

/// <summary>Compares derivatives with finite differences.</summary>
internal static class Derivatives
{
    /// <summary>
    /// Draws inputs, computes f, and compares the derivative of Σ c f(inputs), for random c, with respect to every element with the difference
    /// quotient of four evaluations (error of order h⁴).
    /// </summary>
    /// <param name="backend">The backend.</param>
    /// <param name="f">What is differentiated: a tensor of any shape.</param>
    /// <param name="shapes">The shapes of the inputs.</param>
    /// <param name="seed">The seed of the inputs.</param>
    /// <param name="map">Changes a drawn number, for functions that are not defined or not smooth everywhere.</param>
    /// <param name="h">The distance of the evaluations.</param>
    /// <param name="tolerance">The largest difference, relative to 1 + the derivative.</param>
    public static void Verify(
        Backend backend, Func<Tensor[], Tensor> f, Shape[] shapes, int seed = 1, Func<float, float>? map = null, double h = 0.02, double tolerance = 2e-3)
    {
        var random = new RandomStream((ulong)seed);
        float[][] values = [.. shapes.Select(s => Draw(s.Size, random, map))];
        float[]? c = null;
        Tensor[] inputs = [.. values.Select((v, i) => Tensor.From(backend, v, shapes[i]).WithGradient())];
        var y = f(inputs);
        c = Draw(y.Shape.Size, random, null);
        y.Backward(Tensor.From(backend, c, y.Shape));
        for (int i = 0; i < inputs.Length; i++)
        {
            float[] gradient = inputs[i].Gradient?.ToArray() ?? throw new AssertFailedException($"Input {i} got no gradient.");
            for (int j = 0; j < gradient.Length; j++)
            {
                double quotient = (8 * (At(i, j, h) - At(i, j, -h)) - (At(i, j, 2 * h) - At(i, j, -2 * h))) / (12 * h);
                Assert.AreEqual(quotient, gradient[j], tolerance * (1 + Math.Abs(quotient)), $"Input {i}, element {j}");
            }
        }

        double At(int input, int element, double shift)
        {
            var moved = values.Select((v, i) =>
            {
                float[] copy = [.. v];
                if (i == input) copy[element] += (float)shift;
                return Tensor.From(backend, copy, shapes[i]);
            }).ToArray();
            // The same step in single precision as the tensor sees it.
            float[] result = f(moved).ToArray();
            double sum = 0;
            for (int i = 0; i < result.Length; i++) sum += (double)c![i] * result[i];
            return sum;
        }
    }

    private static float[] Draw(int count, RandomStream random, Func<float, float>? map)
    {
        var values = new float[count];
        for (int i = 0; i < count; i++)
        {
            float value = (float)random.NextGaussian();
            values[i] = map is null ? value : map(value);
        }

        return values;
    }
}
