using System.Globalization;
using MLPath.Data;
using MLPath.Runtime;

namespace MLPath.Transforms.Text;

/// <summary>
/// Counts n-grams: learns which runs of up to n tokens occur in vectors of keys, gives each a slot, and makes of every row a sparse vector of how
/// often it has each.
/// </summary>
/// <remarks>
/// <para>With c the count of an n-gram in a row, n the number of rows and d the number of rows that have it, the value of its slot is c (Tf),
/// idf (Idf), or c · idf (TfIdf), where idf = ln(n / d), as in ML.NET, unless <see cref="Options.InverseDocumentFrequency"/> says otherwise.</para>
/// <para>Slots stand in the order in which the n-grams occur first, and are named after their tokens, "the|house"; a missing token is "*". N-grams that
/// were not seen in training have no slot. When nothing was seen, the vector has one slot without a name, and a diagnosis "no-ngrams" says so.</para>
/// <para><b>Cost.</b> One pass; memory for each different n-gram.</para>
/// </remarks>
public sealed class NgramExtractingEstimator : OneToOneEstimator<NgramExtractingTransformer>
{
    internal const int DefaultMaximumNgramsCount = 10_000_000;

    private readonly Options _options;

    /// <summary>Creates the estimator.</summary>
    /// <param name="columns">The columns to make, and of which: vectors of keys.</param>
    /// <param name="options">Which n-grams, and their weights; the defaults when null.</param>
    public NgramExtractingEstimator(IEnumerable<InputOutputColumnPair> columns, Options? options = null) : base(columns) =>
        _options = (options ?? new Options()).Check();

    /// <summary>What the value of a slot is.</summary>
    public enum WeightingCriteria
    {
        /// <summary>How often the n-gram is in the row.</summary>
        Tf = 0,

        /// <summary>How rare it is among the rows, for each n-gram that the row has.</summary>
        Idf = 1,

        /// <summary>The product of both.</summary>
        TfIdf = 2,
    }

    /// <summary>How rare an n-gram is that d of n rows have.</summary>
    public enum IdfFormula
    {
        /// <summary>ln(n / d), which is 0 for what every row has. As in ML.NET.</summary>
        Logarithmic = 0,

        /// <summary>ln((1 + n) / (1 + d)) + 1, as scikit-learn's <c>TfidfVectorizer</c> by default.</summary>
        Smooth = 1,

        /// <summary>ln(n / d) + 1, as scikit-learn's with <c>smooth_idf=False</c>.</summary>
        LogarithmicPlusOne = 2,
    }

    /// <summary>Which n-grams are counted, and how counts become values.</summary>
    public record Options
    {
        /// <summary>The number of tokens of the longest n-grams, from 1 to 10. Default: 2.</summary>
        public int NgramLength { get; init; } = 2;

        /// <summary>The most tokens that an n-gram may leave out; together with the length at most 10. Default: 0.</summary>
        public int SkipLength { get; init; }

        /// <summary>Whether shorter n-grams, down to single tokens, count as well. Default: true.</summary>
        public bool UseAllLengths { get; init; } = true;

        /// <summary>
        /// The most n-grams of each length, at least 1; those that occur later have no slot. One number is for every length; otherwise one for each
        /// length that is made, the shortest first. Default: 10 000 000.
        /// </summary>
        public IReadOnlyList<int> MaximumNgramsCount { get; init; } = [DefaultMaximumNgramsCount];

        /// <summary>What the value of a slot is. Default: how often the row has the n-gram.</summary>
        public WeightingCriteria Weighting { get; init; } = WeightingCriteria.Tf;

        /// <summary>How rarity is measured, for the weightings that do. Default: ln(n / d).</summary>
        public IdfFormula InverseDocumentFrequency { get; init; } = IdfFormula.Logarithmic;

        /// <summary>Whether 1 + ln c stands for a count c: ten times as often is not ten times as important. Default: false.</summary>
        public bool SublinearTf { get; init; }

        /// <summary>The fewest rows that must have an n-gram for it to get a slot; at least 1. Default: 1.</summary>
        public int MinimumDocumentCount { get; init; } = 1;

