using MLPath.Data;

namespace MLPath.Evaluation.Tests.Validation;

/// <summary>Scored views are measured by what their columns mean.</summary>
[TestClass]
public sealed class EvaluateTests
{
    private readonly MLContext _ml = new(seed: 1);

    [TestMethod]
    public void Classes_are_matched_by_value_whatever_the_order_of_the_keys()
    {
        // The model knows c, a, b in this order; the label's keys stand for a, b, c.
        var view = Scored(["c", "a", "b"], [[0.1f, 0.8f, 0.1f], [0.1f, 0.2f, 0.7f], [0.9f, 0.05f, 0.05f], [0.2f, 0.5f, 0.3f]], ["a", "b", "c"], [1, 2, 3, 2]);
        var metrics = _ml.MulticlassClassification.Evaluate(view);
        Assert.AreEqual(0.75, metrics.MicroAccuracy);
        CollectionAssert.AreEqual(new[] { "c", "a", "b" }, metrics.ConfusionMatrix.ClassNames.ToArray());
        Assert.AreEqual(1, metrics.PerClass.Single(c => c.ClassName == "c").Recall);
    }

    [TestMethod]
    public void A_class_that_the_model_does_not_know_counts_as_wrong_and_a_missing_label_not_at_all()
    {
        var view = Scored(["a", "b"], [[0.9f, 0.1f], [0.9f, 0.1f], [0.2f, 0.8f]], ["b", "a", "z"], [2, 3, 0]);
        var metrics = _ml.MulticlassClassification.Evaluate(view);
        Assert.AreEqual(0.5, metrics.MicroAccuracy);
        Assert.AreEqual(1, metrics.RowsWithUnknownClass);
        Assert.AreEqual(1, metrics.RowsWithoutLabel);
    }

    [TestMethod]
    public void Top_k_counts_the_best_k_classes()
    {
        var view = Scored(["a", "b", "c"], [[0.5f, 0.3f, 0.2f], [0.5f, 0.3f, 0.2f], [0.5f, 0.3f, 0.2f]], ["a", "b", "c"], [1, 2, 3]);
        var metrics = _ml.MulticlassClassification.Evaluate(view, topKPredictionCount: 2);
        CollectionAssert.AreEqual(new[] { 1 / 3.0, 2 / 3.0 }, metrics.TopKAccuracyForAllK.ToArray());
    }

    [TestMethod]
    public void Two_classes_are_measured_with_and_without_probabilities_and_by_weights()
    {
        Judged[] rows =
        [
            new() { Label = true, Score = 2, Probability = 0.9f, Weight = 1 }, new() { Label = true, Score = -1, Probability = 0.3f, Weight = 3 },
            new() { Label = false, Score = -2, Probability = 0.1f, Weight = 1 }, new() { Label = false, Score = 1, Probability = 0.7f, Weight = 0 },
        ];
        var view = _ml.Data.LoadFromEnumerable(rows);
        Assert.AreEqual(0.5, _ml.BinaryClassification.Evaluate(view).Accuracy);
        Assert.AreEqual(0.5, _ml.BinaryClassification.EvaluateNonCalibrated(view).Accuracy);
        Assert.AreEqual(0.4, _ml.BinaryClassification.Evaluate(view, exampleWeightColumnName: "Weight").Accuracy, 1e-12);
        Assert.AreEqual(1, _ml.BinaryClassification.Evaluate(view, exampleWeightColumnName: "Weight").AreaUnderRocCurve);
        StringAssert.Contains(
            Assert.Throws<SchemaException>(() => _ml.BinaryClassification.Evaluate(_ml.Transforms.DropColumns("Probability").Fit(view).Transform(view))).Message,
            "Probability");
    }

    [TestMethod]
    public void A_column_that_is_missing_or_of_the_wrong_type_is_named()
    {
        var view = _ml.Data.LoadFromEnumerable([new Judged()]);
        StringAssert.Contains(Assert.Throws<SchemaException>(() => _ml.Regression.Evaluate(view, labelColumnName: "Lable")).Message, "Label");
        StringAssert.Contains(Assert.Throws<SchemaException>(() => _ml.Regression.Evaluate(view)).Message, "Boolean");
        StringAssert.Contains(Assert.Throws<SchemaException>(() => _ml.MulticlassClassification.Evaluate(view)).Message, "Score");
    }

    private static InMemoryDataView Scored(string[] slots, float[][] scores, string[] keys, uint[] labels)
    {
        var score = new VectorColumn<float>(new VectorDataViewType(NumberDataViewType.Single, slots.Length));
        score.Begin(VectorLayout.Dense);
        foreach (float[] row in scores)
            score.AddRow(row);
        var label = new ScalarColumn<uint>(new KeyDataViewType(keys.Length));
        foreach (uint key in labels)
            label.Add(key);
        var schema = new DataViewSchema.Builder();
        schema.AddColumn("Label", label.Type, new DataViewSchema.Annotations.Builder().AddKeyValues(keys).ToAnnotations());
        schema.AddColumn("Score", score.Type, new DataViewSchema.Annotations.Builder().AddSlotNames(slots).ToAnnotations());
        return new InMemoryDataView(schema.ToSchema(), [label, score]);
    }

    private sealed class Judged
    {
        public bool Label { get; set; }

        public float Score { get; set; }

        public float Probability { get; set; }

        public float Weight { get; set; }
    }
}
