using System.Globalization;
using MLPath.Data;
using MLPath.Runtime;

namespace MLPath.Transforms;

/// <summary>
/// Turns values into keys by hashing: a number from 1 to 2^bits that is always the same for the same value. No table of the values is needed, so
/// any number of them will do, seen before or not; different values may share a key.
/// </summary>
/// <remarks>
/// <para>The key is 1 + (MurmurHash3(value) mod 2^bits). Text is hashed as UTF-8, without spaces around; numbers and keys by their bytes (4 for integers
/// of up to 32 bits, 8 beyond); dates and durations are not hashed: convert them to text or to Int64 first. Missing values (NaN, empty text, key 0)
/// become the missing key.</para>
/// <para>A vector's items are hashed one by one, the position of each counting where hashing is ordered; or all into one key, which is missing where an item
/// is. With inverts, the annotation <see cref="AnnotationKinds.KeyValues"/> tells for each key which values of the training data became it:
/// "red", or "{red,blue}"; ordered hashes of a vector's items with the position, "0:red".</para>
/// <para><b>Cost.</b> None to fit, but for inverts: one pass, and memory for each different value.</para>
/// </remarks>
public sealed class HashingEstimator : OneToOneEstimator<HashingTransformer>
{
    internal const int DefaultNumberOfBits = 31;
    internal const uint DefaultSeed = 314489979;
    internal const int MaximumNumberOfBits = 31;
    internal const int MaximumNumberOfBitsWithInverts = 24;

    private readonly ColumnOptions[] _options;

    /// <summary>Creates the estimator.</summary>
    /// <param name="columns">The columns to make, each with its options; at least one.</param>
    public HashingEstimator(params IEnumerable<ColumnOptions> columns) : this([.. columns]) { }

    private HashingEstimator(ColumnOptions[] options) : base(options.Select(o => o.Columns)) => _options = options;

    /// <summary>A column to make, and how its values are hashed.</summary>
    public sealed class ColumnOptions
    {
        /// <summary>States how a column is hashed.</summary>
        /// <param name="name">The column to make.</param>
        /// <param name="inputColumnName">The column to hash; the output's name when null.</param>
        /// <param name="numberOfBits">The number of bits of a hash: 1 to 31, at most 24 with inverts. There are 2^bits keys.</param>
        /// <param name="seed">The seed of the hash.</param>
        /// <param name="useOrderedHashing">Whether the position of a vector's items counts, so that equal items in two slots get different keys.</param>
        /// <param name="maximumNumberOfInverts">The most values that are kept for each key to tell what it stands for; 0 for none, −1 for all.</param>
        /// <param name="combine">Whether all items of a vector become one key; not with ordered hashing, which is for keys of their own, nor with inverts.</param>
        /// <exception cref="ArgumentException">A number is out of range, or options exclude each other.</exception>
        public ColumnOptions(
            string name,
            string? inputColumnName = null,
            int numberOfBits = DefaultNumberOfBits,
            uint seed = DefaultSeed,
            bool useOrderedHashing = false,
            int maximumNumberOfInverts = 0,
            bool combine = false)
        {
            Columns = new InputOutputColumnPair(name, inputColumnName);
            if (numberOfBits is < 1 or > MaximumNumberOfBits)
                throw new ArgumentOutOfRangeException(nameof(numberOfBits), numberOfBits, $"A hash has from 1 to {MaximumNumberOfBits} bits.");
            ArgumentOutOfRangeException.ThrowIfLessThan(maximumNumberOfInverts, -1);
            if (maximumNumberOfInverts != 0 && numberOfBits > MaximumNumberOfBitsWithInverts)
            {
                throw new ArgumentException(
                    $"With inverts every key has a text, so a hash has at most {MaximumNumberOfBitsWithInverts} bits; {numberOfBits} were asked for.", nameof(numberOfBits));
            }

            if (combine && (useOrderedHashing || maximumNumberOfInverts != 0))
                throw new ArgumentException("A vector combined into one key has no positions and no inverts: leave useOrderedHashing and maximumNumberOfInverts out.", nameof(combine));
            (NumberOfBits, Seed, UseOrderedHashing) = (numberOfBits, seed, useOrderedHashing);
            (MaximumNumberOfInverts, Combine) = (maximumNumberOfInverts, combine);
        }

