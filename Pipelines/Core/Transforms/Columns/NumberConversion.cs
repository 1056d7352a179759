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
            var t when t == typeof(sbyte) => float (sbyte v) => v,
            var t when t == typeof(byte) => float (byte v) => v,
            var t when t == typeof(short) => float (short v) => v,
            var t when t == typeof(ushort) => float (ushort v) => v,
            var t when t == typeof(int) => float (int v) => v,
            var t when t == typeof(uint) => float (uint v) => v,
            var t when t == typeof(long) => float (long v) => v,
            var t when t == typeof(ulong) => float (ulong v) => v,
            _ => throw new NotSupportedException($"{typeof(T).Name} is not a number."),
        };
        return (Func<T, float>)convert;
    }
}
