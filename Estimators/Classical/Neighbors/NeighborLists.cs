using System.Buffers;
using System.Numerics;

namespace MLPath.Trainers;

/// <summary>
/// The nearest rows found so far of each of some queries, nearest first, of equally near ones the lowest row first. A list ends with the
/// row whose weight makes the weights sum to k: with weights of 1 it has k rows, and a row of weight 2 counts like two rows.
/// </summary>
/// <remarks>The memory is rented; dispose of the lists once.</remarks>
internal readonly ref struct NeighborLists : IDisposable
{
    private readonly NeighborIndex _index;
    private readonly int _stride;
    private readonly float[] _distances;
    private readonly int[] _rows;
    private readonly State[] _states;

    /// <summary>Creates empty lists.</summary>
    /// <param name="index">Where the rows will be from.</param>
    /// <param name="count">The number of queries.</param>
    public NeighborLists(NeighborIndex index, int count)
    {
        // One more than a list keeps, for the row that is pushed out.
        (_index, Count, _stride) = (index, count, index.Capacity + 1);
        _distances = ArrayPool<float>.Shared.Rent(count * _stride);
        _rows = ArrayPool<int>.Shared.Rent(count * _stride);
        _states = ArrayPool<State>.Shared.Rent(count);
        _states.AsSpan(0, count).Fill(new State { Worst = float.PositiveInfinity });
    }

    private struct State
    {
        public int Length;

        /// <summary>The weight of all rows of the list but the last.</summary>
        public double WeightBeforeLast;

        /// <summary>Whether the rows make up k. Then only what is nearer than <see cref="Worst"/> enters.</summary>
        public bool IsFull;

        /// <summary>The distance of the last row of a full list; +∞ until it is full.</summary>
        public float Worst;
    }

    /// <summary>The number of queries.</summary>
    public int Count { get; }

    /// <summary>The sums of the metric to the rows of a query's list.</summary>
    public ReadOnlySpan<float> Distances(int query) => _distances.AsSpan(query * _stride, _states[query].Length);

    /// <summary>The rows of a query's list.</summary>
    public ReadOnlySpan<int> Rows(int query) => _rows.AsSpan(query * _stride, _states[query].Length);

    /// <summary>How many of the k neighbours a row of a list is: its weight, of the last one only the part that makes up k.</summary>
    public double Share(int query, int position)
    {
        ref var state = ref _states[query];
        return state.IsFull && position == state.Length - 1
            ? _index.Neighbors - state.WeightBeforeLast
            : _index.Weight(_rows[(query * _stride) + position]);
    }

    /// <summary>Offers consecutive rows to a query. They come after all that were offered before, so a tie is in favour of those.</summary>
    /// <param name="query">The query.</param>
    /// <param name="firstRow">The first row.</param>
    /// <param name="distances">The distances of the rows, NaN where there is none; a whole number of vectors.</param>
    public void Offer(int query, int firstRow, ReadOnlySpan<float> distances)
    {
        ref var state = ref _states[query];
        var worst = new Vector<float>(state.Worst);
        for (int start = 0; start < distances.Length; start += Vector<float>.Count)
        {
            if (!Vector.LessThanOrEqualAny(new Vector<float>(distances[start..]), worst))
                continue;
            for (int lane = start; lane < start + Vector<float>.Count; lane++)
            {
                if (state.IsFull ? distances[lane] < state.Worst : distances[lane] <= state.Worst)
                    Insert(query, ref state, distances[lane], firstRow + lane);
            }
        }
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        ArrayPool<float>.Shared.Return(_distances);
        ArrayPool<int>.Shared.Return(_rows);
        ArrayPool<State>.Shared.Return(_states);
    }

    private void Insert(int query, ref State state, float distance, int row)
    {
        var distances = _distances.AsSpan(query * _stride, _stride);
        var rows = _rows.AsSpan(query * _stride, _stride);
        int place = state.Length++;
        for (; place > 0 && distances[place - 1] > distance; place--)
            (distances[place], rows[place]) = (distances[place - 1], rows[place - 1]);
        (distances[place], rows[place]) = (distance, row);

        // The list ends where the weights reach k. They are summed anew: what was added once to a heavy row could not be told from it.
        double weight = 0;
        for (int i = 0; i < state.Length; i++)
        {
            state.WeightBeforeLast = weight;
            weight += _index.Weight(rows[i]);
            if (weight < _index.Neighbors)
                continue;
            (state.Length, state.IsFull, state.Worst) = (i + 1, true, distances[i]);
            return;
        }
    }
}
