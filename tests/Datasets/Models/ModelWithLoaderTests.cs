using System.Data;
using System.Text;
using MLPath.Data;
using MLPath.Datasets;
using MLPath.Runtime;
using MLPath.Tests.Datasets.Formats.Database;
using MLPath.Tests.Models;
using MLPath.Trainers;

namespace MLPath.Tests.Datasets.Models;

[TestClass]
public sealed class ModelWithLoaderTests : IDisposable
{
    private const string Flowers = """
        sepal;petal;kind
        5,1;1,4;a
        4,9;1,3;a
        6,2;4,5;b
        5,9;4,2;b
        5,0;1,6;a
        6,7;4,9;b
        """;

    private readonly MLContext _ml = new(seed: 1);
    private readonly TestFiles _files = new();

    public void Dispose() => _files.Dispose();

    [TestMethod]
    [DataRow(false)]
    [DataRow(true)]
    public void A_model_predicts_a_new_file_bit_for_bit_through_the_loader_it_was_saved_with(bool asStream)
    {
        var loader = FlowerLoader();
        var model = Fit(loader);
        string path = _files["m.mlpath"];
        if (asStream)
        {
            using var file = File.Create(path);
            _ml.Model.Save(model, loader, file);
        }
        else
        {
            _ml.Model.Save(model, loader, path);
        }
        File.Delete(_files["flowers.csv"]);
        string newFile = _files.Write("length;width;kind\n5,5;2,6;?\n\n6,1;4,0;b\n4,8;1,1;a\n", "new.csv");

        var elsewhere = new MLContext(seed: 99);
        using var stream = asStream ? File.OpenRead(path) : null;
        var restored = stream is not null
            ? elsewhere.Model.LoadWithDataLoader(stream, out var itsLoader)
            : elsewhere.Model.LoadWithDataLoader(path, out itsLoader);

        var expected = model.Transform(loader.Load(new MultiFileSource(newFile)));
        var found = restored.Transform(itsLoader.Load(newFile));
        AssertSame(expected, found);
        Assert.HasCount(3, found.Column<float>("Probability"));
        CollectionAssert.AreEqual(new[] { "sepal", "petal" }, found.Schema["Features"].SlotNamesOrDefault().ToArray(), "the names of the header that was seen first");
        Assert.AreEqual(((ITransformerChain)model).Provenance!.Data.Fingerprint, ((ITransformerChain)restored).Provenance!.Data.Fingerprint);
    }

    [TestMethod]
    public void A_new_file_may_lack_the_label_where_it_stands_last()
    {
        var loader = FlowerLoader();
        string path = Save(Fit(loader), loader);
        var model = new MLContext().Model.LoadWithDataLoader(path, out var restored);
        string full = _files.Write("l;w;k\n5,5;2,6;a\n6,1;4,0;b\n", "full.csv"), without = _files.Write("l;w\n5,5;2,6\n6,1;4,0\n", "without.csv");
        CollectionAssert.AreEqual(
            model.Transform(restored.Load(full)).Numbers("Score"), model.Transform(restored.Load(without)).Numbers("Score"));
        CollectionAssert.AreEqual(new[] { "", "" }, restored.Load(without).Texts("Kind"));
    }

    [TestMethod]
    public void Load_gives_the_model_and_the_schema_of_the_loaders_data()
    {
        var loader = FlowerLoader();
        var model = Fit(loader);
        var restored = new MLContext().Model.Load(Save(model, loader), out var schema);
        Assert.AreEqual(Json(loader.GetOutputSchema()), Json(schema!));
        var data = loader.Load(_files["flowers.csv"]);
        AssertSame(model.Transform(data), restored.Transform(data));
        Assert.IsNotNull(((ITransformerChain)restored).Provenance);
    }

    [TestMethod]
    public void A_description_shows_both()
    {
        var loader = FlowerLoader();
        var described = _ml.Model.Inspect(Save(Fit(loader), loader));
        Assert.AreEqual("MLPath.ModelWithLoader", described.Root.Id);
        CollectionAssert.AreEqual(new[] { "Loader", "Model" }, described.Root.Children.Select(c => c.Name).ToArray());
        CollectionAssert.AreEqual(new[] { "MLPath.TextLoader", "MLPath.TransformerChain" }, described.Root.Children.Select(c => c.Id).ToArray());
        Assert.IsTrue(described.Root.Subtree().All(c => c.Library is not null));
        Assert.AreEqual("Kind", described.LabelSource);
        Assert.IsNotNull(described.OutputSchema!.GetColumnOrNull("Probability"));
    }

