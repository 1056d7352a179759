using MLPath.Data;
using MLPath.Datasets;

namespace MLPath.Tests.Datasets.Images;

[TestClass]
public sealed class ImageFolderTests
{
    private readonly MLContext _ml = new(seed: 2);

    [TestMethod]
    public void Each_folder_is_a_class_and_rows_are_in_ordinal_order()
    {
        using var files = new TestFiles();
        foreach (string name in new[] { "dog/b.png", "dog/a.PNG", "Cat/z.bmp", "Cat/deep/er.png", "Cat/notes.txt", "dog/.hidden.png", ".cache/x.png" })
        {
            Directory.CreateDirectory(Path.GetDirectoryName(files[name])!);
            if (name.EndsWith("txt", StringComparison.Ordinal))
                files.Write("text", name);
            else
                TestImages.Pattern(3, 2).Save(files[name]);
        }

        var view = _ml.Data.LoadFromImageFolder(files["."]);
        CollectionAssert.AreEqual(new[] { "Cat/deep/er.png", "Cat/z.bmp", "dog/a.PNG", "dog/b.png" }, view.Texts("ImagePath"));
        CollectionAssert.AreEqual(new[] { "Cat", "Cat", "dog", "dog" }, view.Texts("Label"));
        Assert.AreEqual("ImagePath:Text Label:Text", view.Types());
        Assert.HasCount(3, _ml.Data.LoadFromImageFolder(files["."], new() { Recursive = false }).Texts("Label"));
        Assert.HasCount(1, _ml.Data.LoadFromImageFolder(files["."], new() { SearchPatterns = ["*.txt", "a.*"], LoadImages = false }).Texts("Label").Where(l => l == "Cat").ToArray());

        var loaded = _ml.Data.LoadFromImageFolder(files["."], new() { LoadImages = true });
        Assert.AreEqual("ImagePath:Text Label:Text Image:Image", loaded.Types());
        Assert.AreEqual("3×2", $"{loaded.GetColumn<MLImage>("Image").Last()}");

        string before = view.Lineage.Fingerprint;
        Assert.AreEqual(before, _ml.Data.LoadFromImageFolder(files["."]).Lineage.Fingerprint);
        TestImages.Pattern(3, 2, seed: 1).Save(files["dog/b.png"]);
        Assert.AreNotEqual(before, _ml.Data.LoadFromImageFolder(files["."]).Lineage.Fingerprint, "The content counts.");
    }

    [TestMethod]
    public void Errors_say_what_the_folder_should_look_like()
    {
        using var files = new TestFiles();
        Assert.ThrowsExactly<DirectoryNotFoundException>(() => _ml.Data.LoadFromImageFolder(files["nowhere"]));
        StringAssert.Contains(Assert.ThrowsExactly<DataException>(() => _ml.Data.LoadFromImageFolder(files["."])).Message, "one for each class");
        TestImages.Pattern(2, 2).Save(files["a.png"]);
        StringAssert.Contains(Assert.ThrowsExactly<DataException>(() => _ml.Data.LoadFromImageFolder(files["."])).Message, "holds images itself");
        TestImages.Pattern(2, 2).Save(files["one/a.png"]);
        Directory.CreateDirectory(files["two"]);
        var error = Assert.ThrowsExactly<DataException>(() => _ml.Data.LoadFromImageFolder(files["."]));
        StringAssert.Contains(error.Message, "two' has no images");
        StringAssert.Contains(error.Message, "*.png or *.bmp");
        Assert.ThrowsExactly<ArgumentException>(() => _ml.Data.LoadFromImageFolder(files["."], new ImageFolderOptions { SearchPatterns = [] }));
    }

    [TestMethod]
    public void A_model_of_shapes_is_learned_saved_and_predicts_the_same_bits_elsewhere()
    {
        using var files = new TestFiles();
        var random = new Random(4);
        for (int i = 0; i < 20; i++)
        {
            foreach (string shape in new[] { "bar", "cross", "disc" })
            {
                string path = files[$"train/{shape}/{i:00}.png"];
                Draw(shape, random).Save(path);
            }
        }

        string folder = files["train"];
        var data = _ml.Data.LoadFromImageFolder(folder);
        var pipeline = _ml.Transforms.LoadImages("Image", folder, "ImagePath")
            .Append(_ml.Transforms.ResizeImages("Image", 12, 12))
            .Append(_ml.Transforms.ConvertToGrayscale("Image"))
            .Append(_ml.Transforms.ExtractPixels("Features", "Image", Transforms.Image.ImagePixelExtractingEstimator.ColorBits.Red, scaleImage: 1 / 255f))
            .Append(_ml.Transforms.Conversion.MapValueToKey("Label"))
            .AppendCacheCheckpoint()
            .Append(_ml.Transforms.AugmentImages("Features", copies: 2, maximumShift: 1))
            .Append(_ml.MulticlassClassification.Trainers.LbfgsMaximumEntropy())
            .Append(_ml.Transforms.Conversion.MapKeyToValue("Predicted", "PredictedLabel"));
        var split = _ml.Data.TrainTestSplit(data, testFraction: 0.3, stratifyColumn: "Label");
        var model = pipeline.Fit(split.TrainSet);
        var scored = model.Transform(split.TestSet);
        Assert.IsGreaterThan(0.85, _ml.MulticlassClassification.Evaluate(scored).MicroAccuracy);

        _ml.Model.Save(model, data.Schema, files["shapes.mlpath"]);
        var fresh = new MLContext();
        var loaded = fresh.Model.Load(files["shapes.mlpath"], out var schema);
        Assert.AreEqual("ImagePath:Text Label:Text", string.Join(" ", schema!.Select(c => $"{c.Name}:{c.Type}")));
        string Scores(ITransformer m) => string.Join('\n', m.Transform(split.TestSet).GetColumn<float[]>("Score").Select(s => string.Join(' ', s.Select(BitConverter.SingleToInt32Bits))));
        Assert.AreEqual(Scores(model), Scores(loaded));

        using var engine = fresh.Model.CreatePredictionEngine<Shape, Prediction>(loaded, schema!);
        string file = split.TestSet.Texts("ImagePath")[0];
        var one = engine.Predict(new Shape { ImagePath = file });
        CollectionAssert.AreEqual(scored.GetColumn<float[]>("Score").First(), one.Score);
    }

    private static MLImage Draw(string shape, Random random)
    {
        int size = random.Next(20, 40), noise = random.Next();
        double x0 = (size / 2.0) + random.Next(-1, 2), y0 = (size / 2.0) + random.Next(-1, 2), r = size * 0.35;
        return TestImages.Of(size, size, (x, y) =>
        {
            double u = Math.Abs(x - x0) / r, v = Math.Abs(y - y0) / r;
            bool inside = shape switch
            {
                "bar" => u < 0.3 && v < 1,
                "cross" => Math.Abs(u - v) < 0.3 && u < 1,
                _ => (u * u) + (v * v) < 1,
            };
            int value = (inside ? 200 : 30) + (((x * 7919) + (y * 104729) + noise) % 25);
            return (value, value - 5, value + 5, 255);
        });
    }

    private sealed class Shape
    {
        public string ImagePath { get; set; } = "";
    }

    private sealed class Prediction
    {
        public float[] Score { get; set; } = [];

        public string Predicted { get; set; } = "";
    }
}
