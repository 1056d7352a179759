namespace MLPath.Runtime;

/// <summary>
/// What a model file may ask of the process that reads it. The defaults admit every model that MLPath writes;
/// a service that loads files from strangers sets smaller ones.
/// </summary>
/// <remarks>
/// The entries of a model file are stored uncompressed, and a compressed one is refused: what a file makes the reader allocate is
/// bounded by the size of the file itself, and a small file can never unfold into a large one.
/// </remarks>
public sealed record ModelLoadLimits
{
    /// <summary>The limits that apply when none are given.</summary>
    public static ModelLoadLimits Default { get; } = new();

    /// <summary>The largest file, in bytes. Default: 64 GiB.</summary>
    public long MaxFileBytes { get; init; } = 64L << 30;

    /// <summary>The largest JSON document in the file (manifest, a component's settings, an array header), in bytes. Default: 256 MiB.</summary>
    public int MaxJsonBytes { get; init; } = 256 << 20;

    /// <summary>The largest number of entries in the file. Default: 200 000.</summary>
    public int MaxEntries { get; init; } = 200_000;

    /// <summary>How deep components may be nested; the root has depth 1. Default: 64, which is also the most that can be saved.</summary>
    public int MaxDepth { get; init; } = 64;
}
