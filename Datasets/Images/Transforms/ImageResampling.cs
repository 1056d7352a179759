using MLPath.Data;

namespace MLPath.Datasets.Images;

/// <summary>
/// Resampling by the triangle filter, first along rows, then along columns. Where the image shrinks, the filter is as wide as the pixels that become
/// one (antialiasing); where it grows, it is linear interpolation. Colours count by their alpha, so that transparent pixels do not bleed.
/// </summary>
internal static class ImageResampling
{
    /// <summary>A part of an image, in pixels: from (X, Y), which may lie within a pixel, Width × Height.</summary>
    public readonly record struct Box(double X, double Y, double Width, double Height);

    /// <summary>Resamples a part of an image.</summary>
    /// <param name="image">The image.</param>
    /// <param name="box">The part.</param>
    /// <param name="width">The columns to make.</param>
    /// <param name="height">The rows to make.</param>
    /// <returns>height × width pixels of blue, green, red, alpha.</returns>
    public static byte[] Resample(MLImage image, Box box, int width, int height)
    {
        var columns = Taps(box.X, box.Width, image.Width, width);
        var rows = Taps(box.Y, box.Height, image.Height, height);
        int firstRow = rows[0].First;
        int usedRows = rows[^1].First + rows[^1].Weights.Length - firstRow;
        var (red, green, blue) = image.Offsets;

        // [used rows × width × 4], colours times alpha.
        float[] squeezed = new float[usedRows * width * MLImage.PixelBytes];
        for (int y = 0; y < usedRows; y++)
        {
            var line = image.Pixels.Slice((firstRow + y) * image.Width * MLImage.PixelBytes, image.Width * MLImage.PixelBytes);
            for (int x = 0; x < width; x++)
            {
                var (first, weights) = columns[x];
                float b = 0, g = 0, r = 0, a = 0;
                for (int i = 0; i < weights.Length; i++)
                {
                    var pixel = line.Slice((first + i) * MLImage.PixelBytes, MLImage.PixelBytes);
                    float w = weights[i] * pixel[3];
                    b += w * pixel[blue];
                    g += w * pixel[green];
                    r += w * pixel[red];
                    a += w;
                }

                var to = squeezed.AsSpan(((y * width) + x) * MLImage.PixelBytes, MLImage.PixelBytes);
                (to[0], to[1], to[2], to[3]) = (b, g, r, a);
            }
        }

        byte[] result = new byte[width * height * MLImage.PixelBytes];
        for (int y = 0; y < height; y++)
        {
            var (first, weights) = rows[y];
            for (int x = 0; x < width; x++)
            {
                float b = 0, g = 0, r = 0, a = 0;
                for (int i = 0; i < weights.Length; i++)
                {
                    var from = squeezed.AsSpan((((first - firstRow + i) * width) + x) * MLImage.PixelBytes, MLImage.PixelBytes);
                    b += weights[i] * from[0];
                    g += weights[i] * from[1];
                    r += weights[i] * from[2];
                    a += weights[i] * from[3];
                }

                var to = result.AsSpan(((y * width) + x) * MLImage.PixelBytes, MLImage.PixelBytes);
                to[3] = ToByte(a);
                if (to[3] > 0)
                    (to[0], to[1], to[2]) = (ToByte(b / a), ToByte(g / a), ToByte(r / a));
            }
        }

        return result;
    }

    /// <summary>A value on the scale of 0 to 255, rounded to the nearest, half up.</summary>
    public static byte ToByte(float value) => (byte)Math.Clamp(MathF.Floor(value + 0.5f), 0, 255);

    // For each pixel to make: the first source pixel that it is made of, and the weights of it and those behind it, which sum to 1.
    private static (int First, float[] Weights)[] Taps(double start, double length, int sourceSize, int size)
    {
        double scale = length / size;
        double radius = Math.Max(scale, 1); // of the triangle
        var taps = new (int, float[])[size];
        for (int i = 0; i < size; i++)
        {
            double center = start + ((i + 0.5) * scale);
            int first = Math.Max((int)Math.Floor(center - radius + 0.5), 0);
            int end = Math.Min((int)Math.Floor(center + radius + 0.5), sourceSize);
            first = Math.Min(first, sourceSize - 1);
            end = Math.Max(end, first + 1);
            double[] weights = [.. Enumerable.Range(first, end - first).Select(p => Math.Max(0, 1 - (Math.Abs(p + 0.5 - center) / radius)))];
            double sum = weights.Sum();
            taps[i] = (first, sum > 0 ? [.. weights.Select(w => (float)(w / sum))] : [.. weights.Select(_ => 1f / weights.Length)]);
        }

        return taps;
    }
}
