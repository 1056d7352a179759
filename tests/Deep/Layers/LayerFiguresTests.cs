using MLPath.Deep;

namespace MLPath.Tests.Deep;

/// <summary>Layers agree with PyTorch forward, backward and after ten steps, on every backend.</summary>
[TestClass]
public sealed class LayerFiguresTests
{
    private const double Rate = 0.05;

    public static IEnumerable<object[]> Cases =>
        from backend in Backends.All
        from torch in TorchFigures.Of("layers")
        where torch["layer"] is "Linear" or "ReLU" or "Tanh"
        select new object[] { backend[0], torch };

    [TestMethod]
    [DynamicData(nameof(Cases))]
    public void A_layer_computes_what_PyTorch_does(Backend backend, TorchCase torch)
    {
        ArgumentNullException.ThrowIfNull(torch);
        var layer = Make(torch);
        layer.SetState(backend, torch.Arrays("parameters").ToDictionary(p => p.Name, p => p.Array.Values));
        var x = torch.Array("inputs", "x").On(backend).WithGradient();
        var output = layer.Forward(x, Pass.Scoring);
        torch.Array("output").AssertEqual(output, "output");
        output.Backward(torch.Array("outputGradient").On(backend));
        torch.Array("inputGradients", "x").AssertEqual(x.Gradient!, "input gradient");
        var parameters = layer.Parameters().ToDictionary(p => p.Path, p => p.Parameter);
        foreach (var (name, figure) in torch.Arrays("parameterGradients")) figure.AssertEqual(parameters[name].Value.Gradient!, $"gradient of {name}");

        var sgd = new Sgd(parameters.Values, Rate);
        for (int step = 0; step < 10 && parameters.Count > 0; step++)
        {
            sgd.ClearGradients();
            layer.Forward(torch.Array("inputs", "x").On(backend), Pass.Scoring).Backward(torch.Array("outputGradient").On(backend));
            sgd.Step();
        }

        foreach (var (name, figure) in torch.Arrays("afterTenSteps")) figure.AssertEqual(parameters[name].Value, $"{name} after ten steps");
    }

    private static Layer Make(TorchCase torch) => torch["layer"] switch
    {
        "Linear" => new Linear(torch.Integer("in_features"), torch.Integer("out_features"), torch.Flag("bias")),
        "ReLU" => new Activation(UnaryFunction.ReLU),
        "Tanh" => new Activation(UnaryFunction.Tanh),
        string other => throw new NotSupportedException(other),
    };
}
