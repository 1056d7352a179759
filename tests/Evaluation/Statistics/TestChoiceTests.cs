using MLPath.Runtime;
using static MLPath.Evaluation.ComparisonDesign;
using static MLPath.Runtime.LearningTask;

namespace MLPath.Evaluation.Tests.Statistics;

[TestClass]
public sealed class TestChoiceTests
{
    [TestMethod]
    // Two models on folds: overlapping training sets, whatever is measured.
    [DataRow(Binary, "Accuracy", 2, 1, Folds, false, TestKind.CorrectedResampledT, TestKind.BayesianCorrelatedT, "overlap")]
    [DataRow(Regression, "rmse", 2, 1, Folds, false, TestKind.CorrectedResampledT, TestKind.BayesianCorrelatedT, "overlap")]
    [DataRow(Multiclass, "LogLoss", 5, 1, Folds, true, TestKind.CorrectedResampledT, TestKind.BayesianCorrelatedT, "overlap")]
    [DataRow(Clustering, "Silhouette", 2, 1, Folds, false, TestKind.CorrectedResampledT, TestKind.BayesianCorrelatedT, "overlap")]
    [DataRow(Binary, "auc", 2, 1, FiveByTwo, false, TestKind.FiveByTwoF, TestKind.None, "do not overlap")]
    [DataRow(Regression, "RSquared", 4, 1, FiveByTwo, false, TestKind.FiveByTwoF, TestKind.None, "do not overlap")]
    // One split: by what the metric knows of rows.
    [DataRow(Binary, "accuracy", 2, 1, ComparisonDesign.HoldOut, false, TestKind.McNemar, TestKind.None, "exactly one of the two")]
    [DataRow(Multiclass, "MicroAccuracy", 3, 1, ComparisonDesign.HoldOut, false, TestKind.McNemar, TestKind.None, "exactly one of the two")]
    [DataRow(Binary, "auc", 2, 1, ComparisonDesign.HoldOut, false, TestKind.DeLong, TestKind.None, "same rows")]
    [DataRow(AnomalyDetection, "AreaUnderRocCurve", 2, 1, ComparisonDesign.HoldOut, false, TestKind.DeLong, TestKind.None, "same rows")]
    [DataRow(Binary, "F1Score", 2, 1, ComparisonDesign.HoldOut, false, TestKind.PairedBootstrap, TestKind.None, "again and again")]
    [DataRow(Multiclass, "MacroF1Score", 2, 1, ComparisonDesign.HoldOut, false, TestKind.PairedBootstrap, TestKind.None, "again and again")]
    [DataRow(Regression, "rmse", 2, 1, ComparisonDesign.HoldOut, false, TestKind.PairedBootstrap, TestKind.None, "again and again")]
    [DataRow(Binary, "accuracy", 2, 1, ComparisonDesign.HoldOut, true, TestKind.PairedBootstrap, TestKind.None, "whole groups")]
    [DataRow(Binary, "auc", 2, 1, ComparisonDesign.HoldOut, true, TestKind.PairedBootstrap, TestKind.None, "whole groups")]
    [DataRow(Clustering, "Silhouette", 2, 1, ComparisonDesign.HoldOut, false, TestKind.None, TestKind.None, "use folds")]
    // Many data sets: ranks, however each was divided.
    [DataRow(Binary, "auc", 2, 10, Folds, false, TestKind.Wilcoxon, TestKind.BayesianSignedRank, "cannot be averaged")]
    [DataRow(Regression, "rmse", 2, 2, ComparisonDesign.HoldOut, false, TestKind.Wilcoxon, TestKind.BayesianSignedRank, "cannot be averaged")]
    [DataRow(Multiclass, "MicroAccuracy", 3, 4, Folds, false, TestKind.Friedman, TestKind.Nemenyi, "ranks within each")]
    [DataRow(Multiclass, "MicroAccuracy", 9, 30, FiveByTwo, false, TestKind.Friedman, TestKind.Nemenyi, "ranks within each")]
    public void A_design_has_its_test_and_the_reason(
        LearningTask task, string metric, int models, int datasets, ComparisonDesign design, bool grouped, TestKind test, TestKind beside, string reason)
    {
        var chosen = TestChoice.Choose(new TestDesign(task, metric)
        {
            Models = models,
            Datasets = datasets,
            Design = design,
            Grouped = grouped,
        });
        Assert.AreEqual(test, chosen.Test);
        Assert.AreEqual(beside, chosen.Beside);
        StringAssert.Contains(chosen.Reason, reason);
        StringAssert.EndsWith(chosen.Reason, ".");
        Assert.AreEqual(beside == TestKind.None, chosen.BesideReason.Length == 0);
    }

    [TestMethod]
    public void Impossible_designs_are_errors()
    {
        Assert.Throws<ArgumentOutOfRangeException>(() => TestChoice.Choose(new TestDesign(Binary, "auc") { Models = 1 }));
        Assert.Throws<ArgumentOutOfRangeException>(() => TestChoice.Choose(new TestDesign(Binary, "auc") { Datasets = 0 }));
        Assert.Throws<ArgumentException>(() => TestChoice.Choose(new TestDesign(Binary, "beauty") { Design = ComparisonDesign.HoldOut }));
    }
}
