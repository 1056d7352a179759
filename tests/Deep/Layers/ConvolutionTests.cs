using MLPath.Deep;
using MLPath.Numerics;

namespace MLPath.Tests.Deep;

/// <summary>Convolution: derivatives, agreement of backends, and networks of it.</summary>
[TestClass]
public sealed class ConvolutionTests
{
    public static IEnumerable<object[]> AllBackends => Backends.All;

    /// <summary>x, w, window and groups: odd sizes, strides, dilation, groups, padding beyond the kernel, windows that use the plane in part.</summary>
    private static readonly (Shape X, Shape Weight, Window Window, int Groups)[] s_cases =
    [
        ([2, 2, 5, 6], [3, 2, 3, 3], new(3, 1, 1, 1), 1),
        ([1, 1, 4, 3], [2, 1, 3, 2], new((3, 2), 1, 0, 1), 1),
        ([2, 2, 6, 7], [2, 2, 3, 3], new(3, (2, 3), (1, 0), 1), 1),
        ([1, 2, 7, 7], [2, 2, 3, 3], new(3, 1, 2, 2), 1),
        ([2, 4, 3, 4], [6, 2, 2, 3], new((2, 3), 1, 1, 1), 2),
        ([1, 3, 4, 4], [3, 1, 3, 3], new(3, 1, 1, 1), 3),
        ([2, 3, 3, 3], [2, 3, 1, 1], new(1, 1, 0, 1), 1),
        ([1, 2, 2, 3], [2, 2, 1, 1], new(1, 1, 2, 1), 1),
        ([1, 2, 3, 3], [2, 2, 2, 2], new(2, 1, 3, 1), 1),
        ([1, 2, 6, 6], [2, 2, 5, 5], new(5, 1, 0, 1), 1),
        ([1, 1, 8, 8], [1, 1, 2, 2], new(2, 3, 4, 3), 1),
    ];

    [TestMethod]
    [DynamicData(nameof(AllBackends))]
    public void Convolution_derives(Backend backend)
    {
        foreach (var (x, weight, window, groups) in s_cases)
        {
            Derivatives.Verify(backend, t => Tensor.Convolve(t[0], t[1], t[2], window, groups), [x, weight, [weight[0]]], h: 0.1);
            Derivatives.Verify(backend, t => Tensor.Convolve(t[0], t[1], null, window, groups), [x, weight], h: 0.1);
        }
    }

    [TestMethod]
    [DynamicData(nameof(AllBackends))]
    public void Gradients_are_added_where_there_are_some(Backend backend)
    {
        foreach (var (x, weight, window, groups) in s_cases)
            Derivatives.Verify(backend, t => Tensor.Convolve(t[0], t[1], t[2], window, groups) + Tensor.Convolve(t[0] * 2, t[1], t[2], window, groups) + Tensor.Convolve(t[0], t[1], t[2], window, groups), [x, weight, [weight[0]]], h: 0.1);
    }

    [TestMethod]
    public void Backends_agree_on_larger_sizes()
    {
        (Shape X, Shape Weight, Window Window, int Groups)[] cases =
        [
            ([37, 1, 28, 28], [16, 1, 3, 3], new(3, 1, 1, 1), 1),
            ([19, 16, 14, 14], [32, 16, 3, 3], new(3, 1, 1, 1), 1),
            ([3, 13, 9, 11], [21, 13, 3, 3], new(3, 1, 1, 1), 1),
            ([3, 12, 17, 19], [20, 6, 5, 3], new((5, 3), 1, (2, 1), 1), 2),
            ([5, 16, 10, 10], [24, 16, 3, 3], new(3, 2, 1, 1), 1),
            ([5, 8, 1, 50], [12, 8, 1, 5], new((1, 5), 1, (0, 4), (1, 2)), 1),
            ([5, 16, 8, 8], [33, 16, 1, 1], new(1, 1, 0, 1), 1),
        ];
        foreach (var (x, weight, window, groups) in cases)
            Agreement.Verify(t => Tensor.Convolve(t[0], t[1], t[2], window, groups), [x, weight, [weight[0]]], terms: x.Size / x[1]);
    }

