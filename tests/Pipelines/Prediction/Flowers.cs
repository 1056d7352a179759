using MLPath.Data;
using MLPath.Numerics;

namespace MLPath.Tests.Prediction;

/// <summary>Three kinds of flowers by four measures, in memory.</summary>
public class FlowerMeasures
{
    public float SepalLength { get; set; }
    public float SepalWidth { get; set; }
    public float PetalLength { get; set; }
    public float PetalWidth { get; set; }
}

public sealed class Flower : FlowerMeasures
{
    public string Species { get; set; } = "";
}

public sealed class FlowerPrediction
{
    public uint PredictedLabel { get; set; }
    public float[] Score { get; set; } = [];
}

internal static class Flowers
{
    public static readonly MLContext ML = new(seed: 7);

    private static readonly (string Species, float[] Mean)[] s_kinds =
        [("setosa", [5.0f, 3.4f, 1.5f, 0.2f]), ("versicolor", [5.9f, 2.8f, 4.3f, 1.3f]), ("virginica", [6.6f, 3.0f, 5.6f, 2.0f])];

    public static List<Flower> Sample(int count)
    {
        var random = new RandomStream(11);
        float Around(float mean) => mean + (0.3f * (float)random.NextGaussian());
        return [.. Enumerable.Range(0, count).Select(i =>
        {
            var (species, mean) = s_kinds[i % 3];
            return new Flower
            {
                SepalLength = Around(mean[0]), SepalWidth = Around(mean[1]), PetalLength = Around(mean[2]), PetalWidth = Around(mean[3]), Species = species,
            };
        })];
    }

    public static IDataView Data { get; } = ML.Data.LoadFromEnumerable(Sample(150));

    public static EstimatorChain<ITransformer> Pipeline { get; } = ML.Transforms.Concatenate("Features", "SepalLength", "SepalWidth", "PetalLength", "PetalWidth")
        .Append(ML.Transforms.Conversion.MapValueToKey("Label", "Species"))
        .Append<ITransformer>(ML.MulticlassClassification.Trainers.NaiveBayes());

    public static TransformerChain<ITransformer> Model { get; } = Pipeline.Fit(Data);
}
