using MLPath.Data;
using MLPath.Trainers;

namespace MLPath.Samples;

/// <summary>
/// A support vector machine wants every row on the right side of its plane by a margin, y (w·x + b) ≥ 1, and pays for those that are not: it
/// minimises ½ ‖w‖² + C Σ max(0, 1 − yᵢ (w·xᵢ + b)). The hinge loss has a kink at 1, so there is a subgradient: w − C Σ yᵢ xᵢ over the rows
/// within the margin. Rows beyond it have no part in the result. The squared hinge has no kink, and plain descent leads to its minimum. With a kernel
/// the plane lies in another space, and bends in this one.
/// </summary>
internal static class SupportVectorMachine
{
    private const double C = 1;

    private sealed class Flower
    {
        [VectorType(2)]
        public float[] Features { get; set; } = [];

        public bool Label { get; set; }

        public double Y => Label ? 1 : -1;
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

        // Steps shrink as 1 / t; the mean of the later ones stands still where they go to and fro across the kink.
        const int Steps = 40000;
        double[] w = [0, 0], mean = [0, 0];
        double b = 0, meanB = 0;
        for (int step = 1; step <= Steps; step++)
        {
            double[] gradient = [w[0], w[1]];
            double gradientB = 0;
            foreach (var flower in flowers)
            {
                if (flower.Y * Decide(w, b, flower) < 1)
                {
                    gradient[0] -= C * flower.Y * flower.Features[0];
                    gradient[1] -= C * flower.Y * flower.Features[1];
                    gradientB -= C * flower.Y;
                }
            }

            double rate = 1.0 / (step + 50);
            w = [w[0] - (rate * gradient[0]), w[1] - (rate * gradient[1])];
            b -= rate * gradientB;
            if (step > Steps / 2)
            {
                mean = [mean[0] + (2 * w[0] / Steps), mean[1] + (2 * w[1] / Steps)];
                meanB += 2 * b / Steps;
            }
        }

        // ½ (‖w‖² + b²) + C Σ max(0, 1 − yᵢ (w·xᵢ + b))², whose gradient is w − 2 C Σ yᵢ max(0, …) xᵢ.
        double[] smooth = [0, 0, 0];
        for (int step = 0; step < 5000; step++)
        {
            double[] gradient = [.. smooth];
            foreach (var flower in flowers)
            {
                double below = Math.Max(0, 1 - (flower.Y * Decide(smooth, smooth[2], flower)));
                gradient[0] -= 2 * C * flower.Y * below * flower.Features[0];
                gradient[1] -= 2 * C * flower.Y * below * flower.Features[1];
                gradient[2] -= 2 * C * flower.Y * below;
            }

            smooth = [.. smooth.Zip(gradient, (u, g) => u - (0.002 * g))];
        }

        IDataView data = ml.Data.LoadFromEnumerable(flowers);
        var linear = ml.BinaryClassification.Trainers.KernelSvm(new KernelSvmTrainer.Options { Kernel = KernelFunction.Linear, C = C }).Fit(data).Model;
        var bent = ml.BinaryClassification.Trainers.KernelSvm(new KernelSvmTrainer.Options { Kernel = KernelFunction.Rbf, C = C }).Fit(data).Model;
        var squared = ml.BinaryClassification.Trainers.LinearSvm(
            new LinearSvmTrainer.Options { Solver = LinearSvmSolver.Newton, Lambda = 1 / (C * flowers.Count) }).Fit(data).Model;
        output.WriteLine($"   Of {flowers.Count} flowers {linear.SupportVectors.Rows} support the plane, and {bent.SupportVectors.Rows} the bent boundary.");

        // The plane's weights are what its decision value gains by one step along each feature.
        double[] plane = Scores(linear, [[0, 0], [1, 0], [0, 1]]);
        return
        [
            new("objective", Objective(mean, meanB, flowers), Objective([plane[1] - plane[0], plane[2] - plane[0]], plane[0], flowers), 1e-2),
            new("w₀ (petal length)", mean[0], plane[1] - plane[0], 2e-2),
            new("w₁ (petal width)", mean[1], plane[2] - plane[0], 2e-2),
            new("b", meanB, plane[0], 2e-2),
            new("w₀, squared hinge", smooth[0], squared.Weights[0], 1e-4),
            new("w₁, squared hinge", smooth[1], squared.Weights[1], 1e-4),
            new("b, squared hinge", smooth[2], squared.Bias, 1e-4),
        ];
    }

    private static double Decide(double[] w, double b, Flower flower) => (w[0] * flower.Features[0]) + (w[1] * flower.Features[1]) + b;

    private static double Objective(double[] w, double b, List<Flower> flowers) =>
        (((w[0] * w[0]) + (w[1] * w[1])) / 2) + (C * flowers.Sum(f => Math.Max(0, 1 - (f.Y * Decide(w, b, f)))));

    private static double[] Scores(KernelSvmBinaryModelParameters model, float[][] points)
    {
        var scores = new float[points.Length];
        model.Score(new FeatureMatrix(points.Length, 2, [.. points.SelectMany(p => p)]), scores, default);
        return [.. scores.Select(s => (double)s)];
    }
}
