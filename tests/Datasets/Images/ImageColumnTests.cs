using MLPath.Data;
using MLPath.Runtime;

namespace MLPath.Tests.Datasets.Images;

/// <summary>Columns of images among the other kinds of column.</summary>
[TestClass]
public sealed class ImageColumnTests
{
    private readonly MLContext _ml = new(seed: 1);

    [TestMethod]
    public void Types_are_equal_by_size_and_say_it()
    {
        Assert.AreEqual(new ImageDataViewType(), new ImageDataViewType());
        Assert.AreEqual(new ImageDataViewType(2, 3), new ImageDataViewType(2, 3));
        Assert.AreEqual(new ImageDataViewType(2, 3).GetHashCode(), new ImageDataViewType(2, 3).GetHashCode());
        Assert.AreNotEqual(new ImageDataViewType(2, 3), new ImageDataViewType(3, 2));
        Assert.AreNotEqual<DataViewType>(new ImageDataViewType(), TextDataViewType.Instance);
        Assert.AreEqual("Image Image<2x3>", $"{new ImageDataViewType()} {new ImageDataViewType(2, 3)}");
        Assert.AreEqual((2, 3, typeof(MLImage)), (new ImageDataViewType(2, 3).Height, new ImageDataViewType(2, 3).Width, new ImageDataViewType().RawType));
        Assert.ThrowsExactly<ArgumentOutOfRangeException>(() => new ImageDataViewType(0, 3));
        Assert.ThrowsExactly<ArgumentOutOfRangeException>(() => new ImageDataViewType(60_000, 60_000));
    }

    [TestMethod]
    public void Fingerprints_are_of_pixels_not_of_names_or_byte_order()
    {
        var rgba = TestImages.Pattern(3, 2);
        var bgra = TestImages.Decode(rgba.Png());
        string Of(params MLImage?[] images) => DataFingerprint.Compute(TestImages.View(new ImageDataViewType(), images));
        Assert.AreEqual(MLPixelFormat.Bgra32, bgra.PixelFormat);
        Assert.AreEqual(Of(rgba), Of(bgra));
        string[] all = [Of(rgba), Of(TestImages.Pattern(2, 3)), Of(rgba, null), Of(null, rgba), Of(TestImages.Pattern(3, 2, seed: 1)), Of()];
        Assert.HasCount(all.Length, all.Distinct().ToArray());
    }

    [TestMethod]
    public void Views_hold_references_and_rows_can_be_taken_dropped_and_cached()
    {
        MLImage[] images = [TestImages.Pattern(2, 2), TestImages.Pattern(3, 1), TestImages.Pattern(1, 1)];
        var view = TestImages.View(new ImageDataViewType(), images);
        CollectionAssert.AreEqual(images, view.GetColumn<MLImage>("Image").ToArray());
        CollectionAssert.AreEqual(images[1..], _ml.Data.Cache(_ml.Data.SkipRows(view, 1)).GetColumn<MLImage>("Image").ToArray());
        using var cursor = view.GetRowCursor(view.Schema);
        var getter = cursor.GetGetter<MLImage>(view.Schema["Image"]);
        MLImage value = null!;
        Assert.IsTrue(cursor.MoveNext());
        getter(ref value);
        Assert.AreSame(images[0], value);
        StringAssert.Contains(view.Preview().ToString(), "3×1");
        Assert.AreEqual("Image: Image", SchemaShape.Create(view.Schema).ToString());
    }

    [TestMethod]
    public void A_plan_of_features_leaves_images_out_unread()
    {
        var rows = Enumerable.Range(0, 40).Select(i => new Row { Name = i % 2 == 0 ? "a" : "b", Image = TestImages.Pattern(4, 3) });
        var plan = _ml.Data.PlanFeatures(new Unread(_ml.Data.LoadFromEnumerable(rows), "Image"));
        CollectionAssert.AreEqual(
            new[] { "Name: Category (2 different texts)", "Image: Ignore (Image<3x4>)" },
            plan.Decisions.Select(d => $"{d.Column}: {d.Kind} ({d.Reason})").ToArray());
    }

    [TestMethod]
    public void Objects_have_image_members()
    {
        Row[] rows = [new() { Name = "a", Image = TestImages.Pattern(4, 3) }, new() { Name = "b" }];
        var view = _ml.Data.LoadFromEnumerable(rows);
        Assert.AreEqual("Name:Text Image:Image<3x4>", view.Types());
        var back = _ml.Data.CreateEnumerable<Row>(view, reuseRowObject: false).ToArray();
        Assert.AreSame(rows[0].Image, back[0].Image);
        Assert.IsNull(back[1].Image);
        StringAssert.Contains(Assert.ThrowsExactly<SchemaException>(() => _ml.Data.LoadFromEnumerable(new[] { new Unmarked() })).Message, "[ImageType]");
        StringAssert.Contains(Assert.ThrowsExactly<SchemaException>(() => _ml.Data.LoadFromEnumerable(new[] { new Mismarked() })).Message, "MLImage");
    }

