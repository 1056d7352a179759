using MLPath.Data;
using MLPath.Runtime;

namespace MLPath.Transforms.Text;

/// <summary>Says which stop words <see cref="TextFeaturizingEstimator"/> leaves out.</summary>
public interface IStopWordsRemoverOptions
{
    /// <summary>The words, in any case.</summary>
    IEnumerable<string> GetStopWords();
}

/// <summary>
/// Leaves the commonest function words of a language (articles, pronouns, prepositions, auxiliaries) out of vectors of words, whatever their case.
/// Learns nothing.
/// </summary>
public sealed class StopWordsRemovingEstimator : TrivialEstimator<StopWordsRemovingTransformer>
{
    /// <summary>Creates the estimator.</summary>
    /// <param name="columns">The columns to make, and of which: vectors of texts.</param>
    /// <param name="language">The language of the words.</param>
    public StopWordsRemovingEstimator(IEnumerable<InputOutputColumnPair> columns, Language language = Language.English)
        : base(new StopWordsRemovingTransformer(columns, new StopWordSet(DefaultStopWords.Of(language)), $"{language}")) { }

    /// <summary>A language whose stop words are known; ML.NET's numbers.</summary>
    public enum Language
    {
        /// <summary>English.</summary>
        English = 0,

        /// <summary>French.</summary>
        French = 1,

        /// <summary>German.</summary>
        German = 2,

        /// <summary>Dutch.</summary>
        Dutch = 3,

        /// <summary>Danish.</summary>
        Danish = 4,

        /// <summary>Swedish.</summary>
        Swedish = 5,

        /// <summary>Italian.</summary>
        Italian = 6,

        /// <summary>Spanish.</summary>
        Spanish = 7,

        /// <summary>Portuguese.</summary>
        Portuguese = 8,
    }

    /// <inheritdoc/>
    public override SchemaShape GetOutputSchema(SchemaShape inputSchema) => StopWordsRemovingTransformer.Shape(Transformer, inputSchema);

    /// <summary>Lets <see cref="TextFeaturizingEstimator"/> leave out the stop words of a language.</summary>
    public sealed record Options : IStopWordsRemoverOptions
    {
        /// <summary>The language of the texts. Default: English.</summary>
        public TextFeaturizingEstimator.Language Language { get; init; } = TextFeaturizingEstimator.Language.English;

        /// <inheritdoc/>
        public IEnumerable<string> GetStopWords() => DefaultStopWords.Of(Enum.IsDefined(Language)
            ? Enum.Parse<StopWordsRemovingEstimator.Language>($"{Language}")
            : throw new InvalidOperationException($"{Language} is not a language whose stop words are known."));
    }
}

/// <summary>Leaves words out of vectors of words, whatever their case, that the user lists. Learns nothing.</summary>
public sealed class CustomStopWordsRemovingEstimator : TrivialEstimator<StopWordsRemovingTransformer>
{
    /// <summary>Creates the estimator.</summary>
    /// <param name="columns">The columns to make, and of which: vectors of texts.</param>
    /// <param name="stopwords">The words to leave out, at least one.</param>
    public CustomStopWordsRemovingEstimator(IEnumerable<InputOutputColumnPair> columns, params string[] stopwords)
        : base(new StopWordsRemovingTransformer(columns, new StopWordSet(Check(stopwords)), "custom")) { }

    /// <inheritdoc/>
    public override SchemaShape GetOutputSchema(SchemaShape inputSchema) => StopWordsRemovingTransformer.Shape(Transformer, inputSchema);

    private static string[] Check(string[] stopwords)
    {
        ArgumentNullException.ThrowIfNull(stopwords);
        return stopwords.Length > 0 && !Array.Exists(stopwords, string.IsNullOrEmpty)
            ? stopwords
            : throw new ArgumentException("Give at least one word to leave out, and no empty ones.", nameof(stopwords));
    }

    /// <summary>Lets <see cref="TextFeaturizingEstimator"/> leave out listed words.</summary>
    public sealed record Options : IStopWordsRemoverOptions
    {
        /// <summary>The words to leave out, at least one.</summary>
        public IReadOnlyList<string> StopWords { get; init; } = [];

        /// <inheritdoc/>
        public IEnumerable<string> GetStopWords() => Check([.. StopWords]);
    }
}

/// <summary>Leaves stop words out, as <see cref="StopWordsRemovingEstimator"/> and <see cref="CustomStopWordsRemovingEstimator"/> say.</summary>
public sealed class StopWordsRemovingTransformer : OneToOneTransformer
{
    internal const string Id = "MLPath.RemoveStopWords";

    private readonly StopWordSet _words;
    private readonly string _list;

    internal StopWordsRemovingTransformer(IEnumerable<InputOutputColumnPair> columns, StopWordSet words, string list) : base(columns) =>
        (_words, _list) = (words, list);

    /// <inheritdoc/>
    public override string ComponentId => Id;

    /// <inheritdoc/>
    public override void Save(ModelSaveContext context)
    {
        SaveColumns(context);
        context.Write("List", _list);
        _words.Save(context, "Words");
    }

    /// <inheritdoc/>
    public override string ToString() => InputOutputColumnPair.Describe("RemoveStopWords", Columns, $"{_list}, {_words.Count} words");

    internal static StopWordsRemovingTransformer Load(ModelLoadContext context) =>
        new(LoadColumns(context), StopWordSet.Load(context, "Words"), context.ReadString("List"));

    internal static SchemaShape Shape(StopWordsRemovingTransformer transformer, SchemaShape inputSchema) =>
        inputSchema.With(transformer.Columns.Select(pair =>
        {
            TextColumns.RequireVector(inputSchema[pair.InputColumnName]);
            return TextColumns.Ragged(pair.OutputColumnName);
        }).ToList());

    /// <inheritdoc/>
    protected override ColumnFunction Bind(DataViewSchema.Column input, int index)
    {
        TextColumns.RequireVector(input);
        var output = new DataViewSchema.DetachedColumn(Columns[index].OutputColumnName, new VectorDataViewType(TextDataViewType.Instance));
        return new([input], [output], () => new Worker(_words, input.Index).Run);
    }

    private sealed class Worker(StopWordSet words, int column)
    {
        private ReadOnlyMemory<char>[] _row = [];

        public void Run(RowBatch batch, ReadOnlySpan<ColumnBuffer?> outputs)
        {
            var made = (VectorColumn<ReadOnlyMemory<char>>)outputs[0]!;
            made.Begin(VectorLayout.Ragged);
            for (int row = 0; row < batch.Count; row++)
            {
                var tokens = TextColumns.Row(batch, column, row);
                if (_row.Length < tokens.Length)
                    _row = new ReadOnlyMemory<char>[Math.Max(tokens.Length, 2 * _row.Length)];
                int kept = 0;
                foreach (var token in tokens)
                {
                    if (!words.Contains(token.Span))
                        _row[kept++] = token;
                }

                made.AddRow(_row.AsSpan(0, kept));
            }
        }
    }
}
