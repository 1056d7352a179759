namespace MLPath.Datasets;

/// <summary>Where a data set is to be found.</summary>
public enum DatasetLocation
{
    /// <summary>Not on this machine, or not all of its files.</summary>
    Nowhere,

    /// <summary>Inside the library.</summary>
    Embedded,

    /// <summary>In the folder that <c>MLPATH_DATA</c> names.</summary>
    DataFolder,

    /// <summary>In the cache folder, at least in part, after a download.</summary>
    Cache,
}
