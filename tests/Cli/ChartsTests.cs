namespace MLPath.Cli.Tests;

/// <summary>Charts as files beside a report.</summary>
[TestClass]
public sealed class ChartsTests
{
    [TestMethod]
    public void Charts_go_into_a_folder_with_and_without_a_report()
    {
        using var folder = new TestFolder();
        string table = folder.Write("p.csv", Tables.Patients());
        StringAssert.Contains(Cli.Run("describe", table, "--label", "sick", "--charts", folder["described"], "--report", folder["d.html"]).Expect(0).Error, "Charts: ");
        Assert.IsTrue(File.Exists(Path.Combine(folder["described"], "label.svg")));
        StringAssert.Contains(File.ReadAllText(folder["d.html"]), "To predict: sick");
        Cli.Run("compare", table, "--algorithms", "bayes,baseline", "--folds", "3", "--charts", folder["compared"]).Expect(0);
        Assert.IsTrue(File.Exists(Path.Combine(folder["compared"], "fold-by-fold.svg")));
    }

    [TestMethod]
    public void A_file_is_no_folder_for_charts()
    {
        using var folder = new TestFolder();
        string table = folder.Write("p.csv", Tables.Patients());
        StringAssert.Contains(Cli.Run("describe", table, "--charts", table).Expect(2).Error, "expected the name of a folder");
    }
}
