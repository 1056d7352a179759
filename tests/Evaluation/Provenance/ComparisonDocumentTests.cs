using System.Text.Json.Nodes;

namespace MLPath.Evaluation.Tests.Provenance;

/// <summary>Documents of comparisons, read back and compared.</summary>
[TestClass]
public sealed class ComparisonDocumentTests
{
    private static readonly ComparisonReport Report = Samples.Iris() with { Command = ["compare", "iris", "--seed", "1"] };

    [TestMethod]
    public void A_document_gives_back_what_is_needed_to_run_it_again()
    {
        var document = ComparisonDocument.Parse(Report.ToJson());
        CollectionAssert.AreEqual(new[] { "compare", "iris", "--seed", "1" }, document.Command.ToArray());
        Assert.AreEqual(Report.DataFingerprint, document.DataFingerprint);
        Assert.AreEqual(Report.DataSource, document.DataSource);
        Assert.IsTrue(document.IsComplete);
        Assert.AreEqual(System.Runtime.InteropServices.RuntimeInformation.FrameworkDescription, document.Runtime);
    }

    [TestMethod]
    public void Each_step_stands_in_the_document_with_all_its_options()
    {
        var steps = JsonNode.Parse(Report.ToJson())!["candidates"]!.AsArray().Single(c => (string?)c!["name"] == "baseline")!["steps"]!.AsArray();
        CollectionAssert.AreEqual(new[] { "step 1", "step 2" }, steps.Select(s => (string?)s!["name"]).ToArray());
        StringAssert.StartsWith((string?)steps[0]!["description"], "Concatenate(");
        Assert.IsTrue(steps[1]!["options"]!.AsObject().Count > 0, "Options at their defaults are told too.");
    }

    [TestMethod]
    public void The_same_comparison_run_again_differs_nowhere()
    {
        var document = ComparisonDocument.Parse(Report.ToJson());
        Assert.IsEmpty(document.DifferencesFrom(Samples.Iris()), "The command and the times do not count.");
    }

    [TestMethod]
    public void A_changed_figure_is_shown_with_candidate_metric_and_fold()
    {
        var json = JsonNode.Parse(Report.ToJson())!;
        var bayes = json["candidates"]!.AsArray().Single(c => (string?)c!["name"] == "bayes")!;
        var folds = bayes["metrics"]!["MicroAccuracy"]!["folds"]!.AsArray();
        double now = (double)folds[1]!;
        folds[1] = now - 0.25;
        var difference = ComparisonDocument.Parse(json.ToJsonString()).DifferencesFrom(Report).Single();
        Assert.AreEqual(("bayes", "MicroAccuracy", "repeat 1, fold 2"), (difference.Candidate, difference.Member, difference.Fold));
        Assert.AreEqual(0.25, difference.Change!.Value, 1e-15);
    }

    [TestMethod]
    public void A_difference_in_the_last_bit_counts()
    {
        var json = JsonNode.Parse(Report.ToJson())!;
        var mean = json["candidates"]!.AsArray().Single(c => (string?)c!["name"] == "bayes")!["metrics"]!["LogLoss"]!;
        mean["mean"] = Math.BitIncrement((double)mean["mean"]!);
        Assert.AreEqual("LogLoss mean", ComparisonDocument.Parse(json.ToJsonString()).DifferencesFrom(Report).Single().Member);
    }

    [TestMethod]
    public void Another_seed_changes_folds_and_figures()
    {
        var differences = ComparisonDocument.Parse(Report.ToJson()).DifferencesFrom(Samples.Iris(seed: 2));
        Assert.IsTrue(differences.Any(d => d is { Candidate: null, Member: "design.seed", Old: "1", New: "2" }));
        Assert.IsTrue(differences.Any(d => d.Member == "design.assignment"));
        Assert.IsTrue(differences.Any(d => d is { Candidate: "bayes", Member: "LogLoss", Fold: "repeat 1, fold 1", Change: not null }));
    }

