using MLPath.Deep;

namespace MLPath.Tests.Deep;

/// <summary>Losses and their gradients agree with PyTorch, on every backend.</summary>
[TestClass]
public sealed class LossFiguresTests
{
    public static IEnumerable<object[]> Cases => from backend in Backends.All from torch in TorchFigures.Of("losses") select new object[] { backend[0], torch };

    [TestMethod]
    [DynamicData(nameof(Cases))]
    public void A_loss_is_PyTorchs(Backend backend, TorchCase torch)
    {
        ArgumentNullException.ThrowIfNull(torch);
        var inputs = torch.Arrays("inputs").ToDictionary(i => i.Name, i => i.Array.On(backend));
        foreach (var (name, _) in torch.Arrays("inputGradients")) inputs[name].WithGradient();
        var loss = Compute(torch, inputs, backend);
        torch.Array("output").AssertEqual(loss, "loss");
        loss.Backward();
        foreach (var (name, figure) in torch.Arrays("inputGradients")) figure.AssertEqual(inputs[name].Gradient!, $"gradient of {name}");
    }

    private static Tensor Compute(TorchCase torch, Dictionary<string, Tensor> inputs, Backend backend)
    {
        Tensor Input(string name) => inputs[name];
        Tensor? Option(string name) => torch.Options.TryGetProperty(name, out _) ? torch.Array("options", name).On(backend) : null;
        Tensor x = inputs.GetValueOrDefault("input")!, t = inputs.GetValueOrDefault("target")!;
        return torch["loss"] switch
        {
            "MSELoss" => Loss.MeanSquaredError(x, t),
            "L1Loss" => Loss.MeanAbsoluteError(x, t),
            "HuberLoss" => Loss.Huber(x, t, (float)torch.Number("delta")),
            "CrossEntropyLoss" => Loss.CrossEntropy(x, Classes(torch), (float)torch.Number("label_smoothing"), Option("weight")),
            "BCEWithLogitsLoss" => Loss.BinaryCrossEntropy(x, t, Option("pos_weight")),
            "BCELoss" => Loss.BinaryCrossEntropyOfProbabilities(x, t),
            "HingeLoss" => Loss.Hinge(x, t),
            "MultiMarginLoss" => Loss.MultiMargin(x, Classes(torch), (float)torch.Number("margin"), torch.Integer("p") == 2),
            "KLDivLoss" => Loss.KullbackLeibler(x, t),
            "CosineEmbeddingLoss" => Loss.CosineEmbedding(Input("input1"), Input("input2"), t, (float)torch.Number("margin")),
            "TripletMarginLoss" => Loss.Triplet(Input("anchor"), Input("positive"), Input("negative"), (float)torch.Number("margin")),
            string other => throw new NotSupportedException(other),
        };
    }

    // Rows that do not count have class −100 in PyTorch.
    private static IndexTensor Classes(TorchCase torch)
    {
        var figure = torch.Array("inputs", "target").AsIndices();
        return new IndexTensor([.. figure.Values.ToArray().Select(c => Math.Max(c, -1))], figure.Shape);
    }
}
