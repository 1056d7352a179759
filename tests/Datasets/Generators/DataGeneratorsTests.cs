using MLPath.Data;
using MLPath.Datasets;
using MLPath.Runtime;

namespace MLPath.Tests.Datasets.Generators;

[TestClass]
public sealed class DataGeneratorsTests
{
    private readonly DataGenerators _generate = new DataOperationsCatalog(new MLEnvironment(seed: 7)).Generate;

    [TestMethod]
    public void Shapes_types_and_defaults_are_as_documented()
    {
        Assert.AreEqual("Features:Vector<Single, 2> Label:Key<3>", _generate.Blobs().Types());
        Assert.AreEqual("Features:Vector<Single, 2> Label:Boolean", _generate.Moons().Types());
        Assert.AreEqual("Features:Vector<Single, 2> Label:Boolean", _generate.Circles().Types());
        Assert.AreEqual("Features:Vector<Single, 20> Label:Boolean", _generate.Classification().Types());
        Assert.AreEqual("Features:Vector<Single, 20> Label:Key<4>", _generate.Classification(informative: 3, classes: 4).Types());
        var regression = _generate.Regression();
        Assert.AreEqual("Features:Vector<Single, 100> Label:Single", regression.Data.Types());
        IDataView[] views = [_generate.Blobs(), _generate.Moons(), _generate.Circles(), _generate.Classification(), regression.Data];
        foreach (var view in views)
            Assert.AreEqual(100L, view.GetRowCount());
        CollectionAssert.AreEqual(new[] { "0", "1", "2" }, _generate.Blobs().Schema["Label"].KeyValueTexts().ToArray());
    }

    [TestMethod]
    public void The_same_arguments_give_the_same_data_and_another_seed_gives_other_data()
    {
        Func<int?, IDataView>[] generators =
        [
            seed => _generate.Blobs(seed: seed),
            seed => _generate.Moons(noise: 0.1, seed: seed),
            seed => _generate.Circles(noise: 0.1, seed: seed),
            seed => _generate.Classification(seed: seed),
            seed => _generate.Regression(noise: 1, seed: seed).Data,
        ];
        foreach (var generate in generators)
        {
            string first = DataFingerprint.Compute(generate(1));
            Assert.AreEqual(first, DataFingerprint.Compute(generate(1)));
            Assert.AreNotEqual(first, DataFingerprint.Compute(generate(2)));
            Assert.AreNotEqual(first, DataFingerprint.Compute(generate(-1)));
            Assert.AreEqual(DataFingerprint.Compute(generate(null)), DataFingerprint.Compute(generate(7)), "the default seed");
        }
    }

    [TestMethod]
    public void Blobs_have_the_centres_and_the_spread_asked_for()
    {
        double[][] centers = [[0, 0, 0], [5, -5, 2], [-20, 1, 1]];
        var view = _generate.Blobs(centers, rows: 30_001, standardDeviation: 2);
        var (points, labels) = (view.Vectors("Features"), view.Column<uint>("Label"));
        int[] counts = [.. Enumerable.Range(1, 3).Select(key => labels.Count(l => l == key))];
        CollectionAssert.AreEqual(new[] { 10_001, 10_000, 10_000 }, counts);
        for (int c = 0; c < 3; c++)
        {
            var cloud = points.Where((_, i) => labels[i] == c + 1).ToArray();
            for (int j = 0; j < 3; j++)
            {
                var (mean, variance) = Moments(cloud.Select(x => (double)x[j]));
                Assert.AreEqual(centers[c][j], mean, 5 * 2 / Math.Sqrt(10_000), "mean, within five standard errors");
                Assert.AreEqual(4, variance, 5 * 4 * Math.Sqrt(2 / 10_000.0), "variance, within five standard errors");
            }
        }
    }

