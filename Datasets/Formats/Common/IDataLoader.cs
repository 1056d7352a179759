namespace MLPath.Data;

/// <summary>Makes views of sources of one kind, all with the same columns.</summary>
/// <typeparam name="TSource">What it reads, e.g. <see cref="IMultiStreamSource"/>.</typeparam>
public interface IDataLoader<in TSource>
{
    /// <summary>Makes a view of a source. Nothing is read yet, unless the loader says otherwise.</summary>
    /// <param name="input">The source.</param>
    IDataView Load(TSource input);

    /// <summary>The columns of every view that the loader makes.</summary>
    DataViewSchema GetOutputSchema();
}
