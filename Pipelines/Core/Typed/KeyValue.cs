using System.Runtime.CompilerServices;

namespace MLPath.Data;

/// <summary>Keys are stored as unsigned integers of any width; 0 is missing.</summary>
internal static class KeyValue
{
    /// <summary>A key's number.</summary>
    /// <typeparam name="T">byte, ushort, uint or ulong.</typeparam>
    public static ulong Number<T>(T key) =>
        typeof(T) == typeof(uint) ? Unsafe.As<T, uint>(ref key)
        : typeof(T) == typeof(byte) ? Unsafe.As<T, byte>(ref key)
        : typeof(T) == typeof(ushort) ? Unsafe.As<T, ushort>(ref key)
        : typeof(T) == typeof(ulong) ? Unsafe.As<T, ulong>(ref key)
        : throw new NotSupportedException($"A key is an unsigned integer, not {typeof(T).Name}.");

    /// <summary>What a key stands for; null where it is missing or beyond the number of categories.</summary>
    public static string? Text(ulong key, IReadOnlyList<string> texts) => key == 0 || key > (ulong)texts.Count ? null : texts[(int)key - 1];

    /// <summary>The key, or 0 where it is beyond the number of categories.</summary>
    public static T OrMissing<T>(T key, ulong count) => Number(key) <= count ? key : default!;

    /// <summary>The keys, in scratch memory, with 0 where one is beyond the number of categories.</summary>
    public static ReadOnlySpan<T> OrMissing<T>(ReadOnlySpan<T> keys, ulong count, scoped ref T[] scratch)
    {
        if (scratch.Length < keys.Length)
            scratch = new T[keys.Length];
        for (int i = 0; i < keys.Length; i++)
            scratch[i] = OrMissing(keys[i], count);
        return scratch.AsSpan(0, keys.Length);
    }
}
