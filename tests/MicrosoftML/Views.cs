using System.Globalization;
using MLPath.Data;

namespace MLPath.MicrosoftML.Tests;

/// <summary>A view that somebody made of Microsoft.ML's public interfaces. It tells what was asked of it and how much was read.</summary>
internal sealed class HandMadeView(int rows) : MS.IDataView
{
    private readonly MS.DataViewSchema.Builder _builder = new();
    private readonly List<Delegate> _values = [];
    private MS.DataViewSchema? _schema;

    /// <summary>The columns of each pass.</summary>
    public List<string> Asked { get; } = [];

    /// <summary>How many rows all passes moved to.</summary>
    public int RowsRead { get; private set; }

    public MS.DataViewSchema Schema => _schema ??= _builder.ToSchema();

    public bool CanShuffle => false;

    /// <summary>Adds a column, whose value is a function of the row.</summary>
    public HandMadeView With<T>(string name, MSData.DataViewType type, Func<int, T> value, MS.DataViewSchema.Annotations? annotations = null)
    {
        _builder.AddColumn(name, type, annotations);
        _values.Add(value);
        return this;
    }

    public long? GetRowCount() => rows;

    public MS.DataViewRowCursor GetRowCursor(IEnumerable<MS.DataViewSchema.Column> columnsNeeded, Random? rand = null)
    {
        var active = columnsNeeded.ToList();
        Asked.Add(string.Join(' ', active.Select(c => c.Name)));
        return new Cursor(this, [.. active.Select(c => c.Index)]);
    }

    public MS.DataViewRowCursor[] GetRowCursorSet(IEnumerable<MS.DataViewSchema.Column> columnsNeeded, int n, Random? rand = null) =>
        [GetRowCursor(columnsNeeded, rand)];

    private sealed class Cursor(HandMadeView view, HashSet<int> active) : MS.DataViewRowCursor
    {
        private int _row = -1;

        public override MS.DataViewSchema Schema => view.Schema;

        public override long Position => _row;

        public override long Batch => 0;

        public override bool MoveNext()
        {
            if (_row + 1 >= (view.GetRowCount() ?? 0))
                return false;
            _row++;
            view.RowsRead++;
            return true;
        }

        public override bool IsColumnActive(MS.DataViewSchema.Column column) => active.Contains(column.Index);

        public override MS.ValueGetter<MSData.DataViewRowId> GetIdGetter() =>
            (ref MSData.DataViewRowId id) => id = new MSData.DataViewRowId((ulong)_row, 7);

        public override MS.ValueGetter<TValue> GetGetter<TValue>(MS.DataViewSchema.Column column)
        {
            Assert.IsTrue(IsColumnActive(column), $"Column {column.Name} was read and not asked for.");
            var value = (Func<int, TValue>)view._values[column.Index];
            return (ref TValue destination) => destination = value(_row);
        }
    }
}

/// <summary>A view of MLPath that tells what was asked of it and how many batches were read.</summary>
internal sealed class CountingView(IDataView source) : BatchDataView
{
    /// <summary>The columns of each pass.</summary>
    public List<string> Asked { get; } = [];

    /// <summary>How many batches all passes moved to.</summary>
    public int BatchesRead { get; private set; }

    public override DataViewSchema Schema => source.Schema;

    public override long? GetRowCount() => source.GetRowCount();

    public override BatchCursor GetBatchCursor(IEnumerable<DataViewSchema.Column> columnsNeeded, CancellationToken cancellationToken = default)
    {
        var columns = columnsNeeded.ToList();
        Asked.Add(string.Join(' ', columns.Select(c => c.Name)));
        return new Cursor(this, source.GetBatchCursor(columns, cancellationToken));
    }

    private sealed class Cursor(CountingView view, BatchCursor batches) : BatchCursor
    {
        public override RowBatch Current => batches.Current;

        public override bool MoveNext()
        {
            view.BatchesRead++;
            return batches.MoveNext();
        }
    }
}

/// <summary>What tests read of views.</summary>
internal static class Reading
{
    /// <summary>All values of a column, read through a cursor of Microsoft.ML.</summary>
    public static List<T> Values<T>(this MS.IDataView view, int column, Func<T, T>? copy = null)
    {
        var values = new List<T>();
        using var cursor = view.GetRowCursor([view.Schema[column]]);
        var getter = cursor.GetGetter<T>(view.Schema[column]);
        T value = default!;
        while (cursor.MoveNext())
        {
            getter(ref value);
            values.Add(copy is null ? value : copy(value));
        }

        return values;
    }

    /// <summary>All values of a column of vectors, and whether each was dense.</summary>
    public static List<(bool IsDense, T[] Values)> Vectors<T>(this MS.IDataView view, int column)
    {
        var values = new List<(bool, T[])>();
        using var cursor = view.GetRowCursor([view.Schema[column]]);
        var getter = cursor.GetGetter<MSData.VBuffer<T>>(view.Schema[column]);
        MSData.VBuffer<T> value = default;
        while (cursor.MoveNext())
        {
            getter(ref value);
            values.Add((value.IsDense, [.. value.DenseValues()]));
        }

        return values;
    }

    /// <summary>The same rows, so that nothing remembers where they came from.</summary>
    public static IDataView Loaded(this IDataView view) => InMemoryDataView.Load(view);

    public static string Text(int number) => number.ToString(CultureInfo.InvariantCulture);
}
