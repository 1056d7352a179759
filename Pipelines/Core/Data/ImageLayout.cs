namespace MLPath.Data;

/// <summary>How the pixels of an image lie in a vector: its sizes, and whether the channels of a pixel lie together.</summary>
/// <param name="Channels">The numbers of a pixel: 1 for grey, 3 for colours; 1 or more.</param>
/// <param name="Height">The rows of pixels; 1 or more.</param>
/// <param name="Width">The columns of pixels; 1 or more.</param>
/// <param name="IsInterleaved">Whether the vector is [height, width, channels]; otherwise [channels, height, width].</param>
public readonly record struct ImageLayout(int Channels, int Height, int Width, bool IsInterleaved = false)
{
    // As many channels has a pixel of grey, of colours, of colours with opacity.
    private static readonly int[] s_usualChannels = [1, 3, 4];

    /// <summary>The number of values of an image.</summary>
    public int Size => Channels * Height * Width;

    /// <summary>The dimensions of the vector.</summary>
    public IReadOnlyList<int> Dimensions => IsInterleaved ? [Height, Width, Channels] : [Channels, Height, Width];

    /// <summary>The distance between the channels of a pixel.</summary>
    public int ChannelStep => IsInterleaved ? 1 : Height * Width;

    /// <summary>The distance between neighbours in a row of pixels.</summary>
    public int PixelStep => IsInterleaved ? Channels : 1;

    /// <summary>The layout of images of given dimensions.</summary>
    /// <param name="dimensions">
    /// [height, width]; or [channels, height, width], or [height, width, channels] where the last of three is 1, 3 or 4 and the first is not; or
    /// [pixels] of a square grey image.
    /// </param>
    /// <returns>The layout; null where the dimensions are none of these.</returns>
    public static ImageLayout? Of(IReadOnlyList<int> dimensions)
    {
        ArgumentNullException.ThrowIfNull(dimensions);
        if (dimensions.Any(length => length < 1)) return null;
        switch (dimensions)
        {
            case [var pixels]:
                int side = (int)Math.Round(Math.Sqrt(pixels));
                return side * side == pixels ? new ImageLayout(1, side, side) : null;
            case [var height, var width]:
                return new ImageLayout(1, height, width);
            case [var first, var second, var third]:
                bool isInterleaved = s_usualChannels.Contains(third) && !s_usualChannels.Contains(first);
                return isInterleaved ? new ImageLayout(third, first, second, true) : new ImageLayout(first, second, third);
            default:
                return null;
        }
    }
}
