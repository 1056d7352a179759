using System.Collections;
using Microsoft.ML.Data;

namespace Microsoft.ML;

/// <summary>What is known of a schema before anything is fitted. Nobody but Microsoft.ML can make a column of one.</summary>
public sealed class SchemaShape : IReadOnlyList<SchemaShape.Column>
{
    private readonly Column[] _columns;

    public SchemaShape(IEnumerable<Column> columns) => _columns = [.. columns];

    public int Count => _columns.Length;

    public Column this[int index] => _columns[index];

    public IEnumerator<Column> GetEnumerator() => ((IEnumerable<Column>)_columns).GetEnumerator();

    IEnumerator IEnumerable.GetEnumerator() => GetEnumerator();

    /// <summary>A column of a shape.</summary>
    public struct Column
    {
        public readonly string Name;
        public readonly VectorKind Kind;
        public readonly DataViewType ItemType;
        public readonly bool IsKey;
        public readonly SchemaShape Annotations;

        internal Column(string name, VectorKind vecKind, DataViewType itemType, bool isKey, SchemaShape annotations = null) =>
            (Name, Kind, ItemType, IsKey, Annotations) = (name, vecKind, itemType, isKey, annotations ?? new SchemaShape([]));

        /// <summary>Whether a column has vectors.</summary>
        public enum VectorKind
        {
            Scalar,
            Vector,
            VariableVector,
        }
    }
}
