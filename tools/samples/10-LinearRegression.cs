using MLPath.Data;
using MLPath.Numerics;
using MLPath.Trainers;

namespace MLPath.Samples;

/// <summary>
/// The line ŷ = w x + b that comes nearest to the points: it minimises L = 1/n Σ (w xᵢ + b − yᵢ)². Gradient descent walks down ∂L/∂w = 2/n Σ (ŷᵢ − yᵢ) xᵢ and
/// ∂L/∂b = 2/n Σ (ŷᵢ − yᵢ); the normal equations say where the walk ends, w = cov(x, y) / var(x), b = ȳ − w x̄. Or rows take turns, at random: with a
/// penalty ½ λ w² the weight is w = Σ αᵢ xᵢ / (λ n), and each row chooses its own αᵢ best while the others rest (dual coordinate ascent).
/// </summary>
internal static class LinearRegression
{
    private sealed class Patient
    {
        [VectorType(1)]
        public float[] Features { get; set; } = [];

        public float Label { get; set; }
    }

    public static IReadOnlyList<SideBySide> Run(TextWriter output)
    {
        var ml = new MLContext(seed: 1);
        IDataView diabetes = ml.Data.LoadDataset("diabetes");
        double[] x = [.. diabetes.GetColumn<float>("BodyMassIndex").Select(v => (double)v)];
        double[] y = [.. diabetes.GetColumn<float>("Progression").Select(v => (double)v)];

        // By descent. x is standardised first: a valley as long as it is wide is walked down straight.
        double mean = x.Average(), deviation = Math.Sqrt(x.Average(v => (v - mean) * (v - mean)));
        double w = 0, b = 0;
        const double Rate = 0.1;
        for (int step = 1; step <= 200; step++)
        {
            double gradientW = 0, gradientB = 0;
            for (int i = 0; i < x.Length; i++)
            {
                double scaled = (x[i] - mean) / deviation;
                double error = (w * scaled) + b - y[i];
                gradientW += 2 * error * scaled / x.Length;
                gradientB += 2 * error / x.Length;
            }

            (w, b) = (w - (Rate * gradientW), b - (Rate * gradientB));
        }

        double slope = w / deviation, intercept = b - (w * mean / deviation);

        // By the normal equations.
        double meanY = y.Average();
        double covariance = x.Zip(y, (u, v) => (u - mean) * (v - meanY)).Average();
        double exact = covariance / (deviation * deviation);
        output.WriteLine(FormattableString.Invariant($"   200 steps down the gradient end at slope {slope:0.0000}; the normal equations say {exact:0.0000}."));

        // Row by row: for its own αᵢ the dual −(αᵢ² / 4 − αᵢ yᵢ) − ½ λ n w² is greatest where yᵢ − w zᵢ = αᵢ / 2.
        const double Lambda = 0.01;
        double[] z = [.. x.Select(v => (double)(float)((v - mean) / deviation))];
        double[] centred = [.. y.Select(v => (double)(float)(v - meanY))];
        var alpha = new double[x.Length];
        double dual = 0, unit = 1 / (Lambda * x.Length);
        var random = new RandomStream(1);
        for (int step = 0; step < 100 * x.Length; step++)
        {
            int i = random.NextInt32(x.Length);
            double change = (centred[i] - (dual * z[i]) - (alpha[i] / 2)) / (0.5 + (unit * z[i] * z[i]));
            alpha[i] += change;
            dual += unit * change * z[i];
        }

        IDataView patients = ml.Data.LoadFromEnumerable(z.Zip(centred, (u, v) => new Patient { Features = [(float)u], Label = (float)v }));
        var sdca = ml.Regression.Trainers.Sdca(
            new SdcaRegressionTrainer.Options { L2Regularization = Lambda, ConvergenceTolerance = 1e-9, MaximumNumberOfIterations = 500 })
            .Fit(patients).Model;

        var pipeline = ml.Transforms.Concatenate("Features", "BodyMassIndex")
            .Append(ml.Regression.Trainers.Ols(labelColumnName: "Progression"));
        var model = pipeline.Fit(diabetes).LastTransformer.Model;
        return
        [
            new("slope, by descent", slope, model.Weights[0], 1e-3),
            new("slope, by normal equations", exact, model.Weights[0], 1e-3),
            new("intercept", meanY - (exact * mean), model.Bias, 1e-2),
            new("intercept, by descent", intercept, model.Bias, 1e-2),
            new("scaled slope, row by row", dual, sdca.Weights[0], 1e-2),
        ];
    }
}
