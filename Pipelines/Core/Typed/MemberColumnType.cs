namespace MLPath.Data;

/// <summary>Which column type a member of a row type has.</summary>
internal static class MemberColumnType
{
    private const string Allowed =
        "A column's member is a number, bool, string, ReadOnlyMemory<char>, DateTime, DateTimeOffset, TimeSpan, " +
        "float? or double? (null is missing), an array of any of these that are not nullable, a VBuffer<T>, " +
        "or of a type that a library defines, with its attribute, such as [ImageType] MLImage.";

    private static readonly PrimitiveDataViewType[] Primitives =
    [
        .. NumberDataViewType.All, BooleanDataViewType.Instance, TextDataViewType.Instance, DateTimeDataViewType.Instance,
        DateTimeOffsetDataViewType.Instance, TimeSpanDataViewType.Instance, RowIdDataViewType.Instance,
    ];

    /// <summary>The column type by the member's type and attributes.</summary>
    /// <exception cref="SchemaException">There is none, or an attribute does not fit.</exception>
    public static DataViewType Of(RowMember member)
    {
        if (member.Find<DataViewTypeAttribute>()?.Type is { } own)
        {
            return own.RawType == member.Type ? own : throw new SchemaException(
                $"{member.Describe()} is marked as a column of {own}, whose values are {RowMember.TypeName(own.RawType)}. Change its type, or remove the attribute.");
        }

        var item = Item(member.Type, out bool isVector) ?? throw new SchemaException(
            $"{member.Describe()} cannot be a column.{Hint(member.Type)} {Allowed} Change its type, or mark it [NoColumn].");
        if (member.Find<KeyTypeAttribute>() is { } key)
            item = Key(member, item.RawType, key.Count);
        var vector = member.Find<VectorTypeAttribute>();
        if (vector is not null && !isVector)
        {
            throw new SchemaException(
                $"{member.Describe()} is marked [VectorType], which is for arrays and VBuffer<T>. Remove the attribute, or change the type.");
        }

        if (!isVector)
            return item;
        try
        {
            return new VectorDataViewType(item, [.. vector?.Dimensions ?? []]);
        }
        catch (Exception error) when (error is ArgumentException or OverflowException)
        {
            throw new SchemaException($"{member.Describe()} has [VectorType] with dimensions that no vector has: {error.Message}", error);
        }
    }

    /// <summary>Whether a member can hold a column's values.</summary>
    public static bool Fits(Type member, DataViewType column) =>
        member == column.RawType
        || Item(member, out bool isVector)?.RawType == column.ItemTypeOrSelf.RawType && isVector == column is VectorDataViewType;

    /// <summary>The members that can hold a column's values, in words.</summary>
    public static string Fitting(DataViewType column)
    {
        var raw = column.ItemTypeOrSelf.RawType;
        string item = raw == typeof(ReadOnlyMemory<char>) ? "string" : RowMember.TypeName(raw);
        return column is VectorDataViewType
            ? raw == typeof(ReadOnlyMemory<char>) ? "string[]" : $"{item}[] or VBuffer<{item}>"
            : raw == typeof(float) || raw == typeof(double) ? $"{item} or {item}?" : item;
    }

    // The scalar type of a member, or of its items.
    private static PrimitiveDataViewType? Item(Type type, out bool isVector)
    {
        isVector = type.IsSZArray || (type.IsGenericType && type.GetGenericTypeDefinition() == typeof(VBuffer<>));
        var raw = !isVector ? type : type.IsSZArray ? type.GetElementType()! : type.GetGenericArguments()[0];
        if (raw == typeof(string) && (!isVector || type.IsSZArray))
            return TextDataViewType.Instance;
        if (!isVector && (raw == typeof(float?) || raw == typeof(double?)))
            raw = Nullable.GetUnderlyingType(raw)!;
        return Array.Find(Primitives, p => p.RawType == raw);
    }

    private static KeyDataViewType Key(RowMember member, Type raw, ulong count)
    {
        try
        {
            return new KeyDataViewType(raw, count);
        }
        catch (ArgumentException error)
        {
            throw new SchemaException($"{member.Describe()} is marked [KeyType({count})]: {error.Message}", error);
        }
    }

    private static string Hint(Type type)
    {
        var value = Nullable.GetUnderlyingType(type) ?? type;
        return value == typeof(decimal) ? " Use double."
            : value == typeof(char) ? " Use string."
            : value.IsEnum ? " Use a number or string."
            : Nullable.GetUnderlyingType(type) is { } inner && Array.Exists(Primitives, p => p.RawType == inner)
                ? " Only float and double have a missing value; use one of these, or the type without '?'."
            : type.IsArray && type.GetArrayRank() > 1 ? " Use an array of one dimension with [VectorType(rows, columns)]."
            : "";
    }
}
