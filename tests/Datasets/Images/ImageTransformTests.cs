using MLPath.Data;
using Anchor = MLPath.Transforms.Image.ImageResizingEstimator.Anchor;
using ColorBits = MLPath.Transforms.Image.ImagePixelExtractingEstimator.ColorBits;
using ColorsOrder = MLPath.Transforms.Image.ImagePixelExtractingEstimator.ColorsOrder;
using ResizingKind = MLPath.Transforms.Image.ImageResizingEstimator.ResizingKind;

namespace MLPath.Tests.Datasets.Images;

/// <summary>The transforms of images; the documented examples of ML.NET among them, with images of our own.</summary>
[TestClass]
public sealed class ImageTransformTests
{
    private readonly MLContext _ml = new(seed: 1);

    [TestMethod]
    public void Images_are_loaded_by_the_paths_of_a_column_then_resized_and_extracted()
    {
        using var files = new TestFiles();
        TestImages.Pattern(80, 53).Save(files["tomato.bmp"]);
        TestImages.Pattern(80, 29).Save(files["banana.png"]);
        TestImages.Pattern(80, 39).Save(files["hotdog.ppm"]);
        var list = files.Write("ImagePath\tName\ntomato.bmp\ttomato\nbanana.png\tbanana\nhotdog.ppm\thotdog\n", "images.tsv");
        var data = _ml.Data.LoadFromTextFile(list);
        var pipeline = _ml.Transforms.LoadImages("ImageObject", Path.GetDirectoryName(list), "ImagePath")
            .Append(_ml.Transforms.ResizeImages("ImageObjectResized", inputColumnName: "ImageObject", imageWidth: 10, imageHeight: 10))
            .Append(_ml.Transforms.ExtractPixels("Pixels", "ImageObjectResized"));
        var transformed = pipeline.Fit(data).Transform(data);
        CollectionAssert.AreEqual(new[] { "80×53", "80×29", "80×39" }, transformed.GetColumn<MLImage>("ImageObject").Select(i => $"{i}").ToArray());
        CollectionAssert.AreEqual(new[] { "10×10", "10×10", "10×10" }, transformed.GetColumn<MLImage>("ImageObjectResized").Select(i => $"{i}").ToArray());
        Assert.AreEqual("Vector<Single, 3x10x10>", $"{transformed.Schema["Pixels"].Type}");
        var first = transformed.GetColumn<MLImage>("ImageObjectResized").First();
        Assert.AreEqual(first.At(0, 0).R, transformed.Vectors("Pixels")[0][0]);
        Assert.AreEqual(first.At(9, 9).B, transformed.Vectors("Pixels")[0][^1]);
    }

    [TestMethod]
    public void Grey_images_of_images_in_memory()
    {
        Point[] points = [new() { Image = TestImages.Solid(4, 3, 0, 0, 255) }, new() { Image = TestImages.Solid(4, 3, 255, 0, 0) }];
        var data = _ml.Data.LoadFromEnumerable(points);
        var made = _ml.Transforms.ConvertToGrayscale("GrayImage", "Image").Fit(data).Transform(data);
        var back = _ml.Data.CreateEnumerable<Point>(made, reuseRowObject: false).ToArray();
        Assert.AreEqual((0, 0, 255, 255), back[0].Image!.At(1, 1));
        Assert.AreEqual((28, 28, 28, 255), back[0].GrayImage!.At(1, 1));
        Assert.AreEqual((77, 77, 77, 255), back[1].GrayImage!.At(3, 2));
        Assert.AreEqual("Image<3x4>", $"{made.Schema["GrayImage"].Type}");
    }

    [TestMethod]
    public void Vectors_become_images_and_vectors_again()
    {
        var random = new Random(0);
        float[][] features = [.. Enumerable.Range(0, 4).Select(_ => Enumerable.Range(0, 3 * 6 * 5).Select(_ => (float)random.Next(256)).ToArray())];
        foreach (bool interleaved in new[] { false, true })
        {
            foreach (var order in Enum.GetValues<ColorsOrder>())
            {
                foreach (var colors in new[] { ColorBits.Rgb, ColorBits.All, ColorBits.Green, ColorBits.Alpha | ColorBits.Blue })
                {
                    int planes = System.Numerics.BitOperations.PopCount((uint)colors);
                    var data = Vectors(new VectorDataViewType(NumberDataViewType.Single, planes * 6 * 5),
                        [.. features.Select(f => f.Concat(f).Take(planes * 30).ToArray())]);
                    var pipeline = _ml.Transforms.ConvertToImage(6, 5, "Image", "Features", colors, order, interleaved)
                        .Append(_ml.Transforms.ExtractPixels("Pixels", "Image", colors, order, interleaved));
                    var made = pipeline.Fit(data).Transform(data);
                    for (int row = 0; row < 4; row++)
                        CollectionAssert.AreEqual(data.Vectors("Features")[row], made.Vectors("Pixels")[row], $"{colors} {order} {interleaved}");
                    Assert.AreEqual(
                        interleaved ? $"Vector<Single, 6x5x{planes}>" : $"Vector<Single, {planes}x6x5>", $"{made.Schema["Pixels"].Type}");
                }
            }
        }
    }

