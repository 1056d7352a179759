using MLPath.Data;
using MLPath.Numerics;
using MLPath.Runtime;
using MLPath.Trainers;

namespace MLPath.Tests.Deep.Trainers;

[TestClass]
public sealed class CnnTrainerTests
{
    private static readonly CnnTrainer.Options Quick = new() { Channels = [8], DenseUnits = [], Epochs = 8, BatchSize = 16, Dropout = 0, MaximumShift = 0, LearningRate = 0.01, Seed = 1 };

    [TestMethod]
    public void It_tells_bars_apart_wherever_they_lie()
    {
        var (train, test) = (Bars(240, seed: 1), Bars(100, seed: 2));
        var model = new CnnMulticlassTrainer(Quick with { Epochs = 15 }).Fit(train);
        Assert.IsGreaterThan(0.95, Accuracy(model.Transform(test)));
        Assert.AreEqual(2, model.Model.ClassCount);
    }

    [TestMethod]
    public void A_residual_network_tells_bars_apart()
    {
        var model = new CnnMulticlassTrainer(Quick with { Residual = true, Channels = [8, 16], Epochs = 15 }).Fit(Bars(240, seed: 1));
        Assert.IsGreaterThan(0.95, Accuracy(model.Transform(Bars(60, seed: 2))));
    }

    [TestMethod]
    public void It_counts_and_decides_between_two()
    {
        float[][] images = Images(80, seed: 3, out int[] classes);
        float[] brightness = [.. images.Select(image => image.Sum())];
        var regression = new CnnRegressionTrainer(Quick with { Epochs = 40 }).Fit(Tables.Regression(images, brightness));
        float[] predicted = Tables.Column<float>(regression.Transform(Tables.Regression(images, brightness)), "Score");
        double mean = brightness.Average(), error = brightness.Zip(predicted, (a, b) => (a - b) * (a - b)).Sum(), total = brightness.Sum(b => (b - mean) * (b - mean));
        Assert.IsLessThan(0.2 * total, error);

        var binary = Tables.Binary(images, [.. classes.Select(c => c == 1)]);
        var model = new CnnBinaryTrainer(Quick with { Epochs = 30 }).Fit(binary);
        Assert.IsGreaterThan(0.95, Tables.Column<bool>(binary, "Label").Zip(Tables.Column<bool>(model.Transform(binary), "PredictedLabel"), (a, b) => a == b ? 1.0 : 0).Average());
    }

    [TestMethod]
    public void The_result_is_the_same_on_one_thread_and_two_and_in_a_file()
    {
        var data = Bars(70, seed: 1);
        var everything = Quick with
        {
            Channels = [5, 7], LayersPerStage = 2, DenseUnits = [9], Dropout = 0.2, Epochs = 2, MaximumShift = 1, HorizontalFlip = true, MaximumRotation = 10, Brightness = 0.1, Noise = 0.1, Cutout = 2,
        };
        foreach (var options in new[] { everything, everything with { Residual = true }, everything with { BatchNorm = false, KernelSize = 1 } })
        {
            var one = new CnnMulticlassTrainer(options).Fit(data, new FitContext { Threads = 1 });
            var two = new CnnMulticlassTrainer(options).Fit(data, new FitContext { Threads = 2 });
            string scores = DataFingerprint.Compute(one.Transform(data));
            Assert.AreEqual(scores, DataFingerprint.Compute(two.Transform(data)));
            var loaded = Tables.RoundTrip(one);
            Assert.AreEqual(scores, DataFingerprint.Compute(loaded.Transform(data)));
            Assert.AreEqual(one.Model.Architecture.ToString(), loaded.Model.Architecture.ToString());
        }
    }

    [TestMethod]
    public void The_scale_of_pixels_does_not_matter()
    {
        float[][] images = Images(60, seed: 4, out int[] classes);
        var model = new CnnMulticlassTrainer(Quick).Fit(Table(images, classes));
        var bytes = new CnnMulticlassTrainer(Quick).Fit(Table([.. images.Select(image => image.Select(v => v * 256).ToArray())], classes));
        Assert.AreEqual(model.Model.Losses[^1], bytes.Model.Losses[^1], 1e-3);
    }

    [TestMethod]
    public void Columns_of_images_say_how_their_pixels_lie()
    {
        foreach (int[] dimensions in new[] { new[] { 6, 4 }, [2, 3, 4], [3, 2, 4], [3, 8, 1] })
        {
            var data = WithDimensions(dimensions, rows: 20);
            var architecture = (CnnArchitecture)new CnnMulticlassTrainer(Quick with { Epochs = 1 }).Fit(data).Model.Architecture;
            Assert.AreEqual(ImageLayout.Of(dimensions), architecture.Layout);
        }
    }

