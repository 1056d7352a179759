using MLPath.Reports;

namespace MLPath.Evaluation.Tests.Reports;

[TestClass]
public sealed class SectionTests
{
    private static void Refuses(Action action, params string[] words)
    {
        var e = Assert.ThrowsExactly<ArgumentException>(action);
        foreach (var word in words)
            Assert.Contains(word, e.Message);
    }

    [TestMethod]
    public void A_table_refuses_rows_that_are_too_long() =>
        Refuses(() => _ = new TableSection("Scores", [new("a")], [new("x"), new("y", 1.0)]), "Scores", "Row 1", "2 cells", "1 columns");

    [TestMethod]
    public void A_table_needs_a_column() => Refuses(() => _ = new TableSection("Scores", [], []), "Scores", "column");

    [TestMethod]
    public void A_heat_map_refuses_a_matrix_of_another_shape()
    {
        Refuses(() => _ = new HeatMapSection("M", "r", "c", ["a", "b"], ["x"], [[1]]), "'M'", "1 rows", "2 row labels");
        Refuses(() => _ = new HeatMapSection("M", "r", "c", ["a", "b"], ["x"], [[1], [1, 2]]), "Row 1", "2 values", "1 column labels");
    }

    [TestMethod]
    public void A_histogram_refuses_edges_that_do_not_increase_and_counts_that_do_not_fit()
    {
        Refuses(() => _ = new HistogramSection("H", new("x"), [0], []), "two edges");
        Refuses(() => _ = new HistogramSection("H", new("x"), [0, 1, 1], []), "edge 2", "1");
        Refuses(() => _ = new HistogramSection("H", new("x"), [0, double.NaN], []), "edge 1", "NaN");
        Refuses(() => _ = new HistogramSection("H", new("x"), [0, 1], [new("s", [1, 2])]), "'s'", "2 counts", "1 bins");
    }

    [TestMethod]
    public void A_graph_refuses_ids_that_repeat_and_edges_that_lead_nowhere()
    {
        Refuses(() => _ = new GraphSection("G", [new("a", "A"), new("a", "B")], []), "id 'a'");
        Refuses(() => _ = new GraphSection("G", [new("a", "A")], [new("a", "b")]), "'a' → 'b'");
    }

    [TestMethod]
    public void Strings_and_numbers_are_cells()
    {
        TableCell words = "x", number = 1.5, nothing = (string?)null;
        Assert.AreEqual("x", words.Text);
        Assert.AreEqual(1.5, number.Value);
        Assert.AreEqual(TableCell.Empty, nothing);
        Assert.AreEqual(new ReportInterval(1, 2), TableCell.Estimate(1.5, 1, 2).Interval);
    }

    [TestMethod]
    public void The_name_of_a_file_says_what_is_written()
    {
        var folder = Directory.CreateTempSubdirectory("mlpath-").FullName;
        try
        {
            var report = DemoReport.Create();
            ReportWriter.Save(report, Path.Combine(folder, "r.HTML"));
            ReportWriter.Save(report, Path.Combine(folder, "deep", "r.md"));
            Assert.StartsWith("<!DOCTYPE html>", File.ReadAllText(Path.Combine(folder, "r.HTML")));
            Assert.StartsWith("# Iris", File.ReadAllText(Path.Combine(folder, "deep", "r.md")));
            Assert.IsFalse(ReportWriter.TrySave(report, Path.Combine(folder, "r.json")));
            Refuses(() => ReportWriter.Save(report, Path.Combine(folder, "r.pdf")), "r.pdf", ".html", ".md");
            Assert.HasCount(2, Directory.GetFileSystemEntries(folder));
        }
        finally
        {
            Directory.Delete(folder, recursive: true);
        }
    }
}
