using MLPath.Numerics;

namespace MLPath.Transforms.Image;

/// <summary>One random change of an image, drawn once and applied to its planes.</summary>
internal sealed class ImageChange
{
    // Zhong et al. (2020), section 4: the part of the area that is erased, and the proportions of the rectangle.
    private const double LeastErased = 0.02;
    private const double MostErased = 0.4;
    private const double LeastAspect = 0.3;

    private readonly bool _flip;
    private readonly bool _edge;
    private readonly int _shiftX;
    private readonly int _shiftY;
    private readonly double _angle;
    private readonly double _zoom;
    private readonly double _brightness;
    private readonly double _contrast;
    private readonly (double Area, double Aspect, double X, double Y)? _erased;

    /// <summary>Draws a change. All numbers are drawn whatever is on, so that switching one change on leaves the others as they are.</summary>
    public ImageChange(ImageAugmentingEstimator.Options options, RandomStream random)
    {
        _flip = random.NextDouble() < options.HorizontalFlip;
        _shiftX = random.NextInt32(-options.MaximumShift, options.MaximumShift + 1);
        _shiftY = random.NextInt32(-options.MaximumShift, options.MaximumShift + 1);
        _angle = Symmetric(random) * options.MaximumRotation * (Math.PI / 180);
        _zoom = Math.Pow(1 + options.MaximumZoom, Symmetric(random));
        _brightness = 1 + (Symmetric(random) * options.Brightness);
        _contrast = 1 + (Symmetric(random) * options.Contrast);
        bool erase = random.NextDouble() < options.Erasing;
        double area = LeastErased + (random.NextDouble() * (MostErased - LeastErased));
        double aspect = Math.Pow(LeastAspect, Symmetric(random));
        var place = (random.NextDouble(), random.NextDouble());
        _erased = erase ? (area, aspect, place.Item1, place.Item2) : null;
        _edge = options.Padding == ImageAugmentingEstimator.PaddingKind.Edge;
    }

    /// <summary>Applies the change.</summary>
    /// <param name="from">The planes.</param>
    /// <param name="to">Receives the changed planes; of the same size.</param>
    /// <param name="colors">How many of the planes, from the first, are colours; what follows, alpha, only moves.</param>
    public void Apply(PixelPlanes from, PixelPlanes to, int colors)
    {
        Move(from, to);
        var values = to.Values.AsSpan(0, colors * to.Height * to.Width);
        if (_contrast != 1)
        {
            double sum = 0;
            foreach (float value in values)
                sum += value;
            float mean = (float)(sum / values.Length), factor = (float)_contrast;
            foreach (ref float value in values)
                value = mean + ((value - mean) * factor);
        }

        if (_brightness != 1)
        {
            foreach (ref float value in values)
                value *= (float)_brightness;
        }

        if (_erased is { } erased)
            Erase(to, colors, erased.Area, erased.Aspect, erased.X, erased.Y);
    }

    // With p measured from the middle, the change is p' = zoom · R(angle) · F · p + shift; each new pixel is read at p = F · R(−angle) · (p' − shift) / zoom.
    private void Move(PixelPlanes from, PixelPlanes to)
    {
        double middleX = (from.Width - 1) / 2.0, middleY = (from.Height - 1) / 2.0;
        double cos = Math.Cos(_angle) / _zoom, sin = Math.Sin(_angle) / _zoom;
        for (int y = 0; y < to.Height; y++)
        {
            for (int x = 0; x < to.Width; x++)
            {
                double u = x - middleX - _shiftX, v = y - middleY - _shiftY;
                double column = (cos * u) + (sin * v), row = (cos * v) - (sin * u);
                Interpolate(from, to, (_flip ? -column : column) + middleX, row + middleY, (y * to.Width) + x);
            }
        }
    }

    // Bilinear: the four pixels around the place, each by its nearness. At a whole place that is one pixel, exactly.
    private void Interpolate(PixelPlanes from, PixelPlanes to, double x, double y, int at)
    {
        int left = (int)Math.Floor(x), top = (int)Math.Floor(y);
        float right = (float)(x - left), bottom = (float)(y - top);
        int size = from.Width * from.Height;
        for (int c = 0; c < from.Channels; c++)
        {
            float value = 0;
            if (right < 1 && bottom < 1)
                value += (1 - right) * (1 - bottom) * Read(left, top);
            if (right > 0)
                value += right * (1 - bottom) * Read(left + 1, top);
            if (bottom > 0)
                value += (1 - right) * bottom * Read(left, top + 1);
            if (right > 0 && bottom > 0)
                value += right * bottom * Read(left + 1, top + 1);
            to.Values[(c * size) + at] = value;

            float Read(int column, int row) => _edge
                ? from.Values[(c * size) + (Math.Clamp(row, 0, from.Height - 1) * from.Width) + Math.Clamp(column, 0, from.Width - 1)]
                : (uint)column < (uint)from.Width && (uint)row < (uint)from.Height ? from.Values[(c * size) + (row * from.Width) + column] : 0;
        }
    }

    private static void Erase(PixelPlanes planes, int colors, double area, double aspect, double x, double y)
    {
        double pixels = area * planes.Height * planes.Width;
        int height = Math.Clamp((int)Math.Round(Math.Sqrt(pixels * aspect)), 1, planes.Height);
        int width = Math.Clamp((int)Math.Round(Math.Sqrt(pixels / aspect)), 1, planes.Width);
        int left = (int)(x * (planes.Width - width + 1)), top = (int)(y * (planes.Height - height + 1));
        for (int c = 0; c < colors; c++)
        {
            for (int row = top; row < top + height; row++)
                planes.Values.AsSpan((((c * planes.Height) + row) * planes.Width) + left, width).Clear();
        }
    }

    // Uniform from −1 to 1.
    private static double Symmetric(RandomStream random) => (2 * random.NextDouble()) - 1;
}
