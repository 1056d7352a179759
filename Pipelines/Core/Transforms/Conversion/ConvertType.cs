using System.Globalization;
using MLPath.Data;
using MLPath.Runtime;

namespace MLPath.Transforms;

/// <summary>Converts values, scalars and the items of vectors, to another type. Learns nothing.</summary>
/// <remarks>
/// <list type="table">
/// <item><term>number → number</term><description>rounded to floating point; to integers cut towards 0 and to the range of the type, NaN becoming 0.</description></item>
/// <item><term>Boolean → number</term><description>0 and 1; a number other than 0 (and NaN) is true.</description></item>
/// <item><term>key → number</term><description>the key's number, from 1; a missing key becomes 0, or NaN in floating point.</description></item>
/// <item><term>number → key</term><description>with a key count: numbers from 1 to the count are keys, others missing.</description></item>
/// <item><term>text → number</term><description>parsed in the invariant culture; text that is no number becomes NaN, or 0 in integers.</description></item>
/// <item><term>text → Boolean</term><description>true, t, yes, y, 1, +1 and +, in any case, are true, everything else false.</description></item>
/// <item><term>text → date, duration</term><description>parsed in the invariant culture; without an offset as UTC, with one brought to UTC. What does not parse
/// becomes the default value.</description></item>
/// <item><term>date, duration → number</term><description>ticks of 100 ns (those of UTC for a date with offset), to Int64, Single or Double.</description></item>
/// <item><term>anything → text</term><description>in the invariant culture, shortest text that reads back; true is 1; a missing value is empty text. For
/// keys use MapKeyToValue.</description></item>
/// </list>
/// </remarks>
public sealed class TypeConvertingEstimator : OneToOneEstimator<TypeConvertingTransformer>
{
    internal const DataKind DefaultOutputKind = DataKind.Single;

    private readonly TypeConvertingTransformer _transformer;

    /// <summary>Creates the estimator.</summary>
    /// <param name="columns">The columns to make, each with its type; at least one.</param>
    public TypeConvertingEstimator(params IEnumerable<ColumnOptions> columns) : this(new TypeConvertingTransformer(columns)) { }

    private TypeConvertingEstimator(TypeConvertingTransformer transformer) : base(transformer.Columns) => _transformer = transformer;

    /// <summary>A column to make, and its type.</summary>
    public sealed class ColumnOptions
    {
        /// <summary>Names a conversion.</summary>
        /// <param name="name">The column to make.</param>
        /// <param name="outputKind">The type to convert to.</param>
        /// <param name="inputColumnName">The column to convert; the output's name when null.</param>
        /// <param name="outputKeyCount">The number of categories, to make keys stored as the kind, an unsigned integer; null for plain values.</param>
        /// <exception cref="ArgumentException">There is no such kind, or keys of that count cannot be stored as it.</exception>
        public ColumnOptions(string name, DataKind outputKind, string? inputColumnName = null, ulong? outputKeyCount = null)
        {
            (Columns, OutputKind, OutputKeyCount) = (new InputOutputColumnPair(name, inputColumnName), outputKind, outputKeyCount);
            OutputType = outputKeyCount is { } count ? new KeyDataViewType(outputKind.ToDataViewType().RawType, count) : outputKind.ToDataViewType();
        }

        /// <summary>The column to make.</summary>
        public string Name => Columns.OutputColumnName;

        /// <summary>The column to convert.</summary>
        public string InputColumnName => Columns.InputColumnName;

        /// <summary>The type to convert to.</summary>
        public DataKind OutputKind { get; }

        /// <summary>The number of categories of keys to make; null for plain values.</summary>
        public ulong? OutputKeyCount { get; }

        internal InputOutputColumnPair Columns { get; }

        internal PrimitiveDataViewType OutputType { get; }
    }

    /// <inheritdoc/>
    public override string ToString() => _transformer.ToString();

    /// <inheritdoc/>
    protected override TypeConvertingTransformer Fit(IDataView input, IReadOnlyList<DataViewSchema.Column> inputs, FitContext context)
    {
        _ = _transformer.GetOutputSchema(input.Schema);
        return _transformer;
    }

