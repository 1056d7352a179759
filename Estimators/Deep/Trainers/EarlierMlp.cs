using MLPath.Deep;
using MLPath.Runtime;

namespace MLPath.Trainers;

/// <summary>
/// Reads multilayer perceptrons of model files of version 0.1, which kept the layers' numbers without a description of the network: "layers.1.weight",
/// "layers.1.bias", and so on, beside the activation.
/// </summary>
internal static class EarlierMlp
{
    public const string BinaryId = "MLPath.MlpBinary", MulticlassId = "MLPath.MlpMulticlass", RegressionId = "MLPath.MlpRegression";

    private const int MaxLayers = 1000;

    public static NetworkBinaryModelParameters LoadBinary(ModelLoadContext context) => new(Read(context, LabelScale.None, isMulticlass: false));

    public static NetworkMulticlassModelParameters LoadMulticlass(ModelLoadContext context) => new(Read(context, LabelScale.None, isMulticlass: true));

    public static NetworkRegressionModelParameters LoadRegression(ModelLoadContext context)
    {
        var scale = new LabelScale(context.ReadDouble("LabelMean"), context.ReadDouble("LabelDeviation"));
        return double.IsFinite(scale.Mean) && double.IsFinite(scale.Deviation) && scale.Deviation > 0
            ? new(Read(context, scale, isMulticlass: false))
            : throw context.Invalid("the mean or the deviation of its labels is not such");
    }

    private static TrainedNetwork Read(ModelLoadContext context, LabelScale scale, bool isMulticlass)
    {
        int layers = context.ReadInt32("Layers");
        if (layers is < 1 or > MaxLayers) throw context.Invalid($"it has {layers} layers");
        List<int> sizes = [];
        List<float[]> numbers = [];
        for (int l = 1; l <= layers; l++)
        {
            string weight = FormattableString.Invariant($"layers.{l}.weight");
            int[] shape = context.ReadShape(weight);
            if (shape.Length != 2 || shape[0] < 1 || shape[1] < 1) throw context.Invalid($"array '{weight}' is not a matrix of units and inputs");
            if (l == 1) sizes.Add(shape[1]);
            numbers.Add(context.ReadArray<float>(weight, shape[0], sizes[^1]));
            numbers.Add(context.ReadArray<float>(FormattableString.Invariant($"layers.{l}.bias"), shape[0]));
            sizes.Add(shape[0]);
        }

        if (!numbers.TrueForAll(values => Array.TrueForAll(values, float.IsFinite))) throw context.Invalid("a weight or a bias is not finite");
        if (!isMulticlass && sizes[^1] != 1) throw context.Invalid($"it has {sizes[^1]} outputs instead of one");
        var architecture = new MlpArchitecture(sizes[0], sizes[1..^1], sizes[^1]) { Activation = context.ReadEnum<MlpActivation>("Activation") };
        var state = architecture.Build().Parameters().Select(p => p.Path).Zip(numbers).ToDictionary();
        var history = TrainingHistory.Load(context);
        NetworkEpoch[] epochs = [.. history.Losses.Select(loss => new NetworkEpoch(loss, double.NaN, double.NaN, double.NaN, double.NaN))];
        return new(architecture, state, scale, new NetworkHistory(epochs, 0, history.Converged, history.StopReason), []);
    }
}
