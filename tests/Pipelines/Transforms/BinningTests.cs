using MLPath.Data;
using MLPath.Transforms;

namespace MLPath.Tests.Transforms;

/// <summary>Bins, and the normalisers by logarithm and quantiles.</summary>
[TestClass]
public sealed class BinningTests
{
    private readonly MLContext _ml = new();

    private static readonly float[][] s_rows = [[1, 0, 3, -2], [2, 0, 3, 0], [4, 0, 3, 0], [8, 5, 3, 0], [0, 0, 3, float.NaN], [float.NaN, 7, 3, 4]];

    [TestMethod]
    public void Every_normaliser_keeps_the_contract_on_every_shape()
    {
        var data = Tables.Annotated(
            ("Scalar", Tables.Doubles(1, 5, 2, 2, double.NaN, 9), DataViewSchema.Annotations.Empty),
            ("Dense", Tables.Dense(s_rows), Tables.SlotNames("a", "b", "c", "d")),
            ("Sparse", Tables.Sparse(s_rows), DataViewSchema.Annotations.Empty),
            ("Label", Tables.Keys(2, 1, 2, 0, 2, 1, 2), DataViewSchema.Annotations.Empty));
        foreach (var estimator in Estimators([new("Scalar"), new("D", "Dense"), new("Sparse")]))
        {
            var made = TransformContract.Check(estimator, data, learns: true);
            Assert.IsTrue(made.Schema["D"].IsNormalized());
            CollectionAssert.AreEqual((string[])["a", "b", "c", "d"], made.SlotNames("D"));
            Assert.IsTrue(float.IsNaN(made.Rows<float>("D")[5][0]), "Missing stays missing.");
        }
    }

    [TestMethod]
    public void Sparse_rows_give_the_same_as_dense_rows()
    {
        var label = Tables.Keys(2, 1, 2, 0, 2, 1, 2);
        var dense = Tables.Of(("X", Tables.Dense(s_rows)), ("Label", label));
        var sparse = Tables.Of(("X", Tables.Sparse(s_rows)), ("Label", label));
        foreach (var estimator in Estimators([new("X")]))
        {
            var model = estimator.Fit(dense);
            CollectionAssert.AreEqual(TransformContract.SaveBytes(model), TransformContract.SaveBytes(estimator.Fit(sparse)), $"{estimator}");
            Assert.AreEqual(TransformContract.Bits(model.Transform(dense)), TransformContract.Bits(model.Transform(sparse)), $"{estimator}");
        }
    }

    [TestMethod]
    public void A_value_that_occurs_often_gets_a_bin_of_its_own_and_costs_no_other_its_share()
    {
        // 90 zeros among 1 … 8 and −1, −2: five bins.
        float[] values = [.. Enumerable.Repeat(0f, 90), -2, -1, 1, 2, 3, 4, 5, 6, 7, 8];
        var data = Tables.Of(("X", Tables.Singles(values)));
        var made = _ml.Transforms.NormalizeBinning("X", fixZero: false, maximumBinCount: 5).Fit(data).Transform(data).Column<float>("X");
        CollectionAssert.AreEqual((float[])[0.25f, 0, 0, 0.5f, 0.5f, 0.5f, 0.75f, 0.75f, 1, 1, 1], made[89..]);
    }

    [TestMethod]
    public void Bins_are_as_equal_as_the_values_allow()
    {
        foreach (int n in (int[])[10, 100, 1000, 1001])
        {
            foreach (int bins in (int[])[2, 3, 7, 10])
            {
                var data = Tables.Of(("X", Tables.Singles([.. Enumerable.Range(0, n).Select(i => (float)(i * 37 % n))])));
                var counts = _ml.Transforms.NormalizeBinning("X", fixZero: false, maximumBinCount: bins).Fit(data).Transform(data)
                    .Column<float>("X").GroupBy(v => v).Select(g => g.Count()).ToList();
                Assert.HasCount(bins, counts);
                Assert.IsLessThanOrEqualTo(1, counts.Max() - counts.Min(), $"{n} values in {bins} bins");
            }
        }
    }

