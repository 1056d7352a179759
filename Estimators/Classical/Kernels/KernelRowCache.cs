using System.Runtime.InteropServices;
using MLPath.Numerics;

namespace MLPath.Trainers;

/// <summary>
/// Rows K(xᵢ, ·) of the kernel matrix of n rows with themselves, kept while there is room; those that were not used for longest make place.
/// </summary>
internal sealed class KernelRowCache
{
    private readonly KernelBasis _basis;
    private readonly float[]?[] _rows; // n; null for what is not kept
    private readonly LinkedListNode<int>?[] _places; // n; a kept row's place in the order of use
    private readonly LinkedList<int> _byUse = new(); // least recently used first
    private readonly List<int> _missing = [];

    /// <summary>Creates an empty cache.</summary>
    /// <param name="basis">The n rows.</param>
    /// <param name="capacity">How many rows of the matrix may be kept; at least as many as are asked for together.</param>
    public KernelRowCache(KernelBasis basis, int capacity)
    {
        (_basis, Capacity) = (basis, capacity);
        _rows = new float[basis.Count][];
        _places = new LinkedListNode<int>[basis.Count];
    }

    /// <summary>How many rows may be kept.</summary>
    public int Capacity { get; }

    /// <summary>A row of the matrix; it was asked for by the last <see cref="Require"/>.</summary>
    /// <param name="row">The row.</param>
    public float[] this[int row] => _rows[row]!;

    /// <summary>Computes those of some rows that are not kept.</summary>
    /// <param name="rows">The rows, at most <see cref="Capacity"/> of them, each once.</param>
    /// <param name="context">Threads and cancellation.</param>
    public void Require(ReadOnlySpan<int> rows, FitContext context)
    {
        _missing.Clear();
        foreach (int row in rows)
        {
            if (_places[row] is { } place)
            {
                _byUse.Remove(place);
                _byUse.AddLast(place);
            }
            else
            {
                _missing.Add(row);
            }
        }

        foreach (int row in _missing)
            Place(row);
        for (int start = 0; start < _missing.Count; start += Kernel.BlockRows)
            Compute(_missing.GetRange(start, Math.Min(Kernel.BlockRows, _missing.Count - start)), context);
    }

    /// <summary>Moves what is kept to a cache for some of the rows.</summary>
    /// <param name="basis">The rows.</param>
    /// <param name="rows">Which of the rows here they are.</param>
    /// <param name="capacity">How many rows the new cache may keep, at least as many as this one or as there are.</param>
    public KernelRowCache MoveTo(KernelBasis basis, int[] rows, int capacity)
    {
        var places = new int[_rows.Length];
        Array.Fill(places, -1);
        for (int i = 0; i < rows.Length; i++)
            places[rows[i]] = i;
        var cache = new KernelRowCache(basis, capacity);
        foreach (int row in _byUse)
        {
            if (places[row] >= 0)
            {
                float[] values = _rows[row]!, moved = GC.AllocateUninitializedArray<float>(rows.Length);
                for (int i = 0; i < rows.Length; i++)
                    moved[i] = values[rows[i]];
                cache._rows[places[row]] = moved;
                cache._places[places[row]] = cache._byUse.AddLast(places[row]);
            }

            (_rows[row], _places[row]) = (null, null);
        }

        _byUse.Clear();
        return cache;
    }

    // Finds memory for a row: its own while there is room, then that of the row that was not used for longest.
    private void Place(int row)
    {
        if (_byUse.Count < Capacity)
        {
            _rows[row] = GC.AllocateUninitializedArray<float>(_basis.Count);
            _places[row] = _byUse.AddLast(row);
            return;
        }

        var place = _byUse.First!;
        int old = place.Value;
        (_rows[row], _rows[old]) = (_rows[old], null);
        (_places[row], _places[old]) = (place, null);
        place.Value = row;
        _byUse.Remove(place);
        _byUse.AddLast(place);
    }

    private void Compute(List<int> rows, FitContext context)
    {
        context.Checkpoint();
        var x = _basis.Subset(CollectionsMarshal.AsSpan(rows));
        float[][] destination = [.. rows.Select(r => _rows[r]!)];
        ParallelLoop.For(_basis.Count, Kernel.BlockColumns, context.Threads, context.CancellationToken, (_, start, end) =>
            _basis.Products(x, start, end - start, destination));
    }
}
