using Microsoft.ML.Data;

namespace Microsoft.ML
{
    /// <summary>Rows under a schema, read by cursors.</summary>
    public interface IDataView
    {
        bool CanShuffle { get; }

        DataViewSchema Schema { get; }

        long? GetRowCount();

        DataViewRowCursor GetRowCursor(IEnumerable<DataViewSchema.Column> columnsNeeded, Random rand = null);

        DataViewRowCursor[] GetRowCursorSet(IEnumerable<DataViewSchema.Column> columnsNeeded, int n, Random rand = null);
    }

    /// <summary>Writes the value of the current row.</summary>
    public delegate void ValueGetter<TValue>(ref TValue value);

    /// <summary>A row that may move.</summary>
    public abstract class DataViewRow : IDisposable
    {
        public abstract long Position { get; }

        public abstract long Batch { get; }

        public abstract DataViewSchema Schema { get; }

        public abstract ValueGetter<DataViewRowId> GetIdGetter();

        public abstract bool IsColumnActive(DataViewSchema.Column column);

        public abstract ValueGetter<TValue> GetGetter<TValue>(DataViewSchema.Column column);

        public void Dispose()
        {
            Dispose(true);
            GC.SuppressFinalize(this);
        }

        protected virtual void Dispose(bool disposing)
        {
        }
    }

    /// <summary>A row that is moved by whoever holds it.</summary>
    public abstract class DataViewRowCursor : DataViewRow
    {
        public abstract bool MoveNext();
    }
}

namespace Microsoft.ML.Data
{
    /// <summary>What identifies a row: 128 bits.</summary>
    public readonly struct DataViewRowId : IEquatable<DataViewRowId>
    {
        private readonly ulong _low;
        private readonly ulong _high;

        public DataViewRowId(ulong low, ulong high) => (_low, _high) = (low, high);

        public bool Equals(DataViewRowId other) => (_low, _high) == (other._low, other._high);

        public override bool Equals(object obj) => obj is DataViewRowId other && Equals(other);

        public override int GetHashCode() => HashCode.Combine(_low, _high);

        public override string ToString() => $"{_high:x16}{_low:x16}";
    }

    /// <summary>A transformer bound to a schema, which maps row to row.</summary>
    public interface IRowToRowMapper
    {
        DataViewSchema InputSchema { get; }

        DataViewSchema OutputSchema { get; }

        IEnumerable<DataViewSchema.Column> GetDependencies(IEnumerable<DataViewSchema.Column> dependingColumns);

        DataViewRow GetRow(DataViewRow input, IEnumerable<DataViewSchema.Column> activeColumns);
    }
}
