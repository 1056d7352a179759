using System.Security.Cryptography;
using MLPath.Data;

namespace MLPath.MicrosoftML;

/// <summary>Column types both ways. The primitive types correspond one to one; what MLPath has no type for travels as a <see cref="ForeignDataViewType{T}"/>.</summary>
internal static class DataTypes
{
    /// <summary>A type of Microsoft.ML as one of MLPath.</summary>
    public static DataViewType FromMicrosoft(MSData.DataViewType type) => type switch
    {
        MSData.VectorDataViewType vector when FromMicrosoft(vector.ItemType) is PrimitiveDataViewType item =>
            vector.Size > 0 ? new VectorDataViewType(item, vector.Dimensions.AsSpan()) : new VectorDataViewType(item),
        MSData.KeyDataViewType key => new KeyDataViewType(key.RawType, key.Count),
        MSData.TextDataViewType => TextDataViewType.Instance,
        MSData.BooleanDataViewType => BooleanDataViewType.Instance,
        MSData.DateTimeDataViewType => DateTimeDataViewType.Instance,
        MSData.DateTimeOffsetDataViewType => DateTimeOffsetDataViewType.Instance,
        MSData.TimeSpanDataViewType => TimeSpanDataViewType.Instance,
        MSData.NumberDataViewType => NumberDataViewType.All.First(number => number.RawType == type.RawType),
        _ => Foreign(type),
    };

    /// <summary>A type of MLPath as one of Microsoft.ML; null where there is none: for an image, a row identifier, a type of a third party's.</summary>
    public static MSData.DataViewType? TryToMicrosoft(DataViewType type) => type switch
    {
        VectorDataViewType vector when TryToMicrosoft(vector.ItemType) is MSData.PrimitiveDataViewType item =>
            vector.IsKnownSize ? new MSData.VectorDataViewType(item, vector.Dimensions.ToArray()) : new MSData.VectorDataViewType(item, 0),
        KeyDataViewType key => new MSData.KeyDataViewType(key.RawType, key.Count),
        TextDataViewType => MSData.TextDataViewType.Instance,
        BooleanDataViewType => MSData.BooleanDataViewType.Instance,
        DateTimeDataViewType => MSData.DateTimeDataViewType.Instance,
        DateTimeOffsetDataViewType => MSData.DateTimeOffsetDataViewType.Instance,
        TimeSpanDataViewType => MSData.TimeSpanDataViewType.Instance,
        NumberDataViewType => Number(type.RawType),
        IForeignDataViewType foreign => foreign.Type,
        _ => null,
    };

    /// <summary>A type of MLPath as one of Microsoft.ML.</summary>
    /// <exception cref="SchemaException">There is none.</exception>
    public static MSData.DataViewType ToMicrosoft(DataViewType type, string column) => TryToMicrosoft(type) ?? throw new SchemaException(
        $"Column '{column}' is {type}, for which Microsoft.ML has no type. Convert it to numbers or text, or drop it, before the data go to Microsoft.ML.");

    private static MSData.NumberDataViewType Number(Type rawType) => Type.GetTypeCode(rawType) switch
    {
        TypeCode.SByte => MSData.NumberDataViewType.SByte,
        TypeCode.Byte => MSData.NumberDataViewType.Byte,
        TypeCode.Int16 => MSData.NumberDataViewType.Int16,
        TypeCode.UInt16 => MSData.NumberDataViewType.UInt16,
        TypeCode.Int32 => MSData.NumberDataViewType.Int32,
        TypeCode.UInt32 => MSData.NumberDataViewType.UInt32,
        TypeCode.Int64 => MSData.NumberDataViewType.Int64,
        TypeCode.UInt64 => MSData.NumberDataViewType.UInt64,
        TypeCode.Double => MSData.NumberDataViewType.Double,
        _ => MSData.NumberDataViewType.Single,
    };

    // The raw type is known at run time only, and Microsoft.ML's types offer no visitor.
    private static DataViewType Foreign(MSData.DataViewType type) =>
        (DataViewType)Activator.CreateInstance(typeof(ForeignDataViewType<>).MakeGenericType(type.RawType), type)!;
}

/// <summary>A type of Microsoft.ML that MLPath has no counterpart of.</summary>
internal interface IForeignDataViewType
{
    /// <summary>The type as Microsoft.ML knows it.</summary>
    MSData.DataViewType Type { get; }
}

/// <summary>
/// The type of columns that pass through MLPath untouched: images, row identifiers, a user's own types. Each row's value is taken from
/// Microsoft.ML as it is, and handed back as it is.
/// </summary>
/// <typeparam name="T">The raw type.</typeparam>
internal sealed class ForeignDataViewType<T>(MSData.DataViewType type) : StructuredDataViewType<T>, IForeignDataViewType
{
    public MSData.DataViewType Type => type;

    public override string TypeId => $"MicrosoftML.{type}";

    public override void AppendContent(IncrementalHash hash, T value) =>
        throw new NotSupportedException($"The content of a value of {type} is known to Microsoft.ML alone. Drop such columns before fingerprints are taken.");

    public override string ToString() => $"{type} (of Microsoft.ML)";
}
