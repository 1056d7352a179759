using MLPath.Data;
using MLPath.Transforms;

namespace MLPath.Tests.Transforms;

[TestClass]
public sealed class FeatureSelectionTests
{
    private static readonly float[][] s_rows = [[0, 1, 5, 0], [0, 2, 5, 3], [0, 1, 5, 0], [0, float.NaN, 5, 0]];

    private readonly MLContext _ml = new();

    private TransformsCatalog.FeatureSelectionTransforms Selection => _ml.Transforms.FeatureSelection;

    private static InMemoryDataView Data => Tables.Annotated(
        ("Dense", Tables.Dense(s_rows), Tables.SlotNames("a", "b", "c", "d")),
        ("Sparse", Tables.Sparse(s_rows), DataViewSchema.Annotations.Empty),
        ("Scalar", Tables.Singles(1, 2, 1, 1), DataViewSchema.Annotations.Empty),
        ("Keys", Tables.Sparse<uint>(new KeyDataViewType(2), [0, 1], [0, 2], [0, 1], [0, 1]), Tables.KeyValues("x", "y")),
        ("Label", Tables.Keys(2, 1, 2, 1, 0), DataViewSchema.Annotations.Empty));

    [TestMethod]
    public void Every_selection_keeps_the_contract_and_the_names_of_slots()
    {
        InputOutputColumnPair[] columns = [new("D", "Dense"), new("Sparse"), new("Scalar")];
        (SlotSelectingEstimator Estimator, int[] Kept)[] cases =
        [
            (Selection.SelectFeaturesBasedOnCount(columns), [1, 2, 3]),
            (Selection.SelectFeaturesBasedOnCount(columns, count: 4), [2]),
            (Selection.SelectFeaturesBasedOnCount(columns, count: 0), [0, 1, 2, 3]),
            (Selection.SelectFeaturesBasedOnVariance(columns), [1, 3]),
            (Selection.SelectFeaturesBasedOnVariance(columns, threshold: 1), [3]),
            (Selection.SelectFeaturesBasedOnMutualInformation(columns), [1, 3]),
        ];
        foreach (var (estimator, kept) in cases)
        {
            var made = TransformContract.Check(estimator, Data, learns: true);
            CollectionAssert.AreEqual(kept, estimator.Fit(Data).GetSelectedSlots(0).ToArray(), $"{estimator}");
            CollectionAssert.AreEqual(kept.Select(k => $"{(char)('a' + k)}").ToArray(), made.SlotNames("D"), $"{estimator}");
            for (int row = 0; row < s_rows.Length; row++)
            {
                CollectionAssert.AreEqual(kept.Select(k => s_rows[row][k]).ToArray(), made.Rows<float>("D")[row]);
                CollectionAssert.AreEqual(made.Rows<float>("D")[row], made.Rows<float>("Sparse")[row]);
            }
        }
    }

    [TestMethod]
    public void Keys_stay_keys_of_the_same_values()
    {
        var made = TransformContract.Check(Selection.SelectFeaturesBasedOnCount("Keys"), Data, learns: true);
        Assert.AreEqual(new VectorDataViewType(new KeyDataViewType(2), 1), made.Schema["Keys"].Type);
        CollectionAssert.AreEqual((string[])["x", "y"], made.KeyTexts("Keys"));
        Assert.AreEqual(1.0, Selection.SelectFeaturesBasedOnMutualInformation("Keys").Fit(Tables.Of(
            ("Keys", Data.GetColumn(3)), ("Label", Tables.Scalars(BooleanDataViewType.Instance, true, false, true, false)))).GetScores(0)[1], 0.7);
    }

    [TestMethod]
    public void Nothing_selected_leaves_one_slot_of_zeros_and_says_so()
    {
        List<Diagnosis> said = [];
        var estimator = Selection.SelectFeaturesBasedOnCount([new("Dense"), new("Scalar")], count: 5);
        var made = estimator.Fit(Data, new FitContext { DiagnosisSink = said.Add }).Transform(Data);
        Assert.HasCount(2, said);
        Assert.AreEqual("nothing-selected", said[0].Code);
        StringAssert.Contains(said[0].Message, "No slot of column 'Dense' has 5 values");
        Assert.IsTrue(made.Rows<float>("Dense").All(row => row is [0]));
        Assert.IsTrue(made.Column<float>("Scalar").All(v => v == 0));
        TransformContract.Check(estimator, Data, learns: true);
    }

