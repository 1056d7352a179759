using System.Text.Json.Nodes;

namespace MLPath.Cli.Tests;

/// <summary>Explanations and learning curves from the command line.</summary>
[TestClass]
public sealed class ExplainTests
{
    [TestMethod]
    public void A_model_of_two_classes_is_explained_on_the_terminal_in_json_and_as_a_page()
    {
        using var folder = new TestFolder();
        string table = folder.Write("p.csv", Tables.Patients());
        Cli.Run("train", table, "--algorithm", "logistic", "--model", folder["m.mlpath"]).Expect(0);
        var shown = Cli.Run("explain", "--model", folder["m.mlpath"], "--data", table, "--cost-fn", "5", "--segments", "colour", "--report", folder["e.html"],
            "--report", folder["e.json"]).Expect(0);
        StringAssert.Contains(shown.Out, "AUC loss when shuffled");
        StringAssert.Contains(shown.Out, "m.mlpath depends most on");
        StringAssert.Contains(shown.Out, "per row");
        StringAssert.Contains(shown.Out, "colour");
        string page = File.ReadAllText(folder["e.html"]);
        foreach (string title in new[] { "Importance of the input columns", "Quality by colour", "Reliability of yes", "The rows that are most wrong" })
            StringAssert.Contains(page, title);

        var json = Cli.Run("explain", "--model", folder["m.mlpath"], "--data", table, "--cost-fn", "5", "--segments", "colour", "--json", "--threads", "3").Expect(0).Json;
        Assert.AreEqual("mlpath.explanation", json["schema"]!.GetValue<string>());
        Assert.IsTrue(JsonNode.DeepEquals(JsonNode.Parse(File.ReadAllText(folder["e.json"])), json), "Neither the run nor the threads show.");
        Assert.AreEqual(5, json["threshold"]!["costs"]!["falseNegative"]!.GetValue<double>());
        Assert.AreEqual("sick", json["label"]!.GetValue<string>());
    }

    [TestMethod]
    public void Columns_and_a_row_can_be_chosen_and_a_label_may_be_missing()
    {
        using var folder = new TestFolder();
        Cli.Run("train", "iris", "--algorithm", "tree", "--model", folder["m.mlpath"]).Expect(0);
        var json = Cli.Run("explain", "--model", folder["m.mlpath"], "--data", "iris", "--column", "PetalWidth", "--row", "3", "--json").Expect(0).Json;
        Assert.AreEqual("PetalWidth", json["dependence"]!.AsArray().Single()!["name"]!.GetValue<string>());
        Assert.AreEqual(3, json["row"]!["index"]!.GetValue<int>());
        Assert.AreEqual("MicroAccuracy", json["importance"]!["metric"]!["name"]!.GetValue<string>());

        string houses = folder.Write("h.csv", Tables.Houses());
        Cli.Run("train", houses, "--algorithm", "ridge", "--model", folder["h.mlpath"]).Expect(0);
        string unlabelled = folder.Write("new.csv", "size,rooms\n50,2\n90,4\n70,3\n");
        var shares = Cli.Run("explain", "--model", folder["h.mlpath"], "--data", unlabelled, "--unlabelled").Expect(0);
        StringAssert.Contains(shares.Out, "Mean |share| in Score");
        StringAssert.Contains(Cli.Run("explain", "--model", folder["h.mlpath"], "--data", unlabelled).Expect(2).Error, "price");
    }

    [TestMethod]
    public void Wrong_requests_are_one_line()
    {
        using var folder = new TestFolder();
        string table = folder.Write("p.csv", Tables.Patients());
        Cli.Run("train", table, "--algorithm", "bayes", "--model", folder["m.mlpath"]).Expect(0);
        StringAssert.Contains(Cli.Run("explain", "--model", folder["m.mlpath"], "--data", table, "--row", "60").Expect(2).Error, "There is no row 60");
        StringAssert.Contains(Cli.Run("explain", "--model", folder["m.mlpath"], "--data", table, "--cost-fp", "x").Expect(2).Error, "--cost-fp is 'x'");
        StringAssert.Contains(Cli.Run("explain", "--model", folder["m.mlpath"], "--data", table, "--segments", "wing").Expect(2).Error, "wing");
        StringAssert.Contains(Cli.Run("explain", "--model", folder["m.mlpath"], "--data", table, "--column", "wing").Expect(2).Error, "They depend on");
        StringAssert.Contains(Cli.Run("explain", "--model", folder["m.mlpath"], "--data", table, "--metric", "rmse").Expect(2).Error, "no metric 'rmse'");
    }

    [TestMethod]
    public void Learning_and_validation_curves_are_measured_on_folds()
    {
        using var folder = new TestFolder();
        var shown = Cli.Run("learning-curve", "iris", "--algorithms", "bayes,tree", "--folds", "3", "--fractions", "0.2,1", "--report", folder["c.html"]).Expect(0);
        StringAssert.Contains(shown.Out, "bayes reaches");
        StringAssert.Contains(shown.Out, "tree reaches");
        StringAssert.Contains(File.ReadAllText(folder["c.html"]), "Learning curves on");
        var json = Cli.Run("learning-curve", "iris", "--algorithms", "knn", "--option", "NumberOfNeighbors=1,5,25", "--folds", "3", "--json").Expect(0).Json;
        Assert.AreEqual("mlpath.validation-curve", json["schema"]!.GetValue<string>());
        Assert.AreEqual("NumberOfNeighbors", json["option"]!.GetValue<string>());
        Assert.HasCount(3, json["points"]!.AsArray());
        StringAssert.Contains(Cli.Run("learning-curve", "iris", "--algorithms", "knn,tree", "--option", "NumberOfNeighbors=1").Expect(2).Error, "one algorithm");
        StringAssert.Contains(Cli.Run("learning-curve", "iris", "--algorithms", "knn", "--option", "Neighbours=1,2").Expect(2).Error, "Neighbours");
        StringAssert.Contains(Cli.Run("learning-curve", "iris", "--algorithms", "knn", "--fractions", "2").Expect(2).Error, "--fractions");
    }
}
