using MLPath.Transforms.Text;

namespace MLPath;

/// <summary>Features from text: <c>ml.Transforms.Text</c>.</summary>
public static class TextCatalog
{
    extension(TransformsCatalog.TextTransforms catalog)
    {
        /// <summary>Makes features of a text: scaled counts of its words and of its runs of three characters.</summary>
        /// <param name="outputColumnName">The column of features to make.</param>
        /// <param name="inputColumnName">The column of text; the output's name when null.</param>
        public TextFeaturizingEstimator FeaturizeText(string outputColumnName, string? inputColumnName = null) =>
            new(outputColumnName, Names(inputColumnName));

        /// <summary>Makes features of one or several texts: counts of words and of runs of characters.</summary>
        /// <param name="outputColumnName">The column of features to make.</param>
        /// <param name="options">What to count, and how.</param>
        /// <param name="inputColumnNames">The columns of text, read as one sequence of texts; the output's name when there is none.</param>
        public TextFeaturizingEstimator FeaturizeText(
            string outputColumnName, TextFeaturizingEstimator.Options options, params string[] inputColumnNames) =>
            new(outputColumnName, inputColumnNames, options);

        /// <summary>Brings texts into one form: one case, without marks, punctuation or numbers as wanted.</summary>
        /// <param name="outputColumnName">The column to make.</param>
        /// <param name="inputColumnName">The column of text, or of vectors of texts; the output's name when null.</param>
        /// <param name="caseMode">The case that letters get.</param>
        /// <param name="keepDiacritics">Whether letters keep their diacritical marks.</param>
        /// <param name="keepPunctuations">Whether punctuation stays.</param>
        /// <param name="keepNumbers">Whether numbers stay.</param>
        public TextNormalizingEstimator NormalizeText(
            string outputColumnName,
            string? inputColumnName = null,
            TextNormalizingEstimator.CaseMode caseMode = TextNormalizingEstimator.DefaultCaseMode,
            bool keepDiacritics = TextNormalizingEstimator.DefaultKeepDiacritics,
            bool keepPunctuations = TextNormalizingEstimator.DefaultKeepPunctuations,
            bool keepNumbers = TextNormalizingEstimator.DefaultKeepNumbers) =>
            new([new(outputColumnName, inputColumnName)], caseMode, keepDiacritics, keepPunctuations, keepNumbers);

        /// <summary>Splits texts at separators into words.</summary>
        /// <param name="outputColumnName">The column to make.</param>
        /// <param name="inputColumnName">The column of text, or of vectors of texts; the output's name when null.</param>
        /// <param name="separators">The characters between words; the space when null.</param>
        public WordTokenizingEstimator TokenizeIntoWords(string outputColumnName, string? inputColumnName = null, char[]? separators = null) =>
            new([new(outputColumnName, inputColumnName)], separators);

        /// <summary>Splits texts into characters, as keys.</summary>
        /// <param name="outputColumnName">The column to make.</param>
        /// <param name="inputColumnName">The column of text, or of vectors of texts; the output's name when null.</param>
        /// <param name="useMarkerCharacters">Whether U+0002 stands before and U+0003 behind the characters of every row.</param>
        public TokenizingByCharactersEstimator TokenizeIntoCharactersAsKeys(
            string outputColumnName, string? inputColumnName = null, bool useMarkerCharacters = true) =>
            new([new(outputColumnName, inputColumnName)], useMarkerCharacters);

        /// <summary>Leaves the function words of a language out of vectors of words.</summary>
        /// <param name="outputColumnName">The column to make.</param>
        /// <param name="inputColumnName">The column of vectors of words; the output's name when null.</param>
        /// <param name="language">The language.</param>
        public StopWordsRemovingEstimator RemoveDefaultStopWords(
            string outputColumnName,
            string? inputColumnName = null,
            StopWordsRemovingEstimator.Language language = StopWordsRemovingEstimator.Language.English) =>
            new([new(outputColumnName, inputColumnName)], language);

        /// <summary>Leaves listed words out of vectors of words, whatever their case.</summary>
        /// <param name="outputColumnName">The column to make.</param>
        /// <param name="inputColumnName">The column of vectors of words; the output's name when null.</param>
        /// <param name="stopwords">The words to leave out.</param>
        public CustomStopWordsRemovingEstimator RemoveStopWords(
            string outputColumnName, string? inputColumnName = null, params string[] stopwords) =>
            new([new(outputColumnName, inputColumnName)], stopwords);

