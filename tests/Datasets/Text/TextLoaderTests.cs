using MLPath.Data;
using MLPath.Runtime;

namespace MLPath.Tests.Datasets.Text;

[TestClass]
public sealed class TextLoaderTests : IDisposable
{
    private readonly DataOperationsCatalog _data = new(new MLEnvironment(seed: 0));
    private readonly TestFiles _files = new();

    public void Dispose() => _files.Dispose();

    [TestMethod]
    public void Columns_are_read_from_the_fields_they_name()
    {
        string path = _files.Write("1\t2\ta\t4\n5\t6\tb\t8\n", "data.tsv");
        var view = _data.LoadFromTextFile(path,
        [
            new TextLoader.Column("Last", DataKind.Int32, 3),
            new TextLoader.Column("Both", DataKind.Single, [new TextLoader.Range(1), new TextLoader.Range(0)]),
            new TextLoader.Column("Name", DataKind.String, 2),
            new TextLoader.Column("One", DataKind.Double, 0, 0),
        ]);
        Assert.AreEqual("Last:Int32 Both:Vector<Single, 2> Name:Text One:Vector<Double, 1>", view.Types());
        Assert.IsNull(view.GetRowCount(), "nothing is read before a pass");
        CollectionAssert.AreEqual(new[] { 4, 8 }, view.Column<int>("Last"));
        CollectionAssert.AreEqual(new[] { 6f, 5 }, view.Vectors("Both")[1]);
        CollectionAssert.AreEqual(new[] { "a", "b" }, view.Texts("Name"));
        Assert.AreEqual(2L, view.GetRowCount(), "the first pass has counted the rows");
    }

    [TestMethod]
    public void Defaults_and_missing_values_are_those_of_MLNet()
    {
        string path = _files.Write("1\t\t\t\n?\tNaN\t\n// a comment\n\n3\t4\tx\t5\tbeyond\n", "data.tsv");
        TextLoader.Column[] columns =
        [
            new("A", DataKind.Single, 0), new("B", DataKind.Double, 1), new("T", DataKind.String, 2), new("N", DataKind.Int32, 3),
        ];
        var view = _data.LoadFromTextFile(path, columns);
        CollectionAssert.AreEqual(new[] { 1, float.NaN, 3 }, view.Numbers("A"));
        CollectionAssert.AreEqual(new[] { 0, double.NaN, 4 }, view.Column<double>("B"), "an empty number is 0, a question mark is missing");
        CollectionAssert.AreEqual(new[] { "", "", "x" }, view.Texts("T"));
        CollectionAssert.AreEqual(new[] { 0, 0, 5 }, view.Column<int>("N"), "a field that the row lacks is empty");

        var missing = _data.LoadFromTextFile(path, new TextLoader.Options { Columns = columns, MissingRealsAsNaNs = true });
        Assert.IsTrue(double.IsNaN(missing.Column<double>("B")[0]));
    }

    [TestMethod]
    public void Keys_are_places_from_zero_and_places_beyond_are_missing()
    {
        string path = _files.Write("0\n2\n3\n\n?\n", "data.tsv");
        var view = _data.LoadFromTextFile(path, [new TextLoader.Column("K", DataKind.UInt32, [new(0)], new KeyCount(3))]);
        Assert.AreEqual(new KeyDataViewType(3), view.Schema["K"].Type);
        CollectionAssert.AreEqual(new uint[] { 1, 3, 0, 0 }, view.Column<uint>("K"));
    }

    [TestMethod]
    public void Sparse_rows_state_their_length_or_take_that_of_the_options()
    {
        string path = _files.Write("1\t2\t5\t2:6\t4:3\n1\t2\t3\t4\t5\t6\t7\n0\t0\t5\t0:1\n", "sparse.tsv");
        TextLoader.Column[] columns = [new("Label", DataKind.Single, 0), new("Features", DataKind.Single, 1, 6)];
        var view = _data.LoadFromTextFile(path, columns, allowSparse: true);
        CollectionAssert.AreEqual(new[] { 1f, 1, 0 }, view.Numbers("Label"));
        CollectionAssert.AreEqual(new[] { 2f, 0, 0, 6, 0, 3 }, Dense(view, 0));
        CollectionAssert.AreEqual(new[] { 2f, 3, 4, 5, 6, 7 }, Dense(view, 1));
        CollectionAssert.AreEqual(new[] { 0f, 1, 0, 0, 0, 0 }, Dense(view, 2));

        string stated = _files.Write("1\t2\t2:6\t4:3\n", "stated.tsv");
        var sized = _data.LoadFromTextFile(stated, new TextLoader.Options { Columns = columns, AllowSparse = true, InputSize = 7 });
        CollectionAssert.AreEqual(new[] { 2f, 0, 0, 6, 0, 3 }, Dense(sized, 0));
    }

