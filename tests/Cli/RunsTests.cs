namespace MLPath.Cli.Tests;

/// <summary>Runs that are kept, listed and compared.</summary>
[TestClass]
public sealed class RunsTests
{
    [TestMethod]
    public void Comparisons_trainings_and_evaluations_are_kept_and_listed()
    {
        using var folder = new TestFolder();
        string runs = folder["mlruns"];
        string said = Cli.Run("compare", "iris", "--algorithms", "bayes,baseline", "--folds", "3", "--track", runs).Expect(0).Error;
        StringAssert.Matches(said, new(@"Run: [0-9a-f]{32} in .*mlruns, experiment Default\n"));
        Cli.Run("train", "iris", "--algorithm", "bayes", "--model", folder["m.mlpath"], "--track", runs, "--experiment", "flowers").Expect(0);
        Cli.Run("evaluate", "--model", folder["m.mlpath"], "--data", "iris", "--track", runs, "--experiment", "flowers").Expect(0);
        var all = Cli.Run("runs", runs, "--json").Expect(0).Json;
        Assert.AreEqual("mlpath.runs", (string?)all["schema"]);
        CollectionAssert.AreEquivalent(
            new[] { "compare iris", "bayes", "baseline", "train Naive Bayes", "evaluate m.mlpath" },
            all["runs"]!.AsArray().Select(r => (string?)r!["name"]).Select(n => n!.StartsWith("train ", StringComparison.Ordinal) ? "train Naive Bayes" : n).ToList());
        var parent = all["runs"]!.AsArray().Single(r => (string?)r!["name"] == "compare iris")!;
        Assert.AreEqual((string?)parent["id"], (string?)all["runs"]!.AsArray().Single(r => (string?)r!["name"] == "baseline")!["parent"]);
        StringAssert.StartsWith((string?)parent["tags"]!["mlpath.command"], "compare iris --algorithms baseline,bayes --folds 3 ");
        Assert.AreEqual(2, Cli.Run("runs", runs, "--experiment", "flowers", "--json").Expect(0).Json["runs"]!.AsArray().Count);

        string best = Cli.Run("runs", runs, "--metric", "accuracy").Expect(0).Out;
        StringAssert.Matches(best, new(@"Run +Name +Experiment +Started +Status +MicroAccuracy\n"));
        StringAssert.Matches(best, new(@"bayes (.|\n)*\n[0-9a-f]{8} +baseline +Default .* 0\.3\d*\n(.|\n)*best first, where higher is better\."));
        StringAssert.Contains(Cli.Run("runs", runs, "--metric", "log-loss").Expect(0).Out, "best first, where lower is better.");
        StringAssert.Contains(Cli.Run("runs", runs).Expect(0).Out, "5 runs, the newest first.");
    }

    [TestMethod]
    public void Runs_stand_side_by_side_with_the_settings_that_differ()
    {
        using var folder = new TestFolder();
        string runs = folder["mlruns"];
        foreach (string trees in new[] { "5", "9" })
            Cli.Run("train", "iris", "--algorithm", "forest", "--set", $"NumberOfTrees={trees}", "--model", folder["m.mlpath"], "--track", runs).Expect(0);
        var ids = Cli.Run("runs", runs, "--json").Expect(0).Json["runs"]!.AsArray().Select(r => (string)r!["id"]!).ToList();
        string text = Cli.Run("runs", runs, "--compare", ids[0], ids[1][..12]).Expect(0).Out;
        StringAssert.Matches(text, new(@"\nNumberOfTrees +[59] +[59]\n"));
        Assert.IsFalse(text.Contains("algorithm", StringComparison.Ordinal), "Only what differs.");
        StringAssert.Contains(Cli.Run("runs", runs, "--compare", ids[0], ids[0]).Expect(0).Out, "No setting differs.");
    }

    [TestMethod]
    [DataRow("--metric beauty", "No run has a metric 'beauty'")]
    [DataRow("--experiment flower", "Did you mean 'flowers'?")]
    [DataRow("--compare bayes", "takes two runs or more")]
    [DataRow("--compare bayes nobody", "There is no run 'nobody'")]
    public void What_is_not_there_is_one_line_and_exit_code_2(string arguments, string words)
    {
        using var folder = new TestFolder();
        Cli.Run("compare", "iris", "--algorithms", "bayes", "--folds", "2", "--track", folder["r"], "--experiment", "flowers").Expect(0);
        var outcome = Cli.Run(["runs", folder["r"], .. arguments.Split(' ')]).Expect(2);
        StringAssert.Contains(outcome.Error, words);
        Assert.AreEqual(1, outcome.Error.Count(c => c == '\n'), outcome.Error);
    }

    [TestMethod]
    public void Folders_that_hold_no_runs_and_names_that_do_not_fit_are_clear_errors()
    {
        using var folder = new TestFolder();
        StringAssert.Contains(Cli.Run("runs", folder["none"]).Expect(3).Error, "There is no folder");
        string file = folder.Write("file", "");
        StringAssert.Contains(Cli.Run("compare", "iris", "--track", file).Expect(2).Error, "is no folder");
        StringAssert.Contains(Cli.Run("compare", "iris", "--experiment", "e").Expect(2).Error, "--track");
    }

    [TestMethod]
    public void A_damaged_run_is_left_out_with_a_note()
    {
        using var folder = new TestFolder();
        Cli.Run("compare", "iris", "--algorithms", "bayes", "--folds", "2", "--track", folder["r"]).Expect(0);
        string meta = Directory.EnumerateFiles(folder["r"], "meta.yaml", SearchOption.AllDirectories).First(f => Path.GetDirectoryName(f)!.Length > folder["r"].Length + 10);
        File.WriteAllText(meta, "what is this\n" + File.ReadAllText(meta));
        Directory.CreateDirectory(Path.Combine(folder["r"], "0", "empty"));
        var outcome = Cli.Run("runs", folder["r"]).Expect(0);
        StringAssert.Contains(outcome.Error, "line 1 is no 'name: value'; it is left out.");
        StringAssert.Contains(outcome.Error, "has no meta.yaml and is left out.");
        StringAssert.Contains(outcome.Out, "2 runs, the newest first.");
    }
}