    [TestMethod]
    public void Saving_twice_gives_the_same_bytes_and_says_nothing_of_where_data_were()
    {
        var loader = FlowerLoader();
        var model = Fit(loader);
        byte[] file = File.ReadAllBytes(Save(model, loader));
        CollectionAssert.AreEqual(file, File.ReadAllBytes(Save(model, loader)));
        Assert.DoesNotContain(Path.GetDirectoryName(_files["x"])!, Encoding.UTF8.GetString(file));
    }

    [TestMethod]
    public void No_model_is_one_that_leaves_the_data_as_they_are()
    {
        var loader = FlowerLoader();
        var model = _ml.Model.LoadWithDataLoader(Save(null, loader), out var restored);
        var data = restored.Load(_files["flowers.csv"]);
        AssertSame(loader.Load(_files["flowers.csv"]), model.Transform(data));
    }

    [TestMethod]
    public void A_file_without_a_loader_or_with_one_of_other_sources_says_so()
    {
        var loader = FlowerLoader();
        var model = Fit(loader);
        _ml.Model.Save(model, loader.GetOutputSchema(), _files["schema.mlpath"]);
        var error = Assert.ThrowsExactly<ModelFormatException>(() => _ml.Model.LoadWithDataLoader(_files["schema.mlpath"], out _));
        Assert.Contains("saved without a loader", error.Message);
        string path = Save(model, loader);
        error = Assert.ThrowsExactly<ModelFormatException>(() => _ml.Model.LoadWithDataLoader<DatabaseSource>(path, out _));
        Assert.Contains("'MLPath.TextLoader', which does not load from DatabaseSource", error.Message);
        var unregistered = new ModelOperationsCatalog(new MLEnvironment(seed: 0));
        unregistered.Environment.Components.Add(PipelineComponents.All);
        Assert.Contains("'MLPath.TextLoader' (model/Loader)", Assert.ThrowsExactly<ModelFormatException>(() => unregistered.Load(path, out _)).Message);
    }

    [TestMethod]
    public void A_loader_that_cannot_be_saved_leaves_the_file_as_it_was()
    {
        string path = _files.Write("old", "m.mlpath");
        var loader = _ml.Data.CreateTextLoader([new TextLoader.Column("lone \uD800", DataKind.Single, 0)]);
        Assert.Contains("Unicode", Assert.ThrowsExactly<ArgumentException>(() => _ml.Model.Save(null, loader, path)).Message);
        Assert.AreEqual("old", File.ReadAllText(path));
    }

    [TestMethod]
    [DynamicData(nameof(TextLoaders))]
    public void A_text_loader_reads_as_before(string name, TextLoader.Options options, string sample, string file)
    {
        string header = _files.Write("h0 h1 h2 h3 h4 h5\n", "header.txt");
        if (options.HeaderFile is not null) options = options with { HeaderFile = header };
        var loader = _ml.Data.CreateTextLoader(options, new MultiFileSource(_files.Write(sample, "sample.txt")));
        string path = Save(null, loader);
        File.Delete(header);
        File.Delete(_files["sample.txt"]);
        new MLContext().Model.LoadWithDataLoader(path, out var restored);

        Assert.IsInstanceOfType<TextLoader>(restored, name);
        AssertSame(loader.Load(_files.Write(file, "new.txt")), restored.Load(_files["new.txt"]));
        CollectionAssert.AreEqual(File.ReadAllBytes(path), File.ReadAllBytes(Save(null, restored)), "saved again");
    }

