using System.Globalization;
using MLPath.Data;
using MLPath.Runtime;

namespace MLPath.Transforms.Image;

/// <summary>Makes vectors of the pixels of images, all of one size: the features that trainers read. Learns nothing.</summary>
public sealed class ImagePixelExtractingEstimator : TrivialEstimator<ImagePixelExtractingTransformer>
{
    /// <summary>Creates the estimator.</summary>
    /// <param name="colorsToExtract">The colours wanted.</param>
    /// <param name="orderOfExtraction">Their order; of <c>ARGB</c> without alpha, red is the first.</param>
    /// <param name="interleavePixelColors">
    /// Whether the vector is height × width × colours; otherwise it is colours × height × width.
    /// </param>
    /// <param name="offsetImage">What is subtracted from each value first.</param>
    /// <param name="scaleImage">What the difference is multiplied by; not 0.</param>
    /// <param name="outputAsFloatArray">Whether values are Single; otherwise they are Byte, without offset and scale.</param>
    /// <param name="columns">The columns to make, and of which.</param>
    public ImagePixelExtractingEstimator(
        ColorBits colorsToExtract = ColorBits.Rgb, ColorsOrder orderOfExtraction = ColorsOrder.ARGB, bool interleavePixelColors = false,
        float offsetImage = 0, float scaleImage = 1, bool outputAsFloatArray = true, params IEnumerable<InputOutputColumnPair> columns)
        : base(new ImagePixelExtractingTransformer(
            colorsToExtract, orderOfExtraction, interleavePixelColors, offsetImage, scaleImage, outputAsFloatArray, columns))
    { }

    /// <summary>Colours of a pixel; ML.NET's names.</summary>
    [Flags]
    public enum ColorBits : byte
    {
        /// <summary>Opacity.</summary>
        Alpha = 1,

        /// <summary>Red.</summary>
        Red = 2,

        /// <summary>Green.</summary>
        Green = 4,

        /// <summary>Blue.</summary>
        Blue = 8,

        /// <summary>The three colours.</summary>
        Rgb = Red | Green | Blue,

        /// <summary>The three colours and alpha.</summary>
        All = Alpha | Rgb,
    }

    /// <summary>The order of colours; ML.NET's names.</summary>
    public enum ColorsOrder : byte
    {
        /// <summary>Alpha, red, green, blue.</summary>
        ARGB = 1,

        /// <summary>Alpha, red, blue, green.</summary>
        ARBG = 2,

        /// <summary>Alpha, blue, red, green.</summary>
        ABRG = 3,

        /// <summary>Alpha, blue, green, red.</summary>
        ABGR = 4,

        /// <summary>Alpha, green, red, blue.</summary>
        AGRB = 5,

        /// <summary>Alpha, green, blue, red.</summary>
        AGBR = 6,
    }

    /// <inheritdoc/>
    public override SchemaShape GetOutputSchema(SchemaShape inputSchema)
    {
        ArgumentNullException.ThrowIfNull(inputSchema);
        return inputSchema.With(Transformer.Columns.Select(pair =>
        {
            var type = ImageColumns.Type(inputSchema[pair.InputColumnName]);
            var vector = Transformer.VectorType(pair.InputColumnName, type);
            return new SchemaShape.Column(
                pair.OutputColumnName, SchemaShape.Column.VectorKind.Vector, vector.ItemType, isKey: false, dimensions: vector.Dimensions);
        }).ToList());
    }
}

/// <summary>
/// Makes vectors of the pixels of images: (value − offset) × scale for each colour wanted of each pixel, values from 0 to 255. A missing image gives
/// zeros, as in ML.NET.
/// </summary>
public sealed class ImagePixelExtractingTransformer : OneToOneTransformer
{
    internal const string Id = "MLPath.ExtractPixels";

    private readonly PixelLayout _layout;
    private readonly float _offset;
    private readonly float _scale;
    private readonly bool _asFloat;

    /// <summary>Creates the transformer.</summary>
    /// <param name="colorsToExtract">The colours wanted.</param>
    /// <param name="orderOfExtraction">Their order.</param>
    /// <param name="interleavePixelColors">Whether the colours of a pixel stand together.</param>
    /// <param name="offsetImage">What is subtracted from each value first.</param>
    /// <param name="scaleImage">What the difference is multiplied by; not 0.</param>
    /// <param name="outputAsFloatArray">Whether values are Single; otherwise they are Byte, without offset and scale.</param>
    /// <param name="columns">The columns to make, and of which.</param>
    public ImagePixelExtractingTransformer(
        ImagePixelExtractingEstimator.ColorBits colorsToExtract = ImagePixelExtractingEstimator.ColorBits.Rgb,
        ImagePixelExtractingEstimator.ColorsOrder orderOfExtraction = ImagePixelExtractingEstimator.ColorsOrder.ARGB,
        bool interleavePixelColors = false, float offsetImage = 0, float scaleImage = 1, bool outputAsFloatArray = true,
        params IEnumerable<InputOutputColumnPair> columns)
        : this(new PixelLayout(colorsToExtract, orderOfExtraction, interleavePixelColors), offsetImage, scaleImage, outputAsFloatArray, columns) { }

