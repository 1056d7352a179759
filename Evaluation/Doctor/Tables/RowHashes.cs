using System.Runtime.InteropServices;
using MLPath.Data;

namespace MLPath.Evaluation;

/// <summary>
/// A hash of 128 bits for the values of each row in some columns, read in one pass: equal rows have equal hashes, and of a billion different rows two
/// have the same one with a probability below 10⁻²⁰.
/// </summary>
internal static class RowHashes
{
    /// <summary>Hashes rows; null where a column holds what has no plain value, such as an image.</summary>
    /// <param name="view">The rows.</param>
    /// <param name="columns">The names of the columns, in the order in which they count.</param>
    /// <param name="cancellationToken">Ends the pass early.</param>
    public static UInt128[]? Of(IDataView view, IEnumerable<string> columns, CancellationToken cancellationToken)
    {
        var read = columns.Select(name => view.Schema[name]).ToList();
        if (read.Count == 0 || read.Exists(c => c.Type.ItemTypeOrSelf is not PrimitiveDataViewType))
            return null;
        var hashes = new List<UInt128>();
        var visitors = read.ConvertAll(c => c.Type.Accept(new HasherFactory()));
        using var cursor = view.GetBatchCursor(read, cancellationToken);
        while (cursor.MoveNext())
        {
            int first = hashes.Count;
            CollectionsMarshal.SetCount(hashes, first + cursor.Current.Count);
            var rows = CollectionsMarshal.AsSpan(hashes)[first..];
            rows.Clear();
            for (int i = 0; i < read.Count; i++)
                visitors[i].Add(cursor.Current[read[i].Index], rows);
        }

        return [.. hashes];
    }

    /// <summary>Mixes a value into a hash: two lanes of 64 bits by the finalizer of MurmurHash3 (A. Appleby, public domain), with other constants each.</summary>
    private static UInt128 Mix(UInt128 hash, ulong value)
    {
        ulong low = Finish((ulong)hash ^ (value * 0x9E3779B97F4A7C15));
        ulong high = Finish((ulong)(hash >> 64) + (value ^ 0xC2B2AE3D27D4EB4F) + low);
        return new UInt128(high, low);
    }

    private static ulong Finish(ulong x)
    {
        x = (x ^ (x >> 33)) * 0xFF51AFD7ED558CCD;
        x = (x ^ (x >> 33)) * 0xC4CEB9FE1A85EC53;
        return x ^ (x >> 33);
    }

    private abstract class Hasher
    {
        public abstract void Add(ColumnBuffer buffer, Span<UInt128> rows);
    }

    private sealed class HasherFactory : IRawTypeVisitor<Hasher>
    {
        public Hasher Visit<T>() => new Hasher<T>();
    }

    private sealed class Hasher<T> : Hasher
    {
        public override void Add(ColumnBuffer buffer, Span<UInt128> rows)
        {
            if (buffer is ScalarColumn<T> scalars)
            {
                var values = scalars.Values;
                for (int row = 0; row < rows.Length; row++)
                    rows[row] = Mix(rows[row], values[row]);
                return;
            }

            // Slots with their places, zeros left out: dense and sparse forms of a vector hash alike.
            var vectors = (VectorColumn<T>)buffer;
            for (int row = 0; row < rows.Length; row++)
            {
                var values = vectors.RowValues(row);
                var slots = vectors.RowIndices(row);
                var hash = RowHashes.Mix(rows[row], (ulong)vectors.RowLength(row));
                for (int i = 0; i < values.Length; i++)
                {
                    if (!EqualityComparer<T>.Default.Equals(values[i], default))
                        hash = Mix(RowHashes.Mix(hash, (ulong)(slots.IsEmpty ? i : slots[i])), values[i]);
                }

                rows[row] = hash;
            }
        }

        private static UInt128 Mix(UInt128 hash, T value)
        {
            if (value is not ReadOnlyMemory<char> text)
                return RowHashes.Mix(hash, Bits(value));
            foreach (char c in text.Span)
                hash = RowHashes.Mix(hash, c);
            return RowHashes.Mix(hash, 0x1_0000UL + (ulong)text.Length);
        }

        // One pattern for every NaN, and for both zeros.
        private static ulong Bits(T value) => value switch
        {
            float number => BitConverter.DoubleToUInt64Bits(float.IsNaN(number) ? double.NaN : number + 0.0),
            double number => BitConverter.DoubleToUInt64Bits(double.IsNaN(number) ? double.NaN : number + 0.0),
            bool truth => truth ? 1UL : 0,
            DateTime time => (ulong)time.Ticks,
            DateTimeOffset time => (ulong)time.UtcTicks,
            TimeSpan span => (ulong)span.Ticks,
            DataViewRowId id => id.Low ^ Finish(id.High),
            sbyte number => (ulong)number,
            short number => (ulong)number,
            int number => (ulong)number,
            long number => (ulong)number,
            byte number => number,
            ushort number => number,
            uint number => number,
            ulong number => number,
            _ => throw new NotSupportedException($"Values of type {typeof(T).Name} are not compared."),
        };
    }
}
