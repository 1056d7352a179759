using MLPath.Data;
using MLPath.Numerics;
using MLPath.Runtime;
using MLPath.Transforms;

namespace MLPath.Tests.Transforms.Projection;

[TestClass]
public sealed class VectorWhitenTests
{
    private readonly MLContext _ml = new();

    [TestMethod]
    [DataRow(WhiteningKind.PrincipalComponentAnalysis, 0)]
    [DataRow(WhiteningKind.PrincipalComponentAnalysis, 2)]
    [DataRow(WhiteningKind.ZeroPhaseComponentAnalysis, 0)]
    public void It_keeps_the_contract_of_transforms(WhiteningKind kind, int rank)
    {
        var data = Tables.Of(("X", Mixed(7)));
        TransformContract.Check(_ml.Transforms.VectorWhiten("Y", "X", kind, rank: rank), data, learns: true);
    }

    [TestMethod]
    [DataRow(WhiteningKind.PrincipalComponentAnalysis)]
    [DataRow(WhiteningKind.ZeroPhaseComponentAnalysis)]
    public void Slots_become_uncorrelated_and_of_mean_square_one(WhiteningKind kind)
    {
        var data = Tables.Of(("X", Mixed(700)));
        var y = _ml.Transforms.VectorWhiten("Y", "X", kind, epsilon: 1e-9f).Fit(data).Transform(data).Rows<float>("Y");
        for (int i = 0; i < 3; i++)
        {
            for (int j = 0; j < 3; j++)
                Assert.AreEqual(i == j ? 1 : 0, y.Average(row => (double)row[i] * row[j]), 1e-4);
        }
    }

    [TestMethod]
    public void Zero_phase_whitening_is_symmetric_and_its_square_inverts_the_mean_products()
    {
        var x = Mixed(300);
        var data = Tables.Of(("X", x));
        double[] matrix = [.. _ml.Transforms.VectorWhiten("X", epsilon: 0.25f).Fit(data).WhiteningMatrix.ToArray().Select(v => (double)v)];
        var w = new Matrix(3, 3, matrix);
        var products = new Matrix(3, 3);
        Gemm.Gram(x.Values, 300, 3, products.AsSpan());
        // W² (M + ε I) = I.
        for (int i = 0; i < 3; i++)
        {
            for (int j = 0; j < 3; j++)
            {
                Assert.AreEqual(w[i, j], w[j, i], 1e-7);
                double sum = 0;
                for (int k = 0; k < 3; k++)
                {
                    for (int l = 0; l < 3; l++)
                        sum += w[i, k] * w[k, l] * ((products[l, j] / 300) + (l == j ? 0.25 : 0));
                }

                Assert.AreEqual(i == j ? 1 : 0, sum, 1e-5);
            }
        }
    }

    [TestMethod]
    public void Only_the_first_rows_are_learned_from()
    {
        var first = Tables.Of(("X", Tables.Dense([1f, 2], [3f, 1], [0f, 5])));
        var more = Tables.Of(("X", Tables.Dense([1f, 2], [3f, 1], [0f, 5], [100f, float.NaN])));
        CollectionAssert.AreEqual(
            _ml.Transforms.VectorWhiten("X").Fit(first).WhiteningMatrix.ToArray(),
            _ml.Transforms.VectorWhiten("X", maximumNumberOfRows: 3).Fit(more).WhiteningMatrix.ToArray());
    }

    [TestMethod]
    public void Wrong_options_columns_and_rows_are_errors()
    {
        Assert.ThrowsExactly<ArgumentOutOfRangeException>(() => _ml.Transforms.VectorWhiten("X", epsilon: 0));
        Assert.ThrowsExactly<ArgumentOutOfRangeException>(() => _ml.Transforms.VectorWhiten("X", maximumNumberOfRows: 0));
        Assert.ThrowsExactly<ArgumentException>(() => _ml.Transforms.VectorWhiten("X", rank: 2));
        var missing = Tables.Of(("X", Tables.Dense([1f, 2], [3f, float.NaN])));
        StringAssert.StartsWith(
            Assert.ThrowsExactly<DataException>(() => _ml.Transforms.VectorWhiten("X").Fit(missing)).Message, "Row 1: 'X[1]' (slot 1 of column 'X') is missing");
        StringAssert.Contains(
            Assert.ThrowsExactly<DataException>(() => _ml.Transforms.VectorWhiten("X").Fit(_ml.Data.TakeRows(missing, 0))).Message, "no rows");
        var pca = _ml.Transforms.VectorWhiten("X", kind: WhiteningKind.PrincipalComponentAnalysis, rank: 3);
        StringAssert.Contains(Assert.ThrowsExactly<SchemaException>(() => pca.Fit(missing)).Message, "at least 3 values");
        StringAssert.Contains(Assert.ThrowsExactly<ModelFormatException>(() => Models.Models.Load(
            Models.Models.Save(new Models.Probe("MLPath.VectorWhiten", c =>
            {
                c.Write("Outputs", ["Z"]);
                c.Write("Inputs", ["X"]);
                c.Write("Details", "");
                c.WriteArray<float>("Matrix", [float.NaN], 1, 1);
            })), _ml.Components)).Message, "not finite");
    }

    // Correlated slots of different scale, about a mean that is not 0.
    private static VectorColumn<float> Mixed(int rows)
    {
        var random = new RandomStream(8);
        return Tables.Dense([.. Enumerable.Range(0, rows).Select(_ =>
        {
            double a = random.NextGaussian(), b = random.NextGaussian(), c = random.NextGaussian();
            return (float[])[(float)(a + 0.5), (float)(3 * a + b), (float)(0.2 * c - b)];
        })]);
    }
}
