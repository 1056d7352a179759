using MLPath.Datasets.Images;
using MLPath.Runtime;

namespace MLPath.Data;

/// <summary>The order of the four bytes of a pixel.</summary>
public enum MLPixelFormat
{
    /// <summary>Not known; no image has it.</summary>
    Unknown,

    /// <summary>Red, green, blue, alpha.</summary>
    Rgba32,

    /// <summary>Blue, green, red, alpha: what decoders give.</summary>
    Bgra32,
}

/// <summary>
/// An image in memory: height × width pixels of four bytes (three colours and alpha, not premultiplied), row by row from the top. Immutable and
/// safe for use by many threads.
/// </summary>
/// <remarks>
/// Everything is managed memory, so nothing needs to be disposed; <see cref="Dispose"/> is there for programs written for ML.NET, and does nothing.
/// </remarks>
public sealed class MLImage : IDisposable
{
    /// <summary>The bytes of a pixel.</summary>
    internal const int PixelBytes = 4;

    /// <summary>The most pixels that an image file may hold: 2²⁶, 8192 × 8192. Larger files are refused before anything is allocated.</summary>
    public const int MaxFilePixels = 1 << 26;

    private readonly byte[] _pixels;

    /// <summary>Takes pixels over, which nobody may change afterwards.</summary>
    internal MLImage(int width, int height, MLPixelFormat format, byte[] pixels, string? tag = null) =>
        (Width, Height, PixelFormat, _pixels, Tag) = (width, height, format, pixels, tag);

    /// <summary>The number of columns of pixels.</summary>
    public int Width { get; }

    /// <summary>The number of rows of pixels.</summary>
    public int Height { get; }

    /// <summary>The order of the bytes of a pixel.</summary>
    public MLPixelFormat PixelFormat { get; }

    /// <summary>The bits of a pixel: 32.</summary>
    public int BitsPerPixel => 8 * PixelBytes;

    /// <summary>The pixels: height × width × 4 bytes, row by row from the top.</summary>
    public ReadOnlySpan<byte> Pixels => _pixels;

    /// <summary>The colours without alpha: height × width × (blue, green, red). A copy.</summary>
#pragma warning disable CA1819 // ML.NET's shape; the array is the caller's own.
    public byte[] GetBGRPixels
#pragma warning restore CA1819
    {
        get
        {
            var (red, green, blue) = Offsets;
            byte[] bgr = new byte[_pixels.Length / PixelBytes * 3];
            for (int from = 0, to = 0; from < _pixels.Length; from += PixelBytes, to += 3)
                (bgr[to], bgr[to + 1], bgr[to + 2]) = (_pixels[from + blue], _pixels[from + green], _pixels[from + red]);
            return bgr;
        }
    }

    /// <summary>Where the image comes from, for errors: the file it was read from; null where that is not known.</summary>
    public string? Tag { get; init; }

    /// <summary>Where red, green and blue are among the bytes of a pixel; alpha is the fourth.</summary>
    internal (int Red, int Green, int Blue) Offsets => PixelFormat == MLPixelFormat.Rgba32 ? (0, 1, 2) : (2, 1, 0);

    /// <summary>Reads an image file: PNG, BMP, PPM, PGM, PBM or PAM, or what a decoder given to <see cref="ImageDecoders.Register"/> reads.</summary>
    /// <param name="imagePath">The file. Its content tells its format, not its name.</param>
    /// <exception cref="DataException">It is not an image in a known format, is damaged, or is larger than <see cref="MaxFilePixels"/>.</exception>
    /// <exception cref="IOException">The file cannot be read.</exception>
    public static MLImage CreateFromFile(string imagePath)
    {
        ArgumentException.ThrowIfNullOrEmpty(imagePath);
        return ImageDecoders.Decode(File.ReadAllBytes(imagePath), imagePath);
    }

    /// <summary>Reads an image from a stream, from where it stands to its end.</summary>
    /// <param name="imageStream">The stream, which stays open.</param>
    /// <exception cref="DataException">It is not an image in a known format, is damaged, or is larger than <see cref="MaxFilePixels"/>.</exception>
    public static MLImage CreateFromStream(Stream imageStream)
    {
        ArgumentNullException.ThrowIfNull(imageStream);
        using var content = new MemoryStream();
        imageStream.CopyTo(content);
        return ImageDecoders.Decode(content.GetBuffer().AsMemory(0, (int)content.Length), tag: null);
    }

