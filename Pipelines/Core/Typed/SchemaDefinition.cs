using System.Diagnostics.CodeAnalysis;

namespace MLPath.Data;

/// <summary>
/// Which members of a row type are columns, under which names and types. Made from the type, then changed where the type does not say
/// enough: <c>definition["Features"].ColumnType = new VectorDataViewType(NumberDataViewType.Single, size)</c>.
/// </summary>
public sealed class SchemaDefinition : List<SchemaDefinition.Column>
{
    private SchemaDefinition() { }

    /// <summary>What is done with members.</summary>
    [Flags]
    public enum Direction
    {
        /// <summary>They are read: rows become a view.</summary>
        Read = 1,

        /// <summary>They are written: a view becomes rows.</summary>
        Write = 2,

        /// <summary>Either.</summary>
        Both = Read | Write,
    }

    /// <summary>The definition of a column; null where there is none. Setting replaces it, or adds it.</summary>
    /// <param name="columnName">The column's name.</param>
    /// <exception cref="ArgumentException">The definition that is set has another name.</exception>
    [DisallowNull]
    public Column? this[string columnName]
    {
        get => Find(c => c.ColumnName == columnName);
        set
        {
            ArgumentNullException.ThrowIfNull(value);
            if (value.ColumnName != columnName)
                throw new ArgumentException(
                    $"The column is named '{value.ColumnName}'; it cannot be set as '{columnName}'.", nameof(value));
            int at = FindIndex(c => c.ColumnName == columnName);
            if (at >= 0)
                this[at] = value;
            else
                Add(value);
        }
    }

    /// <summary>Defines a column for each public field and property of a type.</summary>
    /// <param name="userType">The type of the rows.</param>
    /// <param name="direction">
    /// Leaves out members that cannot be read, or cannot be written, as is needed; either will do by default.
    /// </param>
    /// <exception cref="SchemaException">
    /// A member has a type that no column can have, two members have the same column name, or an attribute does not fit; the message names
    /// the member.
    /// </exception>
    public static SchemaDefinition Create(
        [DynamicallyAccessedMembers(RowMember.Needed)] Type userType, Direction direction = Direction.Both)
    {
        ArgumentNullException.ThrowIfNull(userType);
        var definition = new SchemaDefinition();
        foreach (var member in RowMember.Of(userType))
        {
            bool wanted = (direction.HasFlag(Direction.Read) && member.CanRead) || (direction.HasFlag(Direction.Write) && member.CanWrite);
            if (!wanted || member.Find<NoColumnAttribute>() is not null)
                continue;
            string name = member.Find<ColumnNameAttribute>()?.Name ?? member.Name;
            if (definition[name] is { } other)
            {
                throw new SchemaException(
                    $"Members '{other.MemberName}' and '{member.Name}' of {userType.Name} are both column '{name}'. " +
                    "Rename one with [ColumnName], or mark it [NoColumn].");
            }

            definition.Add(new Column(member.Name, MemberColumnType.Of(member), name));
        }

        return definition;
    }

    /// <summary>
    /// A definition for rows that are read into a given schema: the schema's columns, with its types and annotations, where the type has
    /// members for them.
    /// </summary>
    internal static SchemaDefinition Within(
        [DynamicallyAccessedMembers(RowMember.Needed)] Type userType, DataViewSchema schema)
    {
        var members = Create(userType, Direction.Read);
        var definition = new SchemaDefinition();
        foreach (var column in schema)
        {
            if (column.IsHidden || members[column.Name] is not { } member)
                continue;
            definition.Add(new Column(member.MemberName, column.Type, column.Name, column.Annotations));
        }

        return definition;
    }

    /// <summary>The definition of one column.</summary>
    public sealed class Column
    {
        private readonly DataViewSchema.Annotations.Builder _annotations = new();

        internal Column(string memberName, DataViewType columnType, string columnName, DataViewSchema.Annotations? annotations = null)
        {
            (MemberName, ColumnType, ColumnName) = (memberName, columnType, columnName);
            if (annotations is not null)
                _annotations.Add(annotations);
        }

        /// <summary>The member that holds the column's values.</summary>
        public string MemberName { get; }

        /// <summary>The column's name.</summary>
        public string ColumnName { get; set; }

        /// <summary>The column's type; a vector's size and a key's count are set here when the type of the rows cannot know them.</summary>
        public DataViewType ColumnType { get; set; }

        /// <summary>What is known of the column beyond its type.</summary>
        public DataViewSchema.Annotations Annotations => _annotations.ToAnnotations();

        /// <summary>Adds an annotation.</summary>
        /// <typeparam name="T">Its raw type.</typeparam>
        /// <param name="kind">Its kind, once for each column.</param>
        /// <param name="value">Its value.</param>
        /// <param name="annotationType">Its type.</param>
        /// <exception cref="ArgumentException">The column has an annotation of that kind already.</exception>
        public void AddAnnotation<T>(string kind, T value, DataViewType annotationType) where T : notnull
        {
            if (Annotations.Schema.GetColumnOrNull(kind) is not null)
                throw new ArgumentException($"Column '{ColumnName}' has an annotation '{kind}' already.", nameof(kind));
            _annotations.Add(kind, annotationType, value);
        }
    }
}