    private ImagePixelExtractingTransformer(
        PixelLayout layout, float offsetImage, float scaleImage, bool outputAsFloatArray, IEnumerable<InputOutputColumnPair> columns)
        : base(columns)
    {
        if (!float.IsFinite(offsetImage))
            throw new ArgumentOutOfRangeException(nameof(offsetImage), offsetImage, "The offset is a number, neither NaN nor infinite.");
        if (!float.IsFinite(scaleImage) || scaleImage == 0)
            throw new ArgumentOutOfRangeException(nameof(scaleImage), scaleImage, "The scale is a number other than 0, neither NaN nor infinite.");
        if (!outputAsFloatArray && (offsetImage != 0 || scaleImage != 1))
            throw new ArgumentException("Bytes are extracted as they are: leave offset and scale out, or extract Single.", nameof(outputAsFloatArray));
        _layout = layout.Checked("colorsToExtract", "orderOfExtraction");
        (_offset, _scale, _asFloat) = (offsetImage, scaleImage, outputAsFloatArray);
    }

    /// <inheritdoc/>
    public override string ComponentId => Id;

    /// <inheritdoc/>
    public override void Save(ModelSaveContext context)
    {
        SaveColumns(context);
        _layout.Save(context);
        context.Write("Offset", _offset);
        context.Write("Scale", _scale);
        context.Write("AsFloat", _asFloat);
    }

    /// <inheritdoc/>
    public override string ToString() => string.Create(CultureInfo.InvariantCulture,
        $"ExtractPixels({string.Join(", ", Columns)}; {_layout}{(_asFloat ? _offset == 0 && _scale == 1 ? "" : $", (value − {_offset}) × {_scale}" : ", as bytes")})");

    internal static ImagePixelExtractingTransformer Load(ModelLoadContext context) =>
        new(PixelLayout.Load(context), context.ReadSingle("Offset"), context.ReadSingle("Scale"), context.ReadBoolean("AsFloat"), LoadColumns(context));

    /// <summary>The type of the vectors made of a column of images.</summary>
    internal VectorDataViewType VectorType(string inputColumnName, ImageDataViewType type)
    {
        if (type.Height == 0)
        {
            throw SchemaException.WrongType(
                inputColumnName, "images of one size", type.ToString(), "Put Transforms.ResizeImages before this step; vectors have the same number of slots in all rows.");
        }

        if ((long)type.Height * type.Width * _layout.Planes > Array.MaxLength)
            throw SchemaException.WrongType(inputColumnName, "images of fewer pixels", type.ToString(), "Make them smaller with Transforms.ResizeImages.");
        return new VectorDataViewType(_asFloat ? NumberDataViewType.Single : NumberDataViewType.Byte, _layout.Dimensions(type.Height, type.Width));
    }

    /// <inheritdoc/>
    protected override ColumnFunction Bind(DataViewSchema.Column input, int index)
    {
        var type = ImageColumns.Type(input.Name, input.Type);
        var output = new DataViewSchema.DetachedColumn(Columns[index].OutputColumnName, VectorType(input.Name, type));
        // There are 256 values, so each is converted once.
        return _asFloat
            ? Function(input, output, type, [.. Enumerable.Range(0, 256).Select(value => (value - _offset) * _scale)])
            : Function(input, output, type, [.. Enumerable.Range(0, 256).Select(value => (byte)value)]);
    }

    private ColumnFunction Function<T>(DataViewSchema.Column input, DataViewSchema.DetachedColumn output, ImageDataViewType type, T[] values) =>
        new([input], [output], () => (batch, outputs) => Extract(batch, input, type, (VectorColumn<T>)outputs[0]!, values));

    private void Extract<T>(RowBatch batch, DataViewSchema.Column input, ImageDataViewType type, VectorColumn<T> vectors, T[] values)
    {
        var images = batch.Scalars<MLImage?>(input.Index);
        var block = vectors.AllocateDense(images.Length);
        for (int row = 0; row < images.Length; row++)
        {
            var to = block.Slice(row * vectors.Size, vectors.Size);
            if (images[row] is { } image)
                Extract(image, batch.Position + row, input.Name, type, values, to);
            else
                to.Clear();
        }
    }

    private void Extract<T>(MLImage image, long row, string column, ImageDataViewType type, ReadOnlySpan<T> values, Span<T> to)
    {
        if (image.Height != type.Height || image.Width != type.Width)
        {
            throw new DataException(string.Create(CultureInfo.InvariantCulture,
                $"Row {row}, column '{column}': {image.Describe()} is where images of {type.Width}×{type.Height} were promised. Put Transforms.ResizeImages before this step."));
        }

        var (red, green, blue) = image.Offsets;
        int pixels = image.Width * image.Height;
        Plane(ImagePixelExtractingEstimator.ColorBits.Alpha, 3, values, to);
        Plane(ImagePixelExtractingEstimator.ColorBits.Red, red, values, to);
        Plane(ImagePixelExtractingEstimator.ColorBits.Green, green, values, to);
        Plane(ImagePixelExtractingEstimator.ColorBits.Blue, blue, values, to);

        void Plane(ImagePixelExtractingEstimator.ColorBits color, int from, ReadOnlySpan<T> values, Span<T> to)
        {
            var (slot, step) = _layout.Slots(color, pixels);
            if (slot < 0)
                return;
            for (var bytes = image.Pixels; from < bytes.Length; from += MLImage.PixelBytes, slot += step)
                to[slot] = values[bytes[from]];
        }
    }
}
