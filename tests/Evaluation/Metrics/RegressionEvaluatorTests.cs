using static MLPath.Evaluation.Tests.ReferenceFigures;

namespace MLPath.Evaluation.Tests.Metrics;

[TestClass]
public sealed class RegressionEvaluatorTests
{
    [TestMethod]
    public void Metrics_agree_with_scikit_learn_with_and_without_weights()
    {
        foreach (var one in Cases("regression"))
        {
            one.AssertExpected(RegressionEvaluator.Evaluate(one.Floats("labels"), one.Floats("scores"), one.Floats("weights")));
            one.AssertExpected(RegressionEvaluator.Evaluate(one.Doubles("labels"), one.Doubles("scores"), one.Floats("weights")));
        }
    }

    [TestMethod]
    public void Whole_weights_equal_duplicated_rows_and_weight_0_equals_absence()
    {
        var random = new Random(2);
        for (int n = 2; n < 40; n++)
        {
            double[] labels = [.. Enumerable.Range(0, n).Select(_ => random.NextDouble() + 1)];
            double[] scores = [.. labels.Select(y => y + random.Next(-8, 8) / 16.0)];
            float[] weights = [.. labels.Select(_ => (float)random.Next(3))];
            weights[0] = weights[1] = 1;
            int[] copies = [.. Enumerable.Range(0, n).SelectMany(i => Enumerable.Repeat(i, (int)weights[i]))];
            var weighted = RegressionEvaluator.Evaluate(labels, scores, weights);
            var duplicated = RegressionEvaluator.Evaluate([.. copies.Select(i => labels[i])], copies.Select(i => scores[i]).ToArray());
            foreach (var metric in duplicated.All)
                Assert.AreEqual(metric.Value, weighted[metric.Name].Value, 1e-11, $"{metric.Name}, {n} rows");
        }
    }

    [TestMethod]
    [DataRow(1)]
    [DataRow(2)]
    [DataRow(1001)]
    [DataRow(1002)]
    [DataRow(65_535)]
    [DataRow(100_000)]
    public void The_median_is_the_middle_of_the_sorted_errors_whatever_their_magnitude(int n)
    {
        var random = new Random(n);
        double[] errors = [.. Enumerable.Range(0, n)
            .Select(i => i % 7 == 0 ? 0 : Math.Pow(10, random.Next(-300, 300)) * random.NextDouble())];
        double[] labels = new double[n], sorted = [.. errors.Order()];
        double expected = n % 2 == 1 ? sorted[n / 2] : sorted[n / 2 - 1] + (sorted[n / 2] - sorted[n / 2 - 1]) / 2;
        Assert.AreEqual(expected, RegressionEvaluator.Evaluate(labels, errors).MedianAbsoluteError);
    }

    [TestMethod]
    public void A_constant_target_leaves_the_shares_of_variance_undefined()
    {
        // The mean of three times 0.1 is not 0.1 in floating point.
        var metrics = RegressionEvaluator.Evaluate([0.1, 0.1, 0.1], [0.1, 0.2, 0.3]);
        StringAssert.Contains(metrics["r2"].UndefinedReason, "the target is constant: it is 0.1 in all 3 evaluated rows");
        Assert.IsFalse(metrics["ExplainedVariance"].IsDefined);
        Assert.AreEqual(0.1, metrics.MeanAbsoluteError, 1e-15);
        Assert.IsFalse(RegressionEvaluator.Evaluate([2f], [1f])["r2"].IsDefined);
    }

    [TestMethod]
    public void R_squared_has_its_three_landmarks()
    {
        float[] labels = [1, 2, 3, 6];
        Assert.AreEqual(1, RegressionEvaluator.Evaluate(labels, labels).RSquared);
        Assert.AreEqual(0, RegressionEvaluator.Evaluate(labels, [3f, 3, 3, 3]).RSquared, 1e-15);
        Assert.IsLessThan(0, RegressionEvaluator.Evaluate(labels, [6f, 3, 2, 1]).RSquared);
        // A constant offset costs R² but not explained variance.
        var offset = RegressionEvaluator.Evaluate(labels, [2f, 3, 4, 7]);
        Assert.AreEqual(1, offset.ExplainedVariance, 1e-15);
        Assert.AreEqual(1 - 4 / 14.0, offset.RSquared, 1e-15);
    }

