using MLPath.Data;
using MLPath.Numerics;
using MLPath.Runtime;
using MLPath.Transforms;

namespace MLPath.Tests.Classical.Decomposition;

[TestClass]
public sealed class PrincipalComponentTests
{
    private static readonly MLContext ML = new();
    private static readonly ReferenceFigures Figures = ReferenceFigures.Load("pca");

    [TestMethod]
    [DataRow("digits", 1797)]
    [DataRow("wide", 40)]
    public void Digits_have_the_components_of_scikit_learn(string name, int rows)
    {
        var expected = Figures[name];
        double[][] digits = Digits(rows);
        var pca = Fit(TestData.Unlabelled(digits), new() { Rank = (int)expected.Number("rank") });
        Near(expected.Vector("variance"), pca.ExplainedVariance, 1e-9);
        Near(expected.Vector("ratio"), pca.ExplainedVarianceRatio, 1e-12);
        Near(expected.Vector("mean"), pca.Mean, 1e-12);
        Near([.. expected.Vector("variance").Select(v => Math.Sqrt(v * (rows - 1)))], pca.SingularValues, 1e-9);
        double[][] components = expected.Rows("components");
        for (int c = 0; c < components.Length; c++)
            Near(components[c], pca.Components.Slice(c * 64, 64), 1e-9);
    }

    [TestMethod]
    [DataRow(200, 8, 8)]
    [DataRow(9, 30, 9)]
    [DataRow(700, 40, 5)]
    public void Components_are_orthonormal_and_of_decreasing_variance(int n, int d, int rank)
    {
        var pca = Fit(TestData.Unlabelled(Cloud(n, d)), new() { Rank = rank });
        for (int a = 0; a < rank; a++)
        {
            var va = pca.Components.Slice(a * d, d);
            for (int b = 0; b <= a; b++)
                Assert.AreEqual(a == b ? 1 : 0, Dense.Dot(va, pca.Components.Slice(b * d, d)), 1e-12);
            if (a > 0)
                Assert.IsLessThanOrEqualTo(pca.ExplainedVariance[a - 1], pca.ExplainedVariance[a]);
            Assert.AreEqual(Dense.NormInfinity(va), va.ToArray().Max(), "The element of greatest magnitude is positive.");
        }
    }

    [TestMethod]
    public void Outputs_are_uncorrelated_and_have_the_variances_told()
    {
        double[][] rows = Cloud(300, 6);
        var data = TestData.Unlabelled(rows);
        var pca = Fit(data, new() { Rank = 4 });
        float[][] made = TestData.Vectors(pca.Transform(data), "Features");
        for (int a = 0; a < 4; a++)
        {
            Assert.AreEqual(0, made.Average(r => r[a]), 1e-5);
            for (int b = 0; b <= a; b++)
                Assert.AreEqual(a == b ? pca.ExplainedVariance[a] : 0, made.Sum(r => (double)r[a] * r[b]) / 299, 1e-5);
        }

        double total = Enumerable.Range(0, 6).Sum(j => rows.Sum(r => Math.Pow(r[j] - rows.Average(s => s[j]), 2))) / 299;
        Assert.AreEqual(total, pca.TotalVariance, 1e-5);
    }

    [TestMethod]
    public void All_components_together_keep_every_distance()
    {
        double[][] rows = Cloud(50, 5);
        var data = TestData.Unlabelled(rows);
        var pca = Fit(data, new() { Rank = 5 });
        float[][] made = TestData.Vectors(pca.Transform(data), "Features");
        Assert.AreEqual(1, pca.ExplainedVarianceRatio.Sum(), 1e-12);
        for (int i = 1; i < rows.Length; i++)
            Assert.AreEqual(Dense.SquaredDistance(rows[0], rows[i]), Dense.SquaredDistance(made[0], made[i]), 1e-4);
    }

    [TestMethod]
    public void Whitened_outputs_have_variance_one()
    {
        var data = TestData.Unlabelled(Cloud(300, 6));
        float[][] made = TestData.Vectors(Fit(data, new() { Rank = 6, Whiten = true }).Transform(data), "Features");
        for (int c = 0; c < 6; c++)
            Assert.AreEqual(1, made.Sum(r => (double)r[c] * r[c]) / 299, 1e-5);
    }

    [TestMethod]
    [DataRow(40, 3)]
    [DataRow(6, 30)]
    public void A_row_of_weight_three_counts_like_three_rows(int n, int d)
    {
        double[][] rows = Cloud(n, d);
        float[] weights = [.. Enumerable.Range(0, n).Select(i => (float)(1 + (i % 3)))];
        double[][] repeated = [.. rows.SelectMany((row, i) => Enumerable.Repeat(row, (int)weights[i]))];
        var weighted = Fit(TestData.Unlabelled(rows, weights), new() { Rank = 3, ExampleWeightColumnName = "Weight" });
        var plain = Fit(TestData.Unlabelled(repeated), new() { Rank = 3 });
        Near(plain.ExplainedVariance, weighted.ExplainedVariance, 1e-12);
        Near(plain.ExplainedVarianceRatio, weighted.ExplainedVarianceRatio, 1e-12);
        Near(plain.Components, weighted.Components, 1e-10);
        Near(plain.Mean, weighted.Mean, 1e-12);
    }

