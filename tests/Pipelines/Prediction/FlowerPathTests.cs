using MLPath.Data;

namespace MLPath.Tests.Prediction;

/// <summary>The whole path: objects, pipeline, fit, save, load, predict.</summary>
[TestClass]
public sealed class FlowerPathTests
{
    public TestContext TestContext { get; set; } = null!;

    [TestMethod]
    public void A_saved_and_loaded_pipeline_predicts_bit_for_bit_by_views_objects_and_dictionaries()
    {
        var ml = Flowers.ML;
        string path = Path.Combine(TestContext.TestRunDirectory!, $"{Guid.NewGuid():N}.mlpath");
        ml.Model.Save(Flowers.Model, Flowers.Data.Schema, path);
        var loaded = new MLContext().Model.Load(path, out var schema);

        Assert.AreEqual(Flowers.Data.Schema.ToString(), schema!.ToString());
        var expected = Predictions(Flowers.Model.Transform(Flowers.Data));
        CollectionAssert.AreEqual(expected, Predictions(loaded.Transform(Flowers.Data)));
        var labels = Flowers.Model.Transform(Flowers.Data).GetColumn<string>("PredictedLabel");
        Assert.IsGreaterThan(130, Flowers.Sample(150).Zip(labels).Count(p => p.First.Species == p.Second));

        using var typed = ml.Model.CreatePredictionEngine<FlowerMeasures, FlowerPrediction>(loaded);
        CollectionAssert.AreEqual(expected, Flowers.Sample(150).Select(f => Text(typed.Predict(f))).ToList());
        using var bound = ml.Model.CreatePredictionEngine<Flower, FlowerPrediction>(loaded, schema);
        CollectionAssert.AreEqual(expected, Flowers.Sample(150).Select(f => Text(bound.Predict(f))).ToList());

        var rows = ml.Model.CreateRowPredictionEngine(loaded, schema);
        CollectionAssert.AreEqual(
            new[] { "SepalLength", "SepalWidth", "PetalLength", "PetalWidth" }, rows.InputColumns.Select(c => c.Name).ToList());
        CollectionAssert.AreEqual(expected.Select(e => e.Split(' ')[1..]).Select(s => string.Join(' ', s)).ToList(),
            rows.Predict([.. Flowers.Sample(150).Select(Row)]).Select(p => Bits((float[])p["Score"]!)).ToList());
        CollectionAssert.AreEqual(Flowers.Model.Transform(Flowers.Data).GetColumn<string>("PredictedLabel").ToList(),
            Flowers.Sample(150).Select(f => rows.Predict(Row(f))["PredictedLabel"]).ToList());
    }

    [TestMethod]
    public void A_pipeline_learned_on_a_split_is_good_on_the_other_part()
    {
        var split = Flowers.ML.Data.TrainTestSplit(Flowers.Data, testFraction: 0.2, stratifyColumn: "Species");
        var scored = Flowers.Pipeline.Fit(split.TrainSet).Transform(split.TestSet);
        var pairs = scored.GetColumn<string>("Species").Zip(scored.GetColumn<string>("PredictedLabel")).ToList();
        Assert.HasCount(30, pairs);
        Assert.IsGreaterThanOrEqualTo(26, pairs.Count(p => p.First == p.Second));
    }

    internal static Dictionary<string, object?> Row(Flower flower) => new()
    {
        ["SepalLength"] = flower.SepalLength,
        ["SepalWidth"] = (double)flower.SepalWidth,
        ["PetalLength"] = flower.PetalLength,
        ["PetalWidth"] = flower.PetalWidth,
    };

    internal static List<string> Predictions(IDataView scored) =>
        [.. scored.GetColumn<uint>("PredictedLabel").Zip(scored.GetColumn<float[]>("Score"), (label, score) => $"{label} {Bits(score)}")];

    internal static string Text(FlowerPrediction prediction) => $"{prediction.PredictedLabel} {Bits(prediction.Score)}";

    private static string Bits(float[] values) => string.Join(' ', values.Select(v => BitConverter.SingleToUInt32Bits(v).ToString("x8", null)));
}
