namespace MLPath.Transforms;

/// <summary>Conversions of numbers and Booleans to 32-bit floats.</summary>
internal static class NumberConversion
{
    /// <summary>The conversion from a raw type.</summary>
    /// <typeparam name="T">A number or Boolean.</typeparam>
    public static Func<T, float> ToSingle<T>()
    {
        Delegate convert = typeof(T) switch
        {
            var t when t == typeof(float) => (float v) => v,
            var t when t == typeof(double) => (double v) => (float)v,
            var t when t == typeof(bool) => (bool v) => v ? 1f : 0f,
            var t when t == typeof(sbyte) => (sbyte v) => v,
            var t when t == typeof(byte) => (byte v) => v,
            var t when t == typeof(short) => (short v) => v,
            var t when t == typeof(ushort) => (ushort v) => v,
            var t when t == typeof(int) => (int v) => v,
            var t when t == typeof(uint) => (uint v) => v,
            var t when t == typeof(long) => (long v) => v,
            var t when t == typeof(ulong) => (ulong v) => v,
            _ => throw new NotSupportedException($"{typeof(T).Name} is not a number."),
        };
        return (Func<T, float>)convert;
    }
}
