namespace MLPath.Evaluation.Tests.Explanation;

/// <summary>The cheapest threshold by what errors cost.</summary>
[TestClass]
public sealed class ThresholdTests
{
    private readonly MLContext _ml = new(seed: 1);

    [TestMethod]
    public void It_is_the_cheapest_of_all_that_tell_rows_apart()
    {
        var scored = Scored(200, seed: 3);
        var costs = new DecisionCosts { FalsePositive = 1, FalseNegative = 5, TruePositiveGain = 0.5 };
        var choice = _ml.BinaryClassification.ChooseThreshold(scored, new ThresholdOptions { Costs = costs });
        var rows = Rows(scored);
        double Cost(double threshold) => rows.Average(r => (r.Probability > threshold, r.Label) switch
        {
            (true, false) => 1,
            (false, true) => 5,
            (true, true) => -0.5,
            _ => 0.0,
        });
        double least = choice.ExpectedCost;
        Assert.AreEqual(Cost(choice.Best.Threshold), least, 1e-12);
        Assert.AreEqual(rows.Select(r => Cost(r.Probability)).Append(Cost(-1)).Min(), least, 1e-12);
        Assert.AreEqual(Cost(0.5), choice.Usual.ExpectedCost(costs), 1e-12);
        foreach (var point in choice.Points)
            Assert.AreEqual(Cost(point.Threshold), point.ExpectedCost(costs), 1e-12);
        Assert.IsTrue(choice.Points.Zip(choice.Points.Skip(1)).All(p => p.First.Threshold < p.Second.Threshold), "Thresholds rise.");
        Assert.AreEqual(1.0 / 6.5, costs.TheoreticalThreshold, 1e-15);
        Assert.IsLessThan(0.5, choice.Best.Threshold, "A missed row costs more than a false alarm.");
        Assert.IsTrue(choice.ThresholdInterval is { } i && i.Low <= choice.Best.Threshold && choice.Best.Threshold <= i.High);
        Assert.IsGreaterThan(0, choice.Saving);
        StringAssert.Contains(choice.Answer, "per row");
    }

    [TestMethod]
    public void Intervals_do_not_depend_on_threads_and_shrink_with_rows()
    {
        ThresholdChoice Of(int rows, int threads) =>
            _ml.BinaryClassification.ChooseThreshold(Scored(rows, seed: 4), null, FitContext.Default with { Threads = threads, Seed = 2 });
        Assert.AreEqual(Of(150, 1).ThresholdInterval, Of(150, 6).ThresholdInterval);
        double Width(ThresholdChoice c) => c.CostInterval!.Value.High - c.CostInterval.Value.Low;
        Assert.IsLessThan(Width(Of(150, 4)), Width(Of(3000, 4)));
        Assert.IsNull(_ml.BinaryClassification.ChooseThreshold(Scored(50, 1), new ThresholdOptions { Resamples = 0 }).CostInterval);
    }

    [TestMethod]
    public void Scores_without_probabilities_and_perfect_ones_have_thresholds_too()
    {
        var scored = _ml.Data.LoadFromEnumerable(new[] { -2f, -1, 1, 3 }.Select(s => new ScoreOnly { Label = s > 0, Score = s }));
        var choice = _ml.BinaryClassification.ChooseThreshold(scored);
        Assert.AreEqual("Score", choice.Column);
        Assert.AreEqual(0, choice.Best.Threshold, "Of equally cheap thresholds the usual one.");
        Assert.AreEqual(0, choice.ExpectedCost);
        Assert.AreEqual(1, choice.Best.F1Score);
        Assert.HasCount(5, choice.Points);
    }

    [TestMethod]
    public void Costs_that_decide_nothing_and_one_class_are_errors()
    {
        var scored = Scored(20, 1);
        Assert.Throws<Runtime.OptionException>(() => _ml.BinaryClassification.ChooseThreshold(
            scored, new ThresholdOptions { Costs = new DecisionCosts { FalsePositive = 0 } }));
        Assert.Throws<Runtime.OptionException>(() => _ml.BinaryClassification.ChooseThreshold(
            scored, new ThresholdOptions { Costs = new DecisionCosts { FalseNegative = -1 } }));
        var one = _ml.Data.LoadFromEnumerable(new[] { 1f, 2 }.Select(s => new ScoreOnly { Label = true, Score = s }));
        Assert.Throws<DataException>(() => _ml.BinaryClassification.ChooseThreshold(one));
    }

    private IDataView Scored(int rows, ulong seed)
    {
        var random = new Numerics.RandomStream(seed);
        return _ml.Data.LoadFromEnumerable(Enumerable.Range(0, rows).Select(_ =>
        {
            float p = random.NextInt32(65) / 64f;
            return new Judged { Label = random.NextDouble() < p, Probability = p, Score = p - 0.5f };
        }).ToArray());
    }

    private List<Judged> Rows(IDataView scored) => [.. _ml.Data.CreateEnumerable<Judged>(scored, reuseRowObject: false)];

    private sealed class Judged
    {
        public bool Label { get; set; }

        public float Score { get; set; }

        public float Probability { get; set; }
    }

    private sealed class ScoreOnly
    {
        public bool Label { get; set; }

        public float Score { get; set; }
    }
}
