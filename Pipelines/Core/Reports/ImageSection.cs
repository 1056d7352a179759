using MLPath.Data;

namespace MLPath.Reports;

/// <summary>Small images with a line of text under each, side by side: what a model mistook for what.</summary>
public sealed record ImageSection : ReportSection
{
    /// <summary>Makes a section of images.</summary>
    /// <param name="title">The heading.</param>
    /// <param name="layout">How the pixels of every image lie: grey, colours, or colours with opacity.</param>
    /// <param name="images">The images, in reading order.</param>
    /// <exception cref="ArgumentException">An image has another size, or the channels are not 1, 3 or 4.</exception>
    public ImageSection(string title, ImageLayout layout, IReadOnlyList<ReportImage> images)
        : base(title)
    {
        ArgumentNullException.ThrowIfNull(images);
        if (layout.Channels is not (1 or 3 or 4)) throw new ArgumentException($"Images of {layout.Channels} channels cannot be drawn.", nameof(layout));
        foreach (var image in images)
        {
            if (image.Pixels.Count != layout.Size) throw new ArgumentException($"An image of {image.Pixels.Count} values is where one of {layout.Size} was promised.", nameof(images));
        }

        (Layout, Images) = (layout, images);
    }

    /// <summary>How the pixels of every image lie.</summary>
    public ImageLayout Layout { get; }

    /// <summary>The images.</summary>
    public IReadOnlyList<ReportImage> Images { get; }
}

/// <summary>An image of a report.</summary>
/// <param name="Caption">What is said of it: <c>4 taken for 9, 0.998</c>.</param>
/// <param name="Pixels">Its values, of any scale: the least of a section's is drawn black, the greatest white. A value that is not finite is drawn black.</param>
public sealed record ReportImage(string Caption, IReadOnlyList<float> Pixels);