        /// <summary>The column to make.</summary>
        public string Name => Columns.OutputColumnName;

        /// <summary>The column to hash.</summary>
        public string InputColumnName => Columns.InputColumnName;

        /// <summary>The number of bits of a hash.</summary>
        public int NumberOfBits { get; }

        /// <summary>The seed of the hash.</summary>
        public uint Seed { get; }

        /// <summary>Whether the position of a vector's items counts.</summary>
        public bool UseOrderedHashing { get; }

        /// <summary>The most values that are kept for each key; 0 for none, −1 for all.</summary>
        public int MaximumNumberOfInverts { get; }

        /// <summary>Whether all items of a vector become one key.</summary>
        public bool Combine { get; }

        internal InputOutputColumnPair Columns { get; }

        internal ulong KeyCount => 1UL << NumberOfBits;
    }

    /// <inheritdoc/>
    public override string ToString() => HashingTransformer.Describe("Hash", _options);

    /// <inheritdoc/>
    protected override HashingTransformer Fit(IDataView input, IReadOnlyList<DataViewSchema.Column> inputs, FitContext context)
    {
        var learners = inputs.Select((c, i) => _options[i].MaximumNumberOfInverts == 0 ? null : InvertLearner.Create(c, _options[i])).ToList();
        if (learners.TrueForAll(l => l is null))
            return new HashingTransformer(_options);
        ColumnLearner.Read(input, [.. learners.OfType<InvertLearner>()], context);
        return new HashingTransformer(_options, [.. learners.Select(l => l?.Inverts())]) { FittedOn = input.Lineage };
    }

    /// <inheritdoc/>
    protected override SchemaShape.Column GetOutputColumn(SchemaShape.Column input, string outputColumnName) =>
        GetKeyColumn(input, _options.First(o => o.Name == outputColumnName));

    /// <summary>What the keys of a column will look like.</summary>
    internal static SchemaShape.Column GetKeyColumn(SchemaShape.Column input, ColumnOptions options)
    {
        if (!HashingTransformer.CanHash(input.ItemType))
            throw HashingTransformer.WrongInput(input.Name, input.TypeText);
        var kind = options.Combine ? SchemaShape.Column.VectorKind.Scalar : input.Kind;
        return new SchemaShape.Column(options.Name, kind, NumberDataViewType.UInt32, isKey: true,
            new SchemaShape(
            [
                .. options.Combine ? [] : KeepAnnotations(input, AnnotationKinds.SlotNames),
                .. options.MaximumNumberOfInverts == 0 ? Array.Empty<SchemaShape.Column>() : [PredictionColumns.Text(AnnotationKinds.KeyValues)],
            ]),
            kind == SchemaShape.Column.VectorKind.Scalar ? [] : input.Dimensions, options.KeyCount);
    }
}

/// <summary>Turns values into keys by hashing.</summary>
public sealed class HashingTransformer : OneToOneTransformer
{
    internal const string Id = "MLPath.Hash";

    private readonly HashingEstimator.ColumnOptions[] _options;
    private readonly IReadOnlyList<VBuffer<ReadOnlyMemory<char>>?> _inverts; // for each column, a text for each key; null for none

    /// <summary>Creates the transformer of columns without inverts, which need data to be fitted on.</summary>
    /// <param name="columns">The columns to make, each with its options.</param>
    public HashingTransformer(params IEnumerable<HashingEstimator.ColumnOptions> columns) : this([.. columns], null) { }

    internal HashingTransformer(HashingEstimator.ColumnOptions[] options, IReadOnlyList<VBuffer<ReadOnlyMemory<char>>?>? inverts)
        : base(options.Select(o => o.Columns))
    {
        if (inverts is null && Array.Exists(options, o => o.MaximumNumberOfInverts != 0))
            throw new ArgumentException("What keys stand for is learned: fit a HashingEstimator on data.", nameof(options));
        (_options, _inverts) = (options, inverts ?? [.. options.Select(_ => (VBuffer<ReadOnlyMemory<char>>?)null)]);
    }

    /// <inheritdoc/>
    public override string ComponentId => Id;