    [TestMethod]
    public void What_cannot_hold_images_says_so()
    {
        var view = TestImages.View(new ImageDataViewType(), TestImages.Pattern(2, 2));
        var csv = Assert.ThrowsExactly<SchemaException>(() => _ml.Data.SaveAsCsv(view, new MemoryStream()));
        StringAssert.Contains(csv.Message, "a text file cannot hold images");
        using var stream = new MemoryStream();
        StringAssert.Contains(Assert.ThrowsExactly<SchemaException>(() => _ml.Data.SaveAsBinary(view, stream)).Message, "a binary data file cannot hold images");
        Assert.AreEqual(0, stream.Length);
        foreach (IEstimator<ITransformer> step in new IEstimator<ITransformer>[]
        {
            _ml.Transforms.Conversion.MapValueToKey("Image"), _ml.Transforms.Categorical.OneHotEncoding("Image"), _ml.Transforms.Concatenate("F", "Image"),
            _ml.Transforms.NormalizeMinMax("Image"), _ml.Transforms.ReplaceMissingValues("Image"), _ml.Transforms.Conversion.MapKeyToValue("Image"),
            _ml.Transforms.Conversion.Hash("Image"), _ml.Transforms.Conversion.ConvertType("Image"),
        })
        {
            var error = Assert.Throws<SchemaException>(() => step.Fit(view), $"{step}");
            StringAssert.Contains(error.Message, "'Image'");
        }

        var two = TestImages.View(new ImageDataViewType(), TestImages.Pattern(2, 2), null);
        Assert.ThrowsExactly<SchemaException>(() => _ml.Data.TrainTestSplit(two, stratifyColumn: "Image"));
    }

    [TestMethod]
    public void A_model_whose_input_is_an_image_is_saved_with_its_schema()
    {
        foreach (var type in new[] { new ImageDataViewType(), new ImageDataViewType(2, 2) })
        {
            var view = TestImages.View(type, TestImages.Pattern(2, 2));
            var model = _ml.Transforms.ConvertToGrayscale("Gray", "Image").Fit(view);
            using var file = new MemoryStream();
            _ml.Model.Save(model, view.Schema, file);
            file.Position = 0;
            var loaded = new MLContext().Model.Load(file, out var schema);
            Assert.AreEqual(type, schema!["Image"].Type);
            file.Position = 0;
            var shown = ModelFile.Inspect(file);
            Assert.AreEqual($"Image: {$"{type}".Replace("Image", "MLPath.Image", StringComparison.Ordinal)}", $"{shown.InputSchema![0].Name}: {shown.InputSchema[0].Type}", "A stranger's type is shown by its name.");
            file.Position = 0;
            Assert.AreEqual(type, _ml.Model.Inspect(file).InputSchema!["Image"].Type);
            file.Position = 0;
            Assert.AreEqual(DataFingerprint.Compute(model.Transform(view)), DataFingerprint.Compute(loaded.Transform(view)));
        }
    }

    [TestMethod]
    public void A_schema_with_an_unknown_type_or_impossible_size_is_refused()
    {
        var json = SchemaJson.Write(TestImages.View(new ImageDataViewType(2, 3)).Schema);
        Assert.AreEqual("""{"type":"MLPath.Image","dimensions":[2,3]}""", json["columns"]![0]!["type"]!.ToJsonString());
        StringAssert.Contains(Assert.ThrowsExactly<ModelFormatException>(() => SchemaJson.Read(json)).Message, "ml.Components.Add");
        foreach (string dimensions in new[] { "[0,3]", "[2]", "[100000,100000]", "[\"2\",3]", "2" })
        {
            json["columns"]![0]!["type"]!["dimensions"] = System.Text.Json.Nodes.JsonNode.Parse(dimensions);
            Assert.ThrowsExactly<ModelFormatException>(() => SchemaJson.Read(json, _ml.Components), dimensions);
        }
    }

    [TestMethod]
    public void Dictionaries_carry_images()
    {
        var view = TestImages.View(new ImageDataViewType(), TestImages.Solid(2, 2, 255, 0, 0));
        var engine = _ml.Model.CreateRowPredictionEngine(_ml.Transforms.ConvertToGrayscale("Gray", "Image").Fit(view), view.Schema, "Gray");
        var gray = (MLImage)engine.Predict(new Dictionary<string, object?> { ["Image"] = TestImages.Solid(3, 3, 0, 0, 255) })["Gray"]!;
        Assert.AreEqual((28, 28, 28, 255), gray.At(2, 2));
        Assert.IsNull(engine.Predict(new Dictionary<string, object?> { ["Image"] = null })["Gray"]);
        StringAssert.Contains(
            Assert.ThrowsExactly<DataException>(() => engine.Predict(new Dictionary<string, object?> { ["Image"] = "cat.png" })).Message, "MLImage is needed");
    }

    private sealed class Row
    {
        public string Name { get; set; } = "";

        [ImageType(3, 4)]
        public MLImage? Image { get; set; }
    }

    /// <summary>A view of which one column must not be asked for.</summary>
    private sealed class Unread(IDataView view, string column) : BatchDataView
    {
        public override DataViewSchema Schema => view.Schema;

        public override BatchCursor GetBatchCursor(IEnumerable<DataViewSchema.Column> columnsNeeded, CancellationToken cancellationToken = default)
        {
            var needed = columnsNeeded.ToList();
            Assert.IsFalse(needed.Exists(c => c.Name == column), $"{column} was asked for.");
            return view.GetBatchCursor(needed, cancellationToken);
        }
    }

    private sealed class Unmarked
    {
        public MLImage? Image { get; set; }
    }

    private sealed class Mismarked
    {
        [ImageType]
        public string? Image { get; set; }
    }
}
