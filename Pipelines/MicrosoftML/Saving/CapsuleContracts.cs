using Factory = Microsoft.ML.Transforms.CustomMappingFactoryAttributeAttribute;

namespace MLPath.MicrosoftML;

/// <summary>The names by which Microsoft.ML finds the mappings of a <see cref="Capsule"/> again when a model is loaded.</summary>
internal static class CapsuleContracts
{
    /// <summary>The prefix of all of them.</summary>
    public const string Prefix = "MLPath.";

    /// <summary>Gives the constant.</summary>
    public static (string Name, Action<NoColumns, ConstantColumn> Map) Constant { get; } = (Prefix + "Constant", (_, made) => made.Constant = 1);

    /// <summary>Opens the model and begins a row.</summary>
    public static (string Name, Action<ModelColumn, RowColumn> Map) Open { get; } =
        (Prefix + "Open", (source, made) => made.Row = CapsuleRow.Begin(made.Row, source.Model));

    /// <summary>The name of a mapping of one raw type.</summary>
    /// <typeparam name="T">The raw type of a scalar, or of a vector's items.</typeparam>
    /// <param name="mapping">What the mapping does.</param>
    /// <param name="column">The column that it is for.</param>
    /// <exception cref="NotSupportedException">There is none for that type.</exception>
    public static string NameOf<T>(string mapping, DataViewSchema.Column column) => Types.TryGetValue(typeof(T), out string? type)
        ? $"{Prefix}{mapping}{type}"
        : throw new NotSupportedException(
            $"Column '{column.Name}' is {column.Type}, which an ML.NET model cannot keep for MLPath. Save the model with MLPath's Model.Save.");

    private static readonly Dictionary<Type, string> Types = new()
    {
        [typeof(bool)] = "Boolean",
        [typeof(sbyte)] = "SByte",
        [typeof(byte)] = "Byte",
        [typeof(short)] = "Int16",
        [typeof(ushort)] = "UInt16",
        [typeof(int)] = "Int32",
        [typeof(uint)] = "UInt32",
        [typeof(long)] = "Int64",
        [typeof(ulong)] = "UInt64",
        [typeof(float)] = "Single",
        [typeof(double)] = "Double",
        [typeof(ReadOnlyMemory<char>)] = "Text",
        [typeof(DateTime)] = "DateTime",
        [typeof(DateTimeOffset)] = "DateTimeOffset",
        [typeof(TimeSpan)] = "TimeSpan",
    };
}

/// <summary>Makes the mapping that gives the constant.</summary>
[Factory(CapsuleContracts.Prefix + "Constant")]
internal sealed class ConstantFactory : MS.Transforms.CustomMappingFactory<NoColumns, ConstantColumn>
{
    public override Action<NoColumns, ConstantColumn> GetMapping() => CapsuleContracts.Constant.Map;
}

/// <summary>Makes the mapping that opens the model.</summary>
[Factory(CapsuleContracts.Prefix + "Open")]
internal sealed class OpenFactory : MS.Transforms.CustomMappingFactory<ModelColumn, RowColumn>
{
    public override Action<ModelColumn, RowColumn> GetMapping() => CapsuleContracts.Open.Map;
}

/// <summary>Makes the mappings that take a scalar.</summary>
internal abstract class TakeFactory<T> : MS.Transforms.CustomMappingFactory<TakenColumns<T>, RowColumn>
{
    public override Action<TakenColumns<T>, RowColumn> GetMapping() => ScalarMapping<T>.Take;
}

/// <summary>Makes the mappings that take a vector.</summary>
internal abstract class TakeVectorFactory<T> : MS.Transforms.CustomMappingFactory<TakenColumns<MSData.VBuffer<T>>, RowColumn>
{
    public override Action<TakenColumns<MSData.VBuffer<T>>, RowColumn> GetMapping() => VectorMapping<T>.Take;
}

/// <summary>Makes the mappings that give a scalar.</summary>
internal abstract class GiveFactory<T> : MS.Transforms.CustomMappingFactory<RowColumn, GivenColumns<T>>
{
    public override Action<RowColumn, GivenColumns<T>> GetMapping() => ScalarMapping<T>.Give;
}

