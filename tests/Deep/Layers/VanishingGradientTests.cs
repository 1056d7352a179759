using MLPath.Deep;
using MLPath.Numerics;

namespace MLPath.Tests.Deep;

/// <summary>How much of an error after 55 steps reaches the first of them.</summary>
[TestClass]
public sealed class VanishingGradientTests
{
    private const int Rows = 8, Time = 55, Size = 16;

    [TestMethod]
    public void It_vanishes_in_the_plain_network_and_lives_in_gated_ones()
    {
        double plain = FirstToLast(new Rnn(Size, Size)), gated = FirstToLast(new Lstm(Size, Size, forgetBias: 4));
        Assert.IsLessThan(1e-8, plain);
        Assert.IsGreaterThan(1e-3, gated);
    }

    // The norm of the derivative with respect to the first step's input, in units of that of the last step's.
    private static double FirstToLast(Recurrent layer)
    {
        var backend = new CpuBackend(1);
        layer.Initialize(backend, new RandomStream(1));
        var random = new RandomStream(2);
        float[] values = [.. Enumerable.Range(0, Rows * Time * Size).Select(_ => (float)random.NextGaussian())];
        var x = Tensor.From(backend, values, [Rows, Time, Size]).WithGradient();
        layer.Unroll(x, Pass.Scoring).FinalHidden.Sum().Backward();
        float[] gradient = x.Gradient!.ToArray();
        double Norm(int step) => Math.Sqrt(Enumerable.Range(0, Rows).Sum(row =>
            gradient.AsSpan((row * Time + step) * Size, Size).ToArray().Sum(g => (double)g * g)));
        return Norm(0) / Norm(Time - 1);
    }
}
