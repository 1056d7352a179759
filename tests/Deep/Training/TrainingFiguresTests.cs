using MLPath.Deep;
using MLPath.Numerics;

namespace MLPath.Tests.Deep;

/// <summary>Small networks learn step by step as in PyTorch: the loss of each of twenty steps, the norms of the gradients, and the outputs at the end.</summary>
[TestClass]
public sealed class TrainingFiguresTests
{
    /// <summary>For each case: a module with PyTorch's parameter paths, and what it computes of x.</summary>
    private static readonly Dictionary<string, Func<(Module Module, Func<TorchArray, Backend, Pass, Tensor> Forward)>> s_networks = new(StringComparer.Ordinal)
    {
        ["mlp"] = () => OfNumbers(new Sequential { new Linear(8, 16), new Activation(UnaryFunction.ReLU), new Linear(16, 3) }),
        ["cnn"] = () => OfNumbers(new Sequential
        {
            new Conv2d(1, 4, 3, padding: 1), new Activation(UnaryFunction.ReLU), new MaxPool2d(2),
            new Conv2d(4, 8, 3, padding: 1), new Activation(UnaryFunction.ReLU), new MaxPool2d(2),
            new Flatten(), new Linear(32, 3),
        }),
        ["lstm"] = () =>
        {
            var model = new LanguageModel();
            return (model, (x, _, pass) => model.Forward(x.AsIndices(), pass));
        },
        ["transformer"] = () =>
        {
            var model = new Classifier();
            return (model, (x, _, pass) => model.Forward(x.AsIndices(), pass));
        },
    };

    public static IEnumerable<object[]> Cases =>
        from backend in Backends.All
        from torch in TorchFigures.Of("training")
        where s_networks.ContainsKey(torch.Name)
        select new object[] { backend[0], torch };

    [TestMethod]
    [DynamicData(nameof(Cases))]
    public void Twenty_steps_are_PyTorchs(Backend backend, TorchCase torch)
    {
        ArgumentNullException.ThrowIfNull(torch);
        var (module, forward) = s_networks[torch.Name]();
        module.SetState(backend, torch.Arrays("parameters").ToDictionary(p => p.Name, p => p.Array.Values));
        var optimizer = TorchOptimizers.Make(torch, module.Parameters().Select(p => p.Parameter));
        double maximum = torch.Has("clip_grad_norm") ? torch.Json.GetProperty("clip_grad_norm").GetDouble() : double.MaxValue;
        TorchArray x = torch.Array("inputs", "x"), figures = torch.Array("losses"), norms = torch.Array("gradientNorms");
        var target = torch.Array("inputs", "target").AsIndices();
        var random = new RandomStream(1);

        torch.Array("outputBefore").AssertEqual(forward(x, backend, Pass.Scoring), "output before");
        for (int step = 0; step < figures.Values.Length; step++)
        {
            using var scope = TensorScope.Begin();
            optimizer.ClearGradients();
            var loss = Loss.CrossEntropy(forward(x, backend, Pass.Training(random.Derive(step))), target);
            AssertNear(figures.Values[step], loss.Item(), $"loss after {step} steps");
            if (step == norms.Values.Length) break;
            loss.Backward();
            AssertNear(norms.Values[step], optimizer.ClipGradientNorm(maximum), $"norm of step {step}");
            optimizer.Step();
        }

        torch.Array("outputAfter").AssertEqual(forward(x, backend, Pass.Scoring), "output after");
    }

    private static void AssertNear(double figure, double actual, string what) => Assert.AreEqual(figure, actual, 1e-5 * (1 + Math.Abs(figure)), what);

    private static (Module, Func<TorchArray, Backend, Pass, Tensor>) OfNumbers(Layer layer) => (layer, (x, backend, pass) => layer.Forward(x.On(backend), pass));

    private sealed class LanguageModel : Module
    {
        private readonly Embedding _embedding;
        private readonly Lstm _lstm;
        private readonly Linear _linear;

        public LanguageModel()
        {
            _embedding = AddModule("embedding", new Embedding(10, 8));
            _lstm = AddModule("lstm", new Lstm(8, 12));
            _linear = AddModule("linear", new Linear(12, 10));
        }

        /// <summary>[batch, time] becomes [batch, time, 10].</summary>
        public Tensor Forward(IndexTensor tokens, Pass pass) => _linear.Forward(_lstm.Forward(_embedding.Forward(tokens), pass), pass);
    }

    private sealed class Classifier : Module
    {
        private readonly Embedding _embedding;
        private readonly SinusoidalPositions _positions = new(16);
        private readonly ModuleList<TransformerEncoderBlock> _blocks;
        private readonly Linear _linear;

        public Classifier()
        {
            _embedding = AddModule("embedding", new Embedding(12, 16));
            _blocks = AddModule("blocks", new ModuleList<TransformerEncoderBlock>(
                Enumerable.Range(0, 2).Select(_ => new TransformerEncoderBlock(16, heads: 4, feedForward: 32, dropout: 0, UnaryFunction.Gelu, normFirst: true))));
            _linear = AddModule("linear", new Linear(16, 3));
        }

        /// <summary>[batch, time] becomes [batch, 3].</summary>
        public Tensor Forward(IndexTensor tokens, Pass pass)
        {
            var h = _positions.Forward(_embedding.Forward(tokens), pass);
            foreach (var block in _blocks) h = block.Forward(h, pass);
            return _linear.Forward(h.Mean([1]), pass);
        }
    }
}
