namespace MLPath.Data;

/// <summary>
/// Some consecutive rows of a view: a typed buffer for each column that was asked for. Valid until the cursor moves on.
/// </summary>
public sealed class RowBatch
{
    /// <summary>The number of rows that batches have, the last one of a pass apart.</summary>
    public const int DefaultSize = 1024;

    private readonly ColumnBuffer?[] _columns;

    /// <summary>Creates a batch without columns.</summary>
    /// <param name="schema">The schema of the view.</param>
    public RowBatch(DataViewSchema schema)
    {
        Schema = schema;
        _columns = new ColumnBuffer?[schema.Count];
    }

    /// <summary>The schema of the view.</summary>
    public DataViewSchema Schema { get; }

    /// <summary>The number of rows.</summary>
    public int Count { get; private set; }

    /// <summary>The position of row 0 in the view, from 0.</summary>
    public long Position { get; private set; }

    /// <summary>The values of a column.</summary>
    /// <param name="column">The column's position in the schema.</param>
    /// <exception cref="InvalidOperationException">The column was not asked for.</exception>
    public ColumnBuffer this[int column] => _columns[column] ?? throw NotActive(column);

    /// <summary>Whether a column was asked for.</summary>
    /// <param name="column">The column's position in the schema.</param>
    public bool IsActive(int column) => _columns[column] is not null;

    /// <summary>The values of a scalar column.</summary>
    /// <typeparam name="T">Its raw type.</typeparam>
    /// <param name="column">The column's position in the schema.</param>
    public ReadOnlySpan<T> Scalars<T>(int column) =>
        this[column] is ScalarColumn<T> scalars ? scalars.Values : throw Mismatch(column, typeof(T).Name);

    /// <summary>The values of a vector column.</summary>
    /// <typeparam name="T">The raw type of its items.</typeparam>
    /// <param name="column">The column's position in the schema.</param>
    public VectorColumn<T> Vectors<T>(int column) =>
        this[column] as VectorColumn<T> ?? throw Mismatch(column, $"vectors of {typeof(T).Name}");

    /// <summary>Puts a column's values in, or takes them out.</summary>
    /// <param name="column">The column's position in the schema.</param>
    /// <param name="values">The buffer; null when the column is not part of the pass.</param>
    public void Set(int column, ColumnBuffer? values) => _columns[column] = values;

    /// <summary>States which rows the buffers now hold.</summary>
    /// <param name="position">The position of row 0 in the view.</param>
    /// <param name="count">The number of rows.</param>
    public void SetRows(long position, int count) => (Position, Count) = (position, count);

    private InvalidOperationException NotActive(int column) =>
        new($"Column '{Schema[column].Name}' was not asked for when the pass was opened. Add it to the columns needed.");

    private SchemaException Mismatch(int column, string read) =>
        new($"Column '{Schema[column].Name}' is {Schema[column].Type}; it was read as {read}.");
}
