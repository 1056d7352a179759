using System.Globalization;
using System.Text;

namespace MLPath.Cli.Tests;

/// <summary>Which label and which task are chosen, and that it is said.</summary>
[TestClass]
public sealed class InferenceTests
{
    [TestMethod]
    [DataRow("iris", "Label: Species (as the data set says; --label chooses another).", "Task: multiclass classification, because Species is text with 3 different values; --task chooses another.")]
    [DataRow("breast-cancer", "Label: Diagnosis", "Task: binary classification, because Diagnosis is text with 2 different values")]
    [DataRow("diabetes", "Label: Progression", "Task: regression, because Progression is a whole number with 214 different values")]
    public void Embedded_sets_name_their_label(string set, string label, string task)
    {
        string said = Cli.Run("compare", set, "--algorithms", "baseline", "--folds", "2").Expect(0).Error;
        StringAssert.Contains(said, label);
        StringAssert.Contains(said, task);
    }

    [TestMethod]
    [DataRow("a,Target,z", "Target", "by its name")]
    [DataRow("class,b,Y", "class", "by its name")]
    [DataRow("a,OUTCOME,z", "OUTCOME", "by its name")]
    [DataRow("outcome,label,z", "label", "by its name")]
    [DataRow("a,b,z", "z", "the last column")]
    public void A_label_is_found_by_its_name_or_is_the_last_column(string header, string label, string rule)
    {
        using var folder = new TestFolder();
        string rows = string.Concat(Enumerable.Range(0, 30).Select(i => string.Create(CultureInfo.InvariantCulture, $"{i % 2},{i % 2},{i % 2}\n")));
        string file = folder.Write("t.csv", $"{header}\n{rows}");
        StringAssert.Contains(Cli.Run("compare", file, "--algorithms", "baseline", "--folds", "2").Expect(0).Error, $"Label: {label} ({rule}");
    }

    [TestMethod]
    public void The_label_asked_for_wins()
    {
        string said = Cli.Run("compare", "iris", "--label", "PetalWidth", "--algorithms", "baseline", "--folds", "2").Expect(0).Error;
        StringAssert.Contains(said, "Label: PetalWidth (as asked).");
        StringAssert.Contains(said, "Task: regression, because PetalWidth is a number with 22 different values");
        StringAssert.Contains(said, "Features: 3 numbers and 1 column of categories (Species).");
    }

    [TestMethod]
    [DataRow(1000, 2, "binary classification, because y is a whole number with 2 different values")]
    [DataRow(20, 2, "binary classification, because y is a whole number with 2 different values")]
    [DataRow(1000, 20, "multiclass classification, because y is a whole number with only 20 different values in 1,000 rows")]
    [DataRow(1000, 21, "regression, because y is a whole number with 21 different values")]
    [DataRow(100, 5, "multiclass classification, because y is a whole number with only 5 different values in 100 rows")]
    [DataRow(100, 6, "regression, because y is a whole number with 6 different values")]
    public void Few_whole_numbers_are_classes_and_many_are_quantities(int rows, int distinct, string task)
    {
        using var folder = new TestFolder();
        var text = new StringBuilder("x,y\n");
        for (int i = 0; i < rows; i++)
            text.Append(CultureInfo.InvariantCulture, $"{i},{i % distinct}\n");
        string file = folder.Write("t.csv", text.ToString());
        StringAssert.Contains(Cli.Run("compare", file, "--algorithms", "baseline", "--folds", "2").Expect(0).Error, $"Task: {task}");
    }

    [TestMethod]
    public void Three_fractions_are_a_quantity()
    {
        using var folder = new TestFolder();
        string file = folder.Write("t.csv", "x,y\n" + string.Concat(Enumerable.Range(0, 100).Select(i => $"{i},{i % 3}.5\n")));
        StringAssert.Contains(Cli.Run("compare", file, "--algorithms", "baseline", "--folds", "2").Expect(0).Error, "Task: regression, because y is a number with 3 different values");
    }

    [TestMethod]
    public void The_task_asked_for_wins()
    {
        using var folder = new TestFolder();
        string file = folder.Write("t.csv", "x,y\n" + string.Concat(Enumerable.Range(0, 100).Select(i => $"{i},{i % 3}\n")));
        StringAssert.Contains(Cli.Run("compare", file, "--task", "regression", "--algorithms", "baseline", "--folds", "2").Expect(0).Error, "Task: regression, as asked.");
    }

