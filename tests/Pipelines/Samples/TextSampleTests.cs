using MLPath.Data;
using MLPath.Tests.Transforms;
using MLPath.Transforms.Text;

namespace MLPath.Tests.Samples;

/// <summary>ML.NET's documented examples of text transforms, with the results that it documents.</summary>
[TestClass]
public sealed class TextSampleTests
{
    private static readonly string[] s_reviews =
    [
        "ML.NET's FeaturizeText API uses a composition of several basic transforms to convert text into numeric features.",
        "This API can be used as a featurizer to perform text classification.",
        "There are a number of approaches to text classification.",
        "One of the simplest and most common approaches is called “Bag of Words”.",
        "Text classification can be used for a wide variety of tasks",
        "such as sentiment analysis, topic detection, intent identification etc.",
    ];

    private readonly MLContext _ml = new();

    private TransformsCatalog.TextTransforms Text => _ml.Transforms.Text;

    [TestMethod]
    public void FeaturizeText()
    {
        var features = Predict<Features>(Text.FeaturizeText("Features", "Text"), s_reviews, s_reviews[0]).Values;
        Assert.HasCount(332, features);
        Same([0.0857, 0.0857, 0.0857, 0.0857, 0.0857, 0.0857, 0.0857, 0.0857, 0.0857, 0.1715], features);
    }

    [TestMethod]
    public void FeaturizeTextWithOptions()
    {
        var options = new TextFeaturizingEstimator.Options()
        {
            OutputTokensColumnName = "OutputTokens",
            CaseMode = TextNormalizingEstimator.CaseMode.Lower,
            StopWordsRemoverOptions = new StopWordsRemovingEstimator.Options() { Language = TextFeaturizingEstimator.Language.English },
            WordFeatureExtractor = new WordBagEstimator.Options() { NgramLength = 2, UseAllLengths = true },
            CharFeatureExtractor = new WordBagEstimator.Options() { NgramLength = 3, UseAllLengths = false },
        };
        var row = Predict<FeaturesAndTokens>(Text.FeaturizeText("Features", options, "Text"), s_reviews, s_reviews[0]);
        Assert.AreEqual("ml.net's,featurizetext,api,uses,composition,basic,transforms,convert,text,numeric,features.", string.Join(",", row.OutputTokens));
        Same([0.0941, 0.0941, 0.0941, 0.0941, 0.0941, 0.0941, 0.0941, 0.0941, 0.0941, 0.1881], row.Features);
        Assert.HasCount(282, row.Features);
    }

    [TestMethod]
    public void NormalizeText()
    {
        var row = Predict<NormalizedText>(
            Text.NormalizeText("NormalizedText", "Text", TextNormalizingEstimator.CaseMode.Lower, keepDiacritics: false, keepPunctuations: false, keepNumbers: false),
            [], "ML.NET's NormalizeText API changes the case of the TEXT and removes/keeps diâcrîtîcs, punctuations, and/or numbers (123).");
        Assert.AreEqual("mlnets normalizetext api changes the case of the text and removeskeeps diacritics punctuations andor numbers", row.Value.TrimEnd());
    }

    [TestMethod]
    public void ProduceHashedNgrams()
    {
        string[] texts =
        [
            "This is an example to compute n-grams using hashing.",
            "N-gram is a sequence of 'N' consecutive words/tokens.",
            "ML.NET's ProduceHashedNgrams API produces count of n-grams and hashes it as an index into a vector of given bit length.",
            "The hashing reduces the size of the output feature vector",
            "which is useful in case when number of n-grams is very large.",
        ];
        var pipeline = Text.TokenizeIntoWords("Tokens", "Text")
            .Append(_ml.Transforms.Conversion.MapValueToKey("Tokens"))
            .Append(Text.ProduceHashedNgrams("NgramFeatures", "Tokens", numberOfBits: 5, ngramLength: 3, useAllLengths: false, maximumNumberOfInverts: 1));
        var features = Predict<NgramFeatures>(pipeline, texts, texts[0]).Values;
        Assert.HasCount(32, features);
        Same([0, 0, 2, 0, 0, 1, 0, 0, 1, 0], features);
        CollectionAssert.AreEqual(
            (string[])["This|is|an", "example|to|compute", "compute|n-grams|using", "n-grams|using|hashing.", "an|example|to", "is|an|example"],
            Names(pipeline, texts, "NgramFeatures", 0));
        CollectionAssert.AreEqual(
            (string[])["a|sequence|of", "of|'N'|consecutive", "is|a|sequence", "N-gram|is|a"], Names(pipeline, texts, "NgramFeatures", 1)[..4]);
    }

