using static MLPath.Evaluation.Tests.ReferenceFigures;

namespace MLPath.Evaluation.Tests.Metrics;

[TestClass]
public sealed class MulticlassClassificationEvaluatorTests
{
    private static readonly string[] s_names = ["ant", "bee", "cat"];

    [TestMethod]
    public void Metrics_agree_with_scikit_learn_on_ties_and_weights()
    {
        foreach (var one in Cases("multiclass"))
        {
            int k = one.GetProperty("classes").GetInt32();
            double[] topK = one.Doubles("top_k");
            var metrics = MulticlassClassificationEvaluator.Evaluate(one.Ints("labels"), one.Floats("scores"), k, one.Floats("weights"),
                new() { TopKPredictionCount = topK.Length });
            one.AssertExpected(metrics);
            AssertClose(topK, metrics.TopKAccuracyForAllK, "top-K");
            AssertClose(one.Doubles("confusion"), [.. metrics.ConfusionMatrix.Counts.SelectMany(row => row)], "confusion");
            var expected = one.GetProperty("per_class");
            AssertClose(expected.Doubles("precision"), [.. metrics.PerClass.Select(c => c.Precision)], "precision");
            AssertClose(expected.Doubles("recall"), [.. metrics.PerClass.Select(c => c.Recall)], "recall");
            AssertClose(expected.Doubles("f1"), [.. metrics.PerClass.Select(c => c.F1Score)], "F1");
            AssertClose(expected.Doubles("auc"), [.. metrics.OneVersusRest.Select(c => c.AreaUnderRocCurve.Value)], "AUC");
            AssertClose(expected.Doubles("ap"), [.. metrics.OneVersusRest.Select(c => c.AveragePrecision.Value)], "AP");
        }
    }

    [TestMethod]
    public void With_two_classes_it_agrees_with_the_binary_evaluation()
    {
        var random = new Random(3);
        int[] labels = [.. Enumerable.Range(0, 200).Select(_ => random.Next(2))];
        float[] positive = [.. labels.Select(y => (random.Next(32) + 16 * y) / 64f)];
        float[] scores = [.. positive.SelectMany(p => new[] { 1 - p, p })];
        var multi = MulticlassClassificationEvaluator.Evaluate(labels, scores, 2);
        var binary = BinaryClassificationEvaluator.Evaluate(
            labels.Select(y => y == 1).ToArray(), positive, positive, [], new() { Threshold = 0.5f });
        Assert.AreEqual(binary.Accuracy, multi.MicroAccuracy, 1e-14);
        Assert.AreEqual(binary.BalancedAccuracy, multi.MacroAccuracy, 1e-14);
        Assert.AreEqual(binary.MatthewsCorrelation, multi.MatthewsCorrelation, 1e-14);
        Assert.AreEqual(binary.CohensKappa, multi.CohensKappa, 1e-14);
        Assert.AreEqual(binary.CrossEntropy, multi.LogLoss, 1e-14);
        Assert.AreEqual(binary.LogLossReduction, multi.LogLossReduction, 1e-14);
        Assert.AreEqual(2 * binary.BrierScore, multi.BrierScore, 1e-14);
        Assert.AreEqual(binary.AreaUnderRocCurve, multi.MacroAreaUnderRocCurve, 1e-14);
        Assert.AreEqual(binary.MacroF1Score, multi.MacroF1Score, 1e-14);
    }

    [TestMethod]
    public void Ties_go_to_the_earlier_class()
    {
        float[] scores = [0.4f, 0.4f, 0.2f, 0.25f, 0.5f, 0.25f];
        var metrics = MulticlassClassificationEvaluator.Evaluate(
            [1, 2], scores, 3, [], new() { TopKPredictionCount = 4, ClassNames = s_names });
        Assert.AreEqual(1, metrics.ConfusionMatrix.GetCountForClassPair(predictedClassIndicatorIndex: 0, actualClassIndicatorIndex: 1));
        CollectionAssert.AreEqual(new[] { 0, 0.5, 1, 1 }, metrics.TopKAccuracyForAllK.ToArray());
        Assert.AreEqual(1, metrics.TopKAccuracy);
        Assert.AreEqual(4, metrics.TopKPredictionCount);
    }

