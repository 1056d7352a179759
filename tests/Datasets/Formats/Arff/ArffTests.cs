using System.Text;
using MLPath.Data;
using MLPath.Datasets.Formats.Arff;
using MLPath.Runtime;

namespace MLPath.Tests.Datasets.Formats.Arff;

[TestClass]
public sealed class ArffTests
{
    private const string Sample = """
        % a comment
        @RELATION weather

        @Attribute outlook {sunny, 'over cast', "rainy\"s"}
        @attribute 'the temperature' REAL
        @attribute humidity integer
        @attribute note string
        @attribute day date "yyyy-MM-dd"
        @DATA
        % another
        sunny, 85.5, 85, 'it\'s hot, really', 2024-02-29
        'over cast',?,90,?,1999-12-31   % behind a row

        "rainy\"s"	70	1e2	plain	2000-01-01
        ?,1,2,'?',2001-01-01
        {1 5, 3 x, 4 2002-03-04}
        """;

    private readonly DataOperationsCatalog _data = new(new MLEnvironment(seed: 0));

    [TestMethod]
    public void Every_type_of_attribute_and_both_kinds_of_rows_are_read()
    {
        using var files = new TestFiles();
        var view = _data.LoadFromArffFile(files.Write(Sample));

        Assert.AreEqual("outlook:Key<3> the temperature:Single humidity:Single note:Text day:DateTime", view.Types());
        CollectionAssert.AreEqual(new[] { "sunny", "over cast", "rainy\"s" }, view.Schema["outlook"].KeyValueTexts().ToArray());
        CollectionAssert.AreEqual(new[] { 1u, 2u, 3u, 0u, 1u }, view.Column<uint>("outlook"));
        CollectionAssert.AreEqual(new[] { 85.5f, float.NaN, 70, 1, 5 }, view.Numbers("the temperature"));
        CollectionAssert.AreEqual(new[] { 85f, 90, 100, 2, 0 }, view.Numbers("humidity"));
        CollectionAssert.AreEqual(new[] { "it's hot, really", "", "plain", "?", "x" }, view.Texts("note"));
        CollectionAssert.AreEqual(
            new[] { new DateTime(2024, 2, 29), new(1999, 12, 31), new(2000, 1, 1), new(2001, 1, 1), new DateTime(2002, 3, 4) }, view.Column<DateTime>("day"));
        var gzip = _data.LoadFromArffFile(files.Write(TestFiles.Gzip(Sample), "b"));
        Assert.AreEqual(DataFingerprint.Compute(view), DataFingerprint.Compute(gzip));
        CollectionAssert.AreEqual(view.Numbers("humidity"), view.ColumnAlone<float>("humidity"));
    }

    [TestMethod]
    public void Weights_become_a_column_and_missing_dates_make_text()
    {
        using var files = new TestFiles();
        const string Text = "@relation r\n@attribute x numeric\n@attribute d date\n@data\n1,2024-01-02T03:04:05,{2.5}\n{}, {3}\n4,?\n5 ? {6}\n";
        var view = _data.LoadFromArffFile(files.Write(Text));
        Assert.AreEqual("x:Single d:Text Weight:Single", view.Types());
        CollectionAssert.AreEqual(new[] { 2.5f, 3, 1, 6 }, view.Numbers("Weight"));
        CollectionAssert.AreEqual(new[] { "2024-01-02T03:04:05", "", "", "" }, view.Texts("d"));

        var taken = _data.LoadFromArffFile(files.Write("@attribute Weight numeric\n@data\n1 {2}"));
        Assert.AreEqual("Weight:Single InstanceWeight:Single", taken.Types());
    }

    [TestMethod]
    public void What_is_saved_is_loaded_again()
    {
        using var files = new TestFiles();
        var view = _data.LoadFromArffFile(files.Write(Sample, "a"));
        _data.SaveAsArff(view, files["b"], "the weather");
        var again = _data.LoadFromArffFile(files["b"]);
        Assert.AreEqual(view.Types(), again.Types());
        // The text '?' in quotes is one, and ? is none.
        CollectionAssert.AreEqual(view.Texts("note"), again.Texts("note"));
        Assert.AreEqual(DataFingerprint.Compute(view), DataFingerprint.Compute(again));
        StringAssert.StartsWith(File.ReadAllText(files["b"]), "@relation 'the weather'\n\n@attribute outlook {sunny,'over cast','rainy\"s'}\n");
    }

    [TestMethod]
    public void Every_type_is_written_but_ragged_vectors()
    {
        using var memory = new MemoryStream();
        var all = AllTypes.Create(8, finite: true);
        using var none = new TestFiles();
        var error = Assert.ThrowsExactly<SchemaException>(() => _data.SaveAsArff(all, none["a"]));
        Assert.IsEmpty(none.Names);
        StringAssert.Contains(error.Message, "Column 'Ragged' is Vector<Text>; a vector of known size is needed.");

        var kept = all.Schema.Where(c => c.Name != "Ragged").ToList();
        var schema = new DataViewSchema.Builder();
        schema.AddColumns(kept);
        memory.SetLength(0);
        _data.SaveAsArff(new InMemoryDataView(schema.ToSchema(), [.. kept.Select(c => all.GetColumn(c.Index))]), memory);
        using var files = new TestFiles();
        var view = _data.LoadFromArffFile(files.Write(memory.ToArray()));
        Assert.HasCount(kept.Count - 2 + 6 + 1000, view.Schema);
        CollectionAssert.AreEqual(all.Numbers("Single"), view.Numbers("Single"));
        CollectionAssert.AreEqual(all.Column<uint>("Key"), view.Column<uint>("Key"));
        CollectionAssert.AreEqual(all.Texts("Text"), view.Texts("Text"));
        Assert.AreEqual("Key<2>", view.Schema["Boolean"].Type.ToString());
        Assert.AreEqual(7f, view.Numbers("Dense.a")[7]);
        Assert.AreEqual(7f, view.Numbers("Sparse[7]")[7]);
    }

