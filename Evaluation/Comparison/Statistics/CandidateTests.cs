using MLPath.Runtime;

namespace MLPath.Evaluation;

/// <summary>Tests the candidates of one data set against each other, by the tests that fit the design.</summary>
internal sealed class CandidateTests
{
    private readonly MetricDescription _metric;
    private readonly int _place; // of the metric among all of the task
    private readonly FoldDesign _folds;
    private readonly ChosenTest _chosen;
    private readonly double _rope;

    /// <summary>Chooses the tests.</summary>
    /// <param name="task">The task.</param>
    /// <param name="options">The options of the comparison.</param>
    /// <param name="metric">The metric that decides.</param>
    /// <param name="folds">The splits.</param>
    /// <param name="best">The mean score of the best candidate.</param>
    public CandidateTests(LearningTask task, ComparisonOptions options, MetricDescription metric, FoldDesign folds, double best)
    {
        (_metric, _folds) = (metric, folds);
        _place = MetricCatalog.For(task).ToList().FindIndex(m => m.Name == metric.Name);
        _chosen = TestChoice.Choose(new TestDesign(task, metric.Name) { Design = folds.Design, Grouped = options.GroupColumn is not null });
        _rope = options.Rope ?? DefaultRope(metric, best);
    }

    /// <summary>What a candidate's tests rest on.</summary>
    /// <param name="Scores">Its score on each split.</param>
    /// <param name="Rows">On one split, its predictions; null otherwise.</param>
    /// <param name="Bootstrap">On one split, draws of all its metrics; null otherwise.</param>
    public sealed record Measured(double[] Scores, ScoredRows? Rows, BcaInterval.Run? Bootstrap);

    /// <summary>Tests the best candidate against another one. Differences are the best one's score less the other's.</summary>
    public (PairedComparison Difference, StatisticalTest Test, StatisticalTest? Beside) Compare(Measured best, Measured other)
    {
        // After an interruption some candidates have a split more than others: the common ones are compared.
        int common = Math.Min(best.Scores.Length, other.Scores.Length);
        ReadOnlySpan<double> a = best.Scores.AsSpan(0, common), b = other.Scores.AsSpan(0, common);
        if (_chosen.Test == TestKind.CorrectedResampledT)
        {
            var paired = CorrectedResampledTTest.Compare(a, b, _folds.TestToTrainRatio);
            var belief = BayesianCorrelatedT.Compare(a, b, _folds.TestToTrainRatio, _rope, _metric.HigherIsBetter);
            return (paired, paired.ToTest(_chosen.Reason), belief.ToTest(_chosen.BesideReason));
        }

        var test = PairedDifferences.Of(a, b, "split").Obstacle is { } obstacle ? new StatisticalTest("no test", _chosen.Reason) { Note = obstacle } : _chosen.Test switch
        {
            TestKind.FiveByTwoF => FiveByTwoF.Compare(a, b).ToTest(_chosen.Reason),
            TestKind.McNemar => McNemar.Compare(best.Rows!.IsRight(), other.Rows!.IsRight()).ToTest(_chosen.Reason),
            TestKind.DeLong => DeLong.Compare(best.Rows!.IsPositive(), best.Rows.Scores, other.Rows!.Scores).ToTest(_chosen.Reason),
            TestKind.PairedBootstrap => Bootstrapped(best.Bootstrap!, other.Bootstrap!).ToTest(_chosen.Reason),
            _ => new StatisticalTest("no test", _chosen.Reason) { Note = "the design allows no test" },
        };
        return (PairedComparison.Of(test, best.Rows?.Count ?? common), test, null);
    }

    /// <summary>The width within which a difference does not matter: 0.01 where the metric has a scale of its own, else 1% of the best score.</summary>
    private static double DefaultRope(MetricDescription metric, double best)
    {
        bool hasScale = double.IsFinite(metric.Worst) || metric.Best == 1;
        return hasScale || !double.IsFinite(best) ? BayesianCorrelatedT.DefaultRope : BayesianCorrelatedT.DefaultRope * Math.Abs(best);
    }

    // All candidates were drawn with the same rows, so that draws of different ones belong together.
    private PairedBootstrapTest Bootstrapped(BcaInterval.Run best, BcaInterval.Run other)
    {
        double[][] Minus(double[][] x, double[][] y) => [.. x.Zip(y, (p, q) => new[] { p[_place] - q[_place] })];
        return PairedBootstrap.Test(
            new BcaInterval.Run(
                best.Options, Minus([best.Estimates], [other.Estimates])[0], Minus(best.Resamples, other.Resamples), Minus(best.Jackknife, other.Jackknife)),
            statistic: 0);
    }
}
