using System.Text;

namespace MLPath.Cli.Tests;

/// <summary>What goes wrong is one line that helps, with the exit code of its kind, and leaves no file behind.</summary>
[TestClass]
public sealed class FailureTests
{
    [TestMethod]
    [DataRow("--label sik", "Did you mean 'sick'?")]
    [DataRow("--group nobody", "There is no column 'nobody'")]
    [DataRow("--fold-column nobody", "There is no column 'nobody'")]
    [DataRow("--group sick --label sick", "cannot be the label and hold groups")]
    [DataRow("--algorithms bays", "Did you mean 'bayes'?")]
    [DataRow("--algorithms ridge", "does not do binary classification")]
    [DataRow("--metric acuracy", "Did you mean 'Accuracy'?")]
    [DataRow("--metric rmse", "There is no metric 'rmse' for binary classification")]
    [DataRow("--task regression", "a number for regression is needed")]
    [DataRow("--label colour --task binary", "Binary classification tells 2 classes apart, and 'colour' has 3")]
    [DataRow("--label visit", "Column 'visit' is DateTime; text, a number, true or false as the label is needed")]
    [DataRow("--report r.pdf", "End the name with .html, .md or .json")]
    [DataRow("--report r", "End the name with .html, .md or .json")]
    public void Asking_for_what_is_not_there_is_exit_code_2(string options, string part)
    {
        using var folder = new TestFolder();
        string file = folder.Write("p.csv", Tables.Patients());
        Fails(2, part, ["compare", file, .. options.Split(' ')]);
        CollectionAssert.AreEqual(new[] { "p.csv" }, folder.Files.ToList());
    }

    [TestMethod]
    [DataRow("", "the file is empty")]
    [DataRow("a,label\n", "has no rows")]
    [DataRow("a,label\n1,x\n2\n", "line 3: expected 2 fields")]
    [DataRow("a,a\n1,2\n", "occurs twice")]
    [DataRow("a,label\n1,x\n2,x\n3,x\n", "has one value, 'x', in all 3 rows")]
    [DataRow("a,label\n1,\n2,\n3,\n", "is missing in all 3 rows")]
    [DataRow("a,b,label\n1,2,x\nInfinity,3,y\n4,5,x\n-Infinity,1,y\n", "Column 'a' has 2 infinite values (±∞)")]
    [DataRow("a,price\n1,2.5\n2,3.5\n3,inf\n4,1\n5,9.25\n", "The label 'price' is infinite (±∞) in 1 row")]
    [DataRow("name,label\na,x\nb,y\nc,x\nd,y\ne,x\nf,y\ng,x\nh,y\ni,x\nj,y\nk,x\n", "No column can be a feature. Left out: name (11 different texts in 11 rows)")]
    [DataRow("label\nx\ny\n", "No column can be a feature: the table has no columns beside the label")]
    [DataRow("a,label\n1,x\n2,y\n", "10 folds")]
    public void Data_that_cannot_be_used_are_exit_code_3(string text, string part)
    {
        using var folder = new TestFolder();
        string file = folder.Write("t.csv", text);
        Fails(3, part, ["compare", file, "--quiet", "--report", folder["r.html"]]);
        CollectionAssert.AreEqual(new[] { "t.csv" }, folder.Files.ToList());
    }

    [TestMethod]
    public void A_binary_file_is_exit_code_3()
    {
        using var folder = new TestFolder();
        File.WriteAllBytes(folder["t.csv"], [0x50, 0x4B, 0x03, 0x04, 0x00, 0x00, 0x01, 0x02]);
        Fails(3, "export the table as CSV text", ["compare", folder["t.csv"]]);
    }

    [TestMethod]
    public void A_missing_file_is_exit_code_3()
    {
        Fails(3, "There is no file 'nothing.csv'", ["compare", "nothing.csv"]);
        Fails(3, "Did you mean 'iris'?", ["compare", "irsi"]);
        using var folder = new TestFolder();
        Directory.CreateDirectory(folder["empty"]);
        Fails(3, "has no images", ["compare", folder["empty"]]);
    }