    [TestMethod]
    public void Interleaved_images_are_scored_as_planes_are()
    {
        var random = new RandomStream(8);
        float[][] planes = [.. Enumerable.Range(0, 24).Select(_ => Enumerable.Range(0, 75).Select(_ => (float)random.NextGaussian()).ToArray())];
        float[][] pixels = [.. planes.Select(image => (float[])[.. from pixel in Enumerable.Range(0, 25) from channel in Enumerable.Range(0, 3) select image[(channel * 25) + pixel]])];
        int[] classes = [.. Enumerable.Range(0, 24).Select(i => i % 2)];
        var byPlane = new CnnMulticlassTrainer(Quick with { ImageShape = [3, 5, 5] }).Fit(Table(planes, classes));
        var byPixel = new CnnMulticlassTrainer(Quick with { ImageShape = [5, 5, 3] }).Fit(Table(pixels, classes));
        CollectionAssert.AreEqual(byPlane.Model.Losses.ToArray(), byPixel.Model.Losses.ToArray());
    }

    [TestMethod]
    public void Features_that_are_no_images_and_senseless_options_are_told()
    {
        float[][] rows = Tables.Cloud(10, 7, 1);
        int[] classes = [.. Enumerable.Range(0, 10).Select(i => i % 2)];
        StringAssert.Contains(Assert.ThrowsExactly<DataException>(() => new CnnMulticlassTrainer(Quick).Fit(Table(rows, classes))).Message, "ImageShape");
        StringAssert.Contains(Assert.ThrowsExactly<DataException>(() => new CnnMulticlassTrainer(Quick with { ImageShape = [2, 3] }).Fit(Table(rows, classes))).Message, "7 features");
        StringAssert.Contains(Assert.ThrowsExactly<OptionException>(() => new CnnMulticlassTrainer(Quick with { KernelSize = 4 })).Message, "odd");
        StringAssert.Contains(Assert.ThrowsExactly<DataException>(() => new CnnMulticlassTrainer(Quick with { BatchSize = 1 }).Fit(Bars(9, seed: 1))).Message, "BatchNorm");
        StringAssert.Contains(Assert.ThrowsExactly<OptionException>(() => new CnnMulticlassTrainer(Quick with { Channels = [] })).Message, "Channels");
    }

    /// <summary>Bars of three pixels, upright or lying, anywhere in 6 × 6 pixels.</summary>
    private static float[][] Images(int rows, ulong seed, out int[] classes)
    {
        var random = new RandomStream(seed);
        int[] kinds = [.. Enumerable.Range(0, rows).Select(i => i % 2)];
        classes = kinds;
        return [.. kinds.Select(kind =>
        {
            float[] image = [.. Enumerable.Range(0, 36).Select(_ => 0.1f * (float)random.NextGaussian())];
            int along = random.NextInt32(4), across = random.NextInt32(6);
            float ink = 0.5f + random.NextSingle();
            for (int i = along; i < along + 3; i++) image[kind == 0 ? (across * 6) + i : (i * 6) + across] += ink;
            return image;
        })];
    }

    private static InMemoryDataView Bars(int rows, ulong seed) => Table(Images(rows, seed, out int[] classes), classes);

    private static InMemoryDataView Table(float[][] images, int[] classes) => Tables.Multiclass(images, classes, "lying", "upright");

    private static InMemoryDataView WithDimensions(int[] dimensions, int rows)
    {
        int size = dimensions.Aggregate(1, (a, b) => a * b);
        var plain = Table(Tables.Cloud(rows, size, 5), [.. Enumerable.Range(0, rows).Select(i => i % 2)]);
        var images = new VectorColumn<float>(new VectorDataViewType(NumberDataViewType.Single, dimensions));
        images.AliasDense(((VectorColumn<float>)plain.GetColumn(0)).Values.ToArray(), 0, rows);
        var schema = new DataViewSchema.Builder();
        schema.AddColumn("Features", images.Type);
        schema.AddColumn("Label", plain.Schema["Label"].Type, plain.Schema["Label"].Annotations);
        return new InMemoryDataView(schema.ToSchema(), [images, plain.GetColumn(1)]);
    }

    private static double Accuracy(IDataView scored) =>
        Tables.Column<uint>(scored, "Label").Zip(Tables.Column<uint>(scored, "PredictedLabel"), (a, b) => a == b ? 1.0 : 0).Average();
}
