namespace MLPath.Runtime;

/// <summary>
/// A component that can be written to a model file and restored from it: a transformer, a model's parameters, a normaliser.
/// </summary>
/// <remarks>
/// The counterpart of <see cref="Save"/> is a loader, registered under <see cref="ComponentId"/> in a <see cref="ComponentList"/>:
/// a function from a <see cref="ModelLoadContext"/> to the component. What the loader returns behaves, bit for bit, as what was saved.
/// </remarks>
public interface ICanSaveModel
{
    /// <summary>
    /// The name under which the component's loader is registered, such as <c>MLPath.Concatenate</c>: the library, a dot, the component.
    /// It is written to files, so it never changes once released, and it is never the name of a .NET type or assembly.
    /// </summary>
    string ComponentId { get; }

    /// <summary>
    /// The version of what <see cref="Save"/> writes, 1 or more. Default 1. It is raised, together with the version in the
    /// <see cref="ComponentList"/>, when a loader of the version before would misread it; a loader finds it in
    /// <see cref="ModelLoadContext.ComponentVersion"/>.
    /// </summary>
    int ComponentVersion => 1;

    /// <summary>Writes the component's settings, arrays and child components to its place in the file.</summary>
    /// <param name="context">The component's place in the file.</param>
    void Save(ModelSaveContext context);
}
