using MLPath.Deep;
using MLPath.Numerics;

namespace MLPath.Tests.Deep;

/// <summary>Dropout keeps expectations, chooses by position and key alone, and is nothing in scoring.</summary>
[TestClass]
public sealed class DropoutTests
{
    public static IEnumerable<object[]> AllBackends => Backends.All;

    [TestMethod]
    [DynamicData(nameof(AllBackends))]
    public void The_expectation_is_kept(Backend backend)
    {
        const int Count = 40_000;
        foreach (float rate in new[] { 0.1f, 0.5f, 0.8f })
        {
            float[] y = Tensor.Full(backend, [Count], 1).Dropout(rate, 12345).ToArray();
            double dropped = y.Count(v => v == 0) / (double)Count, deviation = Math.Sqrt(rate * (1 - rate) / Count);
            Assert.AreEqual(rate, dropped, 4 * deviation);
            Assert.AreEqual(1, y.Average(), 4 * deviation / (1 - rate));
            Assert.IsTrue(Array.TrueForAll(y, v => v == 0 || Math.Abs(v - 1 / (1 - rate)) < 1e-6));
        }
    }

    [TestMethod]
    public void Every_backend_drops_the_same_elements()
    {
        foreach (int count in new[] { 1, 15, 63, 64, 65, 1000, 100_003 })
        {
            float[] expected = Drop(new ReferenceBackend(), count);
            CollectionAssert.AreEqual(expected, Drop(new CpuBackend(1), count));
            CollectionAssert.AreEqual(expected, Drop(new CpuBackend(2), count));
        }

        static float[] Drop(Backend backend, int count) => Tensor.From(backend, [.. Enumerable.Range(1, count).Select(i => (float)i)], [count]).Dropout(0.3f, 0xFEDC_BA98_7654_3210).ToArray();
    }

    [TestMethod]
    [DynamicData(nameof(AllBackends))]
    public void Dropout_derives(Backend backend)
    {
        Derivatives.Verify(backend, x => x[0].Dropout(0.4f, 7), [[5, 15]], h: 0.1);
        Derivatives.Verify(backend, x => x[0].Dropout(0.4f, 7) + x[0].Dropout(0.4f, 8), [[5, 15]], h: 0.1);
    }

    [TestMethod]
    [DynamicData(nameof(AllBackends))]
    public void Scoring_is_the_identity_and_passes_differ(Backend backend)
    {
        var layer = new Dropout(0.5);
        var x = Tensor.Full(backend, [200], 2);
        Assert.AreSame(x, layer.Forward(x, Pass.Scoring));
        Assert.AreSame(x, new Dropout(0).Forward(x, Pass.Training(new RandomStream(1))));
        var pass = Pass.Training(new RandomStream(1));
        float[] first = layer.Forward(x, pass).ToArray(), second = layer.Forward(x, pass).ToArray();
        CollectionAssert.AreNotEqual(first, second);
        CollectionAssert.AreEqual(first, layer.Forward(x, Pass.Training(new RandomStream(1))).ToArray());
        Assert.ThrowsExactly<ArgumentOutOfRangeException>(() => new Dropout(1));
        Assert.ThrowsExactly<ArgumentOutOfRangeException>(() => new Dropout(double.NaN));
    }
}
