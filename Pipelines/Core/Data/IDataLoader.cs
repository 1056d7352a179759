using MLPath.Data;
using MLPath.Runtime;

namespace MLPath;

/// <summary>Makes views of sources of one kind, all with the same schema: a text loader of files, for example.</summary>
/// <remarks>
/// A loader can be saved with the model that was trained on its data (<c>ml.Model.Save(model, loader, path)</c>). What it saves is how it reads,
/// never what: no path, no connection, nothing of the data but the names in it.
/// </remarks>
/// <typeparam name="TSource">The kind of source.</typeparam>
public interface IDataLoader<in TSource> : ICanSaveModel
{
    /// <summary>Makes a view of a source. Nothing is read but what is needed to check that it can be.</summary>
    /// <param name="input">The source.</param>
    IDataView Load(TSource input);

    /// <summary>The schema of all views that this loader makes.</summary>
    DataViewSchema GetOutputSchema();
}

/// <summary>Loading from paths.</summary>
public static class DataLoaderExtensions
{
    /// <summary>Makes a view of one or several files, one after the other.</summary>
    /// <param name="loader">The loader.</param>
    /// <param name="path">The files; the last part of a path may have the wildcards <c>*</c> and <c>?</c>.</param>
    /// <exception cref="FileNotFoundException">There is no such file.</exception>
    public static IDataView Load(this IDataLoader<IMultiStreamSource> loader, params string[] path)
    {
        ArgumentNullException.ThrowIfNull(loader);
        return loader.Load(new MultiFileSource(path));
    }
}
