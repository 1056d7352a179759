using MLPath.Deep;
using MLPath.Numerics;

namespace MLPath.Bench;

/// <summary>
/// Three networks in training and at work. Both sides begin with the same weights and see the same batches; the quality of a training is how far the
/// losses of the first steps are from the peer's, that of predictions their mean loss after a short training.
/// </summary>
internal static class NetworkWorkloads
{
    private const string Digits = "digits_60000x784_c10", PyTorch = "pytorch", Script = "networks.py";
    private const int BatchRows = 128, ComparedSteps = 20, ShortTraining = 100;

    public static IReadOnlyList<CoreWorkload> All { get; } =
    [
        new("mlp-fit", Digits, Quality.Within(1e-3), Script, [PyTorch], (data, threads) => FitImages(data, threads, "mlp", [784], Multilayer, steps: 469)),
        new("mlp-predict", Digits, Quality.Within(1e-3), Script, [PyTorch], (data, threads) => PredictImages(data, threads, "mlp", [784], Multilayer)),
        new("cnn-fit", Digits, Quality.Within(1e-3), Script, [PyTorch], (data, threads) => FitImages(data, threads, "cnn", [1, 28, 28], Convolutional, steps: 100)),
        new("cnn-predict", Digits, Quality.Within(1e-3), Script, [PyTorch], (data, threads) => PredictImages(data, threads, "cnn", [1, 28, 28], Convolutional)),
        new("lstm-fit", NetworkSets.Tokens, Quality.Within(1e-3), Script, [PyTorch], FitTokens),
        new("lstm-predict", NetworkSets.Tokens, Quality.Within(1e-3), Script, [PyTorch], PredictTokens),
    ];

    private static Sequential Multilayer() => [new Linear(784, 128), new Activation(UnaryFunction.ReLU), new Linear(128, 10)];

    private static Sequential Convolutional() =>
    [
        new Conv2d(1, 16, 3, padding: 1), new Activation(UnaryFunction.ReLU), new MaxPool2d(2),
        new Conv2d(16, 32, 3, padding: 1), new Activation(UnaryFunction.ReLU), new MaxPool2d(2),
        new Flatten(), new Linear(32 * 7 * 7, 10),
    ];

    private static Job FitImages(CoreData data, int threads, string network, Shape image, Func<Layer> make, int steps)
    {
        var images = new Images(data, new CpuBackend(threads), "", image);
        return Job.OfLosses(() => Fit(make(), network, data, images, steps));
    }

    private static Job PredictImages(CoreData data, int threads, string network, Shape image, Func<Layer> make)
    {
        var backend = new CpuBackend(threads);
        var model = make();
        Fit(model, network, data, new Images(data, backend, "", image), ShortTraining);
        var tests = new Images(data, backend, "_test", image);
        return Job.Of(() => Predict(model, tests), logits => MeanLoss(logits, tests.Classes));
    }

    private static List<double> Fit(Layer network, string name, CoreData data, Images images, int steps)
    {
        SetWeights(network, images.Backend, data.Read<float>($"networks_{name}.f32"));
        int[] order = data.Read<int>("networks_order.i32");
        return Train(network, steps, step => images.Batch(order.AsSpan(step * BatchRows, Math.Min(BatchRows, order.Length - (step * BatchRows))).ToArray()));
    }

    private static float[] Predict(Layer network, Images images)
    {
        var logits = new float[images.Classes.Length * 10];
        for (int start = 0; start < images.Classes.Length; start += BatchRows)
        {
            using var scope = TensorScope.Begin(records: false);
            int rows = Math.Min(BatchRows, images.Classes.Length - start);
            network.Forward(images.Range(start, rows), Pass.Scoring).CopyTo(logits.AsSpan(start * 10, rows * 10));
        }
        return logits;
    }

    private static Job FitTokens(CoreData data, int threads)
    {
        var text = new Text(data);
        return Job.OfLosses(() => FitText(new Characters(), text, data, new CpuBackend(threads)));
    }

    private static Job PredictTokens(CoreData data, int threads)
    {
        var text = new Text(data);
        var model = new Characters();
        FitText(model, text, data, new CpuBackend(threads));
        var (x, y) = text.Batch(ComparedSteps);
        return Job.Of(() =>
        {
            using var scope = TensorScope.Begin(records: false);
            return model.Forward(x, Pass.Scoring).ToArray();
        }, logits => MeanLoss(logits, y.Values));
    }

    private static List<double> FitText(Characters model, Text text, CoreData data, CpuBackend backend)
    {
        SetWeights(model, backend, data.Read<float>("networks_lstm.f32"));
        return Train(model, (x, pass) => model.Forward(x, pass), ComparedSteps, text.Batch);
    }

