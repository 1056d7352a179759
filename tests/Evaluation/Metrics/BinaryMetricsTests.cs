using MLPath.Numerics;
using static MLPath.Evaluation.Tests.ReferenceFigures;

namespace MLPath.Evaluation.Tests.Metrics;

[TestClass]
public sealed class BinaryMetricsTests
{
    [TestMethod]
    public void Figures_agree_with_scikit_learn()
    {
        foreach (var one in Cases("binary"))
        {
            bool[] labels = one.Bools("labels");
            float[] probabilities = one.Floats("probabilities"), weights = one.Floats("weights");
            var expected = one.GetProperty("expected");
            AssertClose(expected.GetProperty("AreaUnderRocCurve").GetDouble(),
                BinaryMetrics.AreaUnderRocCurve(labels, one.Floats("scores"), weights), $"{one.Name()}: area");
            AssertClose(expected.GetProperty("CrossEntropy").GetDouble(),
                BinaryMetrics.CrossEntropy(labels, probabilities, weights), $"{one.Name()}: cross-entropy");
            AssertClose(expected.GetProperty("BrierScore").GetDouble(),
                BinaryMetrics.BrierScore(labels, probabilities, weights), $"{one.Name()}: Brier score");
            if (expected.TryGetProperty("LogLoss", out var logLoss))
                AssertClose(logLoss.GetDouble(), BinaryMetrics.LogLoss(labels, probabilities, weights), $"{one.Name()}: log-loss");
        }
    }

    // Lengths on both sides of the sizes at which the sort and the blocks of rows change.
    [TestMethod]
    [DataRow(1)]
    [DataRow(33)]
    [DataRow(511)]
    [DataRow(512)]
    [DataRow(1061)]
    [DataRow(4095)]
    [DataRow(4099)]
    public void Figures_agree_with_their_definitions(int n)
    {
        var (labels, p, weights) = Rows(n);
        foreach (float[] w in new[] { [], weights })
        {
            double area = 0, pairs = 0, nats = 0, squares = 0, total = 0;
            for (int i = 0; i < n; i++)
            {
                double weight = w.Length == 0 ? 1 : w[i], q = labels[i] ? p[i] : 1.0 - p[i];
                total += weight;
                nats -= weight * Math.Log(q);
                squares += weight * (1 - q) * (1 - q);
                for (int j = 0; j < n && labels[i]; j++)
                {
                    double pair = labels[j] ? 0 : weight * (w.Length == 0 ? 1 : w[j]);
                    pairs += pair;
                    area += pair * (p[i] > p[j] ? 1 : p[i] == p[j] ? 0.5 : 0);
                }
            }

            Assert.AreEqual(area / pairs, BinaryMetrics.AreaUnderRocCurve(labels, p, w), 1e-12);
            Assert.AreEqual(nats / total, BinaryMetrics.CrossEntropy(labels, p, w), 1e-12);
            Assert.AreEqual(nats / total / Math.Log(2), BinaryMetrics.LogLoss(labels, p, w), 1e-12);
            Assert.AreEqual(squares / total, BinaryMetrics.BrierScore(labels, p, w), 1e-12);
        }
    }

    [TestMethod]
    public void Figures_are_those_of_the_evaluator()
    {
        var (labels, p, weights) = Rows(5000);
        foreach (float[] w in new[] { [], weights })
        {
            var all = BinaryClassificationEvaluator.Evaluate(labels, p, p, w);
            Assert.AreEqual(all.AreaUnderRocCurve, BinaryMetrics.AreaUnderRocCurve(labels, p, w), 1e-14);
            Assert.AreEqual(all.CrossEntropy, BinaryMetrics.CrossEntropy(labels, p, w), 1e-14);
            Assert.AreEqual(all.LogLoss, BinaryMetrics.LogLoss(labels, p, w), 1e-14);
            Assert.AreEqual(all.BrierScore, BinaryMetrics.BrierScore(labels, p, w), 1e-14);
        }
    }

    [TestMethod]
    public void Rows_in_any_order_and_scores_on_any_scale_have_the_same_area()
    {
        var (labels, p, _) = Rows(5000);
        double area = BinaryMetrics.AreaUnderRocCurve(labels, p);
        int[] order = new RandomStream(2).Permutation(labels.Length);
        Assert.AreEqual(area, BinaryMetrics.AreaUnderRocCurve([.. order.Select(i => labels[i])], [.. order.Select(i => p[i])]));
        Assert.AreEqual(area, BinaryMetrics.AreaUnderRocCurve(labels, Array.ConvertAll(p, v => (8 * v) - 4)));
        Assert.AreEqual(1 - area, BinaryMetrics.AreaUnderRocCurve(labels, Array.ConvertAll(p, v => -v)), 1e-15);
    }

