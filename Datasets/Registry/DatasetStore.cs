using MLPath.Datasets.Registry.Downloading;
using MLPath.Datasets.Registry.Reading;

namespace MLPath.Datasets;

/// <summary>Where the files of public data sets are kept on this machine, and how they get there.</summary>
/// <remarks>
/// A file is looked for in the data folder first, then in the cache folder; only <see cref="GetAsync"/> ever uses the network. In the
/// cache folder a file appears whole and checked, or not at all; what has been received of one is kept aside in the folder
/// <c>.partial</c>, for a later attempt to go on with. Several processes may use one cache folder at the same time.
/// </remarks>
public sealed class DatasetStore
{
    /// <summary>The environment variable that names the data folder.</summary>
    public const string DataFolderVariable = "MLPATH_DATA";

    private const string CacheVariable = "XDG_CACHE_HOME";

    // Copies of a file that are compressed otherwise may be larger than stated, and archives hold other files as well.
    private const int SizeFactor = 4;
    private const long SizeAllowance = 16 << 20;

    private static readonly Lazy<HttpClient> SharedClient = new(() => new HttpClient { Timeout = Timeout.InfiniteTimeSpan });

    /// <summary>
    /// A folder with files that are already here, used instead of the network: each at its <see cref="DatasetFile.Path"/>, or in the
    /// folder itself under its name alone where no other set has a file of that name. Nothing is written there. Default: none.
    /// </summary>
    public string? DataFolder { get; init; }

    /// <summary>The folder that downloads go to. Default: <see cref="DefaultCacheFolder"/>.</summary>
    public string CacheFolder { get; init; } = DefaultCacheFolder;

    /// <summary>
    /// What downloads are made with, such as a client with a proxy. A timeout of the client limits the whole of a download. Default: a
    /// client of its own.
    /// </summary>
    public HttpClient? Client { get; init; }

    /// <summary>The time before a download is tried again.</summary>
    internal TimeSpan RetryDelay { get; init; } = TimeSpan.FromSeconds(1);

    /// <summary>
    /// <c>$XDG_CACHE_HOME/mlpath/datasets</c> where that variable is an absolute path; otherwise <c>mlpath/datasets</c> in the user's folder for local
    /// data (<c>~/.local/share</c>, <c>~/Library/Application Support</c> or <c>%LOCALAPPDATA%</c>).
    /// </summary>
    public static string DefaultCacheFolder
    {
        get
        {
            string? root = Environment.GetEnvironmentVariable(CacheVariable);
            if (!Path.IsPathFullyQualified(root ?? ""))
                root = Environment.GetFolderPath(Environment.SpecialFolder.LocalApplicationData, Environment.SpecialFolderOption.DoNotVerify);
            return Path.Combine(string.IsNullOrEmpty(root) ? Path.GetTempPath() : root, "mlpath", "datasets");
        }
    }

    /// <summary>The store of this machine: the data folder that <c>MLPATH_DATA</c> names, and the default cache folder.</summary>
    public static DatasetStore FromEnvironment() =>
        new() { DataFolder = Environment.GetEnvironmentVariable(DataFolderVariable) is { Length: > 0 } folder ? folder : null };

    /// <summary>Where a set is.</summary>
    /// <param name="info">The set.</param>
    public DatasetLocation Locate(DatasetInfo info)
    {
        ArgumentNullException.ThrowIfNull(info);
        if (info.IsEmbedded) return DatasetLocation.Embedded;
        if (info.Files.Any(f => TryFindFile(f) is null)) return DatasetLocation.Nowhere;
        return info.Files.All(f => TryFindInDataFolder(f) is not null) ? DatasetLocation.DataFolder : DatasetLocation.Cache;
    }

    /// <summary>The path of a file of a set; null where it is not on this machine.</summary>
    /// <param name="file">The file.</param>
    public string? TryFindFile(DatasetFile file)
    {
        ArgumentNullException.ThrowIfNull(file);
        return TryFindInDataFolder(file) ?? (File.Exists(CachePath(file)) ? CachePath(file) : null);
    }

