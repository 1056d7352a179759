using MLPath.Data;
using MLPath.Transforms.Text;

namespace MLPath.Tests.Transforms.Text;

/// <summary>Texts to texts: normalising, splitting, leaving out.</summary>
[TestClass]
public sealed class TextTransformTests
{
    private readonly MLContext _ml = new();

    private static InMemoryDataView Data => Tables.Of(
        ("Text", Tables.Texts("The CAT, sat!", "", "Élan vital №5", "  ", "x")),
        ("Words", Tables.Ragged(TextDataViewType.Instance, Tables.Words("The", "", "cat"), Tables.Words(), Tables.Words("...", "Ü"), Tables.Words("a b"), Tables.Words("?"))),
        ("Pair", Tables.Sparse(TextDataViewType.Instance, [.. ((string[][])[["a b", ""], ["", "C"], ["", ""], ["d", "e"], ["f", "g h"]]).Select(r => Tables.Words(r))])));

    private TransformsCatalog.TextTransforms Text => _ml.Transforms.Text;

    [TestMethod]
    public void Normalised_texts_have_one_form()
    {
        var made = TransformContract.Check(Text.NormalizeText("Out", "Text"), Data, learns: false);
        CollectionAssert.AreEqual((string[])["the cat, sat!", "", "elan vital №5", "  ", "x"], made.TextColumn("Out"));
        Assert.AreEqual("THE CAT SAT", Normalize("The CAT, sat!", TextNormalizingEstimator.CaseMode.Upper, keepPunctuations: false));
        Assert.AreEqual("The CAT, sat", Normalize("The CAT, sat½Ⅻ٣7", TextNormalizingEstimator.CaseMode.None, keepNumbers: false));
        Assert.AreEqual("élan", Normalize("ÉLAN", keepDiacritics: true));
        Assert.AreEqual("Elan uber", Normalize("Élan u\u0308ber", TextNormalizingEstimator.CaseMode.None));
        Assert.AreEqual("a\ud83d\ude00 →", Normalize("A\ud83d\ude00 →"), "Characters of two code units stay.");
    }

    [TestMethod]
    public void Texts_of_a_vector_that_become_empty_are_left_out()
    {
        var made = TransformContract.Check(Text.NormalizeText("Out", "Words", keepPunctuations: false), Data, learns: false);
        Assert.AreEqual("the,cat;;u;a b;", string.Join(';', Words(made, "Out")));
        TransformContract.Check(Text.NormalizeText("Pair"), Data, learns: false);
    }

    [TestMethod]
    public void Diacritics_are_those_of_the_canonical_decompositions()
    {
        foreach (string pair in (string[])["Àa", "ñn", "Őo", "ŵw", "Ǖu", "ệe", "ỹy", "Ḉc", "ώω", "ᾷα", "Ёе", "йи", "Ӵч"])
            Assert.AreEqual($"{pair[1]}", Normalize($"{pair[0]}"));
        foreach (char kept in "ßøłđæœþıħ×÷ªnZ中あ한")
            Assert.AreEqual($"{char.ToLowerInvariant(kept)}", Normalize($"{kept}"), "A letter of its own stays.");
    }

    [TestMethod]
    public void Words_are_split_at_separators_and_trimmed()
    {
        var made = TransformContract.Check(Text.TokenizeIntoWords("Out", "Text"), Data, learns: false);
        Assert.AreEqual("The,CAT,,sat!;;Élan,vital,№5;;x", string.Join(';', Words(made, "Out")));
        Assert.AreEqual("The,cat;;...,Ü;a,b;?", string.Join(';', Words(TransformContract.Check(Text.TokenizeIntoWords("Words"), Data, learns: false), "Words")));
        Assert.AreEqual("a,b;C;;d,e;f,g,h", string.Join(';', Words(TransformContract.Check(Text.TokenizeIntoWords("Pair"), Data, learns: false), "Pair")));
        var split = Text.TokenizeIntoWords("Text", separators: [';', '|']);
        var data = Tables.Of(("Text", Tables.Texts(" a b ;\tc||;d\n", ";;;")));
        Assert.AreEqual("a b,c,d;", string.Join(';', Words(TransformContract.Check(split, data, learns: false), "Text")));
        Assert.Throws<ArgumentException>(() => Text.TokenizeIntoWords("Text", separators: []));
    }

    [TestMethod]
    public void Characters_are_keys_that_stand_for_them()
    {
        var made = TransformContract.Check(Text.TokenizeIntoCharactersAsKeys("Out", "Text"), Data, learns: false);
        CollectionAssert.AreEqual((ushort[])[2, 'x', 3], made.Rows<ushort>("Out")[4]);
        Assert.IsEmpty(made.Rows<ushort>("Out")[1]);
        string[] texts = made.KeyTexts("Out");
        Assert.HasCount(65535, texts);
        Assert.AreEqual("<␠>|a|<PAD>|<␂>|\\uD800|<LSEP>|é", string.Join('|', ((int[])[' ', 'a', 0x80, 2, 0xD800, 0x2028, 'é']).Select(c => texts[c - 1])));

        var vectors = TransformContract.Check(Text.TokenizeIntoCharactersAsKeys("Out", "Words"), Data, learns: false).Rows<ushort>("Out");
        CollectionAssert.AreEqual((ushort[])[2, 'T', 'h', 'e', 0x1F, 'c', 'a', 't', 3], vectors[0]);
        Assert.IsEmpty(vectors[1]);
        CollectionAssert.AreEqual(
            (ushort[])['d', 0x1F, 'e'], Text.TokenizeIntoCharactersAsKeys("Pair", useMarkerCharacters: false).Fit(Data).Transform(Data).Rows<ushort>("Pair")[3]);
    }