        /// <summary>The largest part of the rows that may have an n-gram for it to get a slot, above 0 and up to 1. Default: 1.</summary>
        public double MaximumDocumentFraction { get; init; } = 1;

        /// <summary>
        /// The most n-grams, of all lengths together, that get a slot, at least 1: those that most rows have, of equal ones the first to occur.
        /// Default: all.
        /// </summary>
        public int MaximumFeatures { get; init; } = int.MaxValue;

        internal NgramShape Shape => new(NgramLength, SkipLength, UseAllLengths);

        internal Options Check()
        {
            Shape.Check();
            ArgumentNullException.ThrowIfNull(MaximumNgramsCount);
            if (MaximumNgramsCount.Any(limit => limit < 1) || (MaximumNgramsCount.Count != 1 && MaximumNgramsCount.Count != Shape.Lengths))
            {
                throw new ArgumentException(string.Create(CultureInfo.InvariantCulture,
                    $"{nameof(MaximumNgramsCount)} has one number, or {Shape.Lengths}, one for each length; each is at least 1."));
            }

            if (!Enum.IsDefined(Weighting) || !Enum.IsDefined(InverseDocumentFrequency))
                throw new ArgumentException($"There is no weighting {Weighting}, or no formula {InverseDocumentFrequency}.");
            ArgumentOutOfRangeException.ThrowIfLessThan(MinimumDocumentCount, 1);
            ArgumentOutOfRangeException.ThrowIfLessThan(MaximumFeatures, 1);
            if (!(MaximumDocumentFraction is > 0 and <= 1))
                throw new ArgumentOutOfRangeException(nameof(MaximumDocumentFraction), MaximumDocumentFraction, "The part is above 0 and at most 1.");
            return this;
        }

        /// <summary>The most n-grams of length 1, of length 2, …</summary>
        internal int[] Limits()
        {
            var limits = new int[NgramLength];
            for (int length = Shape.Shortest; length <= NgramLength; length++)
                limits[length - 1] = MaximumNgramsCount.Count == 1 ? MaximumNgramsCount[0] : MaximumNgramsCount[length - Shape.Shortest];
            return limits;
        }

        /// <summary>What is not usual, in words: "1 to 3 tokens, TfIdf".</summary>
        internal string Describe(string unit)
        {
            string lengths = UseAllLengths && NgramLength > 1 ? $"1 to {NgramLength} {unit}s" : NgramLength == 1 ? $"1 {unit}" : $"{NgramLength} {unit}s";
            return string.Join(", ", ((string?[])
            [
                lengths,
                SkipLength > 0 ? $"{SkipLength} skipped" : null,
                Weighting == WeightingCriteria.Tf ? null : $"{Weighting}",
                Weighting == WeightingCriteria.Tf || InverseDocumentFrequency == IdfFormula.Logarithmic ? null : $"{InverseDocumentFrequency}",
                SublinearTf ? "sublinear" : null,
                MinimumDocumentCount > 1 ? $"in at least {MinimumDocumentCount} rows" : null,
                MaximumDocumentFraction < 1 ? string.Create(CultureInfo.InvariantCulture, $"in at most {MaximumDocumentFraction} of the rows") : null,
            ]).Where(part => part is not null));
        }
    }

    /// <inheritdoc/>
    public override string ToString() => InputOutputColumnPair.Describe("ProduceNgrams", Columns, _options.Describe("token"));

    internal static void Diagnose(FitContext context, NgramLearner learner, NgramVocabulary learned, string column, string unit)
    {
        if (learner.Overflowed)
        {
            context.Diagnose(DiagnosisSeverity.Warning, "too-many-ngrams",
                $"Column '{column}' has more different n-grams of {unit}s than {nameof(Options.MaximumNgramsCount)} admits; those that occur later have no slot.");
        }

        if (learned.Count == 0)
        {
            context.Diagnose(DiagnosisSeverity.Warning, "no-ngrams",
                $"Column '{column}' has no n-grams of {unit}s that are wanted, so all its features are 0. Are the rows shorter than the n-grams?");
        }
    }

