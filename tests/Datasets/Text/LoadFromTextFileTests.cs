using MLPath.Data;
using MLPath.Datasets;
using MLPath.Runtime;

namespace MLPath.Tests.Datasets.Text;

[TestClass]
public sealed class LoadFromTextFileTests : IDisposable
{
    private readonly DataOperationsCatalog _data = new(new MLEnvironment(seed: 0));
    private readonly TestFiles _files = new();

    public void Dispose() => _files.Dispose();

    [TestMethod]
    public void Types_follow_from_all_cells_of_a_column()
    {
        var view = Load("""
            number,flag,day,text,late,zip
            1,true,2024-03-01,setosa,1,01234
            -2.5e1,No,2024-03-01T12:00:00,x,2,56789
            ,YES,2024-03-02 08:30,1,three,1234-5
            """);

        Assert.AreEqual("number:Single flag:Boolean day:DateTime text:Text late:Text zip:Text", view.Types());
        CollectionAssert.AreEqual(new[] { 1, -25, float.NaN }, view.Numbers("number"));
        CollectionAssert.AreEqual(new[] { true, false, true }, view.Column<bool>("flag"));
        CollectionAssert.AreEqual(
            new DateTime[] { new(2024, 3, 1), new(2024, 3, 1, 12, 0, 0), new(2024, 3, 2, 8, 30, 0) }, view.Column<DateTime>("day"));
        CollectionAssert.AreEqual(new[] { "setosa", "x", "1" }, view.Texts("text"));
        CollectionAssert.AreEqual(new[] { "1", "2", "three" }, view.Texts("late"), "the cells before the first text keep theirs");
        CollectionAssert.AreEqual(new[] { "01234", "56789", "1234-5" }, view.Texts("zip"));
        Assert.AreEqual(3L, view.GetRowCount());
    }

    [TestMethod]
    public void Missing_cells_are_NaN_in_numbers_and_stay_as_they_are_in_text()
    {
        var view = Load("n,first,later,b,d,e\nNA,?,a,true,2024-01-01,\nnan,x,NULL,,?,\n?,N/A,,false,2024-01-02,\n4,,b,true,2024-01-03,\n");
        Assert.AreEqual("n:Single first:Text later:Text b:Text d:Text e:Single", view.Types());
        CollectionAssert.AreEqual(new[] { float.NaN, float.NaN, float.NaN, 4 }, view.Numbers("n"));
        CollectionAssert.AreEqual(new[] { "?", "x", "N/A", "" }, view.Texts("first"));
        CollectionAssert.AreEqual(new[] { "a", "NULL", "", "b" }, view.Texts("later"));
        CollectionAssert.AreEqual(new[] { "true", "", "false", "true" }, view.Texts("b"), "Booleans have no missing value");
        CollectionAssert.AreEqual(new[] { "2024-01-01", "?", "2024-01-02", "2024-01-03" }, view.Texts("d"), "dates have no missing value");
        Assert.IsTrue(view.Numbers("e").All(float.IsNaN), "a column without any value is numbers, all missing");
    }

    [TestMethod]
    public void Missing_cells_before_the_first_value_do_not_hide_its_type()
    {
        var view = Load("n,t,b\n,,\n,,\n3,x,true\n");
        Assert.AreEqual("n:Single t:Text b:Text", view.Types());
        CollectionAssert.AreEqual(new[] { float.NaN, float.NaN, 3 }, view.Numbers("n"));
        CollectionAssert.AreEqual(new[] { "", "", "x" }, view.Texts("t"));
        CollectionAssert.AreEqual(new[] { "", "", "true" }, view.Texts("b"));
    }

    [TestMethod]
    public void Own_missing_values_replace_the_usual_ones()
    {
        var view = Load("a,b\n-999,1\n5,?\n", new() { MissingValues = ["-999"] });
        Assert.AreEqual("a:Single b:Text", view.Types());
        CollectionAssert.AreEqual(new[] { float.NaN, 5 }, view.Numbers("a"));
    }

