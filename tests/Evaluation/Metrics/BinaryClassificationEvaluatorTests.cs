using MLPath.Data;

namespace MLPath.Evaluation.Tests.Metrics;

[TestClass]
public sealed class BinaryClassificationEvaluatorTests
{
    [TestMethod]
    [DataRow(300)]
    [DataRow(6000)] // enough rows for the radix sort
    public void Auc_equals_the_count_of_ordered_pairs(int n)
    {
        var (labels, scores, _, weights) = Sample(n, seed: 5);
        double ordered = 0, all = 0;
        for (int i = 0; i < n; i++)
        {
            for (int j = 0; labels[i] && j < n; j++)
            {
                if (labels[j])
                    continue;
                double pair = (double)weights[i] * weights[j];
                all += pair;
                ordered += pair * (scores[i] > scores[j] ? 1 : scores[i] == scores[j] ? 0.5 : 0);
            }
        }
        var metrics = BinaryClassificationEvaluator.EvaluateNonCalibrated(labels, scores, weights);
        Assert.AreEqual(ordered / all, metrics.AreaUnderRocCurve, 1e-12);
    }

    [TestMethod]
    public void Average_precision_equals_its_definition_by_thresholds()
    {
        var (labels, scores, _, _) = Sample(200, seed: 6);
        double positives = labels.Count(l => l), recall = 0, sum = 0;
        foreach (float threshold in scores.Distinct().OrderDescending())
        {
            double called = scores.Count(s => s >= threshold);
            double right = scores.Zip(labels).Count(p => p.First >= threshold && p.Second);
            sum += (right / positives - recall) * (right / called);
            recall = right / positives;
        }
        Assert.AreEqual(sum, BinaryClassificationEvaluator.EvaluateNonCalibrated(labels, scores).AveragePrecision, 1e-12);
    }

    [TestMethod]
    public void A_monotone_transform_of_the_scores_leaves_the_curves_areas_unchanged()
    {
        var (labels, scores, _, weights) = Sample(5000, seed: 7);
        var before = BinaryClassificationEvaluator.EvaluateNonCalibrated(labels, scores, weights);
        var after = BinaryClassificationEvaluator.EvaluateNonCalibrated(labels, [.. scores.Select(s => MathF.Exp(s) - 30)], weights);
        Assert.AreEqual(before.AreaUnderRocCurve, after.AreaUnderRocCurve);
        Assert.AreEqual(before.AreaUnderPrecisionRecallCurve, after.AreaUnderPrecisionRecallCurve);
        Assert.AreEqual(before.AveragePrecision, after.AveragePrecision);
    }

    [TestMethod]
    public void The_order_of_rows_plays_no_part()
    {
        var (labels, scores, probabilities, _) = Sample(500, seed: 8);
        int[] order = [.. Enumerable.Range(0, 500)];
        new Random(1).Shuffle(order);
        var before = BinaryClassificationEvaluator.Evaluate(labels, scores, probabilities);
        var after = BinaryClassificationEvaluator.Evaluate(
            [.. order.Select(i => labels[i])], [.. order.Select(i => scores[i])], order.Select(i => probabilities[i]).ToArray());
        AssertSame(before, after, 1e-14);
        Assert.AreEqual(before.AreaUnderRocCurve, after.AreaUnderRocCurve);
    }

    [TestMethod]
    public void Whole_weights_equal_duplicated_rows_and_weight_0_equals_absence()
    {
        var (labels, scores, probabilities, weights) = Sample(400, seed: 9);
        int[] copies = [.. Enumerable.Range(0, 400).SelectMany(i => Enumerable.Repeat(i, (int)weights[i]))];
        Assert.IsTrue(weights.Contains(0));
        var weighted = BinaryClassificationEvaluator.Evaluate(labels, scores, probabilities, weights);
        var duplicated = BinaryClassificationEvaluator.Evaluate(
            [.. copies.Select(i => labels[i])], [.. copies.Select(i => scores[i])], copies.Select(i => probabilities[i]).ToArray());
        AssertSame(duplicated, weighted, 1e-12);
        Assert.AreEqual(copies.Length, weighted.TotalWeight);
        Assert.AreEqual(weights.Count(w => w > 0), weighted.RowsEvaluated);
    }

