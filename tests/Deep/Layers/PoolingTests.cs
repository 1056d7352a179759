using MLPath.Deep;

namespace MLPath.Tests.Deep;

/// <summary>Pooling: derivatives, agreement of backends, ties and numbers that are none.</summary>
[TestClass]
public sealed class PoolingTests
{
    private static readonly (Shape X, Window Window)[] s_cases =
    [
        ([2, 2, 4, 6], new(2, 2, 0, 1)),
        ([1, 2, 5, 7], new(2, 2, 0, 1)),
        ([1, 2, 6, 18], new(2, 2, 0, 1)),
        ([1, 1, 7, 19], new(2, 2, 0, 1)),
        ([1, 2, 6, 5], new(3, 2, 1, 1)),
        ([1, 1, 8, 9], new((3, 2), (1, 3), (1, 0), (2, 3))),
        ([1, 3, 1, 7], new((1, 3), (1, 1), (0, 1), (1, 2))),
        ([1, 1, 1, 1], new(3, 1, 1, 1)),
    ];

    public static IEnumerable<object[]> AllBackends => Backends.All;

    [TestMethod]
    [DynamicData(nameof(AllBackends))]
    public void Pooling_derives(Backend backend)
    {
        foreach (var (x, window) in s_cases)
        {
            // Numbers far apart, so that no shift changes which is the largest.
            Derivatives.Verify(backend, t => (t[0] * 0.1f + Ranks(t[0])).MaxPool(window), [x], h: 0.1);
            Derivatives.Verify(backend, t => t[0].MaxPool(window) * 0 + (t[0] * 0.1f + Ranks(t[0])).MaxPool(window), [x], h: 0.1);
            Derivatives.Verify(backend, t => t[0].AveragePool(window), [x], h: 0.1);
            Derivatives.Verify(backend, t => t[0].AveragePool(window, countsPadding: false) + t[0].AveragePool(window), [x], h: 0.1);
        }

        Derivatives.Verify(backend, t => new GlobalAveragePool().Forward(t[0], Pass.Scoring), [[2, 3, 4, 5]], h: 0.1);
        Derivatives.Verify(backend, t => new Flatten().Forward(t[0], Pass.Scoring) * 2, [[2, 3, 4, 5]], h: 0.1);

        Tensor Ranks(Tensor x) => Tensor.From(backend, [.. Enumerable.Range(0, x.Shape.Size).Select(i => i * 37f % 227)], x.Shape);
    }

    [TestMethod]
    public void Backends_agree_on_larger_sizes()
    {
        foreach (var (x, window) in s_cases)
        {
            Shape larger = [17, 5, x[2] + 4, x[3] + 11];
            Agreement.Verify(t => t[0].MaxPool(window), [larger]);
            Agreement.Verify(t => t[0].AveragePool(window, countsPadding: false), [larger]);
        }

        Agreement.Verify(t => t[0].MaxPool(new(2, 2, 0, 1)), [[64, 16, 28, 28]]);
    }

    [TestMethod]
    [DynamicData(nameof(AllBackends))]
    public void The_first_of_equal_numbers_is_chosen_and_NaN_wins(Backend backend)
    {
        foreach (int width in new[] { 4, 20 })
        {
            var x = Tensor.Full(backend, [1, 1, 2, width], 3).WithGradient();
            var y = x.MaxPool(new(2, 2, 0, 1));
            y.Backward(Tensor.Full(backend, y.Shape, 1));
            float[] expected = [.. Enumerable.Range(0, 2 * width).Select(i => i < width && i % 2 == 0 ? 1f : 0f)];
            CollectionAssert.AreEqual(expected, x.Gradient!.ToArray());

            float[] values = [.. Enumerable.Range(0, 2 * width).Select(i => (float)i)];
            (values[0], values[width + 3]) = (float.NaN, float.NaN);
            float[] largest = Tensor.From(backend, values, [1, 1, 2, width]).MaxPool(new(2, 2, 0, 1)).ToArray();
            Assert.IsTrue(float.IsNaN(largest[0]) && float.IsNaN(largest[1]));
            if (width > 4) Assert.AreEqual(width + 5f, largest[2]);
        }
    }

    [TestMethod]
    public void Errors_say_what_a_layer_takes()
    {
        var backend = new CpuBackend();
        Assert.Contains("more than half", Assert.ThrowsExactly<ArgumentException>(() => new MaxPool2d(2, padding: 2)).Message);
        Assert.Contains("[batch, channels, length], not [2, 3]", Assert.ThrowsExactly<ArgumentException>(() => new AvgPool1d(2).Forward(Tensor.Full(backend, [2, 3], 1), Pass.Scoring)).Message);
        Assert.ThrowsExactly<ArgumentException>(() => new GlobalAveragePool().Forward(Tensor.Full(backend, [2, 3], 1), Pass.Scoring));
        Assert.ThrowsExactly<ArgumentException>(() => new MaxPool2d(3).Forward(Tensor.Full(backend, [2, 3, 2, 2], 1), Pass.Scoring));
    }
}
