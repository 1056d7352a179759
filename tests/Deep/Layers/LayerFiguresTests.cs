using System.Text.Json;
using MLPath.Deep;
using MLPath.Numerics;

namespace MLPath.Tests.Deep;

/// <summary>Layers agree with PyTorch forward, backward and after ten steps, on every backend.</summary>
[TestClass]
public sealed class LayerFiguresTests
{
    private const double Rate = 0.05;

    // Embeddings take indices, not numbers, and are tested beside their layer.
    public static IEnumerable<object[]> Cases =>
        from backend in Backends.All
        from torch in TorchFigures.Of("layers")
        where torch["layer"] is not "Embedding"
        select new object[] { backend[0], torch };

    [TestMethod]
    [DynamicData(nameof(Cases))]
    public void A_layer_computes_what_PyTorch_does(Backend backend, TorchCase torch)
    {
        ArgumentNullException.ThrowIfNull(torch);
        var layer = Make(torch);
        Start(layer, backend, torch);
        var parameters = layer.Parameters().ToDictionary(p => p.Path, p => p.Parameter);
        var x = torch.Array("inputs", "x").On(backend).WithGradient();
        var output = layer.Forward(x, NextPass(torch, 0));
        torch.Array("output").AssertEqual(output, "output");
        Assert.AreEqual(torch.Array("output").Shape, output.Shape);
        output.Backward(torch.Array("outputGradient").On(backend));
        torch.Array("inputGradients", "x").AssertEqual(x.Gradient!, "input gradient");
        foreach (var (name, figure) in torch.Arrays("parameterGradients")) figure.AssertEqual(parameters[name].Value.Gradient!, $"gradient of {name}");
        foreach (var (name, figure) in torch.Arrays("stateAfter")) figure.AssertEqual(parameters[name].Value, $"{name} after a pass");

        Start(layer, backend, torch);
        var sgd = new Sgd(parameters.Values, Rate);
        for (int step = 0; step < 10 && sgd.Parameters.Count > 0; step++)
        {
            sgd.ClearGradients();
            layer.Forward(torch.Array("inputs", "x").On(backend), NextPass(torch, step)).Backward(torch.Array("outputGradient").On(backend));
            sgd.Step();
        }

        foreach (var (name, figure) in torch.Arrays("afterTenSteps")) figure.AssertEqual(parameters[name].Value, $"{name} after ten steps");
    }

    private static void Start(Layer layer, Backend backend, TorchCase torch) =>
        layer.SetState(backend, torch.Arrays("parameters").Concat(torch.Arrays("state")).ToDictionary(p => p.Name, p => p.Array.Values));

    private static Pass NextPass(TorchCase torch, int step) =>
        torch.Options.TryGetProperty("training", out var training) && training.GetBoolean() ? Pass.Training(new RandomStream((ulong)step)) : Pass.Scoring;

    private static Layer Make(TorchCase torch) => torch["layer"] switch
    {
        "Linear" => new Linear(torch.Integer("in_features"), torch.Integer("out_features"), torch.Flag("bias")),
        "Conv1d" => new Conv1d(
            torch.Integer("in_channels"), torch.Integer("out_channels"), torch.Integer("kernel_size"), torch.Integer("stride"), torch.Integer("padding"),
            torch.Integer("dilation"), torch.Integer("groups"), torch.Flag("bias")),
        "Conv2d" => new Conv2d(
            torch.Integer("in_channels"), torch.Integer("out_channels"), Size(torch, "kernel_size"), Size(torch, "stride"), Size(torch, "padding"),
            Size(torch, "dilation"), torch.Integer("groups"), torch.Flag("bias")),
        "MaxPool1d" => new MaxPool1d(torch.Integer("kernel_size"), torch.Integer("stride"), torch.Integer("padding"), torch.Integer("dilation")),
        "MaxPool2d" => new MaxPool2d(Size(torch, "kernel_size"), Size(torch, "stride"), Size(torch, "padding"), Size(torch, "dilation")),
        "AvgPool1d" => new AvgPool1d(torch.Integer("kernel_size"), torch.Integer("stride"), torch.Integer("padding"), torch.Flag("count_include_pad")),
        "AvgPool2d" => new AvgPool2d(Size(torch, "kernel_size"), Size(torch, "stride"), Size(torch, "padding"), torch.Flag("count_include_pad")),
        "AdaptiveAvgPool1d" or "AdaptiveAvgPool2d" => new GlobalAveragePool(keepAxes: true),
        "BatchNorm1d" or "BatchNorm2d" => new BatchNorm(torch.Integer("num_features"), torch.Number("momentum"), torch.Number("eps"), torch.Flag("affine")),
        "LayerNorm" => new LayerNorm(
            Shape.Create([.. torch.Options.GetProperty("normalized_shape").EnumerateArray().Select(e => e.GetInt32())]), torch.Number("eps"), torch.Flag("elementwise_affine")),
        "RMSNorm" => new RMSNorm(torch.Options.GetProperty("normalized_shape")[0].GetInt32(), torch.Number("eps")),
        "ReLU" => new Activation(UnaryFunction.ReLU),
        "LeakyReLU" => new Activation(UnaryFunction.LeakyReLU, (float)torch.Number("negative_slope")),
        "GELU" => new Activation(torch.Options.GetProperty("approximate").GetString() == "tanh" ? UnaryFunction.GeluTanh : UnaryFunction.Gelu),
        "SiLU" => new Activation(UnaryFunction.SiLU),
        "Sigmoid" => new Activation(UnaryFunction.Sigmoid),
        "Tanh" => new Activation(UnaryFunction.Tanh),
        "Softplus" => new Activation(UnaryFunction.Softplus),
        "ELU" => new Activation(UnaryFunction.Elu, (float)torch.Number("alpha")),
        "Softmax" => new Softmax(),
        "LogSoftmax" => new LogSoftmax(),
        string other => throw new NotSupportedException(other),
    };

    private static Extent Size(TorchCase torch, string option)
    {
        JsonElement size = torch.Options.GetProperty(option);
        return new(size[0].GetInt32(), size[1].GetInt32());
    }
}