    [TestMethod]
    [DynamicData(nameof(AllBackends))]
    public void Convolution_commutes_with_shifts_inside(Backend backend)
    {
        var layer = new Conv1d(1, 2, 3);
        layer.Initialize(backend, new RandomStream(3));
        float[] values = [.. Enumerable.Range(0, 12).Select(i => MathF.Sin(i * i))];
        float[] y = layer.Forward(Tensor.From(backend, values.AsSpan(0, 11), [1, 1, 11]), Pass.Scoring).ToArray();
        float[] shifted = layer.Forward(Tensor.From(backend, values.AsSpan(1), [1, 1, 11]), Pass.Scoring).ToArray();
        for (int channel = 0; channel < 2; channel++)
        {
            for (int t = 0; t < 8; t++) Assert.AreEqual(y[channel * 9 + t + 1], shifted[channel * 9 + t], 1e-6);
        }
    }

    [TestMethod]
    [DynamicData(nameof(AllBackends))]
    public void An_image_does_not_depend_on_its_batch(Backend backend)
    {
        var layer = new Conv2d(2, 5, 3, padding: 1);
        layer.Initialize(backend, new RandomStream(3));
        float[] values = [.. Enumerable.Range(0, 9 * 2 * 49).Select(i => MathF.Sin(i * 0.7f))];
        float[] all = layer.Forward(Tensor.From(backend, values, [9, 2, 7, 7]), Pass.Scoring).ToArray();
        float[] last = layer.Forward(Tensor.From(backend, values.AsSpan(8 * 98), [1, 2, 7, 7]), Pass.Scoring).ToArray();
        CollectionAssert.AreEqual(all[(8 * 5 * 49)..], last);
        Assert.AreEqual(0, layer.Forward(Tensor.From(backend, [], [0, 2, 7, 7]), Pass.Scoring).Shape.Size);
    }

    [TestMethod]
    [DynamicData(nameof(AllBackends))]
    public void A_small_network_learns_in_memory_that_does_not_grow(Backend backend)
    {
        var host = (HostBackend)backend;
        var network = new Sequential
        {
            new Conv2d(1, 4, 3, padding: 1), new BatchNorm(4), new Activation(UnaryFunction.ReLU), new MaxPool2d(2), new ResidualBlock(4, 6, stride: 2), new GlobalAveragePool(),
            new Dropout(0.1), new Linear(6, 2),
        };
        network.Initialize(backend, new RandomStream(1));
        var optimizer = new Sgd(network.Parameters().Select(p => p.Parameter), 0.1, momentum: 0.9);

        // Upright and level stripes.
        const int Images = 12;
        var classes = new IndexTensor([.. Enumerable.Range(0, Images).Select(i => i % 2)], [Images]);
        float[] x = [.. Enumerable.Range(0, Images * 64).Select(i => (i / 64 % 2 == 0 ? i % 8 : i / 8) % 2 == i / 128 % 2 ? 1f : 0f)];
        double first = 0, last = 0;
        long allocated = 0;
        for (int step = 0; step < 50; step++)
        {
            using (TensorScope.Begin())
            {
                optimizer.ClearGradients();
                var loss = Loss.CrossEntropy(network.Forward(Tensor.From(backend, x, [Images, 1, 8, 8]), Pass.Training(new RandomStream((ulong)step))), classes);
                loss.Backward();
                optimizer.Step();
                last = loss.Item();
            }

            if (step == 0) (first, allocated) = (last, host.AllocatedBytes);
        }

        Assert.AreEqual(allocated, host.AllocatedBytes);
        Assert.IsLessThan(first / 3, last);
    }

