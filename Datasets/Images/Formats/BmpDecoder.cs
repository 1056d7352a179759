using System.Buffers.Binary;
using System.Numerics;
using MLPath.Data;

namespace MLPath.Datasets.Images;

/// <summary>
/// Reads Windows bitmaps: 1, 4, 8, 16, 24 and 32 bits a pixel, run lengths (RLE4, RLE8) and bit fields, rows from below or from above, headers of OS/2
/// and of Windows up to version 5. Alpha is taken from bit fields that name it; the fourth byte of plain 32-bit pixels is not alpha.
/// </summary>
internal sealed class BmpDecoder : IImageDecoder
{
    public string Name => "BMP";

    public bool CanDecode(ReadOnlySpan<byte> header) => header.Length >= 26 && header.StartsWith("BM"u8);

    public MLImage Decode(ReadOnlyMemory<byte> file)
    {
        var header = BmpHeader.Parse(file.Span);
        ImageSize.Check(header.Width, header.Height, file.Length);
        var data = file.Span[header.PixelOffset..];
        byte[] pixels = new byte[header.Width * header.Height * MLImage.PixelBytes];
        if (header.Compression is BmpCompression.Rle8 or BmpCompression.Rle4)
            new BmpRuns(header, data, pixels).Read();
        else
            ReadRows(header, data, pixels);
        return new MLImage(header.Width, header.Height, MLPixelFormat.Bgra32, pixels);
    }

    private static void ReadRows(BmpHeader header, ReadOnlySpan<byte> data, Span<byte> pixels)
    {
        int stride = checked((int)((((long)header.Width * header.Bits) + 31) / 32 * 4));
        ImageSize.CheckData((long)stride * header.Height, data.Length);
        for (int y = 0; y < header.Height; y++)
        {
            var row = data.Slice(y * stride, stride);
            var line = pixels.Slice(header.Line(y) * header.Width * MLImage.PixelBytes, header.Width * MLImage.PixelBytes);
            for (int x = 0; x < header.Width; x++)
            {
                var pixel = line.Slice(x * MLImage.PixelBytes, MLImage.PixelBytes);
                switch (header.Bits)
                {
                    case 16:
                        header.Fields.Write(BinaryPrimitives.ReadUInt16LittleEndian(row[(2 * x)..]), pixel);
                        break;
                    case 24:
                        row.Slice(3 * x, 3).CopyTo(pixel);
                        pixel[3] = 255;
                        break;
                    case 32:
                        header.Fields.Write(BinaryPrimitives.ReadUInt32LittleEndian(row[(4 * x)..]), pixel);
                        break;
                    default:
                        int bit = x * header.Bits;
                        header.WriteColor((row[bit / 8] >> (8 - header.Bits - (bit % 8))) & ((1 << header.Bits) - 1), pixel);
                        break;
                }
            }
        }
    }
}

/// <summary>How the pixels of a bitmap are stored; the numbers are the format's own.</summary>
internal enum BmpCompression
{
    None = 0,
    Rle8 = 1,
    Rle4 = 2,
    BitFields = 3,
    AlphaBitFields = 6,
}

/// <summary>Which bits of a pixel are which colour.</summary>
internal readonly record struct BmpFields(uint Red, uint Green, uint Blue, uint Alpha)
{
    public void Write(uint value, Span<byte> pixel)
    {
        pixel[0] = Sample(value, Blue);
        pixel[1] = Sample(value, Green);
        pixel[2] = Sample(value, Red);
        pixel[3] = Alpha == 0 ? (byte)255 : Sample(value, Alpha);
    }

    /// <summary>Refuses fields that overlap, are not of neighbouring bits, or have more than 16.</summary>
    public BmpFields Checked()
    {
        foreach (uint mask in (ReadOnlySpan<uint>)[Red, Green, Blue, Alpha])
        {
            uint low = mask == 0 ? 0 : mask >> BitOperations.TrailingZeroCount(mask);
            if ((low & (low + 1)) != 0 || low > ushort.MaxValue)
                throw new DataException($"a bit field is {mask:X8}; a field is up to 16 bits that are neighbours");
        }

        return (Red & Green) == 0 && ((Red | Green) & Blue) == 0 && ((Red | Green | Blue) & Alpha) == 0
            ? this
            : throw new DataException("its bit fields overlap");
    }

    private static byte Sample(uint value, uint mask)
    {
        if (mask == 0)
            return 0;
        int shift = BitOperations.TrailingZeroCount(mask);
        return ImageSize.ToByte((int)((value & mask) >> shift), (int)(mask >> shift));
    }
}

/// <summary>The headers of a bitmap and its palette.</summary>
internal sealed class BmpHeader
{
    private const int FileHeader = 14;

    private BmpHeader() { }

    public int Width { get; private init; }

    public int Height { get; private init; }

    public int Bits { get; private init; }

    public bool IsTopDown { get; private init; }

    public BmpCompression Compression { get; private init; }

    public BmpFields Fields { get; private init; }

    public int PixelOffset { get; private init; }

    /// <summary>Blue, green, red, opaque, of each colour.</summary>
    private byte[] Palette { get; init; } = [];

