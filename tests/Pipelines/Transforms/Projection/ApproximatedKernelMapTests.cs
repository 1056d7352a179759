using MLPath.Data;
using MLPath.Numerics;
using MLPath.Runtime;
using MLPath.Transforms;

namespace MLPath.Tests.Transforms.Projection;

[TestClass]
public sealed class ApproximatedKernelMapTests
{
    private readonly MLContext _ml = new(seed: 3);

    [TestMethod]
    [DataRow(false)]
    [DataRow(true)]
    public void It_keeps_the_contract_of_transforms(bool both)
    {
        var data = Tables.Of(("X", Points(9, 3)), ("S", Tables.Sparse([1f, 0, 0], [0f, 0, 2], [0f, 0, 0], [0f, 3, 0], [1f, 0, 0], [0f, 0, 2], [0f, 0, 0], [0f, 3, 0], [1f, 1, 1])));
        var made = TransformContract.Check(_ml.Transforms.ApproximatedKernelMap("Z", "X", rank: 5, useCosAndSinBases: both), data, learns: true);
        Assert.AreEqual(both ? 10 : 5, made.Schema["Z"].Type.ValueCount);
        TransformContract.Check(_ml.Transforms.ApproximatedKernelMap("S", rank: 4, useCosAndSinBases: both, generator: new LaplacianKernel(0.5f)), data, learns: true);
    }

    [TestMethod]
    [DataRow(false, "Gaussian")]
    [DataRow(true, "Gaussian")]
    [DataRow(false, "Laplacian")]
    [DataRow(true, "Laplacian")]
    public void Inner_products_approximate_the_kernel(bool both, string name)
    {
        const int Rank = 20_000;
        var data = Tables.Of(("X", Points(12, 3)));
        KernelBase kernel = name == "Gaussian" ? new GaussianKernel(0.7f) : new LaplacianKernel(0.7f);
        var x = data.Rows<float>("X");
        var z = _ml.Transforms.ApproximatedKernelMap("Z", "X", Rank, both, kernel).Fit(data).Transform(data).Rows<float>("Z");
        double[] distances = [.. from i in Enumerable.Range(0, 12) from j in Enumerable.Range(0, i) select Distance(x[i], x[j], name)];
        Array.Sort(distances);
        double median = (distances[32] + distances[33]) / 2;
        double squares = 0;
        for (int i = 0; i < 12; i++)
        {
            for (int j = 0; j < 12; j++)
            {
                double expected = Math.Exp(-0.7 * Distance(x[i], x[j], name) / median);
                double product = z[i].Zip(z[j], (a, b) => (double)a * b).Sum();
                // The standard error of a product is at most 1/√D; five of them leave no room for chance.
                Assert.AreEqual(expected, product, 5 / Math.Sqrt(Rank));
                squares += Math.Pow(expected - product, 2) / 144;
            }
        }

        Assert.IsLessThan(1.2 / Math.Sqrt(Rank), Math.Sqrt(squares));
        if (both)
            Assert.IsTrue(Array.TrueForAll(z, row => Math.Abs(row.Sum(v => (double)v * v) - 1) < 1e-4), "cos² + sin² = 1");
    }

    [TestMethod]
    public void Frequencies_follow_the_seed_and_the_unit_of_the_data_does_not_matter()
    {
        var data = Tables.Of(("X", Points(9, 3)));
        var large = Tables.Of(("X", Tables.Dense([.. data.Rows<float>("X").Select(r => r.Select(v => 1024 * v).ToArray())])));
        var one = Map(data, seed: 1);
        Assert.AreEqual(DataFingerprint.Compute(one), DataFingerprint.Compute(Map(data, seed: 1)));
        Assert.AreNotEqual(DataFingerprint.Compute(one), DataFingerprint.Compute(Map(data, seed: 2)));
        var scaled = Map(large, seed: 1).Rows<float>("Z");
        for (int i = 0; i < 9; i++)
        {
            foreach (var (a, b) in one.Rows<float>("Z")[i].Zip(scaled[i]))
                Assert.AreEqual(a, b, 1e-5f);
        }

        IDataView Map(IDataView view, int seed) =>
            _ml.Transforms.SelectColumns("Z").Fit(Mapped(view, seed)).Transform(Mapped(view, seed));
        IDataView Mapped(IDataView view, int seed) => _ml.Transforms.ApproximatedKernelMap("Z", "X", rank: 6, seed: seed).Fit(view).Transform(view);
    }

