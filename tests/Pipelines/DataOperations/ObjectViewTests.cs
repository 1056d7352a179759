using MLPath.Data;

namespace MLPath.Tests.DataOperations;

[TestClass]
public sealed class ObjectViewTests
{
    private static DataOperationsCatalog Data => Views.ML.Data;

    [TestMethod]
    public void Objects_are_enumerated_anew_in_each_pass_and_not_before()
    {
        int passes = 0;
        IEnumerable<Item> Rows()
        {
            passes++;
            for (int i = 0; i < 2000; i++)
                yield return Item.Sample(i);
        }

        var data = Data.LoadFromEnumerable(Rows());
        Assert.AreEqual(0, passes);
        CollectionAssert.AreEqual(Views.Items(2000).Select(i => i.ToString()).ToList(), Views.Rows(data));
        Assert.AreEqual(1, passes);
        Assert.HasCount(2000, Views.Ids(data));
        Assert.AreEqual(2, passes);
        Assert.IsNull(data.GetRowCount());
        Assert.AreEqual(3L, Data.LoadFromEnumerable(Views.Items(3)).GetRowCount());
    }

    [TestMethod]
    public void One_object_that_is_changed_from_row_to_row_gives_each_rows_values()
    {
        static IEnumerable<Item> Rows()
        {
            var item = new Item { Sparse = new VBuffer<float>(4, [0, 0, 0, 0]) };
            for (item.Id = 0; item.Id < 1500; item.Id++)
                yield return item;
        }

        CollectionAssert.AreEqual(Enumerable.Range(0, 1500).ToList(), Views.Ids(Data.LoadFromEnumerable(Rows())));
    }

    [TestMethod]
    public void An_error_of_the_objects_own_passes_through_and_the_enumerator_is_disposed()
    {
        bool disposed = false;
        IEnumerable<Item> Rows()
        {
            try
            {
                yield return Item.Sample(0);
                throw new NotSupportedException("broken source");
            }
            finally
            {
                disposed = true;
            }
        }

        Assert.AreEqual(
            "broken source", Assert.ThrowsExactly<NotSupportedException>(() => Views.Ids(Data.LoadFromEnumerable(Rows()))).Message);
        Assert.IsTrue(disposed);
    }

    [TestMethod]
    public void Only_the_columns_of_the_pass_are_read()
    {
        var data = Data.LoadFromEnumerable([new Item { Id = 4, Sparse = default }]);
        CollectionAssert.AreEqual(new[] { 4 }, Views.Ids(data), "The vector of the wrong size is not looked at.");
        Assert.Contains("Row 0: member 'Sparse'", Assert.ThrowsExactly<DataException>(() => Views.Rows(data)).Message);
    }

    [TestMethod]
    public void No_objects_are_a_table_without_rows()
    {
        var data = Data.LoadFromEnumerable(Array.Empty<Item>());
        Assert.IsEmpty(Views.Rows(data));
        Assert.HasCount(6, data.Schema);
        Assert.AreEqual("0 rows, 6 columns", data.Preview().ToString().Split('\n')[^1]);
    }

    [TestMethod]
    public void Values_that_are_no_rows_are_refused()
    {
        Assert.Contains("String has no members to be columns", Assert.ThrowsExactly<SchemaException>(() => Data.LoadFromEnumerable(["a"])).Message);
        Assert.Contains("Single has no members", Assert.ThrowsExactly<SchemaException>(() => Data.LoadFromEnumerable([1f])).Message);
        Assert.Contains("Object has no members", Assert.ThrowsExactly<SchemaException>(() => Data.LoadFromEnumerable([new object()])).Message);
    }

    [TestMethod]
    public void A_schema_gives_types_and_annotations()
    {
        var schema = new DataViewSchema.Builder();
        schema.AddColumn("Key", new KeyDataViewType(3), new DataViewSchema.Annotations.Builder().AddKeyValues(["a", "b", "c"]).ToAnnotations());
        schema.AddColumn("Ragged", new VectorDataViewType(NumberDataViewType.Int32, 1));
        var data = Data.LoadFromEnumerable([Item.Sample(1), Item.Sample(4)], schema.ToSchema());
        Assert.AreEqual("Key: Key<3>, Ragged: Vector<Int32, 1>", data.Schema.ToString());
        CollectionAssert.AreEqual(new[] { "a", null }, data.GetColumn<string>("Key").ToArray());
        CollectionAssert.AreEqual(new[] { 1 }, data.GetColumn<int[]>("Ragged").First());

        schema.AddColumn("Idd", NumberDataViewType.Int32);
        Assert.Contains("Did you mean 'Id'?", Assert.ThrowsExactly<SchemaException>(() => Data.LoadFromEnumerable(Views.Items(1), schema.ToSchema())).Message);
    }

