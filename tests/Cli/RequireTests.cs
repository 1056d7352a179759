namespace MLPath.Cli.Tests;

/// <summary>A build can fail on quality.</summary>
[TestClass]
public sealed class RequireTests
{
    private static readonly string[] Compare = ["compare", "iris", "--algorithms", "bayes,baseline", "--folds", "3"];

    [TestMethod]
    [DataRow("MacroF1>=0.9")]
    [DataRow("accuracy > 0.5")]
    [DataRow(" LogLoss < 5 ")]
    [DataRow("LogLoss>=0")]
    public void A_demand_that_is_met_changes_nothing(string demand) =>
        Assert.AreEqual(Cli.Run(Compare).Expect(0).Out.Split('\n')[^2], Cli.Run([.. Compare, "--require", demand]).Expect(0).Out.Split('\n')[^2]);

    [TestMethod]
    public void Each_failed_demand_is_a_line_and_the_exit_code_is_4_after_the_report()
    {
        using var folder = new TestFolder();
        var outcome = Cli.Run([
            .. Compare, "--quiet", "--report", folder["r.json"], "--require", "accuracy>=0.999", "--require", "MacroF1>=0.5", "--require", "log-loss<0.0001",
        ]).Expect(4);
        string[] lines = outcome.Error.TrimEnd('\n').Split('\n');
        Assert.HasCount(2, lines);
        StringAssert.StartsWith(lines[0], "mlpath: required: MicroAccuracy of bayes is 0.9");
        StringAssert.EndsWith(lines[0], "; required is at least 0.999.");
        StringAssert.StartsWith(lines[1], "mlpath: required: LogLoss of bayes is ");
        StringAssert.EndsWith(lines[1], "; required is less than 0.0001.");
        Assert.IsTrue(File.Exists(folder["r.json"]), "The report shows why.");
        StringAssert.Contains(outcome.Out, "bayes is best");
    }

    [TestMethod]
    public void A_model_is_held_to_demands_too()
    {
        using var folder = new TestFolder();
        Cli.Run("train", "diabetes", "--algorithm", "ridge", "--model", folder["m.mlpath"], "--quiet").Expect(0);
        string[] evaluate = ["evaluate", "--model", folder["m.mlpath"], "--data", "diabetes", "--quiet"];
        Cli.Run([.. evaluate, "--require", "R2>=0.4", "--require", "rmse<=100"]).Expect(0);
        var failed = Cli.Run([.. evaluate, "--require", "R2>=0.9", "--report", folder["r.html"]]).Expect(4);
        StringAssert.Contains(failed.Error, "RSquared of m.mlpath is 0.5");
        Assert.IsTrue(File.Exists(folder["r.html"]));
    }

    [TestMethod]
    [DataRow("accuracy", "expected a metric, one of >=, >, <=, <, and a number")]
    [DataRow("accuracy=0.5", "expected a metric, one of >=, >, <=, <, and a number")]
    [DataRow("accuracy>=high", "expected a metric, one of >=, >, <=, <, and a number")]
    [DataRow("beauty>=0.5", "There is no metric 'beauty' for multiclass classification")]
    public void A_demand_that_makes_no_sense_is_exit_code_2_before_any_work(string demand, string words)
    {
        using var folder = new TestFolder();
        var outcome = Cli.Run([.. Compare, "--quiet", "--report", folder["r.md"], "--require", demand]).Expect(2);
        StringAssert.Contains(outcome.Error, words);
        Assert.AreEqual(1, outcome.Error.Count(c => c == '\n'), outcome.Error);
        Assert.AreEqual("", outcome.Out);
        Assert.AreEqual(0, folder.Files.Count);
    }
}
