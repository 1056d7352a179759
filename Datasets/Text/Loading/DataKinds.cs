namespace MLPath.Data;

/// <summary>The types that kinds stand for, and the short names that schema comments use.</summary>
internal static class DataKinds
{
    private static readonly (DataKind Kind, PrimitiveDataViewType Type, string Code)[] All =
    [
        (DataKind.SByte, NumberDataViewType.SByte, "I1"), (DataKind.Byte, NumberDataViewType.Byte, "U1"),
        (DataKind.Int16, NumberDataViewType.Int16, "I2"), (DataKind.UInt16, NumberDataViewType.UInt16, "U2"),
        (DataKind.Int32, NumberDataViewType.Int32, "I4"), (DataKind.UInt32, NumberDataViewType.UInt32, "U4"),
        (DataKind.Int64, NumberDataViewType.Int64, "I8"), (DataKind.UInt64, NumberDataViewType.UInt64, "U8"),
        (DataKind.Single, NumberDataViewType.Single, "R4"), (DataKind.Double, NumberDataViewType.Double, "R8"),
        (DataKind.String, TextDataViewType.Instance, "TX"), (DataKind.Boolean, BooleanDataViewType.Instance, "BL"),
        (DataKind.TimeSpan, TimeSpanDataViewType.Instance, "TS"), (DataKind.DateTime, DateTimeDataViewType.Instance, "DT"),
        (DataKind.DateTimeOffset, DateTimeOffsetDataViewType.Instance, "DZ"),
    ];

    public static PrimitiveDataViewType Type(DataKind kind) => Array.Find(All, k => k.Kind == kind) is { Type: { } type }
        ? type
        : throw new ArgumentException($"{(int)kind} is no {nameof(DataKind)}.", nameof(kind));

    public static string Code(DataKind kind) => Array.Find(All, k => k.Kind == kind).Code;

    public static DataKind? Find(string code) =>
        Array.Find(All, k => k.Code.Equals(code, StringComparison.OrdinalIgnoreCase)) is { Type: not null } found ? found.Kind : null;

    /// <summary>The kind of a type, or of a key's numbers; null for a type that text files cannot hold.</summary>
    public static DataKind? Of(Type rawType) => Array.Find(All, k => k.Type.RawType == rawType) is { Type: not null } found ? found.Kind : null;
}
