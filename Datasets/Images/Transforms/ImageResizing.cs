using System.Globalization;
using MLPath.Data;
using MLPath.Datasets.Images;
using MLPath.Runtime;

namespace MLPath.Transforms.Image;

/// <summary>Makes images of one size. Learns nothing.</summary>
/// <remarks>
/// Pixels are interpolated linearly where an image grows; where it shrinks, each is the mean of those it stands for, weighted by a triangle
/// (antialiasing), so that fine patterns do not turn into coarse ones.
/// </remarks>
public sealed class ImageResizingEstimator : TrivialEstimator<ImageResizingTransformer>
{
    /// <summary>Creates the estimator.</summary>
    /// <param name="imageWidth">The columns of pixels to make; at least 1.</param>
    /// <param name="imageHeight">The rows of pixels to make; at least 1.</param>
    /// <param name="resizing">What is done where the proportions differ.</param>
    /// <param name="cropAnchor">Which part stays when cropping.</param>
    /// <param name="columns">The columns to make, and of which.</param>
    public ImageResizingEstimator(
        int imageWidth, int imageHeight, ResizingKind resizing = ResizingKind.IsoCrop, Anchor cropAnchor = Anchor.Center,
        params IEnumerable<InputOutputColumnPair> columns)
        : base(new ImageResizingTransformer(imageWidth, imageHeight, resizing, cropAnchor, columns)) { }

    /// <summary>What is done where the proportions differ; ML.NET's names.</summary>
    public enum ResizingKind : byte
    {
        /// <summary>The whole image is shown, in the middle, between bars of transparent black.</summary>
        IsoPad = 0,

        /// <summary>The image fills the size, and what does not fit is cut off.</summary>
        IsoCrop = 1,

        /// <summary>The image is stretched or squeezed.</summary>
        Fill = 2,
    }

    /// <summary>Which part stays when cropping; ML.NET's names.</summary>
    public enum Anchor : byte
    {
        /// <summary>The right.</summary>
        Right = 0,

        /// <summary>The left.</summary>
        Left = 1,

        /// <summary>The top.</summary>
        Top = 2,

        /// <summary>The bottom.</summary>
        Bottom = 3,

        /// <summary>The middle.</summary>
        Center = 4,
    }

    /// <inheritdoc/>
    public override SchemaShape GetOutputSchema(SchemaShape inputSchema)
    {
        ArgumentNullException.ThrowIfNull(inputSchema);
        return inputSchema.With(Transformer.Columns.Select(pair =>
        {
            ImageColumns.Type(inputSchema[pair.InputColumnName]);
            return ImageColumns.Shape(pair.OutputColumnName, new ImageDataViewType(Transformer.ImageHeight, Transformer.ImageWidth));
        }).ToList());
    }
}

/// <summary>Makes images of one size. A missing image stays missing; one that has the size already is passed on as it is.</summary>
public sealed class ImageResizingTransformer : OneToOneTransformer
{
    internal const string Id = "MLPath.ResizeImages";

    private readonly ImageResizingEstimator.ResizingKind _resizing;
    private readonly ImageResizingEstimator.Anchor _anchor;
    private readonly ImageDataViewType _type;

