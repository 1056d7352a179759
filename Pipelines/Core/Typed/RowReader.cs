using System.Diagnostics.CodeAnalysis;
using System.Runtime.InteropServices;

namespace MLPath.Data;

/// <summary>
/// Turns columns into objects: each public field or property of <typeparamref name="TRow"/> that can be set receives the column of its
/// name. Immutable and safe for use by many threads.
/// </summary>
/// <remarks>
/// A member has the raw type of its column; text may be read as string, a vector as an array, a <see cref="VBuffer{T}"/> or, for text, an
/// array of strings, a <c>Single</c> or <c>Double</c> as <c>float?</c> or <c>double?</c> with null for NaN, and a key whose values are
/// known as string (null where it is missing). An array of the right length that the object holds is overwritten; otherwise a new one is
/// put in.
/// </remarks>
/// <typeparam name="TRow">A class, record or struct.</typeparam>
public sealed class RowReader<[DynamicallyAccessedMembers(RowMember.Needed)] TRow>
{
    private readonly ReadMember<TRow>[] _members;

    /// <summary>Prepares the reading of rows.</summary>
    /// <param name="schema">The columns there are.</param>
    /// <param name="schemaDefinition">Which members receive which columns; all that can be set, by name, when omitted.</param>
    /// <param name="ignoreMissingColumns">Whether a member may have no column, so that it is left as it is.</param>
    /// <exception cref="SchemaException">A member has no column, or one that it cannot hold.</exception>
    public RowReader(DataViewSchema schema, SchemaDefinition? schemaDefinition = null, bool ignoreMissingColumns = false)
    {
        ArgumentNullException.ThrowIfNull(schema);
        schemaDefinition ??= SchemaDefinition.Create(typeof(TRow), SchemaDefinition.Direction.Write);
        var members = RowMember.Of(typeof(TRow));
        var columns = new List<DataViewSchema.Column>();
        var reads = new List<ReadMember<TRow>>();
        foreach (var definition in schemaDefinition)
        {
            var member = RowMembers.Find(members, definition, typeof(TRow), write: true);
            if (schema.GetColumnOrNull(definition.ColumnName) is not { } column)
            {
                if (ignoreMissingColumns)
                    continue;
                throw SchemaException.MissingColumn(definition.ColumnName, schema.VisibleNames)
                    .In($"{member.Describe()} has no column (rename it with [ColumnName], or mark it [NoColumn])");
            }

            columns.Add(column);
            reads.Add(MemberReader<TRow>.Create(member, column));
        }

        (Columns, _members) = (columns, [.. reads]);
    }

    /// <summary>The columns that are read.</summary>
    public IReadOnlyList<DataViewSchema.Column> Columns { get; }

    /// <summary>Reads one row into an object.</summary>
    /// <param name="batch">Rows with at least <see cref="Columns"/>.</param>
    /// <param name="row">The row of the batch, from 0.</param>
    /// <param name="target">The object to fill.</param>
    public void Read(RowBatch batch, int row, ref TRow target)
    {
        foreach (var read in _members)
            read(batch, row, ref target);
    }
}

/// <summary>Reads one member of a row from a batch.</summary>
internal delegate void ReadMember<TRow>(RowBatch batch, int row, ref TRow target);

/// <summary>Reads one column into one member: what the column's and the member's types make of each other.</summary>
internal static class MemberReader<TRow>
{
    public static ReadMember<TRow> Create(RowMember member, DataViewSchema.Column column)
    {
        bool keyText = member.Type == typeof(string) && column.Type is KeyDataViewType && column.HasKeyValues();
        if (!keyText && !MemberColumnType.Fits(member.Type, column.Type))
        {
            throw new SchemaException(
                $"{member.Describe()} cannot hold column '{column.Name}', which is {column.Type}. " +
                $"Declare it as {MemberColumnType.Fitting(column.Type)}, give the member another column with [ColumnName], or mark it [NoColumn].");
        }

        return column.Type.Accept(new Factory(member, column));
    }

