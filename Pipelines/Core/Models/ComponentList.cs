using System.Collections;

namespace MLPath.Runtime;

/// <summary>
/// The components of one library that can be restored from a model file: which id is restored by which function.
/// An explicit list, so that nothing in a file can name code that the program did not register.
/// </summary>
/// <example><code>
/// public static ComponentList Components { get; } = new ComponentList("Acme")
///     .Add("Acme.Clip", context => new ClipTransformer(context));
/// …
/// ml.Components.Add(AcmeLibrary.Components);
/// </code></example>
/// <param name="library">The library's name, for error messages.</param>
public sealed class ComponentList(string library) : IEnumerable<string>
{
    /// <summary>The library's name.</summary>
    public string Library { get; } = library;

    /// <summary>The registered ids, in the order in which they were added.</summary>
    public IReadOnlyList<string> Ids => throw new NotImplementedException();

    /// <summary>Adds a component.</summary>
    /// <param name="id">The component's <see cref="ICanSaveModel.ComponentId"/>.</param>
    /// <param name="load">Restores the component from its place in a file.</param>
    /// <returns>This list.</returns>
    public ComponentList Add(string id, Func<ModelLoadContext, ICanSaveModel> load) => throw new NotImplementedException();

    /// <inheritdoc/>
    public IEnumerator<string> GetEnumerator() => Ids.GetEnumerator();

    IEnumerator IEnumerable.GetEnumerator() => GetEnumerator();
}
