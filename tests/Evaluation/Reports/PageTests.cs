using System.Xml.Linq;
using Microsoft.Playwright;
using MLPath.Reports;

namespace MLPath.Evaluation.Tests.Reports;

/// <summary>Pages as a reader gets them, in a browser.</summary>
[TestClass]
public sealed class PageTests
{
    // A sheet's width between the margins, in pixels.
    private const int Paper = 690;

    private const string Closed = ".group > details:not([open])";

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

    private static IEnumerable<string> Names() => NamedReports.Names;

    // To load a page costs more than most of what is asked of it, so each is loaded once and asked everything; what is asked of the paper comes last.
    [TestMethod]
    [DynamicData(nameof(Names))]
    public async Task A_page_is_silent_asks_for_nothing_fits_in_light_and_dark_and_prints_open_with_nothing_cut(string name)
    {
        var report = NamedReports.Get(name);
        await using var opened = await Browser.OpenAsync(report);
        Assert.AreEqual(report.Title, await opened.Page.TitleAsync());
        int closed = await opened.Page.Locator(Closed).CountAsync();
        await opened.Page.EvaluateAsync($"addEventListener('beforeprint', () => window.opened = document.querySelectorAll('{Closed}').length)");
        // One sheet tells as much as all of them: everything is laid out for it.
        var pdf = await opened.Page.PdfAsync(new() { Format = "A4", PageRanges = "1" });
        Assert.IsTrue(pdf.AsSpan().StartsWith("%PDF"u8));
        Assert.AreEqual(0, await opened.Page.EvaluateAsync<int>("window.opened"), "Everything is open while the page prints.");
        Assert.AreEqual(closed, await opened.Page.Locator(Closed).CountAsync(), "They close again.");

        await opened.Page.EvaluateAsync(OpenEverything);
        await FitsAsync(opened.Page, 1280);
        if (name == "demo")
            await FitsAsync(opened.Page, 900);
        await opened.Page.EmulateMediaAsync(new() { ColorScheme = ColorScheme.Dark });
        await FitsAsync(opened.Page, 380);
        await IsFitForPaperAsync(opened.Page);
        if (name == "demo")
            await FitsAsync(opened.Page, Paper);
        Assert.IsEmpty(opened.Complaints);
        Assert.HasCount(1, opened.Requests.Where(url => !url.StartsWith("data:", StringComparison.Ordinal)));
    }

    // The check takes its time: pages have light or dark in turn, and the first one, which has all kinds of sections, has both.
    [TestMethod]
    [DynamicData(nameof(Names))]
    public async Task A_page_is_accessible(string name)
    {
        string axe = Axe.Source();
        bool dark = NamedReports.Names.TakeWhile(n => n != name).Count() % 2 == 1;
        await using var opened = await Browser.OpenAsync(NamedReports.Get(name), dark ? 380 : 1280, dark ? ColorScheme.Dark : ColorScheme.Light);
        await opened.Page.EvaluateAsync(OpenEverything);
        Assert.AreEqual("", string.Join('\n', await Axe.ViolationsAsync(opened.Page, axe)));
        if (name != "demo")
            return;
        await opened.Page.EmulateMediaAsync(new() { ColorScheme = ColorScheme.Dark });
        await opened.Page.SetViewportSizeAsync(380, 900);
        Assert.AreEqual("", string.Join('\n', await Axe.ViolationsAsync(opened.Page, axe)));
    }

    private static async Task FitsAsync(IPage page, int width)
    {
        await page.SetViewportSizeAsync(width, 900);
        Assert.IsLessThanOrEqualTo(width, await page.EvaluateAsync<int>("document.documentElement.scrollWidth"));
        Assert.AreEqual("", string.Join('\n', await page.EvaluateAsync<string[]>(Letters)), $"at {width} pixels");
    }

