using System.Collections.Immutable;
using MLPath.Data;
using MLPath.Transforms;
using static MLPath.Transforms.NormalizingTransformer;

namespace MLPath.Tests.Transforms;

[TestClass]
public sealed class NormalizingTests
{
    private readonly MLContext _ml = new();

    // The rows of ML.NET's documented example.
    private static readonly float[][] s_rows = [[1, 1, 3, 0], [2, 2, 2, 0], [0, 0, 1, 0], [-1, -1, -1, 1]];

    private static InMemoryDataView Example => Tables.Of(("Features", Tables.Dense(s_rows)));

    [TestMethod]
    public void Min_max_maps_the_least_to_0_and_the_greatest_to_1()
    {
        var model = _ml.Transforms.NormalizeMinMax("Features", fixZero: false).Fit(Example);
        AreClose([[0.6667f, 0.6667f, 1, 0], [1, 1, 0.75f, 0], [0.3333f, 0.3333f, 0.5f, 0], [0, 0, 0, 1]], model.Transform(Example).Rows<float>("Features"));
        var parameters = (AffineNormalizerModelParameters<ImmutableArray<float>>)model.GetNormalizerModelParameters(0);
        Assert.AreEqual(-1f, parameters.Offset[1]);
        Assert.AreEqual(1f / 3, parameters.Scale[1]);
    }

    [TestMethod]
    public void Min_max_keeps_zero_by_default() => AreClose(
        [[0.5f, 0.5f, 1, 0], [1, 1, 0.6667f, 0], [0, 0, 0.3333f, 0], [-0.5f, -0.5f, -0.3333f, 1]],
        _ml.Transforms.NormalizeMinMax("Features").Fit(Example).Transform(Example).Rows<float>("Features"));

    [TestMethod]
    public void Mean_variance_keeps_zero_by_default()
    {
        var model = _ml.Transforms.NormalizeMeanVariance("Features").Fit(Example);
        AreClose(
            [[0.8165f, 0.8165f, 1.5492f, 0], [1.6330f, 1.6330f, 1.0328f, 0], [0, 0, 0.5164f, 0], [-0.8165f, -0.8165f, -0.5164f, 2]],
            model.Transform(Example).Rows<float>("Features"));
        var parameters = (AffineNormalizerModelParameters<ImmutableArray<float>>)model.GetNormalizerModelParameters(0);
        Assert.AreEqual(0f, parameters.Offset[1]);
        Assert.AreEqual(0.8164966f, parameters.Scale[1]);
    }

    [TestMethod]
    public void Mean_variance_with_the_distribution_function()
    {
        var model = _ml.Transforms.NormalizeMeanVariance("Features", useCdf: true).Fit(Example);
        AreClose(
            [[0.6726f, 0.6726f, 0.8816f, 0.2819f], [0.9101f, 0.9101f, 0.6939f, 0.2819f], [0.3274f, 0.3274f, 0.4329f, 0.2819f], [0.0899f, 0.0899f, 0.0641f, 0.9584f]],
            model.Transform(Example).Rows<float>("Features"), 2e-4f); // the documented figures use an approximation of erf
        var parameters = (CdfNormalizerModelParameters<ImmutableArray<float>>)model.GetNormalizerModelParameters(0);
        Assert.AreEqual(0.5f, parameters.Mean[1]);
        Assert.AreEqual(1.118034f, parameters.StandardDeviation[1]);
    }

    [TestMethod]
    public void Several_columns_are_scaled_in_one_pass_each_on_its_own()
    {
        var data = Tables.Of(("Features", Tables.Dense(s_rows)), ("Features2", Tables.Dense([1, 2, 3], [3, 4, 5], [6, 7, 8], [9, 0, 4])));
        var made = _ml.Transforms.NormalizeMinMax([new("Features"), new("Other", "Features2")], fixZero: false).Fit(data).Transform(data);
        AreClose([[0, 0.2857f, 0], [0.25f, 0.5714f, 0.4f], [0.625f, 1, 1], [1, 0, 0.2f]], made.Rows<float>("Other"));
        AreClose([[1, 2, 3], [3, 4, 5], [6, 7, 8], [9, 0, 4]], made.Rows<float>("Features2"));
        Assert.AreEqual(0.6667f, made.Rows<float>("Features")[0][0], 1e-4f);
    }

