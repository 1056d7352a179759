using System.Data;
using System.Diagnostics.CodeAnalysis;
using System.Reflection;
using MLPath.Datasets;
using MLPath.Datasets.Formats.Database;
using MLPath.Runtime;

namespace MLPath.Data;

/// <summary>
/// Loads the rows that a command to a database gives. Any provider of ADO.NET serves; each pass over a view connects, runs the command and
/// reads row by row, so the rows may be more than fit in memory.
/// </summary>
/// <remarks>
/// <para>A field's value is converted to the column's type where that is possible without loss of meaning: any number to Single and Double, whole
/// numbers to any integer that holds them, 0 and 1 to Boolean, anything to text, ISO 8601 text to dates. A value that does not fit is an error
/// that names row and field.</para>
/// <para>NULL is NaN, the empty text or key 0. For other types, which have no missing value, it is an error: read the column as Single, or leave
/// such rows out by the command.</para>
/// <para>A key's values are 1 to its count as the database has them; 0 is missing.</para>
/// <para>Exceptions of the provider (no connection, an error in the command, a timeout) come as they are.</para>
/// </remarks>
public sealed class DatabaseLoader : IDataLoader<DatabaseSource>
{
    internal const string Id = "MLPath.DatabaseLoader";

    private readonly DatabaseColumn[] _columns;
    private readonly DataViewSchema _schema;

    private DatabaseLoader(DatabaseColumn[] columns)
    {
        _columns = columns;
        var schema = new DataViewSchema.Builder();
        foreach (var column in columns) schema.AddColumn(column.Name, column.Type, column.Annotations);
        _schema = schema.ToSchema();
    }

    /// <summary>Loads the columns that options describe.</summary>
    internal static DatabaseLoader Create(Options options)
    {
        if (options.Columns is not { Length: > 0 }) throw new ArgumentException("A database loader needs at least one column.", nameof(options));
        return new([.. options.Columns.Select(c => DatabaseColumn.Of(c))]);
    }

    /// <summary>Loads the members of a type.</summary>
    internal static DatabaseLoader Create<
        [DynamicallyAccessedMembers(DynamicallyAccessedMemberTypes.PublicProperties | DynamicallyAccessedMemberTypes.PublicFields)] TInput>()
    {
        var columns = new List<DatabaseColumn>();
        foreach (var member in SchemaDefinition.Create(typeof(TInput)))
        {
            MemberInfo info = (MemberInfo?)typeof(TInput).GetProperty(member.MemberName) ?? typeof(TInput).GetField(member.MemberName)!;
            var byIndex = info.GetCustomAttribute<LoadColumnAttribute>();
            var byName = info.GetCustomAttribute<LoadColumnNameAttribute>();
            if (byIndex is not null && byName is not null)
                throw new SchemaException($"Member '{member.MemberName}' has [LoadColumn] and [LoadColumnName]; leave one of them.");
            Range[]? source = byIndex is not null ? [.. byIndex.Ranges.Select(r => r.First == r.Last ? new Range(r.First) : new Range(r.First, r.Last))]
                : byName is not null ? [.. byName.FieldNames.Select(n => new Range(n))]
                : null;
            if (member.ColumnType.ItemTypeOrSelf is not PrimitiveDataViewType item || DataKinds.Of(item.RawType) is null)
                throw new SchemaException($"Member '{member.MemberName}' is {member.ColumnType}, which is not read from a database. Mark it [NoColumn].");
            columns.Add(new DatabaseColumn(member.ColumnName, item, source, member.ColumnType is VectorDataViewType));
        }
        return new([.. columns]);
    }

    /// <summary>Loads all fields of a command's rows.</summary>
    internal static DatabaseLoader Infer(DatabaseSource source) => new(DatabaseFields.Infer(source));

    /// <inheritdoc/>
    public string ComponentId => Id;

    /// <inheritdoc/>
    public DataViewSchema GetOutputSchema() => _schema;

    /// <summary>Makes a view of a command's rows. Nothing is read yet; each pass runs the command anew.</summary>
    /// <param name="input">The database and the command.</param>
    public IDataView Load(DatabaseSource input)
    {
        ArgumentNullException.ThrowIfNull(input);
        return new DatabaseDataView(_schema, _columns, input);
    }

    /// <summary>Writes the columns: names, types and the fields that they are read from. Nothing of a database, connection or command.</summary>
    /// <inheritdoc/>
    public void Save(ModelSaveContext context)
    {
        ModelColumns.Write(context, [.. _columns.Select(c => (c.Name, c.Type))]);
        ModelColumns.WriteLists(context, "FirstFields", [.. _columns.Select(c => c.Source.Select(r => r.Min).ToList())]);
        ModelColumns.WriteLists(context, "LastFields", [.. _columns.Select(c => c.Source.Select(r => r.Max).ToList())]);
        // An empty name is that of a range by place.
        context.Write("FieldNames", [.. _columns.SelectMany(c => c.Source).Select(r => r.Name ?? "")]);
    }

