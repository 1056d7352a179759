using System.Collections;
using MLPath.Data;

namespace MLPath.Runtime;

/// <summary>
/// The components of one library that can be restored from a model file: which id is restored by which function.
/// An explicit list, so that nothing in a file can name code that the program did not register.
/// </summary>
/// <remarks>A list is filled by one thread, then registered; what is added to it after that is not seen by the catalog.</remarks>
/// <example><code>
/// public static ComponentList Components { get; } = new ComponentList("Acme")
///     .Add("Acme.Clip", context => new ClipTransformer(context))
///     .Add("Acme.Round", context => new RoundTransformer(context));
///
/// ml.Components.Add(AcmeLibrary.Components);
/// </code></example>
/// <param name="library">The library's name, for error messages.</param>
public sealed class ComponentList(string library) : IEnumerable<string>
{
    private readonly Dictionary<string, (Func<ModelLoadContext, ICanSaveModel> Load, int Version)> _loaders = new(StringComparer.Ordinal);
    private readonly Dictionary<string, Func<IReadOnlyList<int>, DataViewType>> _types = new(StringComparer.Ordinal);
    private readonly List<string> _ids = [];

    /// <summary>The library's name.</summary>
    public string Library { get; } = library ?? throw new ArgumentNullException(nameof(library));

    /// <summary>The components' ids, in the order in which they were added.</summary>
    public IReadOnlyList<string> Ids => _ids;

    /// <summary>Adds a component.</summary>
    /// <param name="id">
    /// The component's <see cref="ICanSaveModel.ComponentId"/>: the library, a dot, the component; 1 to 128 ASCII letters, digits,
    /// <c>_</c>, <c>-</c>, and dots and slashes between them.
    /// </param>
    /// <param name="load">Restores the component from its place in a file.</param>
    /// <param name="version">
    /// The newest <see cref="ICanSaveModel.ComponentVersion"/> that <paramref name="load"/> reads, 1 or more. It reads all before it too.
    /// </param>
    /// <returns>This list.</returns>
    /// <exception cref="ArgumentException">The id is not valid, or already in the list.</exception>
    /// <exception cref="ArgumentOutOfRangeException">The version is less than 1.</exception>
    public ComponentList Add(string id, Func<ModelLoadContext, ICanSaveModel> load, int version = 1)
    {
        ArgumentNullException.ThrowIfNull(load);
        ArgumentOutOfRangeException.ThrowIfLessThan(version, 1);
        if (!ModelPath.IsComponentId(id)) throw new ArgumentException($"'{id}' is not a component id. {ModelPath.ComponentIdRule}", nameof(id));
        if (!_loaders.TryAdd(id, (load, version)))
            throw new ArgumentException($"The component id '{id}' is already in the list of {Library}. Each component needs its own.", nameof(id));
        _ids.Add(id);
        return this;
    }

    /// <summary>Adds a column type of the library's own, so that a model whose input has such a column can be restored with its schema.</summary>
    /// <typeparam name="T">The raw type of its values.</typeparam>
    /// <param name="typeId">The type's <see cref="StructuredDataViewType{T}.TypeId"/>; formed as a component's id.</param>
    /// <param name="create">
    /// Restores the type from its <see cref="StructuredDataViewType{T}.Dimensions"/>; throws an <see cref="ArgumentException"/> where they are not valid.
    /// </param>
    /// <returns>This list.</returns>
    /// <exception cref="ArgumentException">The id is not valid, or already in the list.</exception>
    public ComponentList AddType<T>(string typeId, Func<IReadOnlyList<int>, StructuredDataViewType<T>> create)
    {
        ArgumentNullException.ThrowIfNull(create);
        if (!ModelPath.IsComponentId(typeId)) throw new ArgumentException($"'{typeId}' is not a type id. {ModelPath.ComponentIdRule}", nameof(typeId));
        if (!_types.TryAdd(typeId, create))
            throw new ArgumentException($"The type id '{typeId}' is already in the list of {Library}. Each type needs its own.", nameof(typeId));
        return this;
    }

    internal IReadOnlyDictionary<string, Func<IReadOnlyList<int>, DataViewType>> Types => _types;

    internal (Func<ModelLoadContext, ICanSaveModel> Load, int Version) LoaderOf(string id) => _loaders[id];

    /// <summary>Enumerates the components' ids, in the order in which they were added.</summary>
    /// <returns>An enumerator of the ids.</returns>
    public IEnumerator<string> GetEnumerator() => _ids.GetEnumerator();

    IEnumerator IEnumerable.GetEnumerator() => GetEnumerator();
}
