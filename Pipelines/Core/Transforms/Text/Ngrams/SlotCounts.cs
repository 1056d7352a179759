namespace MLPath.Transforms.Text;

/// <summary>Counts how often slots occur in a row, and gives them as a sparse row. Keeps its memory from row to row.</summary>
internal sealed class SlotCounts
{
    private int[] _slots = new int[64];
    private float[] _values = new float[64];
    private int _count;

    /// <summary>The slots that occurred, increasing; after <see cref="Finish"/>.</summary>
    public ReadOnlySpan<int> Slots => _slots.AsSpan(0, _count);

    /// <summary>How often each of <see cref="Slots"/> occurred; after <see cref="Finish"/>. May be overwritten.</summary>
    public Span<float> Values => _values.AsSpan(0, _count);

    /// <summary>Begins a row.</summary>
    public void Clear() => _count = 0;

    /// <summary>Counts one occurrence.</summary>
    public void Add(int slot)
    {
        if (_count == _slots.Length)
        {
            Array.Resize(ref _slots, 2 * _count);
            Array.Resize(ref _values, 2 * _count);
        }

        _slots[_count++] = slot;
    }

    /// <summary>Ends the row: sorts the slots and makes equal ones one.</summary>
    public void Finish()
    {
        _slots.AsSpan(0, _count).Sort();
        int stored = 0;
        for (int i = 0; i < _count; i++)
        {
            if (stored > 0 && _slots[stored - 1] == _slots[i])
                _values[stored - 1]++;
            else
                (_slots[stored], _values[stored++]) = (_slots[i], 1f);
        }

        _count = stored;
    }
}
