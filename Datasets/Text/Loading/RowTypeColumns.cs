using System.Diagnostics.CodeAnalysis;
using System.Reflection;

namespace MLPath.Data;

/// <summary>The columns of a loader by the members of a row type: what [LoadColumn], [ColumnName], [KeyType] and [NoColumn] say.</summary>
internal static class RowTypeColumns
{
    /// <summary>A column for each public field and property that is not marked [NoColumn].</summary>
    /// <exception cref="SchemaException">A member has no [LoadColumn], or it does not fit the member's type.</exception>
    public static TextLoader.Column[] Of<
        [DynamicallyAccessedMembers(DynamicallyAccessedMemberTypes.PublicProperties | DynamicallyAccessedMemberTypes.PublicFields)] TRow>() =>
        [.. SchemaDefinition.Create(typeof(TRow)).Select(column => Of(column, Sources<TRow>(column.MemberName)))];

    private static TextLoader.Column Of(SchemaDefinition.Column column, LoadColumnAttribute source)
    {
        var item = column.ColumnType is VectorDataViewType vector ? vector.ItemType : (PrimitiveDataViewType)column.ColumnType;
        if (DataKinds.Of(item.RawType) is not { } kind)
            throw new SchemaException($"Member '{column.MemberName}' is {column.ColumnType}, which a text file cannot hold; mark it [NoColumn].");
        int fields = source.Ranges.Sum(r => r.Last - r.First + 1);
        bool isVector = column.ColumnType is VectorDataViewType;
        if (!isVector && fields > 1)
        {
            throw new SchemaException(
                $"Member '{column.MemberName}' is {column.ColumnType}, but [LoadColumn] gives it {fields} fields; make it an array.");
        }
        if (column.ColumnType is VectorDataViewType { IsKnownSize: true } sized && sized.Size != fields)
        {
            throw new SchemaException(
                $"Member '{column.MemberName}' is {column.ColumnType}, but [LoadColumn] gives it {fields} fields.");
        }
        return new TextLoader.Column(
            column.ColumnName, kind, [.. source.Ranges.Select(r => new TextLoader.Range { Min = r.First, Max = r.Last, ForceVector = isVector })],
            item is KeyDataViewType key ? new KeyCount(key.Count) : null);
    }

    private static LoadColumnAttribute Sources<
        [DynamicallyAccessedMembers(DynamicallyAccessedMemberTypes.PublicProperties | DynamicallyAccessedMemberTypes.PublicFields)] TRow>(string name)
    {
        const BindingFlags Public = BindingFlags.Public | BindingFlags.Instance;
        var member = (MemberInfo?)typeof(TRow).GetProperty(name, Public) ?? typeof(TRow).GetField(name, Public);
        return member?.GetCustomAttribute<LoadColumnAttribute>(inherit: true) ?? throw new SchemaException(
            $"Member '{name}' of {typeof(TRow).Name} does not say which field it is read from. Mark it [LoadColumn(…)], or [NoColumn].");
    }
}
