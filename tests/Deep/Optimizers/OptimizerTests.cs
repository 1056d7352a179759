using MLPath.Deep;
using MLPath.Numerics;

namespace MLPath.Tests.Deep;

/// <summary>What holds for every optimiser: equality of backends and threads, states that go on, decay that is chosen, memory that does not grow.</summary>
[TestClass]
public sealed class OptimizerTests
{
    private const int Size = 70_003;

    private static readonly SortedDictionary<string, Func<IEnumerable<Parameter>, Optimizer>> s_optimizers = new(StringComparer.Ordinal)
    {
        ["sgd"] = p => new Sgd(p, 0.1),
        ["momentum"] = p => new Sgd(p, 0.1, 0.9, weightDecay: 0.01, dampening: 0.2),
        ["nesterov"] = p => new Sgd(p, 0.1, 0.9, nesterov: true),
        ["adagrad"] = p => new Adagrad(p, 0.1, rateDecay: 0.1, weightDecay: 0.01, initialSquares: 0.1),
        ["rmsprop"] = p => new RmsProp(p, 0.02, weightDecay: 0.01),
        ["rmsprop, centred, with momentum"] = p => new RmsProp(p, 0.02, 0.9, 0.9, centered: true),
        ["adam"] = p => new Adam(p, 0.05, weightDecay: 0.01),
        ["amsgrad"] = p => new Adam(p, 0.05, amsGrad: true),
        ["adamw"] = p => new AdamW(p, 0.05, weightDecay: 0.1),
    };

    public static IEnumerable<object[]> Names => s_optimizers.Keys.Select(name => new object[] { name });

    [TestMethod]
    [DynamicData(nameof(Names))]
    public void Backends_agree_and_threads_change_nothing(string name)
    {
        float[] reference = Train(new ReferenceBackend()), one = Train(new CpuBackend(1)), two = Train(new CpuBackend(2));
        for (int i = 0; i < Size; i++) Assert.AreEqual(reference[i], one[i], 1e-5 * (1 + Math.Abs(reference[i])), $"Element {i}");
        CollectionAssert.AreEqual(one, two);

        float[] Train(Backend backend)
        {
            var module = new Vectors(backend, Size);
            var optimizer = s_optimizers[name](module.OwnParameters);
            for (int step = 0; step < 4; step++) module.Step(optimizer, step);
            return module.First.Value.ToArray();
        }
    }

    [TestMethod]
    [DynamicData(nameof(Names))]
    public void A_state_goes_on_as_if_nothing_had_happened(string name)
    {
        var backend = new CpuBackend();
        Vectors whole = new(backend, 40), half = new(backend, 40), rest = new(backend, 40);
        var optimizer = s_optimizers[name](whole.OwnParameters);
        for (int step = 0; step < 10; step++) whole.Step(optimizer, step);

        var before = s_optimizers[name](half.OwnParameters);
        for (int step = 0; step < 5; step++) half.Step(before, step);
        var state = before.GetState();
        rest.SetState(backend, half.GetState());
        half.Step(before, 5);
        var after = s_optimizers[name](rest.OwnParameters);
        after.SetState(state);
        for (int step = 5; step < 10; step++) rest.Step(after, step);
        CollectionAssert.AreEqual(whole.First.Value.ToArray(), rest.First.Value.ToArray());
        Assert.AreEqual(10, after.Steps);
    }

    [TestMethod]
    [DynamicData(nameof(Names))]
    public void Steps_allocate_nothing_after_the_first(string name)
    {
        var backend = new CpuBackend();
        var module = new Vectors(backend, 1000);
        var optimizer = s_optimizers[name](module.OwnParameters);
        module.Step(optimizer, 0);
        long allocated = backend.AllocatedBytes;
        for (int step = 1; step < 20; step++)
        {
            module.Step(optimizer, step);
            optimizer.ClipGradientNorm(0.1);
            optimizer.ClipGradientValues(0.01);
        }

        Assert.AreEqual(allocated, backend.AllocatedBytes);
    }

    [TestMethod]
    public void Weight_decay_is_for_the_parameters_that_are_chosen()
    {
        var backend = new CpuBackend();
        foreach (bool isChosen in new[] { false, true })
        {
            var network = new Linear(3, 2);
            network.Initialize(backend, new RandomStream(1));
            float[] weights = network.Weight.Value.ToArray(), bias = network.Bias!.Value.ToArray();
            var parameters = network.Parameters().Select(p => p.Parameter);
            var optimizer = isChosen ? new AdamW(parameters, 0.1, weightDecay: 0.5) { Decays = Optimizer.OfMatrices } : new AdamW(parameters, 0.1, weightDecay: 0.5);
            (0 * network.Forward(Tensor.Full(backend, [1, 3], 1), Pass.Scoring)).Sum().Backward();
            optimizer.Step();
            Assert.AreEqual(0.95f * weights[0], network.Weight.Value.ToArray()[0], 1e-6);
            Assert.AreEqual((isChosen ? 1 : 0.95f) * bias[0], network.Bias.Value.ToArray()[0], 1e-6);
        }
    }

