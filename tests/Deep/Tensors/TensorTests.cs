using MLPath.Deep;
using MLPath.Numerics;

namespace MLPath.Tests.Deep;

/// <summary>Operations and their derivatives, on every backend.</summary>
[TestClass]
public sealed class TensorTests
{
    private static readonly Func<float, float> s_positive = v => 0.5f + Math.Abs(v);

    // Away from corners, so that a difference quotient does not straddle one.
    private static readonly Func<float, float> s_awayFromZero = v => v + MathF.CopySign(0.2f, v);

    public static IEnumerable<object[]> AllBackends => Backends.All;

    public static IEnumerable<object[]> BackendsAndFunctions =>
        from backend in Backends.All from function in Enum.GetValues<UnaryFunction>() select new object[] { backend[0], function };

    [TestMethod]
    [DynamicData(nameof(BackendsAndFunctions))]
    public void A_function_has_the_derivative_of_its_difference_quotient(Backend backend, UnaryFunction function) =>
        Derivatives.Verify(backend, x => x[0].Map(function, 0.3f), [[3, 7]],
            map: function is UnaryFunction.Log or UnaryFunction.Sqrt ? s_positive : s_awayFromZero);

    [TestMethod]
    [DynamicData(nameof(BackendsAndFunctions))]
    public void A_function_is_the_same_on_every_backend(Backend backend, UnaryFunction function)
    {
        float[] x = [.. Enumerable.Range(0, 203).Select(i => (i - 101) * 0.17f)];
        if (function is UnaryFunction.Log or UnaryFunction.Sqrt) x = [.. x.Select(v => Math.Abs(v) + 0.01f)];
        float[] expected = Tensor.From(new ReferenceBackend(), x, [203]).Map(function, 0.3f).ToArray();
        float[] actual = Tensor.From(backend, x, [203]).Map(function, 0.3f).ToArray();
        for (int i = 0; i < x.Length; i++) Assert.AreEqual(expected[i], actual[i], 1e-6 * (1 + Math.Abs(expected[i])), $"{function}({x[i]})");
    }

    [TestMethod]
    [DynamicData(nameof(AllBackends))]
    public void Arithmetic_broadcasts_and_derives(Backend backend)
    {
        Shape[][] pairs = [[[2, 3], [2, 3]], [[4, 2, 3], [2, 3]], [[4, 1, 3], [1, 5, 1]], [[3], [2, 2, 3]], [[2, 3], Shape.Scalar], [[2, 1], [2, 17]]];
        foreach (var shapes in pairs)
        {
            Derivatives.Verify(backend, x => x[0] + x[1], shapes);
            Derivatives.Verify(backend, x => x[0] - x[1], shapes);
            Derivatives.Verify(backend, x => x[0] * x[1], shapes);
            Derivatives.Verify(backend, x => x[0] / x[1], shapes, map: s_positive);
            Derivatives.Verify(backend, x => Tensor.Maximum(x[0], 0 * x[1]), shapes, map: s_awayFromZero);
            Derivatives.Verify(backend, x => Tensor.Maximum(0 * x[0], x[1]), shapes, map: s_awayFromZero);
        }

        Derivatives.Verify(backend, x => x[0] * x[0] * x[0], [[5]]);
        Derivatives.Verify(backend, x => 2 - (3 * x[0] - 1) / 4, [[5]]);
    }

    [TestMethod]
    [DynamicData(nameof(AllBackends))]
    public void Shapes_change_and_derive(Backend backend)
    {
        Derivatives.Verify(backend, x => x[0].Reshape([6, 4]) * x[1], [[2, 3, 4], [6, 4]]);
        Derivatives.Verify(backend, x => x[0].Permute(2, 0, 1), [[2, 3, 4]]);
        Derivatives.Verify(backend, x => x[0].Permute(2, 0, 1).Reshape([8, 3]), [[2, 3, 4]]);
        Derivatives.Verify(backend, x => x[0].Transpose() * x[1], [[3, 4], [4, 3]]);
        Derivatives.Verify(backend, x => x[0].Narrow(1, 1, 2) + x[0].Narrow(1, 0, 2), [[2, 3, 4]]);
        Derivatives.Verify(backend, x => x[0].Select(1, 2), [[2, 3, 4]]);
        Derivatives.Verify(backend, x => x[0].Transpose().Select(0, 1), [[3, 4]]);
        Derivatives.Verify(backend, x => Tensor.Concatenate([x[0], x[1], x[0]], 1), [[2, 3], [2, 1]]);
        Derivatives.Verify(backend, x => Tensor.Stack([x[0], x[1]], 1), [[2, 3], [2, 3]]);
        Derivatives.Verify(backend, x => x[0].Sum([0, -1]), [[2, 3, 4]]);
        Derivatives.Verify(backend, x => x[0].Mean([1], keepAxes: true) * x[0], [[2, 3, 4]]);
        Derivatives.Verify(backend, x => x[0].Transpose().Mean([0]), [[2, 3]]);
        Derivatives.Verify(backend, x => x[0].Mean(), [[2, 3]]);
    }

