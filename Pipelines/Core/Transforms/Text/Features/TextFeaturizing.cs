namespace MLPath.Transforms.Text;

/// <summary>
/// Makes features of texts: brings them into one form, counts their words and their runs of characters, and scales each of the two groups of counts to
/// norm 1. The usual first step from text to any trainer.
/// </summary>
/// <remarks>
/// <para>By default each row's features are the counts of its words (split at spaces, in lower case, without diacritical marks) and of its runs of three
/// characters, where every row begins with U+0002 and ends with U+0003. Only what occurred in training has a slot.</para>
/// <para>Slots stand in the order of first occurrence, those of characters before those of words, and are named "Char.t|h|e" and "Word.the|house"; without the
/// tag when there is one group only. Rows are stored sparse.</para>
/// <para>Several input columns, and vectors of texts, are read as one sequence of texts, with U+001F between their characters. With stop words removed,
/// runs of characters are those of the words that remain, with U+001F between them.</para>
/// <para>With <see cref="Options.CharFeatureExtractor"/> null, weighting TfIdf and the formula <see cref="NgramExtractingEstimator.IdfFormula.Smooth"/>,
/// the features are those of scikit-learn's <c>TfidfVectorizer</c> with words split at white space (columns in another order).</para>
/// <para><b>Cost.</b> One pass over the characters; memory for each different word and n-gram.</para>
/// </remarks>
public sealed class TextFeaturizingEstimator : IEstimator<TextFeaturizingTransformer>
{
    private readonly string _outputColumnName;
    private readonly string[] _inputColumnNames;
    private readonly Options _options;
    private readonly TextFeaturePlan _plan;

    /// <summary>Creates the estimator.</summary>
    /// <param name="outputColumnName">The column of features to make.</param>
    /// <param name="inputColumnNames">The columns of text, or of vectors of texts; the output's name when there is none.</param>
    /// <param name="options">What to count; the defaults when null.</param>
    public TextFeaturizingEstimator(string outputColumnName, IReadOnlyList<string>? inputColumnNames = null, Options? options = null)
    {
        _inputColumnNames = TextColumns.CheckNames(outputColumnName, inputColumnNames);
        (_outputColumnName, _options) = (outputColumnName, options ?? new Options());
        _plan = _options.ToPlan(outputColumnName, _inputColumnNames);
    }

    /// <summary>The language of texts, as far as it matters to featurisation; ML.NET's numbers.</summary>
    public enum Language
    {
        /// <summary>English.</summary>
        English = 1,

        /// <summary>French.</summary>
        French = 2,

        /// <summary>German.</summary>
        German = 3,

        /// <summary>Dutch.</summary>
        Dutch = 4,

        /// <summary>Italian.</summary>
        Italian = 5,

        /// <summary>Spanish.</summary>
        Spanish = 6,
    }

    /// <summary>To which norm a row's features are scaled.</summary>
    public enum NormFunction
    {
        /// <summary>They are not scaled.</summary>
        None = 0,

        /// <summary>The sum of absolute values becomes 1.</summary>
        L1 = 1,

        /// <summary>The Euclidean length becomes 1.</summary>
        L2 = 2,

        /// <summary>The largest absolute value becomes 1.</summary>
        Infinity = 3,
    }

    /// <summary>What is counted in texts, and how.</summary>
    public sealed record Options
    {
        /// <summary>The case that letters get. Default: lower.</summary>
        public TextNormalizingEstimator.CaseMode CaseMode { get; init; } = TextNormalizingEstimator.DefaultCaseMode;

        /// <summary>Whether letters keep their diacritical marks. Default: false.</summary>
        public bool KeepDiacritics { get; init; } = TextNormalizingEstimator.DefaultKeepDiacritics;

        /// <summary>Whether punctuation stays. Default: true.</summary>
        public bool KeepPunctuations { get; init; } = TextNormalizingEstimator.DefaultKeepPunctuations;

        /// <summary>Whether numbers stay. Default: true.</summary>
        public bool KeepNumbers { get; init; } = TextNormalizingEstimator.DefaultKeepNumbers;

        /// <summary>
        /// The words to leave out, <see cref="StopWordsRemovingEstimator.Options"/> or <see cref="CustomStopWordsRemovingEstimator.Options"/>.
        /// Default: null, for none.
        /// </summary>
        public IStopWordsRemoverOptions? StopWordsRemoverOptions { get; init; }

        /// <summary>The n-grams of words to count; null for none. Default: single words.</summary>
        public WordBagEstimator.Options? WordFeatureExtractor { get; init; } = new();

        /// <summary>The n-grams of characters to count; null for none. Default: runs of three.</summary>
        public WordBagEstimator.Options? CharFeatureExtractor { get; init; } = new() { NgramLength = 3, UseAllLengths = false };

