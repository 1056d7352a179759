using System.Text.Json.Nodes;
using MLPath.Tool;
using MLPath.Tool.Commands;

namespace MLPath.Cli.Tests;

/// <summary>Comparisons that are run again from their documents.</summary>
[TestClass]
public sealed class ReproduceTests
{
    [TestMethod]
    [DataRow("iris --algorithms bayes,baseline --folds 3")]
    [DataRow("iris --algorithms knn,bayes --folds 3 --repeats 2 --seed 7 --metric log-loss")]
    [DataRow("breast-cancer --algorithms forest,bayes --folds 2")]
    [DataRow("diabetes --algorithms ridge,baseline --folds 3")]
    [DataRow("breast-cancer --algorithms bayes,logistic --test-fraction 0.3 --silence few-rows")]
    [DataRow("iris --algorithms bayes,baseline --design 5x2 --rope 0.02")]
    [DataRow("iris --task clustering --algorithms kmeans --folds 2")]
    public void A_comparison_of_a_public_set_is_reproduced_bit_for_bit(string arguments)
    {
        using var folder = new TestFolder();
        Cli.Run(["compare", .. arguments.Split(' '), "--report", folder["r.json"], "--threads", "1"]).Expect(0);
        var outcome = Cli.Run("reproduce", folder["r.json"], "--threads", "2").Expect(0);
        Assert.AreEqual($"{folder["r.json"]} is reproduced bit for bit.\n", outcome.Out);
        StringAssert.Contains(outcome.Error, "the same rows (SHA-256 ");
    }

    [TestMethod]
    public void A_file_is_found_beside_the_document_or_where_data_says()
    {
        using var folder = new TestFolder();
        using var elsewhere = new TestFolder();
        folder.Write("p.csv", Tables.Patients());
        Cli.Run("compare", folder["p.csv"], "--algorithms", "bayes,baseline", "--folds", "3", "--report", folder["r.json"]).Expect(0);
        string text = File.ReadAllText(folder["r.json"]).Replace(folder["p.csv"], "p.csv", StringComparison.Ordinal);
        folder.Write("r.json", text);
        Cli.Run("reproduce", folder["r.json"]).Expect(0);

        elsewhere.Write("r.json", text);
        StringAssert.Contains(Cli.Run("reproduce", elsewhere["r.json"]).Expect(3).Error, "There is no file 'p.csv'");
        Cli.Run("reproduce", elsewhere["r.json"], "--data", folder["p.csv"]).Expect(0);
    }

    [TestMethod]
    public void Folds_of_the_table_groups_and_bad_rows_are_kept()
    {
        using var folder = new TestFolder();
        string file = folder.Write("t.csv", "x,part,home,y\n" + string.Concat(Enumerable.Range(0, 60).Select(i => $"{i},{(i % 4 < 2 ? "a" : "b")},h{i / 3},{i % 2}\n")) + "too,few\n");
        foreach (string[] design in new[] { new[] { "--fold-column", "part" }, ["--group", "home", "--folds", "3"] })
        {
            Cli.Run(["compare", file, .. design, "--label", "y", "--bad-rows", "skip", "--algorithms", "bayes", "--report", folder["r.json"]]).Expect(0);
            Cli.Run("reproduce", folder["r.json"]).Expect(0);
        }
    }

    [TestMethod]
    public void Other_data_are_told_before_anything_is_run()
    {
        using var folder = new TestFolder();
        folder.Write("p.csv", Tables.Patients());
        Cli.Run("compare", folder["p.csv"], "--algorithms", "bayes", "--folds", "3", "--report", folder["r.json"]).Expect(0);
        folder.Write("p.csv", Tables.Patients().Replace("P003,71.5", "P003,71.25", StringComparison.Ordinal));
        var outcome = Cli.Run("reproduce", folder["r.json"]).Expect(3);
        StringAssert.Contains(outcome.Error, "The data are not those of");
        Assert.AreEqual("", outcome.Out);
        folder.Write("p.csv", "a,b\n1,2\n3,4\n");
        StringAssert.Contains(Cli.Run("reproduce", folder["r.json"]).Expect(3).Error, "cannot be run again");
    }

