using MLPath.Data;
using MLPath.Transforms.Text;

namespace MLPath.Contract.Tests;

/// <content>Transforms of text.</content>
internal static partial class EstimatorCases
{
    private static IEnumerable<EstimatorCase> Texts()
    {
        var t = ML.Transforms.Text;
        yield return OfTexts("NormalizeText", () => t.NormalizeText("Out", "Text", keepPunctuations: false));
        yield return OfTexts("NormalizeText of tokens", () => t.NormalizeText("Tokens"));
        yield return OfTexts("TokenizeIntoWords", () => t.TokenizeIntoWords("Out", "Text", [' ', ',']));
        yield return OfTexts("TokenizeIntoCharactersAsKeys", () => t.TokenizeIntoCharactersAsKeys("Out", "Text"));
        yield return OfTexts("RemoveDefaultStopWords", () => t.RemoveDefaultStopWords("Out", "Tokens"));
        yield return OfTexts("RemoveStopWords", () => t.RemoveStopWords("Tokens", null, "cat", "THE"));
        foreach (var weighting in Enum.GetValues<NgramExtractingEstimator.WeightingCriteria>())
            yield return OfTexts($"ProduceNgrams, {weighting}", () => t.ProduceNgrams("Out", "Keys", skipLength: 1, weighting: weighting));
        yield return OfTexts("ProduceHashedNgrams", () => t.ProduceHashedNgrams("Out", ["Keys", "Keys"], numberOfBits: 6));
        yield return OfTexts("ProduceHashedNgrams with names", () => t.ProduceHashedNgrams("Out", "Keys", numberOfBits: 6, maximumNumberOfInverts: -1));
        yield return OfTexts("ProduceWordBags", () => t.ProduceWordBags("Out", ["Text", "Tokens"]));
        yield return OfTexts("ProduceWordBags of terms", () => t.ProduceWordBags("Out", ';', ':', "Terms"));
        yield return OfTexts("ProduceHashedWordBags", () => t.ProduceHashedWordBags("Out", ["Text", "Tokens"], numberOfBits: 8, maximumNumberOfInverts: 2));
        yield return OfTexts("FeaturizeText", () => t.FeaturizeText("Out", "Text"));
        yield return OfTexts("FeaturizeText with options", () => t.FeaturizeText("Out", new TextFeaturizingEstimator.Options
        {
            OutputTokensColumnName = "Words",
            StopWordsRemoverOptions = new StopWordsRemovingEstimator.Options(),
            WordFeatureExtractor = new() { NgramLength = 2, Weighting = NgramExtractingEstimator.WeightingCriteria.TfIdf, MinimumDocumentCount = 2 },
            Norm = TextFeaturizingEstimator.NormFunction.L1,
        }, "Text", "Tokens"));
        yield return OfTexts("ToTokenKeys", () => t.ToTokenKeys("Out", "Text"));
        yield return OfTexts("ToTokenKeys of one length", () => t.ToTokenKeys("Out", "Tokens", sequenceLength: 3, minimumCount: 2));
    }

    private static EstimatorCase OfTexts(string name, Func<IEstimator<ITransformer>> create) => new(name, create, TextTable);

    // Sentences, their words, the words' keys, and lists of terms with frequencies.
    private static InMemoryDataView TextTable()
    {
        string[] subjects = ["The cat", "a dog,", "Élan 7", "", "the cat's friend"];
        string[] verbs = ["sat", "slept, and ate", "", "is IN the house"];
        string[] words = ["the", "cat", "dog", "sat"];
        var text = new ScalarColumn<ReadOnlyMemory<char>>(TextDataViewType.Instance);
        var terms = new ScalarColumn<ReadOnlyMemory<char>>(TextDataViewType.Instance);
        var tokens = new VectorColumn<ReadOnlyMemory<char>>(new VectorDataViewType(TextDataViewType.Instance));
        var keys = new VectorColumn<uint>(new VectorDataViewType(new KeyDataViewType(words.Length)));
        tokens.Begin(VectorLayout.Ragged);
        keys.Begin(VectorLayout.Ragged);
        for (int row = 0; row < 40; row++)
        {
            string sentence = $"{subjects[row % subjects.Length]} {verbs[row % verbs.Length]}".Trim();
            text.Add(sentence.AsMemory());
            terms.Add($"{words[row % 4]}:{row % 3};{words[row % 3]}".AsMemory());
            tokens.AddRow([.. sentence.Split(' ').Select(w => w.AsMemory())]);
            keys.AddRow([.. Enumerable.Range(0, row % 5).Select(i => (uint)((row + (i * i)) % (words.Length + 1)))]);
        }

        var schema = new DataViewSchema.Builder();
        schema.AddColumn("Text", text.Type);
        schema.AddColumn("Terms", terms.Type);
        schema.AddColumn("Tokens", tokens.Type);
        schema.AddColumn("Keys", keys.Type, new DataViewSchema.Annotations.Builder().AddKeyValues(words).ToAnnotations());
        return new InMemoryDataView(schema.ToSchema(), [text, terms, tokens, keys]);
    }
}
