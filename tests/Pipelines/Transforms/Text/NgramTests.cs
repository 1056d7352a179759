using MLPath.Data;
using MLPath.Numerics;
using MLPath.Transforms.Text;
using static MLPath.Transforms.Text.NgramExtractingEstimator;

namespace MLPath.Tests.Transforms.Text;

[TestClass]
public sealed class NgramTests
{
    private readonly MLContext _ml = new();

    private static InMemoryDataView Keys => Tables.Annotated(
        ("Keys", Tables.Ragged<uint>(new KeyDataViewType(3), [1, 2, 1, 2, 3], [], [3], [2, 0, 1], [1, 2]), Tables.KeyValues("a", "b", "c")));

    [TestMethod]
    public void Ngrams_keep_the_contract_and_stand_in_order_of_occurrence()
    {
        var made = TransformContract.Check(_ml.Transforms.Text.ProduceNgrams("Out", "Keys"), Keys, learns: true);
        CollectionAssert.AreEqual((string[])["a", "a|b", "b", "b|a", "b|c", "c", "b|*", "*", "*|a"], made.SlotNames("Out"));
        CollectionAssert.AreEqual((float[])[2, 2, 2, 1, 1, 1, 0, 0, 0], made.Rows<float>("Out")[0]);
        CollectionAssert.AreEqual((float[])[0, 0, 0, 0, 0, 0, 0, 0, 0], made.Rows<float>("Out")[1]);
        CollectionAssert.AreEqual((float[])[1, 0, 1, 0, 0, 0, 1, 1, 1], made.Rows<float>("Out")[3]);
        Assert.AreEqual(VectorLayout.Sparse, made.Layout<float>("Out"));
    }

    [TestMethod]
    public void Weights_are_those_of_the_formula()
    {
        foreach (var weighting in (WeightingCriteria[])[WeightingCriteria.Idf, WeightingCriteria.TfIdf])
        {
            var row = TransformContract.Check(_ml.Transforms.Text.ProduceNgrams("Out", "Keys", ngramLength: 1, weighting: weighting), Keys, learns: true)
                .Rows<float>("Out")[0];
            double tf = weighting == WeightingCriteria.TfIdf ? 2 : 1;
            Assert.AreEqual(tf * Math.Log(5 / 3.0), row[0], 1e-6);
            Assert.AreEqual(tf * Math.Log(5 / 3.0), row[1], 1e-6);
            Assert.AreEqual(Math.Log(5 / 2.0), row[2], 1e-6);
        }
    }

    /// <summary>Every n-gram with every choice of skipped keys, counted the slow way: by all sets of positions.</summary>
    [TestMethod]
    public void Counts_equal_those_of_all_positions()
    {
        var random = new RandomStream(3);
        uint[][] rows = [.. Enumerable.Range(0, 30).Select(i => Enumerable.Range(0, i % 9).Select(_ => (uint)random.NextInt32(4)).ToArray())];
        var data = Tables.Of(("Keys", Tables.Ragged(new KeyDataViewType(3), rows)));
        foreach (var (length, skips, all) in ((int, int, bool)[])[(1, 0, true), (2, 0, true), (3, 0, false), (3, 2, true), (2, 3, false), (4, 1, true)])
        {
            var made = _ml.Transforms.Text.ProduceNgrams("Out", "Keys", length, skips, all).Fit(data).Transform(data);
            string[] names = made.SlotNames("Out");
            for (int row = 0; row < rows.Length; row++)
            {
                var expected = Naive(rows[row], length, skips, all);
                var actual = names.Zip(made.Rows<float>("Out")[row]).Where(c => c.Second != 0).ToDictionary(c => c.First, c => (int)c.Second);
                CollectionAssert.AreEquivalent(expected, actual, $"length {length}, {skips} skips, all {all}, row {row}");
            }
        }
    }

    [TestMethod]
    public void The_first_ngrams_get_slots_when_there_are_too_many()
    {
        List<Diagnosis> diagnoses = [];
        var estimator = _ml.Transforms.Text.ProduceNgrams("Out", new Options { MaximumNgramsCount = [1, 2] }, "Keys");
        var model = estimator.Fit(Keys, new FitContext { DiagnosisSink = diagnoses.Add });
        CollectionAssert.AreEqual((string[])["a", "a|b", "b|a"], model.Transform(Keys).SlotNames("Out"));
        Assert.AreEqual("too-many-ngrams", diagnoses.Single().Code);
        Assert.AreEqual(3, model.GetNgramCount(0));
    }

    [TestMethod]
    public void Rows_too_short_for_any_ngram_make_one_slot_of_zeros()
    {
        List<Diagnosis> diagnoses = [];
        var estimator = _ml.Transforms.Text.ProduceNgrams("Out", "Keys", ngramLength: 9, useAllLengths: false);
        var made = estimator.Fit(Keys, new FitContext { DiagnosisSink = diagnoses.Add }).Transform(Keys);
        CollectionAssert.AreEqual((float[])[0], made.Rows<float>("Out")[0]);
        Assert.AreEqual("no-ngrams", diagnoses.Single().Code);
        TransformContract.Check(estimator, Keys, learns: true);
    }

