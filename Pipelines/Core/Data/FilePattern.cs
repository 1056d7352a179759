using System.IO.Enumeration;

namespace MLPath.Data;

/// <summary>Paths that name several files: <c>*</c> and <c>?</c> in the last part.</summary>
internal static class FilePattern
{
    /// <summary>The files of a path: itself, or those that match its wildcards, in ordinal order.</summary>
    /// <exception cref="FileNotFoundException">The path has wildcards that no file matches.</exception>
    public static IReadOnlyList<string> Expand(string path)
    {
        ArgumentException.ThrowIfNullOrEmpty(path);
        string pattern = Path.GetFileName(path);
        if (pattern.AsSpan().IndexOfAny('*', '?') < 0 || File.Exists(path)) return [path];
        string folder = Path.GetDirectoryName(path) is { Length: > 0 } given ? given : ".";
        string[] matches = Directory.Exists(folder)
            ? [.. Directory.EnumerateFiles(folder).Select(f => Path.GetFileName(f))
                .Where(name => FileSystemName.MatchesSimpleExpression(pattern, name, ignoreCase: false)).Order(StringComparer.Ordinal)]
            : [];
        if (matches.Length == 0) throw new FileNotFoundException($"No file matches '{path}'.", path);
        return [.. matches.Select(name => Path.Combine(Path.GetDirectoryName(path) ?? "", name))];
    }
}
