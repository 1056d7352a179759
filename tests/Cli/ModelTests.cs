using System.Globalization;
using System.Text.Json.Nodes;
using MLPath.Data;

namespace MLPath.Cli.Tests;

/// <summary>From a table to a model file, and from there to predictions and their quality.</summary>
[TestClass]
public sealed class ModelTests
{
    [TestMethod]
    [DataRow("iris", "bayes", "Species,PredictedLabel,Score.setosa,Score.versicolor,Score.virginica", 1 + 1)]
    [DataRow("breast-cancer", "bayes", "Diagnosis,PredictedLabel,Score,Probability.malignant", 1 + 1)]
    [DataRow("diabetes", "ridge", "Progression,Score", 1)]
    public void Predictions_are_those_of_the_model_bit_for_bit(string set, string algorithm, string header, int texts)
    {
        using var folder = new TestFolder();
        Cli.Run("train", set, "--algorithm", algorithm, "--model", folder["m.mlpath"], "--quiet").Expect(0);
        string text = Cli.Run("predict", "--model", folder["m.mlpath"], "--data", set, "--quiet").Expect(0).Out;
        Cli.Run("predict", "--model", folder["m.mlpath"], "--data", set, "--output", folder["p.csv"], "--quiet").Expect(0);
        Assert.AreEqual(text, File.ReadAllText(folder["p.csv"]));
        string[] lines = text.TrimEnd('\n').Split('\n');
        Assert.AreEqual(header, lines[0]);

        var ml = new MLContext();
        var scored = ml.Model.Load(folder["m.mlpath"], out _).Transform(ml.Data.LoadDataset(set));
        var scores = Scores(scored);
        Assert.AreEqual(scores.Count, lines.Length - 1);
        for (int row = 0; row < scores.Count; row++)
        {
            float[] written = [.. lines[row + 1].Split(',').Skip(texts).Select(v => float.Parse(v, CultureInfo.InvariantCulture))];
            CollectionAssert.AreEqual(scores[row], written[..scores[row].Length], $"row {row}");
        }
    }

    [TestMethod]
    public void Training_twice_gives_the_same_predictions_at_any_number_of_threads()
    {
        using var folder = new TestFolder();
        foreach (string threads in new[] { "1", "2" })
            Cli.Run("train", "iris", "--algorithm", "mlp", "--set", "Epochs=5", "--threads", threads, "--model", folder[$"{threads}.mlpath"], "--quiet").Expect(0);
        string Predicted(string model) => Cli.Run("predict", "--model", folder[model], "--data", "iris", "--quiet").Expect(0).Out;
        Assert.AreEqual(Predicted("1.mlpath"), Predicted("2.mlpath"));
    }

    [TestMethod]
    public void Evaluation_agrees_with_the_library()
    {
        using var folder = new TestFolder();
        Cli.Run("train", "iris", "--algorithm", "bayes", "--model", folder["m.mlpath"], "--quiet").Expect(0);
        var json = Cli.Run("evaluate", "--model", folder["m.mlpath"], "--data", "iris", "--json").Expect(0).Json;
        var ml = new MLContext();
        var metrics = ml.MulticlassClassification.Evaluate(ml.Model.Load(folder["m.mlpath"], out _).Transform(ml.Data.LoadDataset("iris")));
        Assert.AreEqual("mlpath.evaluation", json["schema"]!.GetValue<string>());
        foreach (var metric in metrics.All.Where(m => m.IsDefined))
            Assert.AreEqual(metric.Value, json["metrics"]![metric.Name]!.GetValue<double>(), metric.Name);
    }

