namespace MLPath.Tool.Output;

/// <summary>The files named by <c>--report</c>, checked before any work is done for them.</summary>
internal sealed class ReportFiles
{
    private static readonly string[] Pages = [".html", ".htm", ".md", ".markdown"];
    private static readonly string[] PagesAndJson = [.. Pages, ".json"];

    private readonly IReadOnlyList<string> _paths;

    /// <summary>Checks the names.</summary>
    /// <param name="paths">The files.</param>
    /// <param name="json">Whether one may be JSON.</param>
    /// <exception cref="UsageException">A name does not say what to write, or is a folder's.</exception>
    public ReportFiles(IReadOnlyList<string> paths, bool json = true)
    {
        foreach (string path in paths)
        {
            if (!(json ? PagesAndJson : Pages).Contains(Path.GetExtension(path), StringComparer.OrdinalIgnoreCase))
                throw new UsageException($"'{path}' does not say what kind of report to write. End the name with {(json ? ".html, .md or .json" : ".html or .md")}.");
            if (Directory.Exists(path))
                throw new UsageException($"'{path}' is a folder. Give the name of a file in it.");
        }

        _paths = paths;
    }

    /// <summary>Writes all files and says where they are.</summary>
    /// <param name="save">Writes one file in the form that its name asks for.</param>
    /// <param name="host">Where to say so.</param>
    public void Write(Action<string> save, ToolHost host)
    {
        foreach (string path in _paths)
        {
            save(path);
            host.Say($"Report: {path}");
        }
    }
}
