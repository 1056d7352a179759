using System.Text;
using MLPath.Data;
using MLPath.Numerics;
using MLPath.Runtime;

namespace MLPath.Tests.Datasets.Formats.SvmLight;

[TestClass]
public sealed class SvmLightTests
{
    private const string Sample = """
        1	1:3	4:6
          -1 cost:5	2:4 	4:7	6:-1   

        1	5:-2 # A comment! 2:3
        # a line of comment
        1 cost:0.5	2:3.14159
        """;

    private readonly DataOperationsCatalog _data = new(new MLEnvironment(seed: 0));

    [TestMethod]
    public void Rows_comments_weights_and_the_number_of_features_are_found()
    {
        using var files = new TestFiles();
        var view = _data.LoadFromSvmLightFile(files.Write(Sample));

        Assert.AreEqual(
            "Label:Single Weight:Single GroupId:Key<UInt64, 18446744073709551614> Comment:Text Features:Vector<Single, 6>", view.Types());
        CollectionAssert.AreEqual(new[] { 1f, -1, 1, 1 }, view.Numbers("Label"));
        CollectionAssert.AreEqual(new[] { 1f, 5, 1, 0.5f }, view.Numbers("Weight"));
        CollectionAssert.AreEqual(new[] { "", "", " A comment! 2:3", "" }, view.Texts("Comment"));
        AssertRows(view, [[3, 0, 0, 6, 0, 0], [0, 4, 0, 7, 0, -1], [0, 0, 0, 0, -2, 0], [0, 3.14159f, 0, 0, 0, 0]]);
        var features = (VectorColumn<float>)InMemoryDataView.Load(view).GetColumn(4);
        Assert.AreEqual(VectorLayout.Sparse, features.Layout);
    }

    [TestMethod]
    public void A_given_size_drops_features_beyond_it_by_either_numbering()
    {
        using var files = new TestFiles();
        string path = files.Write(Sample);
        AssertRows(_data.LoadFromSvmLightFile(path, inputSize: 5), [[3, 0, 0, 6, 0], [0, 4, 0, 7, 0], [0, 0, 0, 0, -2], [0, 3.14159f, 0, 0, 0]]);
        AssertRows(
            _data.LoadFromSvmLightFile(path, inputSize: 5, zeroBased: true),
            [[0, 3, 0, 0, 6], [0, 0, 4, 0, 7], [0, 0, 0, 0, 0], [0, 0, 3.14159f, 0, 0]]);
        Assert.AreEqual(7, _data.LoadFromSvmLightFile(path, zeroBased: true).Schema["Features"].Type.ValueCount);
        Assert.AreEqual(4, _data.LoadFromSvmLightFile(path, numberOfRows: 1).Schema["Features"].Type.ValueCount);
    }

    [TestMethod]
    public void Names_become_slot_names_and_unknown_ones_are_ignored_later()
    {
        using var files = new TestFiles();
        var loader = _data.CreateSvmLightLoaderWithFeatureNames(
            dataSample: new MultiFileSource(files.Write("1 qid:1 aurora:3.14159 beachwood:123\n-1 qid:5 beachwood:345 chagrin:-21\n", "a")));
        var view = loader.Load(files["a"]);

        CollectionAssert.AreEqual(new[] { "aurora", "beachwood", "chagrin" }, view.Schema["Features"].SlotNamesOrDefault().ToArray());
        CollectionAssert.AreEqual(new ulong[] { 2, 6 }, view.Column<ulong>("GroupId"));
        AssertRows(view, [[3.14159f, 123, 0], [0, 345, -21]]);
        Assert.AreEqual(loader.GetOutputSchema().ToString(), view.Schema.ToString());

        files.Write("-1 aurora:1 chagrin:2\n1 chagrin:3 euclid:4\n", "b");
        AssertRows(loader.Load(files["b"]), [[1, 0, 2], [0, 0, 3]]);
        AssertRows(loader.Load(files["a"], files["b"]), [[3.14159f, 123, 0], [0, 345, -21], [1, 0, 2], [0, 0, 3]]);
        Assert.AreEqual("a:b", _data.LoadFromSvmLightFileWithFeatureNames(files.Write("1 a:b:2")).Schema["Features"].SlotNamesOrDefault()[0]);
    }

