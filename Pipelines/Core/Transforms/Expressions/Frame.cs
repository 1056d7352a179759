using System.Runtime.InteropServices;

namespace MLPath.Transforms.Expressions;

/// <summary>
/// The values that are computed together: up to <see cref="Size"/> rows, or up to as many items of vectors. An expression is evaluated node
/// by node on a whole frame, so that each node's loop runs over arrays that stay in the cache.
/// </summary>
internal sealed class Frame
{
    /// <summary>The most values of a frame.</summary>
    public const int Size = 2048;

    private readonly List<FrameRun> _runs = [];
    private long _position;

    /// <summary>The number of values.</summary>
    public int Count { get; private set; }

    /// <summary>Differs from frame to frame, so that what is kept of one frame is not taken for the next.</summary>
    public long Number { get; private set; }

    /// <summary>The runs of values, in order.</summary>
    public ReadOnlySpan<FrameRun> Runs => CollectionsMarshal.AsSpan(_runs);

    /// <summary>Begins an empty frame.</summary>
    /// <param name="position">The position of the batch's first row in the view.</param>
    public void Begin(long position)
    {
        (_position, Count) = (position, 0);
        Number++;
        _runs.Clear();
    }

    /// <summary>Adds values.</summary>
    public void Add(FrameRun run)
    {
        _runs.Add(run);
        Count += run.Count;
    }

    /// <summary>The row of the view that a value belongs to.</summary>
    public long RowOf(int place)
    {
        foreach (var run in Runs)
        {
            if (place < run.Count)
                return _position + run.Row + (run.OfRows ? place : 0);
            place -= run.Count;
        }

        throw new ArgumentOutOfRangeException(nameof(place));
    }
}

/// <summary>Some values of a frame: one of each of some rows, or some items of one row's vectors.</summary>
/// <param name="Row">The first row of the batch, or the one row.</param>
/// <param name="Slot">The first item; 0 for rows.</param>
/// <param name="Count">How many.</param>
/// <param name="OfRows">Whether they are of different rows.</param>
internal readonly record struct FrameRun(int Row, int Slot, int Count, bool OfRows);

/// <summary>The values of a frame that are asked for: all, or those at some places.</summary>
internal readonly ref struct Selection
{
    private readonly ReadOnlySpan<int> _places;

    /// <summary>All values of a frame.</summary>
    public Selection(int count) => (Count, IsAll) = (count, true);

    /// <summary>The values at some places, which increase.</summary>
    public Selection(ReadOnlySpan<int> places)
    {
        _places = places;
        Count = places.Length;
    }

    /// <summary>How many.</summary>
    public int Count { get; }

    /// <summary>Whether all values of the frame are asked for.</summary>
    public bool IsAll { get; }

    /// <summary>The place in the frame of a value asked for.</summary>
    public int Place(int index) => IsAll ? index : _places[index];

    /// <summary>Takes the values asked for out of those of the whole frame.</summary>
    public ReadOnlySpan<T> Of<T>(T[] values, ref T[] buffer)
    {
        if (IsAll)
            return values.AsSpan(0, Count);
        var taken = Evaluator.Sized(ref buffer, Count);
        for (int i = 0; i < taken.Length; i++)
            taken[i] = values[_places[i]];
        return taken;
    }
}
