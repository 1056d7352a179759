using System.Text.Json.Nodes;
using MLPath.Runtime;

namespace MLPath.Cli.Tests;

[TestClass]
public sealed class CompareTests
{
    [TestMethod]
    public void By_default_the_usual_algorithms_are_compared_on_ten_stratified_folds_with_seed_1()
    {
        var outcome = Cli.Run("compare", "iris", "--json").Expect(0);
        var design = outcome.Json["design"]!;
        Assert.AreEqual("10 folds, stratified by Species, seed 1", design["description"]!.GetValue<string>());
        Assert.AreEqual(10, design["folds"]!.GetValue<int>());
        Assert.AreEqual(1, design["seed"]!.GetValue<int>());
        var able = new MLContext().Algorithms.All.Where(a => a.IsUsual && a.For(LearningTask.Multiclass) is not null).Select(a => a.Name);
        CollectionAssert.AreEquivalent(able.ToList(), outcome.Json["candidates"]!.AsArray().Select(c => c!["name"]!.GetValue<string>()).ToList());
        Assert.IsTrue(outcome.Json["candidates"]!.AsArray().All(c => c!["error"] is null), outcome.Out);
    }

    [TestMethod]
    public void All_algorithms_that_can_do_the_task_are_compared_on_demand()
    {
        using var folder = new TestFolder();
        var outcome = Cli.Run("compare", folder.Write("t.csv", Tables.Flowers()), "--algorithms", "all", "--folds", "2", "--json").Expect(0);
        var able = new MLContext().Algorithms.All.Where(a => a.For(LearningTask.Multiclass) is not null).Select(a => a.Name);
        CollectionAssert.AreEquivalent(able.ToList(), outcome.Json["candidates"]!.AsArray().Select(c => c!["name"]!.GetValue<string>()).ToList());

        // One of them learns from categories, which measurements are not, and says so.
        var failed = outcome.Json["candidates"]!.AsArray().Where(c => c!["error"] is not null).Select(c => c!["name"]!.GetValue<string>()).ToList();
        CollectionAssert.AreEqual(new[] { "categorical-bayes" }, failed, outcome.Out);
    }

    [TestMethod]
    public void Each_task_has_usual_algorithms()
    {
        foreach (var task in Enum.GetValues<LearningTask>())
            Assert.IsTrue(new MLContext().Algorithms.All.Count(a => a.IsUsual && a.For(task) is not null) > 1 || task is LearningTask.AnomalyDetection or LearningTask.Ranking, $"{task}");
    }

    [TestMethod]
    public void The_leaderboard_has_a_row_for_each_candidate_and_the_answer()
    {
        string text = Cli.Run("compare", "iris", "--algorithms", "bayes,baseline").Expect(0).Out;
        StringAssert.Contains(text, "10 folds, stratified by Species, seed 1");
        StringAssert.Matches(text, new(@"Candidate +Accuracy .*p vs best +Fit time"));
        StringAssert.Matches(text, new(@"\n1  bayes +0\.9\d+ ± 0\.0\d+ "));
        StringAssert.Matches(text, new(@"\n2  baseline +0\.333 ± 0\.000 .*< 0\.001"));
        StringAssert.Contains(text, "bayes is best");
    }

    [TestMethod]
    public void The_design_decides_the_test()
    {
        System.Text.Json.Nodes.JsonNode Second(params string[] more) =>
            Cli.Run(["compare", "iris", "--algorithms", "bayes,knn", "--json", .. more]).Expect(0).Json["candidates"]![1]!["versusBest"]!;
        StringAssert.Contains(Second("--test-fraction", "0.4")["test"]!.GetValue<string>(), "McNemar");
        Assert.AreEqual("combined 5×2 cv F test", Second("--design", "5x2")["test"]!.GetValue<string>());
        var folds = Second("--rope", "0.05");
        Assert.AreEqual("corrected resampled t-test", folds["test"]!.GetValue<string>());
        Assert.AreEqual(0.05, folds["bayesian"]!["probabilities"]!["rope"]!.GetValue<double>());
        StringAssert.Contains(Cli.Run("compare", "iris", "--algorithms", "bayes,knn", "--test-fraction", "0.4").Expect(0).Out, "40% of the rows held out, stratified by Species");
    }

    [TestMethod]
    public void Json_is_the_same_for_any_threads_run_and_order_of_algorithms()
    {
        using var folder = new TestFolder();
        string file = folder.Write("p.csv", Tables.Patients());
        string Json(params string[] more) => Cli.Comparable(Cli.Run(["compare", file, "--json", "--folds", "3", .. more]).Expect(0).Json);
        string algorithms = string.Join(',', new MLContext().Algorithms.All.Where(a => a.IsUsual && a.For(LearningTask.Binary) is not null).Select(a => a.Name).Reverse());
        string first = Json("--threads", "1");
        Assert.AreEqual(first, Json("--threads", "1"));
        Assert.AreEqual(first, Json("--threads", "2"));
        Assert.AreEqual(first, Json("--threads", "2", "--algorithms", algorithms));
        Assert.AreNotEqual(first, Json("--seed", "2"));
    }

