using System.Diagnostics;
using Acme.Learning;
using MLPath.Data;

namespace MLPath.Contract.Tests;

/// <summary>A trainer from another assembly, made with public API alone, is a first-class citizen.</summary>
[TestClass]
public sealed class ThirdPartyTests
{
    private static readonly string[] Lengths = ["SepalLength", "SepalWidth", "PetalLength", "PetalWidth"];

    [TestMethod]
    public void It_trains_predicts_and_is_cross_validated()
    {
        var ml = new MLContext(seed: 3);
        var iris = ml.Data.LoadDataset("iris");
        var pipeline = Pipeline(ml);
        var metrics = ml.MulticlassClassification.Evaluate(pipeline.Fit(iris).Transform(iris));
        Assert.IsGreaterThan(0.9, metrics.MicroAccuracy);
        var folds = ml.MulticlassClassification.CrossValidate(iris, pipeline, numberOfFolds: 5, stratifyColumn: "Species");
        Assert.HasCount(5, folds);
        Assert.IsGreaterThan(0.9, folds.Average(f => f.Metrics.MicroAccuracy));
        var comparison = ml.MulticlassClassification.Compare(iris, "Species", new()
        {
            ["centroid"] = ml.Transforms.Concatenate("Features", Lengths).Append(ml.MulticlassClassification.Trainers.NearestCentroid()),
            ["prior"] = ml.Transforms.Concatenate("Features", Lengths).Append(ml.MulticlassClassification.Trainers.Prior()),
        }, folds: 5);
        Assert.AreEqual("centroid", comparison.Best!.Name);
    }

    [TestMethod]
    public void It_scores_single_rows_through_the_prediction_engine()
    {
        var ml = new MLContext(seed: 3);
        var iris = ml.Data.LoadDataset("iris");
        var model = Pipeline(ml).Fit(iris);
        using var engine = ml.Model.CreatePredictionEngine<Flower, Prediction>(model, iris.Schema);
        var expected = model.Transform(iris).GetColumn<float[]>("Score").First();
        var actual = engine.Predict(new Flower { SepalLength = 5.1f, SepalWidth = 3.5f, PetalLength = 1.4f, PetalWidth = 0.2f });
        CollectionAssert.AreEqual(expected, actual.Score);
        Assert.AreEqual("setosa", actual.Species);
    }

    [TestMethod]
    public void It_is_a_member_of_ensembles()
    {
        var ml = new MLContext(seed: 3);
        ml.Components.Add(AcmeComponents.All);
        var iris = ml.Data.LoadDataset("iris");
        var trainers = ml.MulticlassClassification.Trainers;
        foreach (var ensemble in new IEstimator<ITransformer>[]
        {
            trainers.Bagging(trainers.NearestCentroid(), rowFraction: 0.5),
            trainers.Stacking(trainers.NearestCentroid(), trainers.NaiveBayes()),
        })
        {
            var model = ml.Transforms.Concatenate("Features", Lengths).Append(ml.Transforms.Conversion.MapValueToKey("Label", "Species")).Append(ensemble).Fit(iris);
            Assert.IsGreaterThan(0.9, ml.MulticlassClassification.Evaluate(model.Transform(iris)).MicroAccuracy);
            using var file = new MemoryStream();
            ml.Model.Save(model, iris.Schema, file);
            file.Position = 0;
            Assert.AreEqual(DataFingerprint.Compute(model.Transform(iris)), DataFingerprint.Compute(ml.Model.Load(file, out _).Transform(iris)));
        }
    }

    [TestMethod]
    public async Task It_loads_in_a_new_process_that_registers_it()
    {
        var ml = new MLContext(seed: 3);
        var iris = ml.Data.LoadDataset("iris");
        var model = Pipeline(ml).Fit(iris);
        string path = Path.Combine(Directory.CreateTempSubdirectory("mlpath-acme-").FullName, "iris.mlpath");
        ml.Model.Save(model, iris.Schema, path);

        var (code, output, error) = await RunScorer(path);
        Assert.AreEqual(0, code, error);
        var expected = model.Transform(iris).GetColumn<float[]>("Score").Select(s => string.Join(' ', s.Select(BitConverter.SingleToInt32Bits))).ToArray();
        CollectionAssert.AreEqual(expected, output.Split('\n', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries));

        (code, _, error) = await RunScorer(path, "unregistered");
        Assert.AreEqual(3, code);
        StringAssert.Contains(error, "Acme.NearestCentroid");
        StringAssert.Contains(error, "ml.Components.Add");
    }

    private static EstimatorChain<ITransformer> Pipeline(MLContext ml) => ml.Transforms.Concatenate("Features", Lengths)
        .Append(ml.Transforms.Conversion.MapValueToKey("Label", "Species"))
        .Append(ml.MulticlassClassification.Trainers.NearestCentroid())
        .Append((IEstimator<ITransformer>)ml.Transforms.Conversion.MapKeyToValue("Predicted", "PredictedLabel"));

    private static async Task<(int Code, string Output, string Error)> RunScorer(params string[] arguments)
    {
        string program = Path.Combine(AppContext.BaseDirectory, "Acme.Scorer.dll");
        var start = new ProcessStartInfo("dotnet", [program, .. arguments]) { RedirectStandardOutput = true, RedirectStandardError = true };
        using var process = Process.Start(start)!;
        var output = process.StandardOutput.ReadToEndAsync();
        var error = process.StandardError.ReadToEndAsync();
        await process.WaitForExitAsync();
        return (process.ExitCode, await output, await error);
    }

    private sealed class Flower
    {
        public float SepalLength { get; set; }

        public float SepalWidth { get; set; }

        public float PetalLength { get; set; }

        public float PetalWidth { get; set; }
    }

    private sealed class Prediction
    {
        public float[] Score { get; set; } = [];

        [ColumnName("Predicted")]
        public string Species { get; set; } = "";
    }
}
