using System.Text.Json.Nodes;
using System.Text.RegularExpressions;

namespace MLPath.Cli.Tests;

/// <summary><c>mlpath compare</c> with several data sets.</summary>
[TestClass]
public sealed partial class CompareDatasetsTests
{
    [TestMethod]
    public void Several_sets_are_compared_by_ranks_with_a_table_and_an_answer()
    {
        var outcome = Cli.Run("compare", "iris", "wine", "breast-cancer", "--algorithms", "bayes,tree,baseline", "--folds", "3", "--baseline", "tree").Expect(0);
        string text = outcome.Out;
        StringAssert.Contains(text, "iris, wine, breast-cancer · 3 folds, seed 1 · Accuracy, higher is better");
        StringAssert.Matches(text, new(@"Data set +bayes +tree \(baseline\) +baseline"));
        StringAssert.Matches(text, new(@"\nwine +0\.9\d+ [▲≈] +0\.\d+ +0\.\d+ ▼"));
        StringAssert.Matches(text, new(@"\nWins / ties / losses +\d / \d / 0 +0 / 0 / 3"));
        StringAssert.Matches(text, new(@"\nbaseline +3\.00 +\w+"));
        StringAssert.Contains(text, "bayes ranks best on average over 3 data sets");
        StringAssert.Contains(text, "With 3 data sets the tests have little power");
        StringAssert.Contains(outcome.Error, "breast-cancer: Task: binary classification");
        StringAssert.Contains(outcome.Error, "wine: Task: multiclass classification");
    }

    [TestMethod]
    public void Json_is_the_same_for_any_threads_and_order_of_algorithms()
    {
        string Json(string threads, string algorithms) => Cli.Comparable(
            Cli.Run("compare", "iris", "wine", "--algorithms", algorithms, "--folds", "3", "--threads", threads, "--json").Expect(0).Json);
        string first = Json("1", "bayes,tree,baseline");
        Assert.AreEqual(first, Json("2", "baseline,tree,bayes"));
        Assert.AreEqual("mlpath.datasets-comparison", (string?)JsonNode.Parse(first)!["schema"]);
    }

    [TestMethod]
    public void Reports_are_written_in_every_form()
    {
        using var folder = new TestFolder();
        string file = folder.Write("p.csv", Tables.Patients());
        Cli.Run("compare", "iris", file, "--algorithms", "bayes,baseline", "--folds", "3",
            "--report", folder["r.html"], "--report", folder["r.md"], "--report", folder["r.json"]).Expect(0);
        StringAssert.Contains(File.ReadAllText(folder["r.html"]), "Average rank, 1 is best");
        string markdown = File.ReadAllText(folder["r.md"]);
        StringAssert.Contains(markdown, "# 2 candidates compared on 2 data sets");
        StringAssert.Contains(markdown, "Missing numbers are filled with the mean of the training rows, and marked: age (4 of 60).");
        Assert.AreEqual(file, (string?)JsonNode.Parse(File.ReadAllText(folder["r.json"]))!["datasets"]![1]!["name"]);
    }

    [TestMethod]
    public void Numbers_are_compared_by_R2_over_sets_of_numbers()
    {
        using var folder = new TestFolder();
        var json = Cli.Run("compare", "diabetes", folder.Write("h.csv", Tables.Houses()), "--algorithms", "ridge,baseline", "--folds", "3", "--json").Expect(0).Json;
        Assert.AreEqual("RSquared", (string?)json["metric"]!["name"]);
        Assert.IsNotNull(json["wilcoxon"]);
        Assert.AreEqual("ridge", (string?)json["candidates"]![0]!["name"]);
    }