    /// <summary>Makes an image of pixels, which are copied.</summary>
    /// <param name="width">The number of columns; at least 1.</param>
    /// <param name="height">The number of rows; at least 1.</param>
    /// <param name="pixelFormat">The order of the bytes of a pixel.</param>
    /// <param name="imagePixelData">The pixels: height × width × 4 bytes, row by row from the top.</param>
    /// <exception cref="ArgumentException">A size or the format is not possible, or there are not as many bytes.</exception>
    public static MLImage CreateFromPixels(int width, int height, MLPixelFormat pixelFormat, ReadOnlySpan<byte> imagePixelData)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(width, 1);
        ArgumentOutOfRangeException.ThrowIfLessThan(height, 1);
        if (pixelFormat is not (MLPixelFormat.Rgba32 or MLPixelFormat.Bgra32))
            throw new ArgumentException($"The pixels of an image are Rgba32 or Bgra32, not {pixelFormat}.", nameof(pixelFormat));
        if (imagePixelData.Length != (long)width * height * PixelBytes)
        {
            throw new ArgumentException(
                $"An image of {width}×{height} pixels has {(long)width * height * PixelBytes} bytes; {imagePixelData.Length} were given.", nameof(imagePixelData));
        }

        return new MLImage(width, height, pixelFormat, imagePixelData.ToArray());
    }

    /// <summary>Writes the image to a file, whole or not at all.</summary>
    /// <param name="imagePath">
    /// The file. Its ending says the format: <c>.png</c> (lossless, with alpha), <c>.bmp</c> (with alpha where a pixel is not opaque) or
    /// <c>.ppm</c> (without alpha).
    /// </param>
    /// <exception cref="ArgumentException">The name has another ending.</exception>
    public void Save(string imagePath)
    {
        ArgumentException.ThrowIfNullOrEmpty(imagePath);
        byte[] file = Path.GetExtension(imagePath).ToUpperInvariant() switch
        {
            ".PNG" => PngEncoder.Encode(this),
            ".BMP" => BmpEncoder.Encode(this),
            ".PPM" => NetpbmEncoder.Encode(this),
            var ending => throw new ArgumentException(
                $"An image is saved as .png, .bmp or .ppm; '{imagePath}' {(ending.Length == 0 ? "has no ending" : $"ends in {ending.ToLowerInvariant()}")}.",
                nameof(imagePath)),
        };
        AtomicFile.Write(imagePath, stream => stream.Write(file));
    }

    /// <summary>Writes the image to a stream as PNG, lossless and with alpha.</summary>
    /// <param name="stream">A writable stream, which stays open.</param>
    public void SaveAsPng(Stream stream)
    {
        ArgumentNullException.ThrowIfNull(stream);
        stream.Write(PngEncoder.Encode(this));
    }

    /// <summary>Does nothing: an image holds managed memory only.</summary>
    public void Dispose() { }

    /// <summary>Its size, as 640×480: width × height.</summary>
    public override string ToString() => $"{Width}×{Height}";

    /// <summary>Width and height with the origin, as errors name an image.</summary>
    internal string Describe() => Tag is null ? $"an image of {Width}×{Height} pixels" : $"image '{Tag}' of {Width}×{Height} pixels";

    /// <summary>The same image, which says where it comes from.</summary>
    internal MLImage WithTag(string? tag) => tag == Tag ? this : new(Width, Height, PixelFormat, _pixels, tag);

    /// <summary>The pixels as they are used for changes: a copy in the order blue, green, red, alpha.</summary>
    internal byte[] CopyBgra()
    {
        byte[] copy = _pixels.AsSpan().ToArray();
        if (PixelFormat == MLPixelFormat.Rgba32)
        {
            for (int i = 0; i < copy.Length; i += PixelBytes)
                (copy[i], copy[i + 2]) = (copy[i + 2], copy[i]);
        }

        return copy;
    }
}
