using System.Text.RegularExpressions;
using MLPath.Reports;

namespace MLPath.Evaluation.Tests.Reports;

[TestClass]
public sealed class MarkdownReportTests
{
    private static string Markdown(params ReportSection[] sections)
    {
        using var writer = new StringWriter();
        MarkdownReportWriter.Write(new Report("Title", "Answer.") { Sections = sections }, writer);
        return writer.ToString();
    }

    [TestMethod]
    public void Tables_align_numbers_and_mark_the_best_row()
    {
        var text = Markdown(new TableSection("Scores",
            [new("Name"), new("Accuracy", ValueKind.Percent), new("Middle") { Alignment = ColumnAlignment.Center }],
            [
                new("a", TableCell.Estimate(0.9667, 0.942, 0.984), "x") { Emphasis = Emphasis.Best, Badge = "best" },
                new("b", 0.9),
                TableRow.Failed("c", "No rows."),
            ])
        { Notes = ["A note."] });
        Assert.Contains(
            """
            ## Scores

            | Name | Accuracy | Middle |
            | --- | ---: | :---: |
            | **a** (best) | 96.7% [94.2, 98.4] | x |
            | b | 90.0% |  |
            | c (failed) | No rows. |  |

            A note.

            """.ReplaceLineEndings("\n"), text);
    }

    [TestMethod]
    [DataRow("petal_width", "petal_width")]
    [DataRow("_private", "\\_private")]
    [DataRow("a|b", "a\\|b")]
    [DataRow("<script>", "&lt;script>")]
    [DataRow("AT&T", "AT&amp;T")]
    [DataRow("*bold* `code` [link](x)", "\\*bold\\* \\`code\\` \\[link\\](x)")]
    [DataRow("two\nlines", "two lines")]
    public void Names_are_shown_as_they_are(string name, string expected)
    {
        var text = Markdown(new TableSection("T", [new("c")], [new(name)]));
        Assert.Contains($"\n| {expected} |\n", text);
    }

    [TestMethod]
    [DataRow("# not a heading", "\\# not a heading")]
    [DataRow("- not a list", "\\- not a list")]
    [DataRow("1. not a list", "1\\. not a list")]
    [DataRow("2 flowers", "2 flowers")]
    public void Paragraphs_begin_nothing_else(string paragraph, string expected) =>
        Assert.Contains($"\n\n{expected}\n", Markdown(new TextSection("T", [paragraph])));

    [TestMethod]
    public void Warnings_are_quotations_that_github_draws_as_boxes() => Assert.Contains(
        "> [!WARNING]\n> One.\n>\n> Two.\n", Markdown(new TextSection("T", ["One.", "Two."]) { Tone = TextTone.Warning }));

    [TestMethod]
    public void Curves_are_read_off_at_the_labels_of_their_axis()
    {
        var text = Markdown(new LineChartSection("ROC", ChartAxis.Unit("FPR"), ChartAxis.Unit("TPR"),
            [
                new("a", [.. Enumerable.Range(0, 101).Select(i => new ChartPoint(i / 100.0, Math.Sqrt(i / 100.0)))]) { Note = "AUC 0.667" },
                new("b", [new(0, 0), new(0, 0.5), new(0.5, 1), new(1, 1)]),
                new("c", []),
            ]));
        Assert.Contains("| TPR, where FPR is | Note | 0.0 | 0.2 | 0.4 | 0.6 | 0.8 | 1.0 |", text);
        Assert.Contains("| a | AUC 0.667 | 0.000 | 0.447 | 0.632 | 0.775 | 0.894 | 1.000 |", text);
        Assert.Contains("| b |  | 0.500 | 0.700 | 0.900 | 1.000 | 1.000 | 1.000 |", text);
        Assert.Contains("| c |  |  |  |", text);
    }

    [TestMethod]
    public void Short_curves_over_the_same_places_are_told_in_full()
    {
        var text = Markdown(new LineChartSection("Learning curve", new("Rows", ValueKind.Integer), ChartAxis.Share("Accuracy"),
            [
                new("train", [new(10, 1), new(1000, 0.98)]),
                new("test", [new(10, 0.7), new(1000, 0.95)]) { Band = [new(0.6, 0.8), new(0.94, 0.96)] },
            ]));
        Assert.Contains("| Rows | train | test |\n| ---: | ---: | ---: |\n", text);
        Assert.Contains("\n| 10 | 100.0% | 70% [60, 80] |\n| 1,000 | 98.0% | 95% [94, 96] |\n", text);
    }

    [TestMethod]
    public void A_matrix_too_large_for_a_table_shows_its_largest_cells()
    {
        string[] labels = [.. Enumerable.Range(0, 100).Select(i => $"c{i}")];
        var matrix = labels.Select((_, r) => labels.Select((_, c) => r == c ? 1000.0 : r == 3 && c == 7 ? 42 : 0).ToArray()).ToArray();
        var text = Markdown(new HeatMapSection("Confusion", "Actual", "Predicted", labels, labels, matrix) { DiagonalIsCorrect = true });
        Assert.Contains("| c3 | c7 | 42 |", text);
        Assert.DoesNotContain("1,000", text);
        Assert.Contains("The largest cells off the diagonal of 100 × 100.", text);
    }

    [TestMethod]
    public void Trees_and_graphs_are_lines()
    {
        var text = Markdown(
            new TreeSection("Tree", new("x ≤ 1")
            {
                Detail = "9 rows",
                Children = [new("```") { Branch = "yes" }, new("b") { Branch = "no" }],
            }),
            new GraphSection("Graph", [new("1", "scale"), new("2", "fit") { Detail = "4 × 3" }, new("3", "alone")], [new("1", "2")]));
        Assert.Contains("````text\nx ≤ 1 (9 rows)\n  yes: ```\n  no: b\n````", text);
        Assert.Contains("scale → fit (4 × 3)\nalone", text);
    }

    [TestMethod]
    public void Every_kind_of_section_can_be_written()
    {
        using var writer = new StringWriter();
        MarkdownReportWriter.Write(DemoReport.Create(), writer);
        MarkdownReportWriter.Write(HostileReport.Create(), writer);
        var text = writer.ToString();
        var blocks = text.Split("\n\n");
        Assert.DoesNotContain("<script", string.Concat(blocks.Where(block => !block.StartsWith("```", StringComparison.Ordinal))));
        Assert.DoesNotContain("\0", text);
        foreach (var table in blocks.Where(block => block.StartsWith("| ", StringComparison.Ordinal)))
        {
            var widths = table.Split('\n').Select(line => Regex.Count(line, @"(?<!\\)(\\\\)*\|"));
            Assert.HasCount(1, widths.Distinct(), "Every row of a table has its columns.");
        }
    }
}
