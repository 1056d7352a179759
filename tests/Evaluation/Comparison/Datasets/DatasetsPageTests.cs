using Microsoft.Playwright;
using MLPath.Evaluation.Tests.Reports;
using MLPath.Reports;

namespace MLPath.Evaluation.Tests.Comparison.Datasets;

/// <summary>The page of a comparison over several data sets, in a browser.</summary>
[TestClass]
public sealed class DatasetsPageTests
{
    private static readonly Lazy<Report> Real = new(() => Evaluation.Comparison.RunAll(
        [DatasetsRunTests.Iris(), DatasetsRunTests.Wine(), DatasetsRunTests.Cancer()], new() { Folds = 4, Seed = 1 }).ToReport());

    private static readonly Lazy<Report> Wide = new(() => Fabricated.Of(
        [.. Enumerable.Range(0, 12).Select(c => $"candidate-{c}")],
        [.. Enumerable.Range(0, 9).Select(d => Enumerable.Range(0, 12).Select(c => 0.5 + (0.03 * c) + (0.01 * (d * c % 5))).ToArray())]).ToReport());

    private static readonly Lazy<Report> Demsar = new(() => Fabricated.Of(Fabricated.Demsar, Fabricated.DemsarScores, "C4.5").ToReport());

    [TestMethod]
    [DataRow("real")]
    [DataRow("wide")]
    [DataRow("demsar")]
    public async Task The_page_fits_and_is_silent(string name)
    {
        var report = name switch { "real" => Real.Value, "wide" => Wide.Value, _ => Demsar.Value };
        await using var opened = await Browser.OpenAsync(report);
        await opened.Page.EvaluateAsync("document.querySelectorAll('details').forEach(details => details.open = true)");
        foreach (var (width, scheme) in new[] { (1280, ColorScheme.Light), (900, ColorScheme.Light), (400, ColorScheme.Dark) })
        {
            await opened.Page.EmulateMediaAsync(new() { ColorScheme = scheme });
            await opened.Page.SetViewportSizeAsync(width, 900);
            if (Environment.GetEnvironmentVariable("MLPATH_SCREENSHOTS") is { Length: > 0 } folder)
                await opened.Page.ScreenshotAsync(new() { Path = Path.Combine(folder, $"datasets-{name}-{width}-{scheme}.png"), FullPage = true });
            Assert.IsLessThanOrEqualTo(width, await opened.Page.EvaluateAsync<int>("document.documentElement.scrollWidth"));
        }

        Assert.IsEmpty(opened.Complaints);
        Assert.HasCount(1, opened.Requests.Where(url => !url.StartsWith("data:", StringComparison.Ordinal)));
    }

    [TestMethod]
    public async Task The_reader_chooses_the_baseline_with_the_keyboard()
    {
        await using var opened = await Browser.OpenAsync(Demsar.Value);
        var page = opened.Page;
        var choice = page.GetByLabel("Marks compare with");
        Assert.AreEqual("C4.5", await choice.EvaluateAsync<string>("select => select.selectedOptions[0].textContent"));
        async Task<string> Shown(string css) => await page.EvaluateAsync<string>(
            $"[...document.querySelectorAll('{css}')].filter(e => e.checkVisibility()).map(e => e.textContent.trim()).join(',')");
        Assert.AreEqual("C4.5baseline", await Shown("thead th:has([data-against]:not([hidden]))"));
        string before = await Shown(".mark");
        await choice.FocusAsync();
        await page.Keyboard.PressAsync("ArrowUp");
        Assert.AreEqual("C4.5+cfbaseline", await Shown("thead th:has([data-against]:not([hidden]))"));
        Assert.AreEqual("4", await page.EvaluateAsync<string>("String(document.querySelector('tfoot tr:last-child').cells.length - 1)"));
        Assert.AreEqual("", await page.EvaluateAsync<string>("document.querySelector('tfoot tr:last-child').cells[3].innerText.trim()"), "No p against itself.");
        Assert.AreNotEqual(before, await Shown(".mark"));
        Assert.AreEqual("better than C4.5+cf", await page.Locator("tbody .mark.w").First.GetAttributeAsync("aria-label"));
        Assert.IsEmpty(opened.Complaints);
    }

    [TestMethod]
    public async Task Without_scripts_the_marks_against_the_first_baseline_stand()
    {
        await using var opened = await Browser.OpenAsync(Demsar.Value, javaScript: false);
        Assert.IsFalse(await opened.Page.Locator(".baseline").IsVisibleAsync());
        Assert.AreEqual(14 * 4, await opened.Page.Locator(".mark").CountAsync());
        Assert.AreEqual(1, await opened.Page.Locator("thead .badge:visible").CountAsync());
    }

    [TestMethod]
    public async Task Links_reach_the_candidate_of_their_own_set()
    {
        await using var opened = await Browser.OpenAsync(Real.Value);
        await opened.Page.Locator("table.compared").GetByRole(AriaRole.Link, new() { Name = "wine" }).ClickAsync();
        await opened.Page.Locator("#dataset-wine").GetByRole(AriaRole.Link, new() { Name = "prior", Exact = true }).First.ClickAsync();
        await opened.Page.WaitForSelectorAsync("#dataset-wine-candidate-prior > details[open]");
    }
}
