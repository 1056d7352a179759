using MLPath.Data;
using MLPath.Evaluation.Tests.Reports;
using MLPath.Reports;

namespace MLPath.Evaluation.Tests.Comparison;

/// <summary>How the columns of a table are distributed and go together.</summary>
[TestClass]
public sealed class DataProfileTests
{
    private readonly MLContext _ml = new(seed: 1);

    [TestMethod]
    public void Correlations_are_numpy_s()
    {
        // numpy 1.24.2: numpy.corrcoef of the measurements of sklearn 1.2.1's load_iris.
        var profile = DataReport.Of(_ml.Data.LoadDataset("iris"), "Species").Profile!;
        CollectionAssert.AreEqual(new[] { "SepalLength", "SepalWidth", "PetalLength", "PetalWidth" }, profile.CorrelatedColumns.ToArray());
        Assert.AreEqual(-0.11756978413300205, profile.Correlations[0][1], 1e-6);
        Assert.AreEqual(0.8717537758865829, profile.Correlations[2][0], 1e-6);
        Assert.AreEqual(0.9628654314027958, profile.Correlations[2][3], 1e-6);
        Assert.AreEqual(1, profile.Correlations[1][1]);
    }

    [TestMethod]
    public void Every_value_is_in_a_bin_and_every_class_in_its_own_count()
    {
        var iris = _ml.Data.LoadDataset("iris");
        var profile = DataReport.Of(iris, "Species").Profile!;
        foreach (var column in profile.Columns.Where(c => c.Edges.Count > 0))
        {
            Assert.AreEqual(150, column.Counts.Sum());
            Assert.IsTrue(column.ByClass.All(counts => counts.Sum() == 50));
            for (int bin = 0; bin < column.Counts.Length; bin++)
                Assert.AreEqual(column.Counts[bin], column.ByClass.Sum(counts => counts[bin]));
        }

        var species = profile.Columns.Single(c => c.Summary.Name == "Species");
        CollectionAssert.AreEqual(new double[] { 50, 50, 50 }, species.Counts);
    }

    [TestMethod]
    public void Whole_numbers_over_a_short_range_have_a_bin_each()
    {
        var data = _ml.Data.LoadFromEnumerable(Enumerable.Range(0, 60).Select(i => new Row { Die = (i % 6) + 1, Y = 10 * ((i % 6) + 1), Gap = i % 4 == 0 ? float.NaN : 1 }));
        var report = DataReport.Of(data, "Y");
        var die = report.Profile!.Columns[0];
        CollectionAssert.AreEqual(new[] { 0.5, 1.5, 2.5, 3.5, 4.5, 5.5, 6.5 }, die.Edges.ToArray());
        CollectionAssert.AreEqual(new double[] { 10, 10, 10, 10, 10, 10 }, die.Counts);
        for (int bin = 0; bin < 6; bin++)
            Assert.AreEqual(10 * (bin + 1), die.LabelMean(bin)!.Value.Mean, 1e-9);
        var sections = report.ToReport().Sections;
        Assert.AreEqual("Gap", ((BarChartSection)sections.Single(s => s.Title == "Missing values")).Bars.Single().Name);
        Assert.AreEqual(0.25, ((BarChartSection)sections.Single(s => s.Title == "Missing values")).Bars[0].Value);
        var matrix = (HeatMapSection)sections.Single(s => s.Title == "Correlations");
        Assert.AreEqual(1, matrix.Values[0][1]);
        Assert.IsTrue(double.IsNaN(matrix.Values[0][2]), "A column that does not vary goes with nothing.");
    }

    [TestMethod]
    public void A_report_is_the_same_however_the_rows_come_in_batches()
    {
        var diabetes = _ml.Data.LoadDataset("diabetes");
        string whole = HtmlReportTests.Html(DataReport.Of(diabetes, "Progression").ToReport());
        Assert.AreEqual(whole, HtmlReportTests.Html(DataReport.Of(InMemoryDataView.Load(diabetes), "Progression").ToReport()));
    }

    [TestMethod]
    public void A_label_that_is_not_there_is_an_error_that_names_the_nearest()
    {
        var error = Assert.Throws<SchemaException>(() => DataReport.Of(_ml.Data.LoadDataset("iris"), "Specie"));
        Assert.Contains("Species", error.Message);
    }

    [TestMethod]
    public void No_rows_and_vectors_are_described_too()
    {
        var empty = DataReport.Of(_ml.Data.LoadFromEnumerable(Array.Empty<Row>()), "Y").ToReport();
        Assert.Contains("0 rows", empty.Answer);
        var digits = DataReport.Of(_ml.Data.LoadDataset("digits"), "Digit").ToReport();
        Assert.IsTrue(digits.Sections.OfType<GroupSection>().Any(g => g.Sections.Any(s => s.Title == "Pixels")));
    }

    private sealed class Row
    {
        public float Die { get; set; }

        public float Y { get; set; }

        public float Gap { get; set; }
    }
}
