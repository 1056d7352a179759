using System.Text.Json.Nodes;

namespace MLPath.Runtime;

/// <summary>What a model file says about itself: which version wrote it, from which data and how the model came about.</summary>
public sealed record ModelManifest
{
    /// <summary>The major version of the file format that this version of MLPath writes, and the newest that it reads.</summary>
    public const int CurrentFormatVersion = 1;

    /// <summary>
    /// The minor version of the file format that this version of MLPath writes. A file of a newer one is read too: it differs by additions
    /// only, which are passed over.
    /// </summary>
    public const int CurrentFormatMinorVersion = 0;

    /// <summary>The major version of the file format. <see cref="ModelFile"/> always writes <see cref="CurrentFormatVersion"/>.</summary>
    public int FormatVersion { get; init; } = CurrentFormatVersion;

    /// <summary>The minor version of the file format. <see cref="ModelFile"/> always writes <see cref="CurrentFormatMinorVersion"/>.</summary>
    public int FormatMinorVersion { get; init; } = CurrentFormatMinorVersion;

    /// <summary>The version of MLPath that wrote the file. Default: this version.</summary>
    public string LibraryVersion { get; init; } = typeof(ModelManifest).Assembly.GetName().Version?.ToString(3) ?? "0.0.0";

    /// <summary>
    /// How the model came about: data fingerprint, row count, options, seed, timings. Free of form; numbers must be finite, since JSON
    /// has no others.
    /// </summary>
    public JsonObject Provenance { get; init; } = [];

    /// <summary>The schema of the data that the model takes, or <see langword="null"/> where the model was saved without one.</summary>
    public JsonObject? Schema { get; init; }

    /// <summary>
    /// The schema of what the model makes of such data, or <see langword="null"/> where that was not known. It is there for readers that
    /// do not restore the model; restoring does not look at it.
    /// </summary>
    public JsonObject? OutputSchema { get; init; }
}