    [TestMethod]
    public void Candidates_and_folds_that_come_and_go_are_named()
    {
        var fewer = Report with { Candidates = [.. Report.Candidates.Where(c => c.Name != "baseline")] };
        var gone = ComparisonDocument.Parse(Report.ToJson()).DifferencesFrom(fewer);
        Assert.IsTrue(gone.Any(d => d is { Candidate: "baseline", Member: "candidate", Old: "compared", New: null }));
        var come = ComparisonDocument.Parse(fewer.ToJson()).DifferencesFrom(Report);
        Assert.IsTrue(come.Any(d => d is { Candidate: "baseline", Member: "candidate", Old: null, New: "compared" }));
        var more = ComparisonDocument.Parse(Report.ToJson()).DifferencesFrom(Samples.Iris(folds: 4));
        Assert.IsTrue(more.Any(d => d is { Candidate: "bayes", Fold: "repeat 1, fold 4", Old: null }));
    }

    [TestMethod]
    [DataRow("", "no whole JSON document")]
    [DataRow("{", "no whole JSON document")]
    [DataRow("[]", "no member 'schema'")]
    [DataRow("{\"schema\": 3}", "no member 'schema'")]
    [DataRow("{\"schema\": \"mlpath.evaluation\", \"version\": 1}", "expected 'mlpath.comparison'")]
    [DataRow("{\"schema\": \"mlpath.comparison\"}", "member 'version'")]
    [DataRow("{\"schema\": \"mlpath.comparison\", \"version\": \"2\"}", "member 'version'")]
    [DataRow("{\"schema\": \"mlpath.comparison\", \"version\": 1}", "Run 'mlpath compare' anew")]
    [DataRow("{\"schema\": \"mlpath.comparison\", \"version\": 99}", "a newer MLPath wrote it")]
    [DataRow("{\"schema\": \"mlpath.comparison\", \"version\": 2}", "member 'mlpath'")]
    [DataRow("{\"schema\": \"mlpath.comparison\", \"schema\": \"x\", \"version\": 2}", "no whole JSON document")]
    [DataRow("{\"schema\": \"mlpath.comparison\", \"version\": 2, \"mlpath\": \"\\uD800\"}", "not UTF-8")]
    public void A_hostile_document_is_one_clear_error(string json, string words)
    {
        string message = Assert.Throws<DataException>(() => ComparisonDocument.Parse(json)).Message;
        StringAssert.Contains(message, words);
        Assert.IsFalse(message.Contains('\n', StringComparison.Ordinal), message);
    }

    [TestMethod]
    public void A_deep_document_is_refused() =>
        Assert.Throws<DataException>(() => ComparisonDocument.Parse(new string('[', 100_000) + new string(']', 100_000)));

    [TestMethod]
    public void Whatever_member_is_missing_or_of_another_kind_the_error_is_clear()
    {
        string whole = Report.ToJson();
        foreach (string member in JsonNode.Parse(whole)!.AsObject().Select(m => m.Key).ToList())
        {
            foreach (var other in new JsonNode?[] { null, JsonValue.Create(-1), new JsonArray(), new JsonObject() })
            {
                var json = JsonNode.Parse(whole)!.AsObject();
                json[member] = other?.DeepClone();
                ReadsOrRefuses(json.ToJsonString());
            }

            var without = JsonNode.Parse(whole)!.AsObject();
            without.Remove(member);
            ReadsOrRefuses(without.ToJsonString());
        }
    }

    [TestMethod]
    public void A_document_cut_off_anywhere_is_refused()
    {
        string whole = Report.ToJson();
        for (int length = 0; length < whole.Length - 2; length += 97)
            Assert.Throws<DataException>(() => ComparisonDocument.Parse(whole[..length]));
    }

    // What is read must also be comparable.
    private static void ReadsOrRefuses(string json)
    {
        try
        {
            _ = ComparisonDocument.Parse(json).DifferencesFrom(Report);
        }
        catch (DataException error)
        {
            Assert.IsFalse(error.Message.Contains('\n', StringComparison.Ordinal), error.Message);
        }
    }
}
