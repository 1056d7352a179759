using System.Globalization;
using MLPath.Data;
using MLPath.Runtime;

namespace MLPath.Transforms.Image;

/// <summary>
/// Adds randomly changed copies of images to the rows that are trained on, so that what is learned does not depend on where an object stands, how it
/// is turned and how bright it is. It changes the column in place, an image or a vector of pixels, and repeats the other columns.
/// </summary>
/// <remarks>
/// <para>In a pipeline it takes part in training alone (<see cref="TransformerScope.Training"/>) unless <c>Append</c> is told otherwise: testing and
/// prediction see the rows as they are.</para>
/// <para>Every row becomes itself (<see cref="Options.KeepOriginal"/>) and <see cref="Options.Copies"/> changed copies, one after the other. A copy is
/// a function of the seed, the row's position and the copy's number alone: each pass, so each epoch of a trainer, sees the same copies. For more
/// variety make more copies.</para>
/// <para>The changes of a copy, in this order: turning, zooming, flipping and shifting in one interpolation; contrast; brightness; erasing. What
/// comes from outside the image is filled as <see cref="Options.Padding"/> says.</para>
/// </remarks>
public sealed class ImageAugmentingEstimator : IEstimator<ImageAugmentingTransformer>
{
    private readonly Options _options;

    /// <summary>Creates the estimator.</summary>
    /// <param name="options">What is changed, and how much.</param>
    /// <exception cref="OptionException">An option is out of its range, or all changes are off.</exception>
    public ImageAugmentingEstimator(Options options)
    {
        ArgumentNullException.ThrowIfNull(options);
        Options.All.Validate(options);
        ArgumentException.ThrowIfNullOrEmpty(options.ColumnName);
        if (options is { HorizontalFlip: 0, MaximumShift: 0, MaximumRotation: 0, MaximumZoom: 0, Brightness: 0, Contrast: 0, Erasing: 0 })
        {
            throw new OptionException(
                "AugmentImages would change nothing. Set at least one of HorizontalFlip, MaximumShift, MaximumRotation, MaximumZoom, Brightness, Contrast and Erasing.");
        }

        _options = options;
    }

    /// <summary>What fills the places that come from outside the image.</summary>
    public enum PaddingKind
    {
        /// <summary>0: black, transparent where there is alpha.</summary>
        Zero,

        /// <summary>The nearest pixel of the image.</summary>
        Edge,
    }

    /// <inheritdoc/>
    public TransformerScope DefaultScope => TransformerScope.Training;

    /// <inheritdoc/>
    public ImageAugmentingTransformer Fit(IDataView input, FitContext context)
    {
        ArgumentNullException.ThrowIfNull(input);
        ArgumentNullException.ThrowIfNull(context);
        GetOutputSchema(SchemaShape.Create(input.Schema));
        context.Checkpoint();
        return new ImageAugmentingTransformer(_options, context.CreateRandom("augmentation", _options.Seed).Key);
    }

    /// <inheritdoc/>
    public SchemaShape GetOutputSchema(SchemaShape inputSchema)
    {
        ArgumentNullException.ThrowIfNull(inputSchema);
        var column = inputSchema[_options.ColumnName];
        bool isImage = column.Kind == SchemaShape.Column.VectorKind.Scalar && column.ItemType is ImageDataViewType;
        bool isPixels = column.Kind == SchemaShape.Column.VectorKind.Vector && !column.IsKey && column.ItemType == NumberDataViewType.Single
            && (column.Dimensions.Count == 0 || PixelPlanes.Fit(column.Dimensions));
        return isImage || isPixels ? inputSchema : throw ImageAugmentingTransformer.WrongInput(column.Name, column.TypeText);
    }

    /// <inheritdoc/>
    public override string ToString() => Describe(_options);

    internal static string Describe(Options options) => $"AugmentImages({options.ColumnName}; {Options.All.Changes(options)})";

    /// <summary>What is changed, and how much. Everything is off unless set.</summary>
    public sealed record Options
    {
        /// <summary>
        /// The column that is changed: images, or vectors of Single with dimensions channels × height × width or height × width. Default "Image".
        /// </summary>
        public string ColumnName { get; init; } = "Image";

        /// <summary>How many changed copies each row gets, from 1. Default 1.</summary>
        public int Copies { get; init; } = 1;

        /// <summary>Whether the unchanged row stays, before its copies. Default true.</summary>
        public bool KeepOriginal { get; init; } = true;

        /// <summary>The probability that left and right change places, from 0 to 1. Not for letters and digits. Default 0.</summary>
        public double HorizontalFlip { get; init; }

        /// <summary>The most pixels, along each side, by which the image is shifted; whole numbers in both directions are equally likely. Default 0.</summary>
        public int MaximumShift { get; init; }

        /// <summary>The most degrees by which it is turned, in both directions, about its middle; from 0 to 180. Default 0.</summary>
        public double MaximumRotation { get; init; }

        /// <summary>
        /// By which part it is enlarged or reduced at most: 0.25 for a factor between 1/1.25 and 1.25, whose logarithm is uniform; from 0 to 4. Default 0.
        /// </summary>
        public double MaximumZoom { get; init; }

        /// <summary>By which part colours are multiplied up or down at most: 0.2 for a factor from 0.8 to 1.2; from 0 to 1. Default 0.</summary>
        public double Brightness { get; init; }

        /// <summary>By which part the distance of colours from their mean is changed at most; from 0 to 1. Default 0.</summary>
        public double Contrast { get; init; }

