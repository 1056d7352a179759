namespace MLPath.Datasets.Registry.Sets;

/// <summary>Files of public sets and the hosts that serve them.</summary>
internal static class Hosts
{
    // A commit of each repository that has no releases, so that its addresses stay what they are.
    private const string JasonBrownlee = "d20fcb6402ae34e653d4513b00f39257bb37ed7f";
    private const string Pmlb = "253138e2aa4098734fb9154ec3570fbcad5f4197";

    public const string CcBy4 = "CC BY 4.0";

    /// <summary>A file known by its bytes.</summary>
    public static DatasetFile File(string path, long bytes, string sha256, params IReadOnlyList<DatasetDownload> downloads) => new()
    {
        Path = path,
        Bytes = bytes,
        Downloads = downloads,
        Checksums = [new(ChecksumKind.Sha256, sha256)],
    };

    /// <summary>A gzip file known by what it decompresses to.</summary>
    public static DatasetFile Gzip(string path, long bytes, string contentSha256, params IReadOnlyList<DatasetDownload> downloads) =>
        File(path, bytes, "", downloads) with { Checksums = [new(ChecksumKind.ContentSha256, contentSha256)] };

    public static DatasetDownload Web(string url) => new(new Uri(url));

    /// <summary>A file in an archive.</summary>
    public static DatasetDownload InArchive(string url, string entry) => new(new Uri(url), entry);

    /// <summary>The UCI Machine Learning Repository.</summary>
    public static string Uci(string path) => $"https://archive.ics.uci.edu/ml/machine-learning-databases/{path}";

    /// <summary>A file of a repository at GitHub, at a commit or on a branch.</summary>
    public static DatasetDownload GitHub(string repository, string revision, string path) =>
        Web($"https://raw.githubusercontent.com/{repository}/{revision}/{path}");

    /// <summary>Jason Brownlee's collection, at a commit and as it is now.</summary>
    public static DatasetDownload[] Brownlee(string file) =>
        [GitHub("jbrownlee/Datasets", JasonBrownlee, file), GitHub("jbrownlee/Datasets", "master", file)];

    /// <summary>The Penn Machine Learning Benchmarks, as of the last commit before large files moved elsewhere.</summary>
    public static DatasetDownload PmlbTable(string name) => GitHub("EpistasisLab/pmlb", Pmlb, $"datasets/{name}/{name}.tsv.gz");

    /// <summary>The data sets of R packages, as a table each.</summary>
    public static DatasetDownload[] RData(string package, string name) =>
    [
        GitHub("vincentarelbundock/Rdatasets", "master", $"csv/{package}/{name}.csv"),
        Web($"https://vincentarelbundock.github.io/Rdatasets/csv/{package}/{name}.csv"),
    ];
}