    [TestMethod]
    [DataRow("bayes", "yes", "no")]
    [DataRow("logistic", "Yes", "No")]
    [DataRow("baseline", "1", "0")]
    [DataRow("logistic", "sick", "healthy")]
    public void Two_classes_are_predicted_in_the_words_of_the_table(string algorithm, string yes, string no)
    {
        using var folder = new TestFolder();
        string table = folder.Write("p.csv", Tables.Patients(yes, no));
        Cli.Run("train", table, "--algorithm", algorithm, "--model", folder["m.mlpath"]).Expect(0);
        string news = folder.Write("new.csv", Tables.Patients(withLabel: false));
        string[] lines = Cli.Run("predict", "--model", folder["m.mlpath"], "--data", news).Expect(0).Out.TrimEnd('\n').Split('\n');
        string positive = string.CompareOrdinal(yes, no) > 0 ? yes : no;
        StringAssert.StartsWith(lines[0], "id,PredictedLabel,Score");
        StringAssert.EndsWith(lines[0], $"Probability.{positive}");
        Assert.HasCount(61, lines);
        StringAssert.StartsWith(lines[1], "P000,");
        var predicted = lines.Skip(1).Select(l => l.Split(',')[1]).Distinct().ToList();
        CollectionAssert.IsSubsetOf(predicted, new[] { yes, no });
        if (algorithm != "baseline")
            Assert.HasCount(2, predicted);

        var evaluation = Cli.Run("evaluate", "--model", folder["m.mlpath"], "--data", table, "--json").Expect(0).Json;
        CollectionAssert.AreEquivalent(new[] { yes, no }, evaluation["metrics"]!["classes"]!.AsArray().Select(c => c!.GetValue<string>()).ToList());
    }

    [TestMethod]
    public void Numbers_as_classes_keep_their_values()
    {
        using var folder = new TestFolder();
        string table = folder.Write("t.csv", "x,y\n" + string.Concat(Enumerable.Range(0, 90).Select(i => $"{(i % 3 * 10) + (i % 7)},{(i % 3) + 5}\n")));
        Cli.Run("train", table, "--algorithm", "bayes", "--model", folder["m.mlpath"]).Expect(0);
        string[] lines = Cli.Run("predict", "--model", folder["m.mlpath"], "--data", table).Expect(0).Out.TrimEnd('\n').Split('\n');
        Assert.AreEqual("y,PredictedLabel,Score.5,Score.6,Score.7", lines[0]);
        StringAssert.StartsWith(lines[1], "5,5,");
        Assert.AreEqual(1.0, Cli.Run("evaluate", "--model", folder["m.mlpath"], "--data", table, "--json").Expect(0).Json["metrics"]!["MicroAccuracy"]!.GetValue<double>());
    }

    [TestMethod]
    public void Clusters_are_trained_predicted_and_measured()
    {
        using var folder = new TestFolder();
        Cli.Run("train", "iris", "--task", "clustering", "--algorithm", "kmeans", "--set", "NumberOfClusters=3", "--model", folder["m.mlpath"]).Expect(0);
        string[] lines = Cli.Run("predict", "--model", folder["m.mlpath"], "--data", "iris").Expect(0).Out.Split('\n');
        Assert.AreEqual("Species,PredictedLabel,Score[0],Score[1],Score[2]", lines[0]);
        var metrics = Cli.Run("evaluate", "--model", folder["m.mlpath"], "--data", "iris", "--json").Expect(0).Json["metrics"]!;
        Assert.IsGreaterThan(0.5, metrics["VMeasure"]!.GetValue<double>());
        Assert.IsGreaterThan(0.2, metrics["Silhouette"]!.GetValue<double>());
    }

    [TestMethod]
    public void New_rows_may_have_gaps_new_categories_other_columns_and_another_order()
    {
        using var folder = new TestFolder();
        Cli.Run("train", folder.Write("p.csv", Tables.Patients()), "--algorithm", "logistic", "--model", folder["m.mlpath"]).Expect(0);
        string news = folder.Write("new.csv", "Score,colour,visit,PredictedLabel,age\n1,violet,2024-05-01,a,30\n2,red,2024-01-01,b,\n3,,2023-01-01,c,70\n");
        string[] lines = Cli.Run("predict", "--model", folder["m.mlpath"], "--data", news).Expect(0).Out.TrimEnd('\n').Split('\n');
        Assert.AreEqual("given Score,given PredictedLabel,PredictedLabel,Score,Probability.yes", lines[0]);
        Assert.HasCount(4, lines);
        StringAssert.StartsWith(lines[1], "1,a,");
        foreach (string line in lines.Skip(1))
            Assert.IsTrue(float.IsFinite(float.Parse(line.Split(',')[3], CultureInfo.InvariantCulture)), line);
    }

