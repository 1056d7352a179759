using MLPath.Deep;
using MLPath.Numerics;

namespace MLPath.Samples;

/// <summary>
/// What a network's layers bend numbers with, what its output is measured by, and what its weights begin with. A sum of n terms wᵢ xᵢ has the variance
/// n Var(w) E[x²]: with Var(w) = 1/n it stays, with less it dies out over layers, with more it explodes. ReLU cuts half off, so that 2/n keeps it (He).
/// tanh is nearly linear about 0, and 1/n suits it (Glorot); with large weights its values cannot explode, but the gradients do.
/// </summary>
internal static class ActivationsLossesInitialisation
{
    private const int Layers = 10, Width = 128, Rows = 64;

    public static IReadOnlyList<SideBySide> Run(TextWriter output) => [.. Activations(output), .. Losses(output), .. Initialisation(output)];

    private static IEnumerable<SideBySide> Activations(TextWriter output)
    {
        (string Name, UnaryFunction Function, Func<double, double> Value, Func<double, double> Slope)[] functions =
        [
            ("sigmoid", UnaryFunction.Sigmoid, Sigmoid, x => Sigmoid(x) * (1 - Sigmoid(x))),
            ("tanh", UnaryFunction.Tanh, Math.Tanh, x => 1 - (Math.Tanh(x) * Math.Tanh(x))),
            ("ReLU", UnaryFunction.ReLU, x => Math.Max(x, 0), x => x > 0 ? 1 : 0),
            ("SiLU", UnaryFunction.SiLU, x => x * Sigmoid(x), x => Sigmoid(x) * (1 + (x * (1 - Sigmoid(x))))),
        ];
        double[] at = [-4, -1, -0.1, 0.5, 2];
        output.WriteLine("   activations, f(x) and f′(x):");
        foreach (var (name, function, value, slope) in functions)
        {
            output.WriteLine($"     {name,-8}" + string.Concat(at.Select(x => FormattableString.Invariant($"  f({x}) = {value(x),7:0.0000}, f′ {slope(x),6:0.0000}"))));
            var x = Tensor.From(new CpuBackend(), [.. at.Select(v => (float)v)], [at.Length]).WithGradient();
            var y = x.Map(function);
            y.Sum().Backward();
            yield return new($"{name}(2)", value(2), y.ToArray()[^1], 1e-6);
            yield return new($"{name}′(-1)", slope(-1), x.Gradient!.ToArray()[1], 1e-6);
        }
    }

    private static IEnumerable<SideBySide> Losses(TextWriter output)
    {
        // Numbers. An outlier pulls the squared error with all its distance, Huber's loss with δ = 1.
        double[] prediction = [1.0, 2.5, 0.0], truth = [1.2, 2.0, 8.0];
        double[] d = [.. prediction.Zip(truth, (x, t) => x - t)];
        double squared = d.Average(v => v * v), absolute = d.Average(Math.Abs), huber = d.Average(v => Math.Abs(v) <= 1 ? v * v / 2 : Math.Abs(v) - 0.5);
        var backend = new CpuBackend();
        var t = Tensor.From(backend, [1.2f, 2, 8], [3]);
        var x = Tensor.From(backend, [1, 2.5f, 0], [3]).WithGradient();
        yield return new("squared error", squared, Loss.MeanSquaredError(x, t).Item(), 1e-5);
        yield return new("absolute error", absolute, Loss.MeanAbsoluteError(x, t).Item(), 1e-5);
        var huberLoss = Loss.Huber(x, t);
        huberLoss.Backward();
        yield return new("Huber", huber, huberLoss.Item(), 1e-5);
        yield return new("pull of the outlier on Huber's", Math.Clamp(d[2], -1, 1) / 3, x.Gradient!.ToArray()[2], 1e-6);

        // Classes. The gradient of −ln softmax(z)_c is softmax(z) less 1 at c: what the network believed, less what is true.
        double[] z = [2.0, -1.0, 0.5];
        const int Class = 2;
        double sum = z.Sum(Math.Exp);
        double[] p = [.. z.Select(v => Math.Exp(v) / sum)];
        var logits = Tensor.From(backend, [2, -1, 0.5f], [1, 3]).WithGradient();
        var crossEntropy = Loss.CrossEntropy(logits, new IndexTensor([Class], [1]));
        crossEntropy.Backward();
        output.WriteLine(FormattableString.Invariant($"   softmax({string.Join("; ", z)}) = {p[0]:0.000}, {p[1]:0.000}, {p[2]:0.000}; the third is true and costs {-Math.Log(p[Class]):0.0000}"));
        yield return new("cross-entropy", -Math.Log(p[Class]), crossEntropy.Item(), 1e-6);
        yield return new("its gradient at the true class", p[Class] - 1, logits.Gradient!.ToArray()[Class], 1e-6);

        // By logits nothing overflows: −ln σ(−40) is 40, where 1 − σ(40) is 0 in single precision.
        double certain = Math.Log(1 + Math.Exp(40));
        yield return new("binary cross-entropy of logit -40", certain, Loss.BinaryCrossEntropy(Tensor.From(backend, [-40f], [1]), Tensor.Full(backend, [1], 1)).Item(), 1e-4);
    }

