using System.Text.Json.Nodes;
using MLPath.Runtime;

namespace MLPath.Evaluation.Tests.Comparison.Datasets;

/// <summary>Real pipelines on several real data sets.</summary>
[TestClass]
public sealed class DatasetsRunTests
{
    private static readonly MLContext ML = new(seed: 1);

    [TestMethod]
    public void Sets_of_two_and_of_several_classes_are_compared_by_accuracy_each_as_it_would_be_alone()
    {
        var (iris, cancer) = (Iris(), Cancer());
        var report = Evaluation.Comparison.RunAll([iris, cancer], new() { Folds = 3, Seed = 5 }, baseline: "prior");
        Assert.AreEqual("Accuracy", report.Metric.DisplayName);
        Assert.AreEqual("prior", report.Candidates[^1].Name);
        Assert.AreEqual(2, report.Against("prior")["bayes"].Wins);
        foreach (var (set, metric) in new[] { (iris, "MicroAccuracy"), (cancer, "Accuracy") })
        {
            var alone = Evaluation.Comparison.Run(set.Task, set.Data, set.Candidates, new() { LabelColumn = set.LabelColumn, Folds = 3, Seed = 5, Metric = metric });
            Assert.AreEqual(Timeless(alone.ToJson()), Timeless(report[set.Name].Comparison!.ToJson()), set.Name);
        }
    }

    [TestMethod]
    public void Neither_threads_nor_the_order_of_candidates_show_in_the_result()
    {
        string Json(int threads, bool reversed) => Timeless(Evaluation.Comparison.RunAll(
            [Iris(reversed), Cancer(reversed)], new() { Folds = 3 }, context: FitContext.Default with { Threads = threads }).ToJson());
        string once = Json(1, reversed: false);
        Assert.AreEqual(once, Json(2, reversed: false), "two threads");
        Assert.AreEqual(once, Json(2, reversed: true), "reversed order");
    }

    [TestMethod]
    public void Progress_names_the_set()
    {
        var seen = new List<string>();
        var context = FitContext.Default with { Threads = 1, Progress = new Immediate(p => seen.Add(string.Join('/', p.Path))) };
        Evaluation.Comparison.RunAll([Iris(), Cancer()], new() { Folds = 2 }, context: context);
        CollectionAssert.AreEqual(new[] { "iris", "breast-cancer" }, seen.Select(s => s.Split('/')[0]).Distinct().ToArray());
        Assert.Contains("breast-cancer/bayes/fold 2", seen);
    }

    [TestMethod]
    public void An_interruption_keeps_the_finished_sets()
    {
        using var stop = new CancellationTokenSource();
        var context = FitContext.Default with
        {
            Threads = 1,
            CancellationToken = stop.Token,
            Progress = new Immediate(p =>
            {
                if (p.Path[0] == "breast-cancer")
                    stop.Cancel();
            }),
        };
        var partial = Assert.Throws<DatasetsCanceledException>(() => Evaluation.Comparison.RunAll([Iris(), Cancer()], new() { Folds = 2 }, context: context)).Partial!;
        Assert.IsFalse(partial.IsComplete);
        Assert.AreEqual("iris", partial.Datasets.Single().Name);
        Assert.IsTrue(partial.Datasets[0].Comparison!.IsComplete);
        StringAssert.Contains(partial.Notes[0], "not finished: breast-cancer");
        StringAssert.Contains(partial.Answer, "interrupted");

        var none = Assert.Throws<DatasetsCanceledException>(() => Evaluation.Comparison.RunAll(
            [Iris()], new(), context: FitContext.Default with { CancellationToken = new CancellationToken(canceled: true) }));
        Assert.IsNull(none.Partial);
    }

    [TestMethod]
    public void A_set_that_cannot_be_compared_on_costs_only_itself()
    {
        var tiny = Iris() with { Name = "one class", Data = ML.Data.TakeRows(ML.Data.LoadDataset("iris"), 40) };
        var report = Evaluation.Comparison.RunAll([tiny, Iris()], new() { Folds = 2 });
        StringAssert.Contains(report["one class"].Error!, "one value only");
        StringAssert.Contains(string.Join(' ', report.Notes), "one class is left out of the ranks and tests");
        Assert.AreEqual(1, report.Friedman!.Datasets);
    }

