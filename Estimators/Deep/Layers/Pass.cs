using MLPath.Numerics;

namespace MLPath.Deep;

/// <summary>One way through a network: in training, where some layers are random or keep statistics, or in scoring.</summary>
public sealed class Pass
{
    private readonly RandomStream? _random;
    private int _streams;

    private Pass(RandomStream? random) => _random = random;

    /// <summary>Scoring: nothing is random, and nothing is kept. May be shared between threads.</summary>
    public static Pass Scoring { get; } = new(null);

    /// <summary>Whether this is training.</summary>
    public bool IsTraining => _random is not null;

    /// <summary>Is told every layer's output; null when nobody looks.</summary>
    public Action<Layer, Tensor>? Observer { get; init; }

    /// <summary>A pass in training.</summary>
    /// <param name="random">The source of this pass's randomness, another one for every step.</param>
    public static Pass Training(RandomStream random)
    {
        ArgumentNullException.ThrowIfNull(random);
        return new Pass(random);
    }

    /// <summary>A pass in training whose outputs are observed.</summary>
    /// <param name="random">The source of this pass's randomness.</param>
    /// <param name="observer">Is told every layer's output.</param>
    public static Pass Training(RandomStream random, Action<Layer, Tensor>? observer)
    {
        ArgumentNullException.ThrowIfNull(random);
        return new Pass(random) { Observer = observer };
    }

    /// <summary>A pass in scoring whose outputs are observed.</summary>
    /// <param name="observer">Is told every layer's output.</param>
    public static Pass ScoringWith(Action<Layer, Tensor> observer) => new(null) { Observer = observer };

    /// <summary>A random stream for the next layer that needs one, in the order in which they ask.</summary>
    /// <exception cref="InvalidOperationException">This is scoring.</exception>
    public RandomStream NextStream() =>
        _random?.Derive(_streams++) ?? throw new InvalidOperationException("Scoring is not random.");
}
