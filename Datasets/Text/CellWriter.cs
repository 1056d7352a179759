using System.Numerics;
using MLPath.Data;

namespace MLPath.Datasets.Text;

/// <summary>Writes the values of one column of a view as fields of a text file.</summary>
internal abstract class CellWriter
{
    /// <summary>Writes one row's field, or one per slot of a vector.</summary>
    public abstract void Write(RowBatch batch, int row, DelimitedWriter writer);

    /// <summary>A writer for a column.</summary>
    /// <exception cref="SchemaException">A text file cannot hold the column's type.</exception>
    public static CellWriter Create(DataViewSchema.Column column)
    {
        if (column.Type is VectorDataViewType { IsKnownSize: false }) throw Unsupported(column);
        return column.Type.Accept(new Factory(column));
    }

    private static SchemaException Unsupported(DataViewSchema.Column column) =>
        new($"Column '{column.Name}' is {column.Type}, which a text file cannot hold. Leave it out of the columns to save.");

    private sealed class Factory(DataViewSchema.Column column) : IRawTypeVisitor<CellWriter>
    {
        public CellWriter Visit<T>()
        {
            var format = column.Type.KeyCount > 0 ? KeyFormat<T>() : CellFormat.Of<T>() ?? throw Unsupported(column);
            return column.Type is VectorDataViewType vector
                ? new VectorWriter<T>(column.Index, vector.Size, format)
                : new ScalarWriter<T>(column.Index, format);
        }

        /// <summary>Keys are written as the texts they stand for, the missing key as nothing.</summary>
        private CellFormat<T> KeyFormat<T>()
        {
            var texts = column.KeyValueTexts();
            return (value, writer) =>
            {
                ulong key = value switch { byte k => k, ushort k => k, uint k => k, ulong k => k, _ => 0 };
                writer.Write(key >= 1 && key <= (ulong)texts.Count ? texts[(int)key - 1] : "");
            };
        }
    }

    private sealed class ScalarWriter<T>(int column, CellFormat<T> format) : CellWriter
    {
        public override void Write(RowBatch batch, int row, DelimitedWriter writer) => format(batch.Scalars<T>(column)[row], writer);
    }

    private sealed class VectorWriter<T>(int column, int size, CellFormat<T> format) : CellWriter
    {
        private readonly T[] _row = new T[size];

        public override void Write(RowBatch batch, int row, DelimitedWriter writer)
        {
            batch.Vectors<T>(column).CopyRowTo(row, _row);
            foreach (var value in _row) format(value, writer);
        }
    }
}

/// <summary>Writes one value as one field.</summary>
internal delegate void CellFormat<in T>(T value, DelimitedWriter writer);

/// <summary>The formats of the raw types: invariant, and such that reading the text gives the same value again. NaN is an empty field.</summary>
internal static class CellFormat
{
    /// <summary>The format of a raw type; null for one that a text file cannot hold.</summary>
    public static CellFormat<T>? Of<T>()
    {
        Delegate? format =
            typeof(T) == typeof(float) ? (CellFormat<float>)((value, writer) => WriteNumber(value, writer))
            : typeof(T) == typeof(double) ? (CellFormat<double>)((value, writer) => WriteNumber(value, writer))
            : typeof(T) == typeof(ReadOnlyMemory<char>) ? (CellFormat<ReadOnlyMemory<char>>)((value, writer) => writer.Write(value.Span))
            : typeof(T) == typeof(bool) ? (CellFormat<bool>)((value, writer) => writer.Write(value ? "true" : "false"))
            : typeof(T) == typeof(DateTime) ? (CellFormat<DateTime>)((value, writer) => writer.Write(value, "yyyy-MM-ddTHH:mm:ss.FFFFFFFK"))
            : typeof(T) == typeof(DateTimeOffset) ? (CellFormat<DateTimeOffset>)((value, writer) => writer.Write(value, "yyyy-MM-ddTHH:mm:ss.FFFFFFFzzz"))
            : typeof(T) == typeof(TimeSpan) ? (CellFormat<TimeSpan>)((value, writer) => writer.Write(value, "c"))
            : typeof(T) == typeof(sbyte) ? (CellFormat<sbyte>)((value, writer) => writer.Write(value, default))
            : typeof(T) == typeof(byte) ? (CellFormat<byte>)((value, writer) => writer.Write(value, default))
            : typeof(T) == typeof(short) ? (CellFormat<short>)((value, writer) => writer.Write(value, default))
            : typeof(T) == typeof(ushort) ? (CellFormat<ushort>)((value, writer) => writer.Write(value, default))
            : typeof(T) == typeof(int) ? (CellFormat<int>)((value, writer) => writer.Write(value, default))
            : typeof(T) == typeof(uint) ? (CellFormat<uint>)((value, writer) => writer.Write(value, default))
            : typeof(T) == typeof(long) ? (CellFormat<long>)((value, writer) => writer.Write(value, default))
            : typeof(T) == typeof(ulong) ? (CellFormat<ulong>)((value, writer) => writer.Write(value, default))
            : null;
        return (CellFormat<T>?)format;
    }

    private static void WriteNumber<T>(T value, DelimitedWriter writer) where T : IFloatingPointIeee754<T>
    {
        if (T.IsNaN(value)) writer.Write("");
        else writer.Write(value, default);
    }
}