/// <summary>Makes the mappings that give a vector of each row's own length.</summary>
internal abstract class GiveVectorFactory<T> : MS.Transforms.CustomMappingFactory<RowColumn, GivenColumns<MSData.VBuffer<T>>>
{
    public override Action<RowColumn, GivenColumns<MSData.VBuffer<T>>> GetMapping() => VectorMapping<T>.Give;
}

/// <summary>Makes the mappings that give a vector of known size in pieces.</summary>
internal abstract class GivePiecesFactory<T> : MS.Transforms.CustomMappingFactory<RowColumn, PieceColumns<T>>
{
    public override Action<RowColumn, PieceColumns<T>> GetMapping() => VectorMapping<T>.GivePieces;
}

[Factory(CapsuleContracts.Prefix + "TakeBoolean")] internal sealed class TakeBoolean : TakeFactory<bool>;
[Factory(CapsuleContracts.Prefix + "TakeSByte")] internal sealed class TakeSByte : TakeFactory<sbyte>;
[Factory(CapsuleContracts.Prefix + "TakeByte")] internal sealed class TakeByte : TakeFactory<byte>;
[Factory(CapsuleContracts.Prefix + "TakeInt16")] internal sealed class TakeInt16 : TakeFactory<short>;
[Factory(CapsuleContracts.Prefix + "TakeUInt16")] internal sealed class TakeUInt16 : TakeFactory<ushort>;
[Factory(CapsuleContracts.Prefix + "TakeInt32")] internal sealed class TakeInt32 : TakeFactory<int>;
[Factory(CapsuleContracts.Prefix + "TakeUInt32")] internal sealed class TakeUInt32 : TakeFactory<uint>;
[Factory(CapsuleContracts.Prefix + "TakeInt64")] internal sealed class TakeInt64 : TakeFactory<long>;
[Factory(CapsuleContracts.Prefix + "TakeUInt64")] internal sealed class TakeUInt64 : TakeFactory<ulong>;
[Factory(CapsuleContracts.Prefix + "TakeSingle")] internal sealed class TakeSingle : TakeFactory<float>;
[Factory(CapsuleContracts.Prefix + "TakeDouble")] internal sealed class TakeDouble : TakeFactory<double>;
[Factory(CapsuleContracts.Prefix + "TakeText")] internal sealed class TakeText : TakeFactory<ReadOnlyMemory<char>>;
[Factory(CapsuleContracts.Prefix + "TakeDateTime")] internal sealed class TakeDateTime : TakeFactory<DateTime>;
[Factory(CapsuleContracts.Prefix + "TakeDateTimeOffset")] internal sealed class TakeDateTimeOffset : TakeFactory<DateTimeOffset>;
[Factory(CapsuleContracts.Prefix + "TakeTimeSpan")] internal sealed class TakeTimeSpan : TakeFactory<TimeSpan>;

[Factory(CapsuleContracts.Prefix + "TakeVectorBoolean")] internal sealed class TakeVectorBoolean : TakeVectorFactory<bool>;
[Factory(CapsuleContracts.Prefix + "TakeVectorSByte")] internal sealed class TakeVectorSByte : TakeVectorFactory<sbyte>;
[Factory(CapsuleContracts.Prefix + "TakeVectorByte")] internal sealed class TakeVectorByte : TakeVectorFactory<byte>;
[Factory(CapsuleContracts.Prefix + "TakeVectorInt16")] internal sealed class TakeVectorInt16 : TakeVectorFactory<short>;
[Factory(CapsuleContracts.Prefix + "TakeVectorUInt16")] internal sealed class TakeVectorUInt16 : TakeVectorFactory<ushort>;
[Factory(CapsuleContracts.Prefix + "TakeVectorInt32")] internal sealed class TakeVectorInt32 : TakeVectorFactory<int>;
[Factory(CapsuleContracts.Prefix + "TakeVectorUInt32")] internal sealed class TakeVectorUInt32 : TakeVectorFactory<uint>;
[Factory(CapsuleContracts.Prefix + "TakeVectorInt64")] internal sealed class TakeVectorInt64 : TakeVectorFactory<long>;
[Factory(CapsuleContracts.Prefix + "TakeVectorUInt64")] internal sealed class TakeVectorUInt64 : TakeVectorFactory<ulong>;
[Factory(CapsuleContracts.Prefix + "TakeVectorSingle")] internal sealed class TakeVectorSingle : TakeVectorFactory<float>;
[Factory(CapsuleContracts.Prefix + "TakeVectorDouble")] internal sealed class TakeVectorDouble : TakeVectorFactory<double>;
[Factory(CapsuleContracts.Prefix + "TakeVectorText")] internal sealed class TakeVectorText : TakeVectorFactory<ReadOnlyMemory<char>>;
[Factory(CapsuleContracts.Prefix + "TakeVectorDateTime")] internal sealed class TakeVectorDateTime : TakeVectorFactory<DateTime>;
[Factory(CapsuleContracts.Prefix + "TakeVectorDateTimeOffset")] internal sealed class TakeVectorDateTimeOffset : TakeVectorFactory<DateTimeOffset>;
[Factory(CapsuleContracts.Prefix + "TakeVectorTimeSpan")] internal sealed class TakeVectorTimeSpan : TakeVectorFactory<TimeSpan>;

