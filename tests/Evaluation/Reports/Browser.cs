using System.Diagnostics.CodeAnalysis;
using Microsoft.Playwright;
using MLPath.Reports;

namespace MLPath.Evaluation.Tests.Reports;

/// <summary>
/// A browser for tests that look at pages: the system's Chromium, started once for all tests and ended with their process. Where
/// there is none, tests that ask for it are inconclusive.
/// </summary>
internal static class Browser
{
    private static readonly string[] Candidates =
    [
        "/usr/bin/chromium", "/usr/bin/chromium-browser", "/usr/bin/google-chrome", "/snap/bin/chromium",
        "/Applications/Google Chrome.app/Contents/MacOS/Google Chrome", "/Applications/Chromium.app/Contents/MacOS/Chromium",
        @"C:\Program Files\Google\Chrome\Application\chrome.exe", @"C:\Program Files (x86)\Microsoft\Edge\Application\msedge.exe",
    ];

    private static readonly string[] Arguments =
    [
        "--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run", "--disable-background-networking",
        "--disable-component-update", "--disable-sync",
    ];

    private static readonly Lazy<Task<(IBrowser? Browser, string Reason)>> Started = new(StartAsync);

    /// <summary>Opens a report in a page of its own; dispose it after use.</summary>
    public static async Task<ReportPage> OpenAsync(
        Report report, int width = 1280, ColorScheme scheme = ColorScheme.Light, bool javaScript = true)
    {
        var (browser, reason) = await Started.Value;
        if (browser is null)
            Assert.Inconclusive(reason);
        var file = Path.Combine(Path.GetTempPath(), $"mlpath-{Guid.NewGuid():N}.html");
        HtmlReportWriter.Save(report, file);
        var context = await browser.NewContextAsync(new()
        {
            ViewportSize = new() { Width = width, Height = 900 },
            ColorScheme = scheme,
            JavaScriptEnabled = javaScript,
        });
        var page = new ReportPage(context, await context.NewPageAsync(), file);
        await page.Page.GotoAsync(new Uri(file).AbsoluteUri);
        return page;
    }

    [SuppressMessage("Design", "CA1031", Justification = "Whatever keeps the browser from starting is the reason to report.")]
    private static async Task<(IBrowser?, string)> StartAsync()
    {
        var chosen = Environment.GetEnvironmentVariable("CHROMIUM_PATH");
        var path = string.IsNullOrEmpty(chosen) ? Candidates.FirstOrDefault(File.Exists) : chosen;
        if (path is null)
            return (null, "There is no Chromium on this machine; name one in CHROMIUM_PATH.");
        try
        {
            var playwright = await Playwright.CreateAsync();
            AppDomain.CurrentDomain.ProcessExit += (_, _) => playwright.Dispose();
            return (await playwright.Chromium.LaunchAsync(new() { ExecutablePath = path, Args = Arguments }), "");
        }
        catch (Exception e)
        {
            return (null, $"The browser '{path}' cannot be started: {e.Message}");
        }
    }
}

/// <summary>A report in the browser, with everything it complained about and everything it asked for.</summary>
internal sealed class ReportPage : IAsyncDisposable
{
    private readonly IBrowserContext _context;
    private readonly string _file;

    public ReportPage(IBrowserContext context, IPage page, string file)
    {
        _context = context;
        _file = file;
        Page = page;
        page.Console += (_, message) =>
        {
            if (message.Type is "error" or "warning")
                Complaints.Add(message.Text);
        };
        page.PageError += (_, error) => Complaints.Add(error);
        page.Request += (_, request) => Requests.Add(request.Url);
    }

    public IPage Page { get; }

    public List<string> Complaints { get; } = [];

    public List<string> Requests { get; } = [];

    public async ValueTask DisposeAsync()
    {
        await _context.DisposeAsync();
        File.Delete(_file);
    }
}