    [TestMethod]
    public void Figures_that_differ_are_a_table_and_exit_code_1()
    {
        using var folder = new TestFolder();
        Cli.Run("compare", "iris", "--algorithms", "bayes,baseline", "--folds", "3", "--report", folder["r.json"]).Expect(0);
        var json = JsonNode.Parse(File.ReadAllText(folder["r.json"]))!;
        json["mlpath"] = "0.0.1";
        json["candidates"]![0]!["metrics"]!["MicroAccuracy"]!["folds"]![2] = 0.5;
        folder.Write("r.json", json.ToJsonString());
        var outcome = Cli.Run("reproduce", folder["r.json"]).Expect(1);
        StringAssert.Matches(outcome.Out, new(@"\nbayes +MicroAccuracy +repeat 1, fold 3 +0\.5 +0\.\d+ +\+\d"));
        StringAssert.Contains(outcome.Out, "is not reproduced: one value differs.");
        StringAssert.Contains(outcome.Error, "MLPath 0.0.1 wrote the document");
        var difference = Cli.Run("reproduce", folder["r.json"], "--json").Expect(1).Json["differences"]!.AsArray().Single()!;
        Assert.AreEqual("bayes", (string?)difference["candidate"]);
        Assert.AreEqual("0.5", (string?)difference["old"]);
    }

    [TestMethod]
    [DataRow("\"command\":", "\"commands\":", "that a program made")]
    [DataRow("\"complete\": true", "\"complete\": false", "was interrupted")]
    [DataRow("\"version\": 2", "\"version\": 3", "a newer MLPath wrote it")]
    [DataRow("\"version\": 2", "\"version\": 1", "Run 'mlpath compare' anew")]
    [DataRow("mlpath.comparison", "mlpath.evaluation", "expected 'mlpath.comparison'")]
    [DataRow("\"compare\",", "\"train\",", "the command is not 'compare'")]
    [DataRow("\"--seed\",", "\"--report\",", "a document may not give --report")]
    [DataRow("\"--seed\",", "\"--track\",", "a document may not give --track")]
    [DataRow("\"--seed\",", "\"--sead\",", "does not say how to run the comparison again")]
    [DataRow("\"bayes\"", "\"bays\"", "cannot be run again")]
    [DataRow("\"fingerprint\":", "\"finger\":", "member 'fingerprint' is missing")]
    [DataRow("\"data\":", "\"date\":", "member 'data' is missing")]
    public void A_document_that_was_tampered_with_is_one_clear_line(string part, string other, string words)
    {
        using var folder = new TestFolder();
        Cli.Run("compare", "iris", "--algorithms", "bayes", "--folds", "2", "--report", folder["r.json"]).Expect(0);
        string text = File.ReadAllText(folder["r.json"]);
        StringAssert.Contains(text, part);
        folder.Write("r.json", text.Replace(part, other, StringComparison.Ordinal));
        var outcome = Cli.Run("reproduce", folder["r.json"], "--quiet").Expect(3);
        StringAssert.Contains(outcome.Error, words);
        Assert.AreEqual(1, outcome.Error.Count(c => c == '\n'), outcome.Error);
        CollectionAssert.AreEqual(new[] { "r.json" }, folder.Files.ToList(), "Nothing is written for a document.");
    }

    [TestMethod]
    public void Each_option_of_compare_decides_the_result_or_is_kept_out_of_documents()
    {
        // An option that is new belongs into one of the two: here when it decides the result and does nothing else, and else into the list of the tool.
        string[] deciding =
        [
            "--label", "--task", "--algorithms", "--folds", "--repeats", "--group", "--fold-column", "--metric", "--bad-rows", "--seed", "--test-fraction",
            "--design", "--rope", "--silence", "--baseline",
        ];
        using var output = new MemoryStream();
        var host = new ToolHost(output, TextWriter.Null, TextWriter.Null, _ => null, outputIsTerminal: false, errorIsTerminal: false, CancellationToken.None);
        var unclear = CompareCommand.Create(host).Options.Select(o => o.Name).Except(deciding).Except(CommandRecord.WithoutEffect).ToList();
        Assert.IsEmpty(unclear, string.Join(", ", unclear));
    }

    [TestMethod]
    public void What_is_no_document_is_one_clear_line()
    {
        using var folder = new TestFolder();
        foreach (string text in new[] { "", "{", "null", "<html>", "\0\0\0\0", new string('[', 10_000) })
            Assert.AreEqual(1, Cli.Run("reproduce", folder.Write("r.json", text)).Expect(3).Error.Count(c => c == '\n'), text);
        StringAssert.Contains(Cli.Run("reproduce", folder["none.json"]).Expect(3).Error, "There is no file");
        using (var huge = File.Create(folder["huge.json"]))
            huge.SetLength(1L << 32);
        StringAssert.Contains(Cli.Run("reproduce", folder["huge.json"]).Expect(3).Error, "a comparison has at most 256");
    }
}
