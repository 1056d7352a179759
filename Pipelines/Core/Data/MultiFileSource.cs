namespace MLPath.Data;

/// <summary>Files as one source.</summary>
public sealed class MultiFileSource : IMultiStreamSource
{
    private readonly string[] _paths;

    /// <summary>Names the files.</summary>
    /// <param name="paths">
    /// Paths, in the order of reading. The last part of a path may have the wildcards <c>*</c> and <c>?</c>, for all files that match, in
    /// ordinal order of their names. None: a source without streams.
    /// </param>
    /// <exception cref="FileNotFoundException">No file matches a path with wildcards.</exception>
    public MultiFileSource(params string[] paths)
    {
        ArgumentNullException.ThrowIfNull(paths);
        _paths = [.. paths.SelectMany(FilePattern.Expand)];
    }

    /// <inheritdoc/>
    public int Count => _paths.Length;

    /// <inheritdoc/>
    public string GetPathOrNull(int index) => _paths[index];

    /// <inheritdoc/>
    public Stream Open(int index) => new FileStream(_paths[index], FileMode.Open, FileAccess.Read, FileShare.Read);

    /// <inheritdoc/>
    public TextReader OpenTextReader(int index) => new StreamReader(Open(index));
}
