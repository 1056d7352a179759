using MLPath.Data;
using MLPath.Transforms.Text;

namespace MLPath.Tests.Transforms.Text;

/// <summary>Texts to features in one step.</summary>
[TestClass]
public sealed class TextFeatureTests
{
    private readonly MLContext _ml = new();

    private static InMemoryDataView Data => Tables.Of(
        ("Title", Tables.Texts("Cats", "", "Dogs", "Ça")),
        ("Body", Tables.Ragged(TextDataViewType.Instance, Tables.Words("the Cat sat", "cat"), Tables.Words("a dog"), Tables.Words(), Tables.Words("the dog", "", "the"))));

    private TransformsCatalog.TextTransforms Text => _ml.Transforms.Text;

    [TestMethod]
    public void Word_bags_are_the_chain_of_their_steps()
    {
        foreach (int length in (int[])[1, 2, 3])
        {
            var bag = TransformContract.Check(Text.ProduceWordBags("Out", "Body", length, skipLength: length - 1), Data, learns: true);
            var chain = Text.TokenizeIntoWords("Out", "Body").Append(_ml.Transforms.Conversion.MapValueToKey("Out"))
                .Append(Text.ProduceNgrams("Out", ngramLength: length, skipLength: length - 1)).Fit(Data).Transform(Data);
            CollectionAssert.AreEqual(chain.SlotNames("Out"), bag.SlotNames("Out"));
            for (int row = 0; row < Data.RowCount; row++)
                CollectionAssert.AreEqual(chain.Rows<float>("Out")[row], bag.Rows<float>("Out")[row]);
        }
    }

    [TestMethod]
    public void Several_columns_are_one_sequence_of_words()
    {
        var made = TransformContract.Check(Text.ProduceWordBags("Out", ["Title", "Body"], useAllLengths: false), Data, learns: true);
        CollectionAssert.AreEqual((string[])["Cats|the", "the|Cat", "Cat|sat", "sat|cat", "a|dog", "Ça|the", "the|dog", "dog|the"], made.SlotNames("Out"));
    }

    [TestMethod]
    public void Terms_count_by_their_frequencies()
    {
        var data = Tables.Of(("Terms", Tables.Texts("cat:3;dog", "dog:2; big cat : 4;cat:0;", "")));
        var made = TransformContract.Check(Text.ProduceWordBags("Out", ';', ':', "Terms"), data, learns: true);
        CollectionAssert.AreEqual((string[])["cat", "dog", "big cat "], made.SlotNames("Out"));
        CollectionAssert.AreEqual((float[])[3, 1, 0], made.Rows<float>("Out")[0]);
        CollectionAssert.AreEqual((float[])[0, 2, 4], made.Rows<float>("Out")[1]);
        foreach (string bad in (string[])["cat:x", "cat:-1", "cat:1000001", "cat:99999999999", "cat:1:2"])
            StringAssert.Contains(Assert.Throws<DataException>(() => Text.ProduceWordBags("Terms", ';', ':').Fit(Tables.Of(("Terms", Tables.Texts(bad))))).Message, "whole number");
        Assert.Throws<ArgumentException>(() => Text.ProduceWordBags("Out", ';', ';'));
    }

    [TestMethod]
    public void Features_are_tagged_and_scaled_by_group()
    {
        var made = TransformContract.Check(Text.FeaturizeText("Out", new TextFeaturizingEstimator.Options(), "Title", "Body"), Data, learns: true);
        string[] names = made.SlotNames("Out");
        Assert.AreEqual("Char.<␂>|c|a", names[0]);
        Assert.AreEqual("Word.cats", names.First(n => n.StartsWith("Word", StringComparison.Ordinal)));
        CollectionAssert.Contains(names, "Char.s|<␟>|t", "Between two texts.");
        CollectionAssert.Contains(names, "Word.ca");
        foreach (float[] row in made.Rows<float>("Out"))
        {
            foreach (string tag in (string[])["Char.", "Word."])
                Assert.AreEqual(1, Math.Sqrt(row.Where((_, i) => names[i].StartsWith(tag, StringComparison.Ordinal)).Sum(v => (double)v * v)), 1e-6);
        }
    }

