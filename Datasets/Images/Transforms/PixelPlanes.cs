using MLPath.Data;
using MLPath.Datasets.Images;

namespace MLPath.Transforms.Image;

/// <summary>Pixels as numbers, one plane for each channel: channels × height × width.</summary>
/// <param name="channels">The number of planes.</param>
/// <param name="height">Rows.</param>
/// <param name="width">Columns.</param>
internal sealed class PixelPlanes(int channels, int height, int width)
{
    private const int MostChannels = 4;

    public int Channels { get; } = channels;

    public int Height { get; } = height;

    public int Width { get; } = width;

    public float[] Values { get; } = new float[channels * height * width];

    /// <summary>Whether dimensions are height × width or channels × height × width. A last dimension of up to four is taken for channels.</summary>
    public static bool Fit(IReadOnlyList<int> dimensions) => dimensions.Count == 2
        || (dimensions.Count == 3 && !(dimensions[2] <= MostChannels && dimensions[0] > MostChannels));

    /// <summary>Planes of the size of a vector.</summary>
    public static PixelPlanes Of(VectorDataViewType type) => type.Dimensions.Count == 2
        ? new(1, type.Dimensions[0], type.Dimensions[1])
        : new(type.Dimensions[0], type.Dimensions[1], type.Dimensions[2]);

    /// <summary>The planes blue, green, red and alpha of an image.</summary>
    public static PixelPlanes Of(MLImage image)
    {
        var planes = new PixelPlanes(MLImage.PixelBytes, image.Height, image.Width);
        byte[] bgra = image.CopyBgra();
        int pixels = image.Height * image.Width;
        for (int i = 0; i < bgra.Length; i++)
            planes.Values[(i % MLImage.PixelBytes * pixels) + (i / MLImage.PixelBytes)] = bgra[i];
        return planes;
    }

    /// <summary>The image of planes blue, green, red and alpha: values rounded to the nearest and limited to 0 to 255.</summary>
    public MLImage ToImage(string? tag)
    {
        byte[] bgra = new byte[Values.Length];
        int pixels = Height * Width;
        for (int i = 0; i < bgra.Length; i++)
            bgra[i] = ImageResampling.ToByte(Values[(i % MLImage.PixelBytes * pixels) + (i / MLImage.PixelBytes)]);
        return new MLImage(Width, Height, MLPixelFormat.Bgra32, bgra, tag);
    }
}