    [TestMethod]
    public void What_cannot_be_asked_for_is_said_before_anything_runs()
    {
        var (iris, cancer) = (Iris(), Cancer());
        var diabetes = new ComparedDataset("diabetes", LearningTask.Regression, ML.Data.LoadDataset("diabetes"), "Progression", Prior(iris.Candidates));
        Says<OptionException>("diabetes one for regression; no metric measures both", iris, diabetes);
        Says<OptionException>("There are no data sets");
        Says<OptionException>("more than once", iris, iris);
        Says<OptionException>("Candidate 'bayes' is not there for both iris and breast-cancer", iris, cancer with { Candidates = Prior(cancer.Candidates) });
        Says<SchemaException>("breast-cancer: ", iris, cancer with { LabelColumn = "Diagnose" });
        Says<OptionException>("no candidates", iris with { Candidates = [] });

        // One name may stand for two metrics, and a metric may be known to one task only.
        void Metric(string metric, string part) => StringAssert.Contains(
            Assert.Throws<OptionException>(() => Evaluation.Comparison.RunAll([iris, cancer], new() { Metric = metric })).Message, part);
        Metric("f1", "'f1' is Macro F1 for multiclass classification (iris) and F1 for binary classification (breast-cancer)");
        Metric("top-k", "breast-cancer: There is no metric 'top-k' for binary classification.");
        StringAssert.Contains(Assert.Throws<OptionException>(() => Evaluation.Comparison.RunAll([iris], new(), baseline: "bays")).Message, "'bayes'");
        StringAssert.Contains(Assert.Throws<OptionException>(() => Evaluation.Comparison.RunAll([iris], new() { LabelColumn = "Species" })).Message, "its own label");
        Assert.AreEqual("R²", Evaluation.Comparison.CommonMetric([diabetes]).DisplayName);
        Assert.AreEqual("MacroF1Score", Evaluation.Comparison.CommonMetric([iris, cancer], "macro-f1").Name);
    }

    private static void Says<T>(string part, params ComparedDataset[] sets) where T : Exception =>
        StringAssert.Contains(Assert.Throws<T>(() => Evaluation.Comparison.RunAll(sets, new() { Folds = 2 })).Message, part);

    internal static ComparedDataset Iris(bool reversed = false) => Set("iris", LearningTask.Multiclass, "Species", reversed);

    internal static ComparedDataset Cancer(bool reversed = false) => Set("breast-cancer", LearningTask.Binary, "Diagnosis", reversed);

    internal static ComparedDataset Wine() => Set("wine", LearningTask.Multiclass, "Cultivar", reversed: false);

    private static ComparedDataset Set(string name, LearningTask task, string label, bool reversed)
    {
        var data = ML.Data.LoadDataset(name);
        string[] features = [.. data.Schema.Select(c => c.Name).Where(n => n != label)];
        string[] algorithms = ["bayes", "knn", "baseline"];
        var candidates = new CandidateSet();
        foreach (string algorithm in reversed ? [.. algorithms.Reverse()] : algorithms)
        {
            candidates.Add(algorithm == "baseline" ? "prior" : algorithm,
                ML.Transforms.Concatenate("Features", features).Append(ML.Algorithms.Get(algorithm).For(task)!.Create()));
        }

        return new ComparedDataset(name, task, data, label, candidates);
    }

    private static CandidateSet Prior(CandidateSet candidates) => new() { ["prior"] = candidates["prior"] };

    // Everything but the members that may differ from run to run.
    private static string Timeless(string json)
    {
        var node = JsonNode.Parse(json)!;
        Strip(node);
        return node.ToJsonString();

        static void Strip(JsonNode? node)
        {
            if (node is JsonArray array)
            {
                foreach (var item in array)
                    Strip(item);
            }
            else if (node is JsonObject members)
            {
                members.Remove("timing");
                members.Remove("machine");
                foreach (var (_, value) in members)
                    Strip(value);
            }
        }
    }

    // Progress<T> reports later, on another thread; this one reports now.
    private sealed class Immediate(Action<FitProgress> action) : IProgress<FitProgress>
    {
        public void Report(FitProgress value) => action(value);
    }
}