    [TestMethod]
    public void Binning_is_monotonous_and_takes_unseen_and_infinite_values()
    {
        var model = _ml.Transforms.NormalizeBinning("X", fixZero: false).Fit(Tables.Of(("X", Tables.Doubles(1, 2, 3))));
        var made = model.Transform(Tables.Of(("X", Tables.Doubles(double.NegativeInfinity, -5, 1.5, 1.6, 2.4, 99, double.PositiveInfinity, double.NaN)))).Column<double>("X");
        CollectionAssert.AreEqual((double[])[0, 0, 0, 0.5, 0.5, 1, 1, double.NaN], made);
    }

    [TestMethod]
    public void Neighbouring_numbers_fall_into_different_bins()
    {
        double next = Math.BitIncrement(1.0);
        var data = Tables.Of(("X", Tables.Doubles(1, next)));
        CollectionAssert.AreEqual((double[])[0, 1], _ml.Transforms.NormalizeBinning("X", fixZero: false).Fit(data).Transform(data).Column<double>("X"));
    }

    [TestMethod]
    public void Supervised_bins_cut_where_the_label_changes_and_nowhere_else()
    {
        float[] values = [.. Enumerable.Range(0, 300).Select(i => (float)i)];
        bool[] label = [.. values.Select(v => v is >= 100 and < 180)];
        var data = Tables.Of(
            ("X", Tables.Singles(values)), ("Noise", Tables.Singles([.. values.Select(v => v * 7 % 301)])),
            ("Label", Tables.Scalars(BooleanDataViewType.Instance, label)), ("Number", Tables.Singles([.. label.Select(l => l ? 5f : -1)])));
        foreach (string name in (string[])["Label", "Number"])
        {
            var model = _ml.Transforms.NormalizeSupervisedBinning("X", labelColumnName: name, fixZero: false).Fit(data);
            var bounds = (NormalizingTransformer.BinNormalizerModelParameters<float>)model.GetNormalizerModelParameters(0);
            CollectionAssert.AreEqual((float[])[99.5f, 179.5f, float.PositiveInfinity], bounds.UpperBounds.ToArray());
        }

        var two = _ml.Transforms.NormalizeSupervisedBinning("X", fixZero: false, maximumBinCount: 2).Fit(data);
        Assert.HasCount(2, ((NormalizingTransformer.BinNormalizerModelParameters<float>)two.GetNormalizerModelParameters(0)).UpperBounds);
        var large = _ml.Transforms.NormalizeSupervisedBinning("X", mininimumExamplesPerBin: 301).Fit(data);
        Assert.HasCount(1, ((NormalizingTransformer.BinNormalizerModelParameters<float>)large.GetNormalizerModelParameters(0)).UpperBounds);
    }

    [TestMethod]
    public void Rows_without_a_label_are_not_learned_from()
    {
        float[] values = [1, 2, 3, 4, 50, 60, 70, 80];
        var all = Tables.Of(("X", Tables.Singles(values)), ("Label", Tables.Keys(2, 1, 1, 0, 1, 2, 2, 0, 2)));
        var labelled = Tables.Of(("X", Tables.Singles(1, 2, 4, 50, 60, 80)), ("Label", Tables.Keys(2, 1, 1, 1, 2, 2, 2)));
        var estimator = _ml.Transforms.NormalizeSupervisedBinning("X", mininimumExamplesPerBin: 1);
        CollectionAssert.AreEqual(TransformContract.SaveBytes(estimator.Fit(labelled)), TransformContract.SaveBytes(estimator.Fit(all)));
    }

