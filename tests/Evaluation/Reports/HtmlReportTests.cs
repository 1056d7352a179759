using System.Security.Cryptography;
using System.Text;
using System.Text.RegularExpressions;
using System.Xml.Linq;
using MLPath.Reports;

namespace MLPath.Evaluation.Tests.Reports;

[TestClass]
public sealed class HtmlReportTests
{
    public static string Html(Report report)
    {
        using var writer = new StringWriter();
        HtmlReportWriter.Write(report, writer);
        return writer.ToString();
    }

    [TestMethod]
    public void It_opens_with_the_answer_and_the_leaderboard()
    {
        var page = Html(DemoReport.Create());
        int[] places = [.. new[] { "<h1>", "class=\"answer\"", "id=\"leaderboard\"", "id=\"fold-by-fold\"" }
            .Select(mark => page.IndexOf(mark, StringComparison.Ordinal))];
        Assert.IsGreaterThan(0, places[0]);
        CollectionAssert.AreEqual(places.Order().ToArray(), places);
    }

    [TestMethod]
    public void The_same_report_gives_the_same_page()
    {
        Assert.AreEqual(Html(DemoReport.Create()), Html(DemoReport.Create()));
        Assert.AreEqual(Html(HostileReport.Create()), Html(HostileReport.Create()));
    }

    [TestMethod]
    public void Nothing_that_came_with_the_report_becomes_markup()
    {
        var page = Html(HostileReport.Create());
        Assert.HasCount(1, Regex.Matches(page, "<script"));
        Assert.HasCount(1, Regex.Matches(page, "<!--|<!DOCTYPE"));
        Assert.DoesNotContain("\0", page);
        Assert.DoesNotContain("\u202E", page);
        Assert.Contains("&lt;script&gt;document.title=&#39;owned&#39;&lt;/script&gt;&quot;&#39; onload=&quot;x&quot;", page);
    }

    [TestMethod]
    public void All_that_score_the_same_as_the_best_are_shown_as_best()
    {
        var equal = Enumerable.Range(0, 3).Select(_ => (IReadOnlyList<Standing>)[Standing.None, Standing.None, Standing.None]).ToArray();
        var row = new BaselineTableRow("set", [0.9, TableCell.Estimate(0.95, 0.9, 1), 0.95], equal) { Best = 1 };
        var cells = Regex.Matches(Html(new Report("Sets", "Two are best.") { Sections = [new BaselineTableSection("T", "Set", ["a", "b", "c"], [row], [], 0)] }), "<td class=\"([^\"]*)\"");
        CollectionAssert.AreEqual(new[] { false, true, true }, cells.Select(cell => cell.Groups[1].Value.Split(' ').Contains("top")).ToArray());
    }

    [TestMethod]
    public void Pages_are_well_formed()
    {
        foreach (string name in NamedReports.Names)
        {
            string page = Html(NamedReports.Get(name));
            var body = page[page.IndexOf("<body>", StringComparison.Ordinal)..page.IndexOf("<script>", StringComparison.Ordinal)];
            var tree = XDocument.Parse(Regex.Replace(body, "<img [^>]*", "$0/") + "</body>");
            var ids = tree.Descendants().Select(e => e.Attribute("id")?.Value).OfType<string>().ToArray();
            Assert.AreEqual(ids.Length, ids.Distinct().Count(), "Every id is used once.");
            var known = ids.ToHashSet();
            foreach (var link in tree.Descendants("a"))
                Assert.Contains(link.Attribute("href")!.Value[1..], known, "Every link leads somewhere.");
            foreach (var reference in tree.Descendants().SelectMany(e => e.Attribute("aria-labelledby")?.Value.Split(' ') ?? []))
                Assert.Contains(reference, known);
            foreach (var clip in tree.Descendants().Select(e => e.Attribute("clip-path")?.Value).OfType<string>())
                Assert.Contains(clip["url(#".Length..^1], known);
            foreach (var table in tree.Descendants("table"))
                CheckColumns(table);
            foreach (var drawing in tree.Descendants("svg"))
                CheckDrawing(drawing);
        }
    }

    private static void CheckColumns(XElement table)
    {
        static int Width(XElement row) => row.Elements().Sum(cell => (int?)cell.Attribute("colspan") ?? 1);
        var width = Width(table.Element("thead")!.Element("tr")!);
        foreach (var row in table.Element("tbody")!.Elements("tr"))
            Assert.AreEqual(width, Width(row), "Every row fills the table.");
        foreach (var heading in table.Descendants("th"))
            Assert.IsNotNull(heading.Attribute("scope"));
    }

