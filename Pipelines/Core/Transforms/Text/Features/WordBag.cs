namespace MLPath.Transforms.Text;

/// <summary>
/// Counts words, or runs of words, in texts that are split at spaces: <see cref="WordTokenizingEstimator"/>, keys and
/// <see cref="NgramExtractingEstimator"/> in one step.
/// </summary>
/// <remarks>
/// The texts are taken as they are: "The" and "the" are different words. Several columns, and vectors of texts, are read as one sequence of words.
/// Slots are named after the words, "the|house". Cost: one pass; memory for each different word and n-gram.
/// </remarks>
public sealed class WordBagEstimator : IEstimator<TextFeaturizingTransformer>
{
    private readonly TextFeaturePlan _plan;
    private readonly Options _options;

    /// <summary>Creates the estimator.</summary>
    /// <param name="outputColumnName">The column to make.</param>
    /// <param name="inputColumnNames">The columns of text, or of vectors of texts; the output's name when there is none.</param>
    /// <param name="options">What is counted; single words when null.</param>
    public WordBagEstimator(string outputColumnName, IReadOnlyList<string>? inputColumnNames = null, Options? options = null)
        : this(outputColumnName, inputColumnNames, options, null) { }

    private WordBagEstimator(string outputColumnName, IReadOnlyList<string>? inputColumnNames, Options? options, TermFrequencies? frequencies)
    {
        _options = options ?? new Options();
        _options.Check();
        _plan = new TextFeaturePlan(outputColumnName, TextColumns.CheckNames(outputColumnName, inputColumnNames),
            new TextReading(null, null, frequencies), TextFeaturizingEstimator.NormFunction.None, null);
    }

    /// <summary>Which n-grams of words, or of characters, are counted; those of <see cref="NgramExtractingEstimator.Options"/> with single ones as default.</summary>
    public sealed record Options : NgramExtractingEstimator.Options
    {
        /// <summary>Single tokens, unless set otherwise.</summary>
        public Options() => NgramLength = 1;
    }

    /// <inheritdoc/>
    public TextFeaturizingTransformer Fit(IDataView input, FitContext context) => FeatureLearner.Fit(input, context, _plan, _options, charOptions: null);

    /// <inheritdoc/>
    public SchemaShape GetOutputSchema(SchemaShape inputSchema) => _plan.GetOutputSchema(inputSchema);

    /// <inheritdoc/>
    public override string ToString() =>
        $"ProduceWordBags({TextColumns.Describe(_plan.OutputColumnName, _plan.InputColumnNames)}; {_options.Describe("word")})";

    /// <summary>An estimator for texts that list terms with their frequencies.</summary>
    internal static WordBagEstimator OfTerms(string outputColumnName, string? inputColumnName, char termSeparator, char frequencySeparator, int maximum)
    {
        if (termSeparator == frequencySeparator)
            throw new ArgumentException($"Terms, and a term and its frequency, are both separated by '{termSeparator}'. Use two characters.", nameof(frequencySeparator));
        return new(outputColumnName, inputColumnName is null ? null : [inputColumnName], new Options { MaximumNgramsCount = [maximum] },
            new TermFrequencies(termSeparator, frequencySeparator));
    }
}
