using MLPath.Data;
using MLPath.Runtime;
using MLPath.Transforms.Image;

namespace MLPath.Tests.Datasets.Images;

[TestClass]
public sealed class ImageAugmentingTests
{
    private readonly MLContext _ml = new(seed: 3);

    [TestMethod]
    public void Rows_are_followed_by_their_copies_and_other_columns_are_repeated()
    {
        var data = Numbered(700);
        var made = Fit(data, new() { ColumnName = "Pixels", Copies = 2, MaximumShift = 1 });
        Assert.AreEqual(2100, made.GetRowCount());
        CollectionAssert.AreEqual(Enumerable.Range(0, 2100).Select(i => (float)(i / 3)).ToArray(), made.Numbers("Row"));
        var (from, to) = (data.Vectors("Pixels"), made.Vectors("Pixels"));
        for (int row = 0; row < 700; row++)
            CollectionAssert.AreEqual(from[row], to[3 * row]);
        Assert.IsTrue(Enumerable.Range(0, 2100).Any(i => i % 3 > 0 && !to[i].SequenceEqual(from[i / 3])));

        var replaced = Fit(data, new() { ColumnName = "Pixels", KeepOriginal = false, MaximumShift = 1 });
        Assert.AreEqual(700, replaced.GetRowCount());
        CollectionAssert.AreEqual(to[1], replaced.Vectors("Pixels")[0], "A copy does not depend on what else is made.");
    }

    [TestMethod]
    public void Copies_are_a_function_of_seed_and_position_alone()
    {
        var data = Numbered(50);
        var options = new ImageAugmentingEstimator.Options { ColumnName = "Pixels", Copies = 3, MaximumRotation = 20, Erasing = 0.5, Contrast = 0.3 };
        string once = DataFingerprint.Compute(Fit(data, options));
        var again = Fit(data, options);
        Assert.AreEqual(once, DataFingerprint.Compute(again));
        Assert.AreEqual(once, DataFingerprint.Compute(again), "A second pass sees the same.");
        Assert.AreNotEqual(once, DataFingerprint.Compute(Fit(data, options with { Seed = 9 })));
        Assert.AreNotEqual(once, DataFingerprint.Compute(new MLContext(seed: 4).Transforms.AugmentImages(options).Fit(data).Transform(data)));
    }

    [TestMethod]
    public void A_flip_turns_left_and_right_and_twice_is_nothing()
    {
        var image = TestImages.Pattern(5, 4);
        var flipped = One(image, new() { HorizontalFlip = 1 });
        for (int x = 0; x < 5; x++)
            Assert.AreEqual(image.At(x, 2), flipped.At(4 - x, 2));
        CollectionAssert.AreEqual(image.Rgba(), One(flipped, new() { HorizontalFlip = 1 }).Rgba());
        var often = Fit(TestImages.View(new ImageDataViewType(), [.. Enumerable.Repeat(image, 400)]), new() { HorizontalFlip = 0.25, KeepOriginal = false });
        int flips = often.GetColumn<MLImage>("Image").Count(i => i.Rgba().SequenceEqual(flipped.Rgba()));
        Assert.IsTrue(flips is > 70 and < 130, $"{flips} of 400");
    }

    [TestMethod]
    public void Shifts_are_by_whole_pixels_within_their_limit_and_padded()
    {
        // One bright pixel in the middle of 7 × 7 dark ones.
        float[] pixels = new float[49];
        Array.Fill(pixels, 1);
        pixels[24] = 5;
        var seen = new HashSet<(int, int)>();
        foreach (var padding in Enum.GetValues<ImageAugmentingEstimator.PaddingKind>())
        {
            var made = Fit(Vectors(Enumerable.Repeat(pixels, 300), 7, 7), new() { ColumnName = "Pixels", MaximumShift = 2, KeepOriginal = false, Padding = padding });
            foreach (float[] shifted in made.Vectors("Pixels"))
            {
                int at = Array.IndexOf(shifted, 5);
                seen.Add(((at % 7) - 3, (at / 7) - 3));
                int outside = 49 - ((7 - Math.Abs((at % 7) - 3)) * (7 - Math.Abs((at / 7) - 3)));
                Assert.AreEqual(padding == ImageAugmentingEstimator.PaddingKind.Zero ? outside : 0, shifted.Count(v => v == 0));
            }
        }

        Assert.HasCount(25, seen);
        Assert.IsTrue(seen.All(s => Math.Abs(s.Item1) <= 2 && Math.Abs(s.Item2) <= 2));
    }