    [TestMethod]
    public void A_label_that_no_longer_fits_does_not_disturb_a_prediction()
    {
        using var folder = new TestFolder();
        Cli.Run("train", folder.Write("h.csv", Tables.Houses()), "--algorithm", "ridge", "--model", folder["m.mlpath"]).Expect(0);
        string news = folder.Write("new.csv", "size,rooms,price\n100,3,to be asked\n");
        string[] lines = Cli.Run("predict", "--model", folder["m.mlpath"], "--data", news).Expect(0).Out.TrimEnd('\n').Split('\n');
        Assert.AreEqual("price,Score", lines[0]);
        StringAssert.StartsWith(lines[1], "to be asked,2");
    }

    [TestMethod]
    public void A_table_without_rows_is_predicted_as_one()
    {
        using var folder = new TestFolder();
        Cli.Run("train", folder.Write("h.csv", Tables.Houses()), "--algorithm", "ridge", "--model", folder["m.mlpath"]).Expect(0);
        Assert.AreEqual("Score\n", Cli.Run("predict", "--model", folder["m.mlpath"], "--data", folder.Write("new.csv", "rooms,size\n")).Expect(0).Out);
    }

    [TestMethod]
    public void A_model_that_a_program_saved_is_used_like_any_other()
    {
        using var folder = new TestFolder();
        var ml = new MLContext();
        var iris = ml.Data.LoadDataset("iris");
        var model = ml.Transforms.Concatenate("Features", "SepalLength", "SepalWidth", "PetalLength", "PetalWidth")
            .Append(ml.Transforms.Conversion.MapValueToKey("Label", "Species"))
            .Append(ml.MulticlassClassification.Trainers.NaiveBayes())
            .Fit(iris);
        ml.Model.Save(model, iris.Schema, folder["m.mlpath"]);
        string csv = folder.Write("new.csv", "SepalLength,SepalWidth,PetalLength,PetalWidth\n5.1,3.5,1.4,0.2\n");
        StringAssert.Contains(Cli.Run("predict", "--model", folder["m.mlpath"], "--data", csv).Expect(0).Out, "\nsetosa,1,");
        Assert.IsGreaterThan(0.9, Cli.Run("evaluate", "--model", folder["m.mlpath"], "--data", "iris", "--json").Expect(0).Json["metrics"]!["MicroAccuracy"]!.GetValue<double>());
    }

    [TestMethod]
    public void Prediction_needs_the_columns_that_were_learned_from()
    {
        using var folder = new TestFolder();
        Cli.Run("train", folder.Write("h.csv", Tables.Houses()), "--algorithm", "ridge", "--model", folder["m.mlpath"]).Expect(0);
        var lacking = Cli.Run("predict", "--model", folder["m.mlpath"], "--data", folder.Write("new.csv", "size,room\n1,2\n")).Expect(2);
        StringAssert.Contains(lacking.Error, "lacks a column: rooms. Did you mean 'room'?");
        var wrong = Cli.Run("predict", "--model", folder["m.mlpath"], "--data", folder.Write("new.csv", "size,rooms\n1,many\n")).Expect(3);
        StringAssert.Contains(wrong.Error, "line 2, column 'rooms': found 'many'");
        var label = Cli.Run("evaluate", "--model", folder["m.mlpath"], "--data", folder.Write("new.csv", "size,rooms\n1,2\n")).Expect(2);
        StringAssert.Contains(label.Error, "lacks a column: price");
    }

