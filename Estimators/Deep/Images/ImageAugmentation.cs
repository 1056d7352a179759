using System.Buffers;
using MLPath.Data;
using MLPath.Numerics;

namespace MLPath.Deep;

/// <summary>
/// Changes images at random in training, in ways that do not change what they show: so a network learns from more images than there are, and not by
/// heart. What moves in from beyond an edge repeats the edge.
/// </summary>
/// <remarks>C. Shorten, T. Khoshgoftaar, <i>A survey on image data augmentation for deep learning</i>, Journal of Big Data 6, 2019.</remarks>
public sealed class ImageAugmentation : IAugmentation
{
    private readonly ImageLayout _layout;
    private readonly float[] _means, _deviations;

    /// <summary>Makes an augmentation that changes nothing yet.</summary>
    /// <param name="layout">How images lie in features.</param>
    /// <param name="means">The mean of each channel, with which cut squares are filled.</param>
    /// <param name="deviations">The standard deviation of each channel, the unit of brightness and noise.</param>
    /// <exception cref="ArgumentException">There is not one mean and deviation for each channel.</exception>
    public ImageAugmentation(ImageLayout layout, ReadOnlySpan<float> means, ReadOnlySpan<float> deviations)
    {
        if (means.Length != layout.Channels || deviations.Length != layout.Channels)
            throw new ArgumentException($"There are {means.Length} means and {deviations.Length} deviations for {layout.Channels} channels.", nameof(means));
        (_layout, _means, _deviations) = (layout, means.ToArray(), deviations.ToArray());
    }

    /// <summary>The most pixels by which images are shifted in each direction; 0 or more.</summary>
    public int MaximumShift { get; init; }

    /// <summary>Whether every other image is mirrored, left to right.</summary>
    public bool HorizontalFlip { get; init; }

    /// <summary>The most degrees by which images are turned about their middle; 0 or more.</summary>
    public double MaximumRotation { get; init; }

    /// <summary>The most by which images become brighter or darker, in deviations of the channel; 0 or more.</summary>
    public double Brightness { get; init; }

    /// <summary>The standard deviation of noise that is added to every number, in deviations of the channel; 0 or more.</summary>
    public double Noise { get; init; }

    /// <summary>The side of a square that is cut out at a random place, in pixels (T. DeVries, G. Taylor, arXiv:1708.04552); 0 for none.</summary>
    public int Cutout { get; init; }

    /// <summary>Whether anything is changed.</summary>
    public bool IsEmpty => MaximumShift == 0 && !HorizontalFlip && MaximumRotation == 0 && Brightness == 0 && Noise == 0 && Cutout == 0;

    /// <inheritdoc/>
    public void Apply(Span<float> example, Shape shape, RandomStream random)
    {
        ArgumentNullException.ThrowIfNull(random);
        if (example.Length != _layout.Size) throw new ArgumentException($"An image has {_layout.Size} numbers, not {example.Length}.", nameof(example));
        if (MaximumShift > 0 || HorizontalFlip || MaximumRotation > 0) Move(example, random);
        if (Brightness > 0) Brighten(example, Brightness * Symmetric(random));
        if (Cutout > 0) Cut(example, random);
        if (Noise > 0) AddNoise(example, random);
    }

    private static double Symmetric(RandomStream random) => (2 * random.NextDouble()) - 1;

    // Pixel (row, column) of the result comes from where the inverse movement leads: back by the shift, back by the turn, mirrored.
    private void Move(Span<float> image, RandomStream random)
    {
        bool mirrored = HorizontalFlip && random.NextBoolean(0.5);
        int down = random.NextInt32(-MaximumShift, MaximumShift + 1), right = random.NextInt32(-MaximumShift, MaximumShift + 1);
        double angle = MaximumRotation * Symmetric(random) * Math.PI / 180;
        float[] rented = ArrayPool<float>.Shared.Rent(image.Length);
        try
        {
            var original = rented.AsSpan(0, image.Length);
            image.CopyTo(original);
            if (angle == 0) Shift(original, image, down, right, mirrored);
            else Turn(original, image, down, right, mirrored, angle);
        }
        finally
        {
            ArrayPool<float>.Shared.Return(rented);
        }
    }

