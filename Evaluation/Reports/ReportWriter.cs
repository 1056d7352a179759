using System.Diagnostics.CodeAnalysis;
using System.Text;
using MLPath.Runtime;

namespace MLPath.Reports;

/// <summary>Saves a report in the form that the file's name asks for.</summary>
public static class ReportWriter
{
    /// <summary>Writes the file whole or not at all.</summary>
    /// <param name="report">The report.</param>
    /// <param name="path">The file: <c>.html</c> or <c>.htm</c> for a web page, <c>.md</c> or <c>.markdown</c> for Markdown.</param>
    /// <exception cref="ArgumentException">The name ends otherwise.</exception>
    /// <exception cref="IOException">The file cannot be written.</exception>
    public static void Save(Report report, string path)
    {
        if (!TrySave(report, path))
        {
            throw new ArgumentException(
                $"'{path}' does not say what kind of report to write: end the name with .html or .md.", nameof(path));
        }
    }

    /// <summary>Writes the file where its name ends as that of a web page or of Markdown, and else does nothing.</summary>
    /// <param name="report">The report.</param>
    /// <param name="path">The file; see <see cref="Save"/>.</param>
    /// <returns>Whether the file was written.</returns>
    public static bool TrySave(Report report, string path)
    {
        ArgumentException.ThrowIfNullOrEmpty(path);
        switch (Extension(path))
        {
            case ".html" or ".htm":
                HtmlReportWriter.Save(report, path);
                return true;
            case ".md" or ".markdown":
                MarkdownReportWriter.Save(report, path);
                return true;
            default:
                return false;
        }
    }

    /// <summary>
    /// Writes every drawing of a report as a file of its own, named after its section and drawn with light colours: plots, heat maps, trees and graphs. What
    /// a page shows as a table or a text instead has no file.
    /// </summary>
    /// <param name="report">The report.</param>
    /// <param name="folder">The folder, which is made where it is missing. Files of the same names are replaced, others stay.</param>
    /// <returns>The files, in reading order.</returns>
    /// <exception cref="IOException">A file cannot be written.</exception>
    public static IReadOnlyList<string> SaveCharts(Report report, string folder)
    {
        ArgumentNullException.ThrowIfNull(report);
        ArgumentException.ThrowIfNullOrEmpty(folder);
        var files = new List<string>();
        foreach (var node in Drawn(new Outline(report).Nodes))
        {
            var file = Path.Combine(folder, node.Id + ".svg");
            AtomicFile.Write(file, stream =>
            {
                using var writer = new StreamWriter(stream, new UTF8Encoding(encoderShouldEmitUTF8Identifier: false));
                HtmlSections.DrawFile(node, new MarkupWriter(writer) { Standalone = true });
            });
            files.Add(file);
        }
        return files;
    }

    private static IEnumerable<OutlineNode> Drawn(IReadOnlyList<OutlineNode> nodes)
    {
        foreach (var node in nodes)
        {
            if (HtmlSections.IsDrawn(node.Section))
                yield return node;
            foreach (var child in Drawn(node.Children))
                yield return child;
        }
    }

    [SuppressMessage("Globalization", "CA1308", Justification = "File extensions are written in lower case.")]
    private static string Extension(string path) => Path.GetExtension(path).ToLowerInvariant();
}