    /// <summary>
    /// The documented slots are those of an earlier hash of texts, which counted the length as a block. Ours is MurmurHash3 as it is defined, which ML.NET has
    /// come to use: the expected counts are from the definition.
    /// </summary>
    [TestMethod]
    public void ProduceHashedWordBags()
    {
        string[] texts =
        [
            "This is an example to compute bag-of-word features using hashing.",
            "ML.NET's ProduceHashedWordBags API produces count of n-grams and hashes it as an index into a vector of given bit length.",
            "It does so by first tokenizing text/string into words/tokens then ",
            "computing n-grams and hash them to the index given by hash value.",
            "The hashing reduces the size of the output feature vector",
            "which is useful in case when number of n-grams is very large.",
        ];
        var pipeline = Text.ProduceHashedWordBags("BagOfWordFeatures", "Text", numberOfBits: 5, ngramLength: 3, useAllLengths: false, maximumNumberOfInverts: 1);
        var features = Predict<BagOfWordFeatures>(pipeline, texts, texts[0]).Values;
        Assert.HasCount(32, features);
        Same(TextFigures.HashedWordBag, features);
        CollectionAssert.IsSubsetOf(
            Names(pipeline, texts, "BagOfWordFeatures", 0),
            (string[])[
                "This|is|an", "is|an|example", "an|example|to", "example|to|compute", "to|compute|bag-of-word", "compute|bag-of-word|features",
                "bag-of-word|features|using", "features|using|hashing.",
            ]);
    }

    [TestMethod]
    public void ProduceNgrams()
    {
        string[] texts =
        [
            "This is an example to compute n-grams.",
            "N-gram is a sequence of 'N' consecutive words/tokens.",
            "ML.NET's ProduceNgrams API produces vector of n-grams.",
            "Each position in the vector corresponds to a particular n-gram.",
            "The value at each position corresponds to,",
            "the number of times n-gram occurred in the data (Tf), or",
            "the inverse of the number of documents that contain the n-gram (Idf),",
            "or compute both and multiply together (Tf-Idf).",
        ];
        var pipeline = Text.TokenizeIntoWords("Tokens", "Text")
            .Append(_ml.Transforms.Conversion.MapValueToKey("Tokens"))
            .Append(Text.ProduceNgrams("NgramFeatures", "Tokens", ngramLength: 3, useAllLengths: false, weighting: NgramExtractingEstimator.WeightingCriteria.Tf));
        var features = Predict<NgramFeatures>(pipeline, texts, texts[0]).Values;
        Assert.HasCount(52, features);
        Same([1, 1, 1, 1, 1, 0, 0, 0, 0, 0], features);
        CollectionAssert.AreEqual(
            (string[])[
                "This|is|an", "is|an|example", "an|example|to", "example|to|compute", "to|compute|n-grams.", "N-gram|is|a", "is|a|sequence",
                "a|sequence|of", "sequence|of|'N'", "of|'N'|consecutive",
            ],
            ((string[])[.. Names(pipeline, texts, "NgramFeatures", 0), .. Names(pipeline, texts, "NgramFeatures", 1)])[..10]);
    }

    /// <summary>The documented number of n-grams is that of the sentences with the word "that", which the documented sentences have lost.</summary>
    [TestMethod]
    public void ProduceWordBags()
    {
        string[] texts =
        [
            "This is an example to compute bag-of-word features.",
            "ML.NET's ProduceWordBags API produces bag-of-word features from input text.",
            "It does so by first tokenizing text/string into words/tokens then ",
            "computing n-grams and their numeric values.",
            "Each position in the output vector corresponds to a particular n-gram.",
            "The value at each position corresponds to,",
            "the number of times n-gram occurred in the data (Tf), or",
            "the inverse of the number of documents that contain the n-gram (Idf),",
            "or compute both and multiply together (Tf-Idf).",
        ];
        var pipeline = Text.ProduceWordBags(
            "BagOfWordFeatures", "Text", ngramLength: 3, useAllLengths: false, weighting: NgramExtractingEstimator.WeightingCriteria.Tf);
        var features = Predict<BagOfWordFeatures>(pipeline, texts, texts[0]).Values;
        Assert.HasCount(62, features);
        Same([1, 1, 1, 1, 1, 1, 0, 0, 0, 0], features);
        CollectionAssert.AreEqual(
            (string[])[
                "This|is|an", "is|an|example", "an|example|to", "example|to|compute", "to|compute|bag-of-word", "compute|bag-of-word|features.",
                "ML.NET's|ProduceWordBags|API", "ProduceWordBags|API|produces", "API|produces|bag-of-word", "produces|bag-of-word|features",
            ],
            ((string[])[.. Names(pipeline, texts, "BagOfWordFeatures", 0), .. Names(pipeline, texts, "BagOfWordFeatures", 1)])[..10]);
    }