    [TestMethod]
    public void Float_labels_read_as_in_ml_net_and_missing_ones_are_left_out_and_counted()
    {
        float[] labels = [1, 0, float.NaN, -1, 2];
        var metrics = BinaryClassificationEvaluator.EvaluateNonCalibrated(labels, [0.5f, -1, float.NaN, 1, 3]);
        Assert.AreEqual(1, metrics.RowsWithoutLabel);
        Assert.AreEqual(4, metrics.RowsEvaluated);
        Assert.AreEqual(0, metrics.RowsWithBadScore);
        Assert.AreEqual(0.75, metrics.Accuracy);
        Assert.AreEqual(2, metrics.ConfusionMatrix.GetCountForClassPair(0, 0));
        Assert.AreEqual(1, metrics.ConfusionMatrix.GetCountForClassPair(predictedClassIndicatorIndex: 0, actualClassIndicatorIndex: 1));
    }

    [TestMethod]
    public void Rows_of_one_class_leave_defined_what_can_be()
    {
        var metrics = BinaryClassificationEvaluator.Evaluate([true, true, true], [1, 2, -1], [0.5f, 0.75f, 0.25f]);
        StringAssert.Contains(metrics["auc"].UndefinedReason, "all 3 evaluated rows are 'positive'");
        StringAssert.Contains(metrics["mcc"].UndefinedReason, "all evaluated rows are 'positive'");
        StringAssert.Contains(metrics["NegativeRecall"].UndefinedReason, "no evaluated row is 'negative'");
        Assert.IsFalse(metrics["LogLossReduction"].IsDefined);
        Assert.AreEqual(2.0 / 3, metrics.Accuracy, 1e-15);
        Assert.AreEqual(2.0 / 3, metrics.BalancedAccuracy, 1e-15);
        Assert.AreEqual(1, metrics.AveragePrecision);
        Assert.AreEqual(0, metrics.Entropy);
        Assert.AreEqual((1 - Math.Log2(0.75) + 2) / 3, metrics.LogLoss, 1e-15);
        Assert.IsEmpty(metrics.Curves.RocCurve);

        var negative = BinaryClassificationEvaluator.EvaluateNonCalibrated([false, false], [-1, -2]);
        StringAssert.Contains(negative["auprc"].UndefinedReason, "no row is 'positive'");
        StringAssert.Contains(negative["f1"].UndefinedReason, "no evaluated row is or is predicted 'positive'");
        StringAssert.Contains(negative["kappa"].UndefinedReason, "all predictions");
    }

    [TestMethod]
    public void A_class_that_the_model_never_predicts_earns_0()
    {
        var metrics = BinaryClassificationEvaluator.EvaluateNonCalibrated([true, false, false], [-1, -2, -3]);
        Assert.AreEqual(0, metrics.PositivePrecision);
        Assert.AreEqual(0, metrics.F1Score);
        Assert.AreEqual(0, metrics.MatthewsCorrelation);
        Assert.AreEqual(0, metrics.CohensKappa, 1e-15);
        Assert.AreEqual(1, metrics.AreaUnderRocCurve);
    }

    [TestMethod]
    public void Scores_that_are_all_tied_rank_at_random()
    {
        // -0 and 0 are equal, hence tied.
        var metrics = BinaryClassificationEvaluator.EvaluateNonCalibrated([true, false, true, false, false], [0, -0f, -0f, 0, 0]);
        Assert.AreEqual(0.5, metrics.AreaUnderRocCurve);
        Assert.AreEqual(0.4, metrics.AveragePrecision, 1e-15);
        Assert.HasCount(1, metrics.Curves.PrecisionRecallCurve);
        CollectionAssert.AreEqual(
            new[] { new RocPoint(double.PositiveInfinity, 0, 0), new RocPoint(0, 1, 1) }, metrics.Curves.RocCurve.ToArray());
    }

