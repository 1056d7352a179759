using MLPath.Data;

namespace MLPath.Samples;

/// <summary>
/// The line ŷ = w x + b that comes nearest to the points: it minimises L = 1/n Σ (w xᵢ + b − yᵢ)². Gradient descent walks down ∂L/∂w = 2/n Σ (ŷᵢ − yᵢ) xᵢ and
/// ∂L/∂b = 2/n Σ (ŷᵢ − yᵢ); the normal equations say where the walk ends, w = cov(x, y) / var(x), b = ȳ − w x̄.
/// </summary>
internal static class LinearRegression
{
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
                double z = (x[i] - mean) / deviation;
                double error = (w * z) + b - y[i];
                gradientW += 2 * error * z / x.Length;
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

        var pipeline = ml.Transforms.Concatenate("Features", "BodyMassIndex")
            .Append(ml.Regression.Trainers.Ols(labelColumnName: "Progression"));
        var model = pipeline.Fit(diabetes).LastTransformer.Model;
        return
        [
            new("slope, by descent", slope, model.Weights[0], 1e-3),
            new("slope, by normal equations", exact, model.Weights[0], 1e-3),
            new("intercept", meanY - (exact * mean), model.Bias, 1e-2),
            new("intercept, by descent", intercept, model.Bias, 1e-2),
        ];
    }
}