    [TestMethod]
    public void RemoveDefaultStopWords()
    {
        var pipeline = Text.TokenizeIntoWords("Words", "Text")
            .Append(Text.RemoveDefaultStopWords("WordsWithoutStopWords", "Words", language: StopWordsRemovingEstimator.Language.English));
        var row = Predict<WithoutStopWords>(
            pipeline, [], "ML.NET's RemoveDefaultStopWords API removes stop words from tHe text/string. It requires the text/string to be tokenized beforehand.");
        Assert.AreEqual(
            "ML.NET's,RemoveDefaultStopWords,API,removes,stop,words,text/string.,requires,text/string,tokenized,beforehand.", string.Join(",", row.Words));
    }

    [TestMethod]
    public void RemoveStopWords()
    {
        var pipeline = Text.TokenizeIntoWords("Words", "Text")
            .Append(Text.RemoveStopWords("WordsWithoutStopWords", "Words", stopwords: ["a", "the", "from", "by"]));
        var row = Predict<WithoutStopWords>(
            pipeline, [], "ML.NET's RemoveStopWords API removes stop words from tHe text/string using a list of stop words provided by the user.");
        Assert.AreEqual("ML.NET's,RemoveStopWords,API,removes,stop,words,text/string,using,list,of,stop,words,provided,user.", string.Join(",", row.Words));
    }

    [TestMethod]
    public void TokenizeIntoCharactersAsKeys()
    {
        var pipeline = Text.TokenizeIntoCharactersAsKeys("CharTokens", "Text", useMarkerCharacters: false)
            .Append(_ml.Transforms.Conversion.MapKeyToValue("CharTokens"));
        var tokens = Predict<CharTokens>(pipeline, [], "ML.NET's TokenizeIntoCharactersAsKeys API splits text/string into characters.").Values;
        Assert.HasCount(77, tokens);
        Assert.AreEqual(
            "M,L,.,N,E,T,',s,<␠>,T,o,k,e,n,i,z,e,I,n,t,o,C,h,a,r,a,c,t,e,r,s,A,s,K,e,y,s,<␠>,A,P,I,<␠>,s,p,l,i,t,s,<␠>,t,e,x,t,/,s,t,r,i,n,g,<␠>," +
            "i,n,t,o,<␠>,c,h,a,r,a,c,t,e,r,s,.",
            string.Join(",", tokens));
    }

    [TestMethod]
    public void TokenizeIntoWords()
    {
        var words = Predict<WordList>(Text.TokenizeIntoWords("Words", "Text", separators: [' ']), [],
            "ML.NET's TokenizeIntoWords API splits text/string into words using the list of characters provided as separators.").Words;
        Assert.AreEqual(
            "ML.NET's,TokenizeIntoWords,API,splits,text/string,into,words,using,the,list,of,characters,provided,as,separators.", string.Join(",", words));
        Assert.HasCount(15, words);
    }

    private IDataView Load(string[] texts) => _ml.Data.LoadFromEnumerable(texts.Select(t => new TextRow { Text = t }));

    private T Predict<T>(IEstimator<ITransformer> pipeline, string[] training, string text) where T : class, new()
    {
        using var engine = _ml.Model.CreatePredictionEngine<TextRow, T>(pipeline.Fit(Load(training)));
        return engine.Predict(new TextRow { Text = text });
    }

    /// <summary>The names of a row's slots that are not 0.</summary>
    private string[] Names(IEstimator<ITransformer> pipeline, string[] texts, string column, int row)
    {
        var made = pipeline.Fit(Load(texts)).Transform(Load(texts));
        string[] names = made.SlotNames(column);
        return [.. made.Rows<float>(column)[row].Select((value, slot) => (value, slot)).Where(c => c.value != 0).Select(c => names[c.slot])];
    }

    private static void Same(double[] expected, float[] actual)
    {
        for (int i = 0; i < expected.Length; i++)
            Assert.AreEqual(expected[i], actual[i], 5e-5, $"slot {i}");
    }

    private sealed class TextRow
    {
        public string Text { get; set; } = "";
    }

    private sealed class Features
    {
        [ColumnName("Features")]
        public float[] Values { get; set; } = [];
    }

    private sealed class FeaturesAndTokens
    {
        public float[] Features { get; set; } = [];

        public string[] OutputTokens { get; set; } = [];
    }

    private sealed class NormalizedText
    {
        [ColumnName("NormalizedText")]
        public string Value { get; set; } = "";
    }

    private sealed class NgramFeatures
    {
        [ColumnName("NgramFeatures")]
        public float[] Values { get; set; } = [];
    }

    private sealed class BagOfWordFeatures
    {
        [ColumnName("BagOfWordFeatures")]
        public float[] Values { get; set; } = [];
    }

    private sealed class WithoutStopWords
    {
        [ColumnName("WordsWithoutStopWords")]
        public string[] Words { get; set; } = [];
    }

    private sealed class CharTokens
    {
        [ColumnName("CharTokens")]
        public string[] Values { get; set; } = [];
    }

    private sealed class WordList
    {
        public string[] Words { get; set; } = [];
    }
}