    private void Shift(ReadOnlySpan<float> from, Span<float> to, int down, int right, bool mirrored)
    {
        var (channels, height, width, _) = _layout;
        int step = _layout.PixelStep;
        for (int channel = 0; channel < channels; channel++)
        {
            for (int row = 0; row < height; row++)
            {
                int start = channel * _layout.ChannelStep, source = start + (Math.Clamp(row - down, 0, height - 1) * width * step);
                int target = start + (row * width * step);
                for (int column = 0; column < width; column++, target += step)
                {
                    int at = Math.Clamp(column - right, 0, width - 1);
                    to[target] = from[source + ((mirrored ? width - 1 - at : at) * step)];
                }
            }
        }
    }

    private void Turn(ReadOnlySpan<float> from, Span<float> to, int down, int right, bool mirrored, double angle)
    {
        var (channels, height, width, _) = _layout;
        int step = _layout.PixelStep;
        double middleRow = (height - 1) / 2.0, middleColumn = (width - 1) / 2.0, cos = Math.Cos(angle), sin = Math.Sin(angle);
        for (int row = 0; row < height; row++)
        {
            for (int column = 0; column < width; column++)
            {
                double y = row - down - middleRow, x = column - right - middleColumn;
                double sourceRow = Math.Clamp(middleRow + (cos * y) - (sin * x), 0, height - 1);
                double sourceColumn = Math.Clamp(middleColumn + (sin * y) + (cos * x), 0, width - 1);
                if (mirrored) sourceColumn = width - 1 - sourceColumn;

                // Between four pixels, by their distances.
                int top = (int)sourceRow, left = (int)sourceColumn, bottom = Math.Min(top + 1, height - 1), far = Math.Min(left + 1, width - 1);
                float lower = (float)(sourceRow - top), farther = (float)(sourceColumn - left);
                for (int channel = 0; channel < channels; channel++)
                {
                    var plane = from[(channel * _layout.ChannelStep)..];
                    float above = Between(plane[((top * width) + left) * step], plane[((top * width) + far) * step], farther);
                    float below = Between(plane[((bottom * width) + left) * step], plane[((bottom * width) + far) * step], farther);
                    to[(channel * _layout.ChannelStep) + (((row * width) + column) * step)] = Between(above, below, lower);
                }
            }
        }

        static float Between(float a, float b, float share) => a + (share * (b - a));
    }

    private void Brighten(Span<float> image, double deviations)
    {
        for (int channel = 0; channel < _layout.Channels; channel++)
        {
            float change = (float)(deviations * _deviations[channel]);
            int start = channel * _layout.ChannelStep, step = _layout.PixelStep;
            for (int pixel = 0; pixel < _layout.Height * _layout.Width; pixel++) image[start + (pixel * step)] += change;
        }
    }

    // The square's middle lies anywhere in the image, so that a part of it may lie outside.
    private void Cut(Span<float> image, RandomStream random)
    {
        int top = random.NextInt32(_layout.Height) - (Cutout / 2), left = random.NextInt32(_layout.Width) - (Cutout / 2);
        for (int row = Math.Max(0, top); row < Math.Min(_layout.Height, top + Cutout); row++)
        {
            for (int column = Math.Max(0, left); column < Math.Min(_layout.Width, left + Cutout); column++)
            {
                int pixel = ((row * _layout.Width) + column) * _layout.PixelStep;
                for (int channel = 0; channel < _layout.Channels; channel++) image[(channel * _layout.ChannelStep) + pixel] = _means[channel];
            }
        }
    }

    private void AddNoise(Span<float> image, RandomStream random)
    {
        for (int channel = 0; channel < _layout.Channels; channel++)
        {
            double deviation = Noise * _deviations[channel];
            int start = channel * _layout.ChannelStep, step = _layout.PixelStep;
            for (int pixel = 0; pixel < _layout.Height * _layout.Width; pixel++) image[start + (pixel * step)] += (float)(deviation * random.NextGaussian());
        }
    }
}
