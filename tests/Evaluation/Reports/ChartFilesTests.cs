using System.Xml.Linq;
using MLPath.Reports;
using MLPath.Reports.Charts;

namespace MLPath.Evaluation.Tests.Reports;

/// <summary>Charts as files of their own.</summary>
[TestClass]
public sealed class ChartFilesTests
{
    private readonly string _folder = Path.Combine(Path.GetTempPath(), $"mlpath-{Guid.NewGuid():N}");

    [TestCleanup]
    public void Clean()
    {
        if (Directory.Exists(_folder))
            Directory.Delete(_folder, recursive: true);
    }

    [TestMethod]
    public void Every_drawing_of_a_report_is_a_file_that_needs_nothing_else()
    {
        var files = ReportWriter.SaveCharts(DemoReport.Create(), _folder);
        CollectionAssert.IsSubsetOf(
            new[] { "fold-by-fold.svg", "roc-curve.svg", "pairwise-differences.svg", "what-the-models-look-at.svg", "petal-length.svg", "a-surrogate-tree.svg", "pipeline.svg" },
            files.Select(Path.GetFileName).ToArray());
        CollectionAssert.AreEquivalent(Directory.GetFiles(_folder), files.ToArray(), "No temporary file is left.");
        foreach (var file in files)
        {
            var drawing = XDocument.Load(file);
            Assert.AreEqual(XName.Get("svg", "http://www.w3.org/2000/svg"), drawing.Root!.Name);
            Assert.DoesNotContain("var(", File.ReadAllText(file));
            Assert.DoesNotContain("light-dark", File.ReadAllText(file));
        }
    }

    [TestMethod]
    public void Hostile_reports_have_files_that_are_well_formed()
    {
        foreach (var file in ReportWriter.SaveCharts(HostileReport.Create(), _folder))
        {
            Assert.IsFalse(XDocument.Load(file).Descendants().Any(e => e.Name.LocalName == "script"));
            Assert.AreEqual(_folder, Path.GetDirectoryName(file), "A title chooses no folder.");
        }
    }

    [TestMethod]
    public void A_report_without_drawings_has_no_files()
    {
        Assert.IsEmpty(ReportWriter.SaveCharts(new Report("t", "a") { Sections = [new TextSection("Text", ["words"]), new LineChartSection("Nothing", new("x"), new("y"), [])] }, _folder));
        Assert.IsFalse(Directory.Exists(_folder));
    }

    [TestMethod]
    public void The_style_names_the_light_colour_of_every_series()
    {
        Assert.Contains(".s0 .line, .s0.line { stroke: #0072b2;", DrawingStyle.Light);
        Assert.Contains(".s6 .line, .s6.line { stroke: #4a4f55;", DrawingStyle.Light);
        Assert.Contains(".cell.second .tile { fill: #d55e00;", DrawingStyle.Light);
        Assert.Contains("svg text { font: 12px system-ui", DrawingStyle.Light);
        Assert.DoesNotContain(".s0 .cell", DrawingStyle.Light);
    }
}
