using System.Text;
using MLPath.Data;
using MLPath.Datasets;
using MLPath.Numerics;
using MLPath.Runtime;

namespace MLPath.Tests.Datasets.Text;

[TestClass]
public sealed class TextFileErrorTests : IDisposable
{
    private readonly DataOperationsCatalog _data = new(new MLEnvironment(seed: 0));
    private readonly TestFiles _files = new();

    public void Dispose() => _files.Dispose();

    [TestMethod]
    public void A_missing_file_is_named()
    {
        var error = Assert.ThrowsExactly<FileNotFoundException>(() => _data.LoadFromTextFile(_files["none.csv"]));
        StringAssert.Contains(error.Message, "none.csv");
        Assert.ThrowsExactly<IOException>(() => _data.LoadFromTextFile(Path.GetDirectoryName(_files["x"])!));
        Assert.ThrowsExactly<ArgumentException>(() => _data.LoadFromTextFile(""));
    }

    [TestMethod]
    [DataRow("", "the file is empty")]
    [DataRow("\n \r\n", "the file is empty")]
    [DataRow("a,b,a\n1,2,3\n", "line 1: the column name 'a' occurs twice, in fields 1 and 3")]
    [DataRow("a,b\n1,2\n\n\"x\ny\",2\n1,2,3\n", "line 6: expected 2 fields as in the header, found 3; fields are separated by ','")]
    [DataRow("a\tb\n1\n", "line 2: expected 2 fields as in the header, found 1; fields are separated by tabs")]
    [DataRow("a,b\n1,\"2\n", "line 2: the file ends inside a quoted value")]
    [DataRow("a,b\n1,\"2\"3\n", "line 2: field 2 has text after its closing quotation mark")]
    [DataRow("a,b\n1,\0\n", "binary file")]
    public void What_is_wrong_with_a_file_is_said_with_its_line(string content, string expected)
    {
        var error = Assert.ThrowsExactly<DataException>(() => _data.LoadFromTextFile(_files.Write(content)));
        StringAssert.Contains(error.Message, "data.csv");
        StringAssert.Contains(error.Message, expected);
    }

    [TestMethod]
    public void Other_encodings_are_refused()
    {
        StringAssert.Contains(Error([0xFF, 0xFE, .. Encoding.Unicode.GetBytes("a,b\n1,2\n")]), "UTF-16");
        string cell = Error(Encoding.Latin1.GetBytes("a,b\n1,x\n2,café\n"));
        StringAssert.Contains(cell, "line 3, column 'b'");
        StringAssert.Contains(cell, "not valid UTF-8");
        StringAssert.Contains(Error(Encoding.Latin1.GetBytes("café\n1\n")), "not valid UTF-8");

        string Error(byte[] content) =>
            Assert.ThrowsExactly<DataException>(() => _data.LoadFromTextFile(_files.Write(content))).Message;
    }

    [TestMethod]
    public void Damaged_gzip_is_reported()
    {
        byte[] good = TestFiles.Gzip("a,b\n" + string.Concat(Enumerable.Range(0, 2_000).Select(i => $"{i * 7919 % 10007},{i}\n")));
        foreach (int length in new[] { 3, 10, 50, good.Length / 2, good.Length - 9, good.Length - 8, good.Length - 4, good.Length - 1 })
        {
            string path = _files.Write(good[..length], "cut.csv.gz");
            var cut = Assert.ThrowsExactly<DataException>(() => _data.LoadFromTextFile(path), $"{length} bytes");
            StringAssert.Contains(cut.Message, "cut.csv.gz: the compressed data are damaged or cut short");
        }
        good[good.Length / 2] ^= 0xFF;
        Assert.ThrowsExactly<DataException>(() => _data.LoadFromTextFile(_files.Write(good, "bad.csv.gz")));
    }

    [TestMethod]
    public void Text_that_is_not_compressed_well_is_cut_short_just_as_clearly()
    {
        // Stored blocks hold the text as it is.
        using var memory = new MemoryStream();
        using (var gzip = new System.IO.Compression.GZipStream(memory, System.IO.Compression.CompressionLevel.NoCompression))
            gzip.Write(Encoding.UTF8.GetBytes("a,b\n" + string.Concat(Enumerable.Range(0, 2_000).Select(i => $"{i},{i}\n"))));
        byte[] stored = memory.ToArray();
        Assert.AreEqual(2_000L, _data.LoadFromTextFile(_files.Write(stored, "whole.gz")).GetRowCount());
        for (int missing = 1; missing < 60; missing++)
            Assert.ThrowsExactly<DataException>(() => _data.LoadFromTextFile(_files.Write(stored[..^missing], "cut.gz")), $"{missing}");
    }

