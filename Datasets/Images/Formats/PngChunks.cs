using System.Buffers.Binary;
using System.Text;

namespace MLPath.Datasets.Images;

/// <summary>The size and kind of a PNG's pixels: its IHDR chunk (PNG specification, 11.2.1).</summary>
internal readonly record struct PngHeader(int Width, int Height, int BitDepth, PngColor Color, bool IsInterlaced)
{
    /// <summary>The samples of a pixel.</summary>
    public int Channels => Color switch
    {
        PngColor.Rgb => 3,
        PngColor.GrayAlpha => 2,
        PngColor.Rgba => 4,
        _ => 1,
    };

    public int BitsPerPixel => Channels * BitDepth;

    /// <summary>The distance to the byte before, for filters: the bytes of a pixel, at least 1.</summary>
    public int FilterStep => Math.Max(1, BitsPerPixel / 8);

    /// <summary>The bytes of a row of some pixels, without its filter byte.</summary>
    public int RowBytes(int width) => checked((int)((((long)width * BitsPerPixel) + 7) / 8));

    public static PngHeader Parse(ReadOnlySpan<byte> chunk)
    {
        if (chunk.Length != 13)
            throw new DataException($"its header chunk has {chunk.Length} bytes, not 13");
        uint width = BinaryPrimitives.ReadUInt32BigEndian(chunk);
        uint height = BinaryPrimitives.ReadUInt32BigEndian(chunk[4..]);
        var (depth, color) = (chunk[8], (PngColor)chunk[9]);
        bool allowed = color switch
        {
            PngColor.Gray => depth is 1 or 2 or 4 or 8 or 16,
            PngColor.Palette => depth is 1 or 2 or 4 or 8,
            PngColor.Rgb or PngColor.GrayAlpha or PngColor.Rgba => depth is 8 or 16,
            _ => false,
        };
        if (!allowed)
            throw new DataException($"it states colour type {chunk[9]} with {depth} bits a sample, which PNG does not have");
        if (chunk[10] != 0 || chunk[11] != 0 || chunk[12] > 1)
            throw new DataException($"it states compression {chunk[10]}, filter {chunk[11]} and interlace {chunk[12]}, which PNG does not have");
        if (width > int.MaxValue || height > int.MaxValue)
            throw new DataException($"it states a size of {width}×{height} pixels");
        return new PngHeader((int)width, (int)height, depth, color, chunk[12] == 1);
    }
}

/// <summary>What the samples of a pixel are; the numbers are the format's own.</summary>
internal enum PngColor : byte
{
    Gray = 0,
    Rgb = 2,
    Palette = 3,
    GrayAlpha = 4,
    Rgba = 6,
}

/// <summary>
/// The chunks of a PNG file that matter for its pixels, each checked against its CRC. Chunks that a reader may ignore (names that begin with a small
/// letter: gamma, times, texts, …) are ignored.
/// </summary>
internal sealed class PngChunks
{
    private const int Frame = 12; // length, type and CRC

    private PngChunks() { }

    public static ReadOnlySpan<byte> Signature => [0x89, (byte)'P', (byte)'N', (byte)'G', 0x0D, 0x0A, 0x1A, 0x0A];

    public PngHeader Header { get; private set; }

    /// <summary>Red, green, blue of each colour of a palette; empty without one.</summary>
    public byte[] Palette { get; private set; } = [];

    /// <summary>The tRNS chunk; empty without one.</summary>
    public byte[] Transparency { get; private set; } = [];

    /// <summary>The zlib stream, all IDAT chunks joined.</summary>
    public byte[] Compressed { get; private set; } = [];

