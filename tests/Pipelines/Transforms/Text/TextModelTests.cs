using MLPath.Data;
using MLPath.Runtime;
using MLPath.Tests.Models;
using MLPath.Transforms.Text;
using Files = MLPath.Tests.Models.Models;

namespace MLPath.Tests.Transforms.Text;

/// <summary>Files that name a text transform but do not hold one: each is refused with words.</summary>
[TestClass]
public sealed class TextModelTests
{
    [TestMethod]
    public void Texts_to_texts()
    {
        foreach (string id in (string[])["MLPath.NormalizeText", "MLPath.TokenizeIntoWords", "MLPath.TokenizeIntoCharacters", "MLPath.RemoveStopWords", "MLPath.ProduceNgrams", "MLPath.ToTokenKeys"])
            Refuses(id, "one input column for each output", c => Columns(c, ["a", "b"], ["a"]));
        Refuses("MLPath.NormalizeText", "'CaseMode'", c =>
        {
            Columns(c);
            c.Write("CaseMode", "Title");
        });
        Refuses("MLPath.TokenizeIntoWords", "no separators", c =>
        {
            Columns(c);
            c.WriteArray<ushort>("Separators", []);
        });
    }

    [TestMethod]
    public void Ngrams()
    {
        RefusesNgrams("is not a length of n-grams", [1], [1], length: 0);
        RefusesNgrams("is not a length of n-grams", [1], [1], length: int.MaxValue);
        RefusesNgrams("is not a length of n-grams", [1], [1], length: 6, skips: 5);
        RefusesNgrams("lengths of 'Column0'", [1, 2], [1]);
        RefusesNgrams("lengths of 'Column0'", [1, 2, 3], [3]);
        RefusesNgrams("lengths of 'Column0'", [1], [0, 1]);
        RefusesNgrams("an n-gram twice", [1, 2, 1, 2], [2, 2]);
        RefusesNgrams("InverseDocumentFrequencies", [1], [1], weighting: "Idf");
        RefusesNgrams("not finite", [1], [1], weighting: "Idf", inverse: [double.NaN]);
        RefusesNgrams("should have the shape", [1], [1], weighting: "Idf", inverse: [1, 2]);
    }

    [TestMethod]
    public void Hashes()
    {
        RefusesHashes("name the columns", inputs: []);
        RefusesHashes("number of bits is out of range", bits: 31);
        RefusesHashes("seed", seed: -1);
        RefusesHashes("inverts is negative", inverts: -1);
        RefusesHashes("do not increase, or are out of range", slots: [3, 3], names: ["a", "b"]);
        RefusesHashes("do not increase, or are out of range", slots: [16], names: ["a"]);
        RefusesHashes("one name for each", slots: [1, 2], names: ["a"]);
    }

    [TestMethod]
    public void Features()
    {
        RefusesFeatures("name the columns", inputs: []);
        RefusesFeatures("name the columns", tokens: "Out");
        RefusesFeatures("neither words nor characters");
        RefusesFeatures("empty or is there twice", vocabulary: ["a", "a"]);
        RefusesFeatures("empty or is there twice", vocabulary: [""]);
        RefusesFeatures("not two characters", frequencies: [';']);
        RefusesFeatures("not two characters", frequencies: [';', ';']);
    }

    [TestMethod]
    public void Sequences()
    {
        RefusesSequences("negative length", -1, ["a"]);
        RefusesSequences("no key for unknown tokens", 3, []);
    }

    private static void RefusesNgrams(
        string words, uint[] keys, byte[] lengths, int length = 2, int skips = 0, string weighting = "Tf", double[]? inverse = null) =>
        Refuses("MLPath.ProduceNgrams", words, c =>
        {
            Columns(c);
            c.Write("Column0.Length", length);
            c.Write("Column0.Skips", skips);
            c.Write("Column0.AllLengths", true);
            c.Write("Column0.Weighting", weighting);
            c.Write("Column0.Sublinear", false);
            c.WriteArray<uint>("Column0.Keys", keys);
            c.WriteArray<byte>("Column0.Lengths", lengths);
            if (inverse is not null)
                c.WriteArray<double>("Column0.InverseDocumentFrequencies", inverse);
        });

    private static void RefusesHashes(
        string words, string[]? inputs = null, int bits = 4, long seed = 1, int inverts = 1, int[]? slots = null, string[]? names = null) =>
        Refuses("MLPath.ProduceHashedNgrams", words, c =>
        {
            c.Write("Output", "Out");
            c.Write("Inputs", inputs ?? ["a"]);
            c.Write("OfTexts", true);
            c.Write("MaximumInverts", inverts);
            c.Write("Ngrams.Length", 1);
            c.Write("Ngrams.Skips", 0);
            c.Write("Ngrams.AllLengths", true);
            c.Write("Bits", bits);
            c.Write("Seed", seed);
            c.Write("Ordered", true);
            c.Write("RehashUnigrams", false);
            c.WriteArray<int>("NamedSlots", slots ?? []);
            c.WriteValues<ReadOnlyMemory<char>>("SlotNames", TextDataViewType.Instance, Tables.Words(names ?? []));
        });

    private static void RefusesFeatures(
        string words, string[]? inputs = null, string? tokens = null, string[]? vocabulary = null, ushort[]? frequencies = null) =>
        Refuses("MLPath.FeaturizeText", words, c =>
        {
            c.Write("Output", "Out");
            c.Write("Inputs", inputs ?? ["a"]);
            c.Write("Tokens", tokens);
            c.WriteEnum("Norm", TextFeaturizingEstimator.NormFunction.L2);
            c.Write("Normalizes", false);
            c.Write("RemovesStopWords", false);
            c.WriteArray<ushort>("TermFrequencies", frequencies ?? []);
            c.WriteValues<ReadOnlyMemory<char>>("Vocabulary", TextDataViewType.Instance, Tables.Words(vocabulary ?? []));
            c.Write("HasWords", false);
            c.Write("HasCharacters", false);
        });

    private static void RefusesSequences(string words, int length, string[] tokens) => Refuses("MLPath.ToTokenKeys", words, c =>
    {
        Columns(c);
        c.Write("SequenceLength", length);
        c.WriteEnum("UnknownTokens", TokenSequenceEstimator.UnknownTokenPolicy.Key);
        c.WriteEnum("PadAt", TokenSequenceEstimator.SequenceSide.End);
        c.WriteEnum("TruncateAt", TokenSequenceEstimator.SequenceSide.End);
        c.WriteValues<ReadOnlyMemory<char>>("Column0.Tokens", TextDataViewType.Instance, Tables.Words(tokens));
    });

    private static void Columns(ModelSaveContext context, string[]? outputs = null, string[]? inputs = null)
    {
        context.Write("Outputs", outputs ?? ["a"]);
        context.Write("Inputs", inputs ?? ["a"]);
    }

    private static void Refuses(string id, string words, Action<ModelSaveContext> save) => StringAssert.Contains(
        Assert.ThrowsExactly<ModelFormatException>(() => Files.Load(Files.Save(new Probe(id, save)), new MLContext().Components)).Message, words);
}
