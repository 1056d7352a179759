using System.Security.Cryptography;
using System.Text;
using MLPath.Data;
using MLPath.Transforms.Image;

namespace MLPath.Datasets;

/// <summary>How a folder of images is read.</summary>
public sealed record ImageFolderOptions
{
    /// <summary>The files that are images, by their names without regard to case; those that are read without further decoders by default.</summary>
    public IReadOnlyList<string> SearchPatterns { get; init; } = ["*.png", "*.bmp", "*.ppm", "*.pgm", "*.pbm", "*.pam"];

    /// <summary>Whether images in folders within a class's folder belong to the class too. Default true.</summary>
    public bool Recursive { get; init; } = true;

    /// <summary>Whether there is a column <c>Image</c>, whose files are read when its rows are. Default false.</summary>
    public bool LoadImages { get; init; }
}

/// <summary>Reads the usual layout of classified images: a folder for each class.</summary>
internal static class ImageFolder
{
    public static IDataView Load(string folder, ImageFolderOptions options, CancellationToken cancellationToken)
    {
        if (options.SearchPatterns.Count == 0 || options.SearchPatterns.Any(string.IsNullOrWhiteSpace))
            throw new ArgumentException("Give at least one pattern of file names, such as *.png.", nameof(options));
        if (!Directory.Exists(folder))
            throw new DirectoryNotFoundException($"There is no folder '{folder}'.");
        var classes = Names(Directory.EnumerateDirectories(folder, "*", Search(recursive: false)));
        if (classes.Count == 0)
            throw NoClasses(folder, options);

        var paths = new ScalarColumn<ReadOnlyMemory<char>>(TextDataViewType.Instance);
        var labels = new ScalarColumn<ReadOnlyMemory<char>>(TextDataViewType.Instance);
        foreach (string label in classes)
        {
            cancellationToken.ThrowIfCancellationRequested();
            var files = Files(folder, label, options);
            if (files.Count == 0)
            {
                throw new DataException(
                    $"Folder '{Path.Combine(folder, label)}' has no images: no file is named like {string.Join(" or ", options.SearchPatterns)}. "
                    + "Every folder is a class; remove this one, or set SearchPatterns.");
            }

            foreach (string file in files)
            {
                paths.Add(file.AsMemory());
                labels.Add(label.AsMemory());
            }
        }

        var schema = new DataViewSchema.Builder();
        schema.AddColumn("ImagePath", paths.Type);
        schema.AddColumn("Label", labels.Type);
        string[] names = [.. paths.Values.ToArray().Select(p => p.ToString())];
        IDataView view = new InMemoryDataView(
            schema.ToSchema(), [paths, labels],
            DataLineage.Of($"image folder {Path.GetFileName(Path.TrimEndingDirectorySeparator(Path.GetFullPath(folder)))}", () => Fingerprint(folder, names)));
        return options.LoadImages
            ? new ImageLoadingTransformer(folder, type: true, new InputOutputColumnPair("Image", "ImagePath")).Transform(view)
            : view;
    }

    // Paths from the folder, with slashes on every system, in ordinal order.
    private static List<string> Files(string folder, string label, ImageFolderOptions options)
    {
        string start = Path.Combine(folder, label);
        return [.. options.SearchPatterns
            .SelectMany(pattern => Directory.EnumerateFiles(start, pattern, Search(options.Recursive)))
            .Select(file => Path.GetRelativePath(folder, file).Replace(Path.DirectorySeparatorChar, '/'))
            .Distinct(StringComparer.Ordinal)
            .Order(StringComparer.Ordinal)];
    }

    private static List<string> Names(IEnumerable<string> paths) =>
        [.. paths.Select(path => Path.GetFileName(path)).Order(StringComparer.Ordinal)];

    // Hidden files and folders are left out; links may lead around in a circle, so there is an end.
    private static EnumerationOptions Search(bool recursive) => new()
    {
        RecurseSubdirectories = recursive,
        MaxRecursionDepth = 16,
        MatchCasing = MatchCasing.CaseInsensitive,
        IgnoreInaccessible = false,
    };

    private static DataException NoClasses(string folder, ImageFolderOptions options)
    {
        bool hasImages = options.SearchPatterns.Any(pattern => Directory.EnumerateFiles(folder, pattern, Search(recursive: false)).Any());
        return new DataException(hasImages
            ? $"Folder '{folder}' holds images itself, and no folders. Put the images of each class into a folder named after the class."
            : $"Folder '{folder}' has no folders. It needs one for each class, named after the class, with its images.");
    }

    private static string Fingerprint(string folder, string[] names)
    {
        using var hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        foreach (string name in names)
        {
            hash.AppendData(Encoding.UTF8.GetBytes($"{name}\0"));
            hash.AppendData(SHA256.HashData(File.ReadAllBytes(Path.Combine(folder, name))));
        }

        return Convert.ToHexStringLower(hash.GetHashAndReset());
    }
}
