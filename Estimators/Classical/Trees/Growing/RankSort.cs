namespace MLPath.Trainers;

/// <summary>Sorts rows by rank. A row is a key: its rank in the upper half, its position in the lower.</summary>
internal static class RankSort
{
    // Below this a comparison sort wins over counting in 256 bins.
    private const int FewKeys = 192;
    private const int DigitBits = 8;
    private const int Digits = 1 << DigitBits;

    public static ulong Key(uint rank, int position) => ((ulong)rank << 32) | (uint)position;

    public static uint Rank(ulong key) => (uint)(key >> 32);

    public static int Position(ulong key) => (int)(uint)key;

    /// <summary>
    /// Sorts by rank, rows of equal rank by position. Least significant digit first (Knuth, TAOCP volume 3, algorithm 5.2.5R).
    /// </summary>
    /// <param name="keys">The keys, by increasing position; overwritten.</param>
    /// <param name="scratch">As many; overwritten.</param>
    /// <param name="greatest">No rank is above it.</param>
    /// <returns>One of the two, sorted.</returns>
    public static Span<ulong> Sort(Span<ulong> keys, Span<ulong> scratch, uint greatest)
    {
        if (keys.Length < FewKeys)
        {
            keys.Sort();
            return keys;
        }

        Span<int> next = stackalloc int[Digits];
        for (int shift = 32; shift < 64 && greatest >> (shift - 32) != 0; shift += DigitBits)
        {
            next.Clear();
            foreach (ulong key in keys)
                next[(byte)(key >> shift)]++;
            int start = 0;
            for (int digit = 0; digit < Digits; digit++)
                (next[digit], start) = (start, start + next[digit]);
            foreach (ulong key in keys)
                scratch[next[(byte)(key >> shift)]++] = key;
            var sorted = scratch;
            scratch = keys;
            keys = sorted;
        }

        return keys;
    }
}