    [TestMethod]
    public void Blobs_without_spread_lie_on_their_centres_within_the_range()
    {
        var view = _generate.Blobs(rows: 400, centers: 40, features: 3, standardDeviation: 0, centerRange: 2);
        var points = view.Vectors("Features").Select(x => string.Join(' ', x)).Distinct().ToArray();
        Assert.HasCount(40, points);
        Assert.IsTrue(view.Vectors("Features").SelectMany(x => x).All(v => v is >= -2 and <= 2));
        var more = _generate.Blobs(rows: 4000, centers: 40, features: 3, standardDeviation: 0, centerRange: 2);
        CollectionAssert.AreEquivalent(points, more.Vectors("Features").Select(x => string.Join(' ', x)).Distinct().ToArray(),
            "more rows come from the same centres");
    }

    [TestMethod]
    public void Rows_are_in_random_order()
    {
        var labels = _generate.Blobs(rows: 300).Column<uint>("Label");
        int changes = Enumerable.Range(1, 299).Count(i => labels[i] != labels[i - 1]);
        Assert.IsTrue(changes is > 150 and < 250, $"{changes} changes of class; two thirds of 299 are expected");
    }

    [TestMethod]
    public void Moons_are_half_circles_that_a_line_does_not_separate()
    {
        var view = _generate.Moons(rows: 201);
        var (points, labels) = (view.Vectors("Features"), view.Column<bool>("Label"));
        Assert.AreEqual(101, labels.Count(l => l));
        for (int i = 0; i < points.Length; i++)
        {
            double x = points[i][0], y = points[i][1];
            double radius = labels[i] ? Math.Sqrt(((x - 1) * (x - 1)) + ((y - 0.5) * (y - 0.5))) : Math.Sqrt((x * x) + (y * y));
            Assert.AreEqual(1, radius, 1e-6);
            Assert.IsTrue(labels[i] ? y <= 0.5 + 1e-6 : y >= -1e-6);
        }
        Assert.IsLessThan(0.95, LinearAccuracy(points, labels));
    }

    [TestMethod]
    public void Circles_have_their_radii_and_no_line_is_better_than_chance()
    {
        var view = _generate.Circles(rows: 200, factor: 0.5);
        var (points, labels) = (view.Vectors("Features"), view.Column<bool>("Label"));
        Assert.AreEqual(100, labels.Count(l => l));
        for (int i = 0; i < points.Length; i++)
            Assert.AreEqual(labels[i] ? 0.5 : 1, Math.Sqrt((points[i][0] * points[i][0]) + (points[i][1] * points[i][1])), 1e-6);
        Assert.IsLessThan(0.7, LinearAccuracy(points, labels));
    }

    [TestMethod]
    public void Noise_has_the_standard_deviation_asked_for()
    {
        var still = _generate.Circles(rows: 20_000, factor: 0);
        var noisy = _generate.Circles(rows: 20_000, factor: 0, noise: 0.3);
        var inner = noisy.Column<bool>("Label");
        CollectionAssert.AreEqual(still.Column<bool>("Label"), inner, "noise does not change the order");
        var (mean, variance) = Moments(noisy.Vectors("Features").Where((_, i) => inner[i]).Select(x => (double)x[1]));
        Assert.AreEqual(0, mean, 5 * 0.3 / 100);
        Assert.AreEqual(0.09, variance, 5 * 0.09 * Math.Sqrt(2 / 10_000.0));
    }

    [TestMethod]
    public void Redundant_features_are_combinations_of_the_informative_and_noise_is_not()
    {
        var view = _generate.Classification(rows: 2000, features: 8, informative: 3, redundant: 2, flippedLabels: 0);
        CollectionAssert.AreEqual(
            new[] { "Informative0", "Informative1", "Informative2", "Redundant0", "Redundant1", "Noise0", "Noise1", "Noise2" },
            view.Schema["Features"].SlotNamesOrDefault().ToArray());
        var points = view.Vectors("Features");
        for (int j = 3; j < 8; j++)
        {
            double unexplained = UnexplainedShare(points, inputs: 3, target: j);
            if (j < 5) Assert.IsLessThan(1e-9, unexplained);
            else Assert.IsGreaterThan(0.99, unexplained);
        }
        for (int j = 5; j < 8; j++)
        {
            var (mean, variance) = Moments(points.Select(x => (double)x[j]));
            Assert.AreEqual(0, mean, 5 / Math.Sqrt(2000));
            Assert.AreEqual(1, variance, 5 * Math.Sqrt(2 / 2000.0));
        }
    }

