using System.Runtime.Intrinsics;

namespace MLPath.Transforms;

/// <summary>
/// Finds the k least of many numbers: those below the k-th least so far are put aside, and when there are too many of them, the k least are kept.
/// </summary>
/// <param name="count">k, 1 or more.</param>
internal sealed class NearestRows(int count)
{
    private readonly float[] _values = new float[(4 * count) + Vector512<float>.Count];
    private readonly int[] _indices = new int[(4 * count) + Vector512<float>.Count];
    private float _bound;
    private int _kept;

    /// <summary>Finds the places of the k least values, in increasing order of place.</summary>
    /// <param name="values">Numbers, at least k of them finite; the others are +∞.</param>
    /// <param name="places">Receives k places.</param>
    public void Find(ReadOnlySpan<float> values, Span<int> places)
    {
        (_bound, _kept) = (float.PositiveInfinity, 0);
        int width = Vector512<float>.Count, i = 0;
        for (; i <= values.Length - width; i += width)
        {
            ulong below = Vector512.ExtractMostSignificantBits(Vector512.LessThan(Vector512.Create(values[i..]), Vector512.Create(_bound)));
            for (; below != 0; below &= below - 1)
                Put(values, i + int.CreateTruncating(ulong.TrailingZeroCount(below)));
            if (_kept > 4 * count)
                Shorten();
        }

        for (; i < values.Length; i++)
        {
            if (values[i] < _bound)
                Put(values, i);
        }

        Shorten();
        _indices.AsSpan(0, count).CopyTo(places);
        places[..count].Sort();
    }

    private void Put(ReadOnlySpan<float> values, int i) => (_values[_kept], _indices[_kept++]) = (values[i], i);

    private void Shorten()
    {
        _values.AsSpan(0, _kept).Sort(_indices.AsSpan(0, _kept));
        _kept = Math.Min(_kept, count);
        _bound = _values[_kept - 1];
        if (_kept < count)
            _bound = float.PositiveInfinity;
    }
}
