using MLPath.Data;
using static MLPath.Transforms.MissingValueReplacingEstimator;

namespace MLPath.Tests.Transforms;

[TestClass]
public sealed class ReplaceMissingValuesTests
{
    private const float Infinity = float.PositiveInfinity;
    private const float NaN = float.NaN;
    private readonly MLContext _ml = new();

    // The rows of ML.NET's documented example.
    private static InMemoryDataView Example => Tables.Of(("Features", Tables.Dense([Infinity, 1, 0], [0, NaN, 1], [-1, 2, -3], [-1, NaN, -3])));

    [TestMethod]
    public void The_default_value_replaces_NaN_and_nothing_else()
    {
        var made = _ml.Transforms.ReplaceMissingValues("Made", "Features").Fit(Example).Transform(Example).Rows<float>("Made");
        CollectionAssert.AreEqual((float[])[Infinity, 1, 0], made[0]);
        CollectionAssert.AreEqual((float[])[0, 0, 1], made[1]);
        CollectionAssert.AreEqual((float[])[-1, 0, -3], made[3]);
    }

    [TestMethod]
    public void The_mean_is_that_of_the_finite_values_of_the_slot()
    {
        var model = _ml.Transforms.ReplaceMissingValues("Features", replacementMode: ReplacementMode.Mean).Fit(Example);
        CollectionAssert.AreEqual((float[])[0, 1.5f, 1], model.Transform(Example).Rows<float>("Features")[1]);
        CollectionAssert.AreEqual((double[])[-2 / 3.0, 1.5, -1.25], model.GetReplacements(0).ToArray());
        CollectionAssert.AreEqual((float[])[Infinity, 1, 0], model.Transform(Example).Rows<float>("Features")[0]);
    }

    [TestMethod]
    public void Every_mode_keeps_the_contract_on_every_shape()
    {
        float[][] rows = [[1, NaN, 0, 2], [NaN, NaN, 0, 2], [3, NaN, 5, 0], [-7, NaN, 0, NaN]];
        var data = Tables.Annotated(
            ("Scalar", Tables.Singles(1, NaN, 3, 3), DataViewSchema.Annotations.Empty),
            ("Dense", Tables.Dense(rows), Tables.SlotNames("a", "b", "c", "d")),
            ("Sparse", Tables.Sparse(rows), DataViewSchema.Annotations.Empty),
            ("Doubles", Tables.Dense(NumberDataViewType.Double, [.. rows.Select(r => r.Select(v => (double)v).ToArray())]), DataViewSchema.Annotations.Empty),
            ("Ragged", Tables.Ragged(NumberDataViewType.Double, [1.0, double.NaN], [], [4], [double.NaN, 4, 0]), DataViewSchema.Annotations.Empty));
        InputOutputColumnPair[] columns = [new("Scalar"), new("D", "Dense"), new("Sparse"), new("Doubles"), new("Ragged")];
        foreach (var mode in Enum.GetValues<ReplacementMode>())
        {
            foreach (bool bySlot in (bool[])[true, false])
            {
                var made = TransformContract.Check(_ml.Transforms.ReplaceMissingValues(columns, mode, bySlot), data, learns: mode != ReplacementMode.DefaultValue);
                Assert.IsFalse(made.Rows<float>("D").Concat(made.Rows<float>("Sparse")).SelectMany(r => r).Any(float.IsNaN));
                Assert.IsFalse(made.Rows<double>("Ragged").SelectMany(r => r).Any(double.IsNaN));
                for (int row = 0; row < rows.Length; row++)
                    CollectionAssert.AreEqual(made.Rows<float>("D")[row], made.Rows<float>("Sparse")[row], $"{mode}: what a sparse row does not store is 0.");
                Assert.AreEqual(VectorLayout.Sparse, made.Layout<float>("Sparse"));
                CollectionAssert.AreEqual((string[])["a", "b", "c", "d"], made.SlotNames("D"));
            }
        }
    }

    [TestMethod]
    [DataRow(ReplacementMode.Mean, true, 0.5)]
    [DataRow(ReplacementMode.Minimum, true, -1.0)]
    [DataRow(ReplacementMode.Maximum, true, 3.0)]
    [DataRow(ReplacementMode.Mode, true, 0.0)]
    [DataRow(ReplacementMode.Mean, false, 12.75)]
    [DataRow(ReplacementMode.Minimum, false, -1.0)]
    [DataRow(ReplacementMode.Maximum, false, 100.0)]
    [DataRow(ReplacementMode.Mode, false, 0.0)]
    public void Slots_have_replacements_of_their_own_or_one_in_common(ReplacementMode mode, bool bySlot, double expected)
    {
        var data = Tables.Of(("X", Tables.Sparse([NaN, 100], [3, 0], [-1, 0], [0, 0], [0, NaN])));
        var model = _ml.Transforms.ReplaceMissingValues("X", replacementMode: mode, imputeBySlot: bySlot).Fit(data);
        Assert.AreEqual(expected, model.GetReplacements(0)[0], 1e-12);
        Assert.AreEqual(bySlot ? 2 : 1, model.GetReplacements(0).Length);
    }

    [TestMethod]
    public void The_least_of_the_most_frequent_values_is_the_mode()
    {
        Assert.AreEqual(2, Mode(5, 2, 5, 2, 9));
        Assert.AreEqual(0, Mode(0, 3, 3, 0));
        Assert.AreEqual(-4, Mode(0, -4, -4, 0));
        Assert.AreEqual(7, Mode(7, NaN, NaN, NaN));

        double Mode(params float[] values) =>
            _ml.Transforms.ReplaceMissingValues("X", replacementMode: ReplacementMode.Mode).Fit(Tables.Of(("X", Tables.Singles(values)))).GetReplacements(0)[0];
    }

    [TestMethod]
    public void A_column_without_a_known_value_gets_zeros_and_a_diagnosis()
    {
        foreach (float[] values in (float[][])[[NaN, NaN], []])
        {
            List<Diagnosis> heard = [];
            var data = Tables.Of(("X", Tables.Singles(values)));
            var model = _ml.Transforms.ReplaceMissingValues("X", replacementMode: ReplacementMode.Mean).Fit(data, new FitContext { DiagnosisSink = heard.Add });
            CollectionAssert.AreEqual((float[])[0], model.Transform(Tables.Of(("X", Tables.Singles(NaN)))).Column<float>("X"));
            Assert.AreEqual("no-values", heard.Single().Code);
            StringAssert.Contains(heard[0].Message, "'X'");
        }
    }

    [TestMethod]
    public void Other_types_and_sizes_are_refused()
    {
        var data = Tables.Of(("T", Tables.Texts("a")), ("K", Tables.Keys(3, 0)));
        foreach (string name in (string[])["T", "K"])
            StringAssert.Contains(Assert.ThrowsExactly<SchemaException>(() => _ml.Transforms.ReplaceMissingValues(name).Fit(data)).Message, $"Column '{name}' is");
        var model = _ml.Transforms.ReplaceMissingValues("Features", replacementMode: ReplacementMode.Mean).Fit(Example);
        StringAssert.Contains(
            Assert.ThrowsExactly<SchemaException>(() => model.Transform(Tables.Of(("Features", Tables.Dense([1, 2]))))).Message, "a vector of 3 values");
        Assert.ThrowsExactly<ArgumentOutOfRangeException>(() => _ml.Transforms.ReplaceMissingValues("X", replacementMode: (ReplacementMode)4));
    }
}