    private static void CheckDrawing(XElement drawing)
    {
        Assert.AreEqual("img", drawing.Attribute("role")?.Value);
        Assert.IsNotNull(drawing.Element("title"));
        Assert.IsGreaterThan(10, drawing.Element("desc")!.Value.Length);
        foreach (var place in drawing.DescendantsAndSelf().Attributes()
            .Where(a => a.Name.LocalName is "x" or "y" or "d" or "width" or "height" or "viewBox"))
            Assert.IsFalse(place.Value.AsSpan().ContainsAny("NIE∞"), $"NaN, Infinity or an exponent: {place}");
        foreach (var box in drawing.Descendants("rect"))
        {
            Assert.IsGreaterThanOrEqualTo(0.0, (double)box.Attribute("width")!);
            Assert.IsGreaterThanOrEqualTo(0.0, (double)box.Attribute("height")!);
        }
    }

    [TestMethod]
    public void The_page_forbids_itself_everything_but_its_own_style_and_script()
    {
        var page = Html(DemoReport.Create());
        foreach (var tag in new[] { "style", "script" })
        {
            var content = Regex.Match(page, $"<{tag}>(.*?)</{tag}>", RegexOptions.Singleline).Groups[1].Value;
            var hash = Convert.ToBase64String(SHA256.HashData(Encoding.UTF8.GetBytes(content)));
            Assert.Contains($"{tag}-src &#39;sha256-{hash}&#39;", page);
        }
        Assert.Contains("default-src &#39;none&#39;", page);
        Assert.DoesNotContain("http", page.Replace("http-equiv", "", StringComparison.Ordinal));
        Assert.IsFalse(Regex.IsMatch(page, "@import|url\\((?!#)| style=\"| on\\w+=\""));
    }

    [TestMethod]
    public void A_row_links_to_its_section_and_not_to_one_that_is_missing()
    {
        var page = Html(new Report("t", "a")
        {
            Sections =
            [
                new TableSection("Scores", [new("Name")], [new("here") { LinkTo = "My id" }, new("nowhere") { LinkTo = "other" }]),
                new TextSection("Text", ["words"]) { Id = "My id" },
            ],
        });
        Assert.Contains("<a href=\"#my-id\">here</a>", page);
        Assert.Contains(">nowhere</th>", page);
        Assert.Contains("<section id=\"my-id\"", page);
    }

    [TestMethod]
    public void A_failed_row_says_why_across_the_cells_it_does_not_have()
    {
        var page = Html(new Report("t", "a")
        {
            Sections =
            [
                new TableSection("Scores", [new("Name"), new("a", ValueKind.Number), new("b")],
                    [new("ok", TableCell.Estimate(1, 0, 2), "x"), TableRow.Failed("bad", "No rows.")]),
            ],
        });
        Assert.Contains("<td colspan=\"3\" class=\"error\"><span>No rows.</span></td>", page);
        Assert.Contains("<span class=\"badge\">failed</span>", page);
    }

    [TestMethod]
    public void What_cannot_be_drawn_is_counted()
    {
        var page = Html(new Report("t", "a")
        {
            Sections =
            [
                new LineChartSection("Curve", new("x"), new("y"),
                    [new("a", [new(1, 1), new(2, double.NaN), new(3, 2), new(double.PositiveInfinity, 1)])]),
                new LineChartSection("Nothing", new("x"), new("y"), [new("a", [])]),
            ],
        });
        Assert.Contains("2 of 4 points cannot be drawn", page);
        Assert.Contains("There is nothing to draw", page);
    }

    [TestMethod]
    public void A_baseline_far_away_does_not_press_the_others_together()
    {
        var page = Html(new Report("t", "a")
        {
            Sections =
            [
                new DotPlotSection("Folds", ChartAxis.Share("Accuracy"),
                    [new("good", [0.9, 0.95]) { Mean = 0.92 }, new("baseline", [0.3]) { Mean = 0.3, Emphasis = Emphasis.Muted }]),
            ],
        });
        Assert.Contains("Beyond the axis, where an arrow points: baseline.", page);
        Assert.DoesNotContain(">40%<", page);
    }

    [TestMethod]
    public void A_large_page_stays_small()
    {
        var random = new Random(1);
        var points = Enumerable.Range(0, 200_000).Select(_ => new ChartPoint(random.NextDouble(), random.NextDouble())).ToArray();
        var page = Html(new Report("t", "a")
        {
            Sections =
            [
                new ScatterSection("Cloud", new("x"), new("y"), [new("a", points)]),
                new LineChartSection("Walk", new("x"), new("y"), [new("a", points)]),
            ],
        });
        Assert.IsLessThan(6_000_000, page.Length);
        Assert.Contains("at most 2,000 of a group", page);
    }
}
