using System.Buffers.Binary;
using MLPath.Data;

namespace MLPath.Datasets.Images;

/// <summary>Writes bitmaps: 24 bits a pixel where all pixels are opaque, else 32 bits with bit fields that name alpha (header of version 4).</summary>
internal static class BmpEncoder
{
    private const int FileHeader = 14;
    private const int PlainHeader = 40;
    private const int AlphaHeader = 108;

    public static byte[] Encode(MLImage image)
    {
        bool opaque = true;
        for (int i = 3; i < image.Pixels.Length; i += MLImage.PixelBytes)
            opaque &= image.Pixels[i] == 255;
        int pixelBytes = opaque ? 3 : 4;
        int headerBytes = opaque ? PlainHeader : AlphaHeader;
        int stride = ((image.Width * pixelBytes) + 3) / 4 * 4;
        byte[] file = new byte[FileHeader + headerBytes + (stride * image.Height)];

        "BM"u8.CopyTo(file);
        WriteInt32(file, 2, file.Length);
        WriteInt32(file, 10, FileHeader + headerBytes);
        WriteInt32(file, 14, headerBytes);
        WriteInt32(file, 18, image.Width);
        WriteInt32(file, 22, image.Height);
        WriteInt32(file, 26, 1 | (8 * pixelBytes << 16)); // one plane; the bits of a pixel
        WriteInt32(file, 30, (int)(opaque ? BmpCompression.None : BmpCompression.BitFields));
        WriteInt32(file, 34, stride * image.Height);
        if (!opaque)
        {
            WriteInt32(file, 54, 0x00FF0000);
            WriteInt32(file, 58, 0x0000FF00);
            WriteInt32(file, 62, 0x000000FF);
            WriteInt32(file, 66, unchecked((int)0xFF000000));
            WriteInt32(file, 70, 0x73524742); // the colour space sRGB
        }

        var (red, green, blue) = image.Offsets;
        for (int y = 0; y < image.Height; y++)
        {
            int from = y * image.Width * MLImage.PixelBytes;
            int to = FileHeader + headerBytes + ((image.Height - 1 - y) * stride);
            for (int x = 0; x < image.Width; x++, from += MLImage.PixelBytes, to += pixelBytes)
            {
                (file[to], file[to + 1], file[to + 2]) = (image.Pixels[from + blue], image.Pixels[from + green], image.Pixels[from + red]);
                if (!opaque)
                    file[to + 3] = image.Pixels[from + 3];
            }
        }

        return file;
    }

    private static void WriteInt32(byte[] file, int at, int value) => BinaryPrimitives.WriteInt32LittleEndian(file.AsSpan(at), value);
}