    [TestMethod]
    public void Stop_words_are_left_out_in_any_case()
    {
        var data = Tables.Of(("Words", Tables.Ragged(TextDataViewType.Instance, Tables.Words("THE", "cat", "Isn't"), Tables.Words(), Tables.Words("über", "ÜBER", "x"))));
        Assert.AreEqual("cat;;über,ÜBER,x", string.Join(';', Words(TransformContract.Check(Text.RemoveDefaultStopWords("Words"), data, learns: false), "Words")));
        var german = TransformContract.Check(Text.RemoveDefaultStopWords("Out", "Words", StopWordsRemovingEstimator.Language.German), data, learns: false);
        Assert.AreEqual("THE,cat,Isn't;;x", string.Join(';', Words(german, "Out")));
        Assert.AreEqual("THE,Isn't;;über,ÜBER", string.Join(';', Words(TransformContract.Check(Text.RemoveStopWords("Out", "Words", "CAT", "X"), data, learns: false), "Out")));
        Assert.Throws<ArgumentException>(() => Text.RemoveStopWords("Words"));
        Assert.Throws<ArgumentException>(() => Text.RemoveDefaultStopWords("Words", language: (StopWordsRemovingEstimator.Language)99));
        StringAssert.Contains(Assert.Throws<SchemaException>(() => Text.RemoveDefaultStopWords("Out", "Text").Fit(Data)).Message, "TokenizeIntoWords");
    }

    [TestMethod]
    public void Every_language_has_its_words()
    {
        (StopWordsRemovingEstimator.Language Language, string[] Words)[] some =
        [
            (StopWordsRemovingEstimator.Language.English, ["the", "of", "wouldn't"]), (StopWordsRemovingEstimator.Language.French, ["le", "être", "n'"]),
            (StopWordsRemovingEstimator.Language.German, ["der", "für", "nicht"]), (StopWordsRemovingEstimator.Language.Dutch, ["het", "een", "niet"]),
            (StopWordsRemovingEstimator.Language.Danish, ["og", "ikke", "på"]), (StopWordsRemovingEstimator.Language.Swedish, ["och", "inte", "på"]),
            (StopWordsRemovingEstimator.Language.Italian, ["il", "perché", "della"]), (StopWordsRemovingEstimator.Language.Spanish, ["el", "también", "más"]),
            (StopWordsRemovingEstimator.Language.Portuguese, ["o", "não", "já"]),
        ];
        CollectionAssert.AreEquivalent(Enum.GetValues<StopWordsRemovingEstimator.Language>(), some.Select(s => s.Language).ToArray());
        foreach (var (language, words) in some)
        {
            var data = Tables.Of(("Words", Tables.Ragged(TextDataViewType.Instance, Tables.Words([.. words, "zebra"]))));
            var made = Text.RemoveDefaultStopWords("Words", language: language).Fit(data).Transform(data);
            Assert.AreEqual("zebra", Words(made, "Words").Single(), $"{language}");
        }
    }

    [TestMethod]
    public void Numbers_are_no_text()
    {
        var data = Tables.Of(("X", Tables.Singles(1)));
        foreach (var estimator in (IEstimator<ITransformer>[])
        [
            Text.NormalizeText("X"), Text.TokenizeIntoWords("X"), Text.TokenizeIntoCharactersAsKeys("X"), Text.FeaturizeText("X"), Text.ProduceWordBags("X"),
            Text.ProduceHashedWordBags("X"), Text.ToTokenKeys("X"), Text.RemoveDefaultStopWords("X"),
        ])
        {
            StringAssert.Contains(Assert.Throws<SchemaException>(() => estimator.Fit(data)).Message, "Column 'X' is Single");
            Assert.Throws<SchemaException>(() => estimator.GetOutputSchema(SchemaShape.Create(data.Schema)));
        }
    }

    internal static string[] Words(IDataView view, string column) => [.. view.Rows<ReadOnlyMemory<char>>(column).Select(row => string.Join(',', row))];

    private string Normalize(
        string text, TextNormalizingEstimator.CaseMode mode = TextNormalizingEstimator.CaseMode.Lower,
        bool keepDiacritics = false, bool keepPunctuations = true, bool keepNumbers = true)
    {
        var data = Tables.Of(("Text", Tables.Texts(text)));
        return Text.NormalizeText("Text", null, mode, keepDiacritics, keepPunctuations, keepNumbers).Fit(data).Transform(data).TextColumn("Text")[0];
    }
}
