using System.Security.Cryptography;
using System.Text;
using MLPath.Runtime;

namespace MLPath.Reports;

/// <summary>
/// Writes a report as one web page that needs nothing else: styles and drawings are inside, nothing is fetched (the page forbids it
/// to itself), it reads without scripts, follows the reader's light or dark setting, fits a phone, and prints.
/// </summary>
public static class HtmlReportWriter
{
    private const int ContentsFrom = 3;

    private static readonly string Style = Asset("drawing.css") + Asset("report.css");
    private static readonly string Script = Asset("report.js");

    // The page may use its own style and script, known by their hashes, and nothing else from anywhere.
    private static readonly string Policy =
        $"default-src 'none'; style-src '{Hash(Style)}'; script-src '{Hash(Script)}'; img-src data:; base-uri 'none'; form-action 'none'";

    /// <summary>Writes the page to a file, whole or not at all.</summary>
    /// <param name="report">The report.</param>
    /// <param name="path">The file to create or replace.</param>
    /// <exception cref="IOException">The file cannot be written.</exception>
    public static void Save(Report report, string path) => AtomicFile.Write(path, stream =>
    {
        using var writer = new StreamWriter(stream, new UTF8Encoding(encoderShouldEmitUTF8Identifier: false));
        Write(report, writer);
    });

    /// <summary>Writes the page as text.</summary>
    /// <param name="report">The report.</param>
    /// <param name="writer">Where to; it should encode as UTF-8, as the page declares.</param>
    public static void Write(Report report, TextWriter writer)
    {
        ArgumentNullException.ThrowIfNull(report);
        ArgumentNullException.ThrowIfNull(writer);
        var html = new MarkupWriter(writer);
        var outline = new Outline(report);
        writer.Write("<!DOCTYPE html>\n");
        html.Open("html", ("lang", "en"));
        html.Line();
        WriteHead(html, report);
        html.Open("body");
        html.Open("div", ("class", "page"));
        html.Line();
        WriteOpening(html, report);
        WriteContents(html, outline);
        html.Open("main");
        html.Line();
        var sections = new HtmlSections(html, outline);
        foreach (var node in outline.Nodes)
            sections.Write(node);
        html.Close();
        html.Line();
        WriteFacts(html, report);
        html.Close();
        html.Asset("script", Script);
        html.Close();
        html.Close();
        html.Line();
    }

    private static void WriteHead(MarkupWriter html, Report report)
    {
        html.Open("head");
        html.Void("meta", ("charset", "utf-8"));
        html.Void("meta", ("http-equiv", "Content-Security-Policy"), ("content", Policy));
        html.Void("meta", ("name", "viewport"), ("content", "width=device-width, initial-scale=1"));
        html.Void("meta", ("name", "color-scheme"), ("content", "light dark"));
        html.Void("meta", ("name", "description"), ("content", report.Answer));
        html.Void("link", ("rel", "icon"), ("href", "data:,"));
        html.Element("title", report.Title);
        html.Line();
        html.Asset("style", Style);
        html.Close();
        html.Line();
    }

    private static void WriteOpening(MarkupWriter html, Report report)
    {
        html.Open("header");
        html.Element("h1", report.Title);
        if (report.Subtitle is not null)
            html.Element("p", report.Subtitle, ("class", "subtitle"));
        html.Element("p", report.Answer, ("class", "answer"));
        html.Close();
        html.Line();
    }

    private static void WriteContents(MarkupWriter html, Outline outline)
    {
        if (outline.Nodes.Count < ContentsFrom)
            return;
        html.Open("nav", ("aria-label", "Contents"));
        html.Open("ol");
        foreach (var node in outline.Nodes)
        {
            html.Open("li");
            html.Element("a", node.Section.Title, ("href", "#" + node.Id));
            html.Close();
        }
        html.Close();
        html.Close();
        html.Line();
    }

    private static void WriteFacts(MarkupWriter html, Report report)
    {
        if (report.Facts.Count == 0)
            return;
        html.Open("footer");
        HtmlSections.WriteFacts(html, report.Facts);
        html.Close();
        html.Line();
    }

    /// <summary>A style sheet or script that was built in.</summary>
    internal static string Asset(string name)
    {
        using var stream = typeof(HtmlReportWriter).Assembly.GetManifestResourceStream("MLPath.Reports." + name)
            ?? throw new InvalidOperationException($"The assembly was built without its resource '{name}'.");
        using var reader = new StreamReader(stream);
        return reader.ReadToEnd().ReplaceLineEndings("\n");
    }

    private static string Hash(string content) => "sha256-" + Convert.ToBase64String(SHA256.HashData(Encoding.UTF8.GetBytes(content)));
}
