using System.Buffers.Binary;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using System.Security.Cryptography;
using System.Text;

namespace MLPath.Data;

/// <summary>The identity of a view's content.</summary>
public static class DataFingerprint
{
    /// <summary>SHA-256, in hexadecimal, of the visible columns' names, types and values in order. One pass.</summary>
    /// <param name="view">The view.</param>
    /// <param name="cancellationToken">Ends the pass early.</param>
    public static string Compute(IDataView view, CancellationToken cancellationToken = default)
    {
        var columns = view.Schema.Where(c => !c.IsHidden).ToList();
        // One hash a column, so that the result does not depend on where batches begin.
        var hashes = columns.Select(_ => IncrementalHash.CreateHash(HashAlgorithmName.SHA256)).ToArray();
        try
        {
            for (int i = 0; i < columns.Count; i++)
                hashes[i].AppendData(Encoding.UTF8.GetBytes($"{columns[i].Name}\0{columns[i].Type}\0"));
            using (var cursor = view.GetBatchCursor(columns, cancellationToken))
            {
                while (cursor.MoveNext())
                {
                    for (int i = 0; i < columns.Count; i++)
                        columns[i].Type.Accept(new Feed(hashes[i], cursor.Current[columns[i].Index]));
                }
            }

            using var all = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
            foreach (var hash in hashes)
                all.AppendData(hash.GetHashAndReset());
            return Convert.ToHexStringLower(all.GetHashAndReset());
        }
        finally
        {
            foreach (var hash in hashes)
                hash.Dispose();
        }
    }

    private sealed class Feed(IncrementalHash hash, ColumnBuffer buffer) : IRawTypeVisitor<bool>
    {
        public bool Visit<T>()
        {
            if (buffer is ScalarColumn<T> scalars)
            {
                if (scalars.Type is StructuredDataViewType<T> structured)
                    Append(scalars.Values, structured);
                else
                    Append(scalars.Values);
                return true;
            }

            // Dense and sparse forms of the same vectors hash alike: each row is written out with its length.
            var vectors = (VectorColumn<T>)buffer;
            var row = new T[vectors.Size];
            Span<byte> length = stackalloc byte[4];
            for (int i = 0; i < vectors.Count; i++)
            {
                if (vectors.RowLength(i) > row.Length)
                    row = new T[vectors.RowLength(i)];
                vectors.CopyRowTo(i, row);
                BinaryPrimitives.WriteInt32LittleEndian(length, vectors.RowLength(i));
                hash.AppendData(length);
                Append<T>(row.AsSpan(0, vectors.RowLength(i)));
            }

            return true;
        }

        private void Append<T>(ReadOnlySpan<T> values, StructuredDataViewType<T> type)
        {
            foreach (ref readonly T value in values)
            {
                bool isMissing = EqualityComparer<T>.Default.Equals(value, default);
                hash.AppendData([isMissing ? (byte)0 : (byte)1]);
                if (!isMissing)
                    type.AppendContent(hash, value);
            }
        }

        private void Append<T>(ReadOnlySpan<T> values)
        {
            if (typeof(T) == typeof(ReadOnlyMemory<char>))
            {
                Span<byte> length = stackalloc byte[4];
                foreach (ref readonly T value in values)
                {
                    var text = ((ReadOnlyMemory<char>)(object)value!).Span;
                    BinaryPrimitives.WriteInt32LittleEndian(length, text.Length);
                    hash.AppendData(length);
                    hash.AppendData(MemoryMarshal.AsBytes(text));
                }

                return;
            }

            if (typeof(T) == typeof(DateTimeOffset))
            {
                // The bytes of this struct hold padding, which is not part of the value.
                Span<byte> time = stackalloc byte[16];
                foreach (ref readonly T value in values)
                {
                    var moment = (DateTimeOffset)(object)value!;
                    BinaryPrimitives.WriteInt64LittleEndian(time, moment.Ticks);
                    BinaryPrimitives.WriteInt64LittleEndian(time[8..], moment.Offset.Ticks);
                    hash.AppendData(time);
                }

                return;
            }

            if (RuntimeHelpers.IsReferenceOrContainsReferences<T>())
                throw new NotSupportedException($"Values of type {typeof(T).Name} have no fingerprint.");
            hash.AppendData(MemoryMarshal.CreateReadOnlySpan(
                ref Unsafe.As<T, byte>(ref MemoryMarshal.GetReference(values)), checked(values.Length * Unsafe.SizeOf<T>())));
        }
    }
}
