using MLPath.Data;
using MLPath.Runtime;

namespace MLPath.Transforms.Text;

/// <summary>
/// Counts n-grams of keys in a fixed number of slots, which their hashes choose: nothing is learned, memory is bounded, and several n-grams may share
/// a slot.
/// </summary>
/// <remarks>
/// The hash is MurmurHash3, and slots are ML.NET's. With a limit of inverts, one pass learns which n-grams occur and names the slots after them;
/// otherwise slots have no names. Rows are stored sparse.
/// </remarks>
public sealed class NgramHashingEstimator : IEstimator<NgramHashingTransformer>
{
    internal const int DefaultNumberOfBits = 16;
    internal const uint DefaultSeed = 314489979;

    private readonly HashPlan _plan;

    /// <summary>Creates the estimator.</summary>
    /// <param name="outputColumnName">The column to make.</param>
    /// <param name="inputColumnNames">The columns of vectors of keys; the output's name when there is none.</param>
    /// <param name="numberOfBits">There are 2 to this power of slots; from 1 to 30.</param>
    /// <param name="ngramLength">The number of tokens of the longest n-grams, from 1 to 10.</param>
    /// <param name="skipLength">The most tokens that an n-gram may leave out; together with the length at most 10.</param>
    /// <param name="useAllLengths">Whether shorter n-grams, down to single tokens, count as well.</param>
    /// <param name="seed">The seed of the hash.</param>
    /// <param name="useOrderedHashing">Whether the same n-gram in another input column has a slot of its own.</param>
    /// <param name="maximumNumberOfInverts">The most n-grams in the name of a slot: 0 for no names, −1 for no limit.</param>
    /// <param name="rehashUnigrams">Whether single keys are hashed as well, rather than taken for hashes.</param>
    public NgramHashingEstimator(
        string outputColumnName,
        IReadOnlyList<string>? inputColumnNames = null,
        int numberOfBits = DefaultNumberOfBits,
        int ngramLength = 2,
        int skipLength = 0,
        bool useAllLengths = true,
        uint seed = DefaultSeed,
        bool useOrderedHashing = true,
        int maximumNumberOfInverts = 0,
        bool rehashUnigrams = false) => _plan = new HashPlan(
            outputColumnName, TextColumns.CheckNames(outputColumnName, inputColumnNames), OfTexts: false,
            new NgramHasher(new NgramShape(ngramLength, skipLength, useAllLengths), numberOfBits, seed, useOrderedHashing, rehashUnigrams).Check(),
            HashPlan.CheckInverts(maximumNumberOfInverts));

    /// <inheritdoc/>
    public NgramHashingTransformer Fit(IDataView input, FitContext context) => _plan.Fit(input, context);

    /// <inheritdoc/>
    public SchemaShape GetOutputSchema(SchemaShape inputSchema) => _plan.GetOutputSchema(inputSchema);

    /// <inheritdoc/>
    public override string ToString() => _plan.ToString();
}

/// <summary>
/// Counts words, or runs of words, of texts that are split at spaces, in a fixed number of slots, which their hashes choose:
/// <see cref="WordTokenizingEstimator"/>, hashes and <see cref="NgramHashingEstimator"/> in one step.
/// </summary>
/// <remarks>Nothing is learned but, with a limit of inverts, the names of the slots, in one pass. Rows are stored sparse.</remarks>
public sealed class WordHashBagEstimator : IEstimator<NgramHashingTransformer>
{
    private readonly HashPlan _plan;

    /// <summary>Creates the estimator.</summary>
    /// <param name="outputColumnName">The column to make.</param>
    /// <param name="inputColumnNames">The columns of text, or of vectors of texts; the output's name when there is none.</param>
    /// <param name="numberOfBits">There are 2 to this power of slots; from 1 to 30.</param>
    /// <param name="ngramLength">The number of words of the longest n-grams, from 1 to 10.</param>
    /// <param name="skipLength">The most words that an n-gram may leave out; together with the length at most 10.</param>
    /// <param name="useAllLengths">Whether shorter n-grams, down to single words, count as well.</param>
    /// <param name="seed">The seed of the hash.</param>
    /// <param name="useOrderedHashing">Whether the same n-gram in another input column has a slot of its own.</param>
    /// <param name="maximumNumberOfInverts">The most n-grams in the name of a slot: 0 for no names, −1 for no limit.</param>
    public WordHashBagEstimator(
        string outputColumnName,
        IReadOnlyList<string>? inputColumnNames = null,
        int numberOfBits = NgramHashingEstimator.DefaultNumberOfBits,
        int ngramLength = 1,
        int skipLength = 0,
        bool useAllLengths = true,
        uint seed = NgramHashingEstimator.DefaultSeed,
        bool useOrderedHashing = true,
        int maximumNumberOfInverts = 0) => _plan = new HashPlan(
            outputColumnName, TextColumns.CheckNames(outputColumnName, inputColumnNames), OfTexts: true,
            new NgramHasher(new NgramShape(ngramLength, skipLength, useAllLengths), numberOfBits, seed, useOrderedHashing, RehashUnigrams: false).Check(),
            HashPlan.CheckInverts(maximumNumberOfInverts));

