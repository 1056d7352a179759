namespace MLPath.Deep;

/// <summary>The epoch with the least loss on validation rows so far, and a copy of its numbers.</summary>
/// <param name="network">The network.</param>
internal sealed class BestState(Network network)
{
    private readonly Dictionary<string, float[]> _state = [];
    private double _loss = double.PositiveInfinity;

    /// <summary>The epoch, from 1; 0 before the first.</summary>
    public int Epoch { get; private set; }

    /// <summary>Whether there is one.</summary>
    public bool HasLoss => Epoch > 0;

    /// <summary>Its numbers by path.</summary>
    public IReadOnlyDictionary<string, float[]> State => _state;

    /// <summary>Keeps an epoch if it is better than those before.</summary>
    /// <param name="epoch">The epoch, from 1.</param>
    /// <param name="loss">Its loss on validation rows; NaN without them.</param>
    public void Offer(int epoch, double loss)
    {
        if (!(loss < _loss)) return;
        (Epoch, _loss) = (epoch, loss);
        foreach (var (path, parameter) in network.Parameters())
        {
            if (!_state.TryGetValue(path, out float[]? values)) _state[path] = values = new float[parameter.Shape.Size];
            parameter.Value.CopyTo(values);
        }
    }
}