    public static PngChunks Read(ReadOnlySpan<byte> file)
    {
        var chunks = new PngChunks();
        var data = new MemoryStream();
        bool first = true, dataEnded = false;
        for (int at = Signature.Length; ;)
        {
            if (file.Length - at < Frame)
                throw new DataException("it is cut off: there is no end chunk");
            uint length = BinaryPrimitives.ReadUInt32BigEndian(file[at..]);
            if (length > file.Length - at - Frame)
                throw new DataException($"it is cut off: a chunk of {length} bytes begins at byte {at}, and {file.Length - at - Frame} are left");
            var type = file.Slice(at + 4, 4);
            var body = file.Slice(at + 8, (int)length);
            if (BinaryPrimitives.ReadUInt32BigEndian(file[(at + 8 + (int)length)..]) != Crc32.Of(file.Slice(at + 4, (int)length + 4)))
                throw new DataException($"the check sum of the chunk at byte {at} is wrong: the file is damaged");
            at += Frame + (int)length;

            if (first != type.SequenceEqual("IHDR"u8))
                throw new DataException(first ? "its first chunk is not the header" : "it has two headers");
            bool isData = type.SequenceEqual("IDAT"u8);
            if (isData && dataEnded)
                throw new DataException("its pixels are interrupted by another chunk");
            dataEnded |= data.Length > 0 && !isData;

            if (first)
                chunks.Header = PngHeader.Parse(body);
            else if (isData)
                data.Write(body);
            else if (type.SequenceEqual("PLTE"u8))
                chunks.SetPalette(body, data.Length > 0);
            else if (type.SequenceEqual("tRNS"u8))
                chunks.Transparency = body.ToArray();
            else if (type.SequenceEqual("IEND"u8))
                break;
            else if ((type[0] & 0x20) == 0)
                throw new DataException($"it has a chunk '{Encoding.ASCII.GetString(type)}', which must be understood and is not");
            first = false;
        }

        chunks.Compressed = data.ToArray();
        chunks.CheckTransparency();
        return chunks;
    }

    private void SetPalette(ReadOnlySpan<byte> body, bool afterData)
    {
        if (afterData || Palette.Length > 0)
            throw new DataException("its palette is there twice, or behind the pixels");
        if (body.IsEmpty || body.Length % 3 != 0 || body.Length > 3 * 256)
            throw new DataException($"its palette has {body.Length} bytes; it needs three for each of 1 to 256 colours");
        Palette = body.ToArray();
    }

    private void CheckTransparency()
    {
        if (Compressed.Length == 0)
            throw new DataException("it has no pixels");
        if (Header.Color == PngColor.Palette && Palette.Length == 0)
            throw new DataException("it has no palette, and its pixels are numbers of colours");
        if (Transparency.Length == 0)
            return;
        bool fits = Header.Color switch
        {
            PngColor.Gray => Transparency.Length == 2,
            PngColor.Rgb => Transparency.Length == 6,
            PngColor.Palette => Transparency.Length <= Palette.Length / 3,
            _ => false,
        };
        if (!fits)
            throw new DataException($"its transparency chunk of {Transparency.Length} bytes does not fit colour type {(int)Header.Color}");
    }
}

/// <summary>The check sum of PNG chunks: CRC-32 with the polynomial 0xEDB88320, reflected (PNG specification, annex D).</summary>
internal static class Crc32
{
    // Table k of 256: what a byte contributes k bytes later, so that four bytes are taken at a time.
    private static readonly uint[] s_tables = Tables();

    public static uint Of(ReadOnlySpan<byte> bytes)
    {
        uint crc = uint.MaxValue;
        for (; bytes.Length >= 4; bytes = bytes[4..])
        {
            crc ^= BinaryPrimitives.ReadUInt32LittleEndian(bytes);
            crc = s_tables[768 + (byte)crc] ^ s_tables[512 + (byte)(crc >> 8)] ^ s_tables[256 + (byte)(crc >> 16)] ^ s_tables[crc >> 24];
        }

        foreach (byte b in bytes)
            crc = s_tables[(byte)(crc ^ b)] ^ (crc >> 8);
        return ~crc;
    }

    private static uint[] Tables()
    {
        uint[] tables = new uint[4 * 256];
        for (uint n = 0; n < 256; n++)
        {
            uint c = n;
            for (int bit = 0; bit < 8; bit++)
                c = (c & 1) != 0 ? 0xEDB88320 ^ (c >> 1) : c >> 1;
            tables[n] = c;
        }

        for (int i = 256; i < tables.Length; i++)
            tables[i] = tables[(byte)tables[i - 256]] ^ (tables[i - 256] >> 8);
        return tables;
    }
}
