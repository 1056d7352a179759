namespace MLPath.Evaluation;

/// <summary>
/// Orders rows by falling score; rows of equal score stay in row order, so that the result depends on nothing but the data.
/// A row becomes one 64-bit entry, from the top: its score as a falling key (32 bits), its index (31), whether it is positive (1). Entries
/// are sorted by a radix sort on the score, which is O(n) and several times faster than comparing, and are then read in sequence, so that
/// neither scores nor truths are looked up in random order. Buffers are kept between calls of the same size.
/// </summary>
internal sealed class ScoreOrder
{
    // Below this many rows, clearing the radix counters costs more than the sort.
    private const int RadixThreshold = 4096;
    private const int DigitBits = 11;
    private const int Digits = 3;
    private const int Radix = 1 << DigitBits;
    private const uint SignBit = 0x8000_0000;

    private ulong[] _entries = [];
    private ulong[] _scratch = [];

    /// <summary>The entries of the last sort, by falling score.</summary>
    public ReadOnlySpan<ulong> Entries => _entries;

    /// <summary>Sorts the rows.</summary>
    /// <param name="scores">n finite scores.</param>
    /// <param name="positive">n truths.</param>
    public void Sort(ReadOnlySpan<float> scores, ReadOnlySpan<bool> positive)
    {
        if (_entries.Length != scores.Length)
        {
            _entries = new ulong[scores.Length];
            _scratch = scores.Length >= RadixThreshold ? new ulong[scores.Length] : [];
        }
        for (int row = 0; row < scores.Length; row++)
            _entries[row] = ((ulong)FallingKey(scores[row]) << 32) | ((uint)row << 1) | (positive[row] ? 1u : 0u);
        if (scores.Length >= RadixThreshold)
            RadixSort();
        else
            Array.Sort(_entries);
    }

    public static bool IsPositive(ulong entry) => (entry & 1) != 0;

    public static int Row(ulong entry) => (int)((uint)entry >> 1);

    public static bool SameScore(ulong one, ulong other) => one >> 32 == other >> 32;

    public static float Score(ulong entry)
    {
        uint key = (uint)(entry >> 32);
        return BitConverter.UInt32BitsToSingle((key & SignBit) != 0 ? key : ~key & ~SignBit);
    }

    // A number that is small for a large score. IEEE floats order like sign-magnitude integers; + 0f makes -0 the 0 it equals.
    private static uint FallingKey(float score)
    {
        uint bits = BitConverter.SingleToUInt32Bits(score + 0f);
        return (bits & SignBit) != 0 ? bits : ~(bits | SignBit);
    }

    private void RadixSort()
    {
        var counters = new int[Digits * Radix];
        foreach (ulong entry in _entries)
        {
            for (int digit = 0; digit < Digits; digit++)
                counters[digit * Radix + Digit(entry, digit)]++;
        }
        for (int digit = 0; digit < Digits; digit++)
        {
            var starts = counters.AsSpan(digit * Radix, Radix);
            int start = 0;
            for (int value = 0; value < Radix; value++)
                (starts[value], start) = (start, start + starts[value]);
            foreach (ulong entry in _entries)
                _scratch[starts[Digit(entry, digit)]++] = entry;
            (_entries, _scratch) = (_scratch, _entries);
        }
    }

    private static int Digit(ulong entry, int digit) => (int)(entry >> (32 + digit * DigitBits)) & (Radix - 1);
}
