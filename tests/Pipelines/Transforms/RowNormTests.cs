using MLPath.Data;
using static MLPath.Transforms.LpNormNormalizingEstimatorBase;

namespace MLPath.Tests.Transforms;

/// <summary>NormalizeLpNorm and NormalizeGlobalContrast.</summary>
[TestClass]
public sealed class RowNormTests
{
    private static readonly float[][] s_rows = [[3, 0, -4, 0], [0, 0, 0, 0], [0.1f, 0.1f, 0.1f, 0.1f], [0, 5, 0, 0], [1e30f, -1e30f, 0, 2]];

    private readonly MLContext _ml = new();

    [TestMethod]
    public void Every_norm_keeps_the_contract_and_sparse_rows_give_the_same_as_dense_rows()
    {
        var dense = Tables.Annotated(
            ("X", Tables.Dense(s_rows), Tables.SlotNames("a", "b", "c", "d")), ("R", Tables.Ragged<double>(NumberDataViewType.Double, [1, 2], [], [3], [0], [2, 2, 2]), DataViewSchema.Annotations.Empty));
        var sparse = Tables.Annotated(("X", Tables.Sparse(s_rows), Tables.SlotNames("a", "b", "c", "d")), ("R", dense.GetColumn(1), DataViewSchema.Annotations.Empty));
        foreach (var norm in Enum.GetValues<NormFunction>())
        {
            foreach (bool zeroMean in (bool[])[false, true])
            {
                var estimator = _ml.Transforms.NormalizeLpNorm([new("X"), new("R")], norm, zeroMean);
                Assert.AreEqual(
                    TransformContract.Bits(TransformContract.Check(estimator, dense, learns: false)),
                    TransformContract.Bits(TransformContract.Check(estimator, sparse, learns: false)), $"{estimator}");
                Assert.AreEqual(zeroMean ? VectorLayout.Dense : VectorLayout.Sparse, estimator.Fit(sparse).Transform(sparse).Layout<float>("X"));
            }
        }
    }

    [TestMethod]
    public void Rows_have_norm_one_whatever_their_size()
    {
        var data = Tables.Of(("X", Tables.Dense<double>(NumberDataViewType.Double, [3, 4, 0], [3e200, 4e200, 0], [3e-200, 4e-200, 0], [5e-324, 0, 0])));
        double[][] made = _ml.Transforms.NormalizeLpNorm("X").Fit(data).Transform(data).Rows<double>("X");
        foreach (var row in made[..3])
        {
            Assert.AreEqual(0.6, row[0], 1e-15);
            Assert.AreEqual(0.8, row[1], 1e-15);
        }

        Assert.AreEqual(1, made[3][0]);
    }

    [TestMethod]
    public void A_row_without_spread_becomes_zero_and_one_without_a_norm_NaN()
    {
        var data = Tables.Of(("X", Tables.Dense([0.1f, 0.1f, 0.1f], [0, 0, 0], [1, float.NaN, 2], [1, float.PositiveInfinity, 2])));
        float[][] made = _ml.Transforms.NormalizeGlobalContrast("X").Fit(data).Transform(data).Rows<float>("X");
        CollectionAssert.AreEqual((float[])[0, 0, 0], made[0]);
        CollectionAssert.AreEqual((float[])[0, 0, 0], made[1]);
        CollectionAssert.AreEqual((float[])[float.NaN, float.NaN, float.NaN], made[2]);
        CollectionAssert.AreEqual((float[])[float.NaN, float.NaN, float.NaN], made[3]);
    }

    [TestMethod]
    public void Wrong_types_and_scales_are_refused()
    {
        var shape = SchemaShape.Create(Tables.Of(("X", Tables.Singles(1))).Schema);
        StringAssert.Contains(Assert.ThrowsExactly<SchemaException>(() => _ml.Transforms.NormalizeLpNorm("X").GetOutputSchema(shape)).Message, "a vector of Single or Double");
        foreach (float scale in (float[])[0, -1, float.NaN, float.PositiveInfinity])
            Assert.ThrowsExactly<ArgumentOutOfRangeException>(() => _ml.Transforms.NormalizeGlobalContrast("X", scale: scale));
    }
}
