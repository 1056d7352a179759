namespace MLPath.Data;

/// <summary>The type of a column: what a reader needs to know before asking for its values.</summary>
/// <remarks>
/// The set is closed (numbers, bool, text, key, date and time, row identifiers, vectors of those), so that every consumer can be
/// exhaustive, but for <see cref="StructuredDataViewType{T}"/>: values with a structure of their own, such as images, whose types libraries
/// define. <see cref="Accept{TResult}"/> hands the raw .NET type to generic code without reflection.
/// </remarks>
public abstract class DataViewType : IEquatable<DataViewType>
{
    private protected DataViewType(Type rawType) => RawType = rawType;

    /// <summary>The .NET type that getters and batches use: <see cref="float"/>, <see cref="VBuffer{T}"/>, …</summary>
    public Type RawType { get; }

    /// <summary>Calls <paramref name="visitor"/> with the scalar's raw type, or with the item's for a vector.</summary>
    /// <typeparam name="TResult">What the visitor returns.</typeparam>
    /// <param name="visitor">Generic code to run on the raw type.</param>
    public abstract TResult Accept<TResult>(IRawTypeVisitor<TResult> visitor);

    /// <inheritdoc/>
    public abstract bool Equals(DataViewType? other);

    /// <inheritdoc/>
    public sealed override bool Equals(object? obj) => Equals(obj as DataViewType);

    /// <inheritdoc/>
    public abstract override int GetHashCode();
}

/// <summary>Generic code to run on the raw .NET type of a column's values.</summary>
/// <typeparam name="TResult">What it returns.</typeparam>
public interface IRawTypeVisitor<out TResult>
{
    /// <summary>Runs on raw type <typeparamref name="T"/>.</summary>
    /// <typeparam name="T">The raw type of a scalar, or of a vector's items.</typeparam>
    TResult Visit<T>();
}

/// <summary>A type whose values own nothing that must be released: everything but vectors.</summary>
public abstract class PrimitiveDataViewType : DataViewType
{
    private protected PrimitiveDataViewType(Type rawType) : base(rawType) { }
}

/// <summary>A type made of other types: vectors, and what libraries define by <see cref="StructuredDataViewType{T}"/>.</summary>
public abstract class StructuredDataViewType : DataViewType
{
    private protected StructuredDataViewType(Type rawType) : base(rawType) { }
}

/// <summary>The number types, integers of every width and floating point. NaN is missing for the latter.</summary>
public abstract class NumberDataViewType : PrimitiveDataViewType
{
    private readonly string _name;

    private NumberDataViewType(Type rawType, string name) : base(rawType) => _name = name;

    /// <summary>8-bit signed integers.</summary>
    public static NumberDataViewType SByte { get; } = new Of<sbyte>("SByte");

    /// <summary>8-bit unsigned integers.</summary>
    public static NumberDataViewType Byte { get; } = new Of<byte>("Byte");

    /// <summary>16-bit signed integers.</summary>
    public static NumberDataViewType Int16 { get; } = new Of<short>("Int16");

    /// <summary>16-bit unsigned integers.</summary>
    public static NumberDataViewType UInt16 { get; } = new Of<ushort>("UInt16");

    /// <summary>32-bit signed integers.</summary>
    public static NumberDataViewType Int32 { get; } = new Of<int>("Int32");

    /// <summary>32-bit unsigned integers.</summary>
    public static NumberDataViewType UInt32 { get; } = new Of<uint>("UInt32");

    /// <summary>64-bit signed integers.</summary>
    public static NumberDataViewType Int64 { get; } = new Of<long>("Int64");

    /// <summary>64-bit unsigned integers.</summary>
    public static NumberDataViewType UInt64 { get; } = new Of<ulong>("UInt64");

    /// <summary>32-bit floating point: the type of features, scores and most labels.</summary>
    public static NumberDataViewType Single { get; } = new Of<float>("Single");

    /// <summary>64-bit floating point.</summary>
    public static NumberDataViewType Double { get; } = new Of<double>("Double");

    /// <summary>All number types.</summary>
    public static IReadOnlyList<NumberDataViewType> All { get; } =
        [SByte, Byte, Int16, UInt16, Int32, UInt32, Int64, UInt64, Single, Double];

    /// <inheritdoc/>
    public sealed override bool Equals(DataViewType? other) => ReferenceEquals(this, other);

    /// <inheritdoc/>
    public sealed override int GetHashCode() => RawType.GetHashCode();

    /// <inheritdoc/>
    public sealed override string ToString() => _name;

    private sealed class Of<T>(string name) : NumberDataViewType(typeof(T), name)
    {
        public override TResult Accept<TResult>(IRawTypeVisitor<TResult> visitor) => visitor.Visit<T>();
    }
}

