using Microsoft.Playwright;
using MLPath.Evaluation.Tests.Comparison;
using MLPath.Reports;
using MLPath.Runtime;

namespace MLPath.Evaluation.Tests.Reports;

/// <summary>Pages as a reader gets them, in a browser.</summary>
[TestClass]
public sealed class PageTests
{
    private const string OpenEverything = "document.querySelectorAll('details').forEach(details => details.open = true)";

    // What is wrong with the letters of the drawings that can be seen: cut off at the edge, or over one another.
    private const string Letters = """
        () => {
          const wrong = [];
          for (const svg of document.querySelectorAll('svg')) {
            const frame = svg.getBoundingClientRect();
            if (frame.width === 0) continue;
            const texts = [...svg.querySelectorAll('text')].filter(text => text.textContent.trim());
            const boxes = texts.map(text => text.getBoundingClientRect());
            const name = i => `'${texts[i].textContent.slice(0, 30)}' in '${svg.querySelector('title').textContent.slice(0, 40)}'`;
            boxes.forEach((a, i) => {
              const inside = a.left > frame.left - 1 && a.right < frame.right + 1
                && a.top > frame.top - 1.5 && a.bottom < frame.bottom + 1.5;
              if (!inside) wrong.push(`cut off: ${name(i)}`);
              for (let j = i + 1; j < boxes.length; j++) {
                const b = boxes[j];
                const across = Math.min(a.right, b.right) - Math.max(a.left, b.left);
                const down = Math.min(a.bottom, b.bottom) - Math.max(a.top, b.top);
                if (across > 0.5 && down > 2.5) wrong.push(`overlap: ${name(i)} and ${name(j)}`);
              }
            });
          }
          return wrong;
        }
        """;

    private static readonly Dictionary<string, Lazy<Report>> Reports = new()
    {
        ["demo"] = new(DemoReport.Create),
        ["hostile"] = new(HostileReport.Create),
        ["binary"] = new(() => RealReports.Of(LearningTask.Binary)),
        ["multiclass"] = new(() => RealReports.Of(LearningTask.Multiclass)),
        ["regression"] = new(() => RealReports.Of(LearningTask.Regression)),
        ["clustering"] = new(() => RealReports.Of(LearningTask.Clustering)),
    };

    private static Report ReportNamed(string name) => Reports[name].Value;

    [TestMethod]
    [DataRow("demo", 1280, ColorScheme.Light)]
    [DataRow("demo", 1280, ColorScheme.Dark)]
    [DataRow("demo", 400, ColorScheme.Light)]
    [DataRow("demo", 400, ColorScheme.Dark)]
    [DataRow("demo", 900, ColorScheme.Light)]
    [DataRow("hostile", 1280, ColorScheme.Light)]
    [DataRow("hostile", 400, ColorScheme.Dark)]
    [DataRow("binary", 1280, ColorScheme.Light)]
    [DataRow("binary", 400, ColorScheme.Dark)]
    [DataRow("multiclass", 1280, ColorScheme.Dark)]
    [DataRow("multiclass", 400, ColorScheme.Light)]
    [DataRow("regression", 1280, ColorScheme.Light)]
    [DataRow("regression", 400, ColorScheme.Dark)]
    [DataRow("clustering", 1280, ColorScheme.Dark)]
    [DataRow("clustering", 400, ColorScheme.Light)]
    public async Task A_page_fits_is_silent_and_asks_for_nothing(string name, int width, ColorScheme scheme)
    {
        await using var opened = await Browser.OpenAsync(ReportNamed(name), width, scheme);
        await opened.Page.EvaluateAsync(OpenEverything);
        Assert.IsLessThanOrEqualTo(width, await opened.Page.EvaluateAsync<int>("document.documentElement.scrollWidth"));
        Assert.IsEmpty(await opened.Page.EvaluateAsync<string[]>(Letters));
        Assert.AreEqual(ReportNamed(name).Title, await opened.Page.TitleAsync());
        Assert.IsEmpty(opened.Complaints);
        Assert.HasCount(1, opened.Requests.Where(url => !url.StartsWith("data:", StringComparison.Ordinal)));
    }

    [TestMethod]
    public async Task Every_drawing_has_a_name_a_description_and_titled_axes()
    {
        await using var opened = await Browser.OpenAsync(DemoReport.Create());
        var bare = await opened.Page.EvaluateAsync<string[]>("""
            () => [...document.querySelectorAll('svg')].filter(svg => {
              const axes = svg.querySelectorAll('text.title');
              const named = svg.getAttribute('aria-labelledby').split(' ').every(id => document.getElementById(id)?.textContent.trim());
              const diagram = svg.matches('.fixed:not(.wide, .narrow, .half)');
              return !named || (!diagram && (axes.length === 0 || [...axes].some(axis => !axis.textContent.trim())));
            }).map(svg => svg.outerHTML.slice(0, 200))
            """);
        Assert.IsEmpty(bare);
    }

    [TestMethod]
    public async Task A_phone_gets_letters_of_full_size()
    {
        await using var opened = await Browser.OpenAsync(DemoReport.Create(), width: 400);
        await opened.Page.EvaluateAsync(OpenEverything);
        var smallestScale = await opened.Page.EvaluateAsync<double>("""
            Math.min(...[...document.querySelectorAll('svg')]
              .map(svg => svg.getBoundingClientRect().width / svg.viewBox.baseVal.width)
              .filter(scale => scale > 0))
            """);
        Assert.IsGreaterThan(0.95, smallestScale);
    }