    [TestMethod]
    public void Classes_are_balanced_separate_with_the_margin_and_flip_as_asked()
    {
        var easy = Separable(rows: 1000, flippedLabels: 0);
        var labels = easy.Column<bool>("Label");
        Assert.AreEqual(500, labels.Count(l => l));
        Assert.AreEqual(1, LinearAccuracy(easy.Vectors("Features"), labels));

        var flipped = Separable(rows: 20_000, flippedLabels: 0.2);
        double accuracy = LinearAccuracy(flipped.Vectors("Features"), flipped.Column<bool>("Label"));
        Assert.AreEqual(0.9, accuracy, 0.01, "half of a fifth of the labels stay right by chance");

        var wide = _generate.Classification(rows: 600, features: 70, informative: 70, redundant: 0, classes: 6, flippedLabels: 0);
        Assert.IsTrue(Enumerable.Range(1, 6).All(key => wide.Column<uint>("Label").Count(l => l == key) == 100));

        IDataView Separable(int rows, double flippedLabels) => _generate.Classification(
            rows, features: 4, informative: 4, redundant: 0, clustersPerClass: 1, classSeparation: 10, flippedLabels: flippedLabels);
    }

    [TestMethod]
    public void A_regression_without_noise_is_exactly_its_coefficients()
    {
        var sample = _generate.Regression(rows: 50, features: 12, informative: 5, intercept: -3);
        Assert.AreEqual(5, sample.Coefficients.Count(c => c is > 0 and <= 100));
        Assert.AreEqual(7, sample.Coefficients.Count(c => c == 0));
        Assert.AreEqual(-3, sample.Intercept);
        var (points, labels) = (sample.Data.Vectors("Features"), sample.Data.Numbers("Label"));
        for (int i = 0; i < 50; i++)
        {
            double y = sample.Intercept + points[i].Select((x, j) => x * sample.Coefficients[j]).Sum();
            Assert.AreEqual(y, labels[i], 1e-6 * (1 + Math.Abs(y)));
        }
    }

    [TestMethod]
    public void The_noise_of_a_regression_has_the_standard_deviation_asked_for()
    {
        var sample = _generate.Regression(rows: 20_000, features: 3, informative: 3, noise: 2);
        var (points, labels) = (sample.Data.Vectors("Features"), sample.Data.Numbers("Label"));
        var (mean, variance) = Moments(labels.Select((y, i) => y - points[i].Select((x, j) => x * sample.Coefficients[j]).Sum()));
        Assert.AreEqual(0, mean, 5 * 2 / Math.Sqrt(20_000));
        Assert.AreEqual(4, variance, 5 * 4 * Math.Sqrt(2 / 20_000.0));
    }

