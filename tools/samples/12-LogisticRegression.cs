using MLPath.Data;
using MLPath.Trainers;

namespace MLPath.Samples;

/// <summary>
/// Logistic regression models the probability of a class as σ(w·x + b), σ(z) = 1 / (1 + e⁻ᶻ), and minimises the cross-entropy
/// −Σ [y log p + (1 − y) log(1 − p)] + ½ λ ‖w‖². Its gradient is as simple as that of the line: Σ (pᵢ − yᵢ) xᵢ + λ w.
/// </summary>
internal static class LogisticRegression
{
    private const float Penalty = 1;

    private sealed class Flower
    {
        [VectorType(2)]
        public float[] Features { get; set; } = [];

        public bool Label { get; set; }
    }

    public static IReadOnlyList<SideBySide> Run(TextWriter output)
    {
        var ml = new MLContext(seed: 1);
        IDataView iris = ml.Data.LoadDataset("iris");
        float[] length = [.. iris.GetColumn<float>("PetalLength")];
        float[] width = [.. iris.GetColumn<float>("PetalWidth")];
        string[] species = [.. iris.GetColumn<string>("Species")];
        var flowers = Enumerable.Range(0, species.Length).Where(i => species[i] != "setosa")
            .Select(i => new Flower { Features = [length[i] - 5, width[i] - 1.7f], Label = species[i] == "virginica" }).ToList();

        double[] w = [0, 0];
        double b = 0, loss = 0;
        for (int step = 1; step <= 4000; step++)
        {
            double[] gradient = [Penalty * w[0], Penalty * w[1]];
            double gradientB = 0;
            loss = Penalty * ((w[0] * w[0]) + (w[1] * w[1])) / 2;
            foreach (var flower in flowers)
            {
                double p = Sigmoid((w[0] * flower.Features[0]) + (w[1] * flower.Features[1]) + b);
                double y = flower.Label ? 1 : 0;
                loss -= (y * Math.Log(p)) + ((1 - y) * Math.Log(1 - p));
                gradient[0] += (p - y) * flower.Features[0];
                gradient[1] += (p - y) * flower.Features[1];
                gradientB += p - y;
            }

            const double Rate = 0.02;
            w = [w[0] - (Rate * gradient[0]), w[1] - (Rate * gradient[1])];
            b -= Rate * gradientB;
        }

        output.WriteLine(FormattableString.Invariant($"   versicolor or virginica, from two lengths of the petal: cross-entropy with penalty {loss:0.0000} after 4000 steps."));
        var trainer = ml.BinaryClassification.Trainers.LbfgsLogisticRegression(new LbfgsLogisticRegressionBinaryTrainer.Options
        {
            L1Regularization = 0,
            L2Regularization = Penalty,
        });
        var model = trainer.Fit(ml.Data.LoadFromEnumerable(flowers)).Model;
        return
        [
            new("w₀ (petal length)", w[0], model.Weights[0], 1e-3),
            new("w₁ (petal width)", w[1], model.Weights[1], 1e-3),
            new("b", b, model.Bias, 1e-3),
        ];
    }

    private static double Sigmoid(double z) => 1 / (1 + Math.Exp(-z));
}
