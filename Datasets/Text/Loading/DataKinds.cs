namespace MLPath.Data;

/// <summary>The short names that schema comments have for kinds, and the kinds of types.</summary>
internal static class DataKinds
{
    private static readonly (DataKind Kind, string Code)[] All =
    [
        (DataKind.SByte, "I1"), (DataKind.Byte, "U1"), (DataKind.Int16, "I2"), (DataKind.UInt16, "U2"), (DataKind.Int32, "I4"),
        (DataKind.UInt32, "U4"), (DataKind.Int64, "I8"), (DataKind.UInt64, "U8"), (DataKind.Single, "R4"), (DataKind.Double, "R8"),
        (DataKind.String, "TX"), (DataKind.Boolean, "BL"), (DataKind.TimeSpan, "TS"), (DataKind.DateTime, "DT"),
        (DataKind.DateTimeOffset, "DZ"),
    ];

    public static string Code(DataKind kind) => Array.Find(All, k => k.Kind == kind).Code;

    public static DataKind? Find(string code) =>
        Array.Find(All, k => k.Code.Equals(code, StringComparison.OrdinalIgnoreCase)) is { Code: not null } found ? found.Kind : null;

    /// <summary>The kind of a type, or of a key's numbers; null for a type that text files cannot hold.</summary>
    public static DataKind? Of(Type rawType) =>
        Array.Find(All, k => k.Kind.ToDataViewType().RawType == rawType) is { Code: not null } found ? found.Kind : null;
}
