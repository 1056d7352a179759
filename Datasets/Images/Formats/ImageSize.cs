using System.Globalization;
using MLPath.Data;

namespace MLPath.Datasets.Images;

/// <summary>Checks of the sizes that a file states, before anything of that size is allocated.</summary>
internal static class ImageSize
{
    /// <summary>The most bytes that DEFLATE makes of one: a match of 258 bytes in two bits (RFC 1951, 3.2.5 and 3.2.6).</summary>
    public const int MostInflation = 1032;

    // A byte holds at most 8 pixels. No built-in format packs pixels more densely than these two together, run lengths of 255 pixels in two bytes
    // included, so a file that states more is damaged.
    private const int MostPixelsPerByte = MostInflation * 8;

    /// <summary>Refuses sizes that an image cannot have, or not in a file of this length.</summary>
    public static void Check(long width, long height, long fileBytes)
    {
        if (width < 1 || height < 1)
            throw new DataException(Invariant($"it states a size of {width}×{height} pixels; both must be at least 1"));
        if (width > MLImage.MaxFilePixels || height > MLImage.MaxFilePixels || width * height > MLImage.MaxFilePixels)
            throw new DataException(Invariant($"it states a size of {width}×{height} pixels; at most {MLImage.MaxFilePixels} pixels are read"));
        if (width * height > fileBytes * MostPixelsPerByte)
            throw new DataException(Invariant($"it states a size of {width}×{height} pixels, which its {fileBytes} bytes cannot hold"));
    }

    /// <summary>Refuses a file that ends before its pixels do.</summary>
    public static void CheckData(long needed, long found)
    {
        if (found < needed)
            throw new DataException(Invariant($"it is cut off: its pixels take {needed} bytes, and {found} are there"));
    }

    /// <summary>A sample of a scale of its own on the scale of 0 to 255, rounded to the nearest.</summary>
    public static byte ToByte(int sample, int largest) => (byte)(((sample * 255L) + (largest / 2)) / largest);

    private static string Invariant(FormattableString text) => text.ToString(CultureInfo.InvariantCulture);
}