    [TestMethod]
    public void Contract_is_kept_by_every_mode_on_every_shape()
    {
        float[] scalars = [3, float.NaN, -1, 4, 0, 1e-3f];
        float[][] vectors = [.. scalars.Select((v, i) => (float[])[v, 7, 0, i, -2 * v])];
        var data = Tables.Annotated(
            ("Scalar", Tables.Singles(scalars), DataViewSchema.Annotations.Empty),
            ("Double", Tables.Doubles([.. scalars.Select(v => (double)v)]), DataViewSchema.Annotations.Empty),
            ("Dense", Tables.Dense(vectors), Tables.SlotNames("a", "b", "c", "d", "e")),
            ("Sparse", Tables.Sparse(vectors), DataViewSchema.Annotations.Empty),
            ("Doubles", Tables.Sparse(NumberDataViewType.Double, [.. vectors.Select(r => r.Select(v => (double)v).ToArray())]), DataViewSchema.Annotations.Empty));
        InputOutputColumnPair[] columns = [new("Scalar"), new("D", "Double"), new("Dense"), new("S", "Sparse"), new("Doubles")];
        foreach (var estimator in Modes(columns))
        {
            var made = TransformContract.Check(estimator, data, learns: true);
            CollectionAssert.AreEqual((string[])["a", "b", "c", "d", "e"], made.SlotNames("Dense"));
            foreach (var pair in columns)
                Assert.IsTrue(made.Schema[pair.OutputColumnName].IsNormalized());
            foreach (string name in (string[])["Dense", "S"])
            {
                var rows = made.Rows<float>(name);
                Assert.IsTrue(float.IsNaN(rows[1][0]) && float.IsNaN(rows[1][4]), "NaN stays NaN.");
                Assert.IsTrue(rows.All(r => BitConverter.SingleToInt32Bits(r[1]) == 0 && r[2] == 0), "Constant slots are 0.");
                Assert.IsTrue(rows.All(r => float.IsFinite(r[3])));
            }
        }
    }

    [TestMethod]
    public void Sparse_and_dense_rows_of_the_same_values_give_the_same_bits()
    {
        var random = new Random(5);
        float[][] rows = [.. Enumerable.Range(0, 200).Select(_ =>
            Enumerable.Range(0, 17).Select(_ => random.Next(3) == 0 ? (float)random.NextDouble() * 9 - 4 : 0).ToArray())];
        var dense = Tables.Of(("X", Tables.Dense(rows)));
        var sparse = Tables.Of(("X", Tables.Sparse(rows)));
        foreach (var estimator in Modes([new("X")]))
        {
            var model = estimator.Fit(dense);
            CollectionAssert.AreEqual(TransformContract.SaveBytes(model), TransformContract.SaveBytes(estimator.Fit(sparse)), $"{estimator}");
            Assert.AreEqual(TransformContract.Bits(model.Transform(dense)), TransformContract.Bits(model.Transform(sparse)), $"{estimator}");
        }
    }

    [TestMethod]
    public void Sparse_rows_stay_sparse_where_zero_stays_zero()
    {
        var data = Tables.Of(("X", Tables.Sparse([0, 1, 0], [2, 0, 0], [0, 3, 0])));
        Assert.AreEqual(VectorLayout.Sparse, Made(_ml.Transforms.NormalizeMinMax("X")).Layout<float>("X"));
        Assert.AreEqual(VectorLayout.Sparse, Made(_ml.Transforms.NormalizeMeanVariance("X")).Layout<float>("X"));
        Assert.AreEqual(VectorLayout.Dense, Made(_ml.Transforms.Standardize("X")).Layout<float>("X"));

        IDataView Made(NormalizingEstimator estimator) => estimator.Fit(data).Transform(data);
    }

    [TestMethod]
    public void Only_the_first_rows_are_learned_from()
    {
        var data = Tables.Of(("X", Tables.Singles(0, 4, 100, float.PositiveInfinity)));
        var model = _ml.Transforms.NormalizeMinMax("X", maximumExampleCount: 2).Fit(data);
        CollectionAssert.AreEqual((float[])[0, 1, 25, float.PositiveInfinity], model.Transform(data).Column<float>("X"));
    }

    [TestMethod]
    public void An_infinite_value_is_an_error_that_says_where()
    {
        var data = Tables.Annotated(("X", Tables.Dense([1, 2], [3, float.NegativeInfinity]), Tables.SlotNames("Age", "Income")));
        foreach (var estimator in Modes([new("X")]))
        {
            string message = Assert.ThrowsExactly<DataException>(() => estimator.Fit(data)).Message;
            StringAssert.Contains(message, "Row 1: 'Income' (slot 1 of column 'X') is infinite");
            float[] scalars = [.. Enumerable.Repeat(1f, 2000), float.PositiveInfinity];
            StringAssert.Contains(
                Assert.ThrowsExactly<DataException>(() => estimator.Fit(Tables.Of(("X", Tables.Singles(scalars))))).Message, "Row 2000: column 'X' is infinite");
        }
    }