    [TestMethod]
    [DataRow("Single", "12y", "column 'x': found '12y', expected a number (Single)")]
    [DataRow("Int32", "1.5", "column 'x': found '1.5', expected an integer (Int32)")]
    [DataRow("Byte", "256", "expected an integer (Byte)")]
    [DataRow("Int32", "", "found '', expected an integer (Int32)")]
    [DataRow("Boolean", "maybe", "expected true, false, yes, no, 1 or 0")]
    [DataRow("DateTime", "01/02/2024", "expected an ISO 8601 date")]
    public void A_cell_that_does_not_fit_is_shown_with_its_place(string type, string cell, string expected)
    {
        var types = new Dictionary<string, DataViewType>
        {
            ["x"] = type switch
            {
                "Single" => NumberDataViewType.Single,
                "Int32" => NumberDataViewType.Int32,
                "Byte" => NumberDataViewType.Byte,
                "Boolean" => BooleanDataViewType.Instance,
                _ => DateTimeDataViewType.Instance,
            },
        };
        string path = _files.Write($"a,x\n1,{cell}\n");
        var error = Assert.ThrowsExactly<DataException>(() => _data.LoadFromTextFile(path, new TextFileOptions { Types = types }));
        StringAssert.Contains(error.Message, "data.csv, line 2, ");
        StringAssert.Contains(error.Message, expected);
    }

    [TestMethod]
    public void Long_and_multiline_cells_are_quoted_on_one_line_in_messages()
    {
        string path = _files.Write($"x\n\"first\nline {new string('y', 100)}\"\n");
        var types = new Dictionary<string, DataViewType> { ["x"] = NumberDataViewType.Single };
        var error = Assert.ThrowsExactly<DataException>(() => _data.LoadFromTextFile(path, new TextFileOptions { Types = types }));
        StringAssert.Contains(error.Message, "found 'first line yyy");
        StringAssert.Contains(error.Message, "y…'");
    }

    [TestMethod]
    public void Lacking_columns_are_listed_with_the_nearest_name()
    {
        var trained = _data.LoadFromTextFile(_files.Write("width,length,species\n1,2,a\n"));
        string path = _files.Write("Width,id\n1,2\n", "new.csv");
        var error = Assert.ThrowsExactly<SchemaException>(() => _data.LoadFromTextFile(path, trained.Schema));
        StringAssert.Contains(error.Message,
            "new.csv lacks columns: width, length, species. Did you mean 'Width'? Its columns are: Width, id.");

        var types = new Dictionary<string, DataViewType> { ["widht"] = TextDataViewType.Instance };
        error = Assert.ThrowsExactly<SchemaException>(() => _data.LoadFromTextFile(path, new TextFileOptions { Types = types }));
        StringAssert.Contains(error.Message, "lacks a column: widht. Did you mean 'Width'?");
    }

    [TestMethod]
    public void Options_are_checked()
    {
        string path = _files.Write("a\n1\n");
        foreach (char separator in new[] { '"', '\n', '\r', 'a', '0', '\0', '→' })
            Assert.ThrowsExactly<ArgumentException>(() => _data.LoadFromTextFile(path, new TextFileOptions { Separator = separator }));
        DataViewType[] impossible =
            [new KeyDataViewType(3), new VectorDataViewType(NumberDataViewType.Single, 3), RowIdDataViewType.Instance];
        foreach (var type in impossible)
        {
            var options = new TextFileOptions { Types = new Dictionary<string, DataViewType> { ["a"] = type } };
            Assert.ThrowsExactly<ArgumentException>(() => _data.LoadFromTextFile(path, options));
        }
        var forced = new TextFileOptions { Types = new Dictionary<string, DataViewType> { ["a"] = TextDataViewType.Instance } };
        Assert.ThrowsExactly<ArgumentException>(() => _data.LoadFromTextFile(path, DataViewSchema.Empty, forced));
        var schema = new DataViewSchema.Builder();
        schema.AddColumn("a", new VectorDataViewType(NumberDataViewType.Single));
        Assert.ThrowsExactly<SchemaException>(() => _data.LoadFromTextFile(path, schema.ToSchema()));
    }

    [TestMethod]
    public void Cancellation_ends_the_reading()
    {
        string path = _files.Write("a\n1\n");
        var cancelled = new CancellationToken(canceled: true);
        Assert.ThrowsExactly<OperationCanceledException>(() => _data.LoadFromTextFile(path, cancellationToken: cancelled));
    }

    [TestMethod]
    public void Random_bytes_never_do_anything_but_load_or_explain()
    {
        var random = new RandomStream(5);
        byte[] alphabet = [.. "ab,;\t\"\"\n\r01.-e "u8, 0xC3, 0xA9, 0xFF, 0x1F, 0x8B];
        for (int trial = 0; trial < 1000; trial++)
        {
            byte[] content = [.. Enumerable.Range(0, random.NextInt32(60)).Select(_ => alphabet[random.NextInt32(alphabet.Length)])];
            string path = _files.Write(content);
            try
            {
                var view = _data.LoadFromTextFile(path);
                Assert.IsGreaterThan(0, view.Schema.Count);
            }
            catch (DataException error)
            {
                StringAssert.Contains(error.Message, "data.csv");
            }
        }
    }
}
