using MLPath.Deep;

namespace MLPath.Tests.Deep;

/// <summary>RNN, LSTM and GRU agree with PyTorch in outputs, last states, all derivatives, and after ten steps, on every backend.</summary>
[TestClass]
public sealed class RecurrentFiguresTests
{
    private const double Rate = 0.05;

    public static IEnumerable<object[]> Cases =>
        from backend in Backends.All
        from torch in TorchFigures.Of("recurrent")
        select new object[] { backend[0], torch };

    [TestMethod]
    [DynamicData(nameof(Cases))]
    public void A_recurrent_layer_computes_what_PyTorch_does(Backend backend, TorchCase torch)
    {
        ArgumentNullException.ThrowIfNull(torch);
        var layer = Make(torch);
        layer.SetState(backend, torch.Arrays("parameters").ToDictionary(p => p.Name, p => p.Array.Values));
        var inputs = torch.Arrays("inputs").Where(i => i.Name != "lengths").ToDictionary(i => i.Name, i => i.Array.On(backend).WithGradient());
        var outputs = Run(layer, torch, inputs);
        foreach (var (name, figure) in torch.Arrays("output")) figure.AssertEqual(outputs[name], name);

        Loss(torch, outputs).Backward();
        foreach (var (name, figure) in torch.Arrays("inputGradients")) figure.AssertEqual(inputs[name].Gradient!, $"gradient of {name}");
        var parameters = layer.Parameters().ToDictionary(p => p.Path, p => p.Parameter);
        foreach (var (name, figure) in torch.Arrays("parameterGradients")) figure.AssertEqual(parameters[name].Value.Gradient!, $"gradient of {name}");

        var sgd = new Sgd(parameters.Values, Rate);
        for (int step = 0; step < 10; step++)
        {
            sgd.ClearGradients();
            Loss(torch, Run(layer, torch, inputs)).Backward();
            sgd.Step();
        }

        foreach (var (name, figure) in torch.Arrays("afterTenSteps")) figure.AssertEqual(parameters[name].Value, $"{name} after ten steps");
    }

    private static Dictionary<string, Tensor> Run(Recurrent layer, TorchCase torch, Dictionary<string, Tensor> inputs)
    {
        var x = torch.Flag("batch_first") ? inputs["x"] : inputs["x"].Permute(1, 0, 2);
        var lengths = torch.Json.GetProperty("inputs").TryGetProperty("lengths", out _) ? torch.Array("inputs", "lengths").AsIndices() : null;
        var result = layer.Unroll(x, Pass.Scoring, lengths, inputs.GetValueOrDefault("h0"), inputs.GetValueOrDefault("c0"));
        var outputs = new Dictionary<string, Tensor>
        {
            ["output"] = torch.Flag("batch_first") ? result.Output : result.Output.Permute(1, 0, 2),
            ["h_n"] = result.FinalHidden,
        };
        if (result.FinalCell is not null) outputs.Add("c_n", result.FinalCell);
        return outputs;
    }

    /// <summary>The sum of all outputs times their given derivatives.</summary>
    private static Tensor Loss(TorchCase torch, Dictionary<string, Tensor> outputs) =>
        torch.Arrays("outputGradient").Select(g => (outputs[g.Name] * g.Array.On(outputs[g.Name].Backend)).Sum()).Aggregate((a, b) => a + b);

    private static Recurrent Make(TorchCase torch)
    {
        int size = torch.Integer("input_size"), hidden = torch.Integer("hidden_size"), layers = torch.Integer("num_layers");
        bool both = torch.Flag("bidirectional"), bias = torch.Flag("bias");
        return torch["layer"] switch
        {
            "RNN" => new Rnn(size, hidden, Activation(), layers, both, bias: bias),
            "LSTM" => new Lstm(size, hidden, layers, both, bias: bias),
            "GRU" => new Gru(size, hidden, layers, both, bias: bias),
            string other => throw new NotSupportedException(other),
        };

        UnaryFunction Activation() => torch.Options.GetProperty("nonlinearity").GetString() == "relu" ? UnaryFunction.ReLU : UnaryFunction.Tanh;
    }
}
