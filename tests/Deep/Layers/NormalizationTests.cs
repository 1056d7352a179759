using MLPath.Deep;
using MLPath.Numerics;

namespace MLPath.Tests.Deep;

/// <summary>Normalisation: derivatives, agreement of backends, invariances, and what scoring takes.</summary>
[TestClass]
public sealed class NormalizationTests
{
    public static IEnumerable<object[]> AllBackends => Backends.All;

    [TestMethod]
    [DynamicData(nameof(AllBackends))]
    public void Channels_derive(Backend backend)
    {
        foreach (Shape x in new Shape[] { [5, 3], [3, 2, 4], [2, 3, 3, 2], [2, 2, 17], [4, 18] })
        {
            Shape channels = [x[1]];
            Derivatives.Verify(backend, t => Batch(t[0], t[1], t[2]), [x, channels, channels]);
            Derivatives.Verify(backend, t => Batch(t[0], null, null) + t[0] * 2 + Batch(t[0], null, null), [x]);
            Derivatives.Verify(backend, t => t[0].NormalizeChannels(t[1], t[2], 0.1f, Tensor.Full(backend, channels, 0.5f), Tensor.Full(backend, channels, 2), computesMoments: false), [x, channels, channels]);
        }

        Tensor Batch(Tensor x, Tensor? weight, Tensor? bias) =>
            x.NormalizeChannels(weight, bias, 0.1f, Tensor.Full(backend, [x.Shape[1]], 0), Tensor.Full(backend, [x.Shape[1]], 0), computesMoments: true);
    }

    [TestMethod]
    [DynamicData(nameof(AllBackends))]
    public void Rows_derive(Backend backend)
    {
        foreach (bool centers in new[] { true, false })
        {
            Derivatives.Verify(backend, t => t[0].NormalizeRows(1, t[1], t[2], 0.1f, centers), [[3, 5], [5], [5]]);
            Derivatives.Verify(backend, t => t[0].NormalizeRows(2, t[1], t[2], 0.1f, centers), [[3, 5, 7], [5, 7], [5, 7]]);
            Derivatives.Verify(backend, t => t[0].NormalizeRows(1, null, null, 0.1f, centers) + t[0] + t[0].NormalizeRows(1, t[1], null, 0.1f, centers), [[2, 3, 33], [33]]);
        }
    }

    [TestMethod]
    public void Backends_agree_on_larger_sizes()
    {
        foreach (Shape x in new Shape[] { [130, 37], [33, 9, 65], [24, 6, 28, 28] })
        {
            Agreement.Verify(
                t => t[0].NormalizeChannels(t[1], t[2], 1e-5f, Tensor.Full(t[0].Backend, [x[1]], 0), Tensor.Full(t[0].Backend, [x[1]], 0), computesMoments: true),
                [x, [x[1]], [x[1]]], terms: x.Size / x[1]);
        }

        foreach (bool centers in new[] { true, false })
            Agreement.Verify(t => t[0].NormalizeRows(1, t[1], t[2], 1e-5f, centers), [[700, 131], [131], [131]], terms: 700);
    }

    [TestMethod]
    [DynamicData(nameof(AllBackends))]
    public void Batches_come_out_with_mean_0_and_variance_1(Backend backend)
    {
        var layer = new BatchNorm(2, momentum: 1);
        layer.Initialize(backend, new RandomStream(1));
        float[] values = [.. Enumerable.Range(0, 40).Select(i => 5 + 3 * MathF.Sin(i * i) + i % 2)];
        var x = Tensor.From(backend, values, [20, 2]);
        float[] y = layer.Forward(x, Pass.Training(new RandomStream(1))).ToArray();
        for (int channel = 0; channel < 2; channel++)
        {
            double[] column = [.. Enumerable.Range(0, 20).Select(i => (double)y[2 * i + channel])];
            Assert.AreEqual(0, column.Average(), 1e-5);
            Assert.AreEqual(1, column.Average(v => v * v), 1e-4);
        }

        // With momentum 1 scoring takes this batch's own figures, but for n / (n − 1).
        float[] scored = layer.Forward(x, Pass.Scoring).ToArray();
        for (int i = 0; i < y.Length; i++) Assert.AreEqual(y[i] * Math.Sqrt(19.0 / 20), scored[i], 1e-5);
        Assert.Contains("larger batches", Assert.ThrowsExactly<ArgumentException>(() => layer.Forward(x.Narrow(0, 0, 1), Pass.Training(new RandomStream(1)))).Message);
        Assert.Contains("takes [batch, 2]", Assert.ThrowsExactly<ArgumentException>(() => layer.Forward(x.Narrow(1, 0, 1), Pass.Scoring)).Message);
    }

    [TestMethod]
    [DynamicData(nameof(AllBackends))]
    public void Rows_do_not_depend_on_scale_and_shift(Backend backend)
    {
        var layer = new LayerNorm(6);
        var root = new RMSNorm(6);
        layer.Initialize(backend, new RandomStream(1));
        root.Initialize(backend, new RandomStream(1));
        var x = Tensor.From(backend, [.. Enumerable.Range(0, 24).Select(i => 100 * MathF.Cos(i * i))], [4, 6]);
        AssertClose(layer.Forward(x, Pass.Scoring), layer.Forward(x * 3 + 50, Pass.Scoring));
        AssertClose(root.Forward(x, Pass.Scoring), root.Forward(x * 3, Pass.Scoring));
        Assert.Contains("takes [..., 6], not [4, 5]", Assert.ThrowsExactly<ArgumentException>(() => layer.Forward(x.Narrow(1, 0, 5), Pass.Scoring)).Message);
        Assert.ThrowsExactly<ArgumentException>(() => root.Forward(x.Narrow(1, 0, 5), Pass.Scoring));

        static void AssertClose(Tensor a, Tensor b)
        {
            float[] left = a.ToArray(), right = b.ToArray();
            for (int i = 0; i < left.Length; i++) Assert.AreEqual(left[i], right[i], 1e-4);
        }
    }
}
