using System.Buffers;
using MLPath.Data;
using MLPath.Runtime;

namespace MLPath.Trainers;

/// <summary>What DBSCAN found: the core rows of each cluster, to which new rows are compared, and the cluster of each training row.</summary>
/// <remarks>A row with a missing feature (NaN) gets NaN scores, and belongs to no cluster.</remarks>
public sealed class DbscanModelParameters : IClusteringModel
{
    internal const string Id = "MLPath.Dbscan";

    private readonly FeatureMatrix _rows;
    private readonly int[] _cores;
    private readonly int[] _labels;
    private readonly NeighborAlgorithm _algorithm;
    private readonly NeighborSearch[] _clusters; // the core rows of each

    internal DbscanModelParameters(FeatureMatrix rows, int[] cores, int[] labels, double epsilon, NeighborDistance distance, NeighborAlgorithm algorithm)
    {
        (_rows, _cores, _labels, Epsilon, Distance, _algorithm) = (rows, cores, labels, epsilon, distance, algorithm);
        LargestScore = (float)(epsilon * epsilon);
        var places = new List<int>[labels.Max() + 1];
        for (int i = 0; i < cores.Length; i++)
            (places[labels[cores[i]]] ??= []).Add(i);
        _clusters = [.. places.Select(p => NeighborSearch.Create(rows.Gather([.. p]), distance, algorithm, () => { }))];
    }

    /// <inheritdoc/>
    public string ComponentId => Id;

    /// <inheritdoc/>
    public int FeatureCount => _rows.Columns;

    /// <inheritdoc/>
    public int ClusterCount => _clusters.Length;

    /// <summary>ε, the distance within which rows are neighbours.</summary>
    public double Epsilon { get; }

    /// <summary>How far two rows are apart.</summary>
    public NeighborDistance Distance { get; }

    /// <summary>ε²: a row whose squared distance from every core row is greater is noise.</summary>
    public float LargestScore { get; }

    /// <summary>The clusters of the n training rows, from 0; −1 for noise.</summary>
    public ReadOnlySpan<int> TrainingLabels => _labels;

    /// <summary>Which training rows are core rows, in their order.</summary>
    public ReadOnlySpan<int> CoreRows => _cores;

    /// <inheritdoc/>
    public void Score(FeatureMatrix features, Span<float> scores)
    {
        int k = ClusterCount, d = FeatureCount, most = Math.Min(NeighborSearch.BlockQueries, features.Rows);
        int[] nearest = ArrayPool<int>.Shared.Rent(most);
        double[] distances = ArrayPool<double>.Shared.Rent(most);
        for (int first = 0; first < features.Rows; first += NeighborSearch.BlockQueries)
        {
            int count = Math.Min(NeighborSearch.BlockQueries, features.Rows - first);
            for (int cluster = 0; cluster < k; cluster++)
            {
                _clusters[cluster].Nearest(features.Values.Slice(first * d, count * d), 1, nearest, distances);
                for (int i = 0; i < count; i++)
                    scores[((first + i) * k) + cluster] = Squared(distances[i]);
            }
        }

        ArrayPool<int>.Shared.Return(nearest);
        ArrayPool<double>.Shared.Return(distances);
    }

    /// <inheritdoc/>
    public void Save(ModelSaveContext context)
    {
        context.Write(nameof(Epsilon), Epsilon);
        context.WriteEnum(nameof(Distance), Distance);
        context.WriteEnum("Algorithm", _algorithm);
        context.WriteArray("Rows", _rows.Values, _rows.Rows, _rows.Columns);
        context.WriteArray<int>(nameof(CoreRows), _cores);
        context.WriteArray<int>(nameof(TrainingLabels), _labels);
    }

    /// <inheritdoc/>
    public override string ToString() => $"Dbscan({ClusterCount} clusters, {_cores.Length} core rows, {FeatureCount} features)";

    internal static DbscanModelParameters Load(ModelLoadContext context)
    {
        var rows = NeighborVotes.LoadRows(context, leastRows: 1);
        int[] cores = context.ReadArray<int>(nameof(CoreRows), rows.Rows);
        int[] labels = context.ReadArray<int>(nameof(TrainingLabels), -1);
        double epsilon = context.ReadFiniteNumber(nameof(Epsilon));
        if (!(epsilon > 0))
            throw context.Invalid($"{nameof(Epsilon)} is not above 0");
        for (int i = 0; i < cores.Length; i++)
        {
            if (cores[i] < 0 || cores[i] >= labels.Length || (i > 0 && cores[i] <= cores[i - 1]))
                throw context.Invalid("its core rows are not rows in their order");
        }

        // Every cluster has a core row, and nothing else is a cluster.
        var numbers = cores.Select(core => labels[core]).Distinct().Order().ToList();
        if (!numbers.SequenceEqual(Enumerable.Range(0, numbers.Count)) || labels.Any(label => label < -1 || label >= numbers.Count))
            throw context.Invalid("the clusters of its rows do not fit its core rows");
        return new(rows, cores, labels, epsilon, context.ReadEnum<NeighborDistance>(nameof(Distance)), context.ReadEnum<NeighborAlgorithm>("Algorithm"));
    }

    // Rounded to single precision, a score must still tell whether a row is within ε.
    private float Squared(double distance)
    {
        float squared = (float)Math.Min(distance * distance, float.MaxValue);
        return distance <= Epsilon ? Math.Min(squared, LargestScore) : Math.Max(squared, MathF.BitIncrement(LargestScore));
    }
}