    [TestMethod]
    [DataRow("1\t5\t4:1\t2:3\n", "line 1: the index 2 is out of order or range")]
    [DataRow("1\t5\t5:1\n", "line 1: the index 5 is out of order or range; the indices of a sparse part increase, from 0 to 4")]
    [DataRow("2:1\n", "line 1: a sparse part starts here, but no length stands before it")]
    [DataRow("1\t5\t2:1\t7\n", "line 1: a plain value follows sparse ones")]
    public void Broken_sparse_rows_are_explained(string content, string expected)
    {
        var view = _data.LoadFromTextFile(_files.Write(content), [new TextLoader.Column("F", DataKind.Single, 1, 5)], allowSparse: true);
        var error = Assert.ThrowsExactly<DataException>(() => view.Vectors("F"));
        StringAssert.Contains(error.Message, expected);
    }

    [TestMethod]
    public void Ranges_reach_the_end_of_all_rows_or_of_each()
    {
        string path = _files.Write("a\tb\tc\td\n1\t2\t3\t4\n5\t6\t7\t8\n", "data.tsv");
        var all = _data.LoadFromTextFile(path, [new TextLoader.Column("X", DataKind.Single, [new(1, null)])], hasHeader: true);
        Assert.AreEqual("X:Vector<Single, 3>", all.Types());
        CollectionAssert.AreEqual(new[] { "b", "c", "d" }, all.Schema["X"].SlotNamesOrDefault().ToArray(), "the header names the slots");

        var others = _data.LoadFromTextFile(path,
            [new TextLoader.Column("B", DataKind.Single, 1), new TextLoader.Column("X", DataKind.Single, [new() { AutoEnd = true, AllOther = true, ForceVector = true }])],
            hasHeader: true);
        CollectionAssert.AreEqual(new[] { 1f, 3, 4 }, others.Vectors("X")[0]);

        string ragged = _files.Write("1\n2\t3\n4\t5\t6\n", "ragged.tsv");
        var each = _data.LoadFromTextFile(ragged, [new TextLoader.Column("X", DataKind.Single, [new() { Min = 1, VariableEnd = true }])]);
        CollectionAssert.AreEqual(new[] { 0, 1, 2 }, each.Vectors("X").Select(v => v.Length).ToArray());
        CollectionAssert.AreEqual(new[] { 5f, 6 }, each.Vectors("X")[2]);
    }

    [TestMethod]
    public void Quotes_escapes_separators_and_decimal_commas_are_read_as_the_options_say()
    {
        string path = _files.Write("\"a;b\";1,5|x\n\"say \\\"hi\\\"\";2|y\n", "data.txt");
        var view = _data.LoadFromTextFile(path, new TextLoader.Options
        {
            Columns = [new("T", DataKind.String, 0), new("N", DataKind.Single, 1), new("U", DataKind.String, 2)],
            Separators = [';', '|'],
            AllowQuoting = true,
            EscapeChar = '\\',
            DecimalMarker = ',',
        });
        CollectionAssert.AreEqual(new[] { "a;b", "say \"hi\"" }, view.Texts("T"));
        CollectionAssert.AreEqual(new[] { 1.5f, 2 }, view.Numbers("N"));
        CollectionAssert.AreEqual(new[] { "x", "y" }, view.Texts("U"));

        string lines = _files.Write("\"one\ntwo\"\t1\n", "lines.txt");
        TextLoader.Column[] columns = [new("T", DataKind.String, 0)];
        var options = new TextLoader.Options { Columns = columns, AllowQuoting = true };
        Assert.AreEqual("one\ntwo", _data.LoadFromTextFile(lines, options with { ReadMultilines = true }).Texts("T").Single());
        var error = Assert.ThrowsExactly<DataException>(() => _data.LoadFromTextFile(lines, options).Texts("T"));
        StringAssert.Contains(error.Message, "line 1: the line ends inside a quoted value");
    }

    [TestMethod]
    public void Only_the_columns_that_are_needed_are_read()
    {
        string path = _files.Write("1\tx\n2\ty\n", "data.tsv");
        var view = _data.LoadFromTextFile(path, [new("A", DataKind.Single, 0), new("B", DataKind.Single, 1)]);
        using (var cursor = view.GetBatchCursor([view.Schema["A"]]))
        {
            Assert.IsTrue(cursor.MoveNext());
            Assert.IsFalse(cursor.Current.IsActive(1), "a cell that does not fit does no harm in a column that nobody reads");
        }
        var error = Assert.ThrowsExactly<DataException>(() => view.Numbers("B"));
        StringAssert.Contains(error.Message, "line 1, column 'B': found 'x', expected a number (Single)");
    }

    [TestMethod]
    public void A_row_type_gives_the_columns()
    {
        string path = _files.Write("setosa,1,2,3,4,1\n", "iris.csv");
        var view = _data.LoadFromTextFile<Iris>(path, separatorChar: ',');
        Assert.AreEqual("Features:Vector<Single, 4> Label:Text", string.Join(" ", view.Types().Split(' ').Where(t => !t.StartsWith("Kind", StringComparison.Ordinal)).Take(3)));
        CollectionAssert.AreEqual(new[] { 1f, 2, 3, 4 }, view.Vectors("Features")[0]);
        CollectionAssert.AreEqual(new uint[] { 2 }, view.Column<uint>("Kind"));

        var lacking = Assert.ThrowsExactly<SchemaException>(() => _data.LoadFromTextFile<NoSource>(path));
        StringAssert.Contains(lacking.Message, "'X' of NoSource does not say which field it is read from");
    }

