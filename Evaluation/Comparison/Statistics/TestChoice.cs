using MLPath.Data;
using MLPath.Runtime;

namespace MLPath.Evaluation;

/// <summary>How the rows of a data set are divided for a comparison.</summary>
public enum ComparisonDesign
{
    /// <summary>k folds, each tested once, perhaps repeated with other folds.</summary>
    Folds,

    /// <summary>One split: a part of the rows is held out for the test.</summary>
    HoldOut,

    /// <summary>Five repeats of two folds.</summary>
    FiveByTwo,
}

/// <summary>The tests that a comparison may call for.</summary>
public enum TestKind
{
    /// <summary>None: the design allows no test.</summary>
    None,

    /// <summary>McNemar's test of two classifiers on the same rows.</summary>
    McNemar,

    /// <summary>DeLong's test of two areas under the ROC curve on the same rows.</summary>
    DeLong,

    /// <summary>The paired bootstrap of any metric on the same rows.</summary>
    PairedBootstrap,

    /// <summary>Nadeau and Bengio's corrected resampled t-test.</summary>
    CorrectedResampledT,

    /// <summary>Corani and Benavoli's Bayesian correlated t-test.</summary>
    BayesianCorrelatedT,

    /// <summary>Alpaydin's combined 5×2 cv F test.</summary>
    FiveByTwoF,

    /// <summary>Wilcoxon's signed-rank test.</summary>
    Wilcoxon,

    /// <summary>The Bayesian signed-rank test.</summary>
    BayesianSignedRank,

    /// <summary>Friedman's test with the F of Iman and Davenport.</summary>
    Friedman,

    /// <summary>Nemenyi's test after Friedman's.</summary>
    Nemenyi,
}

/// <summary>What is compared on what: all that the choice of a test depends on.</summary>
/// <param name="Task">The task.</param>
/// <param name="Metric">The name of the metric that decides.</param>
public sealed record TestDesign(LearningTask Task, string Metric)
{
    /// <summary>How many models are compared, 2 or more. Default 2.</summary>
    public int Models { get; init; } = 2;

    /// <summary>On how many data sets, 1 or more. Default 1.</summary>
    public int Datasets { get; init; } = 1;

    /// <summary>How the rows of each are divided. Default: folds.</summary>
    public ComparisonDesign Design { get; init; } = ComparisonDesign.Folds;

    /// <summary>Whether rows belong to groups that stay together, and so are not independent. Default false.</summary>
    public bool Grouped { get; init; }
}

/// <summary>A test that fits a design.</summary>
/// <param name="Test">The test.</param>
/// <param name="Reason">Why it fits, in a sentence.</param>
/// <param name="Beside">The test that is made beside it, or after it; none where there is no such.</param>
/// <param name="BesideReason">Why, in a sentence; empty without one.</param>
public sealed record ChosenTest(TestKind Test, string Reason, TestKind Beside = TestKind.None, string BesideReason = "");

/// <summary>
/// Chooses the test that fits a design. The ordinary t-test on the scores of folds is never it: training sets overlap, and it finds
/// differences where there are none (T. Dietterich, Neural Computation 10, 1998; C. Nadeau and Y. Bengio, Machine Learning 52, 2003).
/// </summary>
public static class TestChoice
{
    private const string Practice =
        "It says how probable it is that the difference matters in practice, which a p-value does not.";

    /// <summary>Chooses the test.</summary>
    /// <param name="design">What is compared on what.</param>
    /// <exception cref="ArgumentException">The task has no such metric, there is no data set, or fewer than two models.</exception>
    public static ChosenTest Choose(TestDesign design)
    {
        ArgumentNullException.ThrowIfNull(design);
        ArgumentOutOfRangeException.ThrowIfLessThan(design.Models, 2, nameof(design));
        ArgumentOutOfRangeException.ThrowIfLessThan(design.Datasets, 1, nameof(design));
        if (design.Datasets > 1)
            return OnManyDatasets(design.Models);
        return design.Design switch
        {
            ComparisonDesign.FiveByTwo => new ChosenTest(TestKind.FiveByTwoF,
                "Five repeats of two folds: the training sets of a repeat do not overlap, and Alpaydin's F combines all ten differences."),
            ComparisonDesign.HoldOut => OnOneSplit(design),
            _ => new ChosenTest(TestKind.CorrectedResampledT,
                "The same folds for all, but their training sets overlap: the t-test is corrected for that as Nadeau and Bengio showed.",
                TestKind.BayesianCorrelatedT, Practice),
        };
    }

    private static ChosenTest OnManyDatasets(int models) => models == 2
        ? new ChosenTest(TestKind.Wilcoxon,
            "Two models on several data sets: scores of different data sets cannot be averaged, but the ranks of their differences can be compared.",
            TestKind.BayesianSignedRank, Practice)
        : new ChosenTest(TestKind.Friedman,
            "More than two models on several data sets: scores of different data sets cannot be compared, but ranks within each can.",
            TestKind.Nemenyi, "It says which of the models differ, each compared with each, at one level for all pairs together.");

    private static ChosenTest OnOneSplit(TestDesign design)
    {
        if (design.Task == LearningTask.Clustering)
            return new ChosenTest(TestKind.None, "Clusters found once, on one split, say nothing of how much they would vary: use folds.");
        if (design.Grouped)
        {
            return new ChosenTest(TestKind.PairedBootstrap,
                "One split whose rows belong to groups: rows of a group are not independent, so that whole groups are drawn, the same for both models.");
        }

        string metric = MetricCatalog.Find(design.Task, design.Metric).Name;
        return (design.Task, metric) switch
        {
            (LearningTask.Binary, nameof(BinaryClassificationMetrics.Accuracy)) or (LearningTask.Multiclass, nameof(MulticlassClassificationMetrics.MicroAccuracy)) =>
                new ChosenTest(TestKind.McNemar, "One split and accuracy: the rows on which exactly one of the two models is right tell which is better."),
            (LearningTask.Binary or LearningTask.AnomalyDetection, nameof(BinaryClassificationMetrics.AreaUnderRocCurve)) =>
                new ChosenTest(TestKind.DeLong, "One split and the area under the ROC curve: both areas rest on the same rows, and DeLong's variance knows how they vary together."),
            _ => new ChosenTest(TestKind.PairedBootstrap, "One split and a metric without a test of its own: rows are drawn again and again, the same for both models."),
        };
    }
}
