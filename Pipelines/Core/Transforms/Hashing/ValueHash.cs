using System.Runtime.CompilerServices;
using System.Text;
using MLPath.Data;

namespace MLPath.Transforms;

/// <summary>
/// The hashes of values of a raw type: MurmurHash3 of their bytes, lowest first. Integers of up to 32 bits, Booleans and keys of up to 32 bits count as 4
/// bytes, wider ones and doubles as 8; −0 is 0; text is its UTF-8 without spaces around.
/// </summary>
/// <typeparam name="T">The raw type. The tests of it are decided when the code is compiled for the type.</typeparam>
internal static class ValueHash<T>
{
    private const int BytesOnStack = 512;

    /// <summary>Whether a value is missing, and has no hash: NaN, empty text, key 0.</summary>
    public static bool IsMissing(T value, bool isKey) => isKey ? KeyValue.Number(value) == 0 : PrimitiveValues<T>.IsMissing(value);

    /// <summary>The hash of a value.</summary>
    public static uint Hash(T value, uint seed)
    {
        if (typeof(T) == typeof(ReadOnlyMemory<char>))
            return OfText(Unsafe.As<T, ReadOnlyMemory<char>>(ref value).Span.Trim(' '), seed);
        int bytes = 0;
        uint hash = Rounds(value, seed, ref bytes);
        return MurmurHash3.Finish(hash, bytes);
    }

    /// <summary>The hash of all values together. Each text is hashed with the hash of those before it as seed.</summary>
    public static uint Hash(ReadOnlySpan<T> values, uint seed)
    {
        uint hash = seed;
        int bytes = 0;
        foreach (var value in values)
            hash = typeof(T) == typeof(ReadOnlyMemory<char>) ? Hash(value, hash) : Rounds(value, hash, ref bytes);
        return typeof(T) == typeof(ReadOnlyMemory<char>) ? hash : MurmurHash3.Finish(hash, bytes);
    }

    private static uint Rounds(T value, uint hash, ref int bytes)
    {
        if (typeof(T) == typeof(float))
            return Four(hash, BitConverter.SingleToUInt32Bits(Unsafe.As<T, float>(ref value) + 0f), ref bytes);
        if (typeof(T) == typeof(double))
            return Eight(hash, BitConverter.DoubleToUInt64Bits(Unsafe.As<T, double>(ref value) + 0.0), ref bytes);
        if (typeof(T) == typeof(bool))
            return Four(hash, Unsafe.As<T, bool>(ref value) ? 1u : 0u, ref bytes);
        if (typeof(T) == typeof(sbyte))
            return Four(hash, (uint)Unsafe.As<T, sbyte>(ref value), ref bytes);
        if (typeof(T) == typeof(short))
            return Four(hash, (uint)Unsafe.As<T, short>(ref value), ref bytes);
        if (typeof(T) == typeof(int))
            return Four(hash, (uint)Unsafe.As<T, int>(ref value), ref bytes);
        if (typeof(T) == typeof(long))
            return Eight(hash, (ulong)Unsafe.As<T, long>(ref value), ref bytes);
        if (typeof(T) == typeof(ulong))
            return Eight(hash, Unsafe.As<T, ulong>(ref value), ref bytes);
        if (typeof(T) == typeof(DataViewRowId))
        {
            var id = Unsafe.As<T, DataViewRowId>(ref value);
            return Eight(Eight(hash, id.Low, ref bytes), id.High, ref bytes);
        }

        return Four(hash, (uint)KeyValue.Number(value), ref bytes);
    }

    private static uint Four(uint hash, uint block, ref int bytes)
    {
        bytes += 4;
        return MurmurHash3.Round(hash, block);
    }

    private static uint Eight(uint hash, ulong block, ref int bytes) => Four(Four(hash, (uint)block, ref bytes), (uint)(block >> 32), ref bytes);

    private static uint OfText(ReadOnlySpan<char> text, uint seed)
    {
        int most = Encoding.UTF8.GetMaxByteCount(text.Length);
        Span<byte> bytes = most <= BytesOnStack ? stackalloc byte[BytesOnStack] : new byte[most];
        return MurmurHash3.Hash(bytes[..Encoding.UTF8.GetBytes(text, bytes)], seed);
    }
}