    [TestMethod]
    public void Bad_arguments_are_named_with_their_range()
    {
        AssertRefused(() => _generate.Blobs(rows: 2), "rows is 2; expected at least 3");
        AssertRefused(() => _generate.Blobs(centers: 0), "centers is 0; expected at least 1");
        AssertRefused(() => _generate.Blobs(features: 0), "features is 0");
        AssertRefused(() => _generate.Blobs(standardDeviation: -1), "standardDeviation is -1; expected a finite number, at least 0");
        AssertRefused(() => _generate.Blobs(centerRange: double.NaN), "centerRange is NaN; expected a finite number above 0");
        AssertRefused(() => _generate.Moons(rows: 1), "rows is 1; expected at least 2");
        AssertRefused(() => _generate.Moons(noise: double.PositiveInfinity), "noise is Infinity");
        AssertRefused(() => _generate.Circles(factor: 1), "factor is 1; expected at least 0 and below 1");
        AssertRefused(() => _generate.Circles(factor: double.NaN), "factor is NaN");
        AssertRefused(() => _generate.Classification(features: 3), "features is 3; expected at least informative + redundant, 4");
        AssertRefused(() => _generate.Classification(classes: 1), "classes is 1");
        AssertRefused(() => _generate.Classification(classes: 3), "informative is 2; expected enough that 2 to its power is at least");
        AssertRefused(() => _generate.Classification(rows: 3), "rows is 3; expected at least one for each of the 4 clusters");
        AssertRefused(() => _generate.Classification(classSeparation: 0), "classSeparation is 0");
        AssertRefused(() => _generate.Classification(flippedLabels: 1.1), "flippedLabels is 1.1; expected from 0 to 1");
        AssertRefused(() => _generate.Regression(features: 5), "informative is 10; expected from 0 to the number of features, 5");
        AssertRefused(() => _generate.Regression(rows: 0), "rows is 0");
        AssertRefused(() => _generate.Regression(intercept: double.NaN), "intercept is NaN; expected a finite number");
        Assert.ThrowsExactly<ArgumentException>(() => _generate.Blobs([]));
        Assert.ThrowsExactly<ArgumentException>(() => _generate.Blobs([[1, 2], [3]]));
        Assert.ThrowsExactly<ArgumentException>(() => _generate.Blobs([[], []]));
    }

    private static void AssertRefused(Func<object> generate, string message) =>
        StringAssert.Contains(Assert.ThrowsExactly<ArgumentOutOfRangeException>(generate).Message, message);

    private static (double Mean, double Variance) Moments(IEnumerable<double> values)
    {
        double[] all = [.. values];
        double mean = all.Average();
        return (mean, all.Average(v => (v - mean) * (v - mean)));
    }

    /// <summary>Training accuracy of the sign of a least-squares fit to ±1, with an intercept.</summary>
    private static double LinearAccuracy(float[][] points, bool[] labels)
    {
        var residuals = Residuals(points, points[0].Length, [.. labels.Select(l => l ? 1.0 : -1.0)]);
        return labels.Where((l, i) => (l ? 1 : -1) - residuals[i] > 0 == l).Count() / (double)labels.Length;
    }

    /// <summary>The part of a feature's variance that a linear fit on the first features leaves.</summary>
    private static double UnexplainedShare(float[][] points, int inputs, int target)
    {
        double[] y = [.. points.Select(x => (double)x[target])];
        return Moments(Residuals(points, inputs, y)).Variance / Moments(y).Variance;
    }

    /// <summary>y less its least-squares fit on the first features and a constant, by the normal equations.</summary>
    private static double[] Residuals(float[][] points, int inputs, double[] y)
    {
        int p = inputs + 1;
        var rows = points.Select(x => x.Take(inputs).Select(v => (double)v).Append(1).ToArray()).ToArray();
        var a = new double[p, p + 1];
        for (int i = 0; i < rows.Length; i++)
        {
            for (int j = 0; j < p; j++)
            {
                for (int k = 0; k < p; k++) a[j, k] += rows[i][j] * rows[i][k];
                a[j, p] += rows[i][j] * y[i];
            }
        }
        for (int pivot = 0; pivot < p; pivot++)
        {
            for (int j = 0; j < p; j++)
            {
                if (j == pivot) continue;
                double factor = a[j, pivot] / a[pivot, pivot];
                for (int k = pivot; k <= p; k++) a[j, k] -= factor * a[pivot, k];
            }
        }
        double[] w = [.. Enumerable.Range(0, p).Select(j => a[j, p] / a[j, j])];
        return [.. rows.Select((x, i) => y[i] - x.Zip(w, (v, c) => v * c).Sum())];
    }
}
