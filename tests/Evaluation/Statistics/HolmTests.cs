namespace MLPath.Evaluation.Tests.Statistics;

[TestClass]
public sealed class HolmTests
{
    [TestMethod]
    public void An_adjustment_worked_by_hand()
    {
        // Sorted 0.005, 0.01, 0.03, 0.04 times 4, 3, 2, 1 = 0.02, 0.03, 0.06, 0.04; the last may not fall below the one before it.
        double[] adjusted = Holm.Adjust([0.01, 0.04, 0.03, 0.005]);
        double[] expected = [0.03, 0.06, 0.06, 0.02];
        for (int i = 0; i < expected.Length; i++)
            Assert.AreEqual(expected[i], adjusted[i], 1e-15);
    }

    [TestMethod]
    public void One_value_stays_and_none_exceeds_1()
    {
        CollectionAssert.AreEqual(new[] { 0.03 }, Holm.Adjust([0.03]));
        CollectionAssert.AreEqual(new double[] { 1, 1, 1 }, Holm.Adjust([0.9, 1, 0.5]));
        CollectionAssert.AreEqual(new double[] { 0, 0 }, Holm.Adjust([0, 0]));
        Assert.IsEmpty(Holm.Adjust([]));
    }

    [TestMethod]
    public void A_test_that_was_not_made_does_not_count()
    {
        double[] adjusted = Holm.Adjust([double.NaN, 0.02, 0.01]);
        Assert.IsTrue(double.IsNaN(adjusted[0]));
        Assert.AreEqual(0.02, adjusted[1]);
        Assert.AreEqual(0.02, adjusted[2]);
    }

    [TestMethod]
    public void It_rejects_as_the_sequential_procedure_does()
    {
        var random = new Random(12);
        for (int trial = 0; trial < 300; trial++)
        {
            double[] p = [.. Enumerable.Range(0, 1 + trial % 8).Select(_ => Math.Round(random.NextDouble() * 0.1, 3))];
            double[] adjusted = Holm.Adjust(p);
            // Holm's own statement: step through the sorted values while p(i) <= alpha / (m - i + 1), and stop at the first that is not.
            const double alpha = 0.0503;
            int[] order = [.. Enumerable.Range(0, p.Length).OrderBy(i => p[i])];
            bool rejecting = true;
            for (int i = 0; i < order.Length; i++)
            {
                rejecting &= p[order[i]] <= alpha / (p.Length - i);
                Assert.AreEqual(rejecting, adjusted[order[i]] <= alpha);
            }
        }
    }

    [TestMethod]
    public void A_value_that_is_no_probability_is_an_error() => StringAssert.Contains(
        Assert.Throws<ArgumentException>(() => Holm.Adjust([0.5, 1.5])).Message, "index 1 is 1.5");
}
