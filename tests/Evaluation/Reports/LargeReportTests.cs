namespace MLPath.Evaluation.Tests.Reports;

/// <summary>Thirty candidates, ten folds, three repeats, a hundred thousand rows: the page stays one that opens at once.</summary>
[TestClass]
public sealed class LargeReportTests
{
    private const int MostBytes = 5_000_000;

    [TestMethod]
    public async Task Two_classes_take_less_than_five_megabytes_and_only_the_best_is_open()
    {
        var report = SyntheticComparison.Binary(candidates: 30, rows: 100_000, folds: 10, repeats: 3).ToReport();
        Assert.IsLessThan(MostBytes, HtmlReportTests.Html(report).Length);
        await using var opened = await Browser.OpenAsync(report);
        Assert.AreEqual(29, await opened.Page.Locator(".group > details:not([open])").CountAsync());
        Assert.AreEqual(0, await opened.Page.Locator(".group > details[open]").CountAsync());
        Assert.IsEmpty(opened.Complaints);
    }

    [TestMethod]
    public void Ten_classes_take_less_than_five_megabytes() =>
        Assert.IsLessThan(MostBytes, HtmlReportTests.Html(SyntheticComparison.Multiclass(candidates: 30, classes: 10, rows: 100_000, folds: 10, repeats: 3).ToReport()).Length);
}