    [TestMethod]
    public void Scores_of_any_size_keep_their_order()
    {
        float[] falling = [float.MaxValue, 1e30f, 1, float.Epsilon, 0, -float.Epsilon, -1, -1e30f, -float.MaxValue];
        var points = BinaryClassificationEvaluator
            .EvaluateNonCalibrated([true, false, true, false, true, false, true, false, true], falling).Curves.PrecisionRecallCurve;
        CollectionAssert.AreEqual(falling.Select(s => (double)s).ToArray(), points.Select(p => p.Threshold).ToArray());
    }

    [TestMethod]
    public void Nothing_to_judge_is_said_not_thrown()
    {
        AssertAllUndefined(BinaryClassificationEvaluator.Evaluate(Array.Empty<float>(), [], []), "there are no rows");
        AssertAllUndefined(BinaryClassificationEvaluator.Evaluate([float.NaN, float.NaN], [1, 2], [1, 1]), "no row has a label");
        AssertAllUndefined(BinaryClassificationEvaluator.Evaluate([1f, float.NaN], [1, 2], [1, 1], [0, 1]), "weight above 0");
    }

    [TestMethod]
    [DataRow(float.NaN)]
    [DataRow(float.PositiveInfinity)]
    public void A_bad_score_leaves_every_metric_undefined_and_says_where(float bad)
    {
        var metrics = BinaryClassificationEvaluator.Evaluate([1f, 0, 1, float.NaN], [1, 2, bad, bad], [0.5f, 0.5f, 0.5f, 0.5f]);
        Assert.AreEqual(1, metrics.RowsWithBadScore);
        AssertAllUndefined(metrics, "1 of 3 labelled rows have a score that is NaN or infinite (the first at row index 2)");
        Assert.AreEqual(0, metrics.ConfusionMatrix.GetCountForClassPair(0, 0));

        // A row of weight 0 is as good as absent, whatever its score.
        Assert.AreEqual(0.5, BinaryClassificationEvaluator.EvaluateNonCalibrated([1f, 0, 1], [1, 2, bad], [1, 1, 0]).Accuracy);
    }

    [TestMethod]
    public void A_missing_probability_spoils_the_metrics_of_probabilities_only()
    {
        var metrics = BinaryClassificationEvaluator.Evaluate([true, false], [1, -1], [0.5f, float.NaN]);
        StringAssert.Contains(metrics["logloss"].UndefinedReason, "row index 1");
        Assert.AreEqual(1, metrics.Accuracy);
        StringAssert.Contains(
            BinaryClassificationEvaluator.EvaluateNonCalibrated([true, false], [1, -1])["brier"].UndefinedReason, "no probabilities");
    }

    [TestMethod]
    public void A_certain_mistake_costs_infinite_bits_but_finite_cross_entropy()
    {
        var metrics = BinaryClassificationEvaluator.Evaluate([true, false], [-1, -1], [0, 0]);
        Assert.AreEqual(double.PositiveInfinity, metrics.LogLoss);
        Assert.AreEqual(double.NegativeInfinity, metrics.LogLossReduction);
        Assert.AreEqual(-Math.Log(1e-15) / 2, metrics.CrossEntropy, 1e-12);
        Assert.AreEqual(0.5, metrics.BrierScore);
        Assert.AreEqual(0, BinaryClassificationEvaluator.Evaluate([true, false], [1, -1], [1, 0]).CrossEntropy);
    }

    [TestMethod]
    public void Bad_input_is_named()
    {
        AssertError("row index 1 is -2", () => BinaryClassificationEvaluator.EvaluateNonCalibrated([true, false], [1, 2], [1, -2]));
        AssertError("row index 0 is NaN", () => BinaryClassificationEvaluator.EvaluateNonCalibrated([true, false], [1, 2], [float.NaN, 1]));
        AssertError("'scores' has 1", () => BinaryClassificationEvaluator.EvaluateNonCalibrated([true, false], [1]));
        AssertError("'weights' has 1", () => BinaryClassificationEvaluator.EvaluateNonCalibrated([true, false], [1, 2], [1]));
        AssertError("'probabilities' has 0", () => BinaryClassificationEvaluator.Evaluate([true, false], [1, 2], []));
        AssertError("row index 1 is 1.5", () => BinaryClassificationEvaluator.Evaluate([true, false], [1, 2], [1, 1.5f]));
        AssertError("Threshold",
            () => BinaryClassificationEvaluator.EvaluateNonCalibrated([true], [1], [], new() { Threshold = float.NaN }));
        AssertError("MaxCurvePoints",
            () => BinaryClassificationEvaluator.EvaluateNonCalibrated([true], [1], [], new() { MaxCurvePoints = -1 }));
    }

