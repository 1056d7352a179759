namespace MLPath.Data;

/// <summary>Says which fields of a database's rows a member is read from, by their names.</summary>
[AttributeUsage(AttributeTargets.Field | AttributeTargets.Property)]
public sealed class LoadColumnNameAttribute : Attribute
{
    /// <summary>Reads the member from one field.</summary>
    /// <param name="fieldName">The field's name.</param>
    public LoadColumnNameAttribute(string fieldName) => FieldNames = [fieldName];

    /// <summary>Reads the member, a vector, from some fields.</summary>
    /// <param name="fieldNames">The fields' names, in the order of the vector's slots.</param>
    public LoadColumnNameAttribute(params string[] fieldNames) => FieldNames = [.. fieldNames];

    /// <summary>The names of the fields.</summary>
    public IReadOnlyList<string> FieldNames { get; }
}
