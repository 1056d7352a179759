using MLPath.Data;
using static MLPath.Evaluation.Tests.Explanation.ExplanationFigures;

namespace MLPath.Evaluation.Tests.Explanation;

/// <summary>ML.NET's permutation feature importance has its names, its order of parameters, and its sign: the change of each metric.</summary>
[TestClass]
public sealed class FeaturePermutationTests
{
    private readonly MLContext _ml = new(seed: 1);

    [TestMethod]
    public void The_change_of_every_metric_is_given_for_each_slot()
    {
        var data = RandomTable(200, 3);
        var pipeline = _ml.Transforms.Concatenate("Features", "X0", "X1", "X2").Append(_ml.Regression.Trainers.Ols());
        var model = pipeline.Fit(data);
        var scored = model.Transform(data);
        var slots = _ml.Regression.PermutationFeatureImportance(model.LastTransformer, scored, permutationCount: 5);
        Assert.HasCount(3, slots);
        Assert.IsLessThan(-1, slots[0].RSquared.Mean, "Without the first column R² falls far.");
        Assert.IsLessThan(slots[1].RSquared.Mean, slots[0].RSquared.Mean);
        Assert.IsGreaterThan(0, slots[0].RootMeanSquaredError.Mean);
        Assert.AreEqual(5, slots[0].RSquared.Count);
        Assert.IsGreaterThan(0, slots[0].RSquared.StandardError);
        Assert.AreEqual(0, slots[2].RSquared.Mean, 0.01);

        var named = _ml.Regression.PermutationFeatureImportance(model, data, permutationCount: 5);
        CollectionAssert.AreEquivalent(new[] { "X0", "X1", "X2" }, named.Keys.ToArray());
        Assert.AreEqual(slots[0].RSquared.Mean, named["X0"].RSquared.Mean);
    }

    [TestMethod]
    public void Features_without_weight_can_be_left_out()
    {
        var data = RandomTable(50, 3);
        var model = Linear(_ml, data, [2, -1, 0], 0, "X0", "X1", "X2");
        var all = _ml.Regression.PermutationFeatureImportance(model, data, permutationCount: 2);
        var filtered = _ml.Regression.PermutationFeatureImportance(model, data, useFeatureWeightFilter: true, numberOfExamplesToUse: 30, permutationCount: 2);
        Assert.AreEqual(2, all["X2"].RSquared.Count);
        Assert.AreEqual(0, filtered["X2"].RSquared.Count);
        Assert.AreEqual(2, filtered["X0"].RSquared.Count);
    }

    [TestMethod]
    public void Classes_and_rankings_have_their_own_metrics()
    {
        var iris = _ml.Data.LoadDataset("iris");
        var several = _ml.Transforms.Concatenate("Features", "SepalLength", "SepalWidth", "PetalLength", "PetalWidth")
            .Append(_ml.Transforms.Conversion.MapValueToKey("Label", "Species")).Append(_ml.MulticlassClassification.Trainers.NaiveBayes()).Fit(iris);
        var multiclass = _ml.MulticlassClassification.PermutationFeatureImportance(several, iris);
        Assert.HasCount(4, multiclass);
        Assert.IsLessThan(0, multiclass.Values.Min(v => v.MicroAccuracy.Mean));
        Assert.HasCount(3, multiclass["PetalWidth"].PerClassLogLoss);

        IDataView data = RandomTable(90, 2);
        var ranked = Table(
            ("X0", [.. data.GetColumn<float>("X0")]), ("X1", [.. data.GetColumn<float>("X1")]),
            ("Label", [.. data.GetColumn<float>("X0").Select(x => x > 0 ? 2f : 0f)]), ("GroupId", [.. Enumerable.Range(0, 90).Select(i => (float)(i / 9))]));
        var model = Linear(_ml, ranked, [1, 0], 0, "X0", "X1");
        var importance = _ml.Ranking.PermutationFeatureImportance(model, ranked);
        Assert.IsLessThan(-0.1, importance["X0"].NormalizedDiscountedCumulativeGains[0].Mean);
        Assert.AreEqual(0, importance["X1"].NormalizedDiscountedCumulativeGains[^1].Mean);
        StringAssert.Contains(
            Assert.Throws<SchemaException>(() => _ml.Regression.PermutationFeatureImportance(_ml.Transforms.Concatenate("A", "X0").Fit(data), data)).Message,
            "PermutationImportance");
    }
}
