using MLPath.Data;

namespace MLPath.Datasets.Text;

/// <summary>Writes the values of one column of a view as fields of a text file.</summary>
internal abstract class CellWriter
{
    /// <summary>Writes one row's field, or one per slot of a vector.</summary>
    public abstract void Write(RowBatch batch, int row, DelimitedWriter writer);

    /// <summary>A writer for a column of a type that text files can hold.</summary>
    public static CellWriter Create(DataViewSchema.Column column) => column.Type.Accept(new Factory(column));

    private sealed class Factory(DataViewSchema.Column column) : IRawTypeVisitor<CellWriter>
    {
        public CellWriter Visit<T>()
        {
            var format = column.Type.KeyCount > 0 ? KeyFormat<T>() : CellFormat.Of<T>();
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