    [TestMethod]
    public void Reports_are_written_in_every_form()
    {
        using var folder = new TestFolder();
        var outcome = Cli.Run(
            "compare", "iris", "--algorithms", "bayes", "--folds", "3", "--report", folder["r.html"], "--report", folder["r.md"], "--report", folder["r.json"]).Expect(0);
        CollectionAssert.AreEqual(new[] { "r.html", "r.json", "r.md" }, folder.Files.ToList());
        foreach (string file in folder.Files)
            StringAssert.Contains(outcome.Error, $"Report: {folder[file]}");
        StringAssert.StartsWith(File.ReadAllText(folder["r.html"]), "<!doctype html>", StringComparison.OrdinalIgnoreCase);
        StringAssert.StartsWith(File.ReadAllText(folder["r.md"]), "# ");
        Assert.AreEqual("mlpath.comparison", JsonNode.Parse(File.ReadAllText(folder["r.json"]))!["schema"]!.GetValue<string>());
    }

    [TestMethod]
    public void Notes_of_what_was_filled_in_reach_the_report()
    {
        using var folder = new TestFolder();
        Cli.Run("compare", folder.Write("p.csv", Tables.Patients()), "--algorithms", "bayes", "--folds", "3", "--report", folder["r.md"]).Expect(0);
        string report = File.ReadAllText(folder["r.md"]);
        StringAssert.Contains(report, "Missing numbers are filled with the mean of the training rows, and marked: age (4 of 60).");
        StringAssert.Contains(report, "| colour | Text | categories | 1 | 3 different texts |");
    }

    [TestMethod]
    public void Quiet_says_nothing_but_the_result()
    {
        using var folder = new TestFolder();
        var outcome = Cli.Run("compare", "iris", "--algorithms", "bayes", "--folds", "3", "--quiet", "--report", folder["r.md"]).Expect(0);
        Assert.AreEqual("", outcome.Error);
        StringAssert.Contains(outcome.Out, "bayes reaches Accuracy");
    }

    [TestMethod]
    public void Redirected_output_has_no_colours()
    {
        var outcome = Cli.Run("compare", "iris", "--algorithms", "bayes", "--folds", "3").Expect(0);
        Assert.IsFalse((outcome.Out + outcome.Error).Contains('\u001b', StringComparison.Ordinal));
    }

    [TestMethod]
    public void The_metric_asked_for_decides()
    {
        var json = Cli.Run("compare", "iris", "--algorithms", "bayes,baseline", "--folds", "3", "--metric", "log-loss", "--json").Expect(0).Json;
        Assert.AreEqual("LogLoss", json["metric"]!["name"]!.GetValue<string>());
        Assert.IsFalse(json["metric"]!["higherIsBetter"]!.GetValue<bool>());
    }

    [TestMethod]
    public void Classes_keep_the_names_that_the_file_gives_them()
    {
        using var folder = new TestFolder();
        var design = Cli.Run("compare", folder.Write("p.csv", Tables.Patients("Yes", "No")), "--algorithms", "bayes", "--folds", "3", "--json").Expect(0).Json["design"]!;
        Assert.AreEqual("No", design["negativeClass"]!.GetValue<string>());
        Assert.AreEqual("Yes", design["positiveClass"]!.GetValue<string>());
    }

    [TestMethod]
    public void Folds_of_the_table_itself_are_used()
    {
        using var folder = new TestFolder();
        string file = folder.Write("t.csv", "x,part,y\n" + string.Concat(Enumerable.Range(0, 60).Select(i => $"{i},{(i % 4 < 2 ? "a" : "b")},{i % 2}\n")));
        var outcome = Cli.Run("compare", file, "--fold-column", "part", "--algorithms", "baseline", "--json").Expect(0);
        StringAssert.Contains(outcome.Json["design"]!["description"]!.GetValue<string>(), "folds given by part");
        Assert.AreEqual(2, outcome.Json["candidates"]![0]!["folds"]!.AsArray().Count);
        StringAssert.Contains(outcome.Error, "Features: 1 number.");
    }

    [TestMethod]
    public void An_interruption_writes_the_finished_folds()
    {
        using var folder = new TestFolder();
        using var interruption = new CancellationTokenSource();
        using var error = new InterruptingWriter("Comparing: ", interruption);
        var outcome = Cli.Run(
            ["compare", "digits", "--algorithms", "baseline,bayes", "--repeats", "100", "--threads", "1", "--report", folder["r.json"], "--json"],
            error, new HastyClock(), interruption.Token).Expect(130);
        StringAssert.EndsWith(outcome.Error, "mlpath: interrupted\n");
        var report = JsonNode.Parse(File.ReadAllText(folder["r.json"]))!;
        Assert.IsFalse(report["complete"]!.GetValue<bool>());
        Assert.AreEqual(Cli.Comparable(outcome.Json), Cli.Comparable(report));
        Assert.IsGreaterThan(0, report["candidates"]!.AsArray().Max(c => c!["folds"]!.AsArray().Count));
    }

    [TestMethod]
    public void An_interruption_before_the_first_fold_writes_nothing()
    {
        using var folder = new TestFolder();
        var outcome = Cli.Run(["compare", "iris", "--report", folder["r.json"]], new StringWriter(), TimeProvider.System, new CancellationToken(canceled: true)).Expect(130);
        Assert.AreEqual("", outcome.Out);
        Assert.AreEqual(0, folder.Files.Count);
    }

    /// <summary>Asks for an interruption when a line begins with some words.</summary>
    private sealed class InterruptingWriter(string words, CancellationTokenSource interruption) : StringWriter
    {
        public override void WriteLine(string? value)
        {
            base.WriteLine(value);
            if (value?.StartsWith(words, StringComparison.Ordinal) == true)
                interruption.Cancel();
        }
    }

    /// <summary>A clock by which every look is a minute after the one before.</summary>
    private sealed class HastyClock : TimeProvider
    {
        private long _minutes;

        public override long TimestampFrequency => 1;

        public override long GetTimestamp() => 60 * Interlocked.Increment(ref _minutes);
    }
}
