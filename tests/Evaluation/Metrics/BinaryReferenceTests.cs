using MLPath.Data;
using static MLPath.Evaluation.Tests.ReferenceFigures;

namespace MLPath.Evaluation.Tests.Metrics;

[TestClass]
public sealed class BinaryReferenceTests
{
    private static readonly BinaryEvaluationOptions s_allPoints = new() { MaxCurvePoints = int.MaxValue };

    [TestMethod]
    public void Metrics_agree_with_scikit_learn_on_ties_and_weights()
    {
        foreach (var one in Cases("binary"))
        {
            one.AssertExpected(BinaryClassificationEvaluator.Evaluate(
                one.Bools("labels"), one.Floats("scores"), one.Floats("probabilities"), one.Floats("weights")));
        }
    }

    [TestMethod]
    public void Precision_recall_points_agree_with_scikit_learn()
    {
        foreach (var one in Cases("binary"))
        {
            var curve = Curves(one).PrecisionRecallCurve;
            var expected = one.GetProperty("pr");
            AssertClose(expected.Doubles("thresholds"), [.. curve.Select(p => p.Threshold)], "thresholds");
            AssertClose(expected.Doubles("precision"), [.. curve.Select(p => p.Precision)], "precision");
            AssertClose(expected.Doubles("recall"), [.. curve.Select(p => p.Recall)], "recall");
        }
    }

    [TestMethod]
    public void Roc_points_are_the_corners_of_scikit_learns_curve()
    {
        foreach (var one in Cases("binary"))
        {
            var curve = Curves(one).RocCurve;
            Assert.AreEqual(new RocPoint(double.PositiveInfinity, 0, 0), curve[0]);
            var expected = one.GetProperty("roc");
            double[] thresholds = expected.Doubles("thresholds"), fpr = expected.Doubles("fpr"), tpr = expected.Doubles("tpr");
            foreach (var point in curve.Skip(1))
            {
                int i = Array.IndexOf(thresholds, point.Threshold);
                AssertClose(fpr[i], point.FalsePositiveRate, $"FPR at {point.Threshold}");
                AssertClose(tpr[i], point.TruePositiveRate, $"TPR at {point.Threshold}");
            }
            // What was left out lies on the line between what was kept.
            for (int i = 0; i < thresholds.Length; i++)
            {
                var before = curve.Last(p => p.Threshold >= thresholds[i]);
                var after = curve.First(p => p.Threshold <= thresholds[i]);
                double cross = (after.FalsePositiveRate - before.FalsePositiveRate) * (tpr[i] - before.TruePositiveRate)
                    - (after.TruePositiveRate - before.TruePositiveRate) * (fpr[i] - before.FalsePositiveRate);
                AssertClose(0, cross, $"distance from the line at {thresholds[i]}");
            }
        }
    }

    private static ScoreCurves Curves(System.Text.Json.JsonElement one) => BinaryClassificationEvaluator.EvaluateNonCalibrated(
        one.Bools("labels"), one.Floats("scores"), one.Floats("weights"), s_allPoints).Curves;
}