[Factory(CapsuleContracts.Prefix + "GiveBoolean")] internal sealed class GiveBoolean : GiveFactory<bool>;
[Factory(CapsuleContracts.Prefix + "GiveSByte")] internal sealed class GiveSByte : GiveFactory<sbyte>;
[Factory(CapsuleContracts.Prefix + "GiveByte")] internal sealed class GiveByte : GiveFactory<byte>;
[Factory(CapsuleContracts.Prefix + "GiveInt16")] internal sealed class GiveInt16 : GiveFactory<short>;
[Factory(CapsuleContracts.Prefix + "GiveUInt16")] internal sealed class GiveUInt16 : GiveFactory<ushort>;
[Factory(CapsuleContracts.Prefix + "GiveInt32")] internal sealed class GiveInt32 : GiveFactory<int>;
[Factory(CapsuleContracts.Prefix + "GiveUInt32")] internal sealed class GiveUInt32 : GiveFactory<uint>;
[Factory(CapsuleContracts.Prefix + "GiveInt64")] internal sealed class GiveInt64 : GiveFactory<long>;
[Factory(CapsuleContracts.Prefix + "GiveUInt64")] internal sealed class GiveUInt64 : GiveFactory<ulong>;
[Factory(CapsuleContracts.Prefix + "GiveSingle")] internal sealed class GiveSingle : GiveFactory<float>;
[Factory(CapsuleContracts.Prefix + "GiveDouble")] internal sealed class GiveDouble : GiveFactory<double>;
[Factory(CapsuleContracts.Prefix + "GiveText")] internal sealed class GiveText : GiveFactory<ReadOnlyMemory<char>>;
[Factory(CapsuleContracts.Prefix + "GiveDateTime")] internal sealed class GiveDateTime : GiveFactory<DateTime>;
[Factory(CapsuleContracts.Prefix + "GiveDateTimeOffset")] internal sealed class GiveDateTimeOffset : GiveFactory<DateTimeOffset>;
[Factory(CapsuleContracts.Prefix + "GiveTimeSpan")] internal sealed class GiveTimeSpan : GiveFactory<TimeSpan>;

