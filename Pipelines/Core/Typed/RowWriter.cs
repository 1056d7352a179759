using System.Diagnostics.CodeAnalysis;
using MLPath.Runtime;

namespace MLPath.Data;

/// <summary>
/// Turns objects into columns: each public field or property of <typeparamref name="TRow"/> is a column. Immutable and safe for use by many
/// threads; what <see cref="Open"/> returns is not.
/// </summary>
/// <remarks>
/// Text is taken as it is: a member of type <see cref="ReadOnlyMemory{T}"/> must not change its characters afterwards. Null text is empty
/// text; a null array is an empty vector where vectors are ragged, and an error where they have a size; null of <c>float?</c> and
/// <c>double?</c> is NaN; a key above its count is 0.
/// </remarks>
/// <typeparam name="TRow">A class, record or struct.</typeparam>
public sealed class RowWriter<[DynamicallyAccessedMembers(RowMember.Needed)] TRow>
{
    private readonly ColumnWriter<TRow>[] _columns;

    /// <summary>Prepares the writing of rows.</summary>
    /// <param name="schemaDefinition">Which members are columns; all that can be read when omitted.</param>
    /// <exception cref="SchemaException">A member cannot be a column, or not one of the type that the definition gives it.</exception>
    public RowWriter(SchemaDefinition? schemaDefinition = null)
    {
        schemaDefinition ??= SchemaDefinition.Create(typeof(TRow), SchemaDefinition.Direction.Read);
        var members = RowMember.Of(typeof(TRow));
        var schema = new DataViewSchema.Builder();
        foreach (var column in schemaDefinition)
            schema.AddColumn(column.ColumnName, column.ColumnType, column.Annotations);
        Schema = schema.ToSchema();
        _columns =
        [
            .. Schema.Select(column =>
                ColumnWriter<TRow>.Create(RowMembers.Find(members, schemaDefinition[column.Index], typeof(TRow), write: false), column)),
        ];
    }

    /// <summary>The columns, one for each member.</summary>
    public DataViewSchema Schema { get; }

    /// <summary>Begins to write rows into buffers, which are cleared.</summary>
    /// <param name="columns">A buffer for each column of <see cref="Schema"/>, of its type; null where the column is not wanted.</param>
    /// <returns>What rows are appended to; it serves one thread at a time.</returns>
    public RowAppender<TRow> Open(params ReadOnlySpan<ColumnBuffer?> columns) => OpenColumns(columns, oneRow: false);

    /// <summary>The same for one row at a time: it is cleared before every row, which is read before its object changes, so that arrays are not copied.</summary>
    internal RowAppender<TRow> OpenForOneRow(ReadOnlySpan<ColumnBuffer?> columns) => OpenColumns(columns, oneRow: true);

    private RowAppender<TRow> OpenColumns(ReadOnlySpan<ColumnBuffer?> columns, bool oneRow)
    {
        if (columns.Length != Schema.Count)
            throw new ArgumentException(
                $"{typeof(TRow).Name} has {Schema.Count} columns; {columns.Length} buffers were given.", nameof(columns));
        var buffers = new List<ColumnBuffer>();
        var appends = new List<AppendMember<TRow>>();
        for (int i = 0; i < columns.Length; i++)
        {
            if (columns[i] is not { } buffer)
                continue;
            buffers.Add(buffer);
            appends.Add(_columns[i].Open(buffer, oneRow));
        }

        return new RowAppender<TRow>([.. buffers], [.. appends]);
    }
}

/// <summary>Appends objects to column buffers. Serves one thread at a time.</summary>
/// <typeparam name="TRow">The type of the objects.</typeparam>
public sealed class RowAppender<TRow>
{
    private readonly ColumnBuffer[] _buffers;
    private readonly AppendMember<TRow>[] _appends;

    internal RowAppender(ColumnBuffer[] buffers, AppendMember<TRow>[] appends)
    {
        (_buffers, _appends) = (buffers, appends);
        Clear();
    }

    /// <summary>
    /// The number of rows appended since the beginning, cleared ones included: the number that errors give to the next row.
    /// </summary>
    public long Position { get; private set; }

    /// <summary>Forgets the rows in the buffers and keeps their memory.</summary>
    public void Clear()
    {
        foreach (var buffer in _buffers)
            buffer.Clear();
    }

    /// <summary>Forgets the rows, and counts from 0 again.</summary>
    internal void Restart()
    {
        Clear();
        Position = 0;
    }

    /// <summary>Appends a row.</summary>
    /// <param name="row">The object; it may be changed and appended again afterwards.</param>
    /// <exception cref="DataException">The row is null, or a vector does not have its column's size.</exception>
    public void Append(TRow row)
    {
        if (!typeof(TRow).IsValueType && row is null)
            throw new DataException($"Row {Position} is null.");
        foreach (var append in _appends)
            append(ref row, Position);
        Position++;
    }
}

/// <summary>Appends one member of a row to its buffer; the position is for errors.</summary>
internal delegate void AppendMember<TRow>(ref TRow row, long position);

/// <summary>Finds the members that a definition names.</summary>
internal static class RowMembers
{
    public static RowMember Find(IReadOnlyList<RowMember> members, SchemaDefinition.Column column, Type row, bool write)
    {
        var member = members.FirstOrDefault(m => m.Name == column.MemberName);
        if (member is null)
        {
            var names = members.Select(m => m.Name).ToList();
            string hint = NearestName.Hint(column.MemberName, names);
            throw new SchemaException(
                $"{row.Name} has no public member '{column.MemberName}'.{hint} {NearestName.List("Its members are", names)}");
        }

        if (write ? !member.CanWrite : !member.CanRead)
        {
            string remedy = write ? "Give it a public setter" : "Give it a public getter";
            throw new SchemaException($"{member.Describe()} cannot be {(write ? "set" : "read")}. {remedy}, or mark it [NoColumn].");
        }

        return member;
    }
}