        /// <summary>Counts the n-grams of vectors of keys, or weighs them by how rare they are.</summary>
        /// <param name="outputColumnName">The column to make.</param>
        /// <param name="inputColumnName">The column of vectors of keys; the output's name when null.</param>
        /// <param name="ngramLength">The number of tokens of the longest n-grams, from 1 to 10.</param>
        /// <param name="skipLength">The most tokens that an n-gram may leave out.</param>
        /// <param name="useAllLengths">Whether shorter n-grams, down to single tokens, count as well.</param>
        /// <param name="maximumNgramsCount">The most n-grams of each length; those that occur later have no slot.</param>
        /// <param name="weighting">What the value of a slot is.</param>
        public NgramExtractingEstimator ProduceNgrams(
            string outputColumnName,
            string? inputColumnName = null,
            int ngramLength = 2,
            int skipLength = 0,
            bool useAllLengths = true,
            int maximumNgramsCount = NgramExtractingEstimator.DefaultMaximumNgramsCount,
            NgramExtractingEstimator.WeightingCriteria weighting = NgramExtractingEstimator.WeightingCriteria.Tf) =>
            new([new(outputColumnName, inputColumnName)], new NgramExtractingEstimator.Options
            {
                NgramLength = ngramLength,
                SkipLength = skipLength,
                UseAllLengths = useAllLengths,
                MaximumNgramsCount = [maximumNgramsCount],
                Weighting = weighting,
            });

        /// <summary>Counts the n-grams of vectors of keys, with all options.</summary>
        /// <param name="outputColumnName">The column to make.</param>
        /// <param name="options">Which n-grams, and their weights.</param>
        /// <param name="inputColumnName">The column of vectors of keys; the output's name when null.</param>
        public NgramExtractingEstimator ProduceNgrams(string outputColumnName, NgramExtractingEstimator.Options options, string? inputColumnName = null) =>
            new([new(outputColumnName, inputColumnName)], options);

        /// <summary>Counts the words, or runs of words, of a text that is split at spaces.</summary>
        /// <param name="outputColumnName">The column to make.</param>
        /// <param name="inputColumnName">The column of text; the output's name when null.</param>
        /// <param name="ngramLength">The number of words of the longest n-grams, from 1 to 10.</param>
        /// <param name="skipLength">The most words that an n-gram may leave out.</param>
        /// <param name="useAllLengths">Whether shorter n-grams, down to single words, count as well.</param>
        /// <param name="maximumNgramsCount">The most n-grams of each length; those that occur later have no slot.</param>
        /// <param name="weighting">What the value of a slot is.</param>
        public WordBagEstimator ProduceWordBags(
            string outputColumnName,
            string? inputColumnName = null,
            int ngramLength = 2,
            int skipLength = 0,
            bool useAllLengths = true,
            int maximumNgramsCount = NgramExtractingEstimator.DefaultMaximumNgramsCount,
            NgramExtractingEstimator.WeightingCriteria weighting = NgramExtractingEstimator.WeightingCriteria.Tf) =>
            new(outputColumnName, Names(inputColumnName), Bag(ngramLength, skipLength, useAllLengths, maximumNgramsCount, weighting));

        /// <summary>Counts the words, or runs of words, of several texts, read as one.</summary>
        /// <param name="outputColumnName">The column to make.</param>
        /// <param name="inputColumnNames">The columns of text.</param>
        /// <param name="ngramLength">The number of words of the longest n-grams, from 1 to 10.</param>
        /// <param name="skipLength">The most words that an n-gram may leave out.</param>
        /// <param name="useAllLengths">Whether shorter n-grams, down to single words, count as well.</param>
        /// <param name="maximumNgramsCount">The most n-grams of each length; those that occur later have no slot.</param>
        /// <param name="weighting">What the value of a slot is.</param>
        public WordBagEstimator ProduceWordBags(
            string outputColumnName,
            string[] inputColumnNames,
            int ngramLength = 2,
            int skipLength = 0,
            bool useAllLengths = true,
            int maximumNgramsCount = NgramExtractingEstimator.DefaultMaximumNgramsCount,
            NgramExtractingEstimator.WeightingCriteria weighting = NgramExtractingEstimator.WeightingCriteria.Tf) =>
            new(outputColumnName, inputColumnNames, Bag(ngramLength, skipLength, useAllLengths, maximumNgramsCount, weighting));

        /// <summary>Adds up the frequencies of the terms in a text like "cat:3;dog:1".</summary>
        /// <param name="outputColumnName">The column to make.</param>
        /// <param name="termSeparator">The character between terms.</param>
        /// <param name="freqSeparator">The character between a term and its frequency, a whole number; a term without one counts once.</param>
        /// <param name="inputColumnName">The column of text; the output's name when null.</param>
        /// <param name="maximumNgramsCount">The most terms; those that occur later have no slot.</param>
        public WordBagEstimator ProduceWordBags(
            string outputColumnName,
            char termSeparator,
            char freqSeparator,
            string? inputColumnName = null,
            int maximumNgramsCount = NgramExtractingEstimator.DefaultMaximumNgramsCount) =>
            WordBagEstimator.OfTerms(outputColumnName, inputColumnName, termSeparator, freqSeparator, maximumNgramsCount);