    [TestMethod]
    public void Pixels_stand_where_colours_order_and_interleaving_say()
    {
        // Two pixels side by side.
        var view = TestImages.View(new ImageDataViewType(1, 2), TestImages.Of(2, 1, (x, _) => x == 0 ? (1, 2, 3, 4) : (11, 12, 13, 14)), null);
        Check([1, 11, 2, 12, 3, 13]);
        Check([1, 2, 3, 11, 12, 13], interleave: true);
        Check([4, 3, 2, 1, 14, 13, 12, 11], ColorBits.All, ColorsOrder.ABGR, interleave: true);
        Check([2, 12, 3, 13, 1, 11], order: ColorsOrder.AGBR);
        Check([4, 14, 2, 12], ColorBits.Alpha | ColorBits.Green, ColorsOrder.ARGB);
        Check([-4.5f, 0.5f, -4, 1, -3.5f, 1.5f], offset: 10, scale: 0.5f);

        var bytes = _ml.Transforms.ExtractPixels("P", "Image", outputAsFloatArray: false).Fit(view).Transform(view);
        Assert.AreEqual("Vector<Byte, 3x1x2>", $"{bytes.Schema["P"].Type}");
        CollectionAssert.AreEqual(new byte[] { 1, 11, 2, 12, 3, 13 }, bytes.GetColumn<byte[]>("P").First());

        void Check(float[] expected, ColorBits colors = ColorBits.Rgb, ColorsOrder order = ColorsOrder.ARGB, bool interleave = false, float offset = 0, float scale = 1)
        {
            var made = _ml.Transforms.ExtractPixels("P", "Image", colors, order, interleave, offset, scale).Fit(view).Transform(view);
            CollectionAssert.AreEqual(expected, made.Vectors("P")[0]);
            CollectionAssert.AreEqual(new float[expected.Length], made.Vectors("P")[1], "a missing image");
        }
    }

    [TestMethod]
    public void Converted_values_are_scaled_rounded_and_limited_and_colours_that_are_not_there_have_defaults()
    {
        var data = Vectors(new VectorDataViewType(NumberDataViewType.Single, 4), [[0.5f, -1, 2, float.NaN]]);
        var image = _ml.Transforms.ConvertToImage(2, 2, "Image", "Features", ColorBits.Green, scaleImage: 255, offsetImage: 10, defaultAlpha: 9, defaultRed: 8, defaultBlue: 7)
            .Fit(data).Transform(data).GetColumn<MLImage>("Image").Single();
        Assert.AreEqual((8, 118, 7, 9), image.At(0, 0)); // 127.5 − 10, to the even neighbour
        Assert.AreEqual((8, 0, 7, 9), image.At(1, 0));
        Assert.AreEqual((8, 255, 7, 9), image.At(0, 1));
        Assert.AreEqual((8, 0, 7, 9), image.At(1, 1));
        foreach (var step in new[] { _ml.Transforms.ConvertToImage(2, 3, "Image", "Features", ColorBits.Green), _ml.Transforms.ConvertToImage(2, 2, "Image", "Features") })
            StringAssert.Contains(Assert.ThrowsExactly<SchemaException>(() => step.Fit(data)).Message, "slots");
    }

    [TestMethod]
    public void Resized_images_agree_with_Pillow()
    {
        var reference = TestImages.Reference.GetProperty("resize");
        byte[] source = reference.GetProperty("rgb").GetBytesFromBase64();
        int width = reference.GetProperty("width").GetInt32(), height = reference.GetProperty("height").GetInt32();
        var image = TestImages.Of(width, height, (x, y) => (source[3 * ((y * width) + x)], source[(3 * ((y * width) + x)) + 1], source[(3 * ((y * width) + x)) + 2], 255));
        foreach (var result in reference.GetProperty("results").EnumerateArray())
        {
            var resized = Resize(image, result.GetProperty("width").GetInt32(), result.GetProperty("height").GetInt32(), Enum.Parse<ResizingKind>(result.GetProperty("kind").GetString()!));
            byte[] expected = result.GetProperty("rgb").GetBytesFromBase64();
            byte[] actual = resized.Rgba();
            // Pillow rounds to whole numbers between its two passes.
            for (int i = 0; i < expected.Length; i++)
                Assert.IsLessThanOrEqualTo(1, Math.Abs(expected[i] - actual[(i / 3 * 4) + (i % 3)]), $"{result.GetProperty("kind")} byte {i}");
        }
    }

