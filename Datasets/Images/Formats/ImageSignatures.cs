namespace MLPath.Datasets.Images;

/// <summary>What files that no decoder knows look like, so that errors can say it.</summary>
internal static class ImageSignatures
{
    /// <summary>What a file seems to be, as the predicate of a sentence.</summary>
    public static string Describe(ReadOnlySpan<byte> header) =>
        header.StartsWith((ReadOnlySpan<byte>)[0xFF, 0xD8, 0xFF]) ? Known("a JPEG")
        : header.StartsWith("GIF8"u8) ? Known("a GIF")
        : header.StartsWith("RIFF"u8) && header.Length >= 12 && header[8..].StartsWith("WEBP"u8) ? Known("a WebP")
        : header.StartsWith((ReadOnlySpan<byte>)[0x49, 0x49, 0x2A, 0]) || header.StartsWith((ReadOnlySpan<byte>)[0x4D, 0x4D, 0, 0x2A]) ? Known("a TIFF")
        : header.Length >= 12 && header[4..].StartsWith("ftyp"u8) ? Known("an AVIF, HEIC or video")
        : header.StartsWith((ReadOnlySpan<byte>)[0, 0, 1, 0]) ? Known("an icon")
        : header.StartsWith("%PDF"u8) ? Known("a PDF")
        : header.TrimStart((byte)' ').StartsWith("<"u8) ? "looks like text in XML (an SVG or a web page), which is not read here."
        : $"is not an image in a known format; it begins with the bytes {Convert.ToHexString(header[..Math.Min(8, header.Length)])}.";

    private static string Known(string format) => $"looks like {format} file, which is not read without a decoder of its own.";
}
