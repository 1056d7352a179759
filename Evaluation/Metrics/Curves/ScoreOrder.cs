namespace MLPath.Evaluation;

/// <summary>
/// Orders rows by falling score; rows of equal score stay in row order, so that the result depends on nothing but the scores.
/// Each row becomes one 64-bit number, its score above its index, and the numbers are sorted by a radix sort: O(n), and several times
/// faster than comparing. Buffers are kept between calls of the same size.
/// </summary>
internal sealed class ScoreOrder
{
    // Below this many rows, clearing the radix counters costs more than the sort.
    private const int RadixThreshold = 4096;
    private const int DigitBits = 11;
    private const int Digits = 3;
    private const int Radix = 1 << DigitBits;

    private ulong[] _keys = [];
    private ulong[] _scratch = [];

    /// <summary>Sorts the rows and hands out their indices, one by one, through <see cref="RowAt"/>.</summary>
    /// <param name="scores">The scores, all finite.</param>
    public void Sort(ReadOnlySpan<float> scores)
    {
        if (_keys.Length != scores.Length)
        {
            _keys = new ulong[scores.Length];
            _scratch = scores.Length >= RadixThreshold ? new ulong[scores.Length] : [];
        }
        for (int row = 0; row < scores.Length; row++)
            _keys[row] = ((ulong)DescendingKey(scores[row]) << 32) | (uint)row;
        if (scores.Length >= RadixThreshold)
            RadixSort();
        else
            Array.Sort(_keys);
    }

    /// <summary>The row at a position of the order.</summary>
    public int RowAt(int position) => (int)(uint)_keys[position];

    // A number that is small for a large score. IEEE floats order like sign-magnitude integers; + 0f makes -0 the 0 it equals.
    private static uint DescendingKey(float score)
    {
        uint bits = BitConverter.SingleToUInt32Bits(score + 0f);
        return (bits & 0x8000_0000) != 0 ? bits : ~(bits | 0x8000_0000);
    }

    private void RadixSort()
    {
        var counters = new int[Digits * Radix];
        foreach (ulong key in _keys)
        {
            for (int digit = 0; digit < Digits; digit++)
                counters[digit * Radix + Digit(key, digit)]++;
        }
        for (int digit = 0; digit < Digits; digit++)
        {
            var starts = counters.AsSpan(digit * Radix, Radix);
            int start = 0;
            for (int value = 0; value < Radix; value++)
                (starts[value], start) = (start, start + starts[value]);
            foreach (ulong key in _keys)
                _scratch[starts[Digit(key, digit)]++] = key;
            (_keys, _scratch) = (_scratch, _keys);
        }
    }

    private static int Digit(ulong key, int digit) => (int)(key >> (32 + digit * DigitBits)) & (Radix - 1);
}
