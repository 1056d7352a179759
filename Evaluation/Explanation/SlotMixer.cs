using MLPath.Data;

namespace MLPath.Evaluation;

/// <summary>Vectors whose slots come from different rows, or have other values.</summary>
internal static class SlotMixer
{
    /// <summary>A vector column of known size as a dense one; the column itself where it is.</summary>
    public static ColumnBuffer Dense(ColumnBuffer column) => column.Type.Accept(new DenseCopy(column));

    /// <summary>Rows of vectors each of whose slots is taken from a row of its own.</summary>
    /// <param name="column">A dense column.</param>
    /// <param name="rowsOfSlot">For each slot the rows to take it from, as many for all.</param>
    public static ColumnBuffer Gather(ColumnBuffer column, int[][] rowsOfSlot) => column.Type.Accept(new Mix(column, rowsOfSlot));

    private sealed class DenseCopy(ColumnBuffer column) : IRawTypeVisitor<ColumnBuffer>
    {
        public ColumnBuffer Visit<T>()
        {
            var source = (VectorColumn<T>)column;
            if (source.Layout == VectorLayout.Dense)
                return source;
            var dense = new VectorColumn<T>((VectorDataViewType)column.Type);
            var values = dense.AllocateDense(source.Count);
            for (int row = 0; row < source.Count; row++)
                source.CopyRowTo(row, values.Slice(row * source.Size, source.Size));
            return dense;
        }
    }

    private sealed class Mix(ColumnBuffer column, int[][] rowsOfSlot) : IRawTypeVisitor<ColumnBuffer>
    {
        public ColumnBuffer Visit<T>()
        {
            var source = (VectorColumn<T>)column;
            int size = source.Size, count = rowsOfSlot[0].Length;
            var mixed = new VectorColumn<T>((VectorDataViewType)column.Type);
            var from = source.Values;
            var to = mixed.AllocateDense(count);
            for (int slot = 0; slot < size; slot++)
            {
                int[] rows = rowsOfSlot[slot];
                for (int row = 0; row < count; row++)
                    to[(row * size) + slot] = from[(rows[row] * size) + slot];
            }

            return mixed;
        }
    }
}
