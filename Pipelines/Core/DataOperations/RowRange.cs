using System.Globalization;

namespace MLPath.Data;

/// <summary>Consecutive rows of a view: <c>TakeRows</c> and <c>SkipRows</c>.</summary>
internal sealed class RowRange : BatchDataView
{
    private readonly IDataView _source;
    private readonly long _start;
    private readonly long _end;

    private RowRange(IDataView source, long start, long end, DataLineage lineage) =>
        (_source, _start, _end, Lineage) = (source, start, end, lineage);

    public override DataViewSchema Schema => _source.Schema;

    public override DataLineage Lineage { get; }

    public override long? GetRowCount() => _source.GetRowCount() is { } count ? Math.Max(0, Math.Min(_end, count) - _start) : null;

    public static IDataView Take(IDataView input, long count) =>
        Of(input, 0, count, string.Create(CultureInfo.InvariantCulture, $"TakeRows({count})"));

    public static IDataView Skip(IDataView input, long count) =>
        Of(input, count, long.MaxValue, string.Create(CultureInfo.InvariantCulture, $"SkipRows({count})"));

    public override BatchCursor GetBatchCursor(
        IEnumerable<DataViewSchema.Column> columnsNeeded, CancellationToken cancellationToken = default)
    {
        var columns = columnsNeeded.ToList();
        return new PickingCursor(_source.GetBatchCursor(columns, cancellationToken), Schema, columns, (batch, position, picks) =>
        {
            long first = Math.Max(_start, position), end = Math.Min(_end, position + batch.Count);
            for (long row = first; row < end; row++)
                picks.Add((int)(row - position));
            return position + batch.Count < _end;
        });
    }

    private static IDataView Of(IDataView input, long start, long end, string description)
    {
        ArgumentNullException.ThrowIfNull(input);
        var lineage = input.Lineage.Then(new LineageStep(description));
        if (input is not InMemoryDataView loaded)
            return new RowRange(input, start, end, lineage);
        // Rows in memory are shown where they are.
        int from = (int)Math.Min(start, loaded.RowCount), count = (int)Math.Min(end, loaded.RowCount) - from;
        var columns = loaded.Schema.Select(c =>
        {
            var shown = ColumnBuffer.Create(c.Type);
            shown.Slice(loaded.GetColumn(c.Index), from, Math.Max(0, count));
            return shown;
        });
        return new InMemoryDataView(loaded.Schema, [.. columns], lineage);
    }
}
