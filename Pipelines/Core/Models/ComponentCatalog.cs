using System.Diagnostics.CodeAnalysis;

namespace MLPath.Runtime;

/// <summary>All components that a program can restore from model files: the lists of the libraries it uses. Safe for use from many threads.</summary>
public sealed class ComponentCatalog
{
    /// <summary>All registered ids, in ordinal order.</summary>
    public IReadOnlyList<string> Ids => throw new NotImplementedException();

    /// <summary>Registers every component of a list. Adding the same list again changes nothing.</summary>
    /// <param name="list">A library's components.</param>
    public void Add(ComponentList list) => throw new NotImplementedException();

    /// <summary>Finds the function that restores a component.</summary>
    /// <param name="id">The component's id.</param>
    /// <param name="load">The function, or <see langword="null"/> where no list has the id.</param>
    /// <returns>Whether the id is registered.</returns>
    public bool TryGet(string id, [NotNullWhen(true)] out Func<ModelLoadContext, ICanSaveModel>? load) => throw new NotImplementedException();
}
