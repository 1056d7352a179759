using MLPath.Data;
using MLPath.Runtime;

namespace MLPath.Transforms.Image;

/// <summary>
/// Takes the colour out of images: red, green and blue become 0.30 red + 0.59 green + 0.11 blue (the luma of ITU-R BT.601 in two digits, as in
/// ML.NET), rounded to the nearest, half up. Alpha stays. Learns nothing.
/// </summary>
/// <param name="columns">The columns to make, and of which.</param>
public sealed class ImageGrayscalingEstimator(params IEnumerable<InputOutputColumnPair> columns)
    : TrivialEstimator<ImageGrayscalingTransformer>(new ImageGrayscalingTransformer(columns))
{
    /// <inheritdoc/>
    public override SchemaShape GetOutputSchema(SchemaShape inputSchema)
    {
        ArgumentNullException.ThrowIfNull(inputSchema);
        return inputSchema.With(Transformer.Columns
            .Select(pair => ImageColumns.Shape(pair.OutputColumnName, ImageColumns.Type(inputSchema[pair.InputColumnName]))).ToList());
    }
}

/// <summary>Takes the colour out of images, which keep their size. A missing image stays missing.</summary>
/// <param name="columns">The columns to make, and of which.</param>
public sealed class ImageGrayscalingTransformer(params IEnumerable<InputOutputColumnPair> columns) : OneToOneTransformer(columns)
{
    internal const string Id = "MLPath.ConvertToGrayscale";

    /// <inheritdoc/>
    public override string ComponentId => Id;

    /// <inheritdoc/>
    public override void Save(ModelSaveContext context) => SaveColumns(context);

    /// <inheritdoc/>
    public override string ToString() => $"ConvertToGrayscale({string.Join(", ", Columns)})";

    internal static ImageGrayscalingTransformer Load(ModelLoadContext context) => new(LoadColumns(context));

    /// <inheritdoc/>
    protected override ColumnFunction Bind(DataViewSchema.Column input, int index) =>
        ImageColumns.Map(input, Columns[index].OutputColumnName, ImageColumns.Type(input.Name, input.Type), Gray);

    private static MLImage Gray(MLImage image)
    {
        byte[] pixels = image.CopyBgra();
        for (int i = 0; i < pixels.Length; i += MLImage.PixelBytes)
        {
            byte gray = (byte)(((30 * pixels[i + 2]) + (59 * pixels[i + 1]) + (11 * pixels[i]) + 50) / 100);
            pixels.AsSpan(i, 3).Fill(gray);
        }

        return new MLImage(image.Width, image.Height, MLPixelFormat.Bgra32, pixels, image.Tag);
    }
}
