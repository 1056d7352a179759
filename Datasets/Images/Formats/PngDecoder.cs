using System.IO.Compression;
using MLPath.Data;

namespace MLPath.Datasets.Images;

/// <summary>
/// Reads PNG (ISO/IEC 15948): all colour types, bit depths, filters, interlacing and transparency. Samples are taken as they are, on the scale of 0
/// to 255 (16 bits rounded to the nearest); colour profiles and gamma are not applied. Of an animation the still image is read.
/// </summary>
internal sealed class PngDecoder : IImageDecoder
{
    // Adam7: the first column and row of each pass, and the steps between its columns and rows (PNG specification, 8.2).
    private static readonly (int X, int Y, int StepX, int StepY)[] s_adam7 =
        [(0, 0, 8, 8), (4, 0, 8, 8), (0, 4, 4, 8), (2, 0, 4, 4), (0, 2, 2, 4), (1, 0, 2, 2), (0, 1, 1, 2)];

    public string Name => "PNG";

    public bool CanDecode(ReadOnlySpan<byte> header) => header.StartsWith(PngChunks.Signature);

    public MLImage Decode(ReadOnlyMemory<byte> file)
    {
        var chunks = PngChunks.Read(file.Span);
        var header = chunks.Header;
        ImageSize.Check(header.Width, header.Height, file.Length);
        if ((long)header.Width * header.Height * header.BitsPerPixel / 8 > (long)ImageSize.MostInflation * chunks.Compressed.Length)
            throw new DataException($"it states {header.Width}×{header.Height} pixels, which its {chunks.Compressed.Length} compressed bytes cannot hold");
        var colors = new PngColors(chunks);
        byte[] pixels = new byte[header.Width * header.Height * MLImage.PixelBytes];
        using var zlib = new ZLibStream(new MemoryStream(chunks.Compressed), CompressionMode.Decompress);
        foreach (var (x, y, stepX, stepY) in header.IsInterlaced ? s_adam7 : [(0, 0, 1, 1)])
        {
            int width = (header.Width - x + stepX - 1) / stepX;
            if (width <= 0)
                continue;
            // Each pass is filtered by itself, as an image of its own, so the row above its first is zeros.
            byte[] row = new byte[header.RowBytes(width)];
            byte[] above = new byte[row.Length];
            for (int line = y; line < header.Height; line += stepY)
            {
                int filter = ReadRow(zlib, row);
                PngFilter.Undo(filter, row, above, header.FilterStep);
                colors.Write(row, width, pixels.AsSpan(((line * header.Width) + x) * MLImage.PixelBytes), stepX * MLImage.PixelBytes);
                (row, above) = (above, row);
            }
        }

        // Reading on to the end checks the stream's own check sum.
        if (Inflate(zlib, stackalloc byte[1]) != 0)
            throw new DataException("it has more pixels than its size says");
        return new MLImage(header.Width, header.Height, MLPixelFormat.Bgra32, pixels);
    }

    // A row's filter; its bytes go to the row.
    private static int ReadRow(ZLibStream zlib, Span<byte> row)
    {
        Span<byte> filter = stackalloc byte[1];
        if (Inflate(zlib, filter) < 1 || Inflate(zlib, row) < row.Length)
            throw new DataException("it has fewer pixels than its size says");
        return filter[0];
    }

    private static int Inflate(ZLibStream zlib, Span<byte> bytes)
    {
        try
        {
            return zlib.ReadAtLeast(bytes, bytes.Length, throwOnEndOfStream: false);
        }
        catch (InvalidDataException error)
        {
            throw new DataException("its compressed pixels are damaged", error);
        }
    }
}

/// <summary>Turns rows of a PNG's samples into pixels of blue, green, red, alpha.</summary>
internal sealed class PngColors
{
    private readonly PngHeader _header;
    private readonly byte[] _palette;
    private readonly byte[] _paletteAlpha;
    private readonly int[]? _transparent; // the samples of the one colour that is transparent
    private readonly int _largest;

