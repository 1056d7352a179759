using MLPath.Data;
using MLPath.Datasets;
using MLPath.Runtime;

namespace MLPath.Tests.Datasets.Text;

/// <summary>Separator, header, comments, several files: what is found by looking at a file, and what the options say.</summary>
[TestClass]
public sealed class TextFileFormTests : IDisposable
{
    private readonly DataOperationsCatalog _data = new(new MLEnvironment(seed: 0));
    private readonly TestFiles _files = new();

    public void Dispose() => _files.Dispose();

    [TestMethod]
    [DataRow("1,2\n3,4\n", false)]
    [DataRow("a,b\n1,2\n", true)]
    [DataRow("a,2\nb,4\n", false)]
    [DataRow("name,2020,2021\nx,1,2\n", false)]
    [DataRow("flag,x\ntrue,a\nno,b\n", true)]
    [DataRow("true,a\nno,b\n", false)]
    [DataRow("red,round\ngreen,square\n", true)]
    [DataRow("red,red\ngreen,square\n", false)]
    [DataRow("2024-01-01,a\n2024-01-02,b\n", false)]
    [DataRow("5\n", false)]
    [DataRow("ham,one\nspam,two\nham,three\n", false)]
    public void A_header_is_recognised_by_what_is_below_it(string content, bool expected)
    {
        var inferred = _data.InferColumns(_files.Write(content));
        Assert.AreEqual(expected, inferred.HasHeader, inferred.HeaderReason);
    }

    [TestMethod]
    public void A_file_without_header_has_columns_named_after_their_places()
    {
        var view = _data.LoadFromTextFile(_files.Write("1,a\n2,b\n"));
        Assert.AreEqual("Column1:Single Column2:Text", view.Types());
        CollectionAssert.AreEqual(new[] { 1f, 2 }, view.Numbers("Column1"));
        Assert.AreEqual("Column1:Text Column2:Text", _data.LoadFromTextFile(_files.Write("x,y\nz,w\n"), new TextFileOptions { HasHeader = false }).Types());
    }

    [TestMethod]
    public void Columns_aligned_by_blanks_are_recognised()
    {
        string path = _files.Write("18.0   8   307.0      130.0\t\"chevrolet malibu\"\n15.0   8   350.0      165.0\t\"buick skylark\"\n  9   4   97.0  ?\t\"fiat\"\n");
        var view = _data.LoadFromTextFile(path);
        Assert.AreEqual("Column1:Single Column2:Single Column3:Single Column4:Single Column5:Text", view.Types());
        CollectionAssert.AreEqual(new[] { 18f, 15, 9 }, view.Numbers("Column1"));
        CollectionAssert.AreEqual(new[] { "chevrolet malibu", "buick skylark", "fiat" }, view.Texts("Column5"));
        Assert.IsTrue(_data.InferColumns(path).Options.CollapseSeparators);
        Assert.AreEqual("title:Text", _data.LoadFromTextFile(_files.Write("title\nwar and peace\nanna karenina again\n")).Types());
    }

    [TestMethod]
    [DataRow("ham\tgo, please, now\nspam\twin\nham\twell, yes\n", '\t')]
    [DataRow("a;b\n1,5;2,5\n3,25;4,5\n", ';')]
    [DataRow("a,b\n\"x\ty\tz\",1\nw,2\n", ',')]
    [DataRow("a,b\n1,2\n3\n", ',')]
    [DataRow("name\nwar, peace; and more\nx\n", ',')]
    public void The_separator_is_the_one_that_fits_all_rows(string content, char separator)
    {
        string path = _files.Write(content);
        try
        {
            Assert.AreEqual(separator, _data.InferColumns(path).Separator);
        }
        catch (DataException error)
        {
            // Nothing fits all rows: the first line decides, and the error names it.
            StringAssert.Contains(error.Message, $"'{separator}'");
        }
    }

    [TestMethod]
    public void Quotes_in_texts_between_tabs_are_ordinary_characters()
    {
        string path = _files.Write("ham\t\"Happy days\" I know\nspam\t\"win\nham\t\"ok\"\n");
        var view = _data.LoadFromTextFile(path);
        CollectionAssert.AreEqual(new[] { "\"Happy days\" I know", "\"win", "\"ok\"" }, view.Texts("Column2"));
        Assert.IsFalse(_data.InferColumns(path).Options.Quoting);

        CollectionAssert.AreEqual(new[] { "a\tb", "c" }, _data.LoadFromTextFile(_files.Write("x\ty\n\"a\tb\"\t1\nc\t2\n")).Texts("x"), "Quotes that close well are quotes.");
        var error = Assert.ThrowsExactly<DataException>(() => _data.LoadFromTextFile(_files.Write("a,b\n\"x\" y,1\n")));
        StringAssert.Contains(error.Message, "line 2");
    }