    [TestMethod]
    [DataRow("yyyy-MM-dd'T'HH:mm:ss", "2024-02-29T23:59:58", "2024-02-29T23:59:58.000")]
    [DataRow("yyyyMMddHHmmssSSS", "20240229235958007", "2024-02-29T23:59:58.007")]
    [DataRow("dd/MM/yy", "1/2/69", "2069-02-01T00:00:00.000")]
    [DataRow("d.M.yy", "01.02.70", "1970-02-01T00:00:00.000")]
    [DataRow("EEE, MMM d yyyy h:mm a", "Thu, Feb 29 2024 12:05 am", "2024-02-29T00:05:00.000")]
    [DataRow("MMMM d yyyy hh 'o''clock' a", "February 29 2024 11 o'clock PM", "2024-02-29T23:00:00.000")]
    [DataRow("yyyy-MM-dd HH:mm:ssZ", "2024-02-29 01:30:00+0200", "2024-02-28T23:30:00.000")]
    [DataRow("yyyy-MM-dd HH:mmXXX", "2024-02-29 01:30-03:30", "2024-02-29T05:00:00.000")]
    [DataRow("yyyy-MM-dd kk:mm z", "2024-02-29 24:30 UTC", "2024-02-29T00:30:00.000")]
    [DataRow("yyyy", "2024", "2024-01-01T00:00:00.000")]
    [DataRow("yyyy-MM-dd", "2023-02-29", null)]
    [DataRow("yyyy-MM-dd", "2023-02-9x", null)]
    [DataRow("yyyy-MM-dd", "2023-13-01", null)]
    [DataRow("yyyy-MM-dd HH", "2023-12-01 24", null)]
    [DataRow("hh a", "13 PM", null)]
    [DataRow("yyyyMMdd", "2024229", null)]
    [DataRow("MMM", "Foo", null)]
    [DataRow("yyyy HH:mmZ", "0001 00:00+1400", null)]
    public void Dates_follow_patterns_of_Java(string pattern, string text, string? expected)
    {
        bool read = new JavaDateFormat(pattern).TryParse(Encoding.UTF8.GetBytes(text), out var value);
        Assert.AreEqual(expected, read ? value.ToString("yyyy-MM-ddTHH:mm:ss.fff", System.Globalization.CultureInfo.InvariantCulture) : null);
    }

    [TestMethod]
    [DataRow("", "there is no line @data")]
    [DataRow("a,b\n1,2", "line 1: 'a,b' was found where @relation, @attribute or @data was expected")]
    [DataRow("@data\n1", "line 1: there is no @attribute before @data")]
    [DataRow("@attribute\n", "line 1: an attribute has no name")]
    [DataRow("@attribute a\n", "the type of attribute 'a' is nothing; expected numeric")]
    [DataRow("@attribute a relational\n", "the type of attribute 'a' is 'relational'; expected numeric")]
    [DataRow("@attribute a {}\n", "declares no values")]
    [DataRow("@attribute a {x,x}\n", "declares the value 'x' twice")]
    [DataRow("@attribute a {x\n", "do not end in a brace")]
    [DataRow("@attribute 'a {x}\n", "the quote of ''a {x}' is not closed")]
    [DataRow("@attribute a date qq\n", "the letter 'q' is not supported")]
    [DataRow("@attribute a real\n@attribute a real\n", "line 2: attribute 'a' is declared twice")]
    [DataRow("@attribute a real\n@data\n\nx", "line 4: attribute 'a' has 'x'; expected a number or ?")]
    [DataRow("@attribute a {red, blue}\n@data\ngreen", "attribute 'a' has 'green'; expected ? or one of its values: red, blue.")]
    [DataRow("@attribute a date\n@data\n2024", "attribute 'a' has '2024'; expected a date in the format declared")]
    [DataRow("@attribute a real\n@attribute b real\n@data\n1", "line 4: the row has 1 values; 2 attributes are declared")]
    [DataRow("@attribute a real\n@data\n1,2", "the row has more than 1 values")]
    [DataRow("@attribute a real\n@attribute b real\n@data\n1,,2", "attribute 'b' has no value; a missing one is written ?")]
    [DataRow("@attribute a real\n@data\n{1 2}", "index 1 of a sparse row is not between 0 and 0")]
    [DataRow("@attribute a real\n@data\n{0 2,", "an index was expected")]
    [DataRow("@attribute a real\n@data\n1,{x}", "the weight of a row is a number in braces")]
    public void What_cannot_be_read_is_an_error_with_its_place(string text, string expected)
    {
        using var files = new TestFiles();
        var error = Assert.ThrowsExactly<DataException>(() => _data.LoadFromArffFile(files.Write(text)));
        StringAssert.Contains(error.Message, expected);
        StringAssert.StartsWith(error.Message, files["data.csv"]);
    }

    [TestMethod]
    public void Two_thousand_damaged_files_are_read_or_refused_in_words() => Mutations.Check(
        2000, Encoding.UTF8.GetBytes(Sample), path => _data.LoadFromArffFile(path), "{", "}", "'", "\\", "%", "@data\n", ",,", "{3 4}", "@attribute b date 'zzz'\n");
}
