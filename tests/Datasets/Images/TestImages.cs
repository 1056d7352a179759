using System.Text.Json;
using MLPath.Data;

namespace MLPath.Tests.Datasets.Images;

/// <summary>Images for tests, and those of Reference/images.json.</summary>
internal static class TestImages
{
    private static readonly Lazy<JsonElement> s_reference = new(() =>
    {
        using var stream = typeof(TestImages).Assembly.GetManifestResourceStream("images.json")!;
        using var document = JsonDocument.Parse(stream);
        return document.RootElement.Clone();
    });

    public static JsonElement Reference => s_reference.Value;

    public static IEnumerable<(string Name, byte[] File, int Width, int Height, byte[] Rgba)> Files =>
        Reference.GetProperty("images").EnumerateArray().Select(e => (
            e.GetProperty("name").GetString()!, e.GetProperty("file").GetBytesFromBase64(),
            e.GetProperty("width").GetInt32(), e.GetProperty("height").GetInt32(), e.GetProperty("rgba").GetBytesFromBase64()));

    /// <summary>An image whose pixels are a function of their place: (x, y) to red, green, blue, alpha.</summary>
    public static MLImage Of(int width, int height, Func<int, int, (int R, int G, int B, int A)> pixel, MLPixelFormat format = MLPixelFormat.Rgba32)
    {
        byte[] bytes = new byte[4 * width * height];
        for (int i = 0; i < width * height; i++)
        {
            var (r, g, b, a) = pixel(i % width, i / width);
            (bytes[4 * i], bytes[(4 * i) + 1], bytes[(4 * i) + 2], bytes[(4 * i) + 3]) =
                format == MLPixelFormat.Rgba32 ? ((byte)r, (byte)g, (byte)b, (byte)a) : ((byte)b, (byte)g, (byte)r, (byte)a);
        }

        return MLImage.CreateFromPixels(width, height, format, bytes);
    }

    public static MLImage Solid(int width, int height, byte red, byte green, byte blue) => Of(width, height, (_, _) => (red, green, blue, 255));

    /// <summary>Colours that differ at every place.</summary>
    public static MLImage Pattern(int width, int height, int seed = 0) =>
        Of(width, height, (x, y) => (((7 * x) + (31 * y) + seed) & 255, ((13 * x) + (3 * y)) & 255, (x * y) & 255, 255));

    /// <summary>The pixels as red, green, blue, alpha, whatever the format.</summary>
    public static byte[] Rgba(this MLImage image)
    {
        byte[] bytes = image.Pixels.ToArray();
        if (image.PixelFormat == MLPixelFormat.Bgra32)
        {
            for (int i = 0; i < bytes.Length; i += 4)
                (bytes[i], bytes[i + 2]) = (bytes[i + 2], bytes[i]);
        }

        return bytes;
    }

    public static (byte R, byte G, byte B, byte A) At(this MLImage image, int x, int y)
    {
        byte[] p = image.Rgba();
        int i = 4 * ((y * image.Width) + x);
        return (p[i], p[i + 1], p[i + 2], p[i + 3]);
    }

    public static MLImage Decode(byte[] file) => MLImage.CreateFromStream(new MemoryStream(file));

    public static byte[] Png(this MLImage image)
    {
        using var stream = new MemoryStream();
        image.SaveAsPng(stream);
        return stream.ToArray();
    }

    /// <summary>A view with one column of images.</summary>
    public static InMemoryDataView View(ImageDataViewType type, params MLImage?[] images)
    {
        var column = new ScalarColumn<MLImage?>(type);
        foreach (var image in images)
            column.Add(image);
        var schema = new DataViewSchema.Builder();
        schema.AddColumn("Image", type);
        return new InMemoryDataView(schema.ToSchema(), [column]);
    }
}
