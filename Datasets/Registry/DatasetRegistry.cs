using MLPath.Datasets.Registry.Sets;
using MLPath.Runtime;

namespace MLPath.Datasets;

/// <summary>
/// All data sets that have a name: those that travel inside the library, and public ones that are downloaded once and kept.
/// </summary>
public static class DatasetRegistry
{
    private static readonly HashSet<string> SharedFileNames;

    static DatasetRegistry()
    {
        All = [.. EmbeddedDatasets.All, .. ImageSets.All, .. ClassTables.All, .. NumberTables.All, .. TextSets.All, .. SeriesSets.All];
        SharedFileNames = [.. All.SelectMany(i => i.Files).GroupBy(f => f.Name).Where(g => g.Count() > 1).Select(g => g.Key)];
    }

    /// <summary>
    /// What is known of each set: the embedded ones in order of size, then the public ones: images, tables, texts, series.
    /// </summary>
    public static IReadOnlyList<DatasetInfo> All { get; }

    /// <summary>Finds a set by its name or an alias, in any case; an underscore counts as a hyphen.</summary>
    /// <param name="name">The name.</param>
    /// <returns>What is known of the set, or null when there is none of that name.</returns>
    public static DatasetInfo? TryFind(string name)
    {
        ArgumentNullException.ThrowIfNull(name);
        string canonical = name.Replace('_', '-');
        return All.FirstOrDefault(info => Names(info).Contains(canonical, StringComparer.OrdinalIgnoreCase));
    }

    /// <summary>Finds a set by its name or an alias, in any case; an underscore counts as a hyphen.</summary>
    /// <param name="name">The name.</param>
    /// <exception cref="ArgumentException">There is no set of that name; the message gives the nearest and some of those there are.</exception>
    public static DatasetInfo Find(string name)
    {
        if (TryFind(name) is { } info) return info;
        string hint = NearestName.Hint(name, All.SelectMany(Names));
        throw new ArgumentException($"There is no data set '{name}'.{hint} {NearestName.List("The data sets are", [.. All.Select(i => i.Name)])}");
    }

    /// <summary>Finds a set and a part of it by <c>name</c>, <c>name:train</c> or <c>name:test</c>.</summary>
    /// <param name="reference">The name or an alias, with a part or without.</param>
    /// <returns>The set and the part; null when there is no such set, or it has no such part.</returns>
    public static (DatasetInfo Info, DatasetPart Part)? TryFindPart(string reference)
    {
        ArgumentNullException.ThrowIfNull(reference);
        int colon = reference.LastIndexOf(':');
        if (colon < 0) return TryFind(reference) is { } whole ? (whole, DatasetPart.Train) : null;
        if (TryFind(reference[..colon]) is not { TestRows: not null } info) return null;
        return reference[(colon + 1)..].ToUpperInvariant() switch
        {
            "TRAIN" => (info, DatasetPart.Train),
            "TEST" => (info, DatasetPart.Test),
            _ => null,
        };
    }

    /// <summary>
    /// Makes sure that all files of a set are on this machine and sound, in the folder that <c>MLPATH_DATA</c> names or else in
    /// <see cref="DatasetStore.DefaultCacheFolder"/>, to which they are downloaded. An interrupted download is continued.
    /// </summary>
    /// <param name="name">The name or an alias.</param>
    /// <param name="progress">Is told how far downloads have come; called from any thread.</param>
    /// <param name="cancellationToken">Ends the work; what has been received stays for later.</param>
    /// <returns>The paths of the files, in the order of <see cref="DatasetInfo.Files"/>; none of an embedded set.</returns>
    /// <exception cref="ArgumentException">There is no set of that name.</exception>
    /// <exception cref="DataException">A file is not the published one.</exception>
    /// <exception cref="IOException">A file can be had nowhere; the message gives the reasons.</exception>
    public static Task<IReadOnlyList<string>> GetAsync(
        string name, IProgress<DatasetProgress>? progress = null, CancellationToken cancellationToken = default) =>
        DatasetStore.FromEnvironment().GetAsync(Find(name), force: false, progress, cancellationToken);

    /// <summary>Does what <see cref="GetAsync"/> does, and waits for it.</summary>
    /// <inheritdoc cref="GetAsync"/>
    public static IReadOnlyList<string> Get(
        string name, IProgress<DatasetProgress>? progress = null, CancellationToken cancellationToken = default) =>
        Task.Run(() => GetAsync(name, progress, cancellationToken), cancellationToken).GetAwaiter().GetResult();

    /// <summary>Whether no other set has a file of the same name.</summary>
    internal static bool HasUniqueName(DatasetFile file) => !SharedFileNames.Contains(file.Name);

    private static IEnumerable<string> Names(DatasetInfo info) => info.Aliases.Prepend(info.Name);
}