        /// <summary>Counts the words, or runs of words, of one or several texts, with all options.</summary>
        /// <param name="outputColumnName">The column to make.</param>
        /// <param name="options">Which n-grams, and their weights.</param>
        /// <param name="inputColumnNames">The columns of text; the output's name when there is none.</param>
        public WordBagEstimator ProduceWordBags(string outputColumnName, WordBagEstimator.Options options, params string[] inputColumnNames) =>
            new(outputColumnName, inputColumnNames, options);

        /// <summary>Counts the n-grams of vectors of keys in slots that their hashes choose.</summary>
        /// <param name="outputColumnName">The column to make.</param>
        /// <param name="inputColumnName">The column of vectors of keys; the output's name when null.</param>
        /// <param name="numberOfBits">There are 2 to this power of slots; from 1 to 30.</param>
        /// <param name="ngramLength">The number of tokens of the longest n-grams, from 1 to 10.</param>
        /// <param name="skipLength">The most tokens that an n-gram may leave out.</param>
        /// <param name="useAllLengths">Whether shorter n-grams, down to single tokens, count as well.</param>
        /// <param name="seed">The seed of the hash.</param>
        /// <param name="useOrderedHashing">Whether the same n-gram in another input column has a slot of its own.</param>
        /// <param name="maximumNumberOfInverts">The most n-grams in the name of a slot: 0 for no names, −1 for no limit.</param>
        /// <param name="rehashUnigrams">Whether single keys are hashed as well, rather than taken for hashes.</param>
        public NgramHashingEstimator ProduceHashedNgrams(
            string outputColumnName,
            string? inputColumnName = null,
            int numberOfBits = NgramHashingEstimator.DefaultNumberOfBits,
            int ngramLength = 2,
            int skipLength = 0,
            bool useAllLengths = true,
            uint seed = NgramHashingEstimator.DefaultSeed,
            bool useOrderedHashing = true,
            int maximumNumberOfInverts = 0,
            bool rehashUnigrams = false) =>
            new(outputColumnName, Names(inputColumnName), numberOfBits, ngramLength, skipLength, useAllLengths, seed, useOrderedHashing,
                maximumNumberOfInverts, rehashUnigrams);

        /// <summary>Counts the n-grams of several columns of keys in slots that their hashes choose.</summary>
        /// <param name="outputColumnName">The column to make.</param>
        /// <param name="inputColumnNames">The columns of vectors of keys.</param>
        /// <param name="numberOfBits">There are 2 to this power of slots; from 1 to 30.</param>
        /// <param name="ngramLength">The number of tokens of the longest n-grams, from 1 to 10.</param>
        /// <param name="skipLength">The most tokens that an n-gram may leave out.</param>
        /// <param name="useAllLengths">Whether shorter n-grams, down to single tokens, count as well.</param>
        /// <param name="seed">The seed of the hash.</param>
        /// <param name="useOrderedHashing">Whether the same n-gram in another input column has a slot of its own.</param>
        /// <param name="maximumNumberOfInverts">The most n-grams in the name of a slot: 0 for no names, −1 for no limit.</param>
        /// <param name="rehashUnigrams">Whether single keys are hashed as well, rather than taken for hashes.</param>
        public NgramHashingEstimator ProduceHashedNgrams(
            string outputColumnName,
            string[] inputColumnNames,
            int numberOfBits = NgramHashingEstimator.DefaultNumberOfBits,
            int ngramLength = 2,
            int skipLength = 0,
            bool useAllLengths = true,
            uint seed = NgramHashingEstimator.DefaultSeed,
            bool useOrderedHashing = true,
            int maximumNumberOfInverts = 0,
            bool rehashUnigrams = false) =>
            new(outputColumnName, inputColumnNames, numberOfBits, ngramLength, skipLength, useAllLengths, seed, useOrderedHashing,
                maximumNumberOfInverts, rehashUnigrams);