    private static IEnumerable<object[]> TextLoaders()
    {
        TextLoader.Column[] three = [new("A", DataKind.Single, 0), new("T", DataKind.String, 1), new("N", DataKind.Int64, 2)];
        yield return ["columns by default", new TextLoader.Options(), "1\t2\t3\n", "4\t5\t6\n7\t8\n"];
        yield return ["columns from a comment", new TextLoader.Options(),
            "#@ TextLoader{\n#@ sep=comma\n#@ header+\n#@ col=L:BL:0\n#@ col=\"an odd: name\":R8:1-*\n#@ }\nx,y,z\n1,2,3\n", "a,b,c\n0,5,6\n1,7,8\n"];
        yield return ["cells of all kinds", new TextLoader.Options { Columns = three, Separators = [';', '|'], DecimalMarker = ',', AllowQuoting = true, ReadMultilines = true, EscapeChar = '\\', TrimWhitespace = true, MissingRealsAsNaNs = true },
            "", "1,5;\"a;\\\" \nb\";3  \n|x|4\n"];
        yield return ["bad rows left out, few rows", new TextLoader.Options { Columns = three, BadRows = BadRows.Skip, MaxRows = 3, UseThreads = false },
            "", "1\tx\t1\ny\tx\t2\n3\tx\t3\n4\tx\t4\n5\tx\t5\n"];
        yield return ["sparse rows of a known size", new TextLoader.Options { Columns = [new("F", DataKind.Single, [new(1, null), new(0)])], AllowSparse = true, InputSize = 6, Separators = [' '], HeaderFile = "" },
            "1 2 3\n", "7 0:1 3:4\n1 2 3 4 5 6\n"];
        yield return ["sparse rows that state their size", new TextLoader.Options { Columns = [new("L", DataKind.Single, 0), new("F", DataKind.Single, [new(1, null)])], AllowSparse = true, Separators = [' '] },
            "1 5 2:6 4:3\n", "7 5 0:1 3:4\n1 2 3 4 5 6\n"];
        yield return ["rows of any length", new TextLoader.Options { Columns = [new("F", DataKind.Int32, [new(0), new() { Min = 2, VariableEnd = true }]), new("B", DataKind.Boolean, 1)] },
            "", "1\t1\t3\t4\n5\t0\n6\t1\t7\n"];
        yield return ["what others leave", new TextLoader.Options { Columns = [new("A", DataKind.Single, [new(2)]), new("B", DataKind.Double, [new() { Min = 0, AutoEnd = true, AllOther = true }]), new("C", DataKind.Single, 1, 1)], Separators = [','], HasHeader = true },
            "a,b,c,d\n1,2,3,4\n", "p,q,r,s\n5,6,7,8\n"];
        yield return ["keys", new TextLoader.Options { Columns = [new("K", DataKind.Byte, [new(0)], new KeyCount()), new("L", DataKind.UInt64, [new(1, 2)], new KeyCount(ulong.MaxValue)), new("M", DataKind.UInt32, [new(0)], new KeyCount(3))] },
            "", "0\t1\t2\n255\t7\t?\n2\t\t\n"];
        yield return ["a hidden column, and times", new TextLoader.Options { Columns = [new("T", DataKind.TimeSpan, 0), new("T", DataKind.DateTime, 1), new("U", DataKind.DateTimeOffset, 2)] },
            "", "1:02:03\t2024-02-29\t2024-02-29T01:02:03+01:00\n"];
    }

    [TestMethod]
    [DataRow(false)]
    [DataRow(true)]
    public void An_SVMlight_loader_reads_as_before(bool named)
    {
        string sample = _files.Write(named ? "1 b:1 a:2\n0 c:1\n" : "1 1:1 4:2\n0 2:1\n", "sample.txt");
        var source = new MultiFileSource(sample);
        var loader = named ? _ml.Data.CreateSvmLightLoaderWithFeatureNames(dataSample: source) : _ml.Data.CreateSvmLightLoader(zeroBased: true, dataSample: source);
        var model = _ml.BinaryClassification.Trainers.LbfgsLogisticRegression().Fit(
            _ml.Transforms.Conversion.ConvertType("Label", "Label", DataKind.Boolean).Fit(loader.Load(source)).Transform(loader.Load(source)));
        string path = Save(model, loader);
        File.Delete(sample);
        var again = new MLContext().Model.LoadWithDataLoader(path, out var restored);
        string file = _files.Write(named ? "1 a:5 d:6 # new\n-1 qid:3 c:1 b:2\n" : "1 0:5 4:3 9:6 # new\n-1 qid:3 1:1\n", "new.txt");
        AssertSame(model.Transform(loader.Load(file)), again.Transform(restored.Load(file)));
        CollectionAssert.AreEqual(LoaderSettings(path), LoaderSettings(Save(again, restored)));
    }