    // From dark colours on the screen.
    private static async Task IsFitForPaperAsync(IPage page)
    {
        await page.EmulateMediaAsync(new() { Media = Media.Print });
        await page.SetViewportSizeAsync(Paper, 900);
        Assert.AreEqual("rgb(255, 255, 255)", await page.EvaluateAsync<string>("getComputedStyle(document.body).backgroundColor"));
        Assert.AreEqual("rgb(28, 32, 36)", await page.EvaluateAsync<string>("getComputedStyle(document.body).color"));
        // 235 mm of the 297 of a sheet, at 96 pixels an inch.
        var cut = await page.EvaluateAsync<string[]>("""
            () => [...document.querySelectorAll('figure svg')].map(svg => [svg.getBoundingClientRect(), svg.querySelector('title').textContent])
              .filter(([box]) => box.width > 0 && (box.height > 235 / 25.4 * 96 + 1 || box.right > 691)).map(([box, title]) => `${title}: ${box.width} by ${box.height}`)
            """);
        Assert.AreEqual("", string.Join('\n', cut));
        int controls = await page.EvaluateAsync<int>(
            "[...document.querySelectorAll('.tools, .save, .anchor, nav')].filter(e => e.getBoundingClientRect().width > 0).length");
        Assert.AreEqual(0, controls);
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
    public async Task Text_stands_out_from_the_page_in_light_and_dark()
    {
        await using var opened = await Browser.OpenAsync(DemoReport.Create());
        foreach (var scheme in new[] { ColorScheme.Light, ColorScheme.Dark })
        {
            await opened.Page.EmulateMediaAsync(new() { ColorScheme = scheme });
            double[] ratios = await opened.Page.EvaluateAsync<double[]>("""
                () => {
                  const swatch = document.body.appendChild(document.createElement('i'));
                  const light = name => {
                    swatch.style.color = `var(${name})`;
                    const rgb = getComputedStyle(swatch).color.match(/\d+/g).map(part => Number(part) / 255);
                    const [r, g, b] = rgb.map(c => c <= 0.04045 ? c / 12.92 : ((c + 0.055) / 1.055) ** 2.4);
                    return 0.2126 * r + 0.7152 * g + 0.0722 * b;
                  };
                  const ratio = (a, b) => (Math.max(light(a), light(b)) + 0.05) / (Math.min(light(a), light(b)) + 0.05);
                  return [ratio('--ink', '--page'), ratio('--quiet', '--page'), ratio('--accent', '--page'), ratio('--quiet', '--accent-tint')];
                }
                """);
            foreach (double ratio in ratios)
                Assert.IsGreaterThanOrEqualTo(4.5, ratio, $"The least that WCAG 2 asks for at level AA, in {scheme}.");
        }
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
    public async Task A_heading_sorts_by_keys_one_way_the_other_and_back()
    {
        await using var opened = await Browser.OpenAsync(DemoReport.Create());
        var page = opened.Page;
        async Task<string> Names() => string.Join(' ', await page.EvaluateAsync<string[]>(
            "[...document.querySelectorAll('#leaderboard tbody th')].map(th => th.firstChild.textContent)"));
        async Task<string?> Sorted() => await page.EvaluateAsync<string?>("document.querySelector('#leaderboard th[aria-sort]')?.getAttribute('aria-sort')");
        var asReported = await Names();
        var accuracy = page.GetByRole(AriaRole.Button, new() { Name = "Accuracy" });
        await accuracy.FocusAsync();
        await page.Keyboard.PressAsync("Enter");
        Assert.AreEqual("descending", await Sorted());
        Assert.StartsWith("mlp svm", await Names());
        await page.Keyboard.PressAsync("Space");
        Assert.AreEqual("ascending", await Sorted());
        Assert.StartsWith("majority class naive bayes", await Names());
        await page.Keyboard.PressAsync("Enter");
        Assert.IsNull(await Sorted());
        Assert.AreEqual(asReported, await Names());
        Assert.StartsWith("Share of rows", await accuracy.GetAttributeAsync("aria-description"));
    }

    [TestMethod]
    public async Task Equal_rows_keep_their_order_whichever_way_they_are_sorted()
    {
        await using var opened = await Browser.OpenAsync(new Report("t", "a")
        {
            Sections = [new TableSection("Scores", [new("Name"), new("x", ValueKind.Number)], [new("a", 1), new("b", 2), new("c", 1), new("d"), new("e", 2)]) { Sortable = true }],
        });
        var sort = opened.Page.GetByRole(AriaRole.Button, new() { Name = "x" });
        async Task<string> Names() => string.Concat(await opened.Page.Locator("tbody th").AllTextContentsAsync());
        await sort.ClickAsync();
        Assert.AreEqual("beacd", await Names());
        await sort.ClickAsync();
        Assert.AreEqual("acbed", await Names());
    }

    [TestMethod]
    public async Task A_drawing_tells_its_values_to_pointer_and_keys()
    {
        await using var opened = await Browser.OpenAsync(new Report("t", "a")
        {
            Sections =
            [
                new LineChartSection("Curve", new("Epoch", ValueKind.Integer), new("Loss"), [new("training", [.. Enumerable.Range(0, 60).Select(i => new ChartPoint(i, 1 / (1.0 + i)))])]),
                new BarChartSection("Bars", new("Share", ValueKind.Percent), [new("one", 0.25), new("two", 0.5) { Interval = new(0.4, 0.6) }]),
            ],
        });
        var page = opened.Page;
        var reading = page.GetByRole(AriaRole.Status);
        await page.Locator("#curve svg.wide").FocusAsync();
        await page.Keyboard.PressAsync("Home");
        Assert.AreEqual("training: Loss 1, Epoch 0", await reading.TextContentAsync());
        await page.Keyboard.PressAsync("ArrowRight");
        Assert.AreEqual("training: Loss 0.5, Epoch 1", await reading.TextContentAsync());
        await page.Keyboard.PressAsync("Escape");
        Assert.AreEqual("", await reading.TextContentAsync());
        await page.Locator("#bars svg.wide .bar").Last.HoverAsync();
        Assert.AreEqual("two: 50% [40, 60]", await reading.TextContentAsync());
        Assert.IsTrue(await reading.IsVisibleAsync());
        await page.Locator("h1").HoverAsync();
        Assert.AreEqual("", await reading.TextContentAsync());
        Assert.IsEmpty(opened.Complaints);
    }

    [TestMethod]
    public async Task A_reader_chooses_light_or_dark()
    {
        await using var opened = await Browser.OpenAsync(DemoReport.Create());
        async Task<string> Paper() => await opened.Page.EvaluateAsync<string>("getComputedStyle(document.body).backgroundColor");
        var light = await Paper();
        await opened.Page.GetByRole(AriaRole.Button, new() { Name = "Dark colours" }).ClickAsync();
        Assert.AreEqual("rgb(20, 23, 27)", await Paper());
        await opened.Page.GetByRole(AriaRole.Button, new() { Name = "Light colours" }).ClickAsync();
        Assert.AreEqual(light, await Paper());
        Assert.IsEmpty(opened.Complaints, "The page's policy allows it.");
    }

    [TestMethod]
    public async Task A_drawing_is_saved_as_a_file_with_its_style_in_it()
    {
        await using var opened = await Browser.OpenAsync(DemoReport.Create());
        var download = await opened.Page.RunAndWaitForDownloadAsync(() =>
            opened.Page.GetByRole(AriaRole.Button, new() { Name = "Save as SVG: ROC curve" }).ClickAsync());
        Assert.AreEqual("roc-curve.svg", download.SuggestedFilename);
        var drawing = XDocument.Load(await download.PathAsync());
        Assert.AreEqual("http://www.w3.org/2000/svg", drawing.Root!.Name.NamespaceName);
        var lines = drawing.Descendants().Where(e => e.Name.LocalName == "path" && e.Attribute("fill")?.Value == "none").ToArray();
        Assert.IsTrue(Array.Exists(lines, line => line.Attribute("stroke")!.Value == "rgb(0, 114, 178)"), "The first series keeps its colour.");
        Assert.IsEmpty(drawing.Descendants().Attributes().Where(a => a.Value.Contains("var(", StringComparison.Ordinal) || a.Name == "class"));
        Assert.IsEmpty(opened.Complaints);
    }

    [TestMethod]
    public async Task A_heading_links_to_itself()
    {
        await using var opened = await Browser.OpenAsync(DemoReport.Create());
        await opened.Page.Locator("#fold-by-fold").HoverAsync();
        await opened.Page.GetByRole(AriaRole.Link, new() { Name = "Link to Fold by fold" }).ClickAsync();
        Assert.EndsWith("#fold-by-fold", opened.Page.Url);
        Assert.IsEmpty(opened.Complaints);
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
        Assert.AreEqual(9, await opened.Page.Locator(Closed).CountAsync());
        await opened.Page.Locator("#candidate-mlp summary").First.ClickAsync();
        Assert.IsTrue(await opened.Page.Locator("#candidate-mlp svg.wide").First.IsVisibleAsync());
        Assert.IsEmpty(opened.Complaints);
    }
}
