using MLPath.Data;
using MLPath.Numerics;
using MLPath.Runtime;
using MLPath.Trainers;
using MLPath.Transforms;

namespace MLPath.Tests.Classical.Decomposition;

/// <summary>The solvers of principal components, truncated singular value decomposition and kernel principal components.</summary>
[TestClass]
public sealed class DecompositionTests
{
    private static readonly MLContext ML = new(seed: 1);
    private static readonly ReferenceFigures Figures = ReferenceFigures.Load("decomposition");

    [TestMethod]
    [DataRow("incremental")]
    [DataRow("wide")]
    public void Incremental_components_are_those_of_scikit_learn(string name)
    {
        var expected = Figures[name];
        var pca = Fit(Digits((int)expected.Number("rows")), new()
        {
            Rank = (int)expected.Number("rank"),
            BatchRows = (int)expected.Number("batch"),
            Solver = PrincipalComponentSolver.Incremental,
        });
        Near(expected.Vector("variance"), pca.ExplainedVariance, 1e-9);
        Near(expected.Vector("ratio"), pca.ExplainedVarianceRatio, 1e-9);
        Near(expected.Vector("mean"), pca.Mean, 1e-12);
        Near([.. expected.Rows("components").SelectMany(c => c)], pca.Components, 1e-7);
    }

    [TestMethod]
    [DataRow(PrincipalComponentSolver.Randomized, true, false)]
    [DataRow(PrincipalComponentSolver.Randomized, false, true)]
    [DataRow(PrincipalComponentSolver.Incremental, true, true)]
    [DataRow(PrincipalComponentSolver.Incremental, false, false)]
    public void Solvers_agree_where_all_variance_is_kept(PrincipalComponentSolver solver, bool centre, bool weighted)
    {
        // Of rank 5: nothing is lost by keeping 5 components.
        var data = TestData.Unlabelled(OfRank(5, 300, 30), weighted ? [.. Enumerable.Range(0, 300).Select(i => 1f + (i % 3))] : null);
        var options = new PrincipalComponentAnalyzer.Options
        {
            Rank = 5,
            EnsureZeroMean = centre,
            Solver = PrincipalComponentSolver.Exact,
            BatchRows = 40,
            ExampleWeightColumnName = weighted ? "Weight" : null,
        };
        var exact = Fit(data, options);
        var other = Fit(data, options with { Solver = solver });
        Near(exact.Mean, other.Mean, 1e-12);
        Near(exact.ExplainedVariance, other.ExplainedVariance, 1e-7);
        Assert.AreEqual(exact.TotalVariance, other.TotalVariance, 1e-9 * exact.TotalVariance);
        Near(exact.Components, other.Components, 1e-5);
    }

    [TestMethod]
    public void Randomized_components_are_the_exact_ones_of_the_digits()
    {
        var exact = Fit(Digits(1797), new() { Rank = 8 });
        var found = Fit(Digits(1797), new() { Rank = 8, Solver = PrincipalComponentSolver.Randomized, Seed = 4 });
        Near(exact.ExplainedVariance, found.ExplainedVariance, 1e-8);
        Near(exact.ExplainedVarianceRatio, found.ExplainedVarianceRatio, 1e-8);
        Near(exact.Components, found.Components, 1e-4);
    }

    [TestMethod]
    [DataRow(0.5)]
    [DataRow(0.9)]
    [DataRow(1)]
    public void A_part_of_the_variance_decides_how_many_components_are_kept(double fraction)
    {
        foreach (int rows in (int[])[400, 40])
        {
            var pca = Fit(Digits(rows), new() { VarianceFraction = fraction });
            double[] ratios = pca.ExplainedVarianceRatio;
            Assert.IsGreaterThanOrEqualTo(fraction - 1e-12, ratios.Sum());
            Assert.IsLessThan(fraction, ratios[..^1].Sum());
        }
    }

