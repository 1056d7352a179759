namespace MLPath.Datasets;

/// <summary>Generated data for regression together with the truth that an algorithm should find.</summary>
/// <param name="Data">The rows: <c>Features</c>, and <c>Label</c> of type Single.</param>
/// <param name="Coefficients">The true coefficient of each feature; 0 for those that do not matter.</param>
/// <param name="Intercept">The true intercept.</param>
public sealed record RegressionSample(IDataView Data, IReadOnlyList<double> Coefficients, double Intercept);

public sealed partial class DataGenerators
{
    /// <summary>A linear relation: Label = Features · Coefficients + intercept + noise.</summary>
    /// <param name="rows">Rows, at least 1.</param>
    /// <param name="features">Features, independent and standard normal; at least 1.</param>
    /// <param name="informative">
    /// Features with a coefficient other than 0, at random places; from 0 to <paramref name="features"/>.
    /// </param>
    /// <param name="noise">Standard deviation of the normal noise added to the label, at least 0.</param>
    /// <param name="intercept">The intercept, finite.</param>
    /// <param name="seed">The seed; that of the context when omitted.</param>
    /// <returns>The rows and the coefficients, which are uniform on (0, 100] where they are not 0.</returns>
    /// <exception cref="ArgumentOutOfRangeException">An argument is out of its range.</exception>
    public RegressionSample Regression(
        int rows = 100, int features = 100, int informative = 10, double noise = 0, double intercept = 0, int? seed = null)
    {
        Require.AtLeast(1, rows);
        Require.AtLeast(1, features);
        Require.That(informative >= 0 && informative <= features, informative, $"from 0 to the number of features, {features}");
        Require.NotNegative(noise);
        Require.That(double.IsFinite(intercept), intercept, "a finite number");

        var random = Stream("regression", seed);
        var truth = random.Derive("coefficients");
        var coefficients = new double[features];
        foreach (int j in truth.SampleWithoutReplacement(features, informative)) coefficients[j] = 100 * (1 - truth.NextDouble());

        var (points, errors) = (random.Derive("points"), random.Derive("noise"));
        var sample = new LabelledSample(rows, features);
        for (int row = 0; row < rows; row++)
        {
            var x = sample.Row(row);
            double y = intercept + (noise * errors.NextGaussian());
            for (int j = 0; j < features; j++)
            {
                x[j] = (float)points.NextGaussian();
                y += coefficients[j] * x[j];
            }
            sample.Labels[row] = y;
        }
        return new RegressionSample(sample.ToView(random, new NumberLabel(), "generated regression"), coefficients, intercept);
    }
}