    [TestMethod]
    public void Values_too_large_to_have_a_spread_are_an_error()
    {
        var data = Tables.Of(("X", Tables.Doubles(-1.7e308, 1.7e308)));
        StringAssert.Contains(Assert.ThrowsExactly<DataException>(() => _ml.Transforms.Standardize("X").Fit(data)).Message, "column 'X'");
        Assert.ThrowsExactly<DataException>(() => _ml.Transforms.NormalizeMinMax("X", fixZero: false).Fit(data));
        Assert.AreEqual(1, _ml.Transforms.NormalizeMinMax("X").Fit(data).Transform(data).Column<double>("X")[1], 1e-15);
    }

    [TestMethod]
    public void Constant_missing_and_no_rows_give_zero_and_NaN_never_infinity()
    {
        foreach (float[] values in (float[][])[[5, 5, 5], [float.NaN, float.NaN], [], [1e-45f]])
        {
            foreach (var estimator in Modes([new("X")]))
            {
                var model = estimator.Fit(Tables.Of(("X", Tables.Singles(values))));
                var made = model.Transform(Tables.Of(("X", Tables.Singles(5, -7, 0, float.NaN)))).Column<float>("X");
                CollectionAssert.AreEqual((float[])[0, 0, 0, float.NaN], made, $"{estimator} on [{string.Join(", ", values)}]");
                Assert.AreEqual(0, BitConverter.SingleToInt32Bits(made[1]), "0, not −0");
            }
        }
    }

    [TestMethod]
    public void A_column_of_almost_equal_values_is_scaled_in_double_precision()
    {
        // Around 1e6 a float resolves 1/16: the mean is no float, and single precision would shift all results.
        float[] values = [1_000_000f, 1_000_000.0625f, 1_000_000.125f, 1_000_000.125f];
        var data = Tables.Of(("X", Tables.Singles(values)));
        var made = _ml.Transforms.Standardize("X").Fit(data).Transform(data).Column<float>("X");
        Assert.AreEqual(0, made.Sum(v => (double)v), 1e-6);
        Assert.AreEqual(4, made.Sum(v => (double)v * v), 1e-5);
    }

    [TestMethod]
    public void Wrong_types_and_a_missing_column_are_errors_before_the_fit()
    {
        var data = Tables.Of(("Text", Tables.Texts("a")), ("Ragged", Tables.Ragged(NumberDataViewType.Single, [1f])), ("Key", Tables.Keys(2, 1)));
        var shape = SchemaShape.Create(data.Schema);
        foreach (string name in (string[])["Text", "Ragged", "Key"])
            StringAssert.Contains(Assert.ThrowsExactly<SchemaException>(() => _ml.Transforms.NormalizeMinMax(name).GetOutputSchema(shape)).Message, $"Column '{name}' is");
        Assert.AreEqual("Nothing", Assert.ThrowsExactly<SchemaException>(() => _ml.Transforms.NormalizeMinMax("Nothing").Fit(data)).MissingColumnName);
    }

    [TestMethod]
    public void A_model_refuses_a_column_of_another_type_than_in_training()
    {
        var model = _ml.Transforms.NormalizeMinMax("Features").Fit(Example);
        var other = Tables.Of(("Features", Tables.Dense([1, 2])));
        StringAssert.Contains(Assert.ThrowsExactly<SchemaException>(() => model.Transform(other)).Message, "Vector<Single, 4>, as in training,");
    }

    [TestMethod]
    public void The_maximum_of_rows_is_checked() =>
        Assert.ThrowsExactly<ArgumentOutOfRangeException>(() => _ml.Transforms.NormalizeMinMax("X", maximumExampleCount: 1));

    [TestMethod]
    public void A_column_cannot_be_made_twice() =>
        Assert.ThrowsExactly<ArgumentException>(() => _ml.Transforms.NormalizeMinMax([new("X"), new("X", "Y")]));

    private NormalizingEstimator[] Modes(InputOutputColumnPair[] columns) =>
    [
        _ml.Transforms.NormalizeMinMax(columns),
        _ml.Transforms.NormalizeMinMax(columns, fixZero: false),
        _ml.Transforms.NormalizeMeanVariance(columns),
        _ml.Transforms.NormalizeMeanVariance(columns, fixZero: false),
        _ml.Transforms.NormalizeMeanVariance(columns, useCdf: true),
    ];

    private static void AreClose(float[][] expected, float[][] actual, float tolerance = 5e-5f)
    {
        Assert.HasCount(expected.Length, actual);
        for (int row = 0; row < expected.Length; row++)
        {
            for (int slot = 0; slot < expected[row].Length; slot++)
                Assert.AreEqual(expected[row][slot], actual[row][slot], tolerance, $"row {row}, slot {slot}");
        }
    }
}
