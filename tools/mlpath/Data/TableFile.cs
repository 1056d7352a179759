using MLPath.Data;
using MLPath.Datasets;

namespace MLPath.Tool.Data;

/// <summary>Reads a file of any format that holds a table, told by its name.</summary>
internal static class TableFile
{
    private const string Pixels = "Pixels";
    private const string Image = "Image";
    private const string ImagePath = "ImagePath";

    // Images of a folder are brought to one size, small enough for algorithms that take each pixel as a feature.
    private const int ImageSize = 32;

    /// <summary>What <c>DATA</c> may be, for the help.</summary>
    public const string Formats =
        "CSV or TSV, ARFF (.arff), JSON lines (.jsonl, .ndjson), SVMlight (.svm, .svmlight, .libsvm), IDX (…-ubyte, .idx), CIFAR (.cifar), "
        + "MLPath's binary files (.mldata), or a folder of images with a folder for each class";

    /// <summary>Whether the file is text with separators, whose types are inferred or told.</summary>
    public static bool IsDelimitedText(string path) => Reader(path) is null;

    /// <summary>Reads a file that is not delimited text.</summary>
    /// <param name="ml">The context.</param>
    /// <param name="path">The file.</param>
    /// <param name="expected">The columns of a model that the rows are for; null when nothing is expected.</param>
    /// <param name="cancellationToken">Ends the reading early.</param>
    /// <returns>The table; keys as the texts they stand for, so that categories align by value.</returns>
    public static IDataView Read(MLContext ml, string path, DataViewSchema? expected, CancellationToken cancellationToken)
    {
        var view = Reader(path)!(ml, path, expected, cancellationToken);
        InputOutputColumnPair[] keys = [.. view.Schema.Where(c => !c.IsHidden && c.Type is KeyDataViewType && c.HasKeyValues()).Select(c => new InputOutputColumnPair(c.Name))];
        return keys.Length == 0 ? view : ml.Transforms.Conversion.MapKeyToValue(keys).Fit(view).Transform(view);
    }

    private delegate IDataView Reading(MLContext ml, string path, DataViewSchema? expected, CancellationToken cancellationToken);

    private static Reading? Reader(string path)
    {
        if (Directory.Exists(path))
            return Images;
        string name = Path.GetFileName(path);
        if (name.EndsWith(".gz", StringComparison.OrdinalIgnoreCase))
            name = name[..^3];
        return Path.GetExtension(name).ToLowerInvariant() switch
        {
            ".arff" => (ml, file, _, stop) => ml.Data.LoadFromArffFile(file, stop),
            ".jsonl" or ".ndjson" => (ml, file, _, stop) => ml.Data.LoadFromJsonLinesFile(file, cancellationToken: stop),
            ".svm" or ".svmlight" or ".libsvm" => SvmLight,
            ".mldata" => (ml, file, _, _) => ml.Data.LoadFromBinary(file),
            ".cifar" => (ml, file, _, stop) => ml.Data.LoadFromCifarFile(file, cancellationToken: stop),
            _ => name.EndsWith("-ubyte", StringComparison.Ordinal) || name.EndsWith(".idx", StringComparison.OrdinalIgnoreCase) ? Idx : null,
        };
    }

    // The model says how many features there are; a file shows only those that occur in it.
    private static IDataView SvmLight(MLContext ml, string path, DataViewSchema? expected, CancellationToken cancellationToken) =>
        ml.Data.LoadFromSvmLightFile(path, inputSize: expected?.GetColumnOrNull("Features")?.Type.ValueCount ?? 0);

    // The labels of images lie beside them: train-images-idx3-ubyte has train-labels-idx1-ubyte.
    private static IDataView Idx(MLContext ml, string path, DataViewSchema? expected, CancellationToken cancellationToken)
    {
        string name = Path.GetFileName(path);
        string beside = Path.Combine(
            Path.GetDirectoryName(path) ?? "", name.Replace("-images-idx3", "-labels-idx1", StringComparison.Ordinal));
        bool labelsNeeded = expected is null || expected.Any(c => c.Name != Pixels);
        return beside != path && labelsNeeded && File.Exists(beside)
            ? ml.Data.LoadFromIdxFile(path, beside, cancellationToken)
            : ml.Data.LoadFromIdxFile(path, cancellationToken);
    }

    // Folders are classes; a folder without folders has images alone.
    private static IDataView Images(MLContext ml, string path, DataViewSchema? expected, CancellationToken cancellationToken)
    {
        var options = new ImageFolderOptions();
        bool hasClasses = Directory.EnumerateDirectories(path).Any();
        var files = hasClasses
            ? ml.Data.LoadFromImageFolder(path, options, cancellationToken)
            : ml.Data.LoadFromEnumerable(options.SearchPatterns.SelectMany(pattern => Directory.EnumerateFiles(path, pattern))
                .Select(file => Path.GetFileName(file)).Order(StringComparer.Ordinal).Select(file => new { ImagePath = file }).ToList());
        if (files.GetRowCount() == 0)
            throw new DataException($"The folder '{path}' has no images ({string.Join(", ", options.SearchPatterns)}).");

        var (height, width) = expected?.GetColumnOrNull(Pixels)?.Type is VectorDataViewType { Dimensions: [_, var h, var w] } ? (h, w) : (ImageSize, ImageSize);
        string[] kept = hasClasses ? [ImagePath, Pixels, "Label"] : [ImagePath, Pixels];
        return ml.Transforms.LoadImages(Image, path, ImagePath)
            .Append(ml.Transforms.ResizeImages(Image, width, height))
            .Append(ml.Transforms.ExtractPixels(Pixels, Image))
            .Append(ml.Transforms.SelectColumns(kept))
            .Fit(files).Transform(files);
    }
}