    /// <summary>The line, from the top, of a row of the file.</summary>
    public int Line(int row) => IsTopDown ? row : Height - 1 - row;

    public void WriteColor(int color, Span<byte> pixel)
    {
        if (color >= Palette.Length / 4)
            throw new DataException($"a pixel has colour {color}; the palette has {Palette.Length / 4} colours, counted from 0");
        Palette.AsSpan(4 * color, 4).CopyTo(pixel);
    }

    public static BmpHeader Parse(ReadOnlySpan<byte> file)
    {
        long pixelOffset = BinaryPrimitives.ReadUInt32LittleEndian(file[10..]);
        uint size = BinaryPrimitives.ReadUInt32LittleEndian(file[FileHeader..]);
        if (size is not (12 or 40 or 52 or 56 or 64 or 108 or 124))
            throw new DataException($"its header has {size} bytes; known are 12, 40, 52, 56, 64, 108 and 124");
        if (file.Length < FileHeader + size)
            throw new DataException("it is cut off within its header");
        var info = file.Slice(FileHeader, (int)size);
        bool isCore = size == 12;
        long width = isCore ? BinaryPrimitives.ReadUInt16LittleEndian(info[4..]) : BinaryPrimitives.ReadInt32LittleEndian(info[4..]);
        long height = isCore ? BinaryPrimitives.ReadUInt16LittleEndian(info[6..]) : BinaryPrimitives.ReadInt32LittleEndian(info[8..]);
        int bits = BinaryPrimitives.ReadUInt16LittleEndian(info[(isCore ? 10 : 14)..]);
        var compression = isCore ? BmpCompression.None : (BmpCompression)BinaryPrimitives.ReadInt32LittleEndian(info[16..]);
        bool isTopDown = height < 0;
        ImageSize.Check(width, Math.Abs(height), file.Length);
        CheckCompression(compression, bits, isTopDown, size);

        bool hasFields = compression is BmpCompression.BitFields or BmpCompression.AlphaBitFields;
        int fieldBytes = size == 40 && hasFields ? compression == BmpCompression.BitFields ? 12 : 16 : 0;
        int paletteOffset = FileHeader + (int)size + fieldBytes;
        if (pixelOffset < paletteOffset || pixelOffset > file.Length)
            throw new DataException($"it states that its pixels begin at byte {pixelOffset}; its header ends at byte {paletteOffset}, and the file at {file.Length}");
        return new BmpHeader
        {
            Width = (int)width,
            Height = (int)Math.Abs(height),
            Bits = bits,
            IsTopDown = isTopDown,
            Compression = compression,
            PixelOffset = (int)pixelOffset,
            Fields = hasFields ? ReadFields(file[(FileHeader + 40)..], size >= 56 || compression == BmpCompression.AlphaBitFields)
                : bits == 16 ? new BmpFields(0x7C00, 0x03E0, 0x001F, 0)
                : new BmpFields(0xFF0000, 0x00FF00, 0x0000FF, 0),
            Palette = bits > 8 ? [] : ReadPalette(file[paletteOffset..(int)pixelOffset], isCore ? 3 : 4, Colors(info, bits, isCore)),
        };
    }

    private static void CheckCompression(BmpCompression compression, int bits, bool isTopDown, uint size)
    {
        bool allowed = compression switch
        {
            BmpCompression.None => bits is 1 or 4 or 8 or 16 or 24 or 32,
            BmpCompression.Rle8 => bits == 8 && !isTopDown,
            BmpCompression.Rle4 => bits == 4 && !isTopDown,
            // An OS/2 header of 64 bytes means another compression by the same number.
            BmpCompression.BitFields or BmpCompression.AlphaBitFields => bits is 16 or 32 && size != 64,
            _ => false,
        };
        if (!allowed)
            throw new DataException($"it has {bits} bits a pixel with compression {(int)compression}, which is not read");
    }

    private static BmpFields ReadFields(ReadOnlySpan<byte> fields, bool withAlpha)
    {
        if (fields.Length < (withAlpha ? 16 : 12))
            throw new DataException("it is cut off within its bit fields");
        return new BmpFields(Field(fields, 0), Field(fields, 1), Field(fields, 2), withAlpha ? Field(fields, 3) : 0).Checked();

        static uint Field(ReadOnlySpan<byte> fields, int index) => BinaryPrimitives.ReadUInt32LittleEndian(fields[(4 * index)..]);
    }

    private static int Colors(ReadOnlySpan<byte> info, int bits, bool isCore)
    {
        uint stated = isCore ? 0 : BinaryPrimitives.ReadUInt32LittleEndian(info[32..]);
        return stated == 0 || stated > 1u << bits ? 1 << bits : (int)stated;
    }

    private static byte[] ReadPalette(ReadOnlySpan<byte> bytes, int entryBytes, int colors)
    {
        colors = Math.Min(colors, bytes.Length / entryBytes);
        byte[] palette = new byte[4 * colors];
        for (int i = 0; i < colors; i++)
        {
            bytes.Slice(i * entryBytes, 3).CopyTo(palette.AsSpan(4 * i));
            palette[(4 * i) + 3] = 255;
        }

        return palette;
    }
}