    [TestMethod]
    public void Zeros_and_ones_are_numbers_and_infinities_are_kept()
    {
        var view = Load("a,b\n0,inf\n1,-∞\n");
        Assert.AreEqual("a:Single b:Single", view.Types());
        CollectionAssert.AreEqual(new[] { float.PositiveInfinity, float.NegativeInfinity }, view.Numbers("b"));
    }

    [TestMethod]
    [DataRow("a,b;c\n1,2\n", "a:Single b;c:Single")]
    [DataRow("a;b\n1;2\n", "a:Single b:Single")]
    [DataRow("a\tb\n1\t2\n", "a:Single b:Single")]
    [DataRow("\n\n\"x;y;z\",b\n1,2\n", "x;y;z:Single b:Single")]
    [DataRow("a\n1\n", "a:Single")]
    public void The_separator_is_that_of_the_header(string content, string types) => Assert.AreEqual(types, Load(content).Types());

    [TestMethod]
    public void A_given_separator_is_used()
    {
        Assert.AreEqual("a:Single b:Text", Load("a|b\n1|x,y;z\n", new() { Separator = '|' }).Types());
        Assert.AreEqual("a:Single b:Single", Load("a b\n1 2\n", new() { Separator = ' ' }).Types());
    }

    [TestMethod]
    public void A_byte_order_mark_and_any_line_ends_are_read_over()
    {
        var view = _data.LoadFromTextFile(_files.Write([0xEF, 0xBB, 0xBF, .. "a,b\r\n1,é\r\n2,\"x\r\ny\"\r\n"u8]));
        Assert.AreEqual("a:Single b:Text", view.Types());
        CollectionAssert.AreEqual(new[] { "é", "x\r\ny" }, view.Texts("b"));
    }

    [TestMethod]
    public void Gzip_is_recognised_by_its_content()
    {
        var expected = Load("a,b\n1,NA\n2,x\n");
        foreach (string name in new[] { "data.csv.gz", "data.csv" })
        {
            var view = _data.LoadFromTextFile(_files.Write(TestFiles.Gzip("a,b\n1,NA\n2,x\n"), name));
            Assert.AreEqual(DataFingerprint.Compute(expected), DataFingerprint.Compute(view), name);
        }

        // Several members, as concatenated files have them, are one text.
        var joined = _data.LoadFromTextFile(_files.Write([.. TestFiles.Gzip("a,b\n1,N"), .. TestFiles.Gzip("A\n2,x\n")]));
        Assert.AreEqual(DataFingerprint.Compute(expected), DataFingerprint.Compute(joined));
    }

    [TestMethod]
    public void Quoted_numbers_are_numbers_and_blanks_around_cells_do_not_count()
    {
        var view = Load("\"a\" , b\n\"1\", 2\n \"3\" ,\t4 \n");
        Assert.AreEqual("a:Single b:Single", view.Types());
        CollectionAssert.AreEqual(new[] { 2f, 4 }, view.Numbers("b"));
        Assert.AreEqual("a: b:Text", Load("a, b\n1, x\n", new() { TrimWhitespace = false }).Types().Replace("a:Single ", "a:"));
    }

    [TestMethod]
    public void A_column_without_a_name_is_called_after_its_place() =>
        Assert.AreEqual("Column1:Single a:Single Column3:Single", Load(",a,\n0,1,2\n").Types());

    [TestMethod]
    public void A_header_without_rows_is_an_empty_view()
    {
        var view = Load("a,b\n");
        Assert.AreEqual("a:Single b:Single", view.Types());
        Assert.AreEqual(0L, view.GetRowCount());
        Assert.IsFalse(view.GetBatchCursor(view.Schema).MoveNext());
    }