        /// <summary>
        /// The probability that a rectangle is set to 0: 2 to 40 percent of the area, with proportions from 0.3 to 1/0.3 (Zhong et al., "Random
        /// Erasing Data Augmentation", AAAI 2020); from 0 to 1. Default 0.
        /// </summary>
        public double Erasing { get; init; }

        /// <summary>What fills the places that come from outside the image. Default zero.</summary>
        public PaddingKind Padding { get; init; }

        /// <summary>The seed of the changes; null takes the one of the context.</summary>
        public int? Seed { get; init; }

        /// <summary>All options but the column.</summary>
        public static OptionSet<Options> All { get; } = new OptionSet<Options>(new())
            .Integer(nameof(Copies), "How many changed copies each row gets.", o => o.Copies, (o, v) => o with { Copies = v }, minimum: 1, maximum: 1000)
            .Boolean(nameof(KeepOriginal), "Keep the unchanged row, before its copies.", o => o.KeepOriginal, (o, v) => o with { KeepOriginal = v })
            .Number(nameof(HorizontalFlip), "The probability that left and right change places.", o => o.HorizontalFlip, (o, v) => o with { HorizontalFlip = v }, 0, 1)
            .Integer(nameof(MaximumShift), "The most pixels by which the image is shifted.", o => o.MaximumShift, (o, v) => o with { MaximumShift = v }, minimum: 0, maximum: 10_000)
            .Number(nameof(MaximumRotation), "The most degrees by which it is turned.", o => o.MaximumRotation, (o, v) => o with { MaximumRotation = v }, 0, 180)
            .Number(nameof(MaximumZoom), "By which part it is enlarged or reduced at most.", o => o.MaximumZoom, (o, v) => o with { MaximumZoom = v }, 0, 4)
            .Number(nameof(Brightness), "By which part colours are multiplied up or down at most.", o => o.Brightness, (o, v) => o with { Brightness = v }, 0, 1)
            .Number(nameof(Contrast), "By which part the distance of colours from their mean is changed at most.", o => o.Contrast, (o, v) => o with { Contrast = v }, 0, 1)
            .Number(nameof(Erasing), "The probability that a rectangle is set to 0.", o => o.Erasing, (o, v) => o with { Erasing = v }, 0, 1)
            .Choice(nameof(Padding), "What fills the places that come from outside the image.", o => o.Padding, (o, v) => o with { Padding = v })
            .Seed(o => o.Seed, (o, v) => o with { Seed = v });
    }
}

/// <summary>Adds changed copies of images to the rows; see <see cref="ImageAugmentingEstimator"/>.</summary>
public sealed class ImageAugmentingTransformer : ITransformer
{
    internal const string Id = "MLPath.AugmentImages";

    private readonly ImageAugmentingEstimator.Options _options;
    private readonly ulong _seed;

    internal ImageAugmentingTransformer(ImageAugmentingEstimator.Options options, ulong seed) => (_options, _seed) = (options, seed);

    /// <summary>False: rows become several.</summary>
    public bool IsRowToRowMapper => false;

    /// <inheritdoc/>
    public string ComponentId => Id;

    /// <inheritdoc/>
    public void Save(ModelSaveContext context)
    {
        ArgumentNullException.ThrowIfNull(context);
        context.Write("Column", _options.ColumnName);
        foreach (var (name, value) in ImageAugmentingEstimator.Options.All.Values(_options))
            context.Write(name, value);
        context.Write("RandomKey", _seed.ToString("X16", CultureInfo.InvariantCulture));
    }

    /// <inheritdoc/>
    public DataViewSchema GetOutputSchema(DataViewSchema inputSchema)
    {
        ArgumentNullException.ThrowIfNull(inputSchema);
        Column(inputSchema);
        return inputSchema;
    }

    /// <inheritdoc/>
    public IRowToRowMapper GetRowToRowMapper(DataViewSchema inputSchema) =>
        throw new InvalidOperationException("AugmentImages makes several rows of one, for training; append it with TransformerScope.Training. Use Transform on a view.");

    /// <inheritdoc/>
    public IDataView Transform(IDataView input)
    {
        ArgumentNullException.ThrowIfNull(input);
        return new AugmentedDataView(input, Column(input.Schema), _options, _seed, new LineageStep($"{this}, {_seed:X16}"));
    }

    /// <inheritdoc/>
    public override string ToString() => ImageAugmentingEstimator.Describe(_options);

    internal static ImageAugmentingTransformer Load(ModelLoadContext context)
    {
        var options = new ImageAugmentingEstimator.Options { ColumnName = context.ReadString("Column") };
        foreach (var option in ImageAugmentingEstimator.Options.All)
            options = ImageAugmentingEstimator.Options.All.Set(options, option.Name, context.ReadString(option.Name));
        return ulong.TryParse(context.ReadString("RandomKey"), NumberStyles.AllowHexSpecifier, CultureInfo.InvariantCulture, out ulong seed)
            ? new(options, seed)
            : throw context.Invalid("its random key is not a hexadecimal number");
    }

    internal static SchemaException WrongInput(string name, string found) => SchemaException.WrongType(
        name, "an image, or a vector of Single with dimensions channels × height × width or height × width,", found,
        "Extract pixels with interleavePixelColors: false, or augment the images before their pixels are extracted.");

    private DataViewSchema.Column Column(DataViewSchema schema)
    {
        var column = schema[_options.ColumnName];
        bool fits = column.Type is ImageDataViewType
            || (column.Type is VectorDataViewType vector && vector.ItemType == NumberDataViewType.Single && PixelPlanes.Fit(vector.Dimensions));
        return fits ? column : throw WrongInput(column.Name, column.Type.ToString()!);
    }
}
