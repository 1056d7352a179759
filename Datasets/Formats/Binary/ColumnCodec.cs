using System.Buffers;
using System.Runtime.CompilerServices;
using MLPath.Data;

namespace MLPath.Datasets.Formats.Binary;

/// <summary>A column's values for a group of rows as the bytes of a block, and back.</summary>
/// <remarks>
/// A scalar column is its values. A vector column begins with its layout. Dense: all values, row by row. Sparse: how many values each row
/// stores, their slots, the values. Ragged: how long each row is, the values.
/// </remarks>
internal static class ColumnCodec
{
    /// <summary>Writes all rows of a column.</summary>
    public static void Write(ColumnBuffer column, IBufferWriter<byte> to) => column.Type.Accept(new Writer(column, to));

    /// <summary>Reads a column that was written with <paramref name="rows"/> rows.</summary>
    public static ColumnBuffer Read(DataViewType type, byte[] block, int rows, string place) =>
        type.Accept(new Reader(type, block, rows, place));

    /// <summary>The number of bytes, about, that a column's rows take.</summary>
    public static long Size(ColumnBuffer column) => column.Type.Accept(new Measure(column));

    private sealed class Writer(ColumnBuffer column, IBufferWriter<byte> to) : IRawTypeVisitor<bool>
    {
        public bool Visit<T>()
        {
            var codec = ValueCodec<T>.For(column.Type.ItemTypeOrSelf);
            if (column is ScalarColumn<T> scalars)
            {
                codec.Write(scalars.Values, to);
                return true;
            }

            var vectors = (VectorColumn<T>)column;
            to.Write([(byte)vectors.Layout]);
            if (vectors.Layout != VectorLayout.Dense)
            {
                var counts = new int[vectors.Count];
                for (int row = 0; row < counts.Length; row++) counts[row] = vectors.RowValues(row).Length;
                NumberCodec<int>.Instance.Write(counts, to);
            }
            if (vectors.Layout == VectorLayout.Sparse) NumberCodec<int>.Instance.Write(vectors.Indices, to);
            codec.Write(vectors.Values, to);
            return true;
        }
    }

    private sealed class Reader(DataViewType type, byte[] block, int rows, string place) : IRawTypeVisitor<ColumnBuffer>
    {
        public ColumnBuffer Visit<T>()
        {
            var from = new BlockReader(block, place);
            ColumnBuffer column = type is VectorDataViewType vector ? ReadVectors<T>(ref from, vector) : ReadScalars<T>(ref from);
            from.RequireEnd();
            return column;
        }

        private ScalarColumn<T> ReadScalars<T>(ref BlockReader from)
        {
            var column = new ScalarColumn<T>(type);
            column.Alias(ValueCodec<T>.For(column.Type.ItemTypeOrSelf).Read(ref from, rows), 0, rows);
            return column;
        }

        private VectorColumn<T> ReadVectors<T>(ref BlockReader from, VectorDataViewType vector)
        {
            var codec = ValueCodec<T>.For(vector.ItemType);
            var column = new VectorColumn<T>(vector);
            var layout = (VectorLayout)from.TakeByte();
            if (layout > VectorLayout.Ragged || (layout == VectorLayout.Ragged) == vector.IsKnownSize)
                throw from.Error($"it has layout {(int)layout}, which {vector} has not");
            if (layout == VectorLayout.Dense)
            {
                long values = (long)rows * vector.Size;
                if (values > from.Remaining) throw from.Error($"it has too few bytes for {rows} vectors of {vector.Size} values");
                column.AliasDense(codec.Read(ref from, (int)values), 0, rows);
                return column;
            }

            var counts = from.TakeArray<int>(rows);
            long total = 0;
            foreach (int count in counts)
            {
                if (count < 0 || (layout == VectorLayout.Sparse && count > vector.Size)) throw from.Error($"a row stores {count} values");
                total += count;
            }
            if (total > from.Remaining) throw from.Error($"it has too few bytes for {total} values");
            int[] slots = layout == VectorLayout.Sparse ? from.TakeArray<int>(total) : [];
            var items = codec.Read(ref from, (int)total);
            column.Begin(layout);
            int at = 0;
            foreach (int count in counts)
            {
                if (layout == VectorLayout.Ragged)
                {
                    column.AddRow(items.AsSpan(at, count));
                }
                else
                {
                    RequireSlots(ref from, slots.AsSpan(at, count), vector.Size);
                    column.AddRow(slots.AsSpan(at, count), items.AsSpan(at, count));
                }
                at += count;
            }
            return column;
        }

        private static void RequireSlots(ref BlockReader from, ReadOnlySpan<int> slots, int size)
        {
            int last = -1;
            foreach (int slot in slots)
            {
                if (slot <= last || slot >= size) throw from.Error($"slot {slot} of a vector of {size} follows {last}");
                last = slot;
            }
        }
    }

    private sealed class Measure(ColumnBuffer column) : IRawTypeVisitor<long>
    {
        public long Visit<T>()
        {
            if (column is ScalarColumn<T> scalars) return Bytes(scalars.Values);
            var vectors = (VectorColumn<T>)column;
            return Bytes(vectors.Values) + (sizeof(int) * ((long)vectors.Indices.Length + vectors.Count));
        }

        private static long Bytes<T>(ReadOnlySpan<T> values)
        {
            if (typeof(T) != typeof(ReadOnlyMemory<char>)) return (long)values.Length * Unsafe.SizeOf<T>();
            long bytes = (long)values.Length * sizeof(int);
            foreach (var value in values) bytes += sizeof(char) * (long)((ReadOnlyMemory<char>)(object)value!).Length;
            return bytes;
        }
    }
}