    private static List<double> Train(Layer network, int steps, Func<int, (Tensor X, IndexTensor Y)> batch) =>
        Train(network, network.Forward, steps, batch);

    /// <summary>Adam on the batches; the losses of the first of them.</summary>
    private static List<double> Train<T>(Module network, Func<T, Pass, Tensor> forward, int steps, Func<int, (T X, IndexTensor Y)> batch)
    {
        var optimizer = new Adam(network.Parameters().Select(p => p.Parameter), 1e-3);
        var random = new RandomStream(0);
        var losses = new List<double>();
        for (int step = 0; step < steps; step++)
        {
            using var scope = TensorScope.Begin();
            var (x, y) = batch(step);
            var loss = Loss.CrossEntropy(forward(x, Pass.Training(random.Derive(step))), y);
            optimizer.ClearGradients();
            loss.Backward();
            optimizer.Step();
            if (losses.Count < ComparedSteps) losses.Add(loss.Item());
        }
        return losses;
    }

    /// <summary>Sets the parameters, one after the other.</summary>
    private static void SetWeights(Module network, Backend backend, float[] weights)
    {
        var state = new Dictionary<string, float[]>();
        int start = 0;
        foreach (var (path, parameter) in network.Parameters())
        {
            state[path] = weights[start..(start + parameter.Shape.Size)];
            start += parameter.Shape.Size;
        }
        network.SetState(backend, state);
    }

    private static double MeanLoss(float[] logits, ReadOnlySpan<int> classes)
    {
        int k = logits.Length / classes.Length;
        double loss = 0;
        for (int i = 0; i < classes.Length; i++)
        {
            var row = logits.AsSpan(i * k, k);
            loss += Dense.LogSumExp(row) - row[classes[i]];
        }
        return loss / classes.Length;
    }

    /// <summary>Images in one tensor, from which batches are taken.</summary>
    private sealed class Images
    {
        private readonly Tensor _pixels;
        private readonly Shape _image;

        public Images(CoreData data, Backend backend, string part, Shape image)
        {
            float[] pixels = data.Read<float>($"{Digits}{part}_X.f32");
            Classes = data.Read<int>($"{Digits}{part}_y.i32");
            (Backend, _image) = (backend, image);
            _pixels = Tensor.From(backend, pixels, [Classes.Length, image.Size]);
        }

        public Backend Backend { get; }

        public int[] Classes { get; }

        public (Tensor X, IndexTensor Y) Batch(int[] rows)
        {
            var x = Tensor.Rows(_pixels, new IndexTensor(rows, [rows.Length])).Reshape([rows.Length, .. _image]);
            return (x, new IndexTensor(Array.ConvertAll(rows, row => Classes[row]), [rows.Length]));
        }

        public Tensor Range(int start, int rows) => _pixels.Narrow(0, start, rows).Reshape([rows, .. _image]);
    }

    /// <summary>A text whose next token is to be told at every place.</summary>
    private sealed class Text(CoreData data)
    {
        private const int Length = NetworkSets.SequenceLength, Count = NetworkSets.Sequences;

        private readonly byte[] _tokens = data.Read<byte>($"{NetworkSets.Tokens}.u8");
        private readonly int[] _starts = data.Read<int>("networks_starts.i32");

        public (IndexTensor X, IndexTensor Y) Batch(int step)
        {
            var (x, y) = (new int[Count * Length], new int[Count * Length]);
            for (int i = 0; i < x.Length; i++)
            {
                int at = _starts[(step * Count) + (i / Length)] + (i % Length);
                (x[i], y[i]) = (_tokens[at], _tokens[at + 1]);
            }
            return (new(x, [Count, Length]), new(y, [Count, Length]));
        }
    }

    /// <summary>Tokens to the logits of the token after each: embedding, LSTM, one output for each token.</summary>
    private sealed class Characters : Module
    {
        private readonly Parameter _embedding;
        private readonly Lstm _lstm;
        private readonly Linear _output;

        public Characters()
        {
            _embedding = AddParameter("embedding", [NetworkSets.TokenCount, NetworkSets.Units], new Initializer.Normal(1));
            _lstm = AddModule("lstm", new Lstm(NetworkSets.Units, NetworkSets.Units));
            _output = AddModule("output", new Linear(NetworkSets.Units, NetworkSets.TokenCount));
        }

        public Tensor Forward(IndexTensor x, Pass pass) => _output.Forward(_lstm.Forward(Tensor.Rows(_embedding, x), pass), pass);
    }
}