        /// <summary>Counts the words, or runs of words, of a text in slots that their hashes choose.</summary>
        /// <param name="outputColumnName">The column to make.</param>
        /// <param name="inputColumnName">The column of text; the output's name when null.</param>
        /// <param name="numberOfBits">There are 2 to this power of slots; from 1 to 30.</param>
        /// <param name="ngramLength">The number of words of the longest n-grams, from 1 to 10.</param>
        /// <param name="skipLength">The most words that an n-gram may leave out.</param>
        /// <param name="useAllLengths">Whether shorter n-grams, down to single words, count as well.</param>
        /// <param name="seed">The seed of the hash.</param>
        /// <param name="useOrderedHashing">Whether the same n-gram in another input column has a slot of its own.</param>
        /// <param name="maximumNumberOfInverts">The most n-grams in the name of a slot: 0 for no names, −1 for no limit.</param>
        public WordHashBagEstimator ProduceHashedWordBags(
            string outputColumnName,
            string? inputColumnName = null,
            int numberOfBits = NgramHashingEstimator.DefaultNumberOfBits,
            int ngramLength = 1,
            int skipLength = 0,
            bool useAllLengths = true,
            uint seed = NgramHashingEstimator.DefaultSeed,
            bool useOrderedHashing = true,
            int maximumNumberOfInverts = 0) =>
            new(outputColumnName, Names(inputColumnName), numberOfBits, ngramLength, skipLength, useAllLengths, seed, useOrderedHashing, maximumNumberOfInverts);

        /// <summary>Counts the words, or runs of words, of several texts in slots that their hashes choose.</summary>
        /// <param name="outputColumnName">The column to make.</param>
        /// <param name="inputColumnNames">The columns of text.</param>
        /// <param name="numberOfBits">There are 2 to this power of slots; from 1 to 30.</param>
        /// <param name="ngramLength">The number of words of the longest n-grams, from 1 to 10.</param>
        /// <param name="skipLength">The most words that an n-gram may leave out.</param>
        /// <param name="useAllLengths">Whether shorter n-grams, down to single words, count as well.</param>
        /// <param name="seed">The seed of the hash.</param>
        /// <param name="useOrderedHashing">Whether the same n-gram in another input column has a slot of its own.</param>
        /// <param name="maximumNumberOfInverts">The most n-grams in the name of a slot: 0 for no names, −1 for no limit.</param>
        public WordHashBagEstimator ProduceHashedWordBags(
            string outputColumnName,
            string[] inputColumnNames,
            int numberOfBits = NgramHashingEstimator.DefaultNumberOfBits,
            int ngramLength = 1,
            int skipLength = 0,
            bool useAllLengths = true,
            uint seed = NgramHashingEstimator.DefaultSeed,
            bool useOrderedHashing = true,
            int maximumNumberOfInverts = 0) =>
            new(outputColumnName, inputColumnNames, numberOfBits, ngramLength, skipLength, useAllLengths, seed, useOrderedHashing, maximumNumberOfInverts);

        /// <summary>Turns texts into sequences of keys of their tokens, of their own lengths or padded and cut to one.</summary>
        /// <param name="outputColumnName">The column to make.</param>
        /// <param name="inputColumnName">The column of text, or of vectors of tokens; the output's name when null.</param>
        /// <param name="sequenceLength">The length of every row; 0 when rows keep their own.</param>
        /// <param name="maximumTokens">The most tokens that get keys of their own: the commonest.</param>
        /// <param name="minimumCount">How often a token must occur to get a key.</param>
        /// <param name="unknownTokens">What becomes of the other tokens.</param>
        public TokenSequenceEstimator ToTokenKeys(
            string outputColumnName,
            string? inputColumnName = null,
            int sequenceLength = 0,
            int maximumTokens = Transforms.ValueToKeyMappingEstimator.DefaultMaximumNumberOfKeys,
            int minimumCount = 1,
            TokenSequenceEstimator.UnknownTokenPolicy unknownTokens = TokenSequenceEstimator.UnknownTokenPolicy.Key) =>
            new([new(outputColumnName, inputColumnName)], new TokenSequenceEstimator.Options
            {
                SequenceLength = sequenceLength,
                MaximumTokens = maximumTokens,
                MinimumCount = minimumCount,
                UnknownTokens = unknownTokens,
            });

        /// <summary>Turns texts into sequences of keys of their tokens, with all options.</summary>
        /// <param name="outputColumnName">The column to make.</param>
        /// <param name="options">Which tokens get keys, and how long sequences are.</param>
        /// <param name="inputColumnName">The column of text, or of vectors of tokens; the output's name when null.</param>
        public TokenSequenceEstimator ToTokenKeys(string outputColumnName, TokenSequenceEstimator.Options options, string? inputColumnName = null) =>
            new([new(outputColumnName, inputColumnName)], options);
    }

    private static string[]? Names(string? inputColumnName) => inputColumnName is null ? null : [inputColumnName];

    private static WordBagEstimator.Options Bag(
        int ngramLength, int skipLength, bool useAllLengths, int maximumNgramsCount, NgramExtractingEstimator.WeightingCriteria weighting) => new()
        {
            NgramLength = ngramLength,
            SkipLength = skipLength,
            UseAllLengths = useAllLengths,
            MaximumNgramsCount = [maximumNgramsCount],
            Weighting = weighting,
        };
}