    [TestMethod]
    [DynamicData(nameof(AllBackends))]
    public void Matrices_multiply_and_derive(Backend backend)
    {
        foreach (bool transposeA in new[] { false, true })
        {
            foreach (bool transposeB in new[] { false, true })
            {
                Shape a = transposeA ? [3, 2] : [2, 3], b = transposeB ? [4, 3] : [3, 4];
                Derivatives.Verify(backend, x => Tensor.MatMul(x[0], x[1], transposeA, transposeB), [a, b]);
                Derivatives.Verify(backend, x => Tensor.MatMul(x[0], x[1], transposeA, transposeB), [[5, .. a], [5, .. b]]);
                Derivatives.Verify(backend, x => Tensor.MatMul(x[0], x[1], transposeA, transposeB), [[2, 2, .. a], b]);
                Derivatives.Verify(backend, x => Tensor.MatMul(x[0], x[1], transposeA, transposeB), [a, [3, .. b]]);
            }
        }

        Derivatives.Verify(backend, x => Tensor.Linear(x[0], x[1], x[2]), [[2, 3, 4], [5, 4], [5]]);
        Derivatives.Verify(backend, x => Tensor.Linear(x[0], x[1], null), [[3, 4], [5, 4]]);
        Derivatives.Verify(backend, x => Tensor.Linear(x[0], x[1], x[2]), [[4], [5, 4], [5]]);
    }

    [TestMethod]
    [DynamicData(nameof(AllBackends))]
    public void Softmax_rows_and_cross_entropy_derive(Backend backend)
    {
        Derivatives.Verify(backend, x => x[0].Softmax(), [[3, 5]]);
        Derivatives.Verify(backend, x => x[0].LogSoftmax(), [[3, 5]]);
        Derivatives.Verify(backend, x => Tensor.Rows(x[0], new IndexTensor([2, 0, 2, -1], [2, 2])), [[3, 5]]);
        Derivatives.Verify(backend, x => Loss.CrossEntropy(x[0], new IndexTensor([2, 0, -1], [3])), [[3, 5]]);
        Derivatives.Verify(backend, x => Loss.CrossEntropy(x[0], new IndexTensor([2, 0, 1], [3]), 0.1f, Tensor.From(backend, [1, 2, 3, 0.5f, 0.25f], [5])), [[3, 5]]);
    }

    [TestMethod]
    [DynamicData(nameof(AllBackends))]
    public void Equal_steps_allocate_once(Backend backend)
    {
        var host = (HostBackend)backend;
        var network = new Sequential { new Linear(6, 16), new Activation(UnaryFunction.ReLU), new Linear(16, 3) };
        network.Initialize(backend, new RandomStream(1));
        var optimizer = new Sgd(network.Parameters().Select(p => p.Parameter), 0.1, momentum: 0.9);
        var values = Enumerable.Range(0, 60).Select(i => MathF.Sin(i)).ToArray();
        var classes = new IndexTensor([.. Enumerable.Range(0, 10).Select(row => Dense.ArgMax(values.AsSpan(row * 6, 3)))], [10]);
        double first = 0, last = 0;
        long allocated = 0;
        for (int step = 0; step < 200; step++)
        {
            using (TensorScope.Begin())
            {
                optimizer.ClearGradients();
                var loss = Loss.CrossEntropy(network.Forward(Tensor.From(backend, values, [10, 6]), Pass.Scoring), classes);
                loss.Backward();
                optimizer.Step();
                last = loss.Item();
            }

            if (step == 0) (first, allocated) = (last, host.AllocatedBytes);
        }

        Assert.AreEqual(allocated, host.AllocatedBytes);
        Assert.IsLessThan(first / 5, last);
    }

    [TestMethod]
    public void Anomalies_name_their_operation()
    {
        var backend = new CpuBackend();
        using var scope = TensorScope.Begin(detectAnomalies: true);
        var x = Tensor.From(backend, [1f, -1f], [2]).WithGradient();
        var error = Assert.ThrowsExactly<ArithmeticException>(() => x.Log());
        Assert.Contains("Log([2])", error.Message);
    }

    [TestMethod]
    public void Shapes_that_do_not_fit_are_named()
    {
        var backend = new ReferenceBackend();
        Tensor a = Tensor.Full(backend, [2, 3], 1), b = Tensor.Full(backend, [4, 3], 1);
        Assert.Contains("[2, 3] and [4, 3]", Assert.ThrowsExactly<ArgumentException>(() => a + b).Message);
        Assert.Contains("3 columns, the second 4 rows", Assert.ThrowsExactly<ArgumentException>(() => Tensor.MatMul(a, b)).Message);
        Assert.Contains("6 elements are not 5", Assert.ThrowsExactly<ArgumentException>(() => a.Reshape([5])).Message);
        Assert.ThrowsExactly<InvalidOperationException>(() => a.Backward());
    }
}
