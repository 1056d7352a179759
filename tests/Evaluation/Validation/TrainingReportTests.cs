using System.Text.Json.Nodes;
using MLPath.Evaluation.Tests.Reports;
using MLPath.Reports;

namespace MLPath.Evaluation.Tests.Validation;

/// <summary>What a training shows of itself.</summary>
[TestClass]
public sealed class TrainingReportTests
{
    private static readonly TrainingReport Network = NamedReports.TrainingOfNetwork();

    [TestMethod]
    public void The_answer_says_what_learned_from_what() => Assert.AreEqual("Multilayer perceptron learned from 150 rows of iris.", Network.Answer);

    [TestMethod]
    public void A_network_shows_its_curve_of_losses_epoch_by_epoch()
    {
        var curve = Flat(Network.ToReport().Sections).OfType<LineChartSection>().First(s => s.X.Title == "Epoch");
        var losses = curve.Series[0].Points;
        Assert.HasCount(30, losses);
        Assert.IsLessThan(losses[0].Y, losses[^1].Y);
        string html = HtmlReportTests.Html(Network.ToReport());
        Assert.Contains("data-series=\"" + curve.Series[0].Name, html);
    }

    [TestMethod]
    public void The_pipeline_and_the_data_stand_in_it()
    {
        var report = Network.ToReport();
        var pipeline = report.Sections.OfType<TextSection>().Single(s => s.Title == "Pipeline");
        Assert.IsTrue(pipeline.Paragraphs.Any(p => p.Contains("Mlp", StringComparison.Ordinal)));
        Assert.HasCount(5, report.Sections.OfType<TableSection>().Single(s => s.Title == "The data").Rows);
    }

    [TestMethod]
    public void Problems_stand_first_each_once()
    {
        var warned = Network with
        {
            Diagnoses = [new(DiagnosisSeverity.Warning, "slow", [], "It is slow."), new(DiagnosisSeverity.Warning, "slow", [], "It is slow."), new(DiagnosisSeverity.Info, "x", [], "Not worth a word.")],
        };
        var notes = (TextSection)warned.ToReport().Sections[0];
        CollectionAssert.AreEqual(new[] { "It is slow." }, notes.Paragraphs.ToArray());
    }

    [TestMethod]
    public void It_is_written_as_json_and_as_markdown()
    {
        var json = JsonNode.Parse(Network.ToJson())!;
        Assert.AreEqual("mlpath.training", (string?)json["schema"]);
        using var writer = new StringWriter();
        MarkdownReportWriter.Write(Network.ToReport(), writer);
        Assert.Contains("> Multilayer perceptron learned from 150 rows of iris.", writer.ToString());
        Assert.Contains("| Column | Type |", writer.ToString());
    }

    private static IEnumerable<ReportSection> Flat(IEnumerable<ReportSection> sections) =>
        sections.SelectMany(s => s is GroupSection group ? Flat(group.Sections) : [s]);
}
