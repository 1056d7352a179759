using System.Buffers.Binary;
using System.Security.Cryptography;

namespace MLPath.Data;

/// <summary>The type of a column of images; raw type <see cref="MLImage"/>. Null is a missing image.</summary>
public sealed class ImageDataViewType : StructuredDataViewType<MLImage>
{
    internal const string Id = "MLPath.Image";

    /// <summary>Images of any size, each its own.</summary>
    public ImageDataViewType() { }

    /// <summary>Images of one size.</summary>
    /// <param name="height">The number of rows of pixels; at least 1.</param>
    /// <param name="width">The number of columns of pixels; at least 1.</param>
    /// <exception cref="ArgumentOutOfRangeException">A size is below 1, or both together are more pixels than an array holds.</exception>
    public ImageDataViewType(int height, int width) : base(height, width)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(height, 1);
        ArgumentOutOfRangeException.ThrowIfLessThan(width, 1);
        ArgumentOutOfRangeException.ThrowIfGreaterThan((long)height * width, int.MaxValue / MLImage.PixelBytes, nameof(height));
    }

    /// <summary>The number of rows of pixels; 0 where each image has its own size.</summary>
    public int Height => Dimensions.Count > 0 ? Dimensions[0] : 0;

    /// <summary>The number of columns of pixels; 0 where each image has its own size.</summary>
    public int Width => Dimensions.Count > 0 ? Dimensions[1] : 0;

    /// <inheritdoc/>
    public override string TypeId => Id;

    /// <summary>Adds size and pixels; what the image is called, and in which order its bytes are, does not matter.</summary>
    /// <inheritdoc/>
    public override void AppendContent(IncrementalHash hash, MLImage value)
    {
        ArgumentNullException.ThrowIfNull(hash);
        ArgumentNullException.ThrowIfNull(value);
        Span<byte> size = stackalloc byte[8];
        BinaryPrimitives.WriteInt32LittleEndian(size, value.Width);
        BinaryPrimitives.WriteInt32LittleEndian(size[4..], value.Height);
        hash.AppendData(size);
        hash.AppendData(value.PixelFormat == MLPixelFormat.Bgra32 ? value.Pixels : value.CopyBgra());
    }

    /// <summary>"Image", or "Image&lt;32x64&gt;" for images of 32 rows and 64 columns.</summary>
    public override string ToString() => Dimensions.Count > 0 ? $"Image<{Height}x{Width}>" : "Image";

    /// <summary>Restores the type from a model file.</summary>
    internal static ImageDataViewType Of(IReadOnlyList<int> dimensions) => dimensions switch
    {
        [] => new(),
        [var height, var width] => new(height, width),
        _ => throw new ArgumentException($"An image has a height and a width; {dimensions.Count} dimensions were given.", nameof(dimensions)),
    };
}

/// <summary>Makes a member of type <see cref="MLImage"/> a column of images.</summary>
public sealed class ImageTypeAttribute : DataViewTypeAttribute
{
    /// <summary>Images of any size, each its own.</summary>
    public ImageTypeAttribute() => Type = new ImageDataViewType();

    /// <summary>Images of one size.</summary>
    /// <param name="height">The number of rows of pixels; at least 1.</param>
    /// <param name="width">The number of columns of pixels; at least 1.</param>
    public ImageTypeAttribute(int height, int width) => Type = new ImageDataViewType(height, width);

    /// <summary>The number of rows of pixels; 0 where each image has its own size.</summary>
    public int Height => ((ImageDataViewType)Type).Height;

    /// <summary>The number of columns of pixels; 0 where each image has its own size.</summary>
    public int Width => ((ImageDataViewType)Type).Width;

    /// <inheritdoc/>
    public override DataViewType Type { get; }
}