    [TestMethod]
    [DataRow(ColorScheme.Light)]
    [DataRow(ColorScheme.Dark)]
    public async Task Text_stands_out_from_the_page(ColorScheme scheme)
    {
        await using var opened = await Browser.OpenAsync(DemoReport.Create(), scheme: scheme);
        var ratios = await opened.Page.EvaluateAsync<double[]>("""
            () => {
              const style = getComputedStyle(document.documentElement);
              const light = name => {
                const rgb = style.getPropertyValue(name).trim().slice(1).match(/../g).map(hex => parseInt(hex, 16) / 255);
                const [r, g, b] = rgb.map(c => c <= 0.04045 ? c / 12.92 : ((c + 0.055) / 1.055) ** 2.4);
                return 0.2126 * r + 0.7152 * g + 0.0722 * b;
              };
              const ratio = (a, b) => (Math.max(light(a), light(b)) + 0.05) / (Math.min(light(a), light(b)) + 0.05);
              return [ratio('--ink', '--page'), ratio('--quiet', '--page'), ratio('--accent', '--page'), ratio('--quiet', '--accent-tint')];
            }
            """);
        foreach (var ratio in ratios)
            Assert.IsGreaterThanOrEqualTo(4.5, ratio, "The least that WCAG 2 asks for at level AA.");
    }

    [TestMethod]
    public async Task A_reader_can_sort_a_table_and_rows_without_a_result_stay_last()
    {
        await using var opened = await Browser.OpenAsync(DemoReport.Create());
        var page = opened.Page;
        async Task<string[]> Names() => await page.EvaluateAsync<string[]>(
            "[...document.querySelectorAll('#leaderboard tbody th')].map(th => th.firstChild.textContent)");
        var before = await Names();
        await page.GetByRole(AriaRole.Button, new() { Name = "Fit time" }).ClickAsync();
        var slowestFirst = await Names();
        await page.GetByRole(AriaRole.Button, new() { Name = "Fit time" }).ClickAsync();
        var fastestFirst = await Names();
        Assert.AreEqual("mlp", before[0]);
        Assert.AreEqual("gradient boosting", slowestFirst[0]);
        Assert.AreEqual("majority class", fastestFirst[0]);
        Assert.StartsWith("quadratic", slowestFirst[^1]);
        Assert.StartsWith("quadratic", fastestFirst[^1]);
        Assert.AreEqual("ascending", await page.Locator("#leaderboard th[aria-sort]").GetAttributeAsync("aria-sort"));
        await page.GetByRole(AriaRole.Button, new() { Name = "p vs best" }).ClickAsync();
        Assert.AreEqual("svm (rbf)", (await Names())[0], "Columns after an interval sort by their own values.");
    }

    [TestMethod]
    public async Task A_link_in_the_leaderboard_opens_the_candidate()
    {
        await using var opened = await Browser.OpenAsync(DemoReport.Create());
        var details = opened.Page.Locator("#candidate-svm-rbf > details");
        Assert.IsNull(await details.GetAttributeAsync("open"));
        await opened.Page.Locator("#leaderboard").GetByRole(AriaRole.Link, new() { Name = "svm (rbf)" }).ClickAsync();
        await opened.Page.WaitForSelectorAsync("#candidate-svm-rbf > details[open]");
    }

    [TestMethod]
    public async Task The_page_is_complete_without_scripts()
    {
        await using var opened = await Browser.OpenAsync(DemoReport.Create(), javaScript: false);
        Assert.AreEqual(10, await opened.Page.Locator("#leaderboard tbody tr").CountAsync());
        Assert.AreEqual(0, await opened.Page.Locator("button").CountAsync());
        await opened.Page.Locator("#candidate-mlp summary").First.ClickAsync();
        Assert.IsTrue(await opened.Page.Locator("#candidate-mlp svg.wide").First.IsVisibleAsync());
        Assert.IsEmpty(opened.Complaints);
    }

    [TestMethod]
    public async Task It_prints_with_every_group_open_in_light_colours()
    {
        await using var opened = await Browser.OpenAsync(DemoReport.Create(), scheme: ColorScheme.Dark);
        var closed = await opened.Page.Locator(".group > details:not([open])").CountAsync();
        Assert.AreEqual(9, closed);
        await opened.Page.EvaluateAsync(
            "addEventListener('beforeprint', () => window.opened = document.querySelectorAll('.group > details[open]').length)");
        var pdf = await opened.Page.PdfAsync(new() { Format = "A4" });
        Assert.IsTrue(pdf.AsSpan().StartsWith("%PDF"u8));
        Assert.AreEqual(closed, await opened.Page.EvaluateAsync<int>("window.opened"));
        Assert.AreEqual(closed, await opened.Page.Locator(".group > details:not([open])").CountAsync(), "They close again.");

        await opened.Page.EmulateMediaAsync(new() { Media = Media.Print });
        await opened.Page.SetViewportSizeAsync(690, 900);
        var paper = await opened.Page.EvaluateAsync<string>("getComputedStyle(document.documentElement).getPropertyValue('--page').trim()");
        Assert.AreEqual("#ffffff", paper);
        Assert.IsLessThanOrEqualTo(690, await opened.Page.EvaluateAsync<int>("document.documentElement.scrollWidth"));
        Assert.IsEmpty(await opened.Page.EvaluateAsync<string[]>(Letters));
        Assert.IsEmpty(opened.Complaints);
    }
}
