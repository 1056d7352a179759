using System.Numerics;

namespace MLPath.Transforms.Text;

/// <summary>Different sequences of keys, numbered from 0 in the order in which they were added. Open addressing; no object for each sequence.</summary>
/// <remarks>Finding changes nothing, so that many threads may do it while none adds.</remarks>
internal sealed class NgramTable
{
    private uint[] _keys = new uint[64];
    private int[] _ends = new int[16];    // sequence i is _keys[_ends[i - 1] .. _ends[i]]
    private uint[] _hashes = new uint[16];
    private int[] _buckets = new int[32]; // the number of a sequence + 1, or 0 where none is; a power of two, at most half full

    /// <summary>The number of sequences.</summary>
    public int Count { get; private set; }

    /// <summary>The sequence of a number.</summary>
    public ReadOnlySpan<uint> this[int index] => _keys.AsSpan(Start(index), _ends[index] - Start(index));

    /// <summary>The number of a sequence; −1 when it is not there.</summary>
    public int Find(ReadOnlySpan<uint> sequence)
    {
        uint hash = Hash(sequence);
        for (int bucket = (int)hash & (_buckets.Length - 1); ; bucket = (bucket + 1) & (_buckets.Length - 1))
        {
            int index = _buckets[bucket] - 1;
            if (index < 0 || (_hashes[index] == hash && this[index].SequenceEqual(sequence)))
                return index;
        }
    }

    /// <summary>Adds a sequence that is not there yet; returns its number.</summary>
    public int Add(ReadOnlySpan<uint> sequence)
    {
        if (2 * (Count + 1) > _buckets.Length)
            Rehash();
        int start = Count == 0 ? 0 : _ends[Count - 1];
        int end = checked(start + sequence.Length);
        if (_keys.Length < end)
            Array.Resize(ref _keys, (int)Math.Min(Array.MaxLength, Math.Max(end, 2L * _keys.Length)));
        if (_ends.Length == Count)
        {
            Array.Resize(ref _ends, 2 * Count);
            Array.Resize(ref _hashes, 2 * Count);
        }

        sequence.CopyTo(_keys.AsSpan(start));
        (_ends[Count], _hashes[Count]) = (end, Hash(sequence));
        Place(Count);
        return Count++;
    }

    private int Start(int index) => index == 0 ? 0 : _ends[index - 1];

    private void Rehash()
    {
        _buckets = new int[2 * _buckets.Length];
        for (int i = 0; i < Count; i++)
            Place(i);
    }

    private void Place(int index)
    {
        int bucket = (int)_hashes[index] & (_buckets.Length - 1);
        while (_buckets[bucket] != 0)
            bucket = (bucket + 1) & (_buckets.Length - 1);
        _buckets[bucket] = index + 1;
    }

    // Multiply and rotate each key in, then spread the high bits: the numbers do not depend on it, only how fast they are found.
    private static uint Hash(ReadOnlySpan<uint> sequence)
    {
        ulong hash = (ulong)sequence.Length;
        foreach (uint key in sequence)
            hash = BitOperations.RotateLeft((hash ^ key) * 0x9E37_79B9_7F4A_7C15, 27);
        return (uint)((hash * 0xD6E8_FEB8_6659_FD93) >> 32);
    }
}
