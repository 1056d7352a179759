namespace MLPath.Cli.Tests;

/// <summary>Anomalies from the command line: found without a label, measured against one.</summary>
[TestClass]
public sealed class AnomalyTests
{
    [TestMethod]
    public void A_detector_is_trained_evaluated_used_and_compared()
    {
        using var folder = new TestFolder();
        string table = folder.Write("payments.csv", Payments());
        var trained = Cli.Run("train", table, "--task", "anomaly", "--algorithm", "lof", "--set", "Contamination=0.1", "--model", folder["m.mlpath"]).Expect(0);
        StringAssert.Contains(trained.Error, "Anomalies: the rows whose label is 'fraud', the rarer value; they are measured against, never learned from.");
        StringAssert.Contains(trained.Error, "Features: 2 numbers.");

        var measured = Cli.Run("evaluate", "--model", folder["m.mlpath"], "--data", table, "--json").Expect(0);
        Assert.AreEqual("anomaly", measured.Json["task"]!.GetValue<string>());
        Assert.IsGreaterThan(0.95, measured.Json["metrics"]!["AreaUnderRocCurve"]!.GetValue<double>());
        StringAssert.Contains(Cli.Run("evaluate", "--model", folder["m.mlpath"], "--data", table).Expect(0).Out, "Detection rate");

        string[] lines = Cli.Run("predict", "--model", folder["m.mlpath"], "--data", table).Expect(0).Out.Split('\n');
        Assert.AreEqual("label,PredictedLabel,Score", lines[0].TrimEnd());
        StringAssert.StartsWith(lines[60], "fraud,true,");

        var compared = Cli.Run("compare", table, "--task", "anomaly", "--algorithms", "lof", "--folds", "3", "--json", "--report", folder["r.html"]).Expect(0);
        Assert.AreEqual("AreaUnderRocCurve", compared.Json["metric"]!["name"]!.GetValue<string>());
        Assert.AreEqual("fraud", compared.Json["design"]!["positiveClass"]!.GetValue<string>());
    }

    [TestMethod]
    public void Without_a_label_of_two_values_it_learns_and_says_what_is_missing_to_measure()
    {
        using var folder = new TestFolder();
        var trained = Cli.Run("train", "iris", "--task", "anomaly", "--algorithm", "lof", "--model", folder["m.mlpath"]).Expect(0);
        StringAssert.Contains(trained.Error, "Species has 3 different values, not two, and is left out; anomalies are found without one.");
        StringAssert.Contains(Cli.Run("evaluate", "--model", folder["m.mlpath"], "--data", "iris").Expect(3).Error, "does not say which column its label is");
        StringAssert.Contains(Cli.Run("compare", "iris", "--task", "anomaly").Expect(2).Error, "A label column is needed");
        StringAssert.Contains(
            Cli.Run("train", "iris", "--task", "anomaly", "--label", "Species", "--algorithm", "lof", "--model", folder["m.mlpath"]).Expect(2).Error,
            "A row is an anomaly or not, and 'Species' has 3 different values.");
    }

    // 90 payments around (0, 0); every tenth is far from all others.
    private static string Payments()
    {
        var random = new Numerics.RandomStream(8);
        var lines = Enumerable.Range(1, 90).Select(i =>
        {
            double away = i % 10 == 0 ? 5 + i : 0;
            return FormattableString.Invariant($"{away + random.NextGaussian():F4},{random.NextGaussian() - away:F4},{(away > 0 ? "fraud" : "usual")}");
        });
        return $"amount,hour,label\n{string.Join('\n', lines)}\n";
    }
}