    [TestMethod]
    public void Cropping_keeps_the_part_at_the_anchor_and_padding_the_whole()
    {
        // Columns of red, green, blue.
        var wide = TestImages.Of(12, 4, (x, _) => (x < 4 ? 255 : 0, x is >= 4 and < 8 ? 255 : 0, x >= 8 ? 255 : 0, 255));
        Assert.AreEqual((0, 255, 0, 255), Resize(wide, 4, 4).At(1, 1));
        Assert.AreEqual((255, 0, 0, 255), Resize(wide, 4, 4, anchor: Anchor.Left).At(3, 0));
        Assert.AreEqual((0, 0, 255, 255), Resize(wide, 4, 4, anchor: Anchor.Right).At(0, 3));
        Assert.AreEqual((0, 255, 0, 255), Resize(wide, 4, 4, anchor: Anchor.Top).At(1, 1));
        var tall = TestImages.Of(4, 12, (_, y) => (y < 4 ? 255 : 0, y is >= 4 and < 8 ? 255 : 0, y >= 8 ? 255 : 0, 255));
        Assert.AreEqual((255, 0, 0, 255), Resize(tall, 4, 4, anchor: Anchor.Top).At(0, 3));
        Assert.AreEqual((0, 0, 255, 255), Resize(tall, 4, 4, anchor: Anchor.Bottom).At(0, 0));

        var padded = Resize(wide, 6, 6, ResizingKind.IsoPad);
        Assert.AreEqual((0, 0, 0, 0), padded.At(0, 1));
        Assert.AreEqual((255, 0, 0, 255), padded.At(0, 2));
        Assert.AreEqual((0, 0, 255, 255), padded.At(5, 3));
        Assert.AreEqual((0, 0, 0, 0), padded.At(5, 4));
    }

    [TestMethod]
    public void Resizing_keeps_flat_images_flat_same_sizes_same_and_does_not_mix_in_what_is_transparent()
    {
        foreach (var (width, height) in new[] { (1, 1), (3, 50), (64, 2) })
        {
            foreach (var kind in new[] { ResizingKind.Fill, ResizingKind.IsoCrop })
                CollectionAssert.AreEqual(TestImages.Solid(width, height, 200, 100, 50).Rgba(), Resize(TestImages.Solid(9, 7, 200, 100, 50), width, height, kind).Rgba());
        }

        var same = TestImages.Pattern(5, 5);
        Assert.AreSame(same, Resize(same, 5, 5));
        var half = Resize(TestImages.Of(2, 1, (x, _) => x == 0 ? (200, 0, 0, 255) : (0, 255, 255, 0)), 1, 1, ResizingKind.Fill);
        Assert.AreEqual((200, 0, 0, 128), half.At(0, 0));
    }

    [TestMethod]
    public void Raw_bytes_are_those_of_the_files()
    {
        using var files = new TestFiles();
        string path = files.Write([1, 2, 3], "a.bin");
        var data = _ml.Data.LoadFromEnumerable(new[] { new Paths { Path = "a.bin" }, new Paths { Path = "" }, new Paths { Path = path } });
        var made = _ml.Transforms.LoadRawImageBytes("Bytes", Path.GetDirectoryName(path), "Path").Fit(data).Transform(data);
        CollectionAssert.AreEqual(new[] { 3, 0, 3 }, made.GetColumn<byte[]>("Bytes").Select(b => b.Length).ToArray());
    }

    [TestMethod]
    public void An_empty_path_is_a_missing_image_through_the_whole_pipeline()
    {
        var data = _ml.Data.LoadFromEnumerable(new[] { new Paths { Path = "" } });
        var made = _ml.Transforms.LoadImages("Image", null, "Path").Append(_ml.Transforms.ResizeImages("Image", 2, 2))
            .Append(_ml.Transforms.ConvertToGrayscale("Image")).Fit(data).Transform(data);
        Assert.IsNull(made.GetColumn<MLImage?>("Image").Single());
    }

