using MLPath.Data;
using MLPath.Runtime;

namespace MLPath.Transforms;

/// <summary>
/// Turns categories into vectors of numbers: learns the different values of a column as <see cref="ValueToKeyMappingEstimator"/> does, and gives
/// each a slot. Text, numbers, Booleans, dates and keys are categories alike, as scalars or vectors.
/// </summary>
/// <remarks>
/// Missing values and values that were not seen in training get zeros (digits of 1 with <see cref="OutputKind.Binary"/>). Slots are named after
/// the values. Vectors with many slots are stored sparse. Cost: one pass; memory for each different value.
/// </remarks>
public sealed class OneHotEncodingEstimator : OneToOneEstimator<OneHotEncodingTransformer>
{
    private readonly OutputKind _outputKind;
    private readonly ValueToKeyMappingEstimator _keys;

    /// <summary>Creates the estimator.</summary>
    /// <param name="columns">The columns to make, and of which.</param>
    /// <param name="outputKind">What is made of the keys.</param>
    /// <param name="maximumNumberOfKeys">The most categories of a column; those that occur later count as missing. At least 1.</param>
    /// <param name="keyOrdinality">The order of the slots.</param>
    /// <param name="keyData">A view of one column with the categories, for all columns; the data themselves when null.</param>
    public OneHotEncodingEstimator(
        IEnumerable<InputOutputColumnPair> columns,
        OutputKind outputKind = OutputKind.Indicator,
        int maximumNumberOfKeys = ValueToKeyMappingEstimator.DefaultMaximumNumberOfKeys,
        ValueToKeyMappingEstimator.KeyOrdinality keyOrdinality = ValueToKeyMappingEstimator.KeyOrdinality.ByOccurrence,
        IDataView? keyData = null)
        : base(columns)
    {
        if (!Enum.IsDefined(outputKind))
            throw new ArgumentOutOfRangeException(nameof(outputKind), outputKind, "There is no such output.");
        _outputKind = outputKind;
        _keys = new ValueToKeyMappingEstimator(Columns, maximumNumberOfKeys, keyOrdinality, addKeyValueAnnotationsAsText: true, keyData);
    }

    /// <summary>What is made of categories.</summary>
    public enum OutputKind : byte
    {
        /// <summary>A slot for each category, with the number of times that it occurs in a vector; the same as an indicator for a scalar.</summary>
        Bag = 1,

        /// <summary>A slot for each category, with a 1 at the one; a vector's items have a row of slots each, one after the other.</summary>
        Indicator = 2,

        /// <summary>The key itself: a scalar or vector of keys.</summary>
        Key = 3,

        /// <summary>The binary digits of the key: ⌊log₂ k⌋ + 2 slots for k categories, for each item of a vector.</summary>
        Binary = 4,
    }

    /// <inheritdoc/>
    public override string ToString() =>
        InputOutputColumnPair.Describe("OneHotEncoding", Columns, _outputKind == OutputKind.Indicator ? "" : $"{_outputKind}");

    /// <inheritdoc/>
    protected override OneHotEncodingTransformer Fit(IDataView input, IReadOnlyList<DataViewSchema.Column> inputs, FitContext context)
    {
        var keys = _keys.Fit(input, context);
        var transformer = new OneHotEncodingTransformer(keys, _outputKind) { FittedOn = keys.FittedOn };
        _ = transformer.GetOutputSchema(input.Schema); // too many slots are an error of the fit
        return transformer;
    }

    /// <inheritdoc/>
    protected override SchemaShape.Column GetOutputColumn(SchemaShape.Column input, string outputColumnName)
    {
        var key = ValueToKeyMappingEstimator.GetKeyColumn(input, outputColumnName, asText: true);
        return OneHotEncodingTransformer.Encoding(_outputKind)?.ToShape(key, outputColumnName) ?? key;
    }
}

/// <summary>Turns the categories that <see cref="OneHotEncodingEstimator"/> learned into vectors of numbers.</summary>
public sealed class OneHotEncodingTransformer : OneToOneTransformer
{
    internal const string Id = "MLPath.OneHotEncoding";

    private readonly ValueToKeyMappingTransformer _keys;
    private readonly OneHotEncodingEstimator.OutputKind _outputKind;

    internal OneHotEncodingTransformer(ValueToKeyMappingTransformer keys, OneHotEncodingEstimator.OutputKind outputKind) : base(keys.Columns) =>
        (_keys, _outputKind) = (keys, outputKind);

    /// <inheritdoc/>
    public override string ComponentId => Id;

    /// <summary>The number of categories of one column.</summary>
    /// <param name="columnIndex">Which of <see cref="OneToOneTransformer.Columns"/>, from 0.</param>
    public int GetCategoryCount(int columnIndex) => _keys.GetKeyCount(columnIndex);

    /// <inheritdoc/>
    public override void Save(ModelSaveContext context)
    {
        context.WriteEnum("OutputKind", _outputKind);
        context.SaveChild("Keys", _keys);
    }

    /// <inheritdoc/>
    public override string ToString() => InputOutputColumnPair.Describe(
        "OneHotEncoding", Columns, _outputKind == OneHotEncodingEstimator.OutputKind.Indicator ? "" : $"{_outputKind}");

    internal static OneHotEncodingTransformer Load(ModelLoadContext context) =>
        new(context.LoadChild<ValueToKeyMappingTransformer>("Keys"), context.ReadEnum<OneHotEncodingEstimator.OutputKind>("OutputKind"));

    internal static KeyEncoding? Encoding(OneHotEncodingEstimator.OutputKind kind) => kind switch
    {
        OneHotEncodingEstimator.OutputKind.Bag => KeyEncoding.Count,
        OneHotEncodingEstimator.OutputKind.Indicator => KeyEncoding.Indicator,
        OneHotEncodingEstimator.OutputKind.Binary => KeyEncoding.Binary,
        _ => null,
    };

    /// <inheritdoc/>
    protected override ColumnFunction Bind(DataViewSchema.Column input, int index)
    {
        var toKey = _keys.ToKeys(input, index);
        return Encoding(_outputKind) is { } encoding ? Then(input, toKey, key => encoding.ToFunction(key, Columns[index].OutputColumnName)) : toKey;
    }

    // The one column that the first function makes is read by the second, and seen by nobody else.
    internal static ColumnFunction Then(DataViewSchema.Column input, ColumnFunction first, Func<DataViewSchema.Column, ColumnFunction> next)
    {
        var builder = new DataViewSchema.Builder();
        builder.AddColumns(first.Outputs);
        var schema = builder.ToSchema();
        var second = next(schema[0]);
        return new ColumnFunction([input], second.Outputs, () =>
        {
            var (runFirst, runSecond) = (first.Create(), second.Create());
            var between = new RowBatch(schema);
            ColumnBuffer?[] made = [ColumnBuffer.Create(schema[0].Type)];
            between.Set(0, made[0]);
            return (batch, outputs) =>
            {
                runFirst(batch, made);
                between.SetRows(batch.Position, batch.Count);
                runSecond(between, outputs);
            };
        });
    }
}
