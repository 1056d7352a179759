using MLPath.Runtime;

namespace MLPath.Transforms;

/// <summary>
/// Turns categories into vectors of numbers by hashing: each value gets the slot of its hash, of 2^bits slots. Unlike with
/// <see cref="OneHotEncodingEstimator"/> there is no table of the categories, so any number of them will do, and ones that were not seen in training are told
/// apart too; different categories may share a slot.
/// </summary>
/// <remarks>Missing values get zeros. With many slots the vectors are stored sparse. See <see cref="HashingEstimator"/> for the hash.</remarks>
public sealed class OneHotHashEncodingEstimator : OneToOneEstimator<OneHotHashEncodingTransformer>
{
    internal const int DefaultNumberOfBits = 16;

    private readonly OneHotEncodingEstimator.OutputKind _outputKind;
    private readonly HashingEstimator.ColumnOptions[] _hashing;
    private readonly string _description;

    /// <summary>Creates the estimator.</summary>
    /// <param name="columns">The columns to make, and of which.</param>
    /// <param name="outputKind">What is made of the categories.</param>
    /// <param name="numberOfBits">The number of bits of a hash, 1 to 31: there are 2^bits slots, at most 2^24 where there are slots.</param>
    /// <param name="seed">The seed of the hash.</param>
    /// <param name="useOrderedHashing">Whether the position of a vector's items counts, so that equal items in two slots get different ones.</param>
    /// <param name="maximumNumberOfInverts">The most values that are kept to name each slot; 0 for none, −1 for all.</param>
    public OneHotHashEncodingEstimator(
        IEnumerable<InputOutputColumnPair> columns,
        OneHotEncodingEstimator.OutputKind outputKind = OneHotEncodingEstimator.OutputKind.Indicator,
        int numberOfBits = DefaultNumberOfBits,
        uint seed = HashingEstimator.DefaultSeed,
        bool useOrderedHashing = true,
        int maximumNumberOfInverts = 0)
        : base(columns)
    {
        if (!Enum.IsDefined(outputKind))
            throw new ArgumentOutOfRangeException(nameof(outputKind), outputKind, "There is no such output.");
        _outputKind = outputKind;
        _hashing = [.. Columns.Select(c => new HashingEstimator.ColumnOptions(
            c.OutputColumnName, c.InputColumnName, numberOfBits, seed, useOrderedHashing, maximumNumberOfInverts))];
        _description = OneHotHashEncodingTransformer.Describe(Columns, outputKind, numberOfBits);
    }

    /// <inheritdoc/>
    public override string ToString() => _description;

    /// <inheritdoc/>
    protected override OneHotHashEncodingTransformer Fit(IDataView input, IReadOnlyList<DataViewSchema.Column> inputs, FitContext context)
    {
        var hashing = new HashingEstimator(_hashing).Fit(input, context);
        var transformer = new OneHotHashEncodingTransformer(hashing, _outputKind, _description) { FittedOn = hashing.FittedOn };
        _ = transformer.GetOutputSchema(input.Schema); // too many slots are an error of the fit
        return transformer;
    }

    /// <inheritdoc/>
    protected override SchemaShape.Column GetOutputColumn(SchemaShape.Column input, string outputColumnName)
    {
        var key = HashingEstimator.GetKeyColumn(input, _hashing.First(o => o.Name == outputColumnName));
        return OneHotEncodingTransformer.Encoding(_outputKind)?.ToShape(key, outputColumnName) ?? key;
    }
}

/// <summary>Turns categories into vectors of numbers by hashing.</summary>
public sealed class OneHotHashEncodingTransformer : OneToOneTransformer
{
    internal const string Id = "MLPath.OneHotHashEncoding";

    private readonly HashingTransformer _hashing;
    private readonly OneHotEncodingEstimator.OutputKind _outputKind;
    private readonly string _description;

    internal OneHotHashEncodingTransformer(HashingTransformer hashing, OneHotEncodingEstimator.OutputKind outputKind, string description)
        : base(hashing.Columns) => (_hashing, _outputKind, _description) = (hashing, outputKind, description);

    /// <inheritdoc/>
    public override string ComponentId => Id;

    /// <inheritdoc/>
    public override void Save(ModelSaveContext context)
    {
        context.WriteEnum("OutputKind", _outputKind);
        context.Write("Description", _description);
        context.SaveChild("Hashing", _hashing);
    }

    /// <inheritdoc/>
    public override string ToString() => _description;

    internal static string Describe(IReadOnlyList<InputOutputColumnPair> columns, OneHotEncodingEstimator.OutputKind outputKind, int numberOfBits) =>
        InputOutputColumnPair.Describe("OneHotHashEncoding", columns, string.Create(System.Globalization.CultureInfo.InvariantCulture, $"{outputKind}, {numberOfBits} bits"));

    internal static OneHotHashEncodingTransformer Load(ModelLoadContext context) => new(
        context.LoadChild<HashingTransformer>("Hashing"),
        context.ReadEnum<OneHotEncodingEstimator.OutputKind>("OutputKind"),
        context.ReadString("Description"));

    /// <inheritdoc/>
    protected override ColumnFunction Bind(DataViewSchema.Column input, int index)
    {
        var toKey = _hashing.ToKeys(input, index);
        return OneHotEncodingTransformer.Encoding(_outputKind) is { } encoding
            ? OneHotEncodingTransformer.Then(input, toKey, key => encoding.ToFunction(key, Columns[index].OutputColumnName))
            : toKey;
    }
}