    [TestMethod]
    public void Errors_name_the_row_the_column_and_the_file()
    {
        using var files = new TestFiles();
        TestImages.Pattern(2, 2).Save(files["good.png"]);
        string folder = Path.GetDirectoryName(files.Write("text", "bad.png"))!;
        foreach (var (path, part) in new[] { ("none.png", "there is no file"), ("bad.png", "is not an image"), ("nul\0l.png", "") })
        {
            var data = _ml.Data.LoadFromEnumerable(new[] { new Paths { Path = "good.png" }, new Paths { Path = path } });
            var made = _ml.Transforms.LoadImages("Image", folder, "Path").Fit(data).Transform(data);
            var error = Assert.ThrowsExactly<DataException>(() => made.GetColumn<MLImage>("Image").Count());
            StringAssert.Contains(error.Message, "Row 1, column 'Path'");
            StringAssert.Contains(error.Message, part);
        }

        Assert.ThrowsExactly<DirectoryNotFoundException>(() => _ml.Transforms.LoadImages("Image", files["nowhere"], "Path"));
        var unsized = TestImages.View(new ImageDataViewType(), TestImages.Pattern(2, 2));
        StringAssert.Contains(Assert.ThrowsExactly<SchemaException>(() => _ml.Transforms.ExtractPixels("P", "Image").Fit(unsized)).Message, "ResizeImages");
        var lying = TestImages.View(new ImageDataViewType(3, 3), TestImages.Pattern(2, 2));
        var promised = _ml.Transforms.ExtractPixels("P", "Image").Fit(lying).Transform(lying);
        StringAssert.Contains(Assert.ThrowsExactly<DataException>(() => promised.Vectors("P")).Message, "2×2");
        var numbers = _ml.Data.LoadFromEnumerable(new[] { new Paths() });
        foreach (IEstimator<ITransformer> step in new IEstimator<ITransformer>[]
            { _ml.Transforms.ResizeImages("Path", 2, 2), _ml.Transforms.ConvertToGrayscale("Path"), _ml.Transforms.ExtractPixels("Path") })
            StringAssert.Contains(Assert.ThrowsExactly<SchemaException>(() => step.Fit(numbers)).Message, "LoadImages");
    }

    [TestMethod]
    public void Options_that_cannot_be_are_refused()
    {
        Assert.ThrowsExactly<ArgumentOutOfRangeException>(() => _ml.Transforms.ResizeImages("I", 0, 5));
        Assert.ThrowsExactly<ArgumentOutOfRangeException>(() => _ml.Transforms.ResizeImages("I", 100_000, 100_000));
        Assert.ThrowsExactly<ArgumentOutOfRangeException>(() => _ml.Transforms.ResizeImages("I", 5, 5, resizing: (ResizingKind)9));
        Assert.ThrowsExactly<ArgumentOutOfRangeException>(() => _ml.Transforms.ExtractPixels("I", scaleImage: 0));
        Assert.ThrowsExactly<ArgumentOutOfRangeException>(() => _ml.Transforms.ExtractPixels("I", offsetImage: float.NaN));
        Assert.ThrowsExactly<ArgumentOutOfRangeException>(() => _ml.Transforms.ExtractPixels("I", colorsToExtract: 0));
        Assert.ThrowsExactly<ArgumentException>(() => _ml.Transforms.ExtractPixels("I", scaleImage: 2, outputAsFloatArray: false));
        Assert.ThrowsExactly<ArgumentOutOfRangeException>(() => _ml.Transforms.ConvertToImage(2, 2, "I", defaultRed: 256));
    }

    [TestMethod]
    public void Large_images_are_held_few_at_a_time()
    {
        using var files = new TestFiles();
        TestImages.Pattern(2, 2).Save(files["a.png"]);
        var data = _ml.Data.LoadFromEnumerable(Enumerable.Repeat(new Paths { Path = files["a.png"] }, 100));
        var made = _ml.Transforms.LoadImages("Image", null, "Path").Fit(data).Transform(data);
        using var cursor = made.GetBatchCursor(made.Schema);
        long rows = 0;
        while (cursor.MoveNext())
        {
            Assert.IsLessThanOrEqualTo(16, cursor.Current.Count);
            Assert.AreEqual(rows, cursor.Current.Position);
            rows += cursor.Current.Count;
        }

        Assert.AreEqual(100, rows);
    }

    private MLImage Resize(MLImage image, int width, int height, ResizingKind kind = ResizingKind.IsoCrop, Anchor anchor = Anchor.Center)
    {
        var view = TestImages.View(new ImageDataViewType(), image);
        return _ml.Transforms.ResizeImages("Image", width, height, resizing: kind, cropAnchor: anchor).Fit(view).Transform(view).GetColumn<MLImage>("Image").Single();
    }

    private static InMemoryDataView Vectors(VectorDataViewType type, float[][] rows)
    {
        var column = new VectorColumn<float>(type);
        foreach (float[] row in rows)
            column.AddRow(row);
        var schema = new DataViewSchema.Builder();
        schema.AddColumn("Features", type);
        return new InMemoryDataView(schema.ToSchema(), [column]);
    }

    private sealed class Point
    {
        [ImageType(3, 4)]
        public MLImage? Image { get; set; }

        [ImageType(3, 4)]
        public MLImage? GrayImage { get; set; }
    }

    private sealed class Paths
    {
        public string Path { get; set; } = "";
    }
}