    [TestMethod]
    public void Order_groups_slacks_line_ends_and_gzip()
    {
        using var files = new TestFiles();
        const string Text = "+1 sid:7 qid:-3 3:3 1:1e0 2:0\r\n0 qid:0 2:2\r-1";
        var plain = _data.LoadFromSvmLightFile(files.Write(Text));
        AssertRows(plain, [[1, 0, 3], [0, 2, 0], [0, 0, 0]]);
        CollectionAssert.AreEqual(new ulong[] { 0, 1, 0 }, plain.Column<ulong>("GroupId"));
        var gzip = _data.LoadFromSvmLightFile(files.Write(TestFiles.Gzip(Text), "b"));
        Assert.AreEqual(DataFingerprint.Compute(plain), DataFingerprint.Compute(gzip));
    }

    [TestMethod]
    public void What_is_saved_is_loaded_again()
    {
        using var files = new TestFiles();
        var random = new RandomStream(1);
        var text = new StringBuilder();
        for (int i = 0; i < 3000; i++)
        {
            text.Append($"{random.NextInt32(3)} qid:{i / 10} cost:{random.NextInt32(1, 9)}");
            for (int f = 1; f < 30; f += 1 + random.NextInt32(9)) text.Append($" {f}:{random.NextSingle():R}");
            text.Append('\n');
        }
        var original = _data.LoadFromSvmLightFile(files.Write(text.ToString(), "a"), inputSize: 30);
        foreach (bool zeroBased in new[] { true, false })
        {
            using (var stream = File.Create(files["b"]))
                _data.SaveInSvmLightFormat(original, stream, zeroBased, rowGroupColumnName: "GroupId", exampleWeightColumnName: "Weight");
            var again = _data.LoadFromSvmLightFile(files["b"], inputSize: 30, zeroBased: zeroBased);
            Assert.AreEqual(DataFingerprint.Compute(original), DataFingerprint.Compute(again));
        }
    }

    [TestMethod]
    public void Saved_text_is_as_documented()
    {
        using var files = new TestFiles();
        var view = _data.LoadFromSvmLightFile(files.Write("2.5 qid:3 cost:2 2:0.1\nnan 3:0\n-7 cost:1 1:1"));
        Assert.AreEqual("2.5 2:0.1\nNaN 1:0\n-7 1:1\n", Saved(stream => _data.SaveInSvmLightFormat(view, stream)));
        Assert.AreEqual(
            "1 qid:3 cost:2 1:0.1\n0 0:0\n-1 0:1\n",
            Saved(stream => _data.SaveInSvmLightFormat(view, stream, true, true, "Label", "Features", "GroupId", "Weight")));
        var error = Assert.ThrowsExactly<SchemaException>(
            () => Saved(stream => _data.SaveInSvmLightFormat(view, stream, rowGroupColumnName: "Label")));
        StringAssert.Contains(error.Message, "Column 'Label' is Single; a key is needed.");
    }