    [TestMethod]
    public void Classes_that_a_model_does_not_know_are_not_overlooked()
    {
        using var folder = new TestFolder();
        Cli.Run("train", folder.Write("p.csv", Tables.Patients()), "--algorithm", "bayes", "--model", folder["2.mlpath"]).Expect(0);
        var unknown = Cli.Run("evaluate", "--model", folder["2.mlpath"], "--data", folder.Write("new.csv", Tables.Patients("maybe"))).Expect(3);
        StringAssert.Contains(unknown.Error, "has the value 'maybe', which the model does not know: it tells 'no' and 'yes' apart");

        string header = "SepalLength,SepalWidth,PetalLength,PetalWidth,Species\n";
        Cli.Run("train", "iris", "--algorithm", "bayes", "--model", folder["3.mlpath"]).Expect(0);
        string half = folder.Write("half.csv", $"{header}5.1,3.5,1.4,0.2,setosa\n5.1,3.5,1.4,0.2,sibirica\n");
        Assert.AreEqual(0.5, Cli.Run("evaluate", "--model", folder["3.mlpath"], "--data", half, "--json").Expect(0).Json["metrics"]!["MicroAccuracy"]!.GetValue<double>());
    }

    [TestMethod]
    public void Rows_without_a_label_are_not_learned_from_and_not_measured()
    {
        using var folder = new TestFolder();
        string table = folder.Write("p.csv", Tables.Patients() + "P900,30.5,red,2024-02-01,\nP901,31.5,red,2024-02-01,\n");
        StringAssert.Contains(Cli.Run("train", table, "--algorithm", "bayes", "--model", folder["m.mlpath"]).Expect(0).Error, "2 rows have no sick and are left out.");
        var evaluation = Cli.Run("evaluate", "--model", folder["m.mlpath"], "--data", table, "--json").Expect(0).Json;
        Assert.AreEqual(60, evaluation["rowsEvaluated"]!.GetValue<int>());
        Assert.AreEqual("2 rows have no sick and were left out.", evaluation["notes"]![0]!.GetValue<string>());
    }

    [TestMethod]
    public void Evaluation_is_reported_in_every_form()
    {
        using var folder = new TestFolder();
        Cli.Run("train", "diabetes", "--algorithm", "ridge", "--model", folder["m.mlpath"]).Expect(0);
        var outcome = Cli.Run("evaluate", "--model", folder["m.mlpath"], "--data", "diabetes", "--report", folder["e.html"], "--report", folder["e.md"], "--report", folder["e.json"]).Expect(0);
        StringAssert.Matches(outcome.Out, new(@"RMSE +\d"));
        StringAssert.Contains(File.ReadAllText(folder["e.html"]), "Predicted against actual");
        StringAssert.Contains(File.ReadAllText(folder["e.md"]), "m.mlpath reaches R²");
        Assert.AreEqual("regression", JsonNode.Parse(File.ReadAllText(folder["e.json"]))!["task"]!.GetValue<string>());
    }

    [TestMethod]
    public void A_description_is_a_table_or_json()
    {
        StringAssert.Contains(Cli.Run("describe", "iris").Expect(0).Out, "setosa (50), versicolor (50), virginica (50)");
        var json = Cli.Run("describe", "iris", "--json").Expect(0).Json;
        Assert.AreEqual("mlpath.description", json["schema"]!.GetValue<string>());
        Assert.AreEqual(150, json["rows"]!.GetValue<int>());
        Assert.AreEqual(5.843, json["columns"]![0]!["mean"]!.GetValue<double>(), 0.001);
        Assert.AreEqual(3, json["columns"]![4]!["distinct"]!.GetValue<int>());
    }

    private static List<float[]> Scores(IDataView scored)
    {
        var column = scored.Schema["Score"];
        var scores = new List<float[]>();
        using var cursor = scored.GetBatchCursor([column]);
        while (cursor.MoveNext())
        {
            for (int row = 0; row < cursor.Current.Count; row++)
            {
                scores.Add(column.Type is VectorDataViewType
                    ? cursor.Current.Vectors<float>(column.Index).RowValues(row).ToArray()
                    : [cursor.Current.Scalars<float>(column.Index)[row]]);
            }
        }

        return scores;
    }
}
