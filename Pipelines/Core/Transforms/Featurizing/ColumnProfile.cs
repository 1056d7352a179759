using MLPath.Data;

namespace MLPath.Transforms;

/// <summary>What the rules need to know of a column's values.</summary>
/// <param name="Column">The column.</param>
internal sealed record ColumnProfile(DataViewSchema.Column Column)
{
    /// <summary>Above this many different values they are no longer counted.</summary>
    public const int MostValues = 1000;

    /// <summary>The number of values that are there.</summary>
    public long Count { get; init; }

    /// <summary>The number of missing values: NaN, empty text, key 0.</summary>
    public long Missing { get; init; }

    /// <summary>The number of infinite values.</summary>
    public long Infinite { get; init; }

    /// <summary>The number of different values; null above <see cref="MostValues"/>.</summary>
    public int? Distinct { get; init; }

    /// <summary>Whether every row's value is the one of the row before plus 1.</summary>
    public bool NumbersTheRows { get; init; }

    /// <summary>Whether each of its values goes with one value of the label and the other way round, or all are its numbers.</summary>
    public bool EqualsLabel { get; init; }

    /// <summary>The mean number of words of a text.</summary>
    public double Words { get; init; }

    /// <summary>Looks at columns in one pass.</summary>
    /// <param name="data">The rows.</param>
    /// <param name="columns">The columns.</param>
    /// <param name="label">The column to predict; null for none.</param>
    /// <param name="context">Cancellation.</param>
    /// <returns>A profile of each column, and the number of rows.</returns>
    public static (IReadOnlyList<ColumnProfile> Profiles, long Rows) Of(
        IDataView data, IReadOnlyList<DataViewSchema.Column> columns, DataViewSchema.Column? label, FitContext context)
    {
        var profilers = columns.Select(c => c.Type.Accept(new Factory(c))).ToList();
        var labels = label is { Type: PrimitiveDataViewType } scalar ? scalar.Type.Accept(new Factory(scalar)) : null;
        long rows = 0;
        using var cursor = data.GetBatchCursor([.. columns, .. label is { } l ? [l] : Array.Empty<DataViewSchema.Column>()], context.CancellationToken);
        while (cursor.MoveNext())
        {
            context.Checkpoint();
            rows += cursor.Current.Count;
            labels?.Add(cursor.Current, label: null);
            foreach (var profiler in profilers)
                profiler.Add(cursor.Current, labels);
        }

        return ([.. profilers.Select(p => p.Result(rows))], rows);
    }

    private sealed class Factory(DataViewSchema.Column column) : IRawTypeVisitor<ColumnProfiler>
    {
        public ColumnProfiler Visit<T>() =>
            typeof(T) == typeof(ReadOnlyMemory<char>) ? new TextProfiler(column)
            : column.Type.ItemTypeOrSelf is NumberDataViewType or BooleanDataViewType or KeyDataViewType ? new NumberProfiler<T>(column)
            : new OtherProfiler<T>(column);
    }
}
