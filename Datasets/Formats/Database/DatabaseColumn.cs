using System.Data;
using MLPath.Data;

namespace MLPath.Datasets.Formats.Database;

/// <summary>A column that is read from fields of a database's rows.</summary>
internal sealed class DatabaseColumn
{
    /// <summary>Creates a column.</summary>
    /// <param name="name">Its name.</param>
    /// <param name="item">The type of its items.</param>
    /// <param name="source">The fields; the one of its name when null.</param>
    /// <param name="isVector">Whether one field makes a vector too.</param>
    public DatabaseColumn(string name, PrimitiveDataViewType item, DatabaseLoader.Range[]? source, bool isVector)
    {
        if (string.IsNullOrWhiteSpace(name)) throw new ArgumentException("A column of a database loader has no name.");
        if (source is { Length: 0 }) throw new ArgumentException($"Column '{name}' has no source; give fields, or null for the field of its name.");
        Name = name.Trim();
        var ranges = source ?? [new DatabaseLoader.Range(Name)];
        Source = ranges;
        int size = 0;
        foreach (var range in ranges)
        {
            if (range.Name is null && (range.Min < 0 || range.Max < range.Min))
                throw new ArgumentException($"Column '{name}' has a range from {range.Min} to {range.Max}; fields are numbered from 0 upwards.");
            size = checked(size + (range.Name is null ? range.Max - range.Min + 1 : 1));
        }
        Type = isVector || size > 1 || ranges[0].ForceVector ? new VectorDataViewType(item, size) : item;
        bool named = Array.TrueForAll(ranges, r => r.Name is not null);
        Annotations = Type is VectorDataViewType && named
            ? new DataViewSchema.Annotations.Builder().AddSlotNames([.. ranges.Select(r => r.Name!)]).ToAnnotations()
            : DataViewSchema.Annotations.Empty;
    }

    /// <summary>The column's name.</summary>
    public string Name { get; }

    /// <summary>The fields that it is read from, at least one.</summary>
    public IReadOnlyList<DatabaseLoader.Range> Source { get; }

    /// <summary>Its type.</summary>
    public DataViewType Type { get; }

    /// <summary>The names of a vector's slots, where all fields are given by name.</summary>
    public DataViewSchema.Annotations Annotations { get; }

    /// <summary>A column as the user describes it.</summary>
    public static DatabaseColumn Of(DatabaseLoader.Column column)
    {
        ArgumentNullException.ThrowIfNull(column);
        var item = ItemType(column);
        if (column.KeyCount is { } keys)
        {
            try
            {
                item = keys.TypeOf(item.RawType);
            }
            catch (ArgumentException problem)
            {
                throw new ArgumentException($"Column '{column.Name}': {problem.Message}", problem);
            }
        }
        return new DatabaseColumn(column.Name, item, column.Source, isVector: false);
    }

    /// <summary>The places of the column's fields among those of a result.</summary>
    /// <exception cref="SchemaException">The result lacks a field.</exception>
    public int[] Places(string[] fields)
    {
        var places = new List<int>();
        foreach (var range in Source)
        {
            if (range.Name is { } name)
            {
                int place = Array.IndexOf(fields, name);
                if (place < 0) place = Array.FindIndex(fields, f => f.Equals(name, StringComparison.OrdinalIgnoreCase));
                places.Add(place >= 0 ? place : throw SchemaException.MissingColumn(name, fields, "field"));
                continue;
            }
            if (range.Max >= fields.Length)
                throw new SchemaException($"Column '{Name}' is read from field {range.Max}; the command gives {fields.Length} fields, numbered from 0.");
            places.AddRange(Enumerable.Range(range.Min, range.Max - range.Min + 1));
        }
        return [.. places];
    }

    private static PrimitiveDataViewType ItemType(DatabaseLoader.Column column) => column.Type switch
    {
        DbType.AnsiString or DbType.AnsiStringFixedLength or DbType.String or DbType.StringFixedLength => TextDataViewType.Instance,
        DbType.Boolean => BooleanDataViewType.Instance,
        DbType.SByte => NumberDataViewType.SByte,
        DbType.Byte => NumberDataViewType.Byte,
        DbType.Int16 => NumberDataViewType.Int16,
        DbType.UInt16 => NumberDataViewType.UInt16,
        DbType.Int32 => NumberDataViewType.Int32,
        DbType.UInt32 => NumberDataViewType.UInt32,
        DbType.Int64 => NumberDataViewType.Int64,
        DbType.UInt64 => NumberDataViewType.UInt64,
        DbType.Single => NumberDataViewType.Single,
        DbType.Double or DbType.Decimal or DbType.Currency or DbType.VarNumeric => NumberDataViewType.Double,
        DbType.Date or DbType.DateTime or DbType.DateTime2 => DateTimeDataViewType.Instance,
        DbType.DateTimeOffset => DateTimeOffsetDataViewType.Instance,
        DbType.Time => TimeSpanDataViewType.Instance,
        _ => throw new ArgumentException($"Column '{column.Name}' has DbType {column.Type}, which no column type holds. Convert it in the command, to text for example."),
    };
}
