using MLPath.Data;
using MLPath.Numerics;

namespace MLPath.Trainers;

/// <summary>
/// The features of a training set as ranks: a tree asks only which of two values is greater, so each value is replaced by its place among
/// the distinct values of its feature, and sorting becomes a matter of small whole numbers. Shared by all trees of a forest.
/// </summary>
internal sealed class RankedFeatures
{
    // Sixteen floats are a cache line: a row's line is read once for as many features.
    private const int FeaturesPerChunk = 16;
    private const int RowsPerCheckpoint = 4096;

    private readonly int[][] _ranks;
    private readonly float[][] _values;

    private RankedFeatures(int features) => (_ranks, _values) = (new int[features][], new float[features][]);

    /// <summary>d, the number of features.</summary>
    public int Count => _ranks.Length;

    /// <summary>Ranks the features of a matrix.</summary>
    /// <param name="matrix">n × d, dense, finite.</param>
    /// <param name="threads">The most threads to use.</param>
    /// <param name="checkpoint">Called after every bounded amount of work, from any thread.</param>
    public static RankedFeatures Of(FeatureMatrix matrix, int threads, Action checkpoint)
    {
        var ranked = new RankedFeatures(matrix.Columns);
        ParallelLoop.For(matrix.Columns, FeaturesPerChunk, threads, CancellationToken.None, (_, start, end) =>
        {
            for (int feature = start; feature < end; feature++)
                ranked._ranks[feature] = new int[matrix.Rows];
            for (int row = 0; row < matrix.Rows; row++)
            {
                if (row % RowsPerCheckpoint == 0)
                    checkpoint();
                var values = matrix.Row(row);
                for (int feature = start; feature < end; feature++)
                    ranked._ranks[feature][row] = (int)OrderedBits(values[feature]);
            }

            var keys = new ulong[matrix.Rows];
            var scratch = new ulong[matrix.Rows];
            for (int feature = start; feature < end; feature++)
            {
                checkpoint();
                ranked._values[feature] = Rank(ranked._ranks[feature], keys, scratch);
            }
        });
        return ranked;
    }

    /// <summary>The ranks of a feature: 0 for the rows that have its least value.</summary>
    /// <param name="feature">The feature.</param>
    public ReadOnlySpan<int> Ranks(int feature) => _ranks[feature];

    /// <summary>
    /// The middle between two values of a feature, to the precision of a float. The lower one is at most that, the higher one is above it,
    /// even when they are neighbours.
    /// </summary>
    /// <param name="feature">The feature.</param>
    /// <param name="low">The rank of the lower value.</param>
    /// <param name="high">The rank of the higher one.</param>
    public float Threshold(int feature, int low, int high)
    {
        var (below, above) = (_values[feature][low], _values[feature][high]);
        float middle = (float)(((double)below + above) / 2);
        return middle < above ? middle : below;
    }

    // Replaces ordered bits by ranks, and returns the distinct values in order.
    private static float[] Rank(int[] bits, ulong[] keys, ulong[] scratch)
    {
        for (int row = 0; row < bits.Length; row++)
            keys[row] = RankSort.Key((uint)bits[row], row);
        var sorted = RankSort.Sort(keys, scratch, uint.MaxValue);
        var distinct = new List<float>();
        for (int i = 0; i < sorted.Length; i++)
        {
            if (i == 0 || RankSort.Rank(sorted[i]) != RankSort.Rank(sorted[i - 1]))
                distinct.Add(FromOrderedBits(RankSort.Rank(sorted[i])));
            bits[RankSort.Position(sorted[i])] = distinct.Count - 1;
        }

        return [.. distinct];
    }

    // Unsigned integers in the order of the floats: negative ones have all bits flipped, the others the sign bit. Adding 0 makes one of the
    // two zeros.
    private static uint OrderedBits(float value)
    {
        uint bits = BitConverter.SingleToUInt32Bits(value + 0f);
        return (bits & 0x8000_0000) != 0 ? ~bits : bits | 0x8000_0000;
    }

    private static float FromOrderedBits(uint ordered) =>
        BitConverter.UInt32BitsToSingle((ordered & 0x8000_0000) != 0 ? ordered & 0x7FFF_FFFF : ~ordered);
}
