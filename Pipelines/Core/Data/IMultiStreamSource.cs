namespace MLPath.Data;

/// <summary>Some streams, such as files, that are read one after the other as one source, any number of times.</summary>
public interface IMultiStreamSource
{
    /// <summary>The number of streams.</summary>
    int Count { get; }

    /// <summary>The path of a stream; null where it has none.</summary>
    /// <param name="index">The stream, from 0.</param>
    string? GetPathOrNull(int index);

    /// <summary>Opens a stream at its beginning.</summary>
    /// <param name="index">The stream, from 0.</param>
    Stream Open(int index);

    /// <summary>Opens a stream as UTF-8 text.</summary>
    /// <param name="index">The stream, from 0.</param>
    TextReader OpenTextReader(int index);
}