    [TestMethod]
    public void Features_are_said_with_what_is_filled_in_and_left_out()
    {
        using var folder = new TestFolder();
        var outcome = Cli.Run("compare", folder.Write("p.csv", Tables.Patients()), "--algorithms", "bayes", "--json").Expect(0);
        StringAssert.Contains(outcome.Error, "Features: 1 number, 1 column of categories (colour) and 1 column of times (visit).");
        StringAssert.Contains(outcome.Error, "Missing numbers are filled with the mean of the training rows, and marked: age (4 of 60).");
        StringAssert.Contains(outcome.Error, "Left out: id (60 different texts in 60 rows).");
        string[] notes = [.. outcome.Json["notes"]!.AsArray().Select(n => n!.GetValue<string>())];
        CollectionAssert.Contains(notes, "Missing numbers are filled with the mean of the training rows, and marked: age (4 of 60).");
        CollectionAssert.Contains(notes, "Left out: id (60 different texts in 60 rows).");
    }

    [TestMethod]
    public void The_group_is_no_feature_and_no_label()
    {
        using var folder = new TestFolder();
        string file = folder.Write("t.csv", "x,y,household\n" + string.Concat(Enumerable.Range(0, 120).Select(i => $"{i},{i % 2},h{i / 4}\n")));
        var outcome = Cli.Run("compare", file, "--group", "household", "--folds", "5", "--algorithms", "baseline", "--json").Expect(0);
        StringAssert.Contains(outcome.Error, "Label: y (by its name");
        StringAssert.Contains(outcome.Error, "Features: 1 number.");
        StringAssert.Contains(outcome.Json["design"]!["description"]!.GetValue<string>(), "groups of household kept together");
    }

    [TestMethod]
    public void A_file_that_is_named_like_a_set_is_meant_by_its_path()
    {
        using var folder = new TestFolder();
        string file = folder.Write("iris", Tables.Houses());
        StringAssert.Contains(Cli.Run("describe", file).Expect(0).Out, "price");
        StringAssert.Contains(Cli.Run("describe", "iris").Expect(0).Out, "Species");
    }

    [TestMethod]
    public void Clustering_measures_against_the_classes_and_never_learns_them()
    {
        var outcome = Cli.Run("compare", "iris", "--task", "clustering", "--algorithms", "kmeans", "--folds", "3", "--json").Expect(0);
        Assert.AreEqual("VMeasure", outcome.Json["metric"]!["name"]!.GetValue<string>());
        StringAssert.Contains(outcome.Error, "Features: 4 numbers.");
    }

    [TestMethod]
    public void Clustering_without_classes_is_measured_by_geometry()
    {
        using var folder = new TestFolder();
        string[] args = ["--task", "clustering", "--algorithms", "kmeans", "--folds", "3", "--json"];
        var houses = Cli.Run(["compare", folder.Write("h.csv", Tables.Houses()), .. args]).Expect(0);
        Assert.AreEqual("Silhouette", houses.Json["metric"]!["name"]!.GetValue<string>());
        StringAssert.Contains(houses.Error, "Label: none");
        StringAssert.Contains(houses.Error, "Features: 3 numbers.");
        var diabetes = Cli.Run(["compare", "diabetes", .. args]).Expect(0);
        StringAssert.Contains(diabetes.Error, "Label: Progression is a quantity and left out");
        StringAssert.Contains(diabetes.Error, "Features: 10 numbers.");
    }

    [TestMethod]
    public void Rows_that_do_not_fit_are_an_error_left_out_or_missing_as_asked()
    {
        using var folder = new TestFolder();
        string file = folder.Write("t.csv", "x,y\n" + string.Concat(Enumerable.Range(0, 40).Select(i => $"{i % 7},{(i % 2 == 0 ? "a" : "b")}\n")) + "5\n");
        Assert.Contains("line 42: expected 2 fields", Cli.Run("compare", file, "--algorithms", "bayes").Expect(3).Error);
        var skipped = Cli.Run("compare", file, "--algorithms", "bayes", "--bad-rows", "skip", "--json").Expect(0);
        Assert.Contains("1 row does not fit the table and is left out.", skipped.Error);
        Assert.Contains("1 row does not fit the table and is left out.", skipped.Json["notes"]!.AsArray().Select(n => n!.GetValue<string>()).ToArray());
        Assert.AreEqual(40, skipped.Json["data"]!["rows"]!.GetValue<int>());
        Assert.Contains("has missing values", Cli.Run("describe", file, "--bad-rows", "missing").Expect(0).Out);
        Cli.Run("train", file, "--algorithm", "bayes", "--bad-rows", "skip", "--model", folder["m.mlpath"]).Expect(0);
        Cli.Run("compare", file, "--bad-rows", "ignore").Expect(2);
    }
}
