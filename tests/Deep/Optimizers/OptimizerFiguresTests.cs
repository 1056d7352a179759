using System.Text.Json;
using MLPath.Deep;

namespace MLPath.Tests.Deep;

/// <summary>Ten steps of every optimiser, and clipped gradients, are PyTorch's, on every backend.</summary>
[TestClass]
public sealed class OptimizerFiguresTests
{
    public static IEnumerable<object[]> Trajectories => from backend in Backends.All from torch in TorchFigures.Of("optimizers") select new object[] { backend[0], torch };

    public static IEnumerable<object[]> Clippings => from backend in Backends.All from torch in TorchFigures.Of("optimizers", "clipping") select new object[] { backend[0], torch };

    [TestMethod]
    [DynamicData(nameof(Trajectories))]
    public void Ten_steps_are_PyTorchs(Backend backend, TorchCase torch)
    {
        ArgumentNullException.ThrowIfNull(torch);
        var module = new Numbers(torch.Arrays("parameters"), backend);
        var optimizer = TorchOptimizers.Make(torch, module.OwnParameters);
        foreach (var (step, (gradients, after)) in torch.Json.GetProperty("gradients").EnumerateArray().Zip(torch.Json.GetProperty("after").EnumerateArray()).Index())
        {
            module.SetGradients(gradients);
            optimizer.Step();
            foreach (var parameter in module.OwnParameters)
                new TorchArray(after.GetProperty(parameter.Name)).AssertEqual(parameter.Value, $"{parameter.Name} after step {step + 1}");
        }
    }

    [TestMethod]
    [DynamicData(nameof(Clippings))]
    public void Gradients_are_clipped_as_PyTorch_does(Backend backend, TorchCase torch)
    {
        ArgumentNullException.ThrowIfNull(torch);
        var module = new Numbers(torch.Arrays("gradients"), backend);
        var optimizer = new Sgd(module.OwnParameters, 0.1);
        module.SetGradients(torch.Json.GetProperty("gradients"));
        if (torch["function"] == "clip_grad_norm_")
        {
            var order = torch.Options.GetProperty("norm_type");
            double norm = optimizer.ClipGradientNorm(torch.Number("max_norm"), order.ValueKind == JsonValueKind.String ? double.PositiveInfinity : order.GetDouble());
            torch.Array("norm").AssertEqual([(float)norm], "norm");
        }
        else
        {
            optimizer.ClipGradientValues(torch.Number("clip_value"));
        }

        foreach (var parameter in module.OwnParameters) torch.Array("after", parameter.Name).AssertEqual(parameter.Value.Gradient!, $"gradient of {parameter.Name}");
    }

    /// <summary>Parameters w and b, whose gradients are given.</summary>
    private sealed class Numbers : Module
    {
        public Numbers(IEnumerable<(string Name, TorchArray Array)> arrays, Backend backend)
        {
            var given = arrays.ToDictionary(a => a.Name, a => a.Array);
            foreach (var (name, array) in given) AddParameter(name, array.Shape, Initializer.Zeros);
            SetState(backend, given.ToDictionary(a => a.Key, a => a.Value.Values));
        }

        public void SetGradients(JsonElement gradients)
        {
            foreach (var parameter in OwnParameters)
            {
                parameter.Value.ClearGradient();
                parameter.Value.Backward(new TorchArray(gradients.GetProperty(parameter.Name)).On(parameter.Value.Backend));
            }
        }
    }
}

/// <summary>Optimisers by PyTorch's names and options.</summary>
internal static class TorchOptimizers
{
    public static Optimizer Make(TorchCase torch, IEnumerable<Parameter> parameters)
    {
        double rate = torch.Number("lr"), decay = Option("weight_decay", 0), epsilon = Option("eps", 1e-8);
        var (beta1, beta2) = torch.Options.TryGetProperty("betas", out var betas) ? (betas[0].GetDouble(), betas[1].GetDouble()) : (0.9, 0.999);
        return torch["optimizer"] switch
        {
            "SGD" => new Sgd(parameters, rate, Option("momentum", 0), Switch("nesterov"), decay, Option("dampening", 0)),
            "Adagrad" => new Adagrad(parameters, rate, Option("lr_decay", 0), decay, Option("initial_accumulator_value", 0), epsilon),
            "RMSprop" => new RmsProp(parameters, rate, Option("alpha", 0.99), Option("momentum", 0), Switch("centered"), decay, epsilon),
            "Adam" => new Adam(parameters, rate, beta1, beta2, epsilon, decay, Switch("amsgrad")),
            "AdamW" => new AdamW(parameters, rate, beta1, beta2, epsilon, decay, Switch("amsgrad")),
            string other => throw new NotSupportedException(other),
        };

        double Option(string name, double otherwise) => torch.Options.TryGetProperty(name, out var value) ? value.GetDouble() : otherwise;

        bool Switch(string name) => torch.Options.TryGetProperty(name, out var value) && value.GetBoolean();
    }
}