    /// <summary>Creates the transformer.</summary>
    /// <param name="imageWidth">The columns of pixels to make; at least 1.</param>
    /// <param name="imageHeight">The rows of pixels to make; at least 1.</param>
    /// <param name="resizing">What is done where the proportions differ.</param>
    /// <param name="cropAnchor">Which part stays when cropping.</param>
    /// <param name="columns">The columns to make, and of which.</param>
    public ImageResizingTransformer(
        int imageWidth, int imageHeight,
        ImageResizingEstimator.ResizingKind resizing = ImageResizingEstimator.ResizingKind.IsoCrop,
        ImageResizingEstimator.Anchor cropAnchor = ImageResizingEstimator.Anchor.Center,
        params IEnumerable<InputOutputColumnPair> columns)
        : base(columns)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(imageWidth, 1);
        ArgumentOutOfRangeException.ThrowIfLessThan(imageHeight, 1);
        ArgumentOutOfRangeException.ThrowIfGreaterThan((long)imageWidth * imageHeight, MLImage.MaxFilePixels, nameof(imageWidth));
        if (!Enum.IsDefined(resizing))
            throw new ArgumentOutOfRangeException(nameof(resizing), resizing, "There is no such kind of resizing.");
        if (!Enum.IsDefined(cropAnchor))
            throw new ArgumentOutOfRangeException(nameof(cropAnchor), cropAnchor, "There is no such anchor.");
        (_resizing, _anchor, _type) = (resizing, cropAnchor, new ImageDataViewType(imageHeight, imageWidth));
    }

    /// <summary>The columns of pixels made.</summary>
    public int ImageWidth => _type.Width;

    /// <summary>The rows of pixels made.</summary>
    public int ImageHeight => _type.Height;

    /// <inheritdoc/>
    public override string ComponentId => Id;

    /// <inheritdoc/>
    public override void Save(ModelSaveContext context)
    {
        SaveColumns(context);
        context.Write("Width", ImageWidth);
        context.Write("Height", ImageHeight);
        context.WriteEnum("Resizing", _resizing);
        context.WriteEnum("Anchor", _anchor);
    }

    /// <inheritdoc/>
    public override string ToString()
    {
        string anchor = _resizing == ImageResizingEstimator.ResizingKind.IsoCrop && _anchor != ImageResizingEstimator.Anchor.Center ? $" {_anchor}" : "";
        return string.Create(CultureInfo.InvariantCulture, $"ResizeImages({string.Join(", ", Columns)}; {ImageWidth}×{ImageHeight}, {_resizing}{anchor})");
    }

    internal static ImageResizingTransformer Load(ModelLoadContext context) => new(
        context.ReadInt32("Width"), context.ReadInt32("Height"),
        context.ReadEnum<ImageResizingEstimator.ResizingKind>("Resizing"), context.ReadEnum<ImageResizingEstimator.Anchor>("Anchor"), LoadColumns(context));

    /// <inheritdoc/>
    protected override ColumnFunction Bind(DataViewSchema.Column input, int index)
    {
        ImageColumns.Type(input.Name, input.Type);
        return ImageColumns.Map(input, Columns[index].OutputColumnName, _type, Resize);
    }

    private MLImage Resize(MLImage image)
    {
        if (image.Width == ImageWidth && image.Height == ImageHeight)
            return image;
        byte[] pixels = _resizing switch
        {
            ImageResizingEstimator.ResizingKind.Fill => Resample(new(0, 0, image.Width, image.Height), ImageWidth, ImageHeight),
            ImageResizingEstimator.ResizingKind.IsoCrop => Resample(Crop(image), ImageWidth, ImageHeight),
            _ => Pad(),
        };
        return new MLImage(ImageWidth, ImageHeight, MLPixelFormat.Bgra32, pixels, image.Tag);

        byte[] Resample(ImageResampling.Box box, int width, int height) => ImageResampling.Resample(image, box, width, height);

        byte[] Pad()
        {
            double scale = Math.Min((double)ImageWidth / image.Width, (double)ImageHeight / image.Height);
            int width = Math.Clamp((int)Math.Round(image.Width * scale), 1, ImageWidth);
            int height = Math.Clamp((int)Math.Round(image.Height * scale), 1, ImageHeight);
            byte[] shown = Resample(new(0, 0, image.Width, image.Height), width, height);
            byte[] padded = new byte[ImageWidth * ImageHeight * MLImage.PixelBytes];
            int left = (ImageWidth - width) / 2, top = (ImageHeight - height) / 2;
            for (int y = 0; y < height; y++)
            {
                shown.AsSpan(y * width * MLImage.PixelBytes, width * MLImage.PixelBytes)
                    .CopyTo(padded.AsSpan((((top + y) * ImageWidth) + left) * MLImage.PixelBytes));
            }

            return padded;
        }
    }

    // The largest part with the proportions wanted, at the anchor; in the middle along the side that the anchor does not speak of.
    private ImageResampling.Box Crop(MLImage image)
    {
        double scale = Math.Min((double)image.Width / ImageWidth, (double)image.Height / ImageHeight);
        double width = ImageWidth * scale, height = ImageHeight * scale;
        double x = _anchor switch
        {
            ImageResizingEstimator.Anchor.Left => 0,
            ImageResizingEstimator.Anchor.Right => image.Width - width,
            _ => (image.Width - width) / 2,
        };
        double y = _anchor switch
        {
            ImageResizingEstimator.Anchor.Top => 0,
            ImageResizingEstimator.Anchor.Bottom => image.Height - height,
            _ => (image.Height - height) / 2,
        };
        return new(x, y, width, height);
    }
}
