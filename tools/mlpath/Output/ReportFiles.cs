using MLPath.Evaluation;

namespace MLPath.Tool.Output;

/// <summary>The files named by <c>--report</c>, checked before any work is done for them.</summary>
internal sealed class ReportFiles
{
    private static readonly string[] Extensions = [".html", ".htm", ".md", ".markdown", ".json"];

    private readonly IReadOnlyList<string> _paths;
    private readonly string? _charts;

    /// <summary>Checks the names.</summary>
    /// <param name="paths">The files.</param>
    /// <param name="charts">The folder for the charts, as <c>--charts</c> names it; null for none.</param>
    /// <exception cref="UsageException">A name does not say what to write, or is a folder's, or that of the folder is a file's.</exception>
    public ReportFiles(IReadOnlyList<string> paths, string? charts = null)
    {
        foreach (string path in paths)
        {
            if (!Extensions.Contains(Path.GetExtension(path), StringComparer.OrdinalIgnoreCase))
                throw new UsageException($"'{path}' does not say what kind of report to write. End the name with .html, .md or .json.");
            if (Directory.Exists(path))
                throw new UsageException($"'{path}' is a folder. Give the name of a file in it.");
        }

        if (charts is not null && (charts.Length == 0 || File.Exists(charts)))
            throw new UsageException($"--charts is '{charts}'; expected the name of a folder.");
        (_paths, _charts) = (paths, charts);
    }

    /// <summary>Writes all files and says where they are.</summary>
    /// <param name="report">The report, written in the form that each file's name asks for.</param>
    /// <param name="host">Where to say so.</param>
    public void Write(IReport report, ToolHost host)
    {
        foreach (string path in _paths)
        {
            report.SaveReport(path);
            host.Say($"Report: {path}");
        }

        if (_charts is not null)
            host.Say($"Charts: {report.SaveCharts(_charts).Count} files in {_charts}");
    }
}
