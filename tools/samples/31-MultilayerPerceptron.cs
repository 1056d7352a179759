using MLPath.Data;
using MLPath.Numerics;
using MLPath.Trainers;

namespace MLPath.Samples;

/// <summary>
/// No line divides XOR; two layers do. Forward: h = tanh(W x + c), p = σ(v·h + b). Backpropagation is the chain rule from the end: δ = p − y at the output,
/// then δ vⱼ (1 − hⱼ²) at hidden unit j, and each weight's gradient is its δ times what it was multiplied with.
/// </summary>
internal static class MultilayerPerceptron
{
    private const int Hidden = 8;

    private sealed class Point
    {
        [VectorType(2)]
        public float[] Features { get; set; } = [];

        public bool Label { get; set; }
    }

    public static IReadOnlyList<SideBySide> Run(TextWriter output)
    {
        Point[] xor =
        [
            new() { Features = [0, 0], Label = false }, new() { Features = [0, 1], Label = true },
            new() { Features = [1, 0], Label = true }, new() { Features = [1, 1], Label = false },
        ];
        var random = new RandomStream(1);
        double[,] W = new double[Hidden, 2];
        double[] c = new double[Hidden], v = new double[Hidden], h = new double[Hidden];
        double b = 0, loss = 0;
        for (int j = 0; j < Hidden; j++)
            (W[j, 0], W[j, 1], v[j]) = (random.NextGaussian(), random.NextGaussian(), random.NextGaussian());

        for (int epoch = 0; epoch < 2000; epoch++)
        {
            loss = 0;
            foreach (var point in xor)
            {
                double p = Forward(point.Features);
                double y = point.Label ? 1 : 0;
                loss -= point.Label ? Math.Log(p) : Math.Log(1 - p);

                const double Rate = 0.1;
                double δ = p - y;
                for (int j = 0; j < Hidden; j++)
                {
                    double δj = δ * v[j] * (1 - (h[j] * h[j]));
                    v[j] -= Rate * δ * h[j];
                    W[j, 0] -= Rate * δj * point.Features[0];
                    W[j, 1] -= Rate * δj * point.Features[1];
                    c[j] -= Rate * δj;
                }

                b -= Rate * δ;
            }
        }

        double right = xor.Average(point => Forward(point.Features) > 0.5 == point.Label ? 1.0 : 0.0);
        output.WriteLine(FormattableString.Invariant($"   XOR with {Hidden} hidden units: cross-entropy {loss:0.0000} after 2000 rounds."));

        var ml = new MLContext(seed: 1);
        var data = ml.Data.LoadFromEnumerable(xor);
        var trainer = ml.BinaryClassification.Trainers.Mlp(new MlpTrainer.Options { HiddenUnits = [Hidden], Epochs = 1000, BatchSize = 4 });
        var metrics = ml.BinaryClassification.Evaluate(trainer.Fit(data).Transform(data));
        return [new("accuracy", right, metrics.Accuracy, 0)];

        double Forward(float[] x)
        {
            double z = b;
            for (int j = 0; j < Hidden; j++)
            {
                h[j] = Math.Tanh((W[j, 0] * x[0]) + (W[j, 1] * x[1]) + c[j]);
                z += v[j] * h[j];
            }

            return 1 / (1 + Math.Exp(-z));
        }
    }
}