    internal static DatabaseLoader Load(ModelLoadContext context)
    {
        var columns = ModelColumns.Read(context);
        int[][] first = ModelColumns.ReadLists(context, "FirstFields", columns.Length), last = ModelColumns.ReadLists(context, "LastFields", columns.Length);
        var names = new Queue<string>(context.ReadStrings("FieldNames"));
        if (columns.Length == 0 || names.Count != first.Sum(f => f.Length) || !first.Zip(last).All(pair => pair.First.Length == pair.Second.Length))
            throw context.Invalid("it has no columns, or not one name, first and last field for each range");
        return new([.. columns.Select((c, i) => new DatabaseColumn(c.Name, c.Item,
            [.. first[i].Zip(last[i], (min, max) => new Range { Min = min, Max = max, Name = names.Dequeue() is { Length: > 0 } name ? name : null })],
            c.IsVector))]);
    }

    /// <summary>A column to load: its name, its type, and the fields that it is read from.</summary>
    public sealed class Column
    {
        /// <summary>Creates a column of Single that is read from the field of its name.</summary>
        public Column() { }

        /// <summary>Creates a column that is read from one field.</summary>
        /// <param name="name">The column's name.</param>
        /// <param name="dbType">Its type.</param>
        /// <param name="index">The field, from 0.</param>
        public Column(string name, DbType dbType, int index) : this(name, dbType, [new Range(index)]) { }

        /// <summary>Creates a vector that is read from consecutive fields.</summary>
        /// <param name="name">The column's name.</param>
        /// <param name="dbType">The type of its items.</param>
        /// <param name="minIndex">The first field, from 0.</param>
        /// <param name="maxIndex">The last field, which is included.</param>
        public Column(string name, DbType dbType, int minIndex, int maxIndex) : this(name, dbType, [new Range(minIndex, maxIndex)]) { }

        /// <summary>Creates a column that is read from some fields.</summary>
        /// <param name="name">The column's name.</param>
        /// <param name="dbType">The type of its items.</param>
        /// <param name="source">The fields; more than one make a vector.</param>
        /// <param name="keyCount">Makes the column a key; it is none when omitted.</param>
        public Column(string name, DbType dbType, Range[] source, KeyCount? keyCount = null) =>
            (Name, Type, Source, KeyCount) = (name, dbType, source, keyCount);

        /// <summary>The column's name.</summary>
        public string Name { get; set; } = "";

        /// <summary>
        /// The type of its items. Default: Single. Strings become Text; the date types DateTime, <see cref="DbType.Time"/> TimeSpan; decimal
        /// numbers Double. Bytes, objects, GUIDs and XML are not possible.
        /// </summary>
        public DbType Type { get; set; } = DbType.Single;

        /// <summary>The fields that the column is read from; the field of its name where there are none.</summary>
        public Range[]? Source { get; set; }

        /// <summary>Makes the column, of type Byte, UInt16, UInt32 or UInt64, a key. Default: null, it is none.</summary>
        public KeyCount? KeyCount { get; set; }
    }

    /// <summary>Some fields of the rows, by place or by name.</summary>
    public sealed class Range
    {
        /// <summary>Creates the range of the first field.</summary>
        public Range() { }

        /// <summary>Creates a range of one field, which makes a scalar.</summary>
        /// <param name="index">The field, from 0.</param>
        public Range(int index)
        {
            ArgumentOutOfRangeException.ThrowIfNegative(index);
            (Min, Max) = (index, index);
        }

        /// <summary>Creates a range of one field, which makes a scalar.</summary>
        /// <param name="name">The field's name.</param>
        public Range(string name)
        {
            ArgumentException.ThrowIfNullOrEmpty(name);
            Name = name;
        }

        /// <summary>Creates a range of consecutive fields, which make a vector, also where it is only one.</summary>
        /// <param name="min">The first field, from 0.</param>
        /// <param name="max">The last field, which is included.</param>
        public Range(int min, int max)
        {
            ArgumentOutOfRangeException.ThrowIfNegative(min);
            ArgumentOutOfRangeException.ThrowIfLessThan(max, min);
            (Min, Max, ForceVector) = (min, max, true);
        }

        /// <summary>The first field, from 0. Not used with a name.</summary>
        public int Min { get; set; }

        /// <summary>The last field, which is included. Not used with a name.</summary>
        public int Max { get; set; }

        /// <summary>The name of the field; null where it is given by its place.</summary>
        public string? Name { get; set; }

        /// <summary>Whether one field makes a vector of one item. Default: false, a scalar.</summary>
        public bool ForceVector { get; set; }
    }

    /// <summary>What a <see cref="DatabaseLoader"/> loads.</summary>
    public sealed class Options
    {
        /// <summary>The columns, at least one.</summary>
        public Column[] Columns { get; set; } = [];
    }
}