    [TestMethod]
    public void Many_rows_are_sampled_for_the_scale()
    {
        var data = Tables.Of(("X", Points(6000, 2)));
        var model = _ml.Transforms.ApproximatedKernelMap("Z", "X", rank: 4000).Fit(data);
        // The coordinates are normal, so squared distances of pairs are 2 χ² of 2 degrees of freedom, whose median is 4 ln 2; frequencies have variance 2/r.
        double variance = model.Frequencies.ToArray().Average(w => (double)w * w);
        Assert.AreEqual(2 / (4 * Math.Log(2)), variance, 0.08);
    }

    [TestMethod]
    public void Rows_that_are_missing_something_are_not_learned_from()
    {
        var clean = Tables.Of(("X", Tables.Dense([1f, 2], [3f, 4], [0f, 9])));
        var dirty = Tables.Of(("X", Tables.Dense([1f, 2], [float.NaN, 1], [3f, 4], [float.PositiveInfinity, 0], [0f, 9])));
        var estimator = _ml.Transforms.ApproximatedKernelMap("Z", "X", rank: 3);
        CollectionAssert.AreEqual(estimator.Fit(clean).Frequencies.ToArray(), estimator.Fit(dirty).Frequencies.ToArray());
        var made = estimator.Fit(dirty).Transform(dirty).Rows<float>("Z");
        Assert.IsTrue(Array.TrueForAll(made[1], float.IsNaN));
        Assert.IsTrue(Array.TrueForAll(made[4], float.IsFinite));
        var alone = Tables.Of(("X", Tables.Dense([1f, 2])));
        Assert.IsTrue(Array.TrueForAll(estimator.Fit(alone).Transform(alone).Rows<float>("Z")[0], float.IsFinite));
    }

    [TestMethod]
    public void Wrong_options_columns_and_files_are_errors()
    {
        Assert.ThrowsExactly<ArgumentOutOfRangeException>(() => _ml.Transforms.ApproximatedKernelMap("Z", rank: 0));
        Assert.ThrowsExactly<ArgumentOutOfRangeException>(() => new GaussianKernel(0));
        Assert.ThrowsExactly<ArgumentOutOfRangeException>(() => new LaplacianKernel(float.NaN));
        var estimator = _ml.Transforms.ApproximatedKernelMap("Z", "X", rank: 3);
        StringAssert.Contains(Assert.ThrowsExactly<SchemaException>(() => estimator.Fit(Tables.Of(("X", Tables.Singles(1))))).Message, "a vector of Single of known size");
        var model = estimator.Fit(Tables.Of(("X", Tables.Dense([1f, 2]))));
        StringAssert.Contains(Assert.ThrowsExactly<SchemaException>(() => model.Transform(Tables.Of(("X", Tables.Dense([1f, 2, 3]))))).Message, "2 values, as in training");
        Refuses("one angle for each frequency", [2, 1], [1f, 2], [1f]);
        Refuses("not finite", [2, 1], [1f, float.NaN], []);
        Refuses("not a matrix", [2], [1f, 2], []);
    }

    private void Refuses(string words, int[] shape, float[] frequencies, float[] angles) => StringAssert.Contains(
        Assert.ThrowsExactly<ModelFormatException>(() => Models.Models.Load(
            Models.Models.Save(new Models.Probe("MLPath.ApproximatedKernelMap", c =>
            {
                c.Write("Outputs", ["Z"]);
                c.Write("Inputs", ["X"]);
                c.Write("Details", "");
                c.WriteArray<float>("Frequencies", frequencies, shape);
                c.WriteArray<float>("Angles", angles);
            })), _ml.Components)).Message, words);

    private static double Distance(float[] x, float[] y, string kernel) =>
        x.Zip(y, (a, b) => kernel == "Gaussian" ? Math.Pow((double)a - b, 2) : Math.Abs((double)a - b)).Sum();

    private static VectorColumn<float> Points(int count, int size)
    {
        var random = new RandomStream(5);
        return Tables.Dense([.. Enumerable.Range(0, count).Select(_ => Enumerable.Range(0, size).Select(_ => (float)random.NextGaussian()).ToArray())]);
    }
}