    /// <summary>
    /// Makes sure that all files of a set are on this machine and sound: checks those that are here, and downloads the others, and those
    /// in the cache folder that are damaged.
    /// </summary>
    /// <param name="info">The set.</param>
    /// <param name="force">Whether files in the cache folder are downloaded anew. Default: false.</param>
    /// <param name="progress">Is told how far downloads have come; called from any thread.</param>
    /// <param name="cancellationToken">Ends the work; what has been received stays for later.</param>
    /// <returns>The paths of the files, in the order of <see cref="DatasetInfo.Files"/>; none of an embedded set.</returns>
    /// <exception cref="DataException">
    /// A file of the data folder is not the published one, or what was downloaded is not; the latter is deleted.
    /// </exception>
    /// <exception cref="IOException">None of the addresses of a file answers as it should; the message gives the reasons.</exception>
    /// <exception cref="UnauthorizedAccessException">The cache folder may not be written.</exception>
    public async Task<IReadOnlyList<string>> GetAsync(
        DatasetInfo info, bool force = false, IProgress<DatasetProgress>? progress = null, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(info);
        var paths = new List<string>();
        foreach (var file in info.Files)
        {
            cancellationToken.ThrowIfCancellationRequested();
            paths.Add(TryFindInDataFolder(file) is { } found
                ? CheckedInDataFolder(info, file, found, cancellationToken)
                : await GetIntoCacheAsync(info, file, force, progress, cancellationToken).ConfigureAwait(false));
        }
        return paths;
    }

    /// <summary>Reads a set: the features, then the label, as <see cref="DatasetInfo.Schema"/> says. Never uses the network.</summary>
    /// <param name="info">The set.</param>
    /// <param name="part">The part of a set that is published in two. Default: the training part, which is all of any other set.</param>
    /// <param name="cancellationToken">Ends the reading early.</param>
    /// <exception cref="ArgumentException">The set has no test part.</exception>
    /// <exception cref="DataException">
    /// The set is not on this machine, and the message says how to get it; or a file cannot be read as what it should be.
    /// </exception>
    public IDataView Load(DatasetInfo info, DatasetPart part = DatasetPart.Train, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(info);
        if (part == DatasetPart.Test && info.TestRows is null)
        {
            throw new ArgumentException(
                $"The data set '{info.Name}' is published as a whole; it has no test part. Split it with TrainTestSplit.", nameof(part));
        }
        if (info.Reader is null) return EmbeddedDatasets.Load(info.Name);
        string PathOf(string name) => TryFindFile(info.Files.First(f => f.Name == name)) ?? throw new DataException(NotHere(info));
        return info.Reader(new DatasetContent(info, part, PathOf, cancellationToken));
    }

    private static string NotHere(DatasetInfo info) =>
        $"The data set '{info.Name}' is not on this machine. Get it with 'mlpath datasets get {info.Name}', "
        + $"DatasetRegistry.Get(\"{info.Name}\") or LoadDataset(\"{info.Name}\", download: true); or name a folder that has "
        + $"{info.Files[0].Path} in the environment variable {DataFolderVariable}. Source: {info.Files[0].Downloads[0].Url}";

    private string? TryFindInDataFolder(DatasetFile file)
    {
        if (DataFolder is null) return null;
        string path = Path.Combine(DataFolder, file.Path);
        if (File.Exists(path)) return path;
        string flat = Path.Combine(DataFolder, file.Name);
        return File.Exists(flat) && DatasetRegistry.HasUniqueName(file) ? flat : null;
    }

    private string CachePath(DatasetFile file) => Path.Combine(CacheFolder, file.Path);

    private static string CheckedInDataFolder(DatasetInfo info, DatasetFile file, string path, CancellationToken cancellationToken) =>
        Checksums.Mismatch(path, file.Checksums, cancellationToken) is { } mismatch
            ? throw new DataException(
                $"'{path}' is not the published file of the data set '{info.Name}': {mismatch}. Replace or remove it; it is used because "
                + $"of {DataFolderVariable}.")
            : path;

    private async Task<string> GetIntoCacheAsync(
        DatasetInfo info, DatasetFile file, bool force, IProgress<DatasetProgress>? progress, CancellationToken cancellationToken)
    {
        string path = CachePath(file);
        string part = Path.Combine(CacheFolder, ".partial", file.Path.Replace('/', '_'));
        Directory.CreateDirectory(Path.GetDirectoryName(path)!);
        Directory.CreateDirectory(Path.GetDirectoryName(part)!);
        using var onlyHere = await FileLock.AcquireAsync(part + ".lock", cancellationToken).ConfigureAwait(false);
        // Another process may have finished while this one waited.
        if (!force && File.Exists(path) && Checksums.Mismatch(path, file.Checksums, cancellationToken) is null) return path;

        var client = Client ?? SharedClient.Value;
        var downloader = new Downloader(client) { RetryDelay = RetryDelay };
        var download = new VerifiedDownload(downloader, file, new PartialFile(part), checked((file.Bytes * SizeFactor) + SizeAllowance));
        string checkedFile = await download.RunAsync(progress, cancellationToken).ConfigureAwait(false)
            ?? throw download.Failure(info.Name, DataFolderVariable);
        File.Move(checkedFile, path, overwrite: true);
        return path;
    }
}
