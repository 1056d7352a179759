namespace MLPath.Data;

/// <summary>The type of a text file's column, or of the items of a vector.</summary>
public enum DataKind : byte
{
    /// <summary>8-bit signed integers.</summary>
    SByte = 1,

    /// <summary>8-bit unsigned integers.</summary>
    Byte = 2,

    /// <summary>16-bit signed integers.</summary>
    Int16 = 3,

    /// <summary>16-bit unsigned integers.</summary>
    UInt16 = 4,

    /// <summary>32-bit signed integers.</summary>
    Int32 = 5,

    /// <summary>32-bit unsigned integers.</summary>
    UInt32 = 6,

    /// <summary>64-bit signed integers.</summary>
    Int64 = 7,

    /// <summary>64-bit unsigned integers.</summary>
    UInt64 = 8,

    /// <summary>32-bit floating point.</summary>
    Single = 9,

    /// <summary>64-bit floating point.</summary>
    Double = 10,

    /// <summary>Text.</summary>
    String = 11,

    /// <summary>True or false.</summary>
    Boolean = 12,

    /// <summary>Durations.</summary>
    TimeSpan = 13,

    /// <summary>Dates and times.</summary>
    DateTime = 14,

    /// <summary>Dates and times with their offset from UTC.</summary>
    DateTimeOffset = 15,
}

/// <summary>Makes a column of whole numbers a key column: each number is the place of a category, from 0.</summary>
/// <param name="Count">The number of categories; as many as the type can tell apart when null. A greater place is read as missing.</param>
public sealed record KeyCount(ulong? Count = null);

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
