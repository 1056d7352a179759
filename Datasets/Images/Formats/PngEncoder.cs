using System.Buffers.Binary;
using System.IO.Compression;
using MLPath.Data;

namespace MLPath.Datasets.Images;

/// <summary>
/// Writes PNG: 8 bits a sample; grey where all pixels are, without alpha where all are opaque. Each row gets the filter whose bytes, taken as signed,
/// have the least sum of magnitudes (PNG specification, 12.7), which is the customary choice.
/// </summary>
internal static class PngEncoder
{
    public static byte[] Encode(MLImage image)
    {
        var color = Choose(image);
        var header = new PngHeader(image.Width, image.Height, 8, color, IsInterlaced: false);
        var file = new MemoryStream();
        file.Write(PngChunks.Signature);
        Span<byte> ihdr = stackalloc byte[13];
        BinaryPrimitives.WriteInt32BigEndian(ihdr, image.Width);
        BinaryPrimitives.WriteInt32BigEndian(ihdr[4..], image.Height);
        ihdr[8] = 8;
        ihdr[9] = (byte)color;
        ihdr[10..].Clear();
        WriteChunk(file, "IHDR"u8, ihdr);
        WriteChunk(file, "IDAT"u8, Compress(image, header));
        WriteChunk(file, "IEND"u8, []);
        return file.ToArray();
    }

    private static PngColor Choose(MLImage image)
    {
        bool gray = true, opaque = true;
        var pixels = image.Pixels;
        for (int i = 0; i < pixels.Length; i += MLImage.PixelBytes)
        {
            gray &= pixels[i] == pixels[i + 1] && pixels[i] == pixels[i + 2];
            opaque &= pixels[i + 3] == 255;
        }

        return gray ? opaque ? PngColor.Gray : PngColor.GrayAlpha : opaque ? PngColor.Rgb : PngColor.Rgba;
    }

    private static byte[] Compress(MLImage image, PngHeader header)
    {
        var compressed = new MemoryStream();
        using (var zlib = new ZLibStream(compressed, CompressionLevel.Optimal, leaveOpen: true))
        {
            byte[] row = new byte[header.RowBytes(image.Width)];
            byte[] above = new byte[row.Length];
            byte[] filtered = new byte[row.Length];
            byte[] best = new byte[row.Length];
            for (int y = 0; y < image.Height; y++)
            {
                ReadRow(image, header.Channels, y, row);
                long least = long.MaxValue;
                int chosen = 0;
                for (int filter = 0; filter < PngFilter.Count; filter++)
                {
                    PngFilter.Apply(filter, row, above, header.FilterStep, filtered);
                    long sum = 0;
                    foreach (byte b in filtered)
                        sum += Math.Abs((int)(sbyte)b);
                    if (sum >= least)
                        continue;
                    (least, chosen) = (sum, filter);
                    (best, filtered) = (filtered, best);
                }

                zlib.WriteByte((byte)chosen);
                zlib.Write(best);
                (row, above) = (above, row);
            }
        }

        return compressed.ToArray();
    }

    // One row's samples, in the order of the format: grey or red, green, blue; then alpha where there are two or four.
    private static void ReadRow(MLImage image, int channels, int y, Span<byte> row)
    {
        var (red, green, blue) = image.Offsets;
        var pixels = image.Pixels.Slice(y * image.Width * MLImage.PixelBytes, image.Width * MLImage.PixelBytes);
        for (int from = 0, to = 0; from < pixels.Length; from += MLImage.PixelBytes, to += channels)
        {
            row[to] = pixels[from + red];
            if (channels >= 3)
                (row[to + 1], row[to + 2]) = (pixels[from + green], pixels[from + blue]);
            if (channels is 2 or 4)
                row[to + channels - 1] = pixels[from + 3];
        }
    }

    private static void WriteChunk(MemoryStream file, ReadOnlySpan<byte> type, ReadOnlySpan<byte> body)
    {
        Span<byte> number = stackalloc byte[4];
        BinaryPrimitives.WriteInt32BigEndian(number, body.Length);
        file.Write(number);
        int start = (int)file.Position;
        file.Write(type);
        file.Write(body);
        BinaryPrimitives.WriteUInt32BigEndian(number, Crc32.Of(file.GetBuffer().AsSpan(start, body.Length + 4)));
        file.Write(number);
    }
}
