using MLPath.Data;
using static MLPath.Transforms.Text.TokenSequenceEstimator;

namespace MLPath.Tests.Transforms.Text;

[TestClass]
public sealed class TokenSequenceTests
{
    private readonly MLContext _ml = new();

    private static InMemoryDataView Data => Tables.Of(
        ("Text", Tables.Texts("to be or not to be", "", "be quick", "not me not you not")),
        ("Tokens", Tables.Ragged(TextDataViewType.Instance, Tables.Words("b", "a a", "b"), Tables.Words(), Tables.Words("", "c"), Tables.Words("a a", "b"))));

    private TransformsCatalog.TextTransforms Text => _ml.Transforms.Text;

    [TestMethod]
    public void The_commonest_tokens_come_first_and_ties_as_they_occur()
    {
        var made = TransformContract.Check(Text.ToTokenKeys("Out", "Text"), Data, learns: true);
        CollectionAssert.AreEqual((string[])["<unk>", "not", "be", "to", "or", "quick", "me", "you"], made.KeyTexts("Out"));
        CollectionAssert.AreEqual((uint[])[4, 3, 5, 2, 4, 3], made.Rows<uint>("Out")[0]);
        Assert.IsEmpty(made.Rows<uint>("Out")[1]);
        var unseen = Text.ToTokenKeys("Text").Fit(Data).Transform(Tables.Of(("Text", Tables.Texts("be a cat", "<unk>"))));
        CollectionAssert.AreEqual((uint[])[3, 1, 1], unseen.Rows<uint>("Text")[0]);
        CollectionAssert.AreEqual((uint[])[1], unseen.Rows<uint>("Text")[1]);
    }

    [TestMethod]
    public void Rows_are_padded_and_cut_to_one_length()
    {
        Check([3, 2, 4, 1], [0, 0, 0, 0], [2, 0, 0, 0], SequenceSide.End, SequenceSide.End);
        Check([4, 1, 3, 2], [0, 0, 0, 0], [0, 0, 0, 2], SequenceSide.Start, SequenceSide.Start);

        void Check(uint[] first, uint[] second, uint[] third, SequenceSide pad, SequenceSide truncate)
        {
            var options = new Options { SequenceLength = 4, MinimumCount = 1, MaximumTokens = 4, UnknownTokens = UnknownTokenPolicy.Drop, PadAt = pad, TruncateAt = truncate };
            var made = TransformContract.Check(Text.ToTokenKeys("Out", options, "Text"), Data, learns: true);
            Assert.AreEqual(new VectorDataViewType(new KeyDataViewType(4), 4), made.Schema["Out"].Type);
            CollectionAssert.AreEqual(first, made.Rows<uint>("Out")[0]);
            CollectionAssert.AreEqual(second, made.Rows<uint>("Out")[1]);
            CollectionAssert.AreEqual(third, made.Rows<uint>("Out")[2]);
        }
    }

    [TestMethod]
    public void Every_policy_for_other_tokens()
    {
        foreach (var (policy, expected) in ((UnknownTokenPolicy, uint[])[])[
            (UnknownTokenPolicy.Key, [4, 3, 1, 2, 4, 3]), (UnknownTokenPolicy.Missing, [3, 2, 0, 1, 3, 2]), (UnknownTokenPolicy.Drop, [3, 2, 1, 3, 2])])
        {
            var made = TransformContract.Check(Text.ToTokenKeys("Out", "Text", minimumCount: 2, unknownTokens: policy), Data, learns: true);
            CollectionAssert.AreEqual(expected, made.Rows<uint>("Out")[0], $"{policy}");
        }
    }

    [TestMethod]
    public void Vectors_are_tokens_already_and_keys_lead_back_to_them()
    {
        var made = TransformContract.Check(Text.ToTokenKeys("Out", "Tokens", sequenceLength: 3), Data, learns: true);
        CollectionAssert.AreEqual((string[])["<unk>", "b", "a a", "c"], made.KeyTexts("Out"));
        var back = _ml.Transforms.Conversion.MapKeyToValue("Out").Fit(made).Transform(made);
        Assert.AreEqual("b,a a,b;,,;c,,;a a,b,", string.Join(';', TextTransformTests.Words(back, "Out")));
    }

    [TestMethod]
    public void Without_tokens_there_is_a_key_that_never_occurs()
    {
        List<Diagnosis> diagnoses = [];
        var estimator = Text.ToTokenKeys("Out", "Text", minimumCount: 99, unknownTokens: UnknownTokenPolicy.Missing);
        TransformContract.Check(estimator, Data, learns: true);
        estimator.Fit(Data, new FitContext { DiagnosisSink = diagnoses.Add });
        Assert.AreEqual("no-tokens", diagnoses.Single().Code);
    }

    [TestMethod]
    public void Options_out_of_range_are_refused()
    {
        Assert.Throws<ArgumentException>(() => Text.ToTokenKeys("Out", sequenceLength: -1));
        Assert.Throws<ArgumentException>(() => Text.ToTokenKeys("Out", maximumTokens: 0));
        Assert.Throws<ArgumentException>(() => Text.ToTokenKeys("Out", minimumCount: 0));
        Assert.Throws<ArgumentException>(() => Text.ToTokenKeys("Out", new Options { UnknownToken = "" }));
        Assert.Throws<ArgumentException>(() => Text.ToTokenKeys("Out", unknownTokens: (UnknownTokenPolicy)7));
    }
}