    [TestMethod]
    public void Training_is_the_same_at_one_and_two_threads()
    {
        float[] one = Train(new CpuBackend(1)), two = Train(new CpuBackend(2));
        CollectionAssert.AreEqual(one, two);

        static float[] Train(Backend backend)
        {
            var network = new Sequential
            {
                new Conv2d(1, 16, 3, padding: 1), new Activation(UnaryFunction.ReLU), new MaxPool2d(2), new Conv2d(16, 8, 3, padding: 1), new BatchNorm(8), new Dropout(),
                new AvgPool2d(2), new Flatten(), new LayerNorm(8 * 49), new Linear(8 * 49, 10),
            };
            network.Initialize(backend, new RandomStream(1));
            var optimizer = new Sgd(network.Parameters().Select(p => p.Parameter), 0.05);
            var classes = new IndexTensor([.. Enumerable.Range(0, 64).Select(i => i % 10)], [64]);
            float[] x = [.. Enumerable.Range(0, 64 * 784).Select(i => MathF.Sin(i * 0.31f) + i / 784 % 10)];
            for (int step = 0; step < 3; step++)
            {
                using var scope = TensorScope.Begin();
                optimizer.ClearGradients();
                Loss.CrossEntropy(network.Forward(Tensor.From(backend, x, [64, 1, 28, 28]), Pass.Training(new RandomStream((ulong)step))), classes).Backward();
                optimizer.Step();
            }

            return [.. network.GetState().Values.SelectMany(v => v)];
        }
    }

    [TestMethod]
    public void Errors_say_what_a_layer_takes()
    {
        var backend = new CpuBackend();
        var layer = new Conv2d(3, 4, 5);
        layer.Initialize(backend, new RandomStream(1));
        Assert.Contains("takes [batch, 3, height, width], not [2, 1, 9, 9]", Assert.ThrowsExactly<ArgumentException>(() => layer.Forward(Tensor.Full(backend, [2, 1, 9, 9], 1), Pass.Scoring)).Message);
        Assert.Contains("none fits in [2, 3, 4, 9]", Assert.ThrowsExactly<ArgumentException>(() => layer.Forward(Tensor.Full(backend, [2, 3, 4, 9], 1), Pass.Scoring)).Message);
        Assert.Contains("2 groups", Assert.ThrowsExactly<ArgumentException>(() => new Conv2d(3, 4, 5, groups: 2)).Message);
        Assert.Contains("kernel", Assert.ThrowsExactly<ArgumentOutOfRangeException>(() => new Conv2d(3, 4, 0)).Message);
        Assert.Contains("stride", Assert.ThrowsExactly<ArgumentOutOfRangeException>(() => new Conv1d(3, 4, 1, stride: 0)).Message);
        Assert.ThrowsExactly<ArgumentOutOfRangeException>(() => new Conv1d(0, 4, 1));
        var network = new Residual(new Conv1d(2, 3, 1));
        network.Initialize(backend, new RandomStream(1));
        Assert.Contains("shortcut", Assert.ThrowsExactly<ArgumentException>(() => network.Forward(Tensor.Full(backend, [1, 2, 4], 1), Pass.Scoring)).Message);
    }

    [TestMethod]
    [DynamicData(nameof(AllBackends))]
    public void A_residual_block_whose_branch_is_silent_is_its_shortcut(Backend backend)
    {
        var block = new ResidualBlock(3, 3);
        block.Initialize(backend, new RandomStream(1));
        var state = block.GetState().ToDictionary(p => p.Key, p => p.Value);
        Array.Clear(state["residual.branch.4.weight"]);
        block.SetState(backend, state);
        var x = Tensor.From(backend, [.. Enumerable.Range(0, 75).Select(i => MathF.Sin(i))], [1, 3, 5, 5]);
        CollectionAssert.AreEqual(x.ReLU().ToArray(), block.Forward(x, Pass.Scoring).ToArray());

        var half = new ResidualBlock(3, 5, stride: 2);
        half.Initialize(backend, new RandomStream(1));
        Assert.AreEqual(Shape.Create(1, 5, 3, 3), half.Forward(x, Pass.Scoring).Shape);
    }
}