    [TestMethod]
    public void Forced_types_are_applied()
    {
        var types = new Dictionary<string, DataViewType>
        {
            ["zip"] = TextDataViewType.Instance,
            ["id"] = NumberDataViewType.Int64,
            ["x"] = NumberDataViewType.Double,
            ["ok"] = BooleanDataViewType.Instance,
            ["at"] = DateTimeOffsetDataViewType.Instance,
            ["took"] = TimeSpanDataViewType.Instance,
        };
        const string Row = "01234,9007199254740993,0.1,1,2024-01-01T00:00+02:00,1.02:03:04,5";
        var view = Load($"zip,id,x,ok,at,took,n\n{Row}\n", new() { Types = types });
        Assert.AreEqual("zip:Text id:Int64 x:Double ok:Boolean at:DateTimeOffset took:TimeSpan n:Single", view.Types());
        Assert.AreEqual("01234", view.Texts("zip")[0]);
        Assert.AreEqual(9007199254740993, view.Column<long>("id")[0]);
        Assert.AreEqual(0.1, view.Column<double>("x")[0]);
        Assert.IsTrue(view.Column<bool>("ok")[0]);
        Assert.AreEqual(TimeSpan.FromHours(2), view.Column<DateTimeOffset>("at")[0].Offset);
        Assert.AreEqual(new TimeSpan(1, 2, 3, 4), view.Column<TimeSpan>("took")[0]);
    }

    [TestMethod]
    public void A_schema_gives_types_order_and_annotations()
    {
        var types = new Dictionary<string, DataViewType> { ["zip"] = TextDataViewType.Instance };
        var trained = Load("species,width,zip\nsetosa,1.5,01234\nx,2,0\n", new() { Types = types });
        var view = _data.LoadFromTextFile(_files.Write("zip,id,width,species\n77,a,NA,1\n"), trained.Schema);
        Assert.AreEqual("species:Text width:Single zip:Text", view.Types());
        Assert.AreEqual("1", view.Texts("species")[0]);
        Assert.AreEqual("77", view.Texts("zip")[0]);
        Assert.IsTrue(float.IsNaN(view.Numbers("width")[0]));
    }

    [TestMethod]
    public void Optional_columns_may_be_lacking_and_other_columns_may_follow_as_text()
    {
        var trained = Load("x,label\n1,a\n2,b\n");
        string path = _files.Write("id,x\n007,1\n");
        Assert.AreEqual("x:Single", _data.LoadFromTextFile(path, trained.Schema, optionalColumns: ["label"]).Types());
        var view = _data.LoadFromTextFile(path, trained.Schema, optionalColumns: ["label"], otherColumnsAsText: true);
        Assert.AreEqual("x:Single id:Text", view.Types());
        Assert.AreEqual("007", view.Texts("id")[0]);
        Assert.ThrowsExactly<ArgumentException>(() => _data.LoadFromTextFile(path, trained.Schema, optionalColumns: ["lable"]));
    }

    [TestMethod]
    public void A_large_file_is_read_the_same_as_its_parts()
    {
        // Longer than the read buffer, so that records cross its end; a text cell at the very end turns a column of numbers to text.
        var lines = Enumerable.Range(0, 60_000).Select(i => $"{i},{i * 0.5},\"{i}\n\"\"quoted\"\"\"");
        var view = Load("i,half,text\n" + string.Join("\n", lines) + "\nlast,1,x\n");
        Assert.AreEqual("i:Text half:Single text:Text", view.Types());
        Assert.AreEqual(60_001L, view.GetRowCount());
        Assert.AreEqual("59999", view.Texts("i")[59_999]);
        Assert.AreEqual(29_999.5f, view.Numbers("half")[59_999]);
        Assert.AreEqual("59999\n\"quoted\"", view.Texts("text")[59_999]);
    }

    [TestMethod]
    public void Lineage_names_the_file_and_fingerprints_its_content()
    {
        var one = Load("a\n1\n");
        var same = Load("a\n1.0\n");
        var other = Load("a\n2\n");
        Assert.AreEqual("file data.csv", one.Lineage.Source);
        Assert.AreEqual(one.Lineage.Fingerprint, same.Lineage.Fingerprint);
        Assert.AreNotEqual(one.Lineage.Fingerprint, other.Lineage.Fingerprint);
    }

    private IDataView Load(string content, TextFileOptions? options = null) => _data.LoadFromTextFile(_files.Write(content), options);
}