    [TestMethod]
    public void Rows_that_do_not_fit_say_nothing_of_the_types()
    {
        string path = _files.Write("a,b,c\n1,2,x\n3,y\n4,5,y\n8,9,y,z\n");
        var skipped = _data.LoadFromTextFile(path, new TextFileOptions { BadRows = BadRows.Skip });
        Assert.AreEqual("a:Single b:Single c:Text", skipped.Types());
        CollectionAssert.AreEqual(new[] { 2f, 5 }, skipped.Numbers("b"));
        Assert.AreEqual(2L, ((IReportsBadRows)skipped).BadRowCount);
        var mended = _data.LoadFromTextFile(path, new TextFileOptions { BadRows = BadRows.Missing });
        Assert.AreEqual("a:Single b:Single c:Text", mended.Types());
        CollectionAssert.AreEqual(new[] { 2f, float.NaN, 5, 9 }, mended.Numbers("b"));
    }

    [TestMethod]
    public void The_name_of_a_file_tells_its_separator_where_rows_do_not()
    {
        string content = "go, please\nwin\nwell, yes, no\n";
        CollectionAssert.AreEqual(content.TrimEnd('\n').Split('\n'), _data.LoadFromTextFile(_files.Write(content, "x.tsv"), new TextFileOptions { HasHeader = false }).Texts("Column1"));
    }

    [TestMethod]
    public void Columns_called_after_their_places_are_found_without_a_header()
    {
        var schema = new DataViewSchema.Builder();
        schema.AddColumn("Column1", TextDataViewType.Instance);
        schema.AddColumn("Column2", NumberDataViewType.Single);
        schema.AddColumn("Column3", NumberDataViewType.Single);
        var expected = schema.ToSchema();
        CollectionAssert.AreEqual(new[] { 3f, 6 }, _data.LoadFromTextFile(_files.Write("a,2,3\nb,5,6\n"), expected).Numbers("Column3"));
        CollectionAssert.AreEqual(new[] { 3f, 6 }, _data.LoadFromTextFile(_files.Write("2,3\n5,6\n"), expected, optionalColumns: ["Column1"]).Numbers("Column3"), "The optional column is not there.");
        CollectionAssert.AreEqual(new[] { 2f }, _data.LoadFromTextFile(_files.Write("Column3,Column1,Column2\n2,x,1\n"), expected).Numbers("Column3"), "There is a header.");
        var error = Assert.ThrowsExactly<SchemaException>(() => _data.LoadFromTextFile(_files.Write("2\n5\n"), expected, optionalColumns: ["Column1"]));
        StringAssert.Contains(error.Message, "has no header and 1 fields in a row; 3 are expected, or 2 without Column1");
    }

    [TestMethod]
    public void Comments_at_the_beginning_are_recognised()
    {
        string path = _files.Write("// 3 instances\n//\n1,2\n3,4\n");
        CollectionAssert.AreEqual(new[] { 1f, 3 }, _data.LoadFromTextFile(path).Numbers("Column1"));
        Assert.AreEqual("//", _data.InferColumns(path).Options.CommentPrefix);
    }

    [TestMethod]
    public void Comments_and_lines_before_the_table_are_passed_over()
    {
        string path = _files.Write("a title, with \"a quote\nanother\n# comment, \"with a quote\na,b\n1,2\n# 3,4\n5,6\n");
        var view = _data.LoadFromTextFile(path, new TextFileOptions { SkipLines = 2, CommentPrefix = "#" });
        Assert.AreEqual("a:Single b:Single", view.Types());
        CollectionAssert.AreEqual(new[] { 1f, 5 }, view.Numbers("a"));
        foreach (int chunkSize in new[] { 1, 3, 20 })
        {
            var cut = _data.LoadFromTextFile(path, new TextFileOptions { SkipLines = 2, CommentPrefix = "#", ChunkSize = chunkSize });
            CollectionAssert.AreEqual(new[] { 1f, 5 }, cut.Numbers("a"));
        }
        string wrong = _files.Write("skip\na,b\n1,2\n#\n1\n");
        var error = Assert.ThrowsExactly<DataException>(() => _data.LoadFromTextFile(wrong, new TextFileOptions { SkipLines = 1, CommentPrefix = "#" }));
        StringAssert.Contains(error.Message, "line 5: expected 2 fields");
    }

    [TestMethod]
    public void Decimal_commas_plain_quotes_and_a_limit_of_rows_are_options()
    {
        var comma = _data.LoadFromTextFile(_files.Write("a;b\n1,5;x\n2;y\n"), new TextFileOptions { DecimalMarker = ',' });
        CollectionAssert.AreEqual(new[] { 1.5f, 2 }, comma.Numbers("a"));
        var plain = _data.LoadFromTextFile(_files.Write("a,b\n\"x,1\n\"y\",2\n"), new TextFileOptions { Quoting = false });
        CollectionAssert.AreEqual(new[] { "\"x", "\"y\"" }, plain.Texts("a"));
        var few = _data.LoadFromTextFile(_files.Write("a\n1\n2\nx\n"), new TextFileOptions { MaxRows = 2 });
        CollectionAssert.AreEqual(new[] { 1f, 2 }, few.Numbers("a"), "what follows does not decide on the type");
    }