    [TestMethod]
    [DataRow("1 1:3\nq\t1:3", "line 2: label 'q' is not a number")]
    [DataRow("1 1;3", "line 1: '1;3' has no colon; expected feature:value")]
    [DataRow("1 1:hello", "line 1: value 'hello' of '1' is not a number")]
    [DataRow("1 aurora:3", "feature 'aurora' is not a number from 1 to 2147483646")]
    [DataRow("1 0:3", "feature 0 occurs, and features are numbered from 1; set zeroBased")]
    [DataRow("1 99999999999:3", "feature '99999999999' is not a number")]
    [DataRow("1 2:1 1:1 2:3", "occurs twice")]
    [DataRow("1 qid:x 1:1", "qid 'x' is not a whole number")]
    [DataRow("1\n-1\n", "no row has a feature; give their number as inputSize")]
    [DataRow("", "no row has a feature")]
    [DataRow("\u0001\0\0", "binary file")]
    public void What_cannot_be_read_is_an_error_with_its_place(string text, string expected)
    {
        using var files = new TestFiles();
        var error = Assert.ThrowsExactly<DataException>(() => _data.LoadFromSvmLightFile(files.Write(text)));
        StringAssert.Contains(error.Message, expected);
        StringAssert.Contains(error.Message, files["data.csv"]);
    }

    [TestMethod]
    public void Lacking_samples_and_files_are_errors_at_once()
    {
        Assert.Throws<ArgumentException>(() => _data.CreateSvmLightLoader());
        Assert.Throws<ArgumentException>(() => _data.CreateSvmLightLoaderWithFeatureNames());
        Assert.ThrowsExactly<FileNotFoundException>(() => _data.LoadFromSvmLightFile("none.svm", inputSize: 3));
    }

    /// <summary>ML.NET's sample LoadingSvmLight: random rows, read by a loader with and without a sample.</summary>
    [TestMethod]
    public void A_loader_with_a_sample_and_one_with_a_size_read_the_same()
    {
        using var files = new TestFiles();
        var random = new RandomStream(42);
        var expected = new List<float[]>();
        var text = new StringBuilder();
        for (int line = 0; line < 10; line++)
        {
            text.Append(random.NextBoolean(0.5) ? "1 " : "-1 ").Append(line % 2 == 0 ? "cost:1 " : "cost:2 ");
            var row = new float[10];
            for (int i = 1; i <= 10; i++)
            {
                if (i < 10 && random.NextBoolean(0.5)) continue;
                row[i - 1] = random.NextSingle();
                text.Append($"{i}:{row[i - 1]:R} ");
            }
            expected.Add(row);
            text.Append('\n');
        }
        var file = new MultiFileSource(files.Write(text.ToString()));

        var sampled = _data.CreateSvmLightLoader(dataSample: file).Load(file);
        var sized = _data.CreateSvmLightLoader(inputSize: 10).Load(file);

        AssertRows(sampled, [.. expected]);
        AssertRows(sized, [.. expected]);
        CollectionAssert.AreEqual(new[] { 1f, 2, 1, 2, 1, 2, 1, 2, 1, 2 }, sampled.Numbers("Weight"));
        Assert.AreEqual("Vector<Single, 10>", sized.Schema["Features"].Type.ToString());
    }

    [TestMethod]
    public void Two_thousand_damaged_files_are_read_or_refused_in_words()
    {
        Mutations.Check(
            2000, Encoding.UTF8.GetBytes(Sample), path => _data.LoadFromSvmLightFile(path), "2147483647:1", "qid:9223372036854775807", "#", " : ", "\n", "1:1 1:1");
        Mutations.Check(200, Encoding.UTF8.GetBytes(Sample), path => _data.LoadFromSvmLightFileWithFeatureNames(path), ":1", "x:", "é:1");
    }

    private static string Saved(Action<Stream> save)
    {
        using var stream = new MemoryStream();
        save(stream);
        return Encoding.UTF8.GetString(stream.ToArray());
    }

    private static void AssertRows(IDataView view, float[][] expected)
    {
        var rows = new List<float[]>();
        using var cursor = view.GetRowCursor([view.Schema["Features"]]);
        var getter = cursor.GetGetter<VBuffer<float>>(view.Schema["Features"]);
        VBuffer<float> features = default;
        while (cursor.MoveNext())
        {
            getter(ref features);
            rows.Add(features.DenseValues());
        }
        Assert.HasCount(expected.Length, rows);
        for (int i = 0; i < expected.Length; i++) CollectionAssert.AreEqual(expected[i], rows[i]);
    }
}
