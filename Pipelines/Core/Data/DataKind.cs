namespace MLPath.Data;

/// <summary>The primitive types of columns by name: what text is read as, and what values are converted to. The numbers are ML.NET's.</summary>
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

    /// <summary>A duration.</summary>
    TimeSpan = 13,

    /// <summary>A date and time without offset.</summary>
    DateTime = 14,

    /// <summary>A date and time with its offset from UTC.</summary>
    DateTimeOffset = 15,
}

/// <summary>From kinds to types and back.</summary>
public static class DataKindExtensions
{
    extension(DataKind kind)
    {
        /// <summary>The type of columns of this kind.</summary>
        /// <exception cref="ArgumentOutOfRangeException">There is no such kind.</exception>
        public PrimitiveDataViewType ToDataViewType() => kind switch
        {
            DataKind.SByte => NumberDataViewType.SByte,
            DataKind.Byte => NumberDataViewType.Byte,
            DataKind.Int16 => NumberDataViewType.Int16,
            DataKind.UInt16 => NumberDataViewType.UInt16,
            DataKind.Int32 => NumberDataViewType.Int32,
            DataKind.UInt32 => NumberDataViewType.UInt32,
            DataKind.Int64 => NumberDataViewType.Int64,
            DataKind.UInt64 => NumberDataViewType.UInt64,
            DataKind.Single => NumberDataViewType.Single,
            DataKind.Double => NumberDataViewType.Double,
            DataKind.String => TextDataViewType.Instance,
            DataKind.Boolean => BooleanDataViewType.Instance,
            DataKind.TimeSpan => TimeSpanDataViewType.Instance,
            DataKind.DateTime => DateTimeDataViewType.Instance,
            DataKind.DateTimeOffset => DateTimeOffsetDataViewType.Instance,
            _ => throw new ArgumentOutOfRangeException(nameof(kind), kind, "There is no such kind of data."),
        };
    }
}