    [TestMethod]
    [DataRow("compare iris iris", "'iris' is named 2 times")]
    [DataRow("compare iris diabetes", "iris is a set for multiclass classification and diabetes one for regression")]
    [DataRow("compare iris wine --label Species", "wine: ")]
    [DataRow("compare iris wine --metric rmse", "iris: There is no metric 'rmse' for multiclass classification.")]
    [DataRow("compare iris breast-cancer --metric auc", "Macro AUC for multiclass classification (iris)")]
    [DataRow("compare iris wine --algorithms bayes,tree --baseline knn", "The baseline 'knn' is none of the candidates.")]
    [DataRow("compare iris wine --algorithms ridge", "does not do multiclass classification")]
    [DataRow("compare iris wine --require Accuracy>=0.5", "--require is of the best candidate on one data set")]
    [DataRow("compare iris --baseline bayes", "--baseline says what to compare with over several data sets")]
    public void Misuse_is_one_line_and_exit_code_2(string line, string part)
    {
        var outcome = Cli.Run([.. line.Split(' '), "--quiet"]).Expect(2);
        StringAssert.Contains(outcome.Error, part);
        Assert.AreEqual(1, outcome.Error.Count(c => c == '\n'), outcome.Error);
        Assert.AreEqual("", outcome.Out);
    }

    [TestMethod]
    public void A_set_that_does_not_exist_is_bad_data_before_anything_runs() =>
        StringAssert.Contains(Cli.Run("compare", "iris", "nowhere.csv").Expect(3).Error, "nowhere.csv");

    [TestMethod]
    public void Label_holds_for_all_sets_that_have_it()
    {
        using var folder = new TestFolder();
        string one = folder.Write("a.csv", Tables.Patients()), two = folder.Write("b.csv", Tables.Patients("1", "0"));
        var json = Cli.Run("compare", one, two, "--label", "colour", "--algorithms", "bayes,baseline", "--folds", "2", "--json").Expect(0).Json;
        Assert.AreEqual("colour", (string?)json["datasets"]![1]!["comparison"]!["design"]!["label"]);
    }

    [TestMethod]
    public void An_interruption_reports_the_finished_sets()
    {
        using var folder = new TestFolder();
        using var interruption = new CancellationTokenSource();
        using var error = new InterruptingWriter("Comparing: digits", interruption);
        var outcome = Cli.Run(
            ["compare", "iris", "digits", "--algorithms", "baseline,bayes", "--folds", "3", "--threads", "1", "--report", folder["r.json"], "--json"],
            error, new HastyClock(), interruption.Token).Expect(130);
        StringAssert.EndsWith(outcome.Error, "mlpath: interrupted\n");
        var report = JsonNode.Parse(File.ReadAllText(folder["r.json"]))!;
        Assert.IsFalse(report["complete"]!.GetValue<bool>());
        Assert.AreEqual("iris", (string?)report["datasets"]!.AsArray().Single()!["name"]);
        StringAssert.Contains(outcome.Error, "not finished: digits");
    }

    [TestMethod]
    public void Every_member_of_the_document_is_documented()
    {
        string page = File.ReadAllText(Page());
        var documented = Code().Matches(page).Select(m => m.Groups["name"].Value).ToHashSet();
        var documents = new[] { "bayes,baseline", "bayes,tree,baseline" }.Select(algorithms =>
            Cli.Run("compare", "iris", "wine", "--algorithms", algorithms, "--folds", "2", "--json").Expect(0).Json);
        var unknown = documents.SelectMany(Names).Distinct().Where(n => !documented.Contains(n)).ToList();
        Assert.IsEmpty(unknown, string.Join(", ", unknown));
    }

    // The comparisons on single sets have a page of their own, and so has the machine.
    private static IEnumerable<string> Names(JsonNode? node) => node switch
    {
        JsonObject json => json.SelectMany(member => member.Key is "comparison" or "machine" or "timing" ? [member.Key] : Names(member.Value).Prepend(member.Key)),
        JsonArray array => array.SelectMany(Names),
        _ => [],
    };

    private static string Page()
    {
        for (var folder = new DirectoryInfo(AppContext.BaseDirectory); folder is not null; folder = folder.Parent)
        {
            string path = Path.Combine(folder.FullName, "docs", "datasets-comparison.md");
            if (File.Exists(path))
                return path;
        }

        throw new FileNotFoundException("docs/datasets-comparison.md is not above the tests.");
    }

    // The last name of a path such as `datasets[].scores` in code.
    [GeneratedRegex(@"`(?:[\w\[\]…]*\.)*(?<name>\w+)`")]
    private static partial Regex Code();

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
