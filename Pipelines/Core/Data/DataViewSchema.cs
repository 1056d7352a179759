using System.Collections;
using MLPath.Data;

namespace MLPath;

/// <summary>Gets the current value of a column or an annotation into <paramref name="value"/>, reusing its memory where it can.</summary>
/// <typeparam name="TValue">The raw type.</typeparam>
/// <param name="value">Receives the value.</param>
public delegate void ValueGetter<TValue>(ref TValue value);

/// <summary>
/// The columns of an <see cref="IDataView"/>: names, types and annotations, in order. Immutable. Names may repeat; the last one of a name
/// is the one found by it, and the earlier ones are hidden.
/// </summary>
public sealed partial class DataViewSchema : IReadOnlyList<DataViewSchema.Column>
{
    private readonly Column[] _columns;
    private readonly Dictionary<string, int> _byName;

    private DataViewSchema(IReadOnlyList<DetachedColumn> columns)
    {
        _byName = new Dictionary<string, int>(columns.Count, StringComparer.Ordinal);
        for (int i = 0; i < columns.Count; i++)
            _byName[columns[i].Name] = i;
        _columns = new Column[columns.Count];
        for (int i = 0; i < columns.Count; i++)
            _columns[i] = new Column(columns[i], i, hidden: _byName[columns[i].Name] != i);
    }

    /// <summary>A schema without columns.</summary>
    public static DataViewSchema Empty { get; } = new([]);

    /// <summary>The number of columns, hidden ones included.</summary>
    public int Count => _columns.Length;

    /// <summary>The column at a position.</summary>
    /// <param name="columnIndex">The position, from 0.</param>
    public Column this[int columnIndex] => _columns[columnIndex];

    /// <summary>The visible column of a name.</summary>
    /// <param name="name">The name, case-sensitive.</param>
    /// <exception cref="SchemaException">There is no such column; the message lists the ones there are.</exception>
    public Column this[string name] => GetColumnOrNull(name) ?? throw SchemaException.MissingColumn(name, VisibleNames);

    /// <summary>The names of the columns that are not hidden, in order.</summary>
    public IEnumerable<string> VisibleNames => _columns.Where(c => !c.IsHidden).Select(c => c.Name);

    /// <summary>The visible column of a name, or null.</summary>
    /// <param name="name">The name, case-sensitive.</param>
    public Column? GetColumnOrNull(string name) => _byName.TryGetValue(name, out int index) ? _columns[index] : null;

    /// <inheritdoc/>
    public IEnumerator<Column> GetEnumerator() => ((IEnumerable<Column>)_columns).GetEnumerator();

    IEnumerator IEnumerable.GetEnumerator() => GetEnumerator();

    /// <inheritdoc/>
    public override string ToString() =>
        string.Join(", ", _columns.Where(c => !c.IsHidden).Select(c => $"{c.Name}: {c.Type}"));

    /// <summary>A column at its place in a schema.</summary>
    public readonly struct Column : IEquatable<Column>
    {
        private readonly DetachedColumn _column;

        internal Column(DetachedColumn column, int index, bool hidden) => (_column, Index, IsHidden) = (column, index, hidden);

        /// <summary>The name.</summary>
        public string Name => _column.Name;

        /// <summary>The position in the schema, from 0.</summary>
        public int Index { get; }

        /// <summary>Whether a later column has the same name.</summary>
        public bool IsHidden { get; }

        /// <summary>The type.</summary>
        public DataViewType Type => _column.Type;

        /// <summary>What is known of the column beyond its type: slot names, key values, …</summary>
        public Annotations Annotations => _column.Annotations;

        /// <summary>The column without its place.</summary>
        public DetachedColumn Detach() => _column;

        /// <inheritdoc/>
        public bool Equals(Column other) => ReferenceEquals(_column, other._column) && Index == other.Index;

        /// <inheritdoc/>
        public override bool Equals(object? obj) => obj is Column other && Equals(other);

        /// <inheritdoc/>
        public override int GetHashCode() => HashCode.Combine(Name, Index);

        /// <summary>Whether two values are the same column of the same schema.</summary>
        public static bool operator ==(Column left, Column right) => left.Equals(right);

        /// <summary>Whether two values are different columns.</summary>
        public static bool operator !=(Column left, Column right) => !left.Equals(right);

        /// <inheritdoc/>
        public override string ToString() => $"{Name}: {Type}";
    }

    /// <summary>A column that belongs to no schema yet.</summary>
    public sealed class DetachedColumn
    {
        /// <summary>Creates a column.</summary>
        /// <param name="name">Its name, not empty.</param>
        /// <param name="type">Its type.</param>
        /// <param name="annotations">What is known of it; nothing when omitted.</param>
        public DetachedColumn(string name, DataViewType type, Annotations? annotations = null)
        {
            ArgumentException.ThrowIfNullOrEmpty(name);
            ArgumentNullException.ThrowIfNull(type);
            (Name, Type, Annotations) = (name, type, annotations ?? Annotations.Empty);
        }

        /// <summary>The name.</summary>
        public string Name { get; }

        /// <summary>The type.</summary>
        public DataViewType Type { get; }

        /// <summary>What is known of the column beyond its type.</summary>
        public Annotations Annotations { get; }
    }

    /// <summary>Collects columns and makes a schema of them.</summary>
    public sealed class Builder
    {
        private readonly List<DetachedColumn> _columns = [];

        /// <summary>Adds a column.</summary>
        /// <param name="name">Its name.</param>
        /// <param name="type">Its type.</param>
        /// <param name="annotations">What is known of it.</param>
        public void AddColumn(string name, DataViewType type, Annotations? annotations = null) =>
            _columns.Add(new DetachedColumn(name, type, annotations));

        /// <summary>Adds a column.</summary>
        /// <param name="column">The column.</param>
        public void AddColumn(DetachedColumn column) => _columns.Add(column);

        /// <summary>Adds the columns of another schema.</summary>
        /// <param name="source">The columns.</param>
        public void AddColumns(IEnumerable<Column> source) => _columns.AddRange(source.Select(c => c.Detach()));

        /// <summary>Adds columns.</summary>
        /// <param name="source">The columns.</param>
        public void AddColumns(IEnumerable<DetachedColumn> source) => _columns.AddRange(source);

        /// <summary>Makes the schema. The builder may be used further.</summary>
        public DataViewSchema ToSchema() => new(_columns);
    }
}