    [TestMethod]
    public void Large_blocks_multiplied_in_single_precision_lose_less_than_a_part_in_a_hundred_thousand()
    {
        // Far from zero, where a sum of squares would cancel.
        const int n = 4096, d = 256;
        var random = new RandomStream(8);
        double[] scale = [.. Enumerable.Range(0, d).Select(j => 3.0 / (1 + j))];
        double[][] rows = [.. Enumerable.Range(0, n).Select(_ => Enumerable.Range(0, d).Select(j => 1000 + (scale[j] * random.NextGaussian())).ToArray())];
        var single = CentredScatter.Of([new TrainingData(TestData.Matrix(rows))], d, true, FitContext.Default);
        var exact = CentredScatter.Of(
            Enumerable.Range(0, 16).Select(b => new TrainingData(TestData.Matrix(rows[(b * n / 16)..((b + 1) * n / 16)]))), d, true, FitContext.Default);
        Assert.AreNotEqual(exact.Precision, single.Precision);
        Near(exact.Mean, single.Mean, 1e-12);
        for (int i = 0; i < d; i++)
        {
            for (int j = 0; j < d; j++)
                Assert.AreEqual(exact.Sum[i, j], single.Sum[i, j], 1e-5 * Math.Sqrt(exact.Sum[i, i] * exact.Sum[j, j]));
        }
    }

    [TestMethod]
    [DataRow(true)]
    [DataRow(false)]
    public void Singular_vectors_are_those_of_scikit_learn(bool sparse)
    {
        var expected = Figures["svd"];
        var svd = ML.Transforms.TruncatedSvd("Out", "Features", rank: 6).Fit(Digits(1797, sparse));
        Near(expected.Vector("singular"), svd.SingularValues, 1e-9);
        Near(expected.Vector("variance"), svd.ExplainedVariance, 1e-6);
        Near(expected.Vector("ratio"), svd.ExplainedVarianceRatio, 1e-8);
        Near([.. expected.Rows("components").SelectMany(c => c)], svd.Components, 1e-5);
    }

    [TestMethod]
    public void Singular_vectors_rebuild_rows_of_low_rank()
    {
        double[][] rows = OfRank(3, 40, 12);
        var data = TestData.Unlabelled(rows);
        var svd = ML.Transforms.TruncatedSvd("Out", "Features", rank: 4).Fit(data);
        Assert.AreEqual(0, svd.SingularValues[3], 1e-3 * svd.SingularValues[0]);
        float[][] made = TestData.Vectors(svd.Transform(data), "Out");
        for (int i = 0; i < rows.Length; i++)
        {
            for (int j = 0; j < 12; j++)
                Assert.AreEqual(rows[i][j], Enumerable.Range(0, 3).Sum(c => made[i][c] * svd.Components[(c * 12) + j]), 1e-4);
        }
    }

    [TestMethod]
    [DataRow(KernelFunction.Rbf, 0.05)]
    [DataRow(KernelFunction.Polynomial, 0.05)]
    [DataRow(KernelFunction.Linear, 0.0)]
    [DataRow(KernelFunction.Sigmoid, 0.01)]
    public void Kernel_components_are_those_of_scikit_learn(KernelFunction kernel, double gamma)
    {
        var expected = Figures[kernel.ToString()];
        double[][] digits = [.. Rows(160).Select(r => Array.ConvertAll(r, v => v / 16))];
        var pca = ML.Transforms.KernelPca("Out", "Features", rank: 3, kernel, gamma).Fit(TestData.Unlabelled(digits[..150]));
        Near(expected.Vector("eigenvalues"), pca.Eigenvalues, 1e-5);
        float[][] made = TestData.Vectors(pca.Transform(TestData.Unlabelled(digits[150..])), "Out");
        double[][] projected = expected.Rows("projected");
        for (int i = 0; i < made.Length; i++)
            Near(projected[i], Array.ConvertAll(made[i], v => (double)v), 2e-4);
    }