    [TestMethod]
    public void The_threshold_decides_and_names_are_carried()
    {
        var metrics = BinaryClassificationEvaluator.EvaluateNonCalibrated([true, false, true], [0.7f, 0.6f, 0.6f], [],
            new() { Threshold = 0.6f, PositiveName = "ill", NegativeName = "healthy" });
        Assert.AreEqual(1, metrics.PositivePrecision);
        Assert.AreEqual(0.5, metrics.PositiveRecall);
        Assert.AreEqual(new ClassMetrics("ill", 2, 1, 1, 0.5, 2.0 / 3), metrics.PerClass[0]);
        Assert.AreEqual("healthy", metrics.ConfusionMatrix.ClassNames[1]);
        Assert.AreEqual("ill", metrics.Curves.ClassName);
    }

    [TestMethod]
    [DataRow(0)]
    [DataRow(1)]
    [DataRow(2)]
    [DataRow(50)]
    public void Fewer_points_leave_the_areas_exact(int points)
    {
        var (labels, scores, _, _) = Sample(5000, seed: 10);
        var all = BinaryClassificationEvaluator.EvaluateNonCalibrated(labels, scores, [], new() { MaxCurvePoints = int.MaxValue });
        var few = BinaryClassificationEvaluator.EvaluateNonCalibrated(labels, scores, [], new() { MaxCurvePoints = points });
        Assert.AreEqual(all.AreaUnderRocCurve, few.AreaUnderRocCurve);
        Assert.AreEqual(all.AveragePrecision, few.AveragePrecision);
        Assert.HasCount(points, few.Curves.PrecisionRecallCurve);
        Assert.HasCount(points < 2 ? 0 : points, few.Curves.RocCurve);
        if (points < 2)
            return;
        Assert.AreEqual(new RocPoint(double.PositiveInfinity, 0, 0), few.Curves.RocCurve[0]);
        Assert.AreEqual(all.Curves.RocCurve[^1], few.Curves.RocCurve[^1]);
        Assert.IsTrue(few.Curves.RocCurve.All(all.Curves.RocCurve.Contains));
        Assert.AreEqual(1, few.Curves.PrecisionRecallCurve[^1].Recall);
    }

    private static (bool[] Labels, float[] Scores, float[] Probabilities, float[] Weights) Sample(int n, int seed)
    {
        var random = new Random(seed);
        var labels = new bool[n];
        float[] scores = new float[n], probabilities = new float[n], weights = new float[n];
        for (int i = 0; i < n; i++)
        {
            labels[i] = random.NextDouble() < 0.3;
            // 1/64 steps: many ties.
            scores[i] = MathF.Round((random.NextSingle() * 4 - 2 + (labels[i] ? 1 : 0)) * 64) / 64;
            probabilities[i] = 1 / (1 + MathF.Exp(-scores[i]));
            weights[i] = random.Next(4);
        }
        return (labels, scores, probabilities, weights);
    }

    private static void AssertSame(EvaluationMetrics expected, EvaluationMetrics actual, double tolerance)
    {
        foreach (var metric in expected.All)
            Assert.AreEqual(metric.Value, actual[metric.Name].Value, tolerance, metric.Name);
    }

    private static void AssertAllUndefined(EvaluationMetrics metrics, string reason)
    {
        foreach (var metric in metrics.All)
        {
            Assert.IsFalse(metric.IsDefined, metric.Name);
            StringAssert.Contains(metric.UndefinedReason, reason);
        }
    }

    private static void AssertError(string part, Func<object> action) =>
        StringAssert.Contains(Assert.Throws<ArgumentException>(action).Message, part);
}
