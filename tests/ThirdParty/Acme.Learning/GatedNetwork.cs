using MLPath.Deep;
using MLPath.Runtime;

namespace Acme.Learning;

/// <summary>A gated linear layer: (W x + b) ∘ σ(V x + c), in which one half of the layer says how much of the other is let through.</summary>
/// <remarks>Reference: Dauphin et al., <i>Language modeling with gated convolutional networks</i>, ICML 2017.</remarks>
public sealed class GatedLayer : Layer
{
    private readonly Linear _values, _gates;

    /// <summary>Makes the layer.</summary>
    /// <param name="inputs">The numbers that come in.</param>
    /// <param name="outputs">The numbers that come out.</param>
    public GatedLayer(int inputs, int outputs)
    {
        _values = AddModule("values", new Linear(inputs, outputs));
        _gates = AddModule("gates", new Linear(inputs, outputs));
    }

    /// <inheritdoc/>
    protected override Tensor Compute(Tensor x, Pass pass) => _values.Forward(x, pass) * _gates.Forward(x, pass).Sigmoid();
}

/// <summary>Gated layers of one size, then a linear one.</summary>
public sealed class GatedNetworkArchitecture : NetworkArchitecture
{
    internal const string Id = "Acme.GatedNetwork";

    private readonly int _units, _layers;

    /// <summary>Describes the network.</summary>
    /// <param name="features">The number of features.</param>
    /// <param name="units">The units of each gated layer.</param>
    /// <param name="layers">The number of gated layers.</param>
    /// <param name="outputs">The number of outputs.</param>
    public GatedNetworkArchitecture(int features, int units, int layers, int outputs) =>
        (Input, _units, _layers, Outputs) = (NetworkInput.Flat(features), units, layers, outputs);

    /// <inheritdoc/>
    public override string ComponentId => Id;

    /// <inheritdoc/>
    public override NetworkInput Input { get; }

    /// <inheritdoc/>
    public override int Outputs { get; }

    /// <inheritdoc/>
    public override Network Build()
    {
        var layers = new Sequential();
        for (int i = 0; i < _layers; i++)
            layers.Add(new GatedLayer(i == 0 ? Input.FeatureCount : _units, _units));
        layers.Add(new Linear(_units, Outputs));
        return new LayerNetwork(layers);
    }

    /// <inheritdoc/>
    public override void Save(ModelSaveContext context)
    {
        Input.Save(context);
        context.Write("Units", _units);
        context.Write("Layers", _layers);
        context.Write("Outputs", Outputs);
    }

    internal static GatedNetworkArchitecture Load(ModelLoadContext context)
    {
        int features = NetworkInput.Load(context).FeatureCount;
        int units = context.ReadInt32("Units"), layers = context.ReadInt32("Layers"), outputs = context.ReadInt32("Outputs");
        return units > 0 && layers is > 0 and < 100 && outputs > 0 ? new(features, units, layers, outputs) : throw context.Invalid("its sizes make no network");
    }
}
