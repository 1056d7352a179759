using MLPath.Data;

namespace MLPath.Deep;

/// <summary>
/// The first layer of a network that reads images: pixels in units of their channel, (x − mean) / deviation. [batch, height, width, channels] or
/// [batch, channels, height, width] becomes [batch, channels, height, width]. Learns nothing.
/// </summary>
/// <remarks>All pixels of a channel are scaled alike, so that a pixel that is always blank stays like blank pixels elsewhere.</remarks>
public sealed class ImageScaling : Layer
{
    private readonly ImageLayout _layout;
    private readonly float[] _shifts, _factors;

    /// <summary>Makes the layer.</summary>
    /// <param name="layout">How images lie in features.</param>
    /// <param name="means">The mean of each channel.</param>
    /// <param name="deviations">The standard deviation of each channel, above 0.</param>
    /// <exception cref="ArgumentException">There is not one mean and deviation for each channel, or a deviation is not above 0.</exception>
    public ImageScaling(ImageLayout layout, ReadOnlySpan<float> means, ReadOnlySpan<float> deviations)
    {
        if (means.Length != layout.Channels || deviations.Length != layout.Channels)
            throw new ArgumentException($"There are {means.Length} means and {deviations.Length} deviations for {layout.Channels} channels.", nameof(means));
        (_layout, _shifts, _factors) = (layout, new float[means.Length], new float[means.Length]);
        for (int channel = 0; channel < means.Length; channel++)
        {
            if (!(deviations[channel] > 0) || !float.IsFinite(means[channel] / deviations[channel]))
                throw new ArgumentException($"Channel {channel} has mean {means[channel]} and deviation {deviations[channel]}; a deviation is above 0.", nameof(deviations));
            (_shifts[channel], _factors[channel]) = (-means[channel] / deviations[channel], 1 / deviations[channel]);
        }
    }

    /// <summary>The mean and the standard deviation of each channel of some images; 1 for the deviation of a channel that is the same everywhere.</summary>
    /// <param name="features">The images.</param>
    /// <param name="layout">How they lie in features.</param>
    internal static (float[] Means, float[] Deviations) Measure(FeatureMatrix features, ImageLayout layout)
    {
        int channels = layout.Channels, pixels = layout.Height * layout.Width;
        var (sums, squares) = (new double[channels], new double[channels]);
        for (int row = 0; row < features.Rows; row++)
        {
            var values = features.StoredValues(row);
            var slots = features.StoredIndices(row);
            for (int i = 0; i < values.Length; i++)
            {
                int slot = features.IsDense ? i : slots[i], channel = layout.IsInterleaved ? slot % channels : slot / pixels;
                sums[channel] += values[i];
                squares[channel] += (double)values[i] * values[i];
            }
        }

        var (means, deviations) = (new float[channels], new float[channels]);
        double count = (double)features.Rows * pixels;
        for (int channel = 0; channel < channels; channel++)
        {
            double mean = sums[channel] / count, variance = (squares[channel] / count) - (mean * mean);

            // What rounding leaves of a channel that does not vary is no variance.
            bool varies = variance > 1e-12 * squares[channel] / count;
            (means[channel], deviations[channel]) = ((float)mean, varies ? (float)Math.Sqrt(variance) : 1);
        }

        return (means, deviations);
    }

    /// <inheritdoc/>
    public override string ToString() => $"ImageScaling({_layout.Channels}, {_layout.Height} × {_layout.Width})";

    /// <inheritdoc/>
    protected override Tensor Compute(Tensor x, Pass pass)
    {
        ArgumentNullException.ThrowIfNull(x);
        if (_layout.IsInterleaved) x = x.Permute(0, 3, 1, 2);
        Shape each = [_layout.Channels, 1, 1];
        return (x * Tensor.From(x.Backend, _factors, each)) + Tensor.From(x.Backend, _shifts, each);
    }
}