    public PngColors(PngChunks chunks)
    {
        _header = chunks.Header;
        _largest = (1 << _header.BitDepth) - 1;
        _palette = chunks.Palette;
        _paletteAlpha = _header.Color == PngColor.Palette ? chunks.Transparency : [];
        if (chunks.Transparency.Length > 0 && _header.Color != PngColor.Palette)
            _transparent = [.. Enumerable.Range(0, _header.Channels).Select(c => ((chunks.Transparency[2 * c] << 8) | chunks.Transparency[(2 * c) + 1]) & _largest)];
    }

    /// <summary>Writes a row of pixels, each <paramref name="step"/> bytes after the one before.</summary>
    public void Write(ReadOnlySpan<byte> row, int width, Span<byte> pixels, int step)
    {
        if (_header is { BitDepth: 8, Color: PngColor.Rgb or PngColor.Rgba } && _transparent is null)
        {
            WriteBytes(row, width, pixels, step);
            return;
        }

        for (int x = 0; x < width; x++)
        {
            var pixel = pixels.Slice(x * step, MLImage.PixelBytes);
            int at = x * _header.Channels;
            switch (_header.Color)
            {
                case PngColor.Gray:
                    Set(pixel, row, at, at, at);
                    break;
                case PngColor.Rgb:
                    Set(pixel, row, at, at + 1, at + 2);
                    break;
                case PngColor.GrayAlpha:
                    Set(pixel, row, at, at, at);
                    pixel[3] = ImageSize.ToByte(Sample(row, at + 1), _largest);
                    break;
                case PngColor.Rgba:
                    Set(pixel, row, at, at + 1, at + 2);
                    pixel[3] = ImageSize.ToByte(Sample(row, at + 3), _largest);
                    break;
                default:
                    SetFromPalette(pixel, Sample(row, at));
                    break;
            }
        }
    }

    // The most frequent kinds: samples that are bytes already.
    private void WriteBytes(ReadOnlySpan<byte> row, int width, Span<byte> pixels, int step)
    {
        int channels = _header.Channels;
        for (int x = 0, from = 0, to = 0; x < width; x++, from += channels, to += step)
        {
            var pixel = pixels.Slice(to, MLImage.PixelBytes);
            var samples = row.Slice(from, channels);
            pixel[3] = channels == 4 ? samples[3] : (byte)255;
            pixel[2] = samples[0];
            pixel[1] = samples[1];
            pixel[0] = samples[2];
        }
    }

    private void Set(Span<byte> pixel, ReadOnlySpan<byte> row, int red, int green, int blue)
    {
        int r = Sample(row, red), g = Sample(row, green), b = Sample(row, blue);
        pixel[0] = ImageSize.ToByte(b, _largest);
        pixel[1] = ImageSize.ToByte(g, _largest);
        pixel[2] = ImageSize.ToByte(r, _largest);
        bool transparent = _transparent is not null && r == _transparent[0] && (_transparent.Length == 1 || (g == _transparent[1] && b == _transparent[2]));
        pixel[3] = transparent ? (byte)0 : (byte)255;
    }

    private void SetFromPalette(Span<byte> pixel, int color)
    {
        if (3 * color >= _palette.Length)
            throw new DataException($"a pixel has colour {color}; the palette has {_palette.Length / 3} colours, counted from 0");
        pixel[0] = _palette[(3 * color) + 2];
        pixel[1] = _palette[(3 * color) + 1];
        pixel[2] = _palette[3 * color];
        pixel[3] = color < _paletteAlpha.Length ? _paletteAlpha[color] : (byte)255;
    }

    // Samples of less than a byte are packed from the high bits down.
    private int Sample(ReadOnlySpan<byte> row, int index) => _header.BitDepth switch
    {
        8 => row[index],
        16 => (row[2 * index] << 8) | row[(2 * index) + 1],
        var depth => (row[index * depth / 8] >> (8 - depth - (index * depth % 8))) & _largest,
    };
}
