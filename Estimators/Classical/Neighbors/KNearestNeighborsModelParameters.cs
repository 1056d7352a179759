using MLPath.Data;
using MLPath.Runtime;

namespace MLPath.Trainers;

/// <summary>The training rows and their classes, whose k nearest to a row vote on its class.</summary>
/// <remarks>A row with a missing feature (NaN) gets NaN for every class.</remarks>
public sealed class KNearestNeighborsModelParameters : ClassProbabilityModel
{
    internal const string Id = "MLPath.KNearestNeighbors";

    private readonly NeighborVotes _votes;
    private readonly int[] _classes;

    internal KNearestNeighborsModelParameters(NeighborVotes votes, int[] classes, int classCount) =>
        (_votes, _classes, ClassCount) = (votes, classes, classCount);

    /// <inheritdoc/>
    public override string ComponentId => Id;

    /// <inheritdoc/>
    public override int FeatureCount => _votes.Search.Features;

    /// <inheritdoc/>
    public override int ClassCount { get; }

    /// <summary>k.</summary>
    public int NumberOfNeighbors => _votes.Neighbors;

    /// <summary>How much a neighbour counts.</summary>
    public NeighborWeighting Weighting => _votes.Weighting;

    /// <summary>How far two rows are apart.</summary>
    public NeighborDistance Distance => _votes.Search.Distance;

    /// <summary>How neighbours are searched for; never <see cref="NeighborAlgorithm.Auto"/>.</summary>
    public NeighborAlgorithm Algorithm => _votes.Search.Algorithm;

    /// <summary>The classes, from 0, of the n rows that were learned from.</summary>
    public ReadOnlySpan<int> Classes => _classes;

    /// <summary>The training rows that vote on a row, nearest first; none when one of its features is missing.</summary>
    /// <param name="features">The d features of the row.</param>
    /// <exception cref="ArgumentException">The row has another number of features.</exception>
    public IReadOnlyList<Neighbor> FindNeighbors(ReadOnlySpan<float> features) => _votes.Find(features);

    /// <inheritdoc/>
    public override void Score(FeatureMatrix features, Span<float> scores) => Score(features, scores, threads: 1);

    /// <summary>Gives the probabilities of the classes, on several threads.</summary>
    /// <param name="features">n × d, dense.</param>
    /// <param name="scores">Receives n × k probabilities, row-major; those of a row sum to 1.</param>
    /// <param name="threads">The most threads to use. The result is the same.</param>
    public void Score(FeatureMatrix features, Span<float> scores, int threads) =>
        _votes.Predict(features, new Labels(_classes, ClassCount), scores, threads);

    /// <inheritdoc/>
    public override void Save(ModelSaveContext context)
    {
        _votes.Save(context);
        context.Write("ClassCount", ClassCount);
        context.WriteArray<int>("Classes", _classes);
    }

    /// <inheritdoc/>
    public override string ToString() => $"KNearestNeighbors({_votes}, {ClassCount} classes)";

    internal static KNearestNeighborsModelParameters Load(ModelLoadContext context)
    {
        var votes = NeighborVotes.Load(context);
        int classCount = context.ReadInt32("ClassCount");
        int[] classes = context.ReadArray<int>("Classes", votes.Search.Count);
        return Array.TrueForAll(classes, c => c >= 0 && c < classCount)
            ? new(votes, classes, classCount)
            : throw context.Invalid($"a row is of a class that is not among its {classCount}");
    }

    private readonly struct Labels(int[] classes, int classCount) : INeighborLabels
    {
        public int ValueCount => classCount;

        public void Add(int row, double share, Span<double> sums) => sums[classes[row]] += share;
    }
}

/// <summary>The training rows and their numbers, whose mean over the k nearest to a row is predicted.</summary>
/// <remarks>A row with a missing feature (NaN) gets NaN.</remarks>
public sealed class KNearestNeighborsRegressionModelParameters : IRegressionModel
{
    internal const string Id = "MLPath.KNearestNeighborsRegression";

    private readonly NeighborVotes _votes;
    private readonly float[] _targets;

    internal KNearestNeighborsRegressionModelParameters(NeighborVotes votes, float[] targets) => (_votes, _targets) = (votes, targets);

    /// <inheritdoc/>
    public string ComponentId => Id;

    /// <inheritdoc/>
    public int FeatureCount => _votes.Search.Features;

    /// <summary>k.</summary>
    public int NumberOfNeighbors => _votes.Neighbors;

    /// <summary>How much a neighbour counts.</summary>
    public NeighborWeighting Weighting => _votes.Weighting;

    /// <summary>How far two rows are apart.</summary>
    public NeighborDistance Distance => _votes.Search.Distance;

    /// <summary>How neighbours are searched for; never <see cref="NeighborAlgorithm.Auto"/>.</summary>
    public NeighborAlgorithm Algorithm => _votes.Search.Algorithm;

    /// <summary>The numbers of the n rows that were learned from.</summary>
    public ReadOnlySpan<float> Targets => _targets;

    /// <summary>The training rows that a prediction is the mean of, nearest first; none when one of its features is missing.</summary>
    /// <param name="features">The d features of the row.</param>
    /// <exception cref="ArgumentException">The row has another number of features.</exception>
    public IReadOnlyList<Neighbor> FindNeighbors(ReadOnlySpan<float> features) => _votes.Find(features);

    /// <inheritdoc/>
    public void Score(FeatureMatrix features, Span<float> scores) => Score(features, scores, threads: 1);

    /// <summary>Predicts, on several threads.</summary>
    /// <param name="features">n × d, dense.</param>
    /// <param name="scores">Receives n predictions.</param>
    /// <param name="threads">The most threads to use. The result is the same.</param>
    public void Score(FeatureMatrix features, Span<float> scores, int threads) => _votes.Predict(features, new Labels(_targets), scores, threads);

    /// <inheritdoc/>
    public void Save(ModelSaveContext context)
    {
        _votes.Save(context);
        context.WriteArray<float>("Targets", _targets);
    }

    /// <inheritdoc/>
    public override string ToString() => $"KNearestNeighbors({_votes})";

    internal static KNearestNeighborsRegressionModelParameters Load(ModelLoadContext context)
    {
        var votes = NeighborVotes.Load(context);
        float[] targets = context.ReadArray<float>("Targets", votes.Search.Count);
        return Array.TrueForAll(targets, float.IsFinite) ? new(votes, targets) : throw context.Invalid("a label is not a finite number");
    }

    private readonly struct Labels(float[] targets) : INeighborLabels
    {
        public int ValueCount => 1;

        public void Add(int row, double share, Span<double> sums) => sums[0] += share * targets[row];
    }
}
