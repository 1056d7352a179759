using Microsoft.Playwright;

namespace MLPath.Evaluation.Tests.Reports;

/// <summary>
/// Checks of accessibility by axe-core, which <c>npm ci</c> in this project's folder installs. Where it is not there, tests that ask for it are
/// inconclusive.
/// </summary>
internal static class Axe
{
    // Of rows, groups and shapes that are alike, next to one another, the first ones stand for all: a heat map has thousands of cells.
    private const string Thin = """
        for (const [kind, most] of [['tr', 10], ['.group', 5], ['svg *', 30]]) {
          const seen = new Map();
          for (const element of document.querySelectorAll(kind)) {
            if (!seen.has(element.parentNode)) seen.set(element.parentNode, new Map());
            const parts = [...element.children].map(child => `${child.tagName}.${child.getAttribute('class')}`);
            const make = `${element.tagName}.${element.getAttribute('class')} ${parts}`;
            const alike = seen.get(element.parentNode);
            alike.set(make, (alike.get(make) ?? 0) + 1);
            if (alike.get(make) > most) element.remove();
          }
        }
        """;

    /// <summary>The script of axe-core.</summary>
    public static string Source()
    {
        var chosen = Environment.GetEnvironmentVariable("AXE_CORE_PATH");
        var path = string.IsNullOrEmpty(chosen) ? Find() : chosen;
        if (path is null || !File.Exists(path))
            Assert.Inconclusive("axe-core is not installed: run 'npm ci' in tests/Evaluation, or name its axe.min.js in AXE_CORE_PATH.");
        return File.ReadAllText(path);
    }

    /// <summary>
    /// What is wrong with the page: the rule, and the first elements that break it. The page loses what only repeats, so it is good for nothing else
    /// afterwards.
    /// </summary>
    public static async Task<string[]> ViolationsAsync(IPage page, string source)
    {
        // What the page's policy forbids to scripts of a page it does not forbid to a debugger's.
        await page.EvaluateAsync($"{{ {Thin} }} if (!window.axe) {{ {source} }} null");
        return await page.EvaluateAsync<string[]>("""
            async () => (await axe.run(document, { resultTypes: ['violations'] })).violations
              .map(rule => `${rule.id}: ${rule.help}: ${rule.nodes.slice(0, 3).map(node => `${node.html.slice(0, 160)} (${node.failureSummary})`).join(' | ')}`)
            """);
    }

    private static string? Find()
    {
        for (var folder = new DirectoryInfo(AppContext.BaseDirectory); folder is not null; folder = folder.Parent)
        {
            var path = Path.Combine(folder.FullName, "tests", "Evaluation", "node_modules", "axe-core", "axe.min.js");
            if (File.Exists(path))
                return path;
        }

        return null;
    }
}
