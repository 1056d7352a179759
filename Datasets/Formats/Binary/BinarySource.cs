using MLPath.Data;

namespace MLPath.Datasets.Formats.Binary;

/// <summary>Opens binary files from paths or from any streams.</summary>
internal static class BinarySource
{
    /// <summary>The view of all files of a source.</summary>
    public static BinaryDataView Load(IMultiStreamSource source)
    {
        if (source.Count == 0) throw new ArgumentException("There is no file to load; give at least one.", nameof(source));
        var files = Enumerable.Range(0, source.Count).Select(i => BinaryFile.Open(() => Open(source, i)));
        return new BinaryDataView([.. files], SourceFile.Names(source));
    }

    private static RandomAccessSource Open(IMultiStreamSource source, int index) => source is MultiFileSource files
        ? new FileBytes(files.GetPathOrNull(index))
        : new StreamBytes(SourceFile.Name(source, index), SourceFile.OpenSeekable(source, index));
}