    [TestMethod]
    public void Turning_and_zooming_keep_flat_images_flat_and_the_middle_in_its_place()
    {
        float[] pixels = new float[81];
        pixels[40] = 8;
        var made = Fit(Vectors(Enumerable.Repeat(pixels, 50), 9, 9), new() { ColumnName = "Pixels", MaximumRotation = 180, KeepOriginal = false });
        foreach (float[] turned in made.Vectors("Pixels"))
            Assert.AreEqual(8, turned[40], 1e-4f);
        var flat = Enumerable.Repeat(3f, 81).ToArray();
        var zoomed = Fit(Vectors(Enumerable.Repeat(flat, 50), 9, 9), new()
        {
            ColumnName = "Pixels",
            MaximumRotation = 45,
            MaximumZoom = 0.5,
            MaximumShift = 2,
            KeepOriginal = false,
            Padding = ImageAugmentingEstimator.PaddingKind.Edge,
        });
        foreach (float value in zoomed.Vectors("Pixels").SelectMany(v => v))
            Assert.AreEqual(3, value, 1e-5f);
    }

    [TestMethod]
    public void Brightness_multiplies_contrast_keeps_the_mean_and_alpha_stays()
    {
        float[] pixels = [1, 2, 3, 6];
        foreach (float[] row in Fit(Vectors(Enumerable.Repeat(pixels, 40), 2, 2), new() { ColumnName = "Pixels", Brightness = 0.5, KeepOriginal = false }).Vectors("Pixels"))
        {
            Assert.IsTrue(row[0] is >= 0.5f and <= 1.5f);
            for (int i = 1; i < 4; i++)
                Assert.AreEqual(pixels[i] * row[0], row[i], 1e-5f);
        }

        foreach (float[] row in Fit(Vectors(Enumerable.Repeat(pixels, 40), 2, 2), new() { ColumnName = "Pixels", Contrast = 1, KeepOriginal = false }).Vectors("Pixels"))
        {
            Assert.AreEqual(3, row.Average(), 1e-5f);
            Assert.IsTrue(row[3] - row[0] is >= 0 and <= 10.0001f);
        }

        var image = TestImages.Of(3, 3, (x, y) => (100 + x, 100, 100 + y, 40 * x));
        CollectionAssert.AreEqual(
            image.Rgba().Where((_, i) => i % 4 == 3).ToArray(), One(image, new() { Brightness = 1, Contrast = 1, Erasing = 1 }).Rgba().Where((_, i) => i % 4 == 3).ToArray());
    }

    [TestMethod]
    public void Erasing_sets_one_rectangle_of_some_of_the_area_to_zero()
    {
        float[] pixels = [.. Enumerable.Repeat(1f, 2 * 20 * 20)];
        var data = Vectors(Enumerable.Repeat(pixels, 100), 2, 20, 20);
        foreach (float[] row in Fit(data, new() { ColumnName = "Pixels", Erasing = 1, KeepOriginal = false }).Vectors("Pixels"))
        {
            CollectionAssert.AreEqual(row[..400], row[400..], "all channels alike");
            int[] erased = [.. Enumerable.Range(0, 400).Where(i => row[i] == 0)];
            int width = erased.Max(i => i % 20) - erased.Min(i => i % 20) + 1, height = (erased.Max() / 20) - (erased.Min() / 20) + 1;
            Assert.AreEqual(width * height, erased.Length);
            Assert.IsTrue(erased.Length is >= 2 and <= 200, $"{erased.Length} of 400");
        }
    }

    [TestMethod]
    public void In_a_pipeline_it_takes_part_in_training_alone()
    {
        var data = Numbered(20);
        var counting = new CountingEstimator();
        var model = _ml.Transforms.AugmentImages("Pixels", copies: 3, maximumShift: 1).Append(counting).Fit(data);
        Assert.AreEqual(80, counting.Rows);
        Assert.AreEqual(20, model.Transform(data).GetRowCount());
        Assert.IsTrue(model.IsRowToRowMapper);
        var inside = _ml.Transforms.CopyColumns("Copy", "Row").Append(_ml.Transforms.AugmentImages("Pixels", maximumShift: 1));
        CollectionAssert.AreEqual(new[] { TransformerScope.Everything, TransformerScope.Training }, inside.Steps.Select(s => s.Scope).ToArray());
        Assert.AreEqual(40, inside.Append(counting).Fit(data).GetModelFor(TransformerScope.Training).Transformers.OfType<ImageAugmentingTransformer>().Count() * counting.Rows);
        var everywhere = _ml.Transforms.CopyColumns("Copy", "Row").Append(_ml.Transforms.AugmentImages("Pixels", maximumShift: 1), TransformerScope.Everything).Fit(data);
        Assert.AreEqual(40, everywhere.Transform(data).GetRowCount());
        StringAssert.Contains(Assert.ThrowsExactly<InvalidOperationException>(() => everywhere.GetRowToRowMapper(data.Schema)).Message, "row to row");
    }