    private static IEnumerable<SideBySide> Initialisation(TextWriter output)
    {
        (string Name, UnaryFunction Function, double Deviation, Initializer Initializer)[] ways =
        [
            ("ReLU, 0.01", UnaryFunction.ReLU, 0.01, new Initializer.Normal(0.01)),
            ("ReLU, 1/√n", UnaryFunction.ReLU, 1 / Math.Sqrt(Width), new Initializer.LeCunNormal()),
            ("ReLU, √(2/n), He", UnaryFunction.ReLU, Math.Sqrt(2.0 / Width), new Initializer.KaimingNormal()),
            ("tanh, 1", UnaryFunction.Tanh, 1, new Initializer.Normal(1)),
            ("tanh, √(2/(n+n)), Glorot", UnaryFunction.Tanh, Math.Sqrt(2.0 / (Width + Width)), new Initializer.XavierNormal()),
        ];
        output.WriteLine(FormattableString.Invariant($"   mean square of the activations through {Layers} layers of {Width}, and of the first layer's weight gradients:"));
        foreach (var (name, function, deviation, initializer) in ways)
        {
            double[] byHand = Forward(function, deviation);
            var (library, gradient) = ForwardAndBack(function, initializer);
            output.WriteLine($"     {name,-25}" + string.Concat(byHand.Where((_, i) => i % 3 == 0).Select(v => FormattableString.Invariant($" {v:0.0e+00}"))) +
                FormattableString.Invariant($"   gradient {gradient:0.0e+00}"));
            yield return new($"ln of it, layer {Layers}, {name}", Math.Log(byHand[^1]), Math.Log(library[^1]), 1e-3);
        }
    }

    /// <summary>The mean square of the activations after each layer, in loops.</summary>
    private static double[] Forward(UnaryFunction function, double deviation)
    {
        double[][] h = Inputs();
        var squares = new double[Layers];
        for (int layer = 0; layer < Layers; layer++)
        {
            // Every weight draws from the stream of its own path, as in a module.
            var random = new RandomStream(1).Derive($"{2 * layer}.weight");
            double[][] w = [.. Enumerable.Range(0, Width).Select(_ => Enumerable.Range(0, Width).Select(_ => deviation * random.NextGaussian()).ToArray())];
            h = [.. h.Select(row => w.Select(weights =>
            {
                double sum = 0;
                for (int i = 0; i < Width; i++)
                    sum += weights[i] * row[i];
                return function == UnaryFunction.ReLU ? Math.Max(sum, 0) : Math.Tanh(sum);
            }).ToArray())];
            squares[layer] = h.Average(row => row.Average(v => v * v));
        }

        return squares;
    }

    /// <summary>The same by layers, and how large the gradient of the first weights is for a loss of size one.</summary>
    private static (double[] Squares, double Gradient) ForwardAndBack(UnaryFunction function, Initializer initializer)
    {
        var network = new Sequential();
        for (int layer = 0; layer < Layers; layer++)
        {
            network.Add(new Linear(Width, Width, bias: false, initializer));
            network.Add(new Activation(function));
        }

        var backend = new CpuBackend();
        network.Initialize(backend, new RandomStream(1));
        var squares = new List<double>();
        var pass = Pass.ScoringWith((layer, y) =>
        {
            if (layer is Activation)
                squares.Add(y.Square().Mean().Item());
        });
        var x = Tensor.From(backend, [.. Inputs().SelectMany(row => row.Select(v => (float)v))], [Rows, Width]);
        network.Forward(x, pass).Mean().Backward();
        return ([.. squares], network.Parameters().First().Parameter.Value.Gradient!.Square().Mean().Item());
    }

    private static double[][] Inputs()
    {
        var random = new RandomStream(2);
        return [.. Enumerable.Range(0, Rows).Select(_ => Enumerable.Range(0, Width).Select(_ => random.NextGaussian()).ToArray())];
    }

    private static double Sigmoid(double x) => 1 / (1 + Math.Exp(-x));
}