    [TestMethod]
    public void A_label_that_is_missing_or_text_is_an_error_before_the_fit()
    {
        var shape = SchemaShape.Create(Tables.Of(("X", Tables.Singles(1)), ("Text", Tables.Texts("a"))).Schema);
        StringAssert.Contains(Assert.ThrowsExactly<SchemaException>(() => _ml.Transforms.NormalizeSupervisedBinning("X").GetOutputSchema(shape)).Message, "no label column 'Label'");
        StringAssert.Contains(Assert.ThrowsExactly<SchemaException>(() => _ml.Transforms.NormalizeSupervisedBinning("X", labelColumnName: "Text").GetOutputSchema(shape)).Message, "MapValueToKey");
    }

    [TestMethod]
    public void Hostile_columns_give_zero_or_an_error_that_says_where()
    {
        foreach (var estimator in Estimators([new("X")]))
        {
            foreach (float[] values in (float[][])[[5, 5, 5], [float.NaN, float.NaN], []])
            {
                var data = Tables.Of(("X", Tables.Singles(values)), ("Label", Tables.Keys(2, [.. values.Select((_, i) => (uint)(i % 2) + 1)])));
                var made = estimator.Fit(data).Transform(Tables.Of(("X", Tables.Singles(5, -7, 0, float.NaN)))).Column<float>("X");
                CollectionAssert.AreEqual((float[])[0, 0, 0, float.NaN], made, $"{estimator} on [{string.Join(", ", values)}]");
            }

            var infinite = Tables.Of(("X", Tables.Singles(1, float.PositiveInfinity)), ("Label", Tables.Keys(2, 1, 2)));
            StringAssert.Contains(Assert.ThrowsExactly<DataException>(() => estimator.Fit(infinite)).Message, "Row 1: column 'X' is infinite");
        }
    }

    [TestMethod]
    public void Robust_scaling_is_not_moved_by_an_outlier_and_keeps_rare_values_apart()
    {
        double[] values = [.. Enumerable.Range(0, 101).Select(i => (double)i)];
        double[] outlier = [.. values[..100], 1e12];
        var estimator = _ml.Transforms.NormalizeRobustScaling("X");
        CollectionAssert.AreEqual(
            TransformContract.SaveBytes(estimator.Fit(Tables.Of(("X", Tables.Doubles(values))))), TransformContract.SaveBytes(estimator.Fit(Tables.Of(("X", Tables.Doubles(outlier))))));
        var flags = Tables.Of(("X", Tables.Singles(0, 0, 0, 0, 0, 0, 0, 0, 3)));
        Assert.AreEqual(3f, estimator.Fit(flags).Transform(flags).Column<float>("X")[8], "There is no interquartile range, but a difference.");
    }

    [TestMethod]
    public void Options_out_of_range_are_refused()
    {
        Assert.ThrowsExactly<ArgumentOutOfRangeException>(() => _ml.Transforms.NormalizeBinning("X", maximumBinCount: 1));
        Assert.ThrowsExactly<ArgumentOutOfRangeException>(() => _ml.Transforms.NormalizeSupervisedBinning("X", mininimumExamplesPerBin: 0));
        Assert.ThrowsExactly<ArgumentOutOfRangeException>(() => _ml.Transforms.NormalizeRobustScaling("X", quantileMin: 50, quantileMax: 50));
        Assert.ThrowsExactly<ArgumentOutOfRangeException>(() => _ml.Transforms.NormalizeRobustScaling("X", quantileMax: 101));
    }

    private NormalizingEstimator[] Estimators(InputOutputColumnPair[] columns) =>
    [
        _ml.Transforms.NormalizeBinning(columns, maximumBinCount: 3),
        _ml.Transforms.NormalizeBinning(columns, fixZero: false, maximumBinCount: 3),
        _ml.Transforms.NormalizeSupervisedBinning(columns, mininimumExamplesPerBin: 1),
        _ml.Transforms.NormalizeRobustScaling(columns),
        _ml.Transforms.NormalizeRobustScaling(columns, centerData: false, quantileMin: 10, quantileMax: 100),
        _ml.Transforms.NormalizeLogMeanVariance(columns),
        _ml.Transforms.NormalizeLogMeanVariance(columns, fixZero: true, useCdf: false),
    ];
}