[Factory(CapsuleContracts.Prefix + "GiveVectorBoolean")] internal sealed class GiveVectorBoolean : GiveVectorFactory<bool>;
[Factory(CapsuleContracts.Prefix + "GiveVectorSByte")] internal sealed class GiveVectorSByte : GiveVectorFactory<sbyte>;
[Factory(CapsuleContracts.Prefix + "GiveVectorByte")] internal sealed class GiveVectorByte : GiveVectorFactory<byte>;
[Factory(CapsuleContracts.Prefix + "GiveVectorInt16")] internal sealed class GiveVectorInt16 : GiveVectorFactory<short>;
[Factory(CapsuleContracts.Prefix + "GiveVectorUInt16")] internal sealed class GiveVectorUInt16 : GiveVectorFactory<ushort>;
[Factory(CapsuleContracts.Prefix + "GiveVectorInt32")] internal sealed class GiveVectorInt32 : GiveVectorFactory<int>;
[Factory(CapsuleContracts.Prefix + "GiveVectorUInt32")] internal sealed class GiveVectorUInt32 : GiveVectorFactory<uint>;
[Factory(CapsuleContracts.Prefix + "GiveVectorInt64")] internal sealed class GiveVectorInt64 : GiveVectorFactory<long>;
[Factory(CapsuleContracts.Prefix + "GiveVectorUInt64")] internal sealed class GiveVectorUInt64 : GiveVectorFactory<ulong>;
[Factory(CapsuleContracts.Prefix + "GiveVectorSingle")] internal sealed class GiveVectorSingle : GiveVectorFactory<float>;
[Factory(CapsuleContracts.Prefix + "GiveVectorDouble")] internal sealed class GiveVectorDouble : GiveVectorFactory<double>;
[Factory(CapsuleContracts.Prefix + "GiveVectorText")] internal sealed class GiveVectorText : GiveVectorFactory<ReadOnlyMemory<char>>;
[Factory(CapsuleContracts.Prefix + "GiveVectorDateTime")] internal sealed class GiveVectorDateTime : GiveVectorFactory<DateTime>;
[Factory(CapsuleContracts.Prefix + "GiveVectorDateTimeOffset")] internal sealed class GiveVectorDateTimeOffset : GiveVectorFactory<DateTimeOffset>;
[Factory(CapsuleContracts.Prefix + "GiveVectorTimeSpan")] internal sealed class GiveVectorTimeSpan : GiveVectorFactory<TimeSpan>;

[Factory(CapsuleContracts.Prefix + "GivePiecesBoolean")] internal sealed class GivePiecesBoolean : GivePiecesFactory<bool>;
[Factory(CapsuleContracts.Prefix + "GivePiecesSByte")] internal sealed class GivePiecesSByte : GivePiecesFactory<sbyte>;
[Factory(CapsuleContracts.Prefix + "GivePiecesByte")] internal sealed class GivePiecesByte : GivePiecesFactory<byte>;
[Factory(CapsuleContracts.Prefix + "GivePiecesInt16")] internal sealed class GivePiecesInt16 : GivePiecesFactory<short>;
[Factory(CapsuleContracts.Prefix + "GivePiecesUInt16")] internal sealed class GivePiecesUInt16 : GivePiecesFactory<ushort>;
[Factory(CapsuleContracts.Prefix + "GivePiecesInt32")] internal sealed class GivePiecesInt32 : GivePiecesFactory<int>;
[Factory(CapsuleContracts.Prefix + "GivePiecesUInt32")] internal sealed class GivePiecesUInt32 : GivePiecesFactory<uint>;
[Factory(CapsuleContracts.Prefix + "GivePiecesInt64")] internal sealed class GivePiecesInt64 : GivePiecesFactory<long>;
[Factory(CapsuleContracts.Prefix + "GivePiecesUInt64")] internal sealed class GivePiecesUInt64 : GivePiecesFactory<ulong>;
[Factory(CapsuleContracts.Prefix + "GivePiecesSingle")] internal sealed class GivePiecesSingle : GivePiecesFactory<float>;
[Factory(CapsuleContracts.Prefix + "GivePiecesDouble")] internal sealed class GivePiecesDouble : GivePiecesFactory<double>;
[Factory(CapsuleContracts.Prefix + "GivePiecesText")] internal sealed class GivePiecesText : GivePiecesFactory<ReadOnlyMemory<char>>;
[Factory(CapsuleContracts.Prefix + "GivePiecesDateTime")] internal sealed class GivePiecesDateTime : GivePiecesFactory<DateTime>;
[Factory(CapsuleContracts.Prefix + "GivePiecesDateTimeOffset")] internal sealed class GivePiecesDateTimeOffset : GivePiecesFactory<DateTimeOffset>;
[Factory(CapsuleContracts.Prefix + "GivePiecesTimeSpan")] internal sealed class GivePiecesTimeSpan : GivePiecesFactory<TimeSpan>;