    /// <inheritdoc/>
    public NgramHashingTransformer Fit(IDataView input, FitContext context) => _plan.Fit(input, context);

    /// <inheritdoc/>
    public SchemaShape GetOutputSchema(SchemaShape inputSchema) => _plan.GetOutputSchema(inputSchema);

    /// <inheritdoc/>
    public override string ToString() => _plan.ToString();
}

/// <summary>What is read and made, of keys or of texts.</summary>
internal sealed record HashPlan(string OutputColumnName, string[] InputColumnNames, bool OfTexts, NgramHasher Hasher, int MaximumInverts)
{
    public static int CheckInverts(int maximum)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(maximum, -1);
        return maximum == -1 ? int.MaxValue : maximum;
    }

    public SchemaShape GetOutputSchema(SchemaShape inputSchema)
    {
        foreach (string name in InputColumnNames)
        {
            if (OfTexts)
                TextColumns.Require(inputSchema[name]);
            else
                KeyRows.Require(inputSchema[name]);
        }

        var features = TextColumns.Features(OutputColumnName, Hasher.SlotCount);
        return inputSchema.With(MaximumInverts > 0
            ? features
            : new SchemaShape.Column(OutputColumnName, features.Kind, features.ItemType, isKey: false, dimensions: features.Dimensions));
    }

    /// <summary>A reader of one input column, for one thread.</summary>
    /// <param name="column">The column.</param>
    /// <param name="words">Keeps the words of texts by their keys; null to keep none.</param>
    public KeyRows Open(DataViewSchema.Column column, Dictionary<uint, string>? words = null)
    {
        if (!OfTexts)
            return KeyRows.Open(column);
        TextColumns.Require(column);
        return new HashedWordRows(column, Hasher.Seed) { Words = words };
    }

    public NgramHashingTransformer Fit(IDataView input, FitContext context)
    {
        ArgumentNullException.ThrowIfNull(input);
        ArgumentNullException.ThrowIfNull(context);
        _ = GetOutputSchema(SchemaShape.Create(input.Schema));
        context.Checkpoint();
        return MaximumInverts == 0
            ? new NgramHashingTransformer(this, null)
            : new NgramHashingTransformer(this, LearnNames(input, context)) { FittedOn = input.Lineage };
    }

    private VBuffer<ReadOnlyMemory<char>> LearnNames(IDataView input, FitContext context)
    {
        var inverts = new SlotInverts(Hasher, MaximumInverts);
        var columns = InputColumnNames.Select((name, position) =>
        {
            var column = input.Schema[name];
            var words = OfTexts ? new Dictionary<uint, string>() : null;
            return (Column: column, Rows: Open(column, words), Seen: new NgramTable(), Position: position,
                Text: words is null ? KeyRows.Texts(column) : key => words[key],
                Count: OfTexts ? 1UL << HashedWordRows.KeyBits : column.Type.KeyCount,
                Prefix: InputColumnNames.Length > 1 ? $"{name}:" : "");
        }).ToArray();
        TextColumns.ReadAll(input, columns.Select(c => c.Column), context, batch =>
        {
            for (int row = 0; row < batch.Count; row++)
            {
                foreach (var (_, rows, seen, position, text, count, prefix) in columns)
                    inverts.Add(seen, rows.Read(batch, row), position, text, count, prefix);
            }
        });
        return inverts.Finish();
    }

    /// <summary>The step in words.</summary>
    public override string ToString() =>
        $"{(OfTexts ? "ProduceHashedWordBags" : "ProduceHashedNgrams")}({TextColumns.Describe(OutputColumnName, InputColumnNames)}; {Hasher.Describe()})";
}

