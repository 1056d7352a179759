using System.Globalization;
using System.Text.Json.Nodes;

namespace MLPath.Evaluation.Tests.Examinations;

/// <summary>The doctor's statistics agree with SciPy; figures by Reference/make_doctor.py.</summary>
[TestClass]
public sealed class DoctorStatisticsTests
{
    private static readonly JsonNode Figures = JsonNode.Parse(typeof(DoctorStatisticsTests).Assembly.GetManifestResourceStream("doctor.json")!)!;

    private static double Figure(JsonNode? node) => (double)node!;

    [TestMethod]
    public void Distance_of_two_samples()
    {
        double[] first = [0.1, 0.4, 0.4, 0.9, 1.3, 1.7, 2.2, 2.2], second = [0.4, 1.0, 1.3, 1.9, 2.2, 2.5, 3.1, 3.3, 3.3, 4.0];
        var difference = TwoSamples.KolmogorovSmirnov(first, second);
        Assert.AreEqual(Figure(Figures["distance"]), difference.Effect, 1e-15);
        Assert.AreEqual(difference, TwoSamples.KolmogorovSmirnov(second, first));
        Assert.AreEqual(SampleDifference.None, TwoSamples.KolmogorovSmirnov(first, []));
    }

    [TestMethod]
    public void Tail_of_the_limit_of_the_distance()
    {
        foreach (var (x, tail) in Figures["kolmogorov"]!.AsObject())
            Assert.AreEqual(Figure(tail), TwoSamples.KolmogorovTail(double.Parse(x, CultureInfo.InvariantCulture)), 1e-14, x);
        Assert.AreEqual(1, TwoSamples.KolmogorovTail(0));
    }

    [TestMethod]
    public void Independence_of_a_table_of_counts()
    {
        var difference = TwoSamples.Independence([[30, 14, 6], [12, 20, 18]]);
        Assert.AreEqual(Figure(Figures["chi2"]!["p"]), difference.PValue, 1e-14);
        Assert.AreEqual(Figure(Figures["chi2"]!["v"]), difference.Effect, 1e-14);
        Assert.AreEqual(difference, TwoSamples.Independence([[30, 0, 14, 6], [12, 0, 20, 18]]), "Empty columns say nothing.");
        Assert.AreEqual(SampleDifference.None, TwoSamples.Independence([[3, 4], [0, 0]]));
    }

    [TestMethod]
    public void Probabilities_against_what_came()
    {
        double[] p = [0.55, 0.6, 0.7, 0.8, 0.9, 0.95, 0.99, 0.65];
        int[] y = [1, 0, 1, 1, 1, 0, 1, 0];
        var test = CalibrationTest.Of([.. p.Zip(y, (a, b) => (a, b == 1))]);
        Assert.AreEqual(Figure(Figures["spiegelhalter"]), test.PValue, 1e-14);
        Assert.AreEqual(p.Average(), test.Confidence, 1e-15);
        var sure = CalibrationTest.Of([(1, true), (1, true), (1, false)]);
        Assert.AreEqual(0, sure.PValue);
        Assert.AreEqual(1.0 / 3, sure.ExpectedError, 1e-15);
        Assert.AreEqual(1, CalibrationTest.Of([(1, true), (1, true)]).PValue);
    }

    [TestMethod]
    public void One_column_tells_classes_by_the_rows_of_like_values()
    {
        int[] classes = [.. Enumerable.Range(0, 100).Select(row => row / 50)];
        var perfect = new SampledColumn("x", "x", SampledKind.Number, [.. Enumerable.Range(0, 100).Select(row => (double)row)]);
        Assert.AreEqual((0, 1.0), ColumnPower.Classes(perfect, classes, 2));
        var empty = new SampledColumn("x", "x", SampledKind.Number, [.. Enumerable.Repeat(double.NaN, 100)]);
        Assert.AreEqual(0, ColumnPower.Classes(empty, classes, 2).BalancedAccuracy, "Each of the other rows is one fewer of the own class.");
        var names = new SampledColumn("x", "x", SampledKind.Category, perfect.Values);
        Assert.AreEqual(0, ColumnPower.Classes(names, classes, 2).BalancedAccuracy, "What occurs once tells nothing of itself.");
    }

    [TestMethod]
    public void Equal_rows_hash_alike_and_others_do_not()
    {
        var table = Made.Table(
            ("A", new float[] { 0, -0f, 1, float.NaN, BitConverter.Int32BitsToSingle(0x7FC00001) }), ("B", new[] { "ab", "ab", "a", "", "" }), ("C", new[] { "c", "c", "bc", "", "" }));
        var hashes = RowHashes.Of(table, ["A", "B", "C"], default)!;
        Assert.AreEqual(hashes[0], hashes[1]);
        Assert.AreEqual(hashes[3], hashes[4]);
        Assert.HasCount(3, hashes.Distinct().ToList());
        Assert.HasCount(3, RowHashes.Of(table, ["B", "C"], default)!.Distinct().ToList(), "Texts do not run into each other.");
    }
}
