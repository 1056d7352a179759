using System.Globalization;
using System.Xml.Linq;
using MLPath.Reports;
using MLPath.Reports.Charts;

namespace MLPath.Evaluation.Tests.Comparison.Datasets;

/// <summary>The critical-difference diagram as a drawing and as text.</summary>
[TestClass]
public sealed class CriticalDifferenceTests
{
    private static readonly string[] Names =
    [
        "forest", "boosted-trees-with-a-very-long-name", "knn", "logistic", "tree", "bayes", "svm", "linear-discriminant", "mlp", "ridge", "baseline", "Ünïcödé 模型",
    ];

    [TestMethod]
    [DataRow(2, false, 840.0)]
    [DataRow(2, true, 348.0)]
    [DataRow(5, false, 840.0)]
    [DataRow(5, false, 348.0)]
    [DataRow(5, true, 348.0)]
    [DataRow(12, false, 840.0)]
    [DataRow(12, false, 348.0)]
    [DataRow(12, true, 348.0)]
    [DataRow(40, false, 348.0)]
    public void Labels_neither_overlap_nor_leave_the_drawing(int count, bool tied, double width)
    {
        var svg = Draw(Section(count, tied), width);
        double height = Number(svg, "height");
        var boxes = svg.Descendants("text").Select(text => (Text: text.FirstNode!.ToString(), Box: BoxOf(text))).ToList();
        foreach (var (text, box) in boxes)
            Assert.IsTrue(box.Left > -0.5 && box.Right < width + 0.5 && box.Top > -0.5 && box.Bottom < height + 0.5, $"'{text}' is cut off");
        for (int i = 0; i < boxes.Count; i++)
        {
            for (int j = i + 1; j < boxes.Count; j++)
            {
                var (a, b) = (boxes[i].Box, boxes[j].Box);
                bool apart = a.Right <= b.Left + 0.5 || b.Right <= a.Left + 0.5 || a.Bottom <= b.Top + 0.5 || b.Bottom <= a.Top + 0.5;
                Assert.IsTrue(apart, $"'{boxes[i].Text}' and '{boxes[j].Text}' overlap");
            }
        }

        Assert.AreEqual(count, svg.Descendants("path").Count(p => (string?)p.Attribute("class") == "leader"));
    }

    [TestMethod]
    public void Bars_stand_over_their_groups_and_overlapping_ones_on_different_levels()
    {
        var section = new CriticalDifferenceSection("Ranks", [new("a", 1), new("b", 2), new("c", 3), new("d", 3.9)], 1.5, [new(0, 1), new(1, 2), new(2, 3)]);
        var svg = Draw(section, 840);
        var bars = svg.Descendants("path").Where(p => (string?)p.Attribute("class") == "cd-group").ToList();
        Assert.HasCount(3, bars);
        string Height(XElement bar) => bar.Attribute("d")!.Value.Split(' ', 'H')[1];
        Assert.AreNotEqual(Height(bars[0]), Height(bars[1]));
        Assert.AreEqual(Height(bars[0]), Height(bars[2]), "The third has room beside the first.");
        Assert.AreEqual("Not known to differ: a, b", bars[0].Element("title")!.Value);
        StringAssert.Contains(svg.Element("desc")!.Value, "a 1.00, b 2.00, c 3.00, d 3.90");
    }

    [TestMethod]
    public void Without_a_test_there_is_neither_difference_nor_bar()
    {
        var svg = Draw(new CriticalDifferenceSection("Ranks", [new("a", 1), new("b", 2)], double.NaN, []), 348);
        Assert.IsFalse(svg.Descendants().Any(e => (string?)e.Attribute("class") is "cd" or "cd-group"));
    }

    [TestMethod]
    public void Groups_are_told_in_letters()
    {
        RankedItem[] items = [new("a", 1), new("b", 2), new("c", 3), new("d", 3.9), new("e", 5)];
        var section = new CriticalDifferenceSection("Ranks", items, 1.5, [new(0, 1), new(1, 3)]);
        CollectionAssert.AreEqual(new[] { "a", "ab", "b", "b", "c" }, section.Letters.ToArray());
        var table = RankTables.Of(section);
        Assert.AreEqual("ab", table.Rows[1].Cells[2].Text);
        StringAssert.Contains(table.Notes[0], "1.50");
    }

    [TestMethod]
    public void Bad_ranks_and_groups_are_refused()
    {
        Assert.Throws<ArgumentException>(() => new CriticalDifferenceSection("R", [new("a", 1)], 1, []));
        Assert.Throws<ArgumentException>(() => new CriticalDifferenceSection("R", [new("a", 2), new("b", 1)], 1, []));
        Assert.Throws<ArgumentException>(() => new CriticalDifferenceSection("R", [new("a", 1), new("b", double.NaN)], 1, []));
        Assert.Throws<ArgumentException>(() => new CriticalDifferenceSection("R", [new("a", 1), new("b", 2)], 1, [new(0, 2)]));
        Assert.Throws<ArgumentException>(() => new BaselineTableSection("T", "Set", ["a", "b"], [new("s", [1.0, 2.0], [[Standing.None, Standing.Win]])], [], 0));
        Assert.Throws<ArgumentException>(() => new BaselineTableSection("T", "Set", ["a"], [], [], 1));
    }

    private static CriticalDifferenceSection Section(int count, bool tied)
    {
        var items = Enumerable.Range(0, count).Select(i => new RankedItem(i < Names.Length ? Names[i] : $"candidate {i}", tied ? (count + 1) / 2.0 : 1 + (i * 0.97))).ToArray();
        double difference = Math.Max(1.4, count / 3.0);
        var groups = new List<RankGroup>();
        for (int first = 0, reached = 0; first < count; first++)
        {
            int last = Array.FindLastIndex(items, i => i.AverageRank - items[first].AverageRank < difference);
            if (last > first && last > reached)
                groups.Add(new RankGroup(first, last));
            reached = Math.Max(reached, last);
        }

        return new CriticalDifferenceSection("Average ranks", items, difference, groups);
    }

    private static XElement Draw(CriticalDifferenceSection section, double width)
    {
        using var text = new StringWriter();
        new CriticalDifferenceDrawing(section).Draw(new MarkupWriter(text), "d", width, "wide");
        return XElement.Parse(text.ToString());
    }

    private static (double Left, double Right, double Top, double Bottom) BoxOf(XElement text)
    {
        double x = Number(text, "x"), y = Number(text, "y"), width = TextMetrics.Width(((XText)text.FirstNode!).Value, bold: (string?)text.Attribute("class") == "strong");
        double left = (string?)text.Attribute("text-anchor") switch
        {
            "end" => x - width,
            "middle" => x - (width / 2),
            _ => x,
        };
        return (left, left + width, y - 10, y + 3);
    }

    private static double Number(XElement element, string name) => double.Parse(element.Attribute(name)!.Value, CultureInfo.InvariantCulture);
}
