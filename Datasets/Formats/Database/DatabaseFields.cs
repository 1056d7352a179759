using System.Data;
using MLPath.Data;

namespace MLPath.Datasets.Formats.Database;

/// <summary>The columns of a command's result by its own schema.</summary>
internal static class DatabaseFields
{
    /// <summary>
    /// A column for each field: numbers are Single, so that NULL has a value and features of all kinds fit together; the others are what the
    /// database says.
    /// </summary>
    public static DatabaseColumn[] Infer(DatabaseSource source)
    {
        using var connection = new DatabaseConnection(source, CommandBehavior.SchemaOnly, CancellationToken.None);
        if (connection.Fields.Length == 0) throw new SchemaException("The command gives no fields. Give one that selects rows.");
        var columns = new DatabaseColumn[connection.Fields.Length];
        for (int i = 0; i < columns.Length; i++)
        {
            string name = string.IsNullOrWhiteSpace(connection.Fields[i]) ? $"Column{i + 1}" : connection.Fields[i];
            columns[i] = new DatabaseColumn(name, TypeOf(name, connection.Reader.GetFieldType(i)), [new DatabaseLoader.Range(i)], isVector: false);
        }
        return columns;
    }

    private static PrimitiveDataViewType TypeOf(string name, Type field)
    {
        if (DatabaseValue.IsNumber(field)) return NumberDataViewType.Single;
        if (field == typeof(string) || field == typeof(char) || field == typeof(Guid)) return TextDataViewType.Instance;
        if (field == typeof(bool)) return BooleanDataViewType.Instance;
        if (field == typeof(DateTime) || field == typeof(DateOnly)) return DateTimeDataViewType.Instance;
        if (field == typeof(DateTimeOffset)) return DateTimeOffsetDataViewType.Instance;
        if (field == typeof(TimeSpan) || field == typeof(TimeOnly)) return TimeSpanDataViewType.Instance;
        throw new SchemaException($"Field '{name}' is of type {field.Name}, which no column type holds. Leave it out of the command, or convert it there.");
    }
}
