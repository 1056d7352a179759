using System.Globalization;
using MLPath.Data;
using MLPath.Runtime;
using ColorBits = MLPath.Transforms.Image.ImagePixelExtractingEstimator.ColorBits;
using ColorsOrder = MLPath.Transforms.Image.ImagePixelExtractingEstimator.ColorsOrder;

namespace MLPath.Transforms.Image;

/// <summary>Makes images of vectors of pixel values. Learns nothing.</summary>
public sealed class VectorToImageConvertingEstimator : TrivialEstimator<VectorToImageConvertingTransformer>
{
    /// <summary>Creates the estimator.</summary>
    /// <param name="options">How the vectors are read.</param>
    /// <param name="columns">The columns to make, and of which.</param>
    public VectorToImageConvertingEstimator(Options options, params IEnumerable<InputOutputColumnPair> columns)
        : base(new VectorToImageConvertingTransformer(options, columns)) { }

    /// <summary>How vectors are read as images.</summary>
    /// <param name="ImageHeight">The rows of pixels; at least 1.</param>
    /// <param name="ImageWidth">The columns of pixels; at least 1.</param>
    public sealed record Options(int ImageHeight, int ImageWidth)
    {
        /// <summary>The colours that the vectors have.</summary>
        public ColorBits ColorsPresent { get; init; } = ColorBits.Rgb;

        /// <summary>Their order.</summary>
        public ColorsOrder OrderOfColors { get; init; } = ColorsOrder.ARGB;

        /// <summary>Whether vectors are height × width × colours; otherwise they are colours × height × width.</summary>
        public bool InterleavedColors { get; init; }

        /// <summary>What each value is multiplied by.</summary>
        public float ScaleImage { get; init; } = 1;

        /// <summary>What is subtracted from the product.</summary>
        public float OffsetImage { get; init; }

        /// <summary>Alpha where the vectors have none; 0 to 255.</summary>
        public int DefaultAlpha { get; init; } = 255;

        /// <summary>Red where the vectors have none; 0 to 255.</summary>
        public int DefaultRed { get; init; }

        /// <summary>Green where the vectors have none; 0 to 255.</summary>
        public int DefaultGreen { get; init; }

        /// <summary>Blue where the vectors have none; 0 to 255.</summary>
        public int DefaultBlue { get; init; }
    }

    /// <inheritdoc/>
    public override SchemaShape GetOutputSchema(SchemaShape inputSchema)
    {
        ArgumentNullException.ThrowIfNull(inputSchema);
        return inputSchema.With(Transformer.Columns.Select(pair =>
        {
            var input = inputSchema[pair.InputColumnName];
            // A size that is not known yet is checked when the data are there.
            bool fits = input.Kind == SchemaShape.Column.VectorKind.Vector && !input.IsKey && VectorToImageConvertingTransformer.CanRead(input.ItemType)
                && (input.Size is not { } size || size == Transformer.Size);
            return fits ? ImageColumns.Shape(pair.OutputColumnName, Transformer.Type) : throw Transformer.WrongInput(input.Name, input.TypeText);
        }).ToList());
    }
}

/// <summary>
/// Makes images of vectors: value × scale − offset for each colour of each pixel, rounded to the nearest and limited to 0 to 255; NaN becomes 0.
/// </summary>
public sealed class VectorToImageConvertingTransformer : OneToOneTransformer
{
    internal const string Id = "MLPath.ConvertToImage";

    private readonly VectorToImageConvertingEstimator.Options _options;
    private readonly PixelLayout _layout;

    /// <summary>Creates the transformer.</summary>
    /// <param name="options">How the vectors are read.</param>
    /// <param name="columns">The columns to make, and of which.</param>
    public VectorToImageConvertingTransformer(VectorToImageConvertingEstimator.Options options, params IEnumerable<InputOutputColumnPair> columns) : base(columns)
    {
        ArgumentNullException.ThrowIfNull(options);
        _options = options;
        _layout = new PixelLayout(options.ColorsPresent, options.OrderOfColors, options.InterleavedColors).Checked("colorsPresent", "orderOfColors");
        Type = new ImageDataViewType(options.ImageHeight, options.ImageWidth);
        ArgumentOutOfRangeException.ThrowIfGreaterThan((long)Type.Width * Type.Height, MLImage.MaxFilePixels, "imageWidth");
        if (!float.IsFinite(options.ScaleImage) || !float.IsFinite(options.OffsetImage))
            throw new ArgumentOutOfRangeException(nameof(options), options, "Scale and offset are numbers, neither NaN nor infinite.");
        foreach (int value in (ReadOnlySpan<int>)[options.DefaultAlpha, options.DefaultRed, options.DefaultGreen, options.DefaultBlue])
        {
            if (value is < 0 or > 255)
                throw new ArgumentOutOfRangeException(nameof(options), value, "A default colour is from 0 to 255.");
        }
    }

    /// <inheritdoc/>
    public override string ComponentId => Id;

    internal ImageDataViewType Type { get; }