/// <summary>A type without parameters: one instance serves all columns.</summary>
/// <typeparam name="T">The raw type.</typeparam>
/// <typeparam name="TSelf">The type itself.</typeparam>
public abstract class SingletonDataViewType<T, TSelf> : PrimitiveDataViewType
    where TSelf : SingletonDataViewType<T, TSelf>
{
    private readonly string _name;

    private protected SingletonDataViewType(string name) : base(typeof(T)) => _name = name;

    /// <inheritdoc/>
    public sealed override TResult Accept<TResult>(IRawTypeVisitor<TResult> visitor) => visitor.Visit<T>();

    /// <inheritdoc/>
    public sealed override bool Equals(DataViewType? other) => other is TSelf;

    /// <inheritdoc/>
    public sealed override int GetHashCode() => typeof(TSelf).GetHashCode();

    /// <inheritdoc/>
    public sealed override string ToString() => _name;
}

/// <summary>Text; raw type <see cref="ReadOnlyMemory{T}"/> of <see cref="char"/>. Empty text is a value of its own.</summary>
public sealed class TextDataViewType : SingletonDataViewType<ReadOnlyMemory<char>, TextDataViewType>
{
    private TextDataViewType() : base("Text") { }

    /// <summary>The only instance.</summary>
    public static TextDataViewType Instance { get; } = new();
}

/// <summary>True or false.</summary>
public sealed class BooleanDataViewType : SingletonDataViewType<bool, BooleanDataViewType>
{
    private BooleanDataViewType() : base("Boolean") { }

    /// <summary>The only instance.</summary>
    public static BooleanDataViewType Instance { get; } = new();
}

/// <summary>A date and time without offset.</summary>
public sealed class DateTimeDataViewType : SingletonDataViewType<DateTime, DateTimeDataViewType>
{
    private DateTimeDataViewType() : base("DateTime") { }

    /// <summary>The only instance.</summary>
    public static DateTimeDataViewType Instance { get; } = new();
}

/// <summary>A date and time with its offset from UTC.</summary>
public sealed class DateTimeOffsetDataViewType : SingletonDataViewType<DateTimeOffset, DateTimeOffsetDataViewType>
{
    private DateTimeOffsetDataViewType() : base("DateTimeOffset") { }

    /// <summary>The only instance.</summary>
    public static DateTimeOffsetDataViewType Instance { get; } = new();
}

/// <summary>A duration.</summary>
public sealed class TimeSpanDataViewType : SingletonDataViewType<TimeSpan, TimeSpanDataViewType>
{
    private TimeSpanDataViewType() : base("TimeSpan") { }

    /// <summary>The only instance.</summary>
    public static TimeSpanDataViewType Instance { get; } = new();
}

/// <summary>A 128-bit row identifier.</summary>
public sealed class RowIdDataViewType : SingletonDataViewType<DataViewRowId, RowIdDataViewType>
{
    private RowIdDataViewType() : base("RowId") { }

    /// <summary>The only instance.</summary>
    public static RowIdDataViewType Instance { get; } = new();
}

/// <summary>
/// A category out of a known number of categories. Stored as an unsigned integer from 1 to <see cref="Count"/>; 0 is missing.
/// What each key stands for is the column's <c>KeyValues</c> annotation.
/// </summary>
public sealed class KeyDataViewType : PrimitiveDataViewType
{
    /// <summary>Creates a key type.</summary>
    /// <param name="rawType">The integer that stores it: byte, ushort, uint or ulong.</param>
    /// <param name="count">The number of categories, at least 1.</param>
    /// <exception cref="ArgumentException">The raw type is not an unsigned integer, or cannot hold <paramref name="count"/>.</exception>
    public KeyDataViewType(Type rawType, ulong count) : base(rawType)
    {
        ulong largest = MaxCount(rawType);
        if (largest == 0)
            throw new ArgumentException($"A key is stored as byte, ushort, uint or ulong, not as {rawType.Name}.", nameof(rawType));
        if (count == 0 || count > largest)
            throw new ArgumentException($"A key stored as {rawType.Name} has from 1 to {largest} values; {count} was asked for.", nameof(count));
        Count = count;
    }

    /// <summary>Creates a key type stored as <see cref="uint"/>, as ML.NET's transforms make them.</summary>
    /// <param name="count">The number of categories, at least 1.</param>
    public KeyDataViewType(int count) : this(typeof(uint), checked((ulong)count)) { }

    /// <summary>The number of categories; values run from 1 to this number.</summary>
    public ulong Count { get; }

