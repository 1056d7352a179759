namespace MLPath.Evaluation.Tests.Explanation;

/// <summary>Quality by segment, and the rows that are most wrong.</summary>
[TestClass]
public sealed class SegmentTests
{
    private readonly MLContext _ml = new(seed: 1);

    [TestMethod]
    public void A_segment_in_which_the_model_fails_is_found_and_others_are_not()
    {
        var scored = Scored(400, failsIn: "south");
        var report = _ml.BinaryClassification.EvaluateSegments(scored, "Region", new SegmentOptions { Metric = "accuracy" });
        CollectionAssert.AreEqual(new[] { "east", "north", "south", "west" }, report.Segments.Select(s => s.Name).ToArray());
        Assert.AreEqual("south", report.Worse.Single().Name);
        var south = report.Segments[2];
        Assert.AreEqual(100, south.Rows);
        var rows = _ml.Data.CreateEnumerable<Judged>(scored, reuseRowObject: false).ToList();
        double expected = rows.Where(r => r.Region == "south").Average(r => r.Label == r.Score > 0 ? 1.0 : 0);
        double others = rows.Where(r => r.Region != "south").Average(r => r.Label == r.Score > 0 ? 1.0 : 0);
        Assert.AreEqual(expected, south.Value, 1e-12);
        Assert.AreEqual(expected - others, south.Difference, 1e-12);
        // The bootstrap's interval of a share is near to the normal one.
        double half = 1.96 * Math.Sqrt(expected * (1 - expected) / 100);
        Assert.AreEqual(expected - half, south.Interval!.Value.Low, 0.03);
        Assert.AreEqual(expected + half, south.Interval.Value.High, 0.03);
        StringAssert.Contains(report.Answer, "south");
        Assert.IsEmpty(_ml.BinaryClassification.EvaluateSegments(Scored(400, failsIn: null), "Region").Worse);
    }

    [TestMethod]
    public void Numbers_are_cut_at_quantiles_and_missing_values_are_a_segment()
    {
        var scored = Scored(400, failsIn: null);
        var report = _ml.BinaryClassification.EvaluateSegments(scored, "Age", new SegmentOptions { Bins = 4, Resamples = 20 });
        Assert.HasCount(5, report.Segments);
        Assert.AreEqual("missing", report.Segments[^1].Name);
        Assert.AreEqual(400, report.Segments.Sum(s => s.Rows));
        int present = report.Segments.Take(4).Sum(s => s.Rows);
        Assert.IsTrue(report.Segments.Take(4).All(s => Math.Abs(s.Rows - (present / 4.0)) <= 10), string.Join(", ", report.Segments));
        var same = _ml.BinaryClassification.EvaluateSegments(scored, "Age", new SegmentOptions { Bins = 4, Resamples = 20 }, FitContext.Default with { Threads = 5, Seed = 1 });
        CollectionAssert.AreEqual(report.Segments.ToArray(), same.Segments.ToArray());
        Assert.Throws<SchemaException>(() => _ml.BinaryClassification.EvaluateSegments(scored, "Agee"));
    }

    [TestMethod]
    public void The_rest_of_many_categories_is_one_segment()
    {
        var scored = Scored(400, failsIn: null);
        var report = _ml.BinaryClassification.EvaluateSegments(scored, "Region", new SegmentOptions { MostSegments = 2, Resamples = 20 });
        CollectionAssert.AreEqual(new[] { "east", "north", "2 other values" }, report.Segments.Select(s => s.Name).ToArray());
        Assert.AreEqual(200, report.Segments[^1].Rows);
    }

    [TestMethod]
    public void The_most_wrong_rows_come_first_with_their_values()
    {
        Judged[] rows =
        [
            new() { Region = "a", Age = 1, Label = true, Score = 3, Probability = 0.95f }, new() { Region = "b", Age = 2, Label = true, Score = -3, Probability = 0.05f },
            new() { Region = "c", Age = float.NaN, Label = false, Score = 1, Probability = 0.7f }, new() { Region = "d", Age = 4, Label = false, Score = -1, Probability = 0.2f },
        ];
        var worst = _ml.BinaryClassification.WorstRows(_ml.Data.LoadFromEnumerable(rows), new WorstRowsOptions { Count = 3, BinaryClasses = ["well", "ill"] });
        CollectionAssert.AreEqual(new[] { 1, 2, 3 }, worst.Rows.Select(r => r.Index).ToArray());
        Assert.AreEqual(-Math.Log(0.05f), worst.Rows[0].Loss, 1e-9);
        Assert.AreEqual("ill", worst.Rows[0].Truth);
        Assert.AreEqual("well (95.0%)", worst.Rows[0].Prediction);
        CollectionAssert.AreEqual(new[] { "Region", "Age" }, worst.Columns.ToArray());
        CollectionAssert.AreEqual(new[] { "c", "" }, worst.Rows[1].Values.ToArray());
        Assert.HasCount(3, worst.ToSection().Rows);

        var predicted = ExplanationFigures.Table(("Label", [1, 2, float.NaN, 4]), ("Score", [1.5f, 0, 9, 4]), ("Size", [7, 8, 9, 10]));
        var errors = _ml.Regression.WorstRows(predicted);
        CollectionAssert.AreEqual(new[] { 1, 0, 3 }, errors.Rows.Select(r => r.Index).ToArray());
        Assert.AreEqual("Absolute error", errors.LossName);
        Assert.AreEqual(2, errors.Rows[0].Loss);
    }

    // Four regions of equal size. The model is right in nine of ten rows, in the failing region in half of them.
    private IDataView Scored(int rows, string? failsIn)
    {
        var random = new Numerics.RandomStream(11);
        string[] regions = ["north", "south", "east", "west"];
        return _ml.Data.LoadFromEnumerable(Enumerable.Range(0, rows).Select(i =>
        {
            string region = regions[i % 4];
            bool label = random.NextBoolean(0.5);
            bool right = random.NextBoolean(region == failsIn ? 0.5 : 0.9);
            float score = label == right ? 1 : -1;
            return new Judged { Region = region, Age = i % 20 == 0 ? float.NaN : random.NextInt32(80), Label = label, Score = score, Probability = score > 0 ? 0.8f : 0.2f };
        }).ToArray());
    }

    private sealed class Judged
    {
        public string Region { get; set; } = "";

        public float Age { get; set; }

        public bool Label { get; set; }

        public float Score { get; set; }

        public float Probability { get; set; }
    }
}
