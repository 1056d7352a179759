using System.Numerics;

namespace MLPath.Data;

/// <summary>Numbers and Booleans of any raw type as floating point, without boxing.</summary>
public static class NumberConversion
{
    /// <summary>The conversion from a raw type; what the result cannot hold exactly is rounded, and true is 1.</summary>
    /// <typeparam name="T">The raw type of a number or Boolean.</typeparam>
    /// <typeparam name="TFloat"><see cref="float"/> or <see cref="double"/>.</typeparam>
    /// <exception cref="NotSupportedException"><typeparamref name="T"/> is neither.</exception>
    public static Func<T, TFloat> Of<T, TFloat>() where TFloat : struct, IBinaryFloatingPointIeee754<TFloat>
    {
        Delegate convert = typeof(T) switch
        {
            var t when t == typeof(float) => (float v) => TFloat.CreateTruncating(v),
            var t when t == typeof(double) => (double v) => TFloat.CreateTruncating(v),
            var t when t == typeof(bool) => (bool v) => v ? TFloat.One : TFloat.Zero,
            var t when t == typeof(sbyte) => (sbyte v) => TFloat.CreateTruncating(v),
            var t when t == typeof(byte) => (byte v) => TFloat.CreateTruncating(v),
            var t when t == typeof(short) => (short v) => TFloat.CreateTruncating(v),
            var t when t == typeof(ushort) => (ushort v) => TFloat.CreateTruncating(v),
            var t when t == typeof(int) => (int v) => TFloat.CreateTruncating(v),
            var t when t == typeof(uint) => (uint v) => TFloat.CreateTruncating(v),
            var t when t == typeof(long) => (long v) => TFloat.CreateTruncating(v),
            var t when t == typeof(ulong) => (ulong v) => TFloat.CreateTruncating(v),
            _ => throw new NotSupportedException($"{typeof(T).Name} is not a number."),
        };
        return (Func<T, TFloat>)convert;
    }
}
