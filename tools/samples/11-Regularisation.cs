using MLPath.Data;
using MLPath.Numerics;

namespace MLPath.Samples;

/// <summary>
/// A polynomial of degree 9 through 20 points of a noisy wave can follow the noise: it over-fits. A penalty on its weights holds it back. Ridge
/// regression minimises Σ (ŷᵢ − yᵢ)² + α ‖w‖², whose gradient only gains 2 α w. The lasso minimises 1/2n Σ (ŷᵢ − yᵢ)² + α ‖w‖₁, whose kinks at 0
/// a step of descent handles apart: after each step every weight moves towards 0 by as much as the penalty pulls, and stays there if it arrives.
/// Rows that were held back tell which α is best: with too little the error there is that of the noise learned by heart, with too much that of a
/// curve that no longer bends.
/// </summary>
internal static class Regularisation
{
    private const int Degree = 9;

    private sealed class Point
    {
        [VectorType(Degree)]
        public float[] Features { get; set; } = [];

        public float Label { get; set; }
    }

    public static IReadOnlyList<SideBySide> Run(TextWriter output)
    {
        var ml = new MLContext(seed: 1);
        Point[] train = Wave(20, "train"), validation = Wave(200, "validation");
        IDataView data = ml.Data.LoadFromEnumerable(train);

        // The validation curve, from hardly any penalty to far too much.
        output.WriteLine("   alpha        error on the rows learned from   on rows held back");
        var curve = new List<(double Alpha, double Train, double Validation)>();
        for (double alpha = 1e-7; alpha < 1e4; alpha *= 10)
        {
            var fitted = ml.Regression.Trainers.Ridge(alpha: alpha).Fit(data).Model;
            curve.Add((alpha, Error(train, fitted.Weights, fitted.Bias), Error(validation, fitted.Weights, fitted.Bias)));
            output.WriteLine(FormattableString.Invariant($"   {alpha,-10:0e+0}   {curve[^1].Train,30:0.000}   {curve[^1].Validation,17:0.000}"));
        }

        double best = curve.MinBy(c => c.Validation).Alpha;
        output.WriteLine(FormattableString.Invariant($"   Below {best:0e+0} the polynomial over-fits, above it under-fits."));

        // Both penalties by hand, on centred rows, which need no intercept.
        const double Ridge = 1, Lasso = 0.02;
        var (x, y, means, meanY) = Centred(train);
        double[] ridge = Descend(x, y, 2 * Ridge, 0), lasso = Descend(x, y, 0, 2 * x.Length * Lasso);
        var ridgeModel = ml.Regression.Trainers.Ridge(alpha: Ridge).Fit(data).Model;
        var lassoModel = ml.Regression.Trainers.Lasso(alpha: Lasso).Fit(data).Model;
        output.WriteLine($"   The lasso keeps {lasso.Count(w => w != 0)} of {Degree} powers, ridge regression all of them.");
        return
        [
            new("ridge, weight of x", ridge[0], ridgeModel.Weights[0], 1e-3),
            new("ridge, weight of x³", ridge[2], ridgeModel.Weights[2], 1e-3),
            new("ridge, intercept", meanY - Dense.Dot(ridge, means), ridgeModel.Bias, 1e-3),
            new("lasso, weight of x", lasso[0], lassoModel.Weights[0], 5e-3),
            new("lasso, powers kept", lasso.Count(w => w != 0), lassoModel.NonZeroCount, 0),
            new("lasso, intercept", meanY - Dense.Dot(lasso, means), lassoModel.Bias, 5e-3),
        ];
    }

    // y = sin 3x with noise; the powers of x are the features.
    private static Point[] Wave(int rows, string purpose)
    {
        var random = new RandomStream(1).Derive(purpose);
        return [.. Enumerable.Range(0, rows).Select(i =>
        {
            double x = (2.0 * i / (rows - 1)) - 1;
            return new Point
            {
                Features = [.. Enumerable.Range(1, Degree).Select(power => (float)Math.Pow(x, power))],
                Label = (float)(Math.Sin(3 * x) + (0.3 * random.NextGaussian())),
            };
        })];
    }

    private static double Error(Point[] points, IReadOnlyList<double> weights, double bias) =>
        points.Average(p => Math.Pow(p.Features.Zip(weights, (v, w) => v * w).Sum() + bias - p.Label, 2));

    private static (double[][] X, double[] Y, double[] Means, double MeanY) Centred(Point[] points)
    {
        double[] means = [.. Enumerable.Range(0, Degree).Select(j => points.Average(p => (double)p.Features[j]))];
        double meanY = points.Average(p => (double)p.Label);
        return ([.. points.Select(p => p.Features.Select((v, j) => v - means[j]).ToArray())], [.. points.Select(p => p.Label - meanY)], means, meanY);
    }

    // Walks down Σ (ŷᵢ − yᵢ)² + ½ pull ‖w‖² + push ‖w‖₁.
    private static double[] Descend(double[][] x, double[] y, double pull, double push)
    {
        // A step as long as the steepest curvature allows, which is no more than the sum of all curvatures.
        double rate = 1 / ((2 * x.Sum(row => row.Sum(v => v * v))) + pull);
        var w = new double[Degree];
        for (int step = 1; step <= 100_000; step++)
        {
            var gradient = new double[Degree];
            for (int i = 0; i < x.Length; i++)
            {
                double error = Dense.Dot(x[i], w) - y[i];
                for (int j = 0; j < Degree; j++)
                    gradient[j] += 2 * error * x[i][j];
            }

            for (int j = 0; j < Degree; j++)
            {
                double moved = w[j] - (rate * (gradient[j] + (pull * w[j])));
                w[j] = Math.CopySign(Math.Max(Math.Abs(moved) - (rate * push), 0), moved);
            }
        }

        return w;
    }
}