    /// <inheritdoc/>
    protected override SchemaShape.Column GetOutputColumn(SchemaShape.Column input, string outputColumnName)
    {
        var options = _transformer.Options.First(o => o.Name == outputColumnName);
        if (!TypeConvertingTransformer.CanConvert(input.IsKey, input.ItemType, options.OutputType))
            throw TypeConvertingTransformer.NoConversion(input.Name, input.TypeText, options.OutputType);
        return new SchemaShape.Column(outputColumnName, input.Kind, options.OutputKind.ToDataViewType(), options.OutputKeyCount is not null,
            new SchemaShape(
            [
                .. KeepAnnotations(input, [.. TypeConvertingTransformer.Keeps(input.IsKey, input.ItemType, options.OutputType)]),
                .. TypeConvertingTransformer.Normalizes(input.ItemType, options.OutputType)
                    ? [PredictionColumns.Scalar(AnnotationKinds.IsNormalized, BooleanDataViewType.Instance)]
                    : Array.Empty<SchemaShape.Column>(),
            ]), input.Dimensions, options.OutputKeyCount);
    }
}

/// <summary>Converts values to another type.</summary>
public sealed class TypeConvertingTransformer : OneToOneTransformer
{
    internal const string Id = "MLPath.ConvertType";

    /// <summary>Creates the transformer.</summary>
    /// <param name="columns">The columns to make, each with its type; at least one.</param>
    public TypeConvertingTransformer(params IEnumerable<TypeConvertingEstimator.ColumnOptions> columns) : this([.. columns]) { }

    private TypeConvertingTransformer(TypeConvertingEstimator.ColumnOptions[] options) : base(options.Select(o => o.Columns)) => Options = options;

    /// <inheritdoc/>
    public override string ComponentId => Id;

    internal IReadOnlyList<TypeConvertingEstimator.ColumnOptions> Options { get; }

    /// <inheritdoc/>
    public override void Save(ModelSaveContext context)
    {
        SaveColumns(context);
        context.WriteEnums<DataKind>("Kinds", [.. Options.Select(o => o.OutputKind)]);
        context.Write("KeyCounts", [.. Options.Select(o => o.OutputKeyCount?.ToString(CultureInfo.InvariantCulture) ?? "")]);
    }

    /// <inheritdoc/>
    public override string ToString() =>
        InputOutputColumnPair.Describe("ConvertType", Columns, string.Join(", ", Options.Select(o => $"{o.OutputType}").Distinct()));

    internal static TypeConvertingTransformer Load(ModelLoadContext context)
    {
        var columns = LoadColumns(context);
        var kinds = context.ReadEnums<DataKind>("Kinds");
        string[] counts = context.ReadStrings("KeyCounts");
        if (kinds.Length != columns.Count || counts.Length != columns.Count)
            throw context.Invalid("it does not have one type for each column");
        return new TypeConvertingTransformer(columns.Select((pair, i) =>
        {
            ulong count = 0;
            if (counts[i].Length > 0 && !ulong.TryParse(counts[i], NumberStyles.None, CultureInfo.InvariantCulture, out count))
                throw context.Invalid($"'{kinds[i]}' with {counts[i]} keys is not a type");
            try
            {
                return new TypeConvertingEstimator.ColumnOptions(
                    pair.OutputColumnName, kinds[i], pair.InputColumnName, counts[i].Length == 0 ? null : count);
            }
            catch (ArgumentException error)
            {
                throw context.Invalid(error.Message);
            }
        }));
    }

    internal static bool CanConvert(bool isKey, DataViewType from, PrimitiveDataViewType to) =>
        isKey || to is KeyDataViewType
            ? (isKey || from is NumberDataViewType) && to is NumberDataViewType or KeyDataViewType
            : from is PrimitiveDataViewType && from.Accept(new Search(to));

