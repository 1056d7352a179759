using MLPath.Data;

namespace MLPath;

/// <summary>Loading files by their paths.</summary>
public static class DataLoaderExtensions
{
    /// <summary>Makes a view of files, the rows of each after those of the one before.</summary>
    /// <param name="loader">The loader.</param>
    /// <param name="path">The files.</param>
    public static IDataView Load(this IDataLoader<IMultiStreamSource> loader, params string[] path) => loader.Load(new MultiFileSource(path));
}