/// <summary>Counts n-grams by their hashes, as <see cref="NgramHashingEstimator"/> and <see cref="WordHashBagEstimator"/> say.</summary>
public sealed class NgramHashingTransformer : RowToRowTransformer
{
    internal const string Id = "MLPath.ProduceHashedNgrams";

    private readonly HashPlan _plan;
    private readonly VBuffer<ReadOnlyMemory<char>>? _slotNames;

    internal NgramHashingTransformer(HashPlan plan, VBuffer<ReadOnlyMemory<char>>? slotNames) => (_plan, _slotNames) = (plan, slotNames);

    /// <inheritdoc/>
    public override string ComponentId => Id;

    /// <inheritdoc/>
    public override void Save(ModelSaveContext context)
    {
        context.Write("Output", _plan.OutputColumnName);
        context.Write("Inputs", _plan.InputColumnNames);
        context.Write("OfTexts", _plan.OfTexts);
        context.Write("MaximumInverts", _plan.MaximumInverts);
        _plan.Hasher.Save(context);
        if (_slotNames is not { } names)
            return;
        context.WriteArray<int>("NamedSlots", names.IsDense ? [.. Enumerable.Range(0, names.Length)] : names.GetIndices());
        context.WriteValues("SlotNames", TextDataViewType.Instance, names.GetValues());
    }

    internal static NgramHashingTransformer Load(ModelLoadContext context)
    {
        var plan = new HashPlan(context.ReadString("Output"), context.ReadStrings("Inputs"), context.ReadBoolean("OfTexts"),
            NgramHasher.Load(context), context.ReadInt32("MaximumInverts"));
        if (plan.OutputColumnName.Length == 0 || plan.InputColumnNames.Length == 0 || plan.InputColumnNames.Contains(""))
            throw context.Invalid("it does not name the columns to read and to make");
        if (plan.MaximumInverts < 0)
            throw context.Invalid("its number of inverts is negative");
        if (plan.MaximumInverts == 0)
            return new(plan, null);
        int[] slots = context.ReadArray<int>("NamedSlots");
        if (context.ReadValueType("SlotNames") is not TextDataViewType)
            throw context.Invalid("the names of its slots are not texts");
        var names = context.ReadValues<ReadOnlyMemory<char>>("SlotNames");
        int last = -1;
        foreach (int slot in slots)
        {
            if (slot <= last || slot >= plan.Hasher.SlotCount)
                throw context.Invalid("its named slots do not increase, or are out of range");
            last = slot;
        }

        return names.Length == slots.Length
            ? new(plan, new VBuffer<ReadOnlyMemory<char>>(plan.Hasher.SlotCount, names.Length, names, slots))
            : throw context.Invalid("it does not have one name for each named slot");
    }

    /// <inheritdoc/>
    public override string ToString() => _plan.ToString();

    /// <inheritdoc/>
    protected override IEnumerable<ColumnFunction> Bind(DataViewSchema inputSchema)
    {
        var inputs = _plan.InputColumnNames.Select(name => inputSchema[name]).ToArray();
        foreach (var input in inputs)
            _ = _plan.Open(input);
        var annotations = new DataViewSchema.Annotations.Builder();
        if (_slotNames is { } names)
            annotations.Add(AnnotationKinds.SlotNames, new VectorDataViewType(TextDataViewType.Instance, names.Length), names);
        var type = new VectorDataViewType(NumberDataViewType.Single, _plan.Hasher.SlotCount);
        yield return new ColumnFunction(inputs, [new(_plan.OutputColumnName, type, annotations.ToAnnotations())],
            () => new Worker(_plan.Hasher, [.. inputs.Select(c => _plan.Open(c))]).Run);
    }

    private sealed class Worker(NgramHasher hasher, KeyRows[] columns)
    {
        private readonly SlotCounts _counts = new();

        public void Run(RowBatch batch, ReadOnlySpan<ColumnBuffer?> outputs)
        {
            var made = (VectorColumn<float>)outputs[0]!;
            made.Begin(VectorLayout.Sparse);
            for (int row = 0; row < batch.Count; row++)
            {
                _counts.Clear();
                for (int i = 0; i < columns.Length; i++)
                    hasher.AddTo(_counts, columns[i].Read(batch, row), i);
                _counts.Finish();
                made.AddRow(_counts.Slots, _counts.Values);
            }
        }
    }
}