    [TestMethod]
    public void The_linear_kernel_gives_principal_components()
    {
        var data = TestData.Unlabelled(OfRank(4, 60, 9));
        float[][] kernel = TestData.Vectors(ML.Transforms.KernelPca("Out", "Features", rank: 4, KernelFunction.Linear).Fit(data).Transform(data), "Out");
        float[][] plain = TestData.Vectors(Fit(data, new() { Rank = 4 }).Transform(data), "Features");
        for (int c = 0; c < 4; c++)
        {
            int sign = Math.Sign(kernel[0][c] * plain[0][c]);
            for (int i = 0; i < 60; i++)
                Assert.AreEqual(plain[i][c], sign * kernel[i][c], 2e-3);
        }
    }

    [TestMethod]
    public void Kernel_components_without_variance_are_zero_and_missing_values_stay_missing()
    {
        var data = TestData.Unlabelled([.. Enumerable.Repeat(new[] { 1.0, 2.0 }, 12)]);
        var pca = ML.Transforms.KernelPca("Out", "Features", rank: 2).Fit(data);
        Assert.IsTrue(TestData.Vectors(pca.Transform(data), "Out").All(r => r.All(v => v == 0)));
        float[][] made = TestData.Vectors(pca.Transform(TestData.Unlabelled([[double.NaN, 1], [double.PositiveInfinity, 1]])), "Out");
        Assert.IsTrue(made.All(r => r.All(float.IsNaN)));
    }

    [TestMethod]
    public void What_cannot_be_used_is_named()
    {
        var data = TestData.Unlabelled(OfRank(2, 9, 4));
        StringAssert.Contains(Assert.ThrowsExactly<SchemaException>(() => ML.Transforms.TruncatedSvd("Features").Fit(data)).Message, "at least 20 values");
        var few = TestData.Unlabelled(OfRank(2, 2, 4));
        StringAssert.Contains(Assert.ThrowsExactly<DataException>(() => ML.Transforms.TruncatedSvd("Features", rank: 3).Fit(few)).Message, "2 rows");
        StringAssert.Contains(Assert.ThrowsExactly<DataException>(() => ML.Transforms.KernelPca("Features", rank: 3).Fit(few)).Message, "2 rows");
        foreach (var solver in Enum.GetValues<PrincipalComponentSolver>())
            StringAssert.Contains(Assert.ThrowsExactly<DataException>(() => Fit(few, new() { Rank = 3, Solver = solver })).Message, "2 rows");
        Assert.ThrowsExactly<OptionException>(() => new PrincipalComponentAnalyzer(new() { VarianceFraction = 0.5, Solver = PrincipalComponentSolver.Randomized }));
        Assert.ThrowsExactly<OptionException>(() => ML.Transforms.KernelPca("Features", rank: 0));
    }

    private static PrincipalComponentAnalysisTransformer Fit(IDataView data, PrincipalComponentAnalyzer.Options options) =>
        new PrincipalComponentAnalyzer(options).Fit(data);

    private static InMemoryDataView Digits(int rows, bool sparse = false) => TestData.Unlabelled(Rows(rows), sparse: sparse);

    private static double[][] Rows(int count) =>
        [.. TestData.Vectors(ML.Data.LoadDataset("digits"), "Pixels").Take(count).Select(r => Array.ConvertAll(r, v => (double)v))];

    private static double[][] OfRank(int rank, int n, int d)
    {
        var random = new RandomStream((ulong)(rank + n));
        double[][] directions = [.. Enumerable.Range(0, rank).Select(_ => Enumerable.Range(0, d).Select(_ => random.NextGaussian()).ToArray())];
        return [.. Enumerable.Range(0, n).Select(_ =>
        {
            double[] along = [.. Enumerable.Range(0, rank).Select(r => (rank - r) * random.NextGaussian())];
            return Enumerable.Range(0, d).Select(j => directions.Select((v, r) => along[r] * v[j]).Sum()).ToArray();
        })];
    }

    private static void Near(ReadOnlySpan<double> expected, ReadOnlySpan<double> actual, double tolerance)
    {
        Assert.AreEqual(expected.Length, actual.Length);
        for (int i = 0; i < expected.Length; i++)
            Assert.AreEqual(expected[i], actual[i], tolerance * Math.Max(1, Math.Abs(expected[i])), $"element {i}");
    }
}
