using System.Text;
using System.Text.RegularExpressions;

namespace MLPath.Reports.Charts;

/// <summary>
/// The style of drawings for files of their own. Programs that draw SVG know neither variables nor schemes of colours, so both are resolved: the rules of
/// the page's style sheet, with light colours, once for each class that sets the colour of what it holds.
/// </summary>
internal static partial class DrawingStyle
{
    /// <summary>The rules.</summary>
    public static readonly string Light = Resolve(HtmlReportWriter.Asset("drawing.css"));

    private static string Resolve(string sheet)
    {
        var rules = Rule().Matches(Comment().Replace(sheet, "")).Select(m => (Selector: m.Groups[1].Value.Trim(), Body: m.Groups[2].Value.Trim())).ToList();
        var variables = Declaration().Matches(rules.First(r => r.Selector == ":root").Body)
            .ToDictionary(m => m.Groups[1].Value, m => LightOf(m.Groups[2].Value), StringComparer.Ordinal);
        var scopes = rules.Where(r => r.Body.StartsWith("--c:", StringComparison.Ordinal))
            .Select(r => (r.Selector, Colour: Put(r.Body[4..].Trim(' ', ';'), variables))).ToList();
        var resolved = new StringBuilder(".paper { fill: ").Append(variables["--page"]).Append("; }\n");
        foreach (var (selector, body) in rules.Where(r => r.Selector != ":root" && !r.Body.StartsWith("--c:", StringComparison.Ordinal)))
        {
            if (!body.Contains("var(--c)", StringComparison.Ordinal))
            {
                Append(selector, body);
                continue;
            }
            foreach (var (scope, colour) in scopes)
            {
                foreach (var part in selector.Split(',', StringSplitOptions.TrimEntries))
                {
                    if (Within(scope, part) is { } scoped)
                        Append(scoped, body.Replace("var(--c)", colour, StringComparison.Ordinal));
                }
            }
        }
        return resolved.ToString();

        void Append(string selector, string body) => resolved.Append($"{selector} {{ {Put(body, variables)} }}\n");
    }

    // What `svg .line` selects inside or on a `.s0`; what `.cell .tile` selects with `.cell.second` in the place of `.cell`; else nothing.
    private static string? Within(string scope, string selector)
    {
        var name = selector.StartsWith("svg ", StringComparison.Ordinal) ? selector[4..] : selector;
        var parts = name.Split(' ');
        if (parts.Length == 1)
            return $"{scope} {name}, {scope}{name}";
        return scope == parts[0] || scope.StartsWith(parts[0] + ".", StringComparison.Ordinal) ? $"{scope} {parts[1]}" : null;
    }

    private static string Put(string text, Dictionary<string, string> variables) => Variable().Replace(text, m => variables[m.Groups[1].Value]);

    private static string LightOf(string value) => LightDark().Match(value) is { Success: true } both ? both.Groups[1].Value.Trim() : value.Trim();

    [GeneratedRegex(@"/\*.*?\*/", RegexOptions.Singleline)]
    private static partial Regex Comment();

    [GeneratedRegex(@"([^{}]+)\{([^{}]*)\}")]
    private static partial Regex Rule();

    [GeneratedRegex(@"(--[\w-]+):\s*([^;]+);")]
    private static partial Regex Declaration();

    [GeneratedRegex(@"var\((--[\w-]+)\)")]
    private static partial Regex Variable();

    [GeneratedRegex(@"light-dark\(([^,]+),[^)]*\)")]
    private static partial Regex LightDark();
}
