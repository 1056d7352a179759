using System.Buffers;
using System.Numerics.Tensors;
using MLPath.Data;
using MLPath.Runtime;

namespace MLPath.Trainers;

/// <summary>A training row that votes on a prediction.</summary>
/// <param name="Row">Its number among the rows that were learned from, from 0.</param>
/// <param name="Distance">How far it is.</param>
/// <param name="Share">Its part in the prediction; the shares of all neighbours sum to 1.</param>
public readonly record struct Neighbor(int Row, double Distance, double Share);

/// <summary>What the neighbours vote with; a structure, so that the loop over them is compiled for it.</summary>
internal interface INeighborLabels
{
    /// <summary>The number of values of a prediction.</summary>
    int ValueCount { get; }

    /// <summary>Adds a vote.</summary>
    /// <param name="row">The training row that votes.</param>
    /// <param name="share">How much it counts.</param>
    /// <param name="sums"><see cref="ValueCount"/> sums.</param>
    void Add(int row, double share, Span<double> sums);
}

/// <summary>Training rows and how they vote: what the prediction of classes and of numbers have in common.</summary>
/// <param name="index">The rows.</param>
/// <param name="weighting">How much a neighbour counts.</param>
/// <param name="distance">How far two rows are apart.</param>
internal sealed class NeighborVotes(NeighborIndex index, NeighborWeighting weighting, NeighborDistance distance)
{
    // The lists of a block of queries hold about as many rows, unless a single one is longer.
    private const int ListedRows = 1 << 14;
    private const int MostQueries = 1024;
    private const int SumsOnStack = 64;

    public NeighborIndex Index => index;

    public NeighborWeighting Weighting => weighting;

    public NeighborDistance Distance => distance;

    /// <summary>Predicts: the mean of the neighbours' votes; NaN for a row with a missing feature.</summary>
    /// <param name="features">n × d, dense.</param>
    /// <param name="labels">What the training rows vote with.</param>
    /// <param name="scores">Receives n × values.</param>
    public void Predict<TLabels>(FeatureMatrix features, TLabels labels, Span<float> scores) where TLabels : struct, INeighborLabels
    {
        int k = labels.ValueCount, d = features.Columns;
        double[]? rented = k > SumsOnStack ? ArrayPool<double>.Shared.Rent(k) : null;
        Span<double> room = rented ?? stackalloc double[SumsOnStack];
        var sums = room[..k];
        int block = Math.Clamp(ListedRows / index.Capacity, 1, MostQueries);
        for (int first = 0; first < features.Rows; first += block)
        {
            using var found = new NeighborLists(index, Math.Min(block, features.Rows - first));
            Search(features.Values.Slice(first * d, found.Count * d), found);
            for (int query = 0; query < found.Count; query++)
            {
                sums.Clear();
                double total = 0;
                for (int i = 0; i < found.Rows(query).Length; i++)
                {
                    double vote = Vote(found, query, i);
                    labels.Add(found.Rows(query)[i], vote, sums);
                    total += vote;
                }

                for (int c = 0; c < k; c++)
                    scores[((first + query) * k) + c] = (float)(sums[c] / total);
            }
        }

        if (rented is not null)
            ArrayPool<double>.Shared.Return(rented);
    }

    /// <summary>The neighbours of one row, nearest first; none when a feature is missing.</summary>
    public IReadOnlyList<Neighbor> Find(ReadOnlySpan<float> row)
    {
        if (row.Length != index.Features)
            throw new ArgumentException($"The model has {index.Features} features; the row has {row.Length}.", nameof(row));
        using var found = new NeighborLists(index, 1);
        Search(row, found);
        var neighbors = new Neighbor[found.Rows(0).Length];
        double total = 0;
        for (int i = 0; i < neighbors.Length; i++)
            total += Vote(found, 0, i);
        for (int i = 0; i < neighbors.Length; i++)
            neighbors[i] = new Neighbor(found.Rows(0)[i], Far(found.Distances(0)[i]), Vote(found, 0, i) / total);
        return neighbors;
    }

    public void Save(ModelSaveContext context)
    {
        context.Write("NumberOfNeighbors", index.Neighbors);
        context.WriteEnum("Weighting", weighting);
        context.WriteEnum("Distance", distance);
        context.WriteArray<float>("Rows", index.ToRows(), index.Count, index.Features);
        context.WriteArray("RowWeights", index.Weights);
    }

    public static NeighborVotes Load(ModelLoadContext context)
    {
        float[] rows = context.ReadShape("Rows") is [var n and > 0, var d and > 0]
            ? context.ReadArray<float>("Rows", n, d)
            : throw context.Invalid("it has no rows or no features");
        float[] weights = context.ReadArray<float>("RowWeights");
        int neighbors = context.ReadInt32("NumberOfNeighbors");
        if (!TensorPrimitives.IsFiniteAll<float>(rows))
            throw context.Invalid("a feature is not a finite number");
        if (weights.Length != 0 && (weights.Length != n || !weights.All(w => w > 0 && float.IsFinite(w))))
            throw context.Invalid($"it should have a positive weight for each of its {n} rows, or none");
        if (neighbors < 1)
            throw context.Invalid($"{neighbors} neighbours cannot vote");
        return new NeighborVotes(
            new NeighborIndex(new FeatureMatrix(n, d, rows), weights, neighbors, () => { }),
            context.ReadEnum<NeighborWeighting>("Weighting"), context.ReadEnum<NeighborDistance>("Distance"));
    }

    public override string ToString() => $"k={index.Neighbors}, {index.Count} rows, {index.Features} features";

    private void Search(ReadOnlySpan<float> queries, scoped NeighborLists found)
    {
        if (distance == NeighborDistance.Euclidean)
            index.Search<EuclideanMetric>(queries, found);
        else
            index.Search<ManhattanMetric>(queries, found);
    }

    /// <summary>
    /// How much a neighbour counts. Inverse distances are taken relative to the nearest one: that leaves the limit at distance 0 finite.
    /// </summary>
    private double Vote(scoped NeighborLists found, int query, int position)
    {
        double share = found.Share(query, position);
        if (weighting == NeighborWeighting.Uniform)
            return share;
        double nearest = Far(found.Distances(query)[0]), own = Far(found.Distances(query)[position]);
        return own == nearest ? share : share * nearest / own;
    }

    // The root is taken here, of the few that were found.
    private double Far(float sum) => distance == NeighborDistance.Euclidean ? Math.Sqrt(sum) : sum;
}
