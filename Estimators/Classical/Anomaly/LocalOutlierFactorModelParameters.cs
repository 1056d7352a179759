using System.Buffers;
using MLPath.Data;
using MLPath.Runtime;

namespace MLPath.Trainers;

/// <summary>The training rows and the densities around them, with which the local density around a new row is compared.</summary>
/// <remarks>A row with a missing feature (NaN) scores NaN, and is no anomaly; one with an infinite feature scores the greatest number.</remarks>
public sealed class LocalOutlierFactorModelParameters : IAnomalyModel
{
    internal const string Id = "MLPath.LocalOutlierFactor";

    private readonly NeighborSearch _search;
    private readonly double[] _reach;
    private readonly double[] _densities;
    private readonly double[] _scores;

    internal LocalOutlierFactorModelParameters(NeighborSearch search, int neighbors, double[] reach, double[] densities, double[] scores, float threshold) =>
        (_search, NumberOfNeighbors, _reach, _densities, _scores, DefaultThreshold) = (search, neighbors, reach, densities, scores, threshold);

    /// <inheritdoc/>
    public string ComponentId => Id;

    /// <inheritdoc/>
    public int FeatureCount => _search.Features;

    /// <summary>k, how many neighbours tell the density around a row.</summary>
    public int NumberOfNeighbors { get; }

    /// <summary>How far two rows are apart.</summary>
    public NeighborDistance Distance => _search.Distance;

    /// <summary>How neighbours are searched for; never <see cref="NeighborAlgorithm.Auto"/>.</summary>
    public NeighborAlgorithm Algorithm => _search.Algorithm;

    /// <inheritdoc/>
    public float DefaultThreshold { get; }

    /// <summary>The scores of the n training rows, none of which is its own neighbour here: the greater, the more of an anomaly.</summary>
    public ReadOnlySpan<double> TrainingScores => _scores;

    /// <summary>The local densities lrd of the n training rows.</summary>
    public ReadOnlySpan<double> LocalDensities => _densities;

    /// <inheritdoc/>
    public void Score(FeatureMatrix features, Span<float> scores)
    {
        int k = NumberOfNeighbors, d = FeatureCount;
        for (int first = 0; first < features.Rows; first += NeighborSearch.BlockQueries)
        {
            int count = Math.Min(NeighborSearch.BlockQueries, features.Rows - first);
            int[] rows = ArrayPool<int>.Shared.Rent(count * k);
            double[] distances = ArrayPool<double>.Shared.Rent(count * k);
            _search.Nearest(features.Values.Slice(first * d, count * d), k, rows, distances);
            for (int query = 0; query < count; query++)
            {
                var neighbors = rows.AsSpan(query * k, k);
                if (neighbors[0] < 0)
                {
                    scores[first + query] = float.NaN;
                    continue;
                }

                double density = LocalOutlierFactor.Density(neighbors, distances.AsSpan(query * k, k), _reach);
                scores[first + query] = (float)Math.Min(LocalOutlierFactor.Score(neighbors, density, _densities), float.MaxValue);
            }

            ArrayPool<int>.Shared.Return(rows);
            ArrayPool<double>.Shared.Return(distances);
        }
    }

    /// <inheritdoc/>
    public void Save(ModelSaveContext context)
    {
        context.Write(nameof(NumberOfNeighbors), NumberOfNeighbors);
        context.WriteEnum(nameof(Distance), Distance);
        context.WriteEnum(nameof(Algorithm), Algorithm);
        context.Write(nameof(DefaultThreshold), DefaultThreshold);
        context.WriteArray("Rows", _search.Points.Values, _search.Count, FeatureCount);
        context.WriteArray<double>("Reach", _reach);
        context.WriteArray<double>(nameof(LocalDensities), _densities);
        context.WriteArray<double>(nameof(TrainingScores), _scores);
    }

    /// <inheritdoc/>
    public override string ToString() => $"LocalOutlierFactor(k={NumberOfNeighbors}, {_search.Count} rows, {FeatureCount} features)";

    internal static LocalOutlierFactorModelParameters Load(ModelLoadContext context)
    {
        var points = NeighborVotes.LoadRows(context, leastRows: 2);
        int n = points.Rows;
        int neighbors = context.ReadInt32(nameof(NumberOfNeighbors));
        if (neighbors < 1 || neighbors >= n)
            throw context.Invalid($"{n} rows have no {neighbors} neighbours each");
        double[] densities = context.ReadFinite(nameof(LocalDensities), n);
        if (!Array.TrueForAll(densities, density => density > 0))
            throw context.Invalid("a density is not positive");
        float threshold = context.ReadSingle(nameof(DefaultThreshold));
        if (!float.IsFinite(threshold))
            throw context.Invalid("its threshold is not a finite number");
        var search = NeighborSearch.Create(
            points, context.ReadEnum<NeighborDistance>(nameof(Distance)), context.ReadEnum<NeighborAlgorithm>(nameof(Algorithm)), () => { });
        return new(search, neighbors, context.ReadFinite("Reach", n), densities, context.ReadFinite(nameof(TrainingScores), n), threshold);
    }
}