    [TestMethod]
    public void Objects_come_back_as_one_object_or_as_many()
    {
        var data = Views.Lazy(1100);
        var many = Data.CreateEnumerable<Item>(data, reuseRowObject: false).ToList();
        Assert.HasCount(1100, many.Distinct().ToList());
        var one = Data.CreateEnumerable<Item>(data, reuseRowObject: true).ToList();
        Assert.HasCount(1, one.Distinct().ToList());
        Assert.AreEqual(Item.Sample(1099).ToString(), one[0].ToString());
    }

    [TestMethod]
    public void Missing_columns_are_an_error_unless_ignored()
    {
        var data = Data.LoadFromEnumerable([new { Id = 7 }]);
        Assert.Contains("'Number'", Assert.ThrowsExactly<SchemaException>(() => Data.CreateEnumerable<Item>(data, false)).Message);
        Assert.AreEqual(7, Data.CreateEnumerable<Item>(data, false, ignoreMissingColumns: true).Single().Id);
    }

    [TestMethod]
    public void Columns_are_read_as_their_types_and_as_friendlier_ones()
    {
        var data = Views.Lazy(1100);
        Assert.HasCount(1100, data.GetColumn<float>("Number").ToList());
        Assert.IsNull(data.GetColumn<float?>("Number").ElementAt(3));
        Assert.AreEqual("t2", data.GetColumn<string>("Text").ElementAt(1097));
        Assert.AreEqual("t2", data.GetColumn<ReadOnlyMemory<char>>("Text").ElementAt(2).ToString());
        Assert.AreEqual(3u, data.GetColumn<uint>(data.Schema["Key"]).ElementAt(3));
        CollectionAssert.AreEqual(new float[] { 0, 0, 6, 0 }, data.GetColumn<float[]>("Sparse").ElementAt(6));
        var kept = data.GetColumn<VBuffer<float>>("Sparse").ToList();
        CollectionAssert.AreEqual(new float[] { 0, 0, 6, 0 }, kept[6].DenseValues());
        CollectionAssert.AreEqual(new[] { 2, 3 }, data.GetColumn<int[]>("Ragged").ElementAt(2));
        var words = Data.LoadFromEnumerable([new { Words = new[] { "a", "b" } }]);
        CollectionAssert.AreEqual(new[] { "a", "b" }, words.GetColumn<string[]>("Words").Single());
    }

    [TestMethod]
    public void A_column_read_as_another_type_says_how_to_read_it()
    {
        var data = Views.Lazy(1);
        Assert.Contains(
            "Read it as Single[] or VBuffer<Single>", Assert.ThrowsExactly<SchemaException>(() => data.GetColumn<float>("Sparse")).Message);
        Assert.Contains(
            "Read it as Single or Single?", Assert.ThrowsExactly<SchemaException>(() => data.GetColumn<double>("Number")).Message);
        Assert.Contains("Read it as string", Assert.ThrowsExactly<SchemaException>(() => data.GetColumn<int>("Text")).Message);
        Assert.ThrowsExactly<SchemaException>(() => data.GetColumn<string>("Key"), "No values are known.");
        Assert.Contains("no column", Assert.ThrowsExactly<ArgumentException>(
            () => data.GetColumn<int>(Data.LoadFromEnumerable([new { Other = 1 }]).Schema[0])).Message);
    }