    [TestMethod]
    public void A_database_loader_keeps_its_columns_and_nothing_of_the_connection()
    {
        using var table = new DataTable();
        foreach (var (name, type) in new (string, Type)[] { ("id", typeof(int)), ("x", typeof(double)), ("y", typeof(float)), ("name", typeof(string)) }) table.Columns.Add(name, type);
        table.Rows.Add(1, 2.5, 3f, "a");
        table.Rows.Add(2, DBNull.Value, 4f, "b");
        var source = new DatabaseSource(new TableProvider(table), "Host=secret;Password=hush", "SELECT * FROM t");
        var loader = _ml.Data.CreateDatabaseLoader(
            new DatabaseLoader.Column("Key", DbType.UInt32, [new DatabaseLoader.Range(0)], new KeyCount(7)),
            new DatabaseLoader.Column("Both", DbType.Single, [new DatabaseLoader.Range("y"), new DatabaseLoader.Range("x")]),
            new DatabaseLoader.Column("Pair", DbType.Double, 1, 2),
            new DatabaseLoader.Column { Name = "name", Type = DbType.String },
            new DatabaseLoader.Column("One", DbType.Double, [new DatabaseLoader.Range(1) { ForceVector = true }]));
        string path = Save(_ml.Transforms.CopyColumns("Copy", "Both").Fit(loader.Load(source)), loader);

        var model = new MLContext().Model.LoadWithDataLoader(path, out IDataLoader<DatabaseSource> restored);
        AssertSame(loader.Load(source), restored.Load(source));
        Assert.IsNotNull(model.Transform(restored.Load(source)).Schema.GetColumnOrNull("Copy"));
        CollectionAssert.AreEqual(File.ReadAllBytes(path), File.ReadAllBytes(Save(model, restored)));
        string bytes = Encoding.UTF8.GetString(File.ReadAllBytes(path));
        Assert.DoesNotContain("hush", bytes);
        Assert.DoesNotContain("SELECT", Encoding.UTF8.GetString(LoaderSettings(path)));
        _ml.Model.Load(path, out var schema);
        Assert.AreEqual(Json(loader.GetOutputSchema()), Json(schema!));
        Assert.Contains("does not load from IMultiStreamSource", Assert.ThrowsExactly<ModelFormatException>(() => _ml.Model.LoadWithDataLoader(path, out _)).Message);
    }

    private TextLoader FlowerLoader() => _ml.Data.CreateTextLoader(
        new TextLoader.Options
        {
            Separators = [';'],
            DecimalMarker = ',',
            HasHeader = true,
            Columns = [new("Features", DataKind.Single, 0, 1), new("Kind", DataKind.String, 2)],
        },
        new MultiFileSource(_files.Write(Flowers, "flowers.csv")));

    private TransformerChain<BinaryPredictionTransformer<LinearBinaryModelParameters>> Fit(IDataLoader<IMultiStreamSource> loader)
    {
        var pipeline = _ml.Transforms.Expression("Label", "k => k == \"b\"", "Kind")
            .Append(_ml.Transforms.NormalizeMeanVariance("Features"))
            .Append(_ml.BinaryClassification.Trainers.LbfgsLogisticRegression());
        return pipeline.Fit(loader.Load(_files["flowers.csv"]));
    }

    private string Save<TSource>(ITransformer? model, IDataLoader<TSource> loader)
    {
        string path = _files[Path.GetRandomFileName()];
        _ml.Model.Save(model, loader, path);
        return path;
    }

    private static byte[] LoaderSettings(string path) => ModelZip.Open(File.ReadAllBytes(path))["model/Loader/settings.json"];

    private static void AssertSame(IDataView expected, IDataView found)
    {
        Assert.AreEqual(Json(expected.Schema), Json(found.Schema));
        Assert.AreEqual(DataFingerprint.Compute(expected), DataFingerprint.Compute(found));
    }

    private static string Json(DataViewSchema schema) => SchemaJson.Write(schema).ToJsonString();
}