    [TestMethod]
    public void A_class_that_the_model_does_not_know_counts_as_wrong_in_a_class_of_its_own()
    {
        float[] scores = [0.5f, 0.25f, 0.25f, 0.5f, 0.25f, 0.25f, 0.25f, 0.5f, 0.25f, 0.25f, 0.25f, 0.5f];
        var metrics = MulticlassClassificationEvaluator.Evaluate([0, 7, 1, 2], scores, 3, [], new() { ClassNames = s_names });
        Assert.AreEqual(1, metrics.RowsWithUnknownClass);
        Assert.AreEqual(0.75, metrics.MicroAccuracy);
        Assert.AreEqual(0.75, metrics.MacroAccuracy);
        CollectionAssert.AreEqual(new[] { 0.5, 1, 1, 0 }, metrics.ConfusionMatrix.PerClassPrecision.ToArray());
        Assert.AreEqual("(unknown)", metrics.ConfusionMatrix.ClassNames[3]);
        Assert.AreEqual(-Math.Log(1e-15), metrics.PerClassLogLoss[3], 1e-12);
        Assert.AreEqual((3 * Math.Log(2) - Math.Log(1e-15)) / 4, metrics.LogLoss, 1e-12);
        Assert.HasCount(3, metrics.OneVersusRest);
    }

    [TestMethod]
    public void A_class_without_rows_is_left_out_of_averages_of_recall_but_its_predictions_count_against_precision()
    {
        float[] scores = [1, 0, 0, 0, 0, 1, 0, 1, 0];
        var metrics = MulticlassClassificationEvaluator.Evaluate([0, 0, 1], scores, 3);
        Assert.IsTrue(double.IsNaN(metrics.PerClass[2].Recall));
        Assert.AreEqual(0, metrics.PerClass[2].Precision);
        Assert.AreEqual(0.75, metrics.MacroAccuracy);
        Assert.AreEqual(2.0 / 3, metrics.MacroPrecision, 1e-15);
        Assert.IsTrue(double.IsNaN(metrics.PerClassLogLoss[2]));
        Assert.AreEqual(0, metrics.PerClassLogLoss[1]);
        Assert.AreEqual(2, metrics.OneVersusRest.Count(c => c.AreaUnderRocCurve.IsDefined));
        Assert.IsTrue(metrics["macro-auc"].IsDefined);
    }

    [TestMethod]
    public void Scores_that_are_no_probabilities_leave_only_the_losses_undefined()
    {
        var metrics = MulticlassClassificationEvaluator.Evaluate([0, 1], [0.75f, 0.25f, 2, 3], 2);
        StringAssert.Contains(metrics["LogLoss"].UndefinedReason, "row index 1 one lies outside 0 to 1");
        StringAssert.Contains(metrics["brier"].UndefinedReason, "no probabilities");
        Assert.IsTrue(metrics.PerClassLogLoss.All(double.IsNaN));
        Assert.AreEqual(1, metrics.Accuracy);
        StringAssert.Contains(
            MulticlassClassificationEvaluator.Evaluate([0], [0.25f, 0.25f], 2)["LogLossReduction"].UndefinedReason, "sum to 0.5");
    }