    [TestMethod]
    public void Mutual_information_is_that_of_a_naive_count()
    {
        var random = new Random(3);
        int[] x = [.. Enumerable.Range(0, 500).Select(_ => random.Next(-3, 4))], y = [.. x.Select(v => (Math.Abs(v) + random.Next(2)) % 3)];
        double naive = 0;
        foreach (var cell in x.Zip(y).GroupBy(p => p))
        {
            double p = cell.Count() / 500.0, px = x.Count(v => v == cell.Key.First) / 500.0, py = y.Count(v => v == cell.Key.Second) / 500.0;
            naive += p * Math.Log2(p / (px * py));
        }

        var data = Tables.Of(("X", Tables.Singles([.. x.Select(v => (float)v)])), ("Label", Tables.Keys(3, [.. y.Select(v => (uint)v + 1)])));
        Assert.AreEqual(naive, Selection.SelectFeaturesBasedOnMutualInformation("X").Fit(data).GetScores(0)[0], 1e-12);
    }

    [TestMethod]
    public void Numbers_are_binned_missing_values_and_rows_without_label_are_understood()
    {
        // Whether a value is missing tells the label; where the label is missing nothing is learned.
        var data = Tables.Of(
            ("X", Tables.Singles(1, float.NaN, 2, float.NaN, 3, 99)), ("Label", Tables.Singles(-1, 1, -1, 1, -1, float.NaN)));
        Assert.AreEqual(0.9709505944546686, Selection.SelectFeaturesBasedOnMutualInformation("X").Fit(data).GetScores(0)[0], 1e-12);
        var line = Tables.Of(
            ("X", Tables.Singles([.. Enumerable.Range(0, 64).Select(i => (float)i)])), ("Label", Tables.Singles([.. Enumerable.Range(0, 64).Select(i => i / 16f)])));
        Assert.AreEqual(2, Selection.SelectFeaturesBasedOnMutualInformation("X", numberOfBins: 4).Fit(line).GetScores(0)[0], 1e-12);
    }

    [TestMethod]
    public void Wrong_options_columns_and_labels_are_refused()
    {
        var shape = SchemaShape.Create(Tables.Of(("Text", Tables.Texts("a")), ("X", Tables.Singles(1)), ("R", Tables.Ragged(NumberDataViewType.Single, [1f]))).Schema);
        Assert.ThrowsExactly<ArgumentOutOfRangeException>(() => Selection.SelectFeaturesBasedOnCount("X", count: -1));
        Assert.ThrowsExactly<ArgumentOutOfRangeException>(() => Selection.SelectFeaturesBasedOnVariance("X", threshold: double.NaN));
        Assert.ThrowsExactly<ArgumentOutOfRangeException>(() => Selection.SelectFeaturesBasedOnMutualInformation("X", slotsInOutput: 0));
        Assert.ThrowsExactly<ArgumentOutOfRangeException>(() => Selection.SelectFeaturesBasedOnMutualInformation("X", numberOfBins: 1));
        Assert.ThrowsExactly<SchemaException>(() => Selection.SelectFeaturesBasedOnCount("R").GetOutputSchema(shape));
        Assert.ThrowsExactly<SchemaException>(() => Selection.SelectFeaturesBasedOnVariance("Text").GetOutputSchema(shape));
        Assert.ThrowsExactly<SchemaException>(() => Selection.SelectFeaturesBasedOnMutualInformation("X", labelColumnName: "Text").GetOutputSchema(shape));
        Assert.AreEqual("Label", Assert.ThrowsExactly<SchemaException>(() => Selection.SelectFeaturesBasedOnMutualInformation("X").GetOutputSchema(shape)).MissingColumnName);
        var model = Selection.SelectFeaturesBasedOnVariance("Dense").Fit(Data);
        Assert.ThrowsExactly<SchemaException>(() => model.Transform(Tables.Of(("Dense", Tables.Dense([1, 2])))));
    }
}
