using System.Globalization;
using MLPath.Data;

namespace MLPath.Tests.DataOperations;

/// <summary>A row with a column of each way of storing.</summary>
public sealed class Item
{
    public int Id { get; set; }
    public float Number { get; set; }
    public string Text { get; set; } = "";

    [KeyType(3)]
    public uint Key { get; set; }

    [VectorType(4)]
    public VBuffer<float> Sparse { get; set; }

    public int[] Ragged { get; set; } = [];

    public static Item Sample(int i) => new()
    {
        Id = i,
        Number = i % 7 == 3 ? float.NaN : i / 2f,
        Text = string.Create(CultureInfo.InvariantCulture, $"t{i % 5}"),
        Key = (uint)(i % 4),
        Sparse = i % 3 == 0 ? new VBuffer<float>(4, 1, [i], [i % 4]) : new VBuffer<float>(4, [i, i % 11 == 0 ? float.NaN : 1, 2, 3]),
        Ragged = [.. Enumerable.Range(i, i % 3)],
    };

    public override string ToString() => string.Create(CultureInfo.InvariantCulture,
        $"{Id} {Number} {Text} {Key} [{string.Join(' ', Sparse.DenseValues())}] [{string.Join(' ', Ragged)}]");
}

/// <summary>The same rows behind every kind of view.</summary>
internal static class Views
{
    public static readonly MLContext ML = new(seed: 1);

    public static List<Item> Items(int count) => [.. Enumerable.Range(0, count).Select(Item.Sample)];

    public static IDataView Lazy(int count) => ML.Data.LoadFromEnumerable(Items(count));

    public static IEnumerable<IDataView> AllKinds(int count)
    {
        var lazy = Lazy(count);
        var loaded = InMemoryDataView.Load(lazy);
        return [lazy, loaded, new Rebatched(loaded, 7), new Rebatched(loaded, 1500), new CursorsOnly(lazy), ML.Data.Cache(lazy)];
    }

    public static List<int> Ids(IDataView view) => [.. view.GetColumn<int>("Id")];

    public static List<string> Rows(IDataView view) =>
        [.. ML.Data.CreateEnumerable<Item>(view, reuseRowObject: false).Select(item => item.ToString())];

    /// <summary>Runs an operation on all kinds of views and checks that all give the same, rows and columns of every layout.</summary>
    public static List<int> SameForAllKinds(int count, Func<IDataView, IDataView> operation)
    {
        List<int>? ids = null;
        foreach (var view in AllKinds(count))
        {
            var result = operation(view);
            ids ??= Ids(result);
            CollectionAssert.AreEqual(ids, Ids(result));
            CollectionAssert.AreEqual(ids.Select(i => Item.Sample(i).ToString()).ToList(), Rows(result));
            if (result.GetRowCount() is { } known)
                Assert.AreEqual(ids.Count, known);
            Assert.HasCount(view.Lineage.Steps.Count + 1, result.Lineage.Steps);
            CollectionAssert.AreEqual(ids, Ids(result), "A second pass gives the same.");
        }

        return ids!;
    }
}

/// <summary>A view in batches of another size.</summary>
internal sealed class Rebatched(InMemoryDataView source, int size) : BatchDataView
{
    public override DataViewSchema Schema => source.Schema;

    public override BatchCursor GetBatchCursor(
        IEnumerable<DataViewSchema.Column> columnsNeeded, CancellationToken cancellationToken = default) =>
        new Cursor(source, [.. columnsNeeded], size, cancellationToken);

    private sealed class Cursor(InMemoryDataView source, DataViewSchema.Column[] columns, int size, CancellationToken cancellation) : BatchCursor
    {
        private int _next;

        public override RowBatch Current { get; } = new(source.Schema);

        public override bool MoveNext()
        {
            cancellation.ThrowIfCancellationRequested();
            int rows = Math.Min(size, source.RowCount - _next);
            if (rows <= 0)
                return false;
            foreach (var column in columns)
            {
                var slice = ColumnBuffer.Create(column.Type);
                slice.Slice(source.GetColumn(column.Index), _next, rows);
                Current.Set(column.Index, slice);
            }

            Current.SetRows(_next, rows);
            _next += rows;
            return true;
        }
    }
}

/// <summary>A view that only offers row cursors, as a user's own may.</summary>
internal sealed class CursorsOnly(IDataView source) : IDataView
{
    public bool CanShuffle => false;

    public DataViewSchema Schema => source.Schema;

    public long? GetRowCount() => null;

    public DataViewRowCursor GetRowCursor(IEnumerable<DataViewSchema.Column> columnsNeeded, Random? rand = null) =>
        source.GetRowCursor(columnsNeeded);
}

/// <summary>Counts how many passes are opened, and ends them on a wish.</summary>
internal sealed class Counted(IDataView source) : BatchDataView
{
    public int Passes;

    public Action? OnPass { get; set; }

    public override DataViewSchema Schema => source.Schema;

    public override BatchCursor GetBatchCursor(
        IEnumerable<DataViewSchema.Column> columnsNeeded, CancellationToken cancellationToken = default)
    {
        Interlocked.Increment(ref Passes);
        OnPass?.Invoke();
        return source.GetBatchCursor(columnsNeeded, cancellationToken);
    }
}
