using System.Runtime.InteropServices;
using MLPath.Numerics;

namespace MLPath.Trainers;

/// <summary>
/// Grows one tree: the leaf whose split gains most is split first, until none can be split or the tree has as many leaves as it may.
/// Without a bound on leaves that order does not matter.
/// </summary>
/// <typeparam name="TCriterion">What splits are to achieve; a structure, so that the inner loop is compiled for it.</typeparam>
/// <param name="features">The ranked features of the training set.</param>
/// <param name="criterion">Knows the labels and weights of its rows.</param>
/// <param name="limits">When to stop.</param>
/// <param name="featuresPerSplit">How many features are tried at each node, at most.</param>
/// <param name="random">Draws these features; null when all are tried.</param>
/// <param name="checkpoint">Called after every bounded amount of work.</param>
internal sealed class TreeGrower<TCriterion>(
    RankedFeatures features, TCriterion criterion, TreeGrowthOptions limits, int featuresPerSplit, RandomStream? random, Action checkpoint)
    where TCriterion : struct, ICriterion
{
    // Larger nodes look for cancellation at every feature.
    private const int RowsPerCheckpoint = 4096;

    // Scores of splits that are equally good differ by rounding; what is closer than this is a tie.
    private const double Rounding = 1e-13;

    private readonly int[] _featureOrder = [.. Enumerable.Range(0, features.Count)];
    private readonly GrowingTree _tree = new(criterion.ValueCount);
    private int[] _rows = [];
    private int[] _aside = [];
    private ulong[] _keys = [];
    private ulong[] _sortedKeys = [];

    /// <summary>A leaf that can be split: its rows are a segment of all rows, which the split divides in two.</summary>
    private readonly record struct Leaf(int Node, int Start, int Count, int Depth, Split Split);

    /// <summary>
    /// The rows whose rank is at most <paramref name="Low"/> go left; <paramref name="High"/> is the next rank in the node.
    /// </summary>
    private readonly record struct Split(int Feature, int Low, int High, double Score)
    {
        public static Split None { get; } = new(-1, 0, 0, double.NegativeInfinity);
    }

    /// <summary>Grows the tree.</summary>
    /// <param name="rows">The rows to learn from, at least one; reordered.</param>
    public GrowingTree Grow(int[] rows)
    {
        (_rows, _aside) = (rows, new int[rows.Length]);
        (_keys, _sortedKeys) = (new ulong[rows.Length], new ulong[rows.Length]);

        // The greatest gain first; of equal ones, the node that was made first.
        var open = new PriorityQueue<Leaf, (double Loss, int Node)>();
        Add(0, rows.Length, depth: 0);
        int leaves = 1;
        while (leaves < (limits.MaximumLeafCount ?? int.MaxValue) && open.TryDequeue(out var leaf, out _))
        {
            var split = leaf.Split;
            int left = Divide(leaf);
            _tree.Split(leaf.Node, split.Feature, features.Threshold(split.Feature, split.Low, split.High));
            Add(leaf.Start, left, leaf.Depth + 1);
            Add(leaf.Start + left, leaf.Count - left, leaf.Depth + 1);
            leaves++;
        }

        return _tree;

        void Add(int start, int count, int depth)
        {
            checkpoint();
            var segment = _rows.AsSpan(start, count);
            criterion.Enter(segment);
            int node = _tree.Add(criterion);
            if (depth >= (limits.MaximumDepth ?? int.MaxValue) || count < limits.MinimumExampleCountPerSplit
                || count / 2 < limits.MinimumExampleCountPerLeaf || criterion.IsPure)
            {
                return;
            }

            var split = FindSplit(segment);
            double gain = Math.Max(0, split.Score - criterion.Baseline);
            if (split.Feature >= 0 && gain / _tree.RootWeight >= limits.MinimumImpurityDecrease)
                open.Enqueue(new Leaf(node, start, count, depth, split), (-gain, node));
        }
    }

    /// <summary>The best split of a node; of equally good ones that of the lowest feature, and of its lowest threshold.</summary>
    /// <remarks>Features are drawn until enough have been tried and one of them can divide the node at all.</remarks>
    private Split FindSplit(ReadOnlySpan<int> rows)
    {
        var best = Split.None;
        for (int tried = 0; tried < features.Count && (tried < featuresPerSplit || best.Feature < 0); tried++)
        {
            if (rows.Length >= RowsPerCheckpoint)
                checkpoint();
            int feature = Draw(tried);
            var sorted = SortedKeys(features.Ranks(feature), rows, out int lowest);
            if (sorted.IsEmpty)
                continue;
            var split = BestSplit(feature, sorted, lowest);
            if (IsAbove(split.Score, best.Score) || (split.Feature < best.Feature && !IsAbove(best.Score, split.Score)))
                best = split;
        }

        return best;
    }

    // A step of a Fisher-Yates shuffle; each shuffle starts where the last one ended.
    private int Draw(int tried)
    {
        if (random is not null)
        {
            int other = random.NextInt32(tried, features.Count);
            (_featureOrder[tried], _featureOrder[other]) = (_featureOrder[other], _featureOrder[tried]);
        }

        return _featureOrder[tried];
    }

    /// <summary>The positions of a node's rows by rank, counted from the lowest rank in the node; empty when all have the same.</summary>
    private Span<ulong> SortedKeys(ReadOnlySpan<int> ranks, ReadOnlySpan<int> rows, out int lowest)
    {
        var nodeRanks = MemoryMarshal.Cast<ulong, int>(_sortedKeys.AsSpan())[..rows.Length];
        lowest = int.MaxValue;
        int highest = -1;
        for (int i = 0; i < rows.Length; i++)
        {
            int rank = nodeRanks[i] = ranks[rows[i]];
            lowest = Math.Min(lowest, rank);
            highest = Math.Max(highest, rank);
        }

        if (lowest == highest)
            return default;
        var keys = _keys.AsSpan(0, rows.Length);
        for (int i = 0; i < keys.Length; i++)
            keys[i] = RankSort.Key((uint)(nodeRanks[i] - lowest), i);
        return RankSort.Sort(keys, _sortedKeys.AsSpan(0, rows.Length), (uint)(highest - lowest));
    }

    private Split BestSplit(int feature, ReadOnlySpan<ulong> sorted, int lowest)
    {
        var best = Split.None;
        int fewest = limits.MinimumExampleCountPerLeaf;
        criterion.Rewind();
        for (int i = 0; i < sorted.Length - fewest; i++)
        {
            criterion.MoveLeft(RankSort.Position(sorted[i]));
            uint low = RankSort.Rank(sorted[i]), high = RankSort.Rank(sorted[i + 1]);
            if (low == high || i + 1 < fewest)
                continue;
            double score = criterion.Score();
            if (IsAbove(score, best.Score))
                best = new Split(feature, lowest + (int)low, lowest + (int)high, score);
        }

        return best;
    }

    private static bool IsAbove(double score, double other) => score - other > Rounding * Math.Abs(score);

    /// <summary>
    /// Brings the rows that go left before those that go right, each side in its old order; gives the number on the left.
    /// </summary>
    private int Divide(in Leaf leaf)
    {
        var ranks = features.Ranks(leaf.Split.Feature);
        var segment = _rows.AsSpan(leaf.Start, leaf.Count);
        int left = 0, right = 0;
        foreach (int row in segment)
        {
            if (ranks[row] <= leaf.Split.Low)
                segment[left++] = row;
            else
                _aside[right++] = row;
        }

        _aside.AsSpan(0, right).CopyTo(segment[left..]);
        return left;
    }
}
