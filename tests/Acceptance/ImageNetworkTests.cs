using MLPath.Data;
using MLPath.Trainers;
using MLPath.Transforms;

namespace MLPath.Acceptance.Tests;

/// <summary>Networks read images as well as they are known to: trained on the 60,000 images of a training part, judged on the 10,000 of the test part.</summary>
/// <remarks>On two cores a quarter of a minute for the perceptron of several layers, and two to three minutes for each convolutional network.</remarks>
[TestClass]
public sealed class ImageNetworkTests(TestContext test)
{
    private readonly MLContext _ml = new(seed: 1);

    [TestMethod]
    public void Mnist_by_a_perceptron_of_several_layers() => AssertAccuracy("mnist", 0.980, _ml.Transforms.NormalizeMinMax("Pixels").Append(
        _ml.MulticlassClassification.Trainers.Mlp(new MlpTrainer.Options
        {
            FeatureColumnName = "Pixels",
            HiddenUnits = [256],
            Dropout = 0.2,
            Epochs = 15,
            BatchSize = 128,
            LearningRate = 0.003,
            L2Regularization = 0,
        })));

    [TestMethod]
    public void Mnist_by_a_convolutional_network() => AssertAccuracy("mnist", 0.992, Cnn(new() { Epochs = 6, BatchSize = 128 }));

    [TestMethod]
    public void Fashion_by_a_convolutional_network() => AssertAccuracy("fashion-mnist", 0.915, Cnn(new() { Epochs = 9, BatchSize = 128, HorizontalFlip = true }));

    private CnnMulticlassTrainer Cnn(CnnTrainer.Options options) => _ml.MulticlassClassification.Trainers.Cnn(options with { FeatureColumnName = "Pixels" });

    private void AssertAccuracy(string set, double least, IEstimator<ITransformer> network)
    {
        IDataView Load(string part) => _ml.Data.LoadFromIdxFile(
            PublicData.Require($"images/{set}/{part}-images-idx3-ubyte.gz"), PublicData.Require($"images/{set}/{part}-labels-idx1-ubyte.gz"));
        var (train, tests) = (Load("train"), Load("t10k"));
        var labels = new EstimatorChain<ITransformer>().Append<ITransformer>(
            _ml.Transforms.Conversion.MapValueToKey("Label", keyOrdinality: ValueToKeyMappingEstimator.KeyOrdinality.ByValue));
        var model = labels.Append(network).Fit(train, new FitContext { CancellationToken = test.CancellationToken, Threads = Environment.ProcessorCount });
        double accuracy = _ml.MulticlassClassification.Evaluate(model.Transform(tests)).MicroAccuracy;
        test.WriteLine(FormattableString.Invariant($"{set}: {accuracy:P2}"));
        Assert.IsGreaterThanOrEqualTo(least, accuracy);
    }
}
