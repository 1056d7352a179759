using MLPath.Datasets.Images;

namespace MLPath.Data;

/// <summary>Reads one format of image files. Implement it on a library of one's own choice to read JPEG, WebP and others.</summary>
/// <example>
/// <code>
/// ImageDecoders.Register(new JpegDecoder());
///
/// sealed class JpegDecoder : IImageDecoder
/// {
///     public string Name => "JPEG";
///     public bool CanDecode(ReadOnlySpan&lt;byte&gt; header) => header.StartsWith((ReadOnlySpan&lt;byte&gt;)[0xFF, 0xD8, 0xFF]);
///     public MLImage Decode(ReadOnlyMemory&lt;byte&gt; file) { … return MLImage.CreateFromPixels(width, height, MLPixelFormat.Rgba32, pixels); }
/// }
/// </code>
/// </example>
public interface IImageDecoder
{
    /// <summary>The format's name, for errors.</summary>
    string Name { get; }

    /// <summary>Whether a file that begins like this is in the format.</summary>
    /// <param name="header">The first bytes of the file: up to 64, fewer where the file is shorter.</param>
    bool CanDecode(ReadOnlySpan<byte> header);

    /// <summary>Reads an image. Called by many threads at once.</summary>
    /// <param name="file">The whole file.</param>
    /// <exception cref="DataException">The file is damaged, or larger than is wanted; the message says where and why.</exception>
    MLImage Decode(ReadOnlyMemory<byte> file);
}

/// <summary>
/// The formats in which this process reads images. PNG, BMP and the Netpbm formats are built in. Safe for use by many threads.
/// </summary>
public static class ImageDecoders
{
    private const int HeaderBytes = 64;

    private static readonly Lock s_registering = new();
    private static IImageDecoder[] s_decoders = [new PngDecoder(), new BmpDecoder(), new NetpbmDecoder()];

    /// <summary>The decoders, in the order in which they are asked.</summary>
    public static IReadOnlyList<IImageDecoder> All => Volatile.Read(ref s_decoders);

    /// <summary>
    /// Adds a decoder for the whole process, at the start of the program. It is asked before those that are there, so it may also replace one that
    /// is built in. Model files do not hold decoders: a program that loads a model registers those that its images need.
    /// </summary>
    /// <param name="decoder">The decoder. Adding the same one again changes nothing.</param>
    public static void Register(IImageDecoder decoder)
    {
        ArgumentNullException.ThrowIfNull(decoder);
        lock (s_registering)
        {
            if (!s_decoders.Contains(decoder))
                Volatile.Write(ref s_decoders, [decoder, .. s_decoders]);
        }
    }

    /// <summary>Reads an image with the first decoder that knows its format.</summary>
    /// <param name="file">The whole file.</param>
    /// <param name="tag">Its name, for errors and for the image's tag; null where it has none.</param>
    internal static MLImage Decode(ReadOnlyMemory<byte> file, string? tag)
    {
        string name = tag is null ? "The image" : $"Image '{tag}'";
        var header = file.Span[..Math.Min(HeaderBytes, file.Length)];
        foreach (var decoder in All)
        {
            if (!decoder.CanDecode(header))
                continue;
            try
            {
                return decoder.Decode(file).WithTag(tag);
            }
            catch (Exception error) when (error is not (OperationCanceledException or OutOfMemoryException))
            {
                throw new DataException($"{name} cannot be read as {decoder.Name}: {error.Message}", error);
            }
        }

        throw new DataException(file.IsEmpty
            ? $"{name} is empty: a file of 0 bytes."
            : $"{name} {ImageSignatures.Describe(header)} Known are {string.Join(", ", All.Select(d => d.Name))}. " +
              "Convert it to PNG, or give a decoder for it to ImageDecoders.Register.");
    }
}
