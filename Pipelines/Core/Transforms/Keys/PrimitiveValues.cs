using System.Globalization;
using System.Runtime.CompilerServices;
using MLPath.Data;

namespace MLPath.Transforms;

/// <summary>What keys need to know of the values of a primitive type: when two are equal, their order, which one is missing.</summary>
/// <typeparam name="T">The raw type. The tests of it are decided when the code is compiled for the type, and box nothing.</typeparam>
internal static class PrimitiveValues<T>
{
    /// <summary>Equality: text by content, numbers with 0 equal to −0, everything else by its own.</summary>
    public static IEqualityComparer<T> Equality { get; } =
        typeof(T) == typeof(ReadOnlyMemory<char>) ? (IEqualityComparer<T>)(object)new TextEquality() : EqualityComparer<T>.Default;

    /// <summary>Order: text by code units, numbers and dates by size, false before true.</summary>
    public static IComparer<T> Order { get; } =
        typeof(T) == typeof(ReadOnlyMemory<char>)
            ? (IComparer<T>)(object)Comparer<ReadOnlyMemory<char>>.Create((a, b) => a.Span.SequenceCompareTo(b.Span))
        : typeof(T) == typeof(DataViewRowId)
            ? (IComparer<T>)(object)Comparer<DataViewRowId>.Create((a, b) => (a.High, a.Low).CompareTo((b.High, b.Low)))
        : Comparer<T>.Default;

    /// <summary>What stands for a missing value: NaN, empty text, or the default of types that have none.</summary>
    public static T Missing { get; } =
        typeof(T) == typeof(float) ? (T)(object)float.NaN
        : typeof(T) == typeof(double) ? (T)(object)double.NaN
        : default!;

    /// <summary>Whether a value is missing: NaN or empty text.</summary>
    public static bool IsMissing(T value) =>
        typeof(T) == typeof(float) ? float.IsNaN(Unsafe.BitCast<T, float>(value))
        : typeof(T) == typeof(double) ? double.IsNaN(Unsafe.BitCast<T, double>(value))
        : typeof(T) == typeof(ReadOnlyMemory<char>) && ((ReadOnlyMemory<char>)(object)value!).IsEmpty;

    /// <summary>A value that may be kept: text is copied, because a batch's memory may be used again.</summary>
    public static T Keep(T value) => value is ReadOnlyMemory<char> text ? (T)(object)TextValue.ToString(text).AsMemory() : value;

    /// <summary>A value in words, the same in every culture; different values have different words.</summary>
    public static string Text(T value) => value switch
    {
        ReadOnlyMemory<char> text => text.ToString(),
        DateTime { TimeOfDay.Ticks: 0 } date => date.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture),
        DateTime time => time.ToString("yyyy-MM-ddTHH:mm:ss.FFFFFFF", CultureInfo.InvariantCulture),
        DateTimeOffset time => time.ToString("yyyy-MM-ddTHH:mm:ss.FFFFFFFzzz", CultureInfo.InvariantCulture),
        IFormattable formattable => formattable.ToString(null, CultureInfo.InvariantCulture),
        _ => value?.ToString() ?? "",
    };

    private sealed class TextEquality : IEqualityComparer<ReadOnlyMemory<char>>
    {
        public bool Equals(ReadOnlyMemory<char> x, ReadOnlyMemory<char> y) => x.Span.SequenceEqual(y.Span);

        public int GetHashCode(ReadOnlyMemory<char> obj) => string.GetHashCode(obj.Span);
    }
}