        /// <summary>To which norm the features of words, and those of characters, are scaled. Default: L2.</summary>
        public NormFunction Norm { get; init; } = NormFunction.L2;

        /// <summary>A column to make of the words that remain; null for none, which is the default.</summary>
        public string? OutputTokensColumnName { get; init; }

        internal TextFeaturePlan ToPlan(string outputColumnName, string[] inputColumnNames)
        {
            if (!Enum.IsDefined(Norm))
                throw new ArgumentException($"There is no norm {Norm}.");
            if (WordFeatureExtractor is null && CharFeatureExtractor is null)
                throw new ArgumentException($"{nameof(WordFeatureExtractor)} and {nameof(CharFeatureExtractor)} are both null: nothing would be counted.");
            if (OutputTokensColumnName is not null)
                ArgumentException.ThrowIfNullOrEmpty(OutputTokensColumnName);
            if (OutputTokensColumnName == outputColumnName)
                throw new ArgumentException($"The column of words and the column of features are both named '{outputColumnName}'.");
            WordFeatureExtractor?.Check();
            CharFeatureExtractor?.Check();
            var normalization = new TextNormalization(CaseMode, KeepDiacritics, KeepPunctuations, KeepNumbers);
            var stopWords = StopWordsRemoverOptions is null ? null : new StopWordSet(StopWordsRemoverOptions.GetStopWords()).With(normalization);
            return new(outputColumnName, inputColumnNames, new TextReading(normalization, stopWords), Norm, OutputTokensColumnName);
        }
    }

    /// <inheritdoc/>
    public TextFeaturizingTransformer Fit(IDataView input, FitContext context) =>
        FeatureLearner.Fit(input, context, _plan, _options.WordFeatureExtractor, _options.CharFeatureExtractor);

    /// <inheritdoc/>
    public SchemaShape GetOutputSchema(SchemaShape inputSchema) => _plan.GetOutputSchema(inputSchema);

    /// <inheritdoc/>
    public override string ToString()
    {
        List<string> details = [];
        if (_options.CharFeatureExtractor is { } chars)
            details.Add(chars.Describe("character"));
        if (_options.WordFeatureExtractor is { } words)
            details.Add(words.Describe("word"));
        return $"FeaturizeText({TextColumns.Describe(_outputColumnName, _inputColumnNames)}; {string.Join("; ", details)})";
    }
}

/// <summary>What is read, made and scaled, whatever is learned.</summary>
internal sealed record TextFeaturePlan(
    string OutputColumnName, string[] InputColumnNames, TextReading Reading, TextFeaturizingEstimator.NormFunction Norm, string? TokensColumnName)
{
    public SchemaShape GetOutputSchema(SchemaShape inputSchema)
    {
        foreach (string name in InputColumnNames)
            TextColumns.Require(inputSchema[name]);
        SchemaShape.Column[] made = TokensColumnName is null
            ? [TextColumns.Features(OutputColumnName)]
            : [TextColumns.Features(OutputColumnName), TextColumns.Ragged(TokensColumnName)];
        return inputSchema.With(made);
    }
}

/// <summary>Learns the words and n-grams of texts in one pass.</summary>
internal static class FeatureLearner
{
    public static TextFeaturizingTransformer Fit(
        IDataView input, FitContext context, TextFeaturePlan plan, NgramExtractingEstimator.Options? wordOptions, NgramExtractingEstimator.Options? charOptions)
    {
        ArgumentNullException.ThrowIfNull(input);
        ArgumentNullException.ThrowIfNull(context);
        _ = plan.GetOutputSchema(SchemaShape.Create(input.Schema));
        context.Checkpoint();
        var columns = plan.InputColumnNames.Select(name => input.Schema[name]).ToArray();
        var rows = new TextRows(plan.Reading, [.. columns.Select(c => c.Index)]);
        var vocabulary = new WordVocabulary();
        var words = wordOptions is null ? null : new NgramLearner(wordOptions);
        var characters = charOptions is null ? null : new NgramLearner(charOptions);
        TextColumns.ReadAll(input, columns, context, batch =>
        {
            for (int row = 0; row < batch.Count; row++)
            {
                rows.Read(batch, row);
                words?.Add(rows.WordKeys(vocabulary, wordOptions!.MaximumNgramsCount[0]));
                characters?.Add(rows.CharacterKeys());
            }
        });
        return new TextFeaturizingTransformer(plan, vocabulary, Finish(words, "word"), Finish(characters, "character")) { FittedOn = input.Lineage };

        NgramVocabulary? Finish(NgramLearner? learner, string unit)
        {
            if (learner is null)
                return null;
            var learned = learner.Finish();
            NgramExtractingEstimator.Diagnose(context, learner, learned, columns[0].Name, unit);
            return learned;
        }
    }
}
