using System.Collections;
using System.Diagnostics.CodeAnalysis;
using MLPath.Data;

namespace MLPath;

/// <summary>
/// What is known of a schema before anything is fitted: enough to check a whole pipeline. Dimensions and key counts are carried where known;
/// what is unknown is checked when the step is entered.
/// </summary>
public sealed class SchemaShape : IReadOnlyList<SchemaShape.Column>
{
    private readonly Column[] _columns;

    /// <summary>Creates a shape.</summary>
    /// <param name="columns">The columns, each name once.</param>
    public SchemaShape(IEnumerable<Column> columns)
    {
        _columns = [.. columns];
        if (_columns.GroupBy(c => c.Name).FirstOrDefault(g => g.Count() > 1) is { } twice)
            throw new ArgumentException($"A shape names each column once; '{twice.Key}' is there twice.", nameof(columns));
    }

    /// <summary>The number of columns.</summary>
    public int Count => _columns.Length;

    /// <summary>The column at a position.</summary>
    /// <param name="index">The position, from 0.</param>
    public Column this[int index] => _columns[index];

    /// <summary>The column of a name.</summary>
    /// <param name="name">The name.</param>
    /// <exception cref="SchemaException">There is no such column.</exception>
    public Column this[string name] =>
        TryFindColumn(name, out var column) ? column : throw SchemaException.MissingColumn(name, _columns.Select(c => c.Name));

    /// <summary>The shape of a schema's visible columns, dimensions and key counts included.</summary>
    /// <param name="schema">The schema.</param>
    public static SchemaShape Create(DataViewSchema schema) => new(schema.Where(c => !c.IsHidden).Select(Column.Create));

    /// <summary>Finds a column.</summary>
    /// <param name="name">Its name.</param>
    /// <param name="column">Receives it.</param>
    public bool TryFindColumn(string name, [NotNullWhen(true)] out Column? column) =>
        (column = Array.Find(_columns, c => c.Name == name)) is not null;

    /// <summary>This shape with columns added; a column of the same name is replaced at its place.</summary>
    /// <param name="columns">The columns.</param>
    public SchemaShape With(params IEnumerable<Column> columns)
    {
        var result = _columns.ToList();
        foreach (var column in columns)
        {
            int at = result.FindIndex(c => c.Name == column.Name);
            if (at >= 0)
                result[at] = column;
            else
                result.Add(column);
        }

        return new SchemaShape(result);
    }

    /// <inheritdoc/>
    public IEnumerator<Column> GetEnumerator() => ((IEnumerable<Column>)_columns).GetEnumerator();

    IEnumerator IEnumerable.GetEnumerator() => GetEnumerator();

    /// <inheritdoc/>
    public override string ToString() => string.Join(", ", (IEnumerable<Column>)_columns);

    /// <summary>What is known of one column.</summary>
    public sealed class Column
    {
        /// <summary>Creates a column's shape.</summary>
        /// <param name="name">Its name.</param>
        /// <param name="kind">Scalar, vector of one size, or vector of each row's own length.</param>
        /// <param name="itemType">
        /// The type of the scalar or of the items. For a key whose count is not known yet, the raw integer's number type with <paramref name="isKey"/>.
        /// </param>
        /// <param name="isKey">Whether it is a key, or a vector of keys.</param>
        /// <param name="annotations">The kinds of annotation it will have.</param>
        /// <param name="dimensions">The dimensions of a vector, where known; empty otherwise.</param>
        /// <param name="keyCount">The number of categories of a key, where known; null otherwise.</param>
        public Column(
            string name,
            VectorKind kind,
            DataViewType itemType,
            bool isKey,
            SchemaShape? annotations = null,
            IReadOnlyList<int>? dimensions = null,
            ulong? keyCount = null)
        {
            ArgumentException.ThrowIfNullOrEmpty(name);
            (Name, Kind, ItemType, IsKey) = (name, kind, itemType, isKey);
            (Annotations, Dimensions, KeyCount) = (annotations ?? new SchemaShape([]), dimensions ?? [], keyCount);
        }

        /// <summary>Scalar or vector.</summary>
        public enum VectorKind
        {
            /// <summary>One value a row.</summary>
            Scalar,

            /// <summary>A vector of one size for all rows.</summary>
            Vector,

            /// <summary>A vector of each row's own length.</summary>
            VariableVector,
        }

        /// <summary>The name.</summary>
        public string Name { get; }

        /// <summary>Scalar or vector.</summary>
        public VectorKind Kind { get; }

        /// <summary>The type of the scalar or of the items; a key's raw integer type when <see cref="IsKey"/>.</summary>
        public DataViewType ItemType { get; }

        /// <summary>Whether it is a key, or a vector of keys.</summary>
        public bool IsKey { get; }

        /// <summary>The kinds of annotation it will have.</summary>
        public SchemaShape Annotations { get; }

        /// <summary>The dimensions of a vector, where known; empty otherwise.</summary>
        public IReadOnlyList<int> Dimensions { get; }

        /// <summary>The number of slots of a vector where known; null otherwise.</summary>
        public int? Size => Kind == VectorKind.Vector && Dimensions.Count > 0 ? Dimensions.Aggregate(1, (a, b) => a * b) : null;

        /// <summary>The number of categories of a key, where known.</summary>
        public ulong? KeyCount { get; }

        /// <summary>The shape of a column of a schema.</summary>
        /// <param name="column">The column.</param>
        public static Column Create(DataViewSchema.Column column)
        {
            var item = column.Type.ItemTypeOrSelf;
            var vector = column.Type as VectorDataViewType;
            var kind = vector is null ? VectorKind.Scalar : vector.IsKnownSize ? VectorKind.Vector : VectorKind.VariableVector;
            var annotations = SchemaShape.Create(column.Annotations.Schema);
            return item is KeyDataViewType key
                ? new Column(column.Name, kind, RawNumber(key), true, annotations, vector?.Dimensions, key.Count)
                : new Column(column.Name, kind, item, false, annotations, vector?.Dimensions);
        }

        /// <summary>The same column under another name.</summary>
        /// <param name="name">The name.</param>
        public Column Rename(string name) => new(name, Kind, ItemType, IsKey, Annotations, Dimensions, KeyCount);

        /// <summary>The type in words, as errors name it.</summary>
        public string TypeText
        {
            get
            {
                string item = IsKey ? KeyCount is { } count ? $"Key<{count}>" : "Key" : $"{ItemType}";
                return Kind switch
                {
                    VectorKind.Scalar => item,
                    VectorKind.Vector => Dimensions.Count > 0 ? $"Vector<{item}, {string.Join('x', Dimensions)}>" : $"Vector<{item}, ?>",
                    _ => $"Vector<{item}>",
                };
            }
        }

        /// <inheritdoc/>
        public override string ToString() => $"{Name}: {TypeText}";

        private static NumberDataViewType RawNumber(KeyDataViewType key) =>
            key.RawType == typeof(byte) ? NumberDataViewType.Byte
            : key.RawType == typeof(ushort) ? NumberDataViewType.UInt16
            : key.RawType == typeof(uint) ? NumberDataViewType.UInt32
            : NumberDataViewType.UInt64;
    }
}