    [TestMethod]
    public void A_preview_shows_a_table()
    {
        var rows = new[]
        {
            new { Name = "Ada", Age = 36.5f, Wise = true, Size = new[] { 1.0, 2, 3, 4, 5 } },
            new { Name = "Grace\tBrewster\nMurray Hopper, admiral", Age = float.NaN, Wise = true, Size = new[] { 1 / 3.0 } },
            new { Name = "", Age = 1e20f, Wise = false, Size = Array.Empty<double>() },
        };
        string expected = """
            Name                            Age  Wise  Size
            ────────────────────────────  ─────  ────  ──────────────────
            Ada                            36.5  true  [1, 2, 3, 4, … 5]
            Grace Brewster Murray Hoppe…    NaN  true  [0.333333]
            2 of 3 rows, 4 columns
            """;
        Assert.AreEqual(Columns(expected), Columns(Data.LoadFromEnumerable(rows).Preview(2).ToString()));
        var preview = Data.LoadFromEnumerable(rows).Preview();
        Assert.HasCount(3, preview.RowView);
        Assert.AreEqual(36.5f, preview.ColumnView[1].Values[0]);
        Assert.AreEqual("Age", preview.RowView[0].Values[1].Key);
        Assert.Contains("Name: Ada, Age: 36.5", preview.RowView[0].ToString());
        Assert.StartsWith("the first 1 row,", Data.LoadFromEnumerable(rows.Where(r => r.Wise)).Preview(1).ToString().Split('\n')[^1]);

        // Widths depend on the widest cell; the words do not.
        static string Columns(string table) => string.Join('\n', table.ReplaceLineEndings("\n").Split('\n')
            .Select(l => System.Text.RegularExpressions.Regex.Replace(l, "─+| {2,}", m => m.Value[0] == '─' ? "─" : "  ")));
    }

    [TestMethod]
    public void A_preview_of_many_columns_is_cut()
    {
        var schema = new DataViewSchema.Builder();
        for (int i = 0; i < 30; i++)
            schema.AddColumn($"C{i}", NumberDataViewType.Int32);
        var columns = Enumerable.Range(0, 30).Select(i =>
        {
            var column = new ScalarColumn<int>(NumberDataViewType.Int32);
            column.Add(i);
            return column;
        });
        string text = new InMemoryDataView(schema.ToSchema(), [.. columns]).Preview().ToString();
        Assert.Contains("C11", text);
        Assert.DoesNotContain("C12", text);
        Assert.EndsWith("1 row, 30 columns", text);
    }

    [TestMethod]
    public void A_transformers_and_an_estimators_work_can_be_seen()
    {
        var estimator = Views.ML.Transforms.Concatenate("Features", "Id", "Number");
        var data = Views.Lazy(5);
        Assert.Contains("[2, 1]", estimator.Preview(data).ToString());
        Assert.Contains("[2, 1]", estimator.Fit(data).Preview(data).ToString());
    }

    [TestMethod]
    public void A_cache_reads_each_column_once()
    {
        var source = new Counted(Views.Lazy(1500));
        var cached = Data.Cache(source, "Number");
        Assert.AreEqual(0, source.Passes);
        Assert.HasCount(1500, cached.GetColumn<float>("Number").ToList());
        Assert.AreEqual(1, source.Passes);
        Views.Ids(cached);
        Views.Ids(cached);
        Assert.AreEqual(2, source.Passes);
        Assert.AreEqual(1500L, cached.GetRowCount());
        CollectionAssert.AreEqual(Views.Items(1500).Select(i => i.ToString()).ToList(), Views.Rows(cached));
        Assert.AreEqual(3, source.Passes);
        Assert.ThrowsExactly<SchemaException>(() => Data.Cache(source, "Nummber"));
    }

    [TestMethod]
    public void A_cache_serves_many_threads_with_one_pass()
    {
        var source = new Counted(Views.Lazy(1500));
        var cached = Data.Cache(source);
        Parallel.For(0, 8, _ => CollectionAssert.AreEqual(Enumerable.Range(0, 1500).ToList(), Views.Ids(cached)));
        Assert.AreEqual(1, source.Passes);
    }

    [TestMethod]
    public void A_cancelled_first_pass_leaves_no_half_a_cache()
    {
        using var cancel = new CancellationTokenSource();
        var source = new Counted(Views.Lazy(3000)) { OnPass = cancel.Cancel };
        var cached = Data.Cache(source);
        Assert.ThrowsExactly<OperationCanceledException>(() => cached.GetBatchCursor(cached.Schema, cancel.Token));
        Assert.HasCount(3000, Views.Ids(cached));
    }
}
