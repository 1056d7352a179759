namespace MLPath.Deep;

/// <summary>A module that makes predictions of a batch: what trainers train and models hold.</summary>
/// <remarks>Made by a <see cref="NetworkArchitecture"/>. Of layers alone, <see cref="LayerNetwork"/> makes one.</remarks>
public abstract class Network : Module
{
    /// <summary>Computes the outputs.</summary>
    /// <param name="batch">The examples.</param>
    /// <param name="pass">Training or scoring. In scoring a row's outputs depend on nothing but that row, bit for bit.</param>
    /// <returns>
    /// [rows, outputs]: for two classes one output, the logarithm of the odds of the positive one; for k classes k outputs, whose softmax is their
    /// probabilities; for a number one output, the number less the mean of the labels in units of their standard deviation.
    /// </returns>
    public abstract Tensor Forward(NetworkBatch batch, Pass pass);
}

/// <summary>A network that is one layer, most often a <see cref="Sequential"/>, of a batch's numbers.</summary>
public sealed class LayerNetwork : Network
{
    private readonly Layer _layer;

    /// <summary>Makes a network of a layer.</summary>
    /// <param name="layer">The layer: [rows, ...shape] becomes [rows, outputs].</param>
    /// <param name="name">The layer's name, with which the paths of its parameters begin.</param>
    public LayerNetwork(Layer layer, string name = "layers") => _layer = AddModule(name, layer);

    /// <inheritdoc/>
    public override Tensor Forward(NetworkBatch batch, Pass pass)
    {
        ArgumentNullException.ThrowIfNull(batch);
        return _layer.Forward(batch.Values, pass);
    }

    /// <inheritdoc/>
    public override string ToString() => $"{_layer}";
}