    [TestMethod]
    public void Rows_of_weight_zero_are_left_out()
    {
        double[][] rows = Cloud(20, 3);
        float[] weights = [.. Enumerable.Range(0, 20).Select(i => i < 15 ? 1f : 0f)];
        rows[17][1] = double.NaN;
        var weighted = Fit(TestData.Unlabelled(rows, weights), new() { Rank = 2, ExampleWeightColumnName = "Weight" });
        Near(Fit(TestData.Unlabelled(rows[..15]), new() { Rank = 2 }).Components, weighted.Components, 0);
    }

    [TestMethod]
    public void Without_centring_directions_are_those_of_the_mean_square_about_zero()
    {
        double[][] rows = [[3, 0], [3, 1], [3, -1], [3, 0]];
        var pca = Fit(TestData.Unlabelled(rows), new() { Rank = 2, EnsureZeroMean = false });
        Near([1, 0, 0, 1], pca.Components, 1e-15);
        Near([9, 0.5], pca.ExplainedVariance, 1e-15);
        Near([0, 0], pca.Mean, 0);
        Near([0, 1, 1, 0], Fit(TestData.Unlabelled(rows), new() { Rank = 2 }).Components, 1e-15);
    }

    [TestMethod]
    [DataRow(700, 70)]
    [DataRow(70, 700)]
    public void Threads_do_not_change_a_bit(int n, int d)
    {
        var data = TestData.Unlabelled(Cloud(n, d));
        var estimator = new PrincipalComponentAnalyzer(new() { Rank = 3 });
        var expected = estimator.Fit(data, FitContext.Default with { Threads = 1 });
        foreach (int threads in (int[])[2, 5])
            Near(expected.Components, estimator.Fit(data, FitContext.Default with { Threads = threads }).Components, 0);
    }

    [TestMethod]
    public void One_row_and_sparse_rows_give_the_same_bits()
    {
        double[][] rows = Cloud(30, 7);
        rows[4][2] = rows[4][3] = 0;
        var pca = Fit(TestData.Unlabelled(rows), new() { Rank = 3 });
        float[][] made = TestData.Vectors(pca.Transform(TestData.Unlabelled(rows)), "Features");
        float[][] sparse = TestData.Vectors(pca.Transform(TestData.Unlabelled(rows, sparse: true)), "Features");
        for (int i = 0; i < rows.Length; i++)
        {
            CollectionAssert.AreEqual(made[i], sparse[i]);
            CollectionAssert.AreEqual(made[i], TestData.Vectors(pca.Transform(TestData.Unlabelled([rows[i]])), "Features")[0]);
        }

        Near(pca.Components, Fit(TestData.Unlabelled(rows, sparse: true), new() { Rank = 3 }).Components, 0);
    }

    [TestMethod]
    public void A_file_gives_back_the_transformer()
    {
        var data = TestData.Unlabelled(Cloud(40, 4));
        var pca = Fit(data, new() { OutputColumnName = "Directions", InputColumnName = "Features", Rank = 2, Whiten = true });
        var loaded = Fits.RoundTrip(pca);
        Assert.AreEqual(DataFingerprint.Compute(pca.Transform(data)), DataFingerprint.Compute(loaded.Transform(data)));
        Assert.AreEqual((pca.ToString(), pca.Whiten, pca.TotalVariance), (loaded.ToString(), loaded.Whiten, loaded.TotalVariance));
        Near(pca.ExplainedVariance, loaded.ExplainedVariance, 0);
        Near(pca.SingularValues, loaded.SingularValues, 0);
    }

    [TestMethod]
    public void The_schema_is_as_promised_before_the_fit()
    {
        var data = TestData.Unlabelled(Cloud(40, 4));
        var estimator = ML.Transforms.ProjectToPrincipalComponents("Directions", "Features", rank: 2);
        var promised = estimator.GetOutputSchema(SchemaShape.Create(data.Schema));
        var made = estimator.Fit(data).Transform(data);
        Assert.AreEqual(SchemaShape.Create(made.Schema).ToString(), promised.ToString());
        CollectionAssert.AreEqual(new[] { "PC1", "PC2" }, made.Schema["Directions"].SlotNamesOrDefault().ToArray());
    }

    [TestMethod]
    [DataRow(12, 3)]
    [DataRow(1, 1)]
    [DataRow(3, 5)]
    public void Rows_without_variance_give_zeros(int n, int d)
    {
        double[][] rows = [.. Enumerable.Repeat(Enumerable.Repeat(0.1, d).ToArray(), n)];
        var data = TestData.Unlabelled(rows, [.. Enumerable.Range(0, n).Select(i => 0.7f + i)]);
        int rank = Math.Min(n, d);
        var pca = Fit(data, new() { Rank = rank, Whiten = true, ExampleWeightColumnName = "Weight" });
        Assert.IsTrue(pca.ExplainedVarianceRatio.All(r => r == 0));
        Assert.IsTrue(TestData.Vectors(pca.Transform(data), "Features").All(r => r.All(v => v == 0)));
        for (int c = 0; c < rank; c++)
            Assert.AreEqual(1, Dense.Norm(pca.Components.Slice(c * d, d)), 1e-12);
    }