    [TestMethod]
    public void Whole_weights_equal_duplicated_rows_and_weight_0_equals_absence()
    {
        var random = new Random(4);
        const int n = 150, k = 3;
        int[] labels = [.. Enumerable.Range(0, n).Select(_ => random.Next(k))];
        float[][] rows = [.. labels.Select(y =>
        {
            int[] counts = [random.Next(1, 8), random.Next(1, 8), random.Next(1, 8)];
            counts[y] += 4;
            return counts.Select(c => c / (float)counts.Sum()).ToArray();
        })];
        float[] weights = [.. labels.Select(_ => (float)random.Next(4))];
        int[] copies = [.. Enumerable.Range(0, n).SelectMany(i => Enumerable.Repeat(i, (int)weights[i]))];
        var options = new MulticlassEvaluationOptions { TopKPredictionCount = 2 };
        var weighted = MulticlassClassificationEvaluator.Evaluate(labels, [.. rows.SelectMany(r => r)], k, weights, options);
        var duplicated = MulticlassClassificationEvaluator.Evaluate(
            [.. copies.Select(i => labels[i])], [.. copies.SelectMany(i => rows[i])], k, [], options);
        foreach (var metric in duplicated.All)
            Assert.AreEqual(metric.Value, weighted[metric.Name].Value, 1e-12, metric.Name);
    }

    [TestMethod]
    public void Missing_labels_and_bad_scores_are_counted()
    {
        var metrics = MulticlassClassificationEvaluator.Evaluate([-1, 0, 1], [float.NaN, 0, 1, 0, 0, 1], 2);
        Assert.AreEqual(1, metrics.RowsWithoutLabel);
        Assert.AreEqual(2, metrics.RowsEvaluated);
        Assert.AreEqual(1, metrics.Accuracy);

        metrics = MulticlassClassificationEvaluator.Evaluate([0, 1], [1, 0, float.NaN, 1], 2, [], new() { TopKPredictionCount = 1 });
        Assert.AreEqual(1, metrics.RowsWithBadScore);
        Assert.IsTrue(metrics.All.All(m => m.UndefinedReason!.Contains("row index 1", StringComparison.Ordinal)));
        Assert.IsTrue(double.IsNaN(metrics.TopKAccuracyForAllK[0]));
        Assert.IsEmpty(metrics.OneVersusRest);
    }

    [TestMethod]
    public void Limiting_cases_are_values()
    {
        Assert.IsTrue(MulticlassClassificationEvaluator.Evaluate([], [], 3).All.All(m => m.UndefinedReason == "there are no rows"));

        var single = MulticlassClassificationEvaluator.Evaluate([1], [0.25f, 0.75f], 2, [], new() { ClassNames = ["no", "yes"] });
        Assert.AreEqual(1, single.Accuracy);
        Assert.AreEqual(-Math.Log(0.75), single.LogLoss, 1e-15);
        StringAssert.Contains(single["mcc"].UndefinedReason, "'yes'");
        StringAssert.Contains(single["auc"].UndefinedReason, "undefined for every class");
        StringAssert.Contains(single["LogLossReduction"].UndefinedReason, "'yes'");
        StringAssert.Contains(single["top-k"].UndefinedReason, "no K");

        var tied = MulticlassClassificationEvaluator.Evaluate([0, 1, 2], [.. Enumerable.Repeat(1 / 3f, 9)], 3);
        Assert.AreEqual(0.5, tied.MacroAreaUnderRocCurve);
        Assert.AreEqual(Math.Log(3), tied.LogLoss, 1e-7);
        Assert.AreEqual(0, tied.MatthewsCorrelation);
    }

    [TestMethod]
    public void Bad_input_is_named()
    {
        AssertError("'scores' has 5 values where 2 rows of 3", () => MulticlassClassificationEvaluator.Evaluate([0, 1], new float[5], 3));
        AssertError("numberOfClasses", () => MulticlassClassificationEvaluator.Evaluate([0], [1], 0));
        AssertError("2 names for 3",
            () => MulticlassClassificationEvaluator.Evaluate([0], new float[3], 3, [], new() { ClassNames = ["a", "b"] }));
        AssertError("TopKPredictionCount",
            () => MulticlassClassificationEvaluator.Evaluate([0], new float[3], 3, [], new() { TopKPredictionCount = -1 }));
        AssertError("row index 0 is -1", () => MulticlassClassificationEvaluator.Evaluate([0], new float[3], 3, [-1]));
    }

    private static void AssertError(string part, Func<object> action) =>
        StringAssert.Contains(Assert.Throws<ArgumentException>(action).Message, part);
}
