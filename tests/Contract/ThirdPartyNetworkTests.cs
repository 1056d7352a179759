using Acme.Learning;
using MLPath.Data;
using MLPath.Runtime;

namespace MLPath.Contract.Tests;

/// <summary>A network from another assembly, of a layer of its own, made with public API alone, is trained, saved, loaded and compared as MLPath's own.</summary>
[TestClass]
public sealed class ThirdPartyNetworkTests
{
    private static readonly string[] Lengths = ["SepalLength", "SepalWidth", "PetalLength", "PetalWidth"];

    private readonly MLContext _ml = new(seed: 3);

    [TestMethod]
    public void It_trains_and_is_compared()
    {
        var iris = _ml.Data.LoadDataset("iris");
        var comparison = _ml.MulticlassClassification.Compare(iris, "Species", new()
        {
            ["gated"] = Features().Append(Trainer()),
            ["prior"] = Features().Append(_ml.MulticlassClassification.Trainers.Prior()),
        }, folds: 3);
        Assert.AreEqual("gated", comparison.Best!.Name);
        Assert.IsGreaterThan(0.9, comparison.Best.Score!.Mean);
    }

    [TestMethod]
    public void It_scores_the_same_from_a_file_and_row_by_row()
    {
        var iris = _ml.Data.LoadDataset("iris");
        var model = Features().Append(_ml.Transforms.Conversion.MapValueToKey("Label", "Species")).Append(Trainer()).Fit(iris);
        using var file = new MemoryStream();
        _ml.Model.Save(model, iris.Schema, file);
        file.Position = 0;
        _ml.Components.Add(AcmeComponents.All);
        var loaded = _ml.Model.Load(file, out _);
        Assert.AreEqual(DataFingerprint.Compute(model.Transform(iris)), DataFingerprint.Compute(loaded.Transform(iris)));

        using var engine = _ml.Model.CreatePredictionEngine<Flower, Prediction>(loaded, iris.Schema);
        var expected = model.Transform(iris).GetColumn<float[]>("Score").First();
        CollectionAssert.AreEqual(expected, engine.Predict(new Flower { SepalLength = 5.1f, SepalWidth = 3.5f, PetalLength = 1.4f, PetalWidth = 0.2f }).Score);
    }

    [TestMethod]
    public void A_file_whose_architecture_nobody_registered_says_what_to_do()
    {
        var iris = _ml.Data.LoadDataset("iris");
        var model = Features().Append(_ml.Transforms.Conversion.MapValueToKey("Label", "Species")).Append(Trainer()).Fit(iris);
        using var file = new MemoryStream();
        _ml.Model.Save(model, iris.Schema, file);
        file.Position = 0;
        var error = Assert.ThrowsExactly<ModelFormatException>(() => _ml.Model.Load(file, out _));
        StringAssert.Contains(error.Message, "Acme.GatedNetwork");
        StringAssert.Contains(error.Message, "ml.Components.Add");
    }

    private EstimatorChain<ITransformer> Features() =>
        new EstimatorChain<ITransformer>().Append<ITransformer>(_ml.Transforms.Concatenate("Features", Lengths)).Append<ITransformer>(_ml.Transforms.NormalizeMeanVariance("Features"));

    private Trainers.NetworkMulticlassTrainer Trainer() => _ml.MulticlassClassification.Trainers.Network(
        (data, outputs) => new GatedNetworkArchitecture(data.Features.Columns, units: 16, layers: 2, outputs), new() { Epochs = 40, LearningRate = 0.01 });

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
    }
}
