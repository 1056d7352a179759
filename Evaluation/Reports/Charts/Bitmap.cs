using System.Buffers.Binary;

namespace MLPath.Reports.Charts;

/// <summary>Draws an image as a file that every browser shows: Windows bitmap, 24 bits a pixel, not compressed.</summary>
internal static class Bitmap
{
    private const int Header = 54;

    /// <summary>The file of an image.</summary>
    /// <param name="section">The section, whose values are scaled alike.</param>
    /// <param name="image">The image.</param>
    public static byte[] Draw(ImageSection section, ReportImage image)
    {
        var (height, width) = (section.Layout.Height, section.Layout.Width);
        int row = ((width * 3) + 3) / 4 * 4;
        byte[] file = new byte[Header + (row * height)];
        file[0] = (byte)'B';
        file[1] = (byte)'M';
        Write(2, file.Length);
        Write(10, Header);
        Write(14, 40);
        Write(18, width);
        Write(22, height);
        file[26] = 1;
        file[28] = 24;
        var (least, greatest) = Range(section);
        for (int y = 0; y < height; y++)
        {
            // From the bottom up; blue, green, red.
            for (int x = 0; x < width; x++)
            {
                int pixel = ((y * width) + x) * section.Layout.PixelStep, to = Header + ((height - 1 - y) * row) + (x * 3);
                for (int colour = 0; colour < 3; colour++)
                {
                    int channel = section.Layout.Channels == 1 ? 0 : 2 - colour;
                    file[to + colour] = Shade(image.Pixels[(channel * section.Layout.ChannelStep) + pixel]);
                }
            }
        }

        return file;

        void Write(int at, int value) => BinaryPrimitives.WriteInt32LittleEndian(file.AsSpan(at), value);

        byte Shade(float value) => float.IsFinite(value) && greatest > least ? (byte)Math.Round(255 * (((double)value - least) / ((double)greatest - least))) : (byte)0;
    }

    private static (float Least, float Greatest) Range(ImageSection section)
    {
        float least = float.PositiveInfinity, greatest = float.NegativeInfinity;
        foreach (float value in section.Images.SelectMany(i => i.Pixels).Where(float.IsFinite)) (least, greatest) = (Math.Min(least, value), Math.Max(greatest, value));
        return (least, greatest);
    }
}
