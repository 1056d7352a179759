using MLPath.Reports;
using MLPath.Tool;
using MLPath.Tool.Output;

namespace MLPath.Cli.Tests;

[TestClass]
public sealed class OutputTests
{
    [TestMethod]
    public void A_table_aligns_numbers_and_has_no_trailing_blanks()
    {
        var table = new TextTable("Name", "Rows|", "What");
        table.Add("a", "5", "first");
        table.Add("bcd", "1,234", "second");
        Assert.AreEqual(
            """
            Name   Rows  What
            ───────────────────
            a         5  first
            bcd   1,234  second

            """.ReplaceLineEndings("\n"), Written(table.Write));
    }

    [TestMethod]
    public void A_failed_candidate_is_a_row_with_its_error()
    {
        var section = new TableSection("Leaderboard", [new("Candidate"), new("Accuracy", ValueKind.Number), new("Fit time", ValueKind.Seconds)],
        [
            new TableRow("good", TableCell.Estimate(0.9512, 0.9123, 0.9901), 0.25) { Emphasis = Emphasis.Best },
            TableRow.Failed("bad", "Row 3: it broke.\nBadly."),
        ]);
        string text = Written(host => ReportTable.Write(host, section, ranked: true, without: ["Fit time"]));
        StringAssert.Contains(text, "1  good       0.951 ± 0.039\n");
        StringAssert.Contains(text, "-  bad               failed\n");
        StringAssert.Contains(text, "bad failed: Row 3: it broke. Badly.\n");
        Assert.IsFalse(text.Contains("Fit time", StringComparison.Ordinal));
    }

    [TestMethod]
    public void Progress_is_a_line_every_five_seconds()
    {
        var lines = new List<string>();
        var clock = new SteppedClock();
        var progress = new OccasionalLines(lines.Add, "Comparing", p => $"{p.Iteration}", clock);
        for (int second = 1; second <= 12; second++)
        {
            clock.Seconds = second;
            progress.Report(new FitProgress([], second, 12, null, null));
        }

        CollectionAssert.AreEqual(new[] { "Comparing: 5", "Comparing: 10" }, lines);
    }

    private static string Written(Action<ToolHost> write)
    {
        using var text = new StringWriter();
        write(new ToolHost(Stream.Null, text, TextWriter.Null, _ => null, outputIsTerminal: false, errorIsTerminal: false, CancellationToken.None));
        return text.ToString();
    }

    private sealed class SteppedClock : TimeProvider
    {
        public long Seconds { get; set; }

        public override long TimestampFrequency => 1;

        public override long GetTimestamp() => Seconds;
    }
}