    /// <inheritdoc/>
    public override void Save(ModelSaveContext context)
    {
        SaveColumns(context);
        context.WriteArray<int>("Bits", [.. _options.Select(o => o.NumberOfBits)]);
        context.WriteArray<uint>("Seeds", [.. _options.Select(o => o.Seed)]);
        context.WriteArray<bool>("Ordered", [.. _options.Select(o => o.UseOrderedHashing)]);
        context.WriteArray<bool>("Combine", [.. _options.Select(o => o.Combine)]);
        context.WriteArray<int>("MaximumNumbersOfInverts", [.. _options.Select(o => o.MaximumNumberOfInverts)]);
        for (int i = 0; i < _inverts.Count; i++)
        {
            if (_inverts[i] is not { } texts)
                continue;
            context.WriteArray<int>($"Column{i}.Keys", [.. texts.Items().Select(item => item.Key)]);
            context.WriteValues($"Column{i}.Texts", TextDataViewType.Instance, texts.GetValues());
        }
    }

    /// <inheritdoc/>
    public override string ToString() => Describe("Hash", _options);

    internal static string Describe(string step, IReadOnlyList<HashingEstimator.ColumnOptions> options) => InputOutputColumnPair.Describe(
        step, [.. options.Select(o => o.Columns)],
        string.Join(", ", options.Select(o => string.Create(CultureInfo.InvariantCulture, $"{o.NumberOfBits} bits")
            + (o.UseOrderedHashing ? ", ordered" : "") + (o.Combine ? ", combined" : "")).Distinct()));

    internal static HashingTransformer Load(ModelLoadContext context)
    {
        var columns = LoadColumns(context);
        int[] bits = context.ReadArray<int>("Bits", columns.Count), inverts = context.ReadArray<int>("MaximumNumbersOfInverts", columns.Count);
        uint[] seeds = context.ReadArray<uint>("Seeds", columns.Count);
        bool[] ordered = context.ReadArray<bool>("Ordered", columns.Count), combine = context.ReadArray<bool>("Combine", columns.Count);
        HashingEstimator.ColumnOptions[] options;
        try
        {
            options = [.. columns.Select((c, i) =>
                new HashingEstimator.ColumnOptions(c.OutputColumnName, c.InputColumnName, bits[i], seeds[i], ordered[i], inverts[i], combine[i]))];
        }
        catch (ArgumentException error)
        {
            throw context.Invalid(error.Message);
        }

        return new HashingTransformer(options, [.. options.Select((o, i) => o.MaximumNumberOfInverts == 0 ? (VBuffer<ReadOnlyMemory<char>>?)null : Texts(o, i))]);

        VBuffer<ReadOnlyMemory<char>> Texts(HashingEstimator.ColumnOptions o, int i)
        {
            int[] keys = context.ReadArray<int>($"Column{i}.Keys");
            var texts = context.ReadValues<ReadOnlyMemory<char>>($"Column{i}.Texts");
            bool increasing = keys.Zip(keys.Skip(1), (a, b) => a < b).All(increases => increases);
            return texts.Length == keys.Length && increasing && (keys.Length == 0 || (keys[0] >= 0 && (ulong)keys[^1] < o.KeyCount))
                ? new VBuffer<ReadOnlyMemory<char>>((int)o.KeyCount, keys.Length, texts, keys)
                : throw context.Invalid($"the texts of column '{o.Name}' do not belong to its keys");
        }
    }

    internal static bool CanHash(DataViewType type) => type is NumberDataViewType or BooleanDataViewType or TextDataViewType or RowIdDataViewType or KeyDataViewType;

    internal static SchemaException WrongInput(string name, string found) => SchemaException.WrongType(
        name, "text, a number, a Boolean, a key, or a vector of these,", found, "Convert dates with Transforms.Conversion.ConvertType first.");

    /// <inheritdoc/>
    protected override ColumnFunction Bind(DataViewSchema.Column input, int index) => ToKeys(input, index);