    [TestMethod]
    public void It_survives_a_file()
    {
        var data = Numbered(10);
        var model = _ml.Transforms.AugmentImages(new ImageAugmentingEstimator.Options
        {
            ColumnName = "Pixels",
            Copies = 2,
            HorizontalFlip = 0.5,
            MaximumShift = 1,
            MaximumRotation = 10.5,
            MaximumZoom = 0.1,
            Brightness = 0.2,
            Contrast = 0.3,
            Erasing = 0.4,
            Padding = ImageAugmentingEstimator.PaddingKind.Edge,
        }).Fit(data);
        using var file = new MemoryStream();
        ModelFile.Save(file, model, new ModelManifest());
        file.Position = 0;
        var loaded = (ITransformer)ModelFile.Load(file, new MLContext().Components).Root;
        Assert.AreEqual($"{model}", $"{loaded}");
        Assert.AreEqual(DataFingerprint.Compute(model.Transform(data)), DataFingerprint.Compute(loaded.Transform(data)));
    }

    [TestMethod]
    public void Options_and_columns_are_checked()
    {
        StringAssert.Contains(Assert.ThrowsExactly<OptionException>(() => _ml.Transforms.AugmentImages("Image")).Message, "change nothing");
        StringAssert.Contains(Assert.ThrowsExactly<OptionException>(() => _ml.Transforms.AugmentImages("Image", horizontalFlip: 1.5)).Message, "HorizontalFlip");
        StringAssert.Contains(Assert.ThrowsExactly<OptionException>(() => _ml.Transforms.AugmentImages("Image", copies: 0, maximumShift: 1)).Message, "Copies");
        StringAssert.Contains(Assert.ThrowsExactly<OptionException>(() => _ml.Transforms.AugmentImages("Image", maximumRotation: double.NaN)).Message, "MaximumRotation");
        var interleaved = Vectors([new float[8 * 8 * 3]], 8, 8, 3);
        StringAssert.Contains(
            Assert.ThrowsExactly<SchemaException>(() => _ml.Transforms.AugmentImages("Pixels", maximumShift: 1).Fit(interleaved)).Message, "interleavePixelColors: false");
        Assert.ThrowsExactly<SchemaException>(() => _ml.Transforms.AugmentImages("Pixels", maximumShift: 1).Fit(Vectors([new float[9]], 9)));
    }

    [TestMethod]
    public void A_missing_image_stays_missing()
    {
        var made = Fit(TestImages.View(new ImageDataViewType(), null, TestImages.Pattern(2, 2)), new() { HorizontalFlip = 1 });
        CollectionAssert.AreEqual(new[] { true, true, false, false }, made.GetColumn<MLImage?>("Image").Select(i => i is null).ToArray());
    }

    private IDataView Fit(IDataView data, ImageAugmentingEstimator.Options options) => _ml.Transforms.AugmentImages(options).Fit(data).Transform(data);

    private MLImage One(MLImage image, ImageAugmentingEstimator.Options options) =>
        Fit(TestImages.View(new ImageDataViewType(), image), options with { KeepOriginal = false }).GetColumn<MLImage>("Image").Single();

    private static InMemoryDataView Vectors(IEnumerable<float[]> rows, params int[] dimensions)
    {
        var pixels = new VectorColumn<float>(new VectorDataViewType(NumberDataViewType.Single, dimensions));
        var number = new ScalarColumn<float>(NumberDataViewType.Single);
        foreach (float[] row in rows)
        {
            number.Add(pixels.Count);
            pixels.AddRow(row);
        }

        var schema = new DataViewSchema.Builder();
        schema.AddColumn("Row", number.Type);
        schema.AddColumn("Pixels", pixels.Type);
        return new InMemoryDataView(schema.ToSchema(), [number, pixels]);
    }

    private static InMemoryDataView Numbered(int rows) =>
        Vectors(Enumerable.Range(0, rows).Select(r => Enumerable.Range(0, 30).Select(i => (float)(((7 * r) + (i * i)) % 50)).ToArray()), 5, 6);

    /// <summary>Learns how many rows it was shown.</summary>
    private sealed class CountingEstimator : IEstimator<ITransformer>
    {
        public int Rows { get; private set; }

        public ITransformer Fit(IDataView input, FitContext context)
        {
            Rows = InMemoryDataView.Load(input).RowCount;
            return new MLContext().Transforms.CopyColumns("Seen", "Row").Fit(input);
        }

        public SchemaShape GetOutputSchema(SchemaShape inputSchema) => inputSchema;
    }
}