    [TestMethod]
    public void Too_many_components_are_refused()
    {
        var data = TestData.Unlabelled(Cloud(40, 4));
        var estimator = ML.Transforms.ProjectToPrincipalComponents("Features");
        foreach (Action act in (Action[])[() => estimator.GetOutputSchema(SchemaShape.Create(data.Schema)), () => estimator.Fit(data)])
        {
            var error = Assert.ThrowsExactly<SchemaException>(act);
            StringAssert.Contains(error.Message, "at least 20 values");
            StringAssert.Contains(error.Message, "Rank");
        }

        var rows = Assert.ThrowsExactly<DataException>(() => Fit(TestData.Unlabelled(Cloud(3, 9)), new() { Rank = 5 }));
        StringAssert.Contains(rows.Message, "3 rows");
    }

    [TestMethod]
    public void What_cannot_be_used_is_named()
    {
        double[][] rows = Cloud(10, 3);
        rows[6][1] = double.NaN;
        StringAssert.Contains(Assert.ThrowsExactly<DataException>(() => Fit(TestData.Unlabelled(rows), new() { Rank = 2 })).Message, "Row 6: feature 'Features[1]' is missing");
        rows[6][1] = double.NegativeInfinity;
        StringAssert.Contains(Assert.ThrowsExactly<DataException>(() => Fit(TestData.Unlabelled(rows), new() { Rank = 2 })).Message, "Row 6: feature 'Features[1]' is infinite");
        var weighted = TestData.Unlabelled(Cloud(2, 3), [1, -2]);
        StringAssert.Contains(
            Assert.ThrowsExactly<DataException>(() => Fit(weighted, new() { Rank = 1, ExampleWeightColumnName = "Weight" })).Message, "Row 1: weight 'Weight' is -2");
        StringAssert.Contains(
            Assert.ThrowsExactly<DataException>(() => Fit(TestData.Unlabelled(Cloud(2, 3), [0, 0]), new() { Rank = 1, ExampleWeightColumnName = "Weight" })).Message, "no rows");
        StringAssert.Contains(Assert.ThrowsExactly<SchemaException>(() => Fit(weighted, new() { InputColumnName = "Weight", Rank = 1 })).Message, "a vector of Single");
        StringAssert.Contains(Assert.ThrowsExactly<SchemaException>(() => Fit(weighted, new() { ExampleWeightColumnName = "Features", Rank = 1 })).Message, "a number");
        Assert.ThrowsExactly<OptionException>(() => ML.Transforms.ProjectToPrincipalComponents("Features", rank: 0));
    }

    [TestMethod]
    public void A_missing_value_gives_missing_outputs_and_another_size_is_refused()
    {
        double[][] rows = Cloud(10, 3);
        var pca = Fit(TestData.Unlabelled(rows), new() { Rank = 2 });
        rows[1][0] = double.NaN;
        float[][] made = TestData.Vectors(pca.Transform(TestData.Unlabelled(rows)), "Features");
        Assert.IsTrue(made[0].All(float.IsFinite) && made[1].All(float.IsNaN));
        StringAssert.Contains(Assert.ThrowsExactly<SchemaException>(() => pca.Transform(TestData.Unlabelled(Cloud(2, 4)))).Message, "a vector of 3 values");
    }

    [TestMethod]
    [DataRow(600, 30)]
    [DataRow(30, 600)]
    public void A_fit_can_be_cancelled_anywhere(int n, int d)
    {
        var estimator = new PrincipalComponentAnalyzer(new() { Rank = 2 });
        Assert.IsGreaterThan(60, Fits.AssertCancellable(estimator, TestData.Unlabelled(Cloud(n, d))));
    }

    private static PrincipalComponentAnalysisTransformer Fit(IDataView data, PrincipalComponentAnalyzer.Options options) =>
        new PrincipalComponentAnalyzer(options).Fit(data);

    private static double[][] Digits(int rows) =>
        [.. TestData.Vectors(ML.Data.LoadDataset("digits"), "Pixels").Take(rows).Select(r => Array.ConvertAll(r, v => (double)v))];

    // Correlated columns of different scale, away from zero.
    private static double[][] Cloud(int n, int d)
    {
        var random = new RandomStream((ulong)(n + d));
        return [.. Enumerable.Range(0, n).Select(_ =>
        {
            double common = random.NextGaussian();
            return Enumerable.Range(0, d).Select(j => 3 + ((1 + (0.3 * j)) * (common + random.NextGaussian()))).ToArray();
        })];
    }

    private static void Near(ReadOnlySpan<double> expected, ReadOnlySpan<double> actual, double tolerance)
    {
        Assert.AreEqual(expected.Length, actual.Length);
        for (int i = 0; i < expected.Length; i++)
            Assert.AreEqual(expected[i], actual[i], tolerance * Math.Max(1, Math.Abs(expected[i])), $"element {i}");
    }
}