    /// <inheritdoc/>
    protected override NgramExtractingTransformer Fit(IDataView input, IReadOnlyList<DataViewSchema.Column> inputs, FitContext context)
    {
        var learners = inputs.Select(_ => new NgramLearner(_options)).ToArray();
        var rows = inputs.Select(KeyRows.Open).ToArray();
        TextColumns.ReadAll(input, inputs, context, batch =>
        {
            for (int i = 0; i < rows.Length; i++)
            {
                for (int row = 0; row < batch.Count; row++)
                    learners[i].Add(rows[i].Read(batch, row));
            }
        });
        var learned = learners.Select(l => l.Finish()).ToArray();
        for (int i = 0; i < learned.Length; i++)
            Diagnose(context, learners[i], learned[i], inputs[i].Name, "token");
        return new(Columns, learned) { FittedOn = input.Lineage };
    }

    /// <inheritdoc/>
    protected override SchemaShape.Column GetOutputColumn(SchemaShape.Column input, string outputColumnName)
    {
        KeyRows.Require(input);
        return TextColumns.Features(outputColumnName);
    }
}

/// <summary>Counts the n-grams that <see cref="NgramExtractingEstimator"/> learned.</summary>
public sealed class NgramExtractingTransformer : OneToOneTransformer
{
    internal const string Id = "MLPath.ProduceNgrams";

    private readonly NgramVocabulary[] _ngrams;

    internal NgramExtractingTransformer(IEnumerable<InputOutputColumnPair> columns, NgramVocabulary[] ngrams) : base(columns) => _ngrams = ngrams;

    /// <inheritdoc/>
    public override string ComponentId => Id;

    /// <summary>The number of n-grams of one column.</summary>
    /// <param name="columnIndex">Which of <see cref="OneToOneTransformer.Columns"/>, from 0.</param>
    public int GetNgramCount(int columnIndex) => _ngrams[columnIndex].Count;

    /// <inheritdoc/>
    public override void Save(ModelSaveContext context)
    {
        SaveColumns(context);
        for (int i = 0; i < _ngrams.Length; i++)
            _ngrams[i].Save(context, $"Column{i}");
    }

    /// <inheritdoc/>
    public override string ToString() => InputOutputColumnPair.Describe(
        "ProduceNgrams", Columns, string.Create(CultureInfo.InvariantCulture, $"{string.Join(", ", _ngrams.Take(6).Select(n => n.Count))} n-grams"));

    internal static NgramExtractingTransformer Load(ModelLoadContext context)
    {
        var columns = LoadColumns(context);
        return new(columns, [.. columns.Select((_, i) => NgramVocabulary.Load(context, $"Column{i}"))]);
    }

    /// <inheritdoc/>
    protected override ColumnFunction Bind(DataViewSchema.Column input, int index)
    {
        _ = KeyRows.Open(input);
        var ngrams = _ngrams[index];
        var names = new DataViewSchema.Annotations.Builder().AddSlotNames([.. ngrams.Names(KeyRows.Texts(input), input.Type.KeyCount)]);
        var type = new VectorDataViewType(NumberDataViewType.Single, ngrams.SlotCount);
        return new([input], [new(Columns[index].OutputColumnName, type, names.ToAnnotations())], () => new Worker(ngrams, KeyRows.Open(input)).Run);
    }

    private sealed class Worker(NgramVocabulary ngrams, KeyRows keys)
    {
        private readonly SlotCounts _counts = new();

        public void Run(RowBatch batch, ReadOnlySpan<ColumnBuffer?> outputs)
        {
            var made = (VectorColumn<float>)outputs[0]!;
            made.Begin(VectorLayout.Sparse);
            for (int row = 0; row < batch.Count; row++)
            {
                _counts.Clear();
                ngrams.AddTo(_counts, keys.Read(batch, row));
                _counts.Finish();
                ngrams.Weigh(_counts.Slots, _counts.Values);
                made.AddRow(_counts.Slots, _counts.Values);
            }
        }
    }
}
