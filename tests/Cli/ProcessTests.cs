using System.Diagnostics;
using System.Runtime.Versioning;
using System.Text.Json.Nodes;

namespace MLPath.Cli.Tests;

/// <summary>The tool as a process of its own.</summary>
[TestClass]
public sealed class ProcessTests
{
    [TestMethod]
    public async Task Version_is_a_number_alone() => Assert.IsTrue(Version.TryParse((await Cli.RunProcess("--version")).Expect(0).Out.Trim(), out _));

    [TestMethod]
    public async Task Json_stands_alone_on_the_standard_output()
    {
        var outcome = (await Cli.RunProcess("compare", "iris", "--algorithms", "bayes", "--folds", "3", "--json")).Expect(0);
        Assert.AreEqual("mlpath.comparison", outcome.Json["schema"]!.GetValue<string>());
        StringAssert.Contains(outcome.Error, "Label: Species");
    }

    [TestMethod]
    public async Task Exit_codes_reach_the_caller()
    {
        StringAssert.StartsWith((await Cli.RunProcess("compare", "iris", "--algorithms", "bays")).Expect(2).Error, "mlpath: There is no algorithm 'bays'.");
        StringAssert.StartsWith((await Cli.RunProcess("compare", "nothing.csv")).Expect(3).Error, "mlpath: There is no file 'nothing.csv'.");
    }

    [TestMethod]
    public async Task A_model_predicts_in_another_process_as_in_this_one()
    {
        using var folder = new TestFolder();
        Cli.Run("train", folder.Write("p.csv", Tables.Patients()), "--algorithm", "logistic", "--model", folder["m.mlpath"]).Expect(0);
        string news = folder.Write("new.csv", Tables.Patients(withLabel: false));
        string here = Cli.Run("predict", "--model", folder["m.mlpath"], "--data", news).Expect(0).Out;
        Assert.AreEqual(here, (await Cli.RunProcess("predict", "--model", folder["m.mlpath"], "--data", news)).Expect(0).Out);
    }

    [TestMethod]
    [UnsupportedOSPlatform("windows")]
    [OSCondition(ConditionMode.Exclude, OperatingSystems.Windows)]
    [DataRow("INT")]
    [DataRow("TERM")]
    public async Task A_signal_ends_a_comparison_and_keeps_what_is_finished(string signal)
    {
        using var folder = new TestFolder();
        using var process = Cli.Start("compare", "digits", "--algorithms", "baseline,mlp", "--repeats", "100", "--report", folder["r.json"]);
        // Where the tests themselves were started with the signal ignored, so is what they start: it would run to its end.
        using var limit = new Timer(_ => process.Kill(), null, TimeSpan.FromMinutes(1), Timeout.InfiniteTimeSpan);
        var output = process.StandardOutput.ReadToEndAsync();
        while (await process.StandardError.ReadLineAsync() is { } line && !line.StartsWith("Features:", StringComparison.Ordinal))
            ;
        await Task.Delay(TimeSpan.FromSeconds(1)); // time for the first fold of the baseline
        using (var kill = Process.Start("kill", [$"-{signal}", $"{process.Id}"]))
            await kill.WaitForExitAsync();
        string error = await process.StandardError.ReadToEndAsync();
        await process.WaitForExitAsync();
        Assert.AreEqual(130, process.ExitCode, error);
        StringAssert.EndsWith(error, "mlpath: interrupted\n");
        if (File.Exists(folder["r.json"]))
        {
            Assert.IsFalse(JsonNode.Parse(await File.ReadAllTextAsync(folder["r.json"]))!["complete"]!.GetValue<bool>());
            StringAssert.Contains(await output, "The comparison was interrupted");
        }

        Assert.IsFalse(folder.Files.Any(f => f.EndsWith(".tmp", StringComparison.Ordinal)));
    }
}
