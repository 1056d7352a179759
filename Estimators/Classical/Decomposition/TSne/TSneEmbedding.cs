using MLPath.Trainers;

namespace MLPath.Transforms;

/// <summary>A map that t-SNE drew.</summary>
public sealed class TSneEmbedding : ITrainingHistory
{
    private readonly float[] _coordinates;

    internal TSneEmbedding(int rows, int dimensions, float[] coordinates, TrainingHistory history) =>
        (Rows, Dimensions, _coordinates, History) = (rows, dimensions, coordinates, history);

    /// <summary>n, the number of rows.</summary>
    public int Rows { get; }

    /// <summary>The number of dimensions of the map.</summary>
    public int Dimensions { get; }

    /// <summary>n × dimensions coordinates, row-major.</summary>
    public ReadOnlySpan<float> Coordinates => _coordinates;

    /// <summary>KL(P ‖ Q) of the map, in nats: what is left of the objective.</summary>
    public double KullbackLeiblerDivergence => Losses[^1];

    /// <inheritdoc/>
    public int Iterations => History.Iterations;

    /// <summary>Whether the gradient vanished before the limit of iterations.</summary>
    public bool Converged => History.Converged;

    /// <inheritdoc/>
    public string StopReason => History.StopReason;

    /// <summary>The divergence, without exaggeration, at every fiftieth iteration and of the map itself.</summary>
    public IReadOnlyList<double> Losses => History.Losses;

    internal TrainingHistory History { get; }

    /// <summary>The coordinates of a row.</summary>
    /// <param name="row">The row, from 0.</param>
    public ReadOnlySpan<float> Point(int row) => Coordinates.Slice(row * Dimensions, Dimensions);
}
