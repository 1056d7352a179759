namespace MLPath.Datasets;

/// <summary>A file of a public data set: what it is called here, where it can be had, and how to know that it is the right one.</summary>
public sealed record DatasetFile
{
    /// <summary>
    /// Its place in the cache folder and in a folder that <c>MLPATH_DATA</c> names, with forward slashes:
    /// <c>images/mnist/train-images-idx3-ubyte.gz</c>.
    /// </summary>
    public required string Path { get; init; }

    /// <summary>Its size in bytes; copies that are compressed otherwise differ a little.</summary>
    public required long Bytes { get; init; }

    /// <summary>Where it can be had, in the order in which that is tried.</summary>
    public required IReadOnlyList<DatasetDownload> Downloads { get; init; }

    /// <summary>What it must match; any one of them suffices, as some files are published in several forms of equal content.</summary>
    public required IReadOnlyList<DatasetChecksum> Checksums { get; init; }

    /// <summary>The file's name without its folders.</summary>
    public string Name => Path[(Path.LastIndexOf('/') + 1)..];
}

/// <summary>A public place of a file.</summary>
/// <param name="Url">The address of the file, or of an archive (zip, tar.gz) that holds it.</param>
/// <param name="ArchiveEntry">The file's name in the archive; null where the address is that of the file itself.</param>
public sealed record DatasetDownload(Uri Url, string? ArchiveEntry = null);

/// <summary>What of a file a checksum is taken of, and by which function.</summary>
public enum ChecksumKind
{
    /// <summary>SHA-256 of the file's bytes.</summary>
    Sha256,

    /// <summary>MD5 of the file's bytes: for sets whose publishers give no other. It tells damage, not malice.</summary>
    Md5,

    /// <summary>SHA-256 of what a gzip file decompresses to, so that a copy that was compressed again is as good.</summary>
    ContentSha256,

    /// <summary>
    /// SHA-256 of an archive's list of files: a line <c>sha256 name</c> ended by LF for each, names in ordinal order without their first
    /// folder. A copy that was packed again is as good.
    /// </summary>
    EntriesSha256,
}

/// <summary>What a file must match.</summary>
/// <param name="Kind">What is compared.</param>
/// <param name="Hex">The value in lower-case hexadecimal.</param>
public sealed record DatasetChecksum(ChecksumKind Kind, string Hex);