    private sealed class Factory(RowMember member, DataViewSchema.Column column) : IRawTypeVisitor<ReadMember<TRow>>
    {
        private readonly int _index = column.Index;

        public ReadMember<TRow> Visit<T>()
        {
            if (column.Type is VectorDataViewType)
            {
                return member.Type == typeof(string[]) ? Texts()
                    : member.Type == typeof(T[]) ? Array<T>()
                    : Vector<T>();
            }

            return member.Type == typeof(string) ? column.Type is KeyDataViewType ? KeyText<T>() : Text()
                : member.Type == typeof(float?) ? Nullable<float>(float.IsNaN)
                : member.Type == typeof(double?) ? Nullable<double>(double.IsNaN)
                : Value<T>();
        }

        private ReadMember<TRow> Value<T>()
        {
            var set = member.Setter<TRow, T>();
            return (batch, row, ref target) => set(ref target, batch.Scalars<T>(_index)[row]);
        }

        private ReadMember<TRow> Nullable<T>(Func<T, bool> isMissing) where T : struct
        {
            var set = member.Setter<TRow, T?>();
            return (batch, row, ref target) =>
            {
                var value = batch.Scalars<T>(_index)[row];
                set(ref target, isMissing(value) ? null : value);
            };
        }

        private ReadMember<TRow> Text()
        {
            var set = member.Setter<TRow, string>();
            return (batch, row, ref target) => set(ref target, TextValue.ToString(batch.Scalars<ReadOnlyMemory<char>>(_index)[row]));
        }

        private ReadMember<TRow> KeyText<T>()
        {
            var set = member.Setter<TRow, string?>();
            var texts = column.KeyValueTexts();
            return (batch, row, ref target) => set(ref target, KeyValue.Text(KeyValue.Number(batch.Scalars<T>(_index)[row]), texts));
        }

        private ReadMember<TRow> Array<T>()
        {
            var get = member.CanRead ? member.Getter<TRow, T[]?>() : null;
            var set = member.Setter<TRow, T[]>();
            return (batch, row, ref target) =>
            {
                var vectors = batch.Vectors<T>(_index);
                var values = Sized(get, ref target, vectors.RowLength(row));
                vectors.CopyRowTo(row, values);
                set(ref target, values);
            };
        }

        private ReadMember<TRow> Texts()
        {
            var get = member.CanRead ? member.Getter<TRow, string[]?>() : null;
            var set = member.Setter<TRow, string[]>();
            ReadMember<TRow> read = (batch, row, ref target) =>
            {
                var vectors = batch.Vectors<ReadOnlyMemory<char>>(_index);
                var texts = Sized(get, ref target, vectors.RowLength(row));
                var stored = vectors.RowValues(row);
                if (vectors.Layout == VectorLayout.Sparse)
                    System.Array.Fill(texts, "");
                for (int i = 0; i < stored.Length; i++)
                    texts[vectors.Layout == VectorLayout.Sparse ? vectors.RowIndices(row)[i] : i] = TextValue.ToString(stored[i]);
                set(ref target, texts);
            };
            return read;
        }

        private ReadMember<TRow> Vector<T>()
        {
            var get = member.CanRead ? member.Getter<TRow, VBuffer<T>>() : null;
            var set = member.Setter<TRow, VBuffer<T>>();
            return (batch, row, ref target) =>
            {
                var value = get is null ? default : get(ref target);
                batch.Vectors<T>(_index).GetRow(row, ref value);
                set(ref target, value);
            };
        }

        private static T[] Sized<T>(MemberGetter<TRow, T[]?>? get, ref TRow target, int length) =>
            get?.Invoke(ref target) is { } held && held.Length == length ? held : new T[length];
    }
}

/// <summary>Texts of columns as strings.</summary>
internal static class TextValue
{
    /// <summary>The text as a string: the very one it was made of, where it was made of a whole one.</summary>
    public static string ToString(ReadOnlyMemory<char> text) =>
        MemoryMarshal.TryGetString(text, out string? whole, out _, out int length) && length == whole.Length ? whole : text.ToString();
}
