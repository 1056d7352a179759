using System.Collections.Immutable;
using System.Diagnostics.CodeAnalysis;
using MLPath.Data;

namespace MLPath.Runtime;

/// <summary>All components that a program can restore from model files: the lists of the libraries it uses. Safe for use by many threads.</summary>
public sealed class ComponentCatalog
{
    private readonly Lock _adding = new();
    private ImmutableSortedDictionary<string, Registration> _registrations =
        ImmutableSortedDictionary.Create<string, Registration>(StringComparer.Ordinal);
    private ImmutableSortedDictionary<string, Func<IReadOnlyList<int>, DataViewType>> _types =
        ImmutableSortedDictionary.Create<string, Func<IReadOnlyList<int>, DataViewType>>(StringComparer.Ordinal);

    /// <summary>The ids of all registered components, in ordinal order.</summary>
    public IReadOnlyList<string> Ids => [.. Volatile.Read(ref _registrations).Keys];

    /// <summary>Registers every component of a list, or none where one cannot be. Adding the same list again changes nothing.</summary>
    /// <param name="list">A library's components.</param>
    /// <exception cref="ArgumentException">Another list has registered one of the ids, or a type's id.</exception>
    public void Add(ComponentList list)
    {
        ArgumentNullException.ThrowIfNull(list);
        lock (_adding)
        {
            var registrations = _registrations.ToBuilder();
            var types = _types.ToBuilder();
            foreach (var (id, create) in list.Types)
            {
                if (types.TryGetValue(id, out var other) && other != create)
                    throw new ArgumentException(
                        $"The type id '{id}' of {list.Library} is already registered. Begin ids with the name of their library.", nameof(list));
                types[id] = create;
            }
            foreach (var id in list.Ids)
            {
                if (registrations.TryGetValue(id, out var other) && !ReferenceEquals(other.List, list))
                    throw new ArgumentException(
                        $"The component id '{id}' of {list.Library} is already registered by {other.List.Library}. " +
                        "Begin ids with the name of their library.", nameof(list));
                var (load, version) = list.LoaderOf(id);
                registrations[id] = new(list, load, version);
            }
            Volatile.Write(ref _registrations, registrations.ToImmutable());
            Volatile.Write(ref _types, types.ToImmutable());
        }
    }

    /// <summary>Finds the function that restores a component.</summary>
    /// <param name="id">The component's id.</param>
    /// <param name="load">The function, or <see langword="null"/> where no list has the id.</param>
    /// <returns>Whether the id is registered.</returns>
    public bool TryGet(string id, [NotNullWhen(true)] out Func<ModelLoadContext, ICanSaveModel>? load)
    {
        ArgumentNullException.ThrowIfNull(id);
        load = Find(id)?.Load;
        return load is not null;
    }

    /// <summary>What is registered under an id, or <see langword="null"/>.</summary>
    internal Registration? Find(string id) => Volatile.Read(ref _registrations).GetValueOrDefault(id);

    /// <summary>Finds the function that restores a column type from its dimensions.</summary>
    internal bool TryGetType(string typeId, [NotNullWhen(true)] out Func<IReadOnlyList<int>, DataViewType>? create) =>
        Volatile.Read(ref _types).TryGetValue(typeId, out create);

    /// <summary>A component of a list, and the newest version of it that can be restored.</summary>
    internal sealed record Registration(ComponentList List, Func<ModelLoadContext, ICanSaveModel> Load, int Version);
}