    [TestMethod]
    public void Several_files_are_one_table()
    {
        string first = _files.Write("a,b\n1,x\n", "part-1.csv");
        string second = _files.Write("a,b\n2,y\n3,z", "part-2.csv");
        string third = _files.Write(TestFiles.Gzip("a,b\n4,w\n"), "part-3.csv.gz");
        foreach (int threads in new[] { 1, 3 })
        {
            var view = _data.LoadFromTextFile([first, second, third], new TextFileOptions { Threads = threads });
            CollectionAssert.AreEqual(new[] { 1f, 2, 3, 4 }, view.Numbers("a"));
            Assert.AreEqual("3 files, part-1.csv to part-3.csv.gz", view.Lineage.Source);
        }
        CollectionAssert.AreEqual(new[] { "x", "y", "z", "w" }, _data.LoadFromTextFile(_files["part-*"]).Texts("b"));
        CollectionAssert.AreEqual(new[] { 1f, 2, 3 }, _data.LoadFromTextFile(_files["part-?.csv"]).Numbers("a"));

        _files.Write("a,c\n5,v\n", "part-9.csv");
        var error = Assert.ThrowsExactly<DataException>(() => _data.LoadFromTextFile(_files["part-*.csv"]));
        StringAssert.Contains(error.Message, "part-9.csv, line 1: field 2 of the header is 'c'; in ");
        Assert.ThrowsExactly<FileNotFoundException>(() => _data.LoadFromTextFile(_files["none-*.csv"]));
    }

    [TestMethod]
    public void An_error_in_a_later_file_names_that_file()
    {
        _files.Write("a,b\n1,2\n", "x1.csv");
        _files.Write("a,b\n1,2\n3\n", "x2.csv");
        var error = Assert.ThrowsExactly<DataException>(() => _data.LoadFromTextFile(_files["x?.csv"]));
        StringAssert.Contains(error.Message, "x2.csv, line 3: expected 2 fields");
    }

    [TestMethod]
    public void Inference_says_what_it_found_and_loads_the_same()
    {
        string path = _files.Write("id;y;when\n1;1,5;2024-01-01\n2;x;2024-01-02\n");
        var inferred = _data.InferColumns(path);
        Assert.AreEqual(';', inferred.Separator);
        Assert.AreEqual("y", inferred.LabelColumnName);
        StringAssert.Contains(inferred.ToString(), "id (Single), y (Text), when (DateTime)");
        var expected = _data.LoadFromTextFile(path);
        Assert.AreEqual(DataFingerprint.Compute(expected), DataFingerprint.Compute(_data.LoadFromTextFile(path, inferred.Options)));
        Assert.AreEqual(DataFingerprint.Compute(expected), DataFingerprint.Compute(_data.LoadFromTextFile(path, inferred.TextLoaderOptions)));
        Assert.AreEqual("when", _data.InferColumns(path, labelColumnName: "when").LabelColumnName);
        Assert.ThrowsExactly<SchemaException>(() => _data.InferColumns(path, labelColumnName: "who"));
        Assert.AreEqual("it is the last column", _data.InferColumns(_files.Write("a,b\n1,2\n")).LabelReason);
    }

    [TestMethod]
    public void What_can_be_read_once_only_is_kept()
    {
        var source = new OneTime("1\t2\n3\t4\n"u8.ToArray());
        var view = _data.CreateTextLoader([new TextLoader.Column("A", DataKind.Single, 1)]).Load(source);
        CollectionAssert.AreEqual(new[] { 2f, 4 }, view.Numbers("A"));
        CollectionAssert.AreEqual(new[] { 2f, 4 }, view.Numbers("A"));
        Assert.AreEqual(1, source.Opened);
    }

    /// <summary>A source like a pipe, which cannot seek.</summary>
    private sealed class OneTime(byte[] content) : IMultiStreamSource
    {
        public int Opened { get; private set; }

        public int Count => 1;

        public string? GetPathOrNull(int index) => null;

        public Stream Open(int index)
        {
            Opened++;
            return new System.IO.Compression.BrotliStream(new MemoryStream(Compressed()), System.IO.Compression.CompressionMode.Decompress);
        }

        public TextReader OpenTextReader(int index) => new StreamReader(Open(index));

        private byte[] Compressed()
        {
            using var memory = new MemoryStream();
            using (var brotli = new System.IO.Compression.BrotliStream(memory, System.IO.Compression.CompressionLevel.Fastest)) brotli.Write(content);
            return memory.ToArray();
        }
    }
}
