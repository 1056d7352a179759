using System.Collections;
using System.Globalization;

namespace MLPath.Deep;

/// <summary>Layers one after the other: <c>new Sequential { new Linear(784, 128), new Activation(UnaryFunction.ReLU), new Linear(128, 10) }</c>.</summary>
public sealed class Sequential : Layer, IEnumerable<Layer>
{
    private readonly List<Layer> _layers = [];

    /// <summary>Makes an empty chain.</summary>
    /// <param name="layers">The layers, in order.</param>
    public Sequential(params ReadOnlySpan<Layer> layers)
    {
        foreach (var layer in layers) Add(layer);
    }

    /// <summary>Adds a layer at the end; its name is its number, from 0.</summary>
    /// <param name="layer">The layer.</param>
    public void Add(Layer layer)
    {
        ArgumentNullException.ThrowIfNull(layer);
        _layers.Add(AddModule(_layers.Count.ToString(CultureInfo.InvariantCulture), layer));
    }

    /// <inheritdoc/>
    public IEnumerator<Layer> GetEnumerator() => _layers.GetEnumerator();

    IEnumerator IEnumerable.GetEnumerator() => GetEnumerator();

    /// <inheritdoc/>
    public override string ToString() => $"Sequential({string.Join(", ", _layers)})";

    /// <inheritdoc/>
    protected override Tensor Compute(Tensor x, Pass pass)
    {
        foreach (var layer in _layers) x = layer.Forward(x, pass);
        return x;
    }
}
