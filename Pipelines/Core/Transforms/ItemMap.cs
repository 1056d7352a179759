using MLPath.Data;

namespace MLPath.Transforms;

/// <summary>
/// A function of single items. It maps scalars to scalars, and vectors, dense, sparse or ragged, to vectors of the same shape, item by item;
/// it may differ between the slots of vectors of known size.
/// </summary>
/// <remarks>Immutable, so that many workers share it.</remarks>
/// <typeparam name="TIn">The raw type of the items read.</typeparam>
/// <typeparam name="TOut">The raw type of the items made.</typeparam>
public abstract class ItemMap<TIn, TOut>
{
    /// <summary>The number of slots that are mapped each in its own way; 1 when all are mapped alike, as by default.</summary>
    public virtual int SlotCount => 1;

    /// <summary>Whether the default item (0, empty text) becomes the default item in every slot, so that sparse rows can stay sparse.</summary>
    public abstract bool KeepsDefault { get; }

    /// <summary>Maps the items of whole rows.</summary>
    /// <param name="items">The items of one row after the other: a multiple of <see cref="SlotCount"/>.</param>
    /// <param name="results">Receives as many results.</param>
    protected abstract void Map(ReadOnlySpan<TIn> items, Span<TOut> results);

    /// <summary>Maps some items of one row. A map that differs between slots overrides it.</summary>
    /// <param name="slots">The slots of the items.</param>
    /// <param name="items">The items.</param>
    /// <param name="results">Receives as many results.</param>
    protected virtual void Map(ReadOnlySpan<int> slots, ReadOnlySpan<TIn> items, Span<TOut> results)
    {
        if (SlotCount != 1)
            throw new NotSupportedException($"{GetType().Name} maps slots each in its own way, so it must say how the items of some slots are mapped.");
        Map(items, results);
    }

    /// <summary>The function that makes a column with this map.</summary>
    /// <param name="input">The column read: a scalar or a vector of <typeparamref name="TIn"/>.</param>
    /// <param name="output">The column made: a scalar or a vector of <typeparamref name="TOut"/>, of the same shape.</param>
    /// <exception cref="ArgumentException">The two have different shapes, or another number of slots than the map.</exception>
    public ColumnFunction ToFunction(DataViewSchema.Column input, DataViewSchema.DetachedColumn output)
    {
        if (input.Type is VectorDataViewType != output.Type is VectorDataViewType || input.Type.ValueCount != output.Type.ValueCount)
            throw new ArgumentException($"A map of items makes {input.Type} a column of the same shape, not {output.Type}.", nameof(output));
        if (SlotCount != 1 && SlotCount != input.Type.ValueCount)
            throw new ArgumentException($"The map has {SlotCount} slots; column '{input.Name}' is {input.Type}.", nameof(input));
        return input.Type is VectorDataViewType
            ? new([input], [output], () => new VectorWorker(this, input.Index).Run)
            : new([input], [output], () => (batch, outputs) =>
            {
                if (outputs[0] is ScalarColumn<TOut> made)
                    Map(batch.Scalars<TIn>(input.Index), made.Allocate(batch.Count));
            });
    }

    private sealed class VectorWorker(ItemMap<TIn, TOut> map, int column)
    {
        private TIn[] _row = [];
        private TOut[] _results = [];

        public void Run(RowBatch batch, ReadOnlySpan<ColumnBuffer?> outputs)
        {
            if (outputs[0] is not VectorColumn<TOut> to)
                return;
            var from = batch.Vectors<TIn>(column);
            if (from.Layout == VectorLayout.Dense)
                map.Map(from.Values, to.AllocateDense(batch.Count));
            else if (from.Layout == VectorLayout.Ragged)
                MapRagged(from, to);
            else if (map.KeepsDefault)
                MapSparse(from, to);
            else
                MapSparseToDense(from, to);
        }

        private void MapRagged(VectorColumn<TIn> from, VectorColumn<TOut> to)
        {
            to.Begin(VectorLayout.Ragged);
            for (int row = 0; row < from.Count; row++)
            {
                var items = from.RowValues(row);
                var results = Sized(ref _results, items.Length);
                map.Map(items, results);
                to.AddRow(results);
            }
        }

        private void MapSparse(VectorColumn<TIn> from, VectorColumn<TOut> to)
        {
            to.Begin(VectorLayout.Sparse);
            for (int row = 0; row < from.Count; row++)
            {
                var items = from.RowValues(row);
                var slots = from.RowIndices(row);
                var results = Sized(ref _results, items.Length);
                map.Map(slots, items, results);
                to.AddRow(slots, results);
            }
        }

        private void MapSparseToDense(VectorColumn<TIn> from, VectorColumn<TOut> to)
        {
            var block = to.AllocateDense(from.Count);
            var row = Sized(ref _row, from.Size);
            for (int r = 0; r < from.Count; r++)
            {
                from.CopyRowTo(r, row);
                map.Map(row, block.Slice(r * from.Size, from.Size));
            }
        }

        private static Span<T> Sized<T>(ref T[] array, int length)
        {
            if (array.Length < length)
                array = new T[Math.Max(length, 2 * array.Length)];
            return array.AsSpan(0, length);
        }
    }
}