    internal static SchemaException NoConversion(string name, string found, PrimitiveDataViewType to) => new(
        $"Column '{name}' is {found}; there is no conversion to {to}." +
        (to is TextDataViewType ? " Keys become what they stand for with Transforms.Conversion.MapKeyToValue."
            : to is KeyDataViewType ? " Values become keys with Transforms.Conversion.MapValueToKey." : ""));

    // Keys that stay keys of the same count stand for the same; slots keep their names.
    internal static IEnumerable<string> Keeps(bool isKey, DataViewType from, PrimitiveDataViewType to) =>
        !isKey && from is NumberDataViewType && to is NumberDataViewType
            ? [AnnotationKinds.SlotNames, AnnotationKinds.IsNormalized]
            : [AnnotationKinds.SlotNames];

    internal static bool Normalizes(DataViewType from, PrimitiveDataViewType to) => from is BooleanDataViewType && to is NumberDataViewType;

    /// <inheritdoc/>
    protected override ColumnFunction Bind(DataViewSchema.Column input, int index)
    {
        var (from, to) = (input.Type.ItemTypeOrSelf, Options[index].OutputType);
        bool isKey = from is KeyDataViewType;
        if (!CanConvert(isKey, from, to))
            throw NoConversion(input.Name, input.Type.ToString()!, to);
        var annotations = new DataViewSchema.Annotations.Builder().Add(input.Annotations, kind => Keeps(isKey, from, to).Contains(kind));
        if (Normalizes(from, to))
            annotations.Add(AnnotationKinds.IsNormalized, BooleanDataViewType.Instance, true);
        return from.Accept(new OfInput(input, new(Columns[index].OutputColumnName, WithItems(input.Type, to), annotations.ToAnnotations()), to));
    }

    private sealed class Search(PrimitiveDataViewType to) : IRawTypeVisitor<bool>
    {
        public bool Visit<TIn>() => to.Accept(new ForInput<TIn>());

        private sealed class ForInput<TIn> : IRawTypeVisitor<bool>
        {
            public bool Visit<TOut>() => ValueConversion.Find<TIn, TOut>() is not null;
        }
    }

    private sealed class OfInput(DataViewSchema.Column input, DataViewSchema.DetachedColumn output, PrimitiveDataViewType to) : IRawTypeVisitor<ColumnFunction>
    {
        public ColumnFunction Visit<TIn>() => to.Accept(new OfOutput<TIn>(input, output, (to as KeyDataViewType)?.Count));
    }

    private sealed class OfOutput<TIn>(DataViewSchema.Column input, DataViewSchema.DetachedColumn output, ulong? keyCount) : IRawTypeVisitor<ColumnFunction>
    {
        public ColumnFunction Visit<TOut>() =>
            new ConversionMap<TIn, TOut>(ValueConversion.Find<TIn, TOut>()!, input.Type.KeyCount, keyCount).ToFunction(input, output);
    }

    private sealed class ConversionMap<TIn, TOut> : ItemMap<TIn, TOut>
    {
        private readonly Func<TIn, TOut> _convert;

        public ConversionMap(Func<TIn, TOut> convert, ulong keysIn, ulong? keysOut)
        {
            _convert = (keysIn, keysOut) switch
            {
                (0, null) => convert,
                (_, null) => value => KeyValue.Number(value) is 0 ? PrimitiveValues<TOut>.Missing : convert(value),
                (_, { } count) => ToKey(count),
            };
            KeepsDefault = PrimitiveValues<TOut>.Equality.Equals(_convert(default!), default);
        }

        public override bool KeepsDefault { get; }

        protected override void Map(ReadOnlySpan<TIn> items, Span<TOut> results)
        {
            for (int i = 0; i < items.Length; i++)
                results[i] = _convert(items[i]);
        }

        // A number between two keys, or beyond them, is none.
        private static Func<TIn, TOut> ToKey(ulong count)
        {
            var number = ValueConversion.Find<TIn, double>()!;
            var exact = ValueConversion.Find<TIn, ulong>()!;
            var key = ValueConversion.Find<ulong, TOut>()!;
            return value => number(value) is var x && x == Math.Floor(x) && exact(value) is var k && k <= count ? key(k) : default!;
        }
    }
}