    [TestMethod]
    public void A_label_of_100000_classes_is_exit_code_3()
    {
        using var folder = new TestFolder();
        var text = new StringBuilder("a,label\n");
        for (int i = 0; i < 100_000; i++)
            text.Append($"{i % 7},c{i}\n");
        Fails(3, "The label 'label' has 100,000 different values in 100,000 rows, too many for classes", ["compare", folder.Write("t.csv", text.ToString())]);
    }

    [TestMethod]
    public void A_column_named_Label_that_is_a_feature_is_refused()
    {
        using var folder = new TestFolder();
        string file = folder.Write("t.csv", "Label,y\n1,a\n2,b\n3,a\n4,b\n");
        Fails(2, "the prepared label needs that name", ["compare", file, "--label", "y"]);
    }

    [TestMethod]
    [DataRow("--set Foo=1", "There is no option Foo")]
    [DataRow("--set VarianceSmoothing=-1", "Option VarianceSmoothing is -1; expected")]
    [DataRow("--set VarianceSmoothing=a", "Option VarianceSmoothing is a; expected")]
    public void A_wrong_option_of_an_algorithm_is_exit_code_2(string options, string part)
    {
        using var folder = new TestFolder();
        Fails(2, part, ["train", "iris", "--algorithm", "bayes", "--model", folder["m.mlpath"], .. options.Split(' ')]);
        Assert.AreEqual(0, folder.Files.Count);
    }

    [TestMethod]
    public void Control_characters_of_the_data_do_not_reach_the_terminal()
    {
        using var folder = new TestFolder();
        string file = folder.Write("t.csv", "a,\"\u001b[31mred\u0007\"\n1,x\n2,y\n3,x\n4,y\n");
        var outcome = Cli.Run("compare", file, "--algorithms", "baseline", "--folds", "2").Expect(0);
        string described = Cli.Run("describe", file).Expect(0).Out;
        Assert.IsFalse((outcome.Out + outcome.Error + described).Any(c => char.IsControl(c) && c != '\n'));
    }

    [TestMethod]
    public void A_file_that_is_no_model_is_exit_code_3()
    {
        using var folder = new TestFolder();
        string file = folder.Write("t.csv", Tables.Houses());
        Fails(3, "not a model file", ["predict", "--model", file, "--data", file]);
        Fails(3, "There is no file", ["predict", "--model", folder["none.mlpath"], "--data", file]);
        Fails(3, "not a model file", ["evaluate", "--model", file, "--data", file]);
    }

    [TestMethod]
    public void Output_that_cannot_be_written_leaves_nothing()
    {
        using var folder = new TestFolder();
        Directory.CreateDirectory(folder["taken.html"]);
        Fails(2, "is a folder", ["compare", "iris", "--algorithms", "bayes", "--report", folder["taken.html"]]);
        Fails(2, "is a folder", ["train", "iris", "--algorithm", "bayes", "--model", folder["taken.html"]]);
        string model = folder["m.mlpath"];
        Cli.Run("train", "iris", "--algorithm", "bayes", "--model", model).Expect(0);
        Fails(2, "is a folder", ["predict", "--model", model, "--data", "iris", "--output", folder["taken.html"]]);
        string under = Path.Combine(folder.Write("file", ""), "r.html");
        Fails(1, "file", ["compare", "iris", "--algorithms", "bayes", "--folds", "2", "--quiet", "--report", under], resultShown: true);
    }

    private static void Fails(int code, string part, IReadOnlyList<string> args, bool resultShown = false)
    {
        var outcome = Cli.Run(args).Expect(code);
        StringAssert.Contains(outcome.Error, part);
        Assert.IsFalse(outcome.Error.Contains("   at ", StringComparison.Ordinal), outcome.Error);
        string last = outcome.Error.TrimEnd('\n').Split('\n')[^1];
        StringAssert.StartsWith(last, "mlpath: ");
        if (!resultShown)
            Assert.AreEqual("", outcome.Out);
    }
}
