using MLPath.Reports;
using MLPath.Reports.Charts;

namespace MLPath.Evaluation.Tests.Reports;

[TestClass]
public sealed class ChartPartsTests
{
    [TestMethod]
    public void Text_is_shortened_at_whole_characters_and_fits()
    {
        Assert.AreEqual("short", TextMetrics.Fit("short", 100));
        var family = string.Concat(Enumerable.Repeat("👩‍👩‍👧‍👦", 5));
        foreach (var text in new[] { "a name that is much too long", family, "дуже довга назва", "非常に長い名前です" })
        {
            var fitted = TextMetrics.Fit(text, 60);
            Assert.EndsWith("…", fitted);
            Assert.IsLessThanOrEqualTo(60, TextMetrics.Width(fitted));
            Assert.StartsWith(fitted[..^1].TrimEnd(), text);
            Assert.IsFalse(fitted.Length > 1 && char.IsHighSurrogate(fitted[^2]));
        }
        Assert.AreEqual("…", TextMetrics.Fit("anything", 0));
    }

    [TestMethod]
    [DataRow("-1.5e-6", "−1.5×10⁻⁶")]
    [DataRow("2e10", "2×10¹⁰")]
    [DataRow("[-0.5, 1e-9]", "[−0.5, 1×10⁻⁹]")]
    [DataRow("96.7% [94.2, 98.4]", "96.7% [94.2, 98.4]")]
    [DataRow("3 min 12 s", "3 min 12 s")]
    public void Numbers_are_set_as_in_print(string number, string expected) => Assert.AreEqual(expected, Typeset.Number(number));

    [TestMethod]
    public void A_long_line_keeps_its_ends_and_extremes()
    {
        var points = Enumerable.Range(0, 100_000).Select(i => (X: i / 200.0, Y: Math.Sin(i / 900.0))).ToArray();
        points[31_416].Y = 7;
        points[65_535].Y = -7;
        var thinned = Thinning.Line(points);
        Assert.IsLessThanOrEqualTo(4 * 501, thinned.Count);
        Assert.AreEqual(points[0], thinned[0]);
        Assert.AreEqual(points[^1], thinned[^1]);
        Assert.Contains(points[31_416], thinned);
        Assert.Contains(points[65_535], thinned);
        CollectionAssert.AreEqual(thinned.OrderBy(p => p.X).ToArray(), thinned.ToArray(), "The order is kept.");
        CollectionAssert.AreEqual(thinned.ToArray(), Thinning.Line(points).ToArray());
    }

    [TestMethod]
    public void A_short_line_is_kept_whole()
    {
        var points = Enumerable.Range(0, 50).Select(i => (0.5, (double)i)).ToArray();
        Assert.AreSame(points, Thinning.Line(points));
    }

    [TestMethod]
    public void A_cloud_keeps_its_outermost_points_and_its_limit()
    {
        var random = new Random(4);
        var points = Enumerable.Range(0, 50_000).Select(_ => (X: 800 * random.NextDouble(), Y: 300 * random.NextDouble())).ToArray();
        points[40_001] = (-5, 10);
        points[40_002] = (900, 10);
        points[40_003] = (10, -5);
        points[40_004] = (10, 400);
        var thinned = Thinning.Scatter(points, 2, 1000);
        Assert.IsLessThanOrEqualTo(1004, thinned.Count);
        for (var i = 40_001; i <= 40_004; i++)
            Assert.Contains(points[i], thinned);
        CollectionAssert.AreEqual(thinned, Thinning.Scatter(points, 2, 1000));
    }

    [TestMethod]
    public void Points_that_cover_one_another_are_drawn_once()
    {
        var points = Enumerable.Repeat((X: 10.0, Y: 20.0), 500).Append((30, 40)).ToArray();
        Assert.HasCount(2, Thinning.Scatter(points, 2, 1000));
    }

    [TestMethod]
    [DataRow("ROC curves (test)", "roc-curves-test")]
    [DataRow("  Größe & Länge  ", "größe-länge")]
    [DataRow("<script>alert(1)</script>", "script-alert-1-script")]
    [DataRow("…", "section")]
    public void Anchors_are_made_of_letters_and_digits(string title, string expected) => Assert.AreEqual(expected, Outline.Slug(title));

    [TestMethod]
    public void Sections_of_one_name_get_different_anchors()
    {
        var same = new TextSection("Same", []);
        var outline = new Outline(new Report("t", "a") { Sections = [same, same, new GroupSection("Same", [same])] });
        var ids = outline.Nodes.Concat(outline.Nodes[2].Children).Select(node => node.Id).ToArray();
        CollectionAssert.AreEqual(new[] { "same", "same-2", "same-3", "same-4" }, ids);
        Assert.AreEqual(3, outline.Nodes[2].Children[0].Level);
    }

    [TestMethod]
    public void Columns_are_written_to_the_digits_that_their_intervals_support()
    {
        var table = new TableSection("t",
            [
                new("Name"), new("Score", ValueKind.Percent), new("Loss", ValueKind.Number), new("Rows", ValueKind.Integer),
                new("Mixed", ValueKind.Number),
            ],
            [
                new("a", TableCell.Estimate(0.96666, 0.942, 0.984), 0.0812345, 12345, 1e-6),
                new("b", TableCell.Estimate(0.91, 0.9, 0.92), 1.5, 7, 250000.25),
                new("c", 0.5, double.NaN, 0, 3),
            ]);
        var formats = ColumnFormat.Of(table);
        string Written(int row, int column) => formats[column].Main(table.Rows[row].Cells[column]);
        Assert.AreEqual("96.7%", Written(0, 1));
        Assert.AreEqual("[94.2, 98.4]", formats[1].Interval(table.Rows[0].Cells[1]));
        Assert.AreEqual("50.0%", Written(2, 1));
        Assert.IsNull(formats[1].Interval(table.Rows[2].Cells[1]));
        Assert.AreEqual("0.081", Written(0, 2));
        Assert.AreEqual("1.500", Written(1, 2));
        Assert.AreEqual("n/a", Written(2, 2));
        Assert.AreEqual("12,345", Written(0, 3));
        Assert.AreEqual("1e-6", Written(0, 4));
        Assert.AreEqual("250,000", Written(1, 4));
        Assert.AreEqual(ColumnAlignment.Left, formats[0].Alignment);
        Assert.AreEqual(ColumnAlignment.Right, formats[1].Alignment);
    }
}