    [TestMethod]
    public void Key_vectors_of_every_layout_and_integer_are_read()
    {
        byte[][] rows = [[1, 0, 2], [0, 0, 1]];
        var type = new KeyDataViewType(typeof(byte), 2);
        var data = Tables.Of(("D", Tables.Dense(type, rows)), ("S", Tables.Sparse(type, rows)));
        var made = new NgramExtractingEstimator([new("DOut", "D"), new("SOut", "S")]).Fit(data).Transform(data);
        CollectionAssert.AreEqual((string[])["1", "1|*", "*", "*|2", "2", "*|*", "*|1"], made.SlotNames("DOut"));
        CollectionAssert.AreEqual(made.SlotNames("DOut"), made.SlotNames("SOut"));
        for (int row = 0; row < rows.Length; row++)
            CollectionAssert.AreEqual(made.Rows<float>("DOut")[row], made.Rows<float>("SOut")[row]);
    }

    [TestMethod]
    public void Hashed_ngrams_keep_the_contract()
    {
        var text = _ml.Transforms.Text;
        TransformContract.Check(text.ProduceHashedNgrams("Out", "Keys", numberOfBits: 4), Keys, learns: false);
        var made = TransformContract.Check(text.ProduceHashedNgrams("Out", "Keys", numberOfBits: 2, maximumNumberOfInverts: -1), Keys, learns: true);
        Assert.AreEqual(9, made.SlotNames("Out").Sum(n => n.StartsWith("Out[", StringComparison.Ordinal) ? 0 : n.Split(',').Length), "Every n-gram names one slot.");
        Assert.AreEqual(9f, made.Rows<float>("Out")[0].Sum());
        TransformContract.Check(text.ProduceHashedNgrams("Out", "Keys", numberOfBits: 3, maximumNumberOfInverts: 1, rehashUnigrams: true, useOrderedHashing: false), Keys, learns: true);
    }

    [TestMethod]
    public void Ordered_hashing_tells_columns_apart()
    {
        var text = _ml.Transforms.Text;
        var ordered = text.ProduceHashedNgrams("Out", ["Keys", "Keys"], numberOfBits: 20, ngramLength: 1).Fit(Keys).Transform(Keys);
        var unordered = text.ProduceHashedNgrams("Out", ["Keys", "Keys"], numberOfBits: 10, ngramLength: 1, useOrderedHashing: false).Fit(Keys).Transform(Keys);
        Assert.AreEqual(2, ordered.Rows<float>("Out")[2].Count(v => v == 1));
        Assert.AreEqual(2f, unordered.Rows<float>("Out")[2][3], "A single key is its own hash unless it is hashed again.");
    }

    [TestMethod]
    public void Options_out_of_range_and_wrong_columns_are_refused()
    {
        var text = _ml.Transforms.Text;
        Assert.Throws<ArgumentException>(() => text.ProduceNgrams("Out", "Keys", ngramLength: 0));
        Assert.Throws<ArgumentException>(() => text.ProduceNgrams("Out", "Keys", ngramLength: 6, skipLength: 5));
        Assert.Throws<ArgumentException>(() => text.ProduceNgrams("Out", "Keys", maximumNgramsCount: 0));
        Assert.Throws<ArgumentException>(() => text.ProduceNgrams("Out", new Options { MaximumNgramsCount = [1, 2, 3] }));
        Assert.Throws<ArgumentException>(() => text.ProduceNgrams("Out", new Options { MaximumDocumentFraction = double.NaN }));
        Assert.Throws<ArgumentException>(() => text.ProduceNgrams("Out", new Options { MinimumDocumentCount = 0 }));
        Assert.Throws<ArgumentException>(() => text.ProduceHashedNgrams("Out", "Keys", numberOfBits: 31));
        Assert.Throws<ArgumentException>(() => text.ProduceHashedNgrams("Out", "Keys", maximumNumberOfInverts: -2));
        var data = Tables.Of(("Keys", Tables.Texts("a")));
        StringAssert.Contains(Assert.Throws<SchemaException>(() => text.ProduceNgrams("Keys").Fit(data)).Message, "a vector of keys");
        StringAssert.Contains(Assert.Throws<SchemaException>(() => text.ProduceHashedNgrams("Keys").Fit(data)).Message, "MapValueToKey");
    }

    private static Dictionary<string, int> Naive(uint[] keys, int length, int skips, bool all)
    {
        var counts = new Dictionary<string, int>();
        for (int set = 1; set < 1 << keys.Length; set++)
        {
            int[] at = [.. Enumerable.Range(0, keys.Length).Where(i => (set >> i & 1) == 1)];
            if (at.Length > length || (!all && at.Length < length) || at[^1] - at[0] + 1 - at.Length > skips)
                continue;
            string name = string.Join('|', at.Select(i => keys[i] == 0 ? "*" : $"{keys[i]}"));
            counts[name] = counts.GetValueOrDefault(name) + 1;
        }

        return counts;
    }
}