    /// <inheritdoc/>
    public override TResult Accept<TResult>(IRawTypeVisitor<TResult> visitor) =>
        RawType == typeof(uint) ? visitor.Visit<uint>()
        : RawType == typeof(byte) ? visitor.Visit<byte>()
        : RawType == typeof(ushort) ? visitor.Visit<ushort>()
        : visitor.Visit<ulong>();

    /// <inheritdoc/>
    public override bool Equals(DataViewType? other) => other is KeyDataViewType key && key.Count == Count && key.RawType == RawType;

    /// <inheritdoc/>
    public override int GetHashCode() => HashCode.Combine(RawType, Count);

    /// <inheritdoc/>
    public override string ToString() => RawType == typeof(uint) ? $"Key<{Count}>" : $"Key<{RawType.Name}, {Count}>";

    private static ulong MaxCount(Type rawType) =>
        rawType == typeof(byte) ? byte.MaxValue
        : rawType == typeof(ushort) ? ushort.MaxValue
        : rawType == typeof(uint) ? uint.MaxValue
        : rawType == typeof(ulong) ? ulong.MaxValue
        : 0;
}

/// <summary>A vector of primitives: of known size (with dimensions), or ragged, where each row has its own length.</summary>
public sealed class VectorDataViewType : StructuredDataViewType
{
    /// <summary>Creates a vector type.</summary>
    /// <param name="itemType">The type of its items.</param>
    /// <param name="dimensions">Its dimensions, each at least 1; none, or a single 0, for a ragged vector.</param>
    /// <exception cref="ArgumentException">A dimension is negative, or zero beside others.</exception>
    public VectorDataViewType(PrimitiveDataViewType itemType, params ReadOnlySpan<int> dimensions)
        : base(itemType.Accept(RawVector.Instance))
    {
        ItemType = itemType;
        if (dimensions.Length == 0 || (dimensions.Length == 1 && dimensions[0] == 0))
            return;
        int size = 1;
        foreach (int dimension in dimensions)
        {
            if (dimension < 1)
                throw new ArgumentException($"A dimension of a vector is at least 1; {dimension} was given.", nameof(dimensions));
            size = checked(size * dimension);
        }

        Size = size;
        Dimensions = dimensions.ToArray();
    }

    /// <summary>The type of the items.</summary>
    public PrimitiveDataViewType ItemType { get; }

    /// <summary>The dimensions of a vector of known size, e.g. [8, 8] for a small image; empty for a ragged one.</summary>
    public IReadOnlyList<int> Dimensions { get; } = [];

    /// <summary>The number of items, the product of <see cref="Dimensions"/>; 0 for a ragged vector.</summary>
    public int Size { get; }

    /// <summary>Whether every row has the same number of items.</summary>
    public bool IsKnownSize => Size > 0;

    /// <inheritdoc/>
    public override TResult Accept<TResult>(IRawTypeVisitor<TResult> visitor) => ItemType.Accept(visitor);

    /// <inheritdoc/>
    public override bool Equals(DataViewType? other) =>
        other is VectorDataViewType vector && vector.ItemType.Equals(ItemType) && vector.Dimensions.SequenceEqual(Dimensions);

    /// <inheritdoc/>
    public override int GetHashCode() => HashCode.Combine(ItemType, Size);

    /// <inheritdoc/>
    public override string ToString() => IsKnownSize ? $"Vector<{ItemType}, {string.Join('x', Dimensions)}>" : $"Vector<{ItemType}>";

    private sealed class RawVector : IRawTypeVisitor<Type>
    {
        public static readonly RawVector Instance = new();

        public Type Visit<T>() => typeof(VBuffer<T>);
    }
}

/// <summary>A 128-bit identifier of a row, stable over passes.</summary>
/// <param name="Low">The low 64 bits.</param>
/// <param name="High">The high 64 bits.</param>
public readonly record struct DataViewRowId(ulong Low, ulong High);

/// <summary>Questions that many consumers ask of a type.</summary>
public static class DataViewTypeExtensions
{
    extension(DataViewType type)
    {
        /// <summary>The type itself, or a vector's item type.</summary>
        public DataViewType ItemTypeOrSelf => type is VectorDataViewType vector ? vector.ItemType : type;

        /// <summary>The number of items of a vector of known size, 1 for a scalar, 0 for a ragged vector.</summary>
        public int ValueCount => type is VectorDataViewType vector ? vector.Size : 1;

        /// <summary>The number of categories of a key or of a vector of keys; 0 for anything else.</summary>
        public ulong KeyCount => type.ItemTypeOrSelf is KeyDataViewType key ? key.Count : 0;
    }
}
