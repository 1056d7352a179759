using MLPath.Data;
using MLPath.Transforms.Image;

namespace MLPath.Contract.Tests;

/// <content>Transforms of images.</content>
internal static partial class EstimatorCases
{
    private static readonly Lazy<string> s_imageFolder = new(() =>
    {
        string folder = Directory.CreateTempSubdirectory("mlpath-images-").FullName;
        AppDomain.CurrentDomain.ProcessExit += (_, _) => Directory.Delete(folder, recursive: true);
        for (int i = 0; i < 5; i++)
            Picture(4 + i, 6, i).Save(Path.Combine(folder, $"{i}.png"));
        return folder;
    });

    private static IEnumerable<EstimatorCase> Images()
    {
        var t = ML.Transforms;
        yield return OfImages("LoadImages", () => t.LoadImages("Out", s_imageFolder.Value, "Path"));
        yield return OfImages("LoadRawImageBytes", () => t.LoadRawImageBytes("Out", s_imageFolder.Value, "Path"));
        foreach (var kind in Enum.GetValues<ImageResizingEstimator.ResizingKind>())
            yield return OfImages($"ResizeImages, {kind}", () => t.ResizeImages("Out", 5, 3, "Image", kind));
        yield return OfImages("ConvertToGrayscale", () => t.ConvertToGrayscale("Out", "Image"));
        yield return OfImages("ExtractPixels", () => t.ExtractPixels("Out", "Image", scaleImage: 1 / 255f));
        yield return OfImages("ExtractPixels, interleaved bytes", () => t.ExtractPixels("Out", "Image", interleavePixelColors: true, outputAsFloatArray: false));
        yield return OfImages("ConvertToImage", () => t.ConvertToImage(6, 5, "Out", "Pixels", ImagePixelExtractingEstimator.ColorBits.Green));
        yield return OfImages("AugmentImages", () => t.AugmentImages("Image", copies: 2, horizontalFlip: 0.5, maximumRotation: 10));
        yield return OfImages("AugmentImages of vectors", () => t.AugmentImages("Pixels", maximumShift: 2, maximumZoom: 0.2, brightness: 0.1, contrast: 0.1, erasing: 0.5));
    }

    private static EstimatorCase OfImages(string name, Func<IEstimator<ITransformer>> create) => new(name, create, ImageTable);

    // Paths, images of one size and vectors of pixels; every seventh image is missing.
    private static InMemoryDataView ImageTable()
    {
        var path = new ScalarColumn<ReadOnlyMemory<char>>(TextDataViewType.Instance);
        var image = new ScalarColumn<MLImage?>(new ImageDataViewType(6, 5));
        var pixels = new VectorColumn<float>(new VectorDataViewType(NumberDataViewType.Single, 6, 5));
        for (int row = 0; row < ContractData.Rows; row++)
        {
            path.Add((row % 7 == 3 ? "" : $"{row % 5}.png").AsMemory());
            image.Add(row % 7 == 3 ? null : Picture(5, 6, row));
            pixels.AddRow([.. Enumerable.Range(0, 30).Select(i => (float)(((i * i) + (row * 13)) % 256))]);
        }

        var schema = new DataViewSchema.Builder();
        schema.AddColumn("Path", path.Type);
        schema.AddColumn("Image", image.Type);
        schema.AddColumn("Pixels", pixels.Type);
        return new InMemoryDataView(schema.ToSchema(), [path, image, pixels]);
    }

    private static MLImage Picture(int width, int height, int seed) => MLImage.CreateFromPixels(
        width, height, MLPixelFormat.Rgba32, [.. Enumerable.Range(0, 4 * width * height).Select(i => (byte)(i % 4 == 3 ? 255 : (i * 37) + (seed * 11)))]);
}