    [TestMethod]
    public void A_weight_of_two_is_two_rows_and_one_of_zero_is_none()
    {
        bool[] labels = [true, false, true, false];
        float[] p = [0.75f, 0.5f, 0.25f, 1];
        float[] weights = [2, 1, 1, 0];
        bool[] many = [true, true, false, true];
        float[] manyP = [0.75f, 0.75f, 0.5f, 0.25f];
        Assert.AreEqual(BinaryMetrics.AreaUnderRocCurve(many, manyP), BinaryMetrics.AreaUnderRocCurve(labels, p, weights));
        Assert.AreEqual(BinaryMetrics.CrossEntropy(many, manyP), BinaryMetrics.CrossEntropy(labels, p, weights), 1e-15);
        Assert.AreEqual(BinaryMetrics.LogLoss(many, manyP), BinaryMetrics.LogLoss(labels, p, weights), 1e-15);
        Assert.AreEqual(BinaryMetrics.BrierScore(many, manyP), BinaryMetrics.BrierScore(labels, p, weights), 1e-15);
    }

    [TestMethod]
    public void A_certain_mistake_is_infinite_in_bits_and_has_a_floor_in_nats()
    {
        Assert.AreEqual(double.PositiveInfinity, BinaryMetrics.LogLoss([true, false], [0, 0]));
        Assert.AreEqual(-Math.Log(1e-15) / 2, BinaryMetrics.CrossEntropy([true, false], [0, 0]), 1e-12);
    }

    [TestMethod]
    public void Tiny_probabilities_keep_their_digits()
    {
        // In single precision 1 - 1e-9 is 1, and the loss would be 0.
        Assert.AreEqual(1e-9, BinaryMetrics.CrossEntropy([false, false], [1e-9f, 1e-9f]), 1e-15);
    }

    [TestMethod]
    public void Nothing_to_compare_gives_NaN()
    {
        Assert.AreEqual(double.NaN, BinaryMetrics.AreaUnderRocCurve([true, true], [0, 1]));
        Assert.AreEqual(double.NaN, BinaryMetrics.AreaUnderRocCurve([true, false], [0, 1], [1, 0]));
        Assert.AreEqual(double.NaN, BinaryMetrics.AreaUnderRocCurve([], []));
        Assert.AreEqual(double.NaN, BinaryMetrics.CrossEntropy([], []));
        Assert.AreEqual(double.NaN, BinaryMetrics.LogLoss([true], [1], [0]));
    }

    [TestMethod]
    public void Bad_values_are_named_with_their_row()
    {
        AssertThrows("'scores' is NaN at row index 1", () => BinaryMetrics.AreaUnderRocCurve([true, false], [0, float.NaN]));
        AssertThrows("'scores' is Infinity at row index 0", () => BinaryMetrics.AreaUnderRocCurve([true], [float.PositiveInfinity]));
        AssertThrows("'probabilities' is 1.5 at row index 1", () => BinaryMetrics.LogLoss([true, false], [0, 1.5f]));
        AssertThrows("'probabilities' is NaN at row index 0", () => BinaryMetrics.CrossEntropy([true, false], [float.NaN, 2]));
        AssertThrows("'weights' is -1 at row index 0", () => BinaryMetrics.BrierScore([true], [0.5f], [-1]));
        AssertThrows("'weights' is NaN at row index 0", () => BinaryMetrics.AreaUnderRocCurve([true], [0.5f], [float.NaN]));
        AssertThrows("'scores' has 1 values where 2 are expected", () => BinaryMetrics.AreaUnderRocCurve([true, false], [0.5f]));
        AssertThrows("'weights' has 1 values where 2 are expected", () => BinaryMetrics.LogLoss([true, false], [0.5f, 0.5f], [1]));
    }

    private static void AssertThrows(string message, Func<double> figure) =>
        StringAssert.Contains(Assert.ThrowsExactly<ArgumentException>(() => figure()).Message, message, StringComparison.Ordinal);

    // Probabilities in steps of 1/64, so that there are many ties, that know something of their labels; weights of 0 among others.
    private static (bool[] Labels, float[] Probabilities, float[] Weights) Rows(int n)
    {
        var random = new RandomStream(1);
        bool[] labels = [.. Enumerable.Range(0, n).Select(_ => random.NextBoolean(0.4))];
        float[] p = [.. labels.Select(l => (1 + random.NextInt32(l ? 10 : 1, l ? 63 : 50)) / 64f)];
        float[] weights = [.. labels.Select(_ => random.NextInt32(9) / 8f)];
        weights[0] = 1;
        return (labels, p, weights);
    }
}
