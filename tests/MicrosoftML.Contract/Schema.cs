using System.Collections;
using Microsoft.ML.Data;

namespace Microsoft.ML;

/// <summary>The columns of a view. Of several with one name the last is visible; the others are hidden, and found by their index.</summary>
public sealed class DataViewSchema : IReadOnlyList<DataViewSchema.Column>
{
    private readonly Column[] _columns;

    private DataViewSchema(Column[] columns) => _columns = columns;

    public int Count => _columns.Length;

    public Column this[string name] => GetColumnOrNull(name) ?? throw new ArgumentOutOfRangeException(nameof(name), $"Column '{name}' not found");

    public Column this[int columnIndex] => (uint)columnIndex < (uint)_columns.Length
        ? _columns[columnIndex]
        : throw new ArgumentOutOfRangeException(nameof(columnIndex));

    internal Column? GetColumnOrNull(string name)
    {
        ArgumentException.ThrowIfNullOrEmpty(name);
        foreach (var column in _columns)
        {
            if (!column.IsHidden && column.Name == name)
                return column;
        }

        return null;
    }

    public IEnumerator<Column> GetEnumerator() => ((IEnumerable<Column>)_columns).GetEnumerator();

    IEnumerator IEnumerable.GetEnumerator() => GetEnumerator();

    public override string ToString() => $"{Count} columns";

    /// <summary>A column of a schema.</summary>
    public struct Column
    {
        internal Column(string name, int index, bool isHidden, DataViewType type, Annotations annotations) =>
            (Name, Index, IsHidden, Type, Annotations) = (name, index, isHidden, type, annotations ?? Annotations.Empty);

        public string Name { get; }

        public int Index { get; }

        public bool IsHidden { get; }

        public DataViewType Type { get; }

        public Annotations Annotations { get; }

        public override readonly string ToString() => $"{Name}: {Type}";
    }

    /// <summary>What is known of a column beside its type: names of slots, values of keys, …</summary>
    public sealed class Annotations
    {
        private readonly Delegate[] _getters;

        private Annotations(DataViewSchema schema, Delegate[] getters) => (Schema, _getters) = (schema, getters);

        internal static Annotations Empty { get; } = new(new DataViewSchema([]), []);

        public DataViewSchema Schema { get; }

        public void GetValue<TValue>(string kind, ref TValue value)
        {
            var column = Schema.GetColumnOrNull(kind) ?? throw new InvalidOperationException($"There is no annotation '{kind}'.");
            var getter = _getters[column.Index] as ValueGetter<TValue>
                ?? throw new InvalidOperationException($"Annotation '{kind}' is {column.Type}; it was read as {typeof(TValue)}.");
            getter(ref value);
        }

        public override string ToString() => string.Join(", ", Schema.Select(c => c.Name));

        /// <summary>Puts annotations together.</summary>
        public sealed class Builder
        {
            private readonly DataViewSchema.Builder _schema = new();
            private readonly List<Delegate> _getters = [];

            public void Add<TValue>(string name, DataViewType type, ValueGetter<TValue> getter, Annotations annotations = null)
            {
                ArgumentNullException.ThrowIfNull(getter);
                _schema.AddColumn(name, type, annotations);
                if (type.RawType != typeof(TValue))
                    throw new ArgumentException($"Values of {type} are {type.RawType}, not {typeof(TValue)}.", nameof(type));
                _getters.Add(getter);
            }

            public Annotations ToAnnotations() => new(_schema.ToSchema(), [.. _getters]);
        }
    }

    /// <summary>Puts a schema together.</summary>
    public sealed class Builder
    {
        private readonly List<(string Name, DataViewType Type, Annotations Annotations)> _columns = [];

        public void AddColumn(string name, DataViewType type, Annotations annotations = null)
        {
            ArgumentException.ThrowIfNullOrEmpty(name);
            ArgumentNullException.ThrowIfNull(type);
            _columns.Add((name, type, annotations));
        }

        public DataViewSchema ToSchema() => new([.. _columns.Select((c, i) =>
            new Column(c.Name, i, _columns.FindLastIndex(other => other.Name == c.Name) != i, c.Type, c.Annotations))]);
    }
}