    [TestMethod]
    public void Large_offsets_do_not_cost_precision()
    {
        double[] labels = [1e9 + 1, 1e9 + 2, 1e9 + 3], scores = [1e9 + 1, 1e9 + 2, 1e9 + 2];
        Assert.AreEqual(0.5, RegressionEvaluator.Evaluate(labels, scores).RSquared, 1e-12);
    }

    [TestMethod]
    public void A_zero_label_leaves_the_percentage_error_undefined()
    {
        var metrics = RegressionEvaluator.Evaluate([0f, 2, 0], [1f, 1, 1]);
        StringAssert.Contains(metrics["mape"].UndefinedReason, "2 are 0");
        Assert.AreEqual(0.5, RegressionEvaluator.Evaluate([-2f, 2], [-1f, 3]).MeanAbsolutePercentageError);
    }

    [TestMethod]
    public void A_loss_of_ones_own_is_averaged_and_the_default_is_the_squared_error()
    {
        float[] labels = [1, 2], scores = [2, 4];
        Assert.AreEqual(2.5, RegressionEvaluator.Evaluate(labels, scores).LossFunction);
        var options = new RegressionEvaluationOptions { LossFunction = (label, score) => Math.Max(0, score - label) };
        Assert.AreEqual(1.75, RegressionEvaluator.Evaluate(labels, scores, [1, 3], options).LossFunction);
    }

    [TestMethod]
    public void Missing_labels_and_bad_predictions_are_counted()
    {
        var metrics = RegressionEvaluator.Evaluate([1f, float.NaN, 3], [1, float.NaN, 4]);
        Assert.AreEqual(1, metrics.RowsWithoutLabel);
        Assert.AreEqual(2, metrics.RowsEvaluated);
        Assert.AreEqual(0.5, metrics.MeanAbsoluteError);

        metrics = RegressionEvaluator.Evaluate([1f, 2], [1, float.NaN]);
        Assert.AreEqual(1, metrics.RowsWithBadScore);
        Assert.IsTrue(metrics.All.All(m => m.UndefinedReason!.Contains("row index 1", StringComparison.Ordinal)));
        Assert.IsTrue(RegressionEvaluator.Evaluate([float.NaN], [1f]).All.All(m => m.UndefinedReason == "no row has a label"));
        Assert.IsTrue(RegressionEvaluator.Evaluate(Array.Empty<float>(), []).All.All(m => m.UndefinedReason == "there are no rows"));
    }

    [TestMethod]
    public void Values_beyond_double_precision_are_undefined_not_nonsense()
    {
        var metrics = RegressionEvaluator.Evaluate([1e300, -1e300], [-1e300, 1e300]);
        Assert.AreEqual(double.PositiveInfinity, metrics.MeanSquaredError);
        Assert.IsFalse(metrics["r2"].IsDefined);
        Assert.IsNotNull(metrics["r2"].UndefinedReason);
    }

    [TestMethod]
    public void Bad_input_is_named()
    {
        AssertError("row index 1 is infinite", () => RegressionEvaluator.Evaluate([1f, float.NegativeInfinity], [1, 2]));
        AssertError("'scores' has 1", () => RegressionEvaluator.Evaluate([1f, 2], [1]));
        AssertError("row index 1 is Infinity", () => RegressionEvaluator.Evaluate([1f, 2], [1, 2], [1, float.PositiveInfinity]));
    }

    private static void AssertError(string part, Func<object> action) =>
        StringAssert.Contains(Assert.Throws<ArgumentException>(action).Message, part);
}