    [TestMethod]
    public void Batches_have_their_size_whatever_the_chunks_and_rows_come_in_order()
    {
        string path = _files.Write(string.Concat(Enumerable.Range(0, 200_000).Select(i => $"{i}\t{i % 7}\n")), "long.tsv");
        var view = _data.LoadFromTextFile(path, [new("A", DataKind.Int32, 0), new("B", DataKind.Single, 1)]);
        int next = 0;
        using var cursor = view.GetBatchCursor(view.Schema);
        while (cursor.MoveNext())
        {
            Assert.AreEqual(next, cursor.Current.Position);
            Assert.AreEqual(Math.Min(RowBatch.DefaultSize, 200_000 - next), cursor.Current.Count);
            foreach (int value in cursor.Current.Scalars<int>(0)) Assert.AreEqual(next++, value);
        }
        Assert.AreEqual(200_000, next);
    }

    [TestMethod]
    public void A_pass_may_end_early_by_disposal_or_cancellation()
    {
        string path = _files.Write(string.Concat(Enumerable.Range(0, 200_000).Select(i => $"{i}\n")), "long.tsv");
        var view = _data.LoadFromTextFile(path, [new TextLoader.Column("A", DataKind.Single, 0)]);
        using (var early = view.GetBatchCursor(view.Schema)) Assert.IsTrue(early.MoveNext());
        using var source = new CancellationTokenSource();
        using var cursor = view.GetBatchCursor(view.Schema, source.Token);
        Assert.IsTrue(cursor.MoveNext());
        source.Cancel();
        Assert.Throws<OperationCanceledException>(() =>
        {
            while (cursor.MoveNext()) { }
        });
        File.Delete(path);
    }

    [TestMethod]
    public void Rows_are_limited_and_errors_behind_the_limit_are_not_met()
    {
        string path = _files.Write("1\n2\nx\n", "data.tsv");
        var options = new TextLoader.Options { Columns = [new("A", DataKind.Single, 0)], MaxRows = 2 };
        CollectionAssert.AreEqual(new[] { 1f, 2 }, _data.LoadFromTextFile(path, options).Numbers("A"));
    }

    [TestMethod]
    public void A_file_that_changes_between_passes_is_noticed()
    {
        string path = _files.Write("1\n2\n", "data.tsv");
        var view = _data.LoadFromTextFile(path, [new TextLoader.Column("A", DataKind.Single, 0)]);
        Assert.HasCount(2, view.Numbers("A"));
        var same = _data.CreateTextLoader([new TextLoader.Column("A", DataKind.Single, 0)]).Load(path);
        File.AppendAllText(path, "3\n");
        var error = Assert.ThrowsExactly<DataException>(() => same.Numbers("A"));
        StringAssert.Contains(error.Message, "data.tsv: the file has changed since it was first read");
    }

    [TestMethod]
    public void Impossible_options_are_refused()
    {
        TextLoader.Options good = new() { Columns = [new("A", DataKind.Single, 0)] };
        TextLoader.Options[] bad =
        [
            good with { Separators = [] }, good with { Separators = ['"'] }, good with { Separators = [':'], AllowSparse = true },
            good with { DecimalMarker = ';' }, good with { DecimalMarker = ',', Separators = [','] }, good with { EscapeChar = '\t' },
            good with { InputSize = 0 }, good with { MaxRows = -1 }, good with { Columns = [new("A", DataKind.Single, [])] },
            good with { Columns = [new("A", DataKind.Single, [new(0, 3), new(2)])] },
            good with { Columns = [new("A", DataKind.Single, [new(0, null)])] }, good with { InputSize = 1, Columns = [new("A", DataKind.Single, 3)] },
        ];
        foreach (var options in bad) Assert.Throws<ArgumentException>(() => _data.CreateTextLoader(options), options.ToString());
    }

    private static float[] Dense(IDataView view, int row)
    {
        var column = (VectorColumn<float>)InMemoryDataView.Load(view).GetColumn(view.Schema["Features"].Index);
        var values = new float[column.Size];
        column.CopyRowTo(row, values);
        return values;
    }

    private sealed class Iris
    {
        [LoadColumn(1, 4)]
        public float[] Features { get; set; } = [];

        [LoadColumn(0), ColumnName("Label")]
        public string Species { get; set; } = "";

        [LoadColumn(5), KeyType(3)]
        public uint Kind { get; set; }

        [NoColumn]
        public int Unused { get; set; }
    }

    private sealed class NoSource
    {
        public float X { get; set; }
    }
}
