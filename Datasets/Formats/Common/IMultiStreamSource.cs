using MLPath.Datasets.Formats;

namespace MLPath.Data;

/// <summary>One or more streams that together are the source of a loader; the rows of each follow those of the one before.</summary>
public interface IMultiStreamSource
{
    /// <summary>The number of streams.</summary>
    int Count { get; }

    /// <summary>The path of a stream that is a file; null for another.</summary>
    /// <param name="index">Which stream, from 0.</param>
    string? GetPathOrNull(int index);

    /// <summary>Opens a stream from its beginning. Each pass over a view opens it anew; whoever opens it disposes it.</summary>
    /// <param name="index">Which stream, from 0.</param>
    Stream Open(int index);

    /// <summary>Opens a stream as UTF-8 text.</summary>
    /// <param name="index">Which stream, from 0.</param>
    TextReader OpenTextReader(int index);
}

/// <summary>Files as the source of a loader, in the order given.</summary>
public sealed class MultiFileSource : IMultiStreamSource
{
    private readonly string[] _paths;

    /// <summary>Creates a source.</summary>
    /// <param name="paths">The files; none of them is opened yet.</param>
    /// <exception cref="ArgumentException">A path is null or empty.</exception>
    public MultiFileSource(params string[] paths)
    {
        ArgumentNullException.ThrowIfNull(paths);
        foreach (string path in paths) ArgumentException.ThrowIfNullOrEmpty(path, nameof(paths));
        _paths = [.. paths];
    }

    /// <inheritdoc/>
    public int Count => _paths.Length;

    /// <inheritdoc/>
    public string GetPathOrNull(int index) => _paths[index];

    /// <inheritdoc/>
    /// <exception cref="FileNotFoundException">There is no such file.</exception>
    /// <exception cref="IOException">The path is a folder or a pipe, or cannot be read.</exception>
    public Stream Open(int index) => SourceFile.OpenRaw(_paths[index]);

    /// <inheritdoc/>
    /// <exception cref="FileNotFoundException">There is no such file.</exception>
    /// <exception cref="IOException">The path is a folder or a pipe, or cannot be read.</exception>
    public TextReader OpenTextReader(int index) => new StreamReader(Open(index));
}
