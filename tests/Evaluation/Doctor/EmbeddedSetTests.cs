using MLPath.Datasets;
using MLPath.Runtime;
using static MLPath.Evaluation.Tests.Examinations.Made;

namespace MLPath.Evaluation.Tests.Examinations;

/// <summary>The embedded sets are honest: nothing about them is an error, and their warnings are what a colleague would say.</summary>
[TestClass]
public sealed class EmbeddedSetTests
{
    [TestMethod]
    [DataRow("iris", LearningTask.Multiclass, "")]
    [DataRow("wine", LearningTask.Multiclass, "")]
    [DataRow("breast-cancer", LearningTask.Binary, "")]
    [DataRow("diabetes", LearningTask.Regression, "overfitting, no-better-than-baseline")] // a tree that knows its rows by heart
    [DataRow("digits", LearningTask.Multiclass, "uncalibrated-probabilities")] // Bayes of neighbouring pixels, and a tree
    public void Embedded_sets_raise_no_error_and_the_warnings_that_a_colleague_would_give(string set, LearningTask task, string expected)
    {
        var data = Ml.Data.LoadDataset(set);
        var info = DatasetRegistry.All.Single(i => i.Name == set);
        var plan = Ml.Data.PlanFeatures(data, new() { LabelColumnName = info.LabelColumn });
        var candidates = new CandidateSet();
        foreach (var algorithm in Ml.Algorithms.All.Where(a => a.IsUsual && a.For(task) is not null))
        {
            var trainer = algorithm.For(task)!;
            candidates.Add(algorithm.Name, new Data.EstimatorChain<ITransformer>()
                .Append(Ml.Transforms.Featurize(plan.WithNormalize(trainer.Info.NeedsNormalization))).Append(trainer.Create([])));
        }

        var report = Evaluation.Comparison.Run(task, data, candidates, new() { LabelColumn = info.LabelColumn, Folds = 3, Seed = 1 });
        Assert.AreEqual("", string.Join('\n', report.Findings.Where(f => f.Severity == DiagnosisSeverity.Error)));
        var warnings = report.Findings.Where(f => f.Severity == DiagnosisSeverity.Warning).ToList();
        Assert.AreEqual(expected, string.Join(", ", warnings.Select(f => f.Check)), string.Join('\n', report.Findings.Select(f => $"{f.Severity} {f.Check}: {f}")));
        Assert.IsTrue(Doctor.Examine(data, info.LabelColumn, task).All(f => f.Severity == DiagnosisSeverity.Info));
    }
}