    /// <summary>The function that makes the keys of one column.</summary>
    internal ColumnFunction ToKeys(DataViewSchema.Column input, int index)
    {
        if (!CanHash(input.Type.ItemTypeOrSelf))
            throw WrongInput(input.Name, input.Type.ToString()!);
        var options = _options[index];
        var annotations = new DataViewSchema.Annotations.Builder();
        if (!options.Combine)
            annotations.Add(input.Annotations, kind => kind == AnnotationKinds.SlotNames);
        if (_inverts[index] is { } texts)
            annotations.Add(AnnotationKinds.KeyValues, new VectorDataViewType(TextDataViewType.Instance, texts.Length), texts);
        var key = new KeyDataViewType(typeof(uint), options.KeyCount);
        var type = options.Combine ? key : WithItems(input.Type, key);
        return input.Type.Accept(new Factory(input, new(options.Name, type, annotations.ToAnnotations()), options));
    }

    private sealed class Factory(DataViewSchema.Column input, DataViewSchema.DetachedColumn output, HashingEstimator.ColumnOptions options)
        : IRawTypeVisitor<ColumnFunction>
    {
        public ColumnFunction Visit<T>() => options.Combine && input.Type is VectorDataViewType
            ? new ColumnFunction([input], [output], () => new CombiningWorker<T>(input, options).Run)
            : new HashMap<T>(input.Type, options).ToFunction(input, output);
    }

    private sealed class CombiningWorker<T>(DataViewSchema.Column input, HashingEstimator.ColumnOptions options)
    {
        private readonly bool _isKey = input.Type.KeyCount > 0;
        private T[] _row = [];

        public void Run(RowBatch batch, ReadOnlySpan<ColumnBuffer?> outputs)
        {
            if (outputs[0] is not ScalarColumn<uint> to)
                return;
            var from = batch.Vectors<T>(input.Index);
            var keys = to.Allocate(batch.Count);
            for (int row = 0; row < keys.Length; row++)
            {
                int length = from.RowLength(row);
                if (_row.Length < length)
                    _row = new T[Math.Max(length, 2 * _row.Length)];
                from.CopyRowTo(row, _row);
                keys[row] = Key(_row.AsSpan(0, length));
            }
        }

        private uint Key(ReadOnlySpan<T> items)
        {
            foreach (var item in items)
            {
                if (ValueHash<T>.IsMissing(item, _isKey))
                    return 0;
            }

            return (ValueHash<T>.Hash(items, options.Seed) & (uint)(options.KeyCount - 1)) + 1;
        }
    }
}

/// <summary>Items to keys, each by its hash; of an ordered hash the seed takes in the item's position in its row.</summary>
internal sealed class HashMap<T> : ItemMap<T, uint>
{
    private readonly uint _mask;
    private readonly bool _isKey;
    private readonly int _slots; // the length of a row; rows of their own lengths come one by one
    private readonly bool _ordered;
    private readonly uint _seed;

    public HashMap(DataViewType type, HashingEstimator.ColumnOptions options)
    {
        (_mask, _isKey, _seed) = ((uint)(options.KeyCount - 1), type.KeyCount > 0, options.Seed);
        _slots = type.ValueCount == 0 ? int.MaxValue : type.ValueCount;
        _ordered = options.UseOrderedHashing;
        KeepsDefault = ValueHash<T>.IsMissing(default!, _isKey);
    }

    public override int SlotCount => _ordered && _slots != int.MaxValue ? _slots : 1;

    public override bool KeepsDefault { get; }

    /// <summary>The key of an item; 0 when it is missing.</summary>
    /// <param name="item">The item.</param>
    /// <param name="position">Its position in its row.</param>
    public uint Key(T item, int position) => ValueHash<T>.IsMissing(item, _isKey)
        ? 0
        : (ValueHash<T>.Hash(item, _ordered ? MurmurHash3.Round(_seed, (uint)position) : _seed) & _mask) + 1;

    protected override void Map(ReadOnlySpan<T> items, Span<uint> results)
    {
        for (int i = 0, slot = 0; i < items.Length; i++, slot = slot + 1 == _slots ? 0 : slot + 1)
            results[i] = Key(items[i], slot);
    }

    protected override void Map(ReadOnlySpan<int> slots, ReadOnlySpan<T> items, Span<uint> results)
    {
        for (int i = 0; i < items.Length; i++)
            results[i] = Key(items[i], slots[i]);
    }
}