    [TestMethod]
    public void A_parameter_without_a_gradient_stays_and_does_not_age()
    {
        var backend = new CpuBackend();
        Vectors late = new(backend, 20), prompt = new(backend, 20);
        Adam lateAdam = new(late.OwnParameters, 0.1), promptAdam = new(prompt.OwnParameters, 0.1);
        float[] before = late.First.Value.ToArray();
        for (int step = 0; step < 3; step++) lateAdam.Step();
        CollectionAssert.AreEqual(before, late.First.Value.ToArray());
        late.Step(lateAdam, 0);
        prompt.Step(promptAdam, 0);
        CollectionAssert.AreEqual(prompt.First.Value.ToArray(), late.First.Value.ToArray());
    }

    [TestMethod]
    public void Centred_variance_that_rounds_below_zero_does_no_harm()
    {
        foreach (object[] backend in Backends.All)
        {
            var module = new Vectors((Backend)backend[0], 20);
            var optimizer = new RmsProp(module.OwnParameters, 0.001, smoothing: 0.5, centered: true);
            for (int step = 0; step < 60; step++)
            {
                optimizer.ClearGradients();
                (module.First.Value * 0.3f).Sum().Backward();
                optimizer.Step();
            }

            Assert.IsTrue(Array.TrueForAll(module.First.Value.ToArray(), float.IsFinite));
        }
    }

    [TestMethod]
    public void The_norm_is_that_of_all_gradients_and_the_same_at_any_number_of_threads()
    {
        foreach (double order in new[] { 1, 2, double.PositiveInfinity })
        {
            double[] norms = [.. Backends.All.Select(backend =>
            {
                var module = new Vectors((Backend)backend[0], Size);
                module.SetGradients(3);
                return new Sgd(module.OwnParameters, 0.1).GradientNorm(order);
            })];
            Assert.AreEqual(norms[0], norms[1], 1e-12 * norms[0]);
            Assert.AreEqual(norms[1], norms[2]);
        }
    }

    [TestMethod]
    public void A_norm_that_is_not_finite_is_returned_and_nothing_is_clipped()
    {
        var module = new Vectors(new CpuBackend(), 2);
        module.First.Value.Backward(Tensor.From(module.First.Value.Backend, [float.PositiveInfinity, 1], [2]));
        Assert.AreEqual(double.PositiveInfinity, new Sgd(module.OwnParameters, 0.1).ClipGradientNorm(1));
        CollectionAssert.AreEqual(new[] { float.PositiveInfinity, 1 }, module.First.Value.Gradient!.ToArray());
    }

    [TestMethod]
    public void Options_out_of_range_and_states_of_others_are_named()
    {
        var module = new Vectors(new CpuBackend(), 3);
        var parameters = module.OwnParameters;
        Assert.Contains("beta1", Out(() => new Adam(parameters, 0.1, beta1: 1)));
        Assert.Contains("Beta2", Out(() => new Adam(parameters, 0.1, beta2: 1.5)));
        Assert.Contains("learning rate", Out(() => new Sgd(parameters, double.NaN)));
        Assert.Contains("Weight decay", Out(() => new AdamW(parameters, weightDecay: -1)));
        Assert.Contains("order", Out(() => new Sgd(parameters, 0.1).GradientNorm(3)));
        Assert.Contains("above 0", Out(() => new Sgd(parameters, 0.1).ClipGradientNorm(0)));
        Assert.ThrowsExactly<ArgumentException>(() => new Sgd(parameters, 0.1, nesterov: true));
        Assert.ThrowsExactly<InvalidOperationException>(() => new Sgd(parameters, 0.1) { Momentum = 0.5 });
        Assert.Contains("another kind", Assert.ThrowsExactly<ArgumentException>(() => new Adam(parameters).SetState(new Sgd(parameters, 0.1).GetState())).Message);
        Assert.Contains("other shapes", Assert.ThrowsExactly<ArgumentException>(
            () => new Adam(parameters).SetState(new Adam(new Vectors(new CpuBackend(), 4).OwnParameters).GetState())).Message);

        static string Out(Func<object?> action) => Assert.ThrowsExactly<ArgumentOutOfRangeException>(action).Message;
    }

    /// <summary>Two parameters with gradients that depend on the step alone.</summary>
    private sealed class Vectors : Module
    {
        private readonly Backend _backend;

        public Vectors(Backend backend, int size)
        {
            _backend = backend;
            First = AddParameter("first", [size], new Initializer.Normal(1));
            AddParameter("second", [3, 2], new Initializer.Normal(1));
            Initialize(backend, new RandomStream(1));
        }

        public Parameter First { get; }

        public void SetGradients(int step)
        {
            foreach (var parameter in OwnParameters)
            {
                var random = new RandomStream(7).Derive(step).Derive(parameter.Name);
                float[] values = [.. Enumerable.Range(0, parameter.Shape.Size).Select(_ => (float)random.NextGaussian())];
                parameter.Value.ClearGradient();
                parameter.Value.Backward(Tensor.From(_backend, values, parameter.Shape));
            }
        }

        public void Step(Optimizer optimizer, int step)
        {
            using var scope = TensorScope.Begin();
            SetGradients(step);
            optimizer.Step();
        }
    }
}
