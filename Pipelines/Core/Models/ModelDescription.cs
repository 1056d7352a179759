using System.Text.Json;
using MLPath.Data;
using MLPath.Trainers;

namespace MLPath.Runtime;

/// <summary>
/// What can be known of a model file without restoring the model: where it comes from, what it takes and gives, and what it is made of.
/// Nothing in it needs the file any more.
/// </summary>
public sealed record ModelDescription
{
    /// <summary>The file's size in bytes.</summary>
    public required long FileBytes { get; init; }

    /// <summary>The version of the file format, major and minor, such as 1.0.</summary>
    public required Version FormatVersion { get; init; }

    /// <summary>The version of MLPath that wrote the file.</summary>
    public required string LibraryVersion { get; init; }

    /// <summary>How the model came to be; null where the file does not say.</summary>
    public required FitProvenance? Provenance { get; init; }

    /// <summary>The column of the data that the label was made of; null where the file does not say.</summary>
    public required string? LabelSource { get; init; }

    /// <summary>The schema of the data that the model takes; null where it was saved without one.</summary>
    public required DataViewSchema? InputSchema { get; init; }

    /// <summary>
    /// The visible columns of what the model makes of such data, with annotations of up to 256 values; null where the file does not say.
    /// </summary>
    public required DataViewSchema? OutputSchema { get; init; }

    /// <summary>The model itself, which contains the other components.</summary>
    public required ComponentDescription Root { get; init; }

    /// <summary>
    /// All entries of the file, the manifest and its hash first. The bytes of each were found to have the SHA-256 that the file states.
    /// </summary>
    public required IReadOnlyList<ModelEntryDescription> Entries { get; init; }
}

/// <summary>One component of a model file: a chain, a transformer, a model's parameters.</summary>
public sealed record ComponentDescription
{
    /// <summary>The id under which its loader is registered.</summary>
    public required string Id { get; init; }

    /// <summary>The <see cref="ICanSaveModel.ComponentVersion"/> with which it was saved.</summary>
    public required int Version { get; init; }

    /// <summary>Its name within the component that contains it, such as <c>Transformers/0</c>; <c>model</c> for the root.</summary>
    public required string Name { get; init; }

    /// <summary>Its folder in the file, such as <c>model/Transformers/0</c>.</summary>
    public required string Folder { get; init; }

    /// <summary>The registered library that can restore it; null where none can: its id is unknown, or its version too new.</summary>
    public required string? Library { get; init; }

    /// <summary>Its settings, in the order of the file.</summary>
    public required IReadOnlyList<ComponentSetting> Settings { get; init; }

    /// <summary>Its arrays, in the order of the file.</summary>
    public required IReadOnlyList<ArrayDescription> Arrays { get; init; }

    /// <summary>The components that it contains, in the order of the file.</summary>
    public required IReadOnlyList<ComponentDescription> Children { get; init; }

    /// <summary>The bytes of its own entries, children not included.</summary>
    public required long Bytes { get; init; }

    /// <summary>
    /// The numbers in its own floating-point arrays, children and the loss curve of a <see cref="TrainingHistory"/> not included: for nearly
    /// all models, their parameters.
    /// </summary>
    public long ParameterCount =>
        Arrays.Where(array => array.ElementType is "F32" or "F64" && array.Name != nameof(TrainingHistory.Losses)).Sum(array => array.Count);

    /// <summary>This component and all below it, parents before their children.</summary>
    public IEnumerable<ComponentDescription> Subtree() => Children.SelectMany(child => child.Subtree()).Prepend(this);
}

/// <summary>A setting of a component.</summary>
/// <param name="Name">Its name.</param>
/// <param name="Value">Its value: text, a number, a truth value, null or a list of texts.</param>
public sealed record ComponentSetting(string Name, JsonElement Value);

/// <summary>An array of a component.</summary>
/// <param name="Name">Its name.</param>
/// <param name="ElementType">The type of its elements, as safetensors names it: F32, I64, BOOL, …</param>
/// <param name="Shape">Its dimensions.</param>
/// <param name="Bytes">The bytes of its elements.</param>
public sealed record ArrayDescription(string Name, string ElementType, IReadOnlyList<int> Shape, long Bytes)
{
    /// <summary>The number of its elements.</summary>
    public long Count => Shape.Aggregate(1L, (product, dimension) => product * dimension);
}

/// <summary>An entry of a model file.</summary>
/// <param name="Name">Its name, a path with slashes.</param>
/// <param name="Bytes">Its length in bytes.</param>
/// <param name="Sha256">The SHA-256 of its bytes, in lower-case hexadecimal digits.</param>
public sealed record ModelEntryDescription(string Name, long Bytes, string Sha256);