    /// <summary>The slots that vectors need.</summary>
    internal int Size => _layout.Planes * Type.Height * Type.Width;

    /// <inheritdoc/>
    public override void Save(ModelSaveContext context)
    {
        SaveColumns(context);
        context.Write("Height", _options.ImageHeight);
        context.Write("Width", _options.ImageWidth);
        _layout.Save(context);
        context.Write("Scale", _options.ScaleImage);
        context.Write("Offset", _options.OffsetImage);
        context.Write("DefaultAlpha", _options.DefaultAlpha);
        context.Write("DefaultRed", _options.DefaultRed);
        context.Write("DefaultGreen", _options.DefaultGreen);
        context.Write("DefaultBlue", _options.DefaultBlue);
    }

    /// <inheritdoc/>
    public override string ToString()
    {
        var (scale, offset) = (_options.ScaleImage, _options.OffsetImage);
        return string.Create(CultureInfo.InvariantCulture,
            $"ConvertToImage({string.Join(", ", Columns)}; {Type.Width}×{Type.Height}, {_layout}{(scale == 1 && offset == 0 ? "" : $", value × {scale} − {offset}")})");
    }

    internal static VectorToImageConvertingTransformer Load(ModelLoadContext context)
    {
        var layout = PixelLayout.Load(context);
        return new(new VectorToImageConvertingEstimator.Options(context.ReadInt32("Height"), context.ReadInt32("Width"))
        {
            ColorsPresent = layout.Colors,
            OrderOfColors = layout.Order,
            InterleavedColors = layout.Interleaved,
            ScaleImage = context.ReadSingle("Scale"),
            OffsetImage = context.ReadSingle("Offset"),
            DefaultAlpha = context.ReadInt32("DefaultAlpha"),
            DefaultRed = context.ReadInt32("DefaultRed"),
            DefaultGreen = context.ReadInt32("DefaultGreen"),
            DefaultBlue = context.ReadInt32("DefaultBlue"),
        }, LoadColumns(context));
    }

    internal static bool CanRead(DataViewType itemType) =>
        itemType == NumberDataViewType.Single || itemType == NumberDataViewType.Double || itemType == NumberDataViewType.Byte;

    internal SchemaException WrongInput(string name, string found) => SchemaException.WrongType(
        name, string.Create(CultureInfo.InvariantCulture, $"a vector of Single, Double or Byte with {_layout.Planes} × {Type.Height} × {Type.Width} = {Size} slots"), found);

    /// <inheritdoc/>
    protected override ColumnFunction Bind(DataViewSchema.Column input, int index)
    {
        if (input.Type is not VectorDataViewType vector || vector.Size != Size || !CanRead(vector.ItemType))
            throw WrongInput(input.Name, input.Type.ToString()!);
        return vector.Accept(new Factory(this, input, new DataViewSchema.DetachedColumn(Columns[index].OutputColumnName, Type)));
    }

    private sealed class Factory(VectorToImageConvertingTransformer owner, DataViewSchema.Column input, DataViewSchema.DetachedColumn output)
        : IRawTypeVisitor<ColumnFunction>
    {
        public ColumnFunction Visit<T>() => new([input], [output], () => new Worker<T>(owner, input.Index).Run);
    }

    private sealed class Worker<T>(VectorToImageConvertingTransformer owner, int column)
    {
        private readonly Func<T, float> _convert = NumberConversion.Of<T, float>();
        private readonly T[] _row = new T[owner.Size];

        public void Run(RowBatch batch, ReadOnlySpan<ColumnBuffer?> outputs)
        {
            var vectors = batch.Vectors<T>(column);
            var images = ((ScalarColumn<MLImage?>)outputs[0]!).Allocate(vectors.Count);
            for (int row = 0; row < vectors.Count; row++)
            {
                vectors.CopyRowTo(row, _row);
                byte[] pixels = new byte[owner.Type.Width * owner.Type.Height * MLImage.PixelBytes];
                Write(ColorBits.Blue, pixels, 0, owner._options.DefaultBlue);
                Write(ColorBits.Green, pixels, 1, owner._options.DefaultGreen);
                Write(ColorBits.Red, pixels, 2, owner._options.DefaultRed);
                Write(ColorBits.Alpha, pixels, 3, owner._options.DefaultAlpha);
                images[row] = new MLImage(owner.Type.Width, owner.Type.Height, MLPixelFormat.Bgra32, pixels);
            }
        }

        private void Write(ColorBits color, byte[] pixels, int to, int missing)
        {
            var (slot, step) = owner._layout.Slots(color, pixels.Length / MLImage.PixelBytes);
            for (; to < pixels.Length; to += MLImage.PixelBytes, slot += step)
                pixels[to] = slot < 0 ? (byte)missing : ToByte(_convert(_row[slot]));
        }

        private byte ToByte(float value)
        {
            float scaled = MathF.Round((value * owner._options.ScaleImage) - owner._options.OffsetImage);
            return float.IsNaN(scaled) ? (byte)0 : (byte)Math.Clamp(scaled, 0, 255);
        }
    }
}