    [TestMethod]
    public void Every_norm_is_what_it_says()
    {
        foreach (var norm in Enum.GetValues<TextFeaturizingEstimator.NormFunction>())
        {
            var options = new TextFeaturizingEstimator.Options { CharFeatureExtractor = null, Norm = norm };
            var row = TransformContract.Check(Text.FeaturizeText("Out", options, "Body"), Data, learns: true).Rows<float>("Out")[0];
            double size = norm switch
            {
                TextFeaturizingEstimator.NormFunction.L1 => row.Sum(),
                TextFeaturizingEstimator.NormFunction.L2 => Math.Sqrt(row.Sum(v => (double)v * v)),
                TextFeaturizingEstimator.NormFunction.Infinity => row.Max(),
                _ => row.Sum() / 4,
            };
            Assert.AreEqual(1, size, 1e-6, $"{norm}");
        }
    }

    [TestMethod]
    public void Words_that_remain_are_an_output_too()
    {
        var options = new TextFeaturizingEstimator.Options
        {
            OutputTokensColumnName = "Tokens",
            StopWordsRemoverOptions = new CustomStopWordsRemovingEstimator.Options { StopWords = ["THE", "ça"] },
            WordFeatureExtractor = null,
        };
        var made = TransformContract.Check(Text.FeaturizeText("Out", options, "Title", "Body"), Data, learns: true);
        Assert.AreEqual("cats,cat,sat,cat;a,dog;dogs;dog", string.Join(';', TextTransformTests.Words(made, "Tokens")));
        CollectionAssert.Contains(made.SlotNames("Out"), "t|<␟>|s", "Without its tag, because there is one group.");
    }

    [TestMethod]
    public void Only_what_is_asked_for_is_computed()
    {
        var options = new TextFeaturizingEstimator.Options { OutputTokensColumnName = "Tokens" };
        var made = Text.FeaturizeText("Out", options, "Body").Fit(Data).Transform(Data);
        Assert.AreEqual("a,dog", TextTransformTests.Words(made, "Tokens")[1]);
        Assert.HasCount(4, made.Rows<float>("Out"));
    }

    [TestMethod]
    public void Hashed_word_bags_keep_the_contract()
    {
        TransformContract.Check(Text.ProduceHashedWordBags("Out", "Body", numberOfBits: 6), Data, learns: false);
        var made = TransformContract.Check(Text.ProduceHashedWordBags("Out", ["Title", "Body"], numberOfBits: 10, maximumNumberOfInverts: -1), Data, learns: true);
        CollectionAssert.IsSubsetOf((string[])["Title:Cats", "Body:the", "Title:Ça"], made.SlotNames("Out"));
        Assert.AreEqual(5f, made.Rows<float>("Out")[0].Sum());
    }

    [TestMethod]
    public void Texts_without_words_have_features_of_zeros()
    {
        var data = Tables.Of(("Text", Tables.Texts("", "  ", "")));
        var made = TransformContract.Check(Text.FeaturizeText("Text", new TextFeaturizingEstimator.Options { CharFeatureExtractor = null }), data, learns: true);
        CollectionAssert.AreEqual((float[])[0], made.Rows<float>("Text")[1]);
        var one = Tables.Of(("Text", Tables.Texts("hello there")));
        Assert.IsTrue(Text.FeaturizeText("Text").Fit(data).Transform(one).Rows<float>("Text")[0].All(v => v == 0), "Unseen words have no slot.");
    }

    [TestMethod]
    public void Options_that_make_no_sense_are_refused()
    {
        Assert.Throws<ArgumentException>(() => Text.FeaturizeText("Out", new TextFeaturizingEstimator.Options { WordFeatureExtractor = null, CharFeatureExtractor = null }));
        Assert.Throws<ArgumentException>(() => Text.FeaturizeText("Out", new TextFeaturizingEstimator.Options { OutputTokensColumnName = "Out" }));
        Assert.Throws<ArgumentException>(() => Text.FeaturizeText("Out", new TextFeaturizingEstimator.Options { CaseMode = (TextNormalizingEstimator.CaseMode)9 }));
        Assert.Throws<ArgumentException>(() => Text.FeaturizeText("Out", new TextFeaturizingEstimator.Options { StopWordsRemoverOptions = new CustomStopWordsRemovingEstimator.Options() }));
        Assert.Throws<ArgumentException>(() => Text.FeaturizeText(""));
    }
}
