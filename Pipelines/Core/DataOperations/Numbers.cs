namespace MLPath.Data;

/// <summary>Numbers of any type as 64-bit floats.</summary>
internal static class Numbers
{
    /// <summary>The conversion from a raw type; integers beyond 2⁵³ are rounded.</summary>
    /// <typeparam name="T">A number.</typeparam>
    public static Func<T, double> ToDouble<T>()
    {
        Delegate convert = typeof(T) switch
        {
            var t when t == typeof(double) => (double v) => v,
            var t when t == typeof(float) => double (float v) => v,
            var t when t == typeof(sbyte) => double (sbyte v) => v,
            var t when t == typeof(byte) => double (byte v) => v,
            var t when t == typeof(short) => double (short v) => v,
            var t when t == typeof(ushort) => double (ushort v) => v,
            var t when t == typeof(int) => double (int v) => v,
            var t when t == typeof(uint) => double (uint v) => v,
            var t when t == typeof(long) => double (long v) => v,
            var t when t == typeof(ulong) => double (ulong v) => v,
            _ => throw new NotSupportedException($"{typeof(T).Name} is not a number."),
        };
        return (Func<T, double>)convert;
    }
}
