using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;
using System.Runtime.Intrinsics.X86;

namespace MLPath.Datasets.Text;

/// <summary>Reads numbers of 1 to 16 characters, [sign] digits [point digits], all digits at once in one vector.</summary>
/// <remarks>
/// With w ≤ 2⁵³ digits and k ≤ 16 decimals, w and 10ᵏ are exact doubles, and w / 10ᵏ is rounded once, hence correctly (W. Clinger, <i>How to
/// Read Floating Point Numbers Accurately</i>, 1990). Single precision is got from that double, except where the double lies midway between
/// two singles and no longer shows on which side of the middle the number was; such numbers are left to <see cref="DecimalNumber"/>.
/// </remarks>
internal static class ShortDecimal
{
    /// <summary>Bytes that must be readable before the text.</summary>
    public const int ReadableBefore = 16;

    /// <summary>The longest text that can be read.</summary>
    public const int Longest = 16;

    private static readonly double[] PowersOfTen =
        [1e0, 1e1, 1e2, 1e3, 1e4, 1e5, 1e6, 1e7, 1e8, 1e9, 1e10, 1e11, 1e12, 1e13, 1e14, 1e15, 1e16];

    // Row p closes the gap that a point leaves in lane p: lanes 0..p−1 move up by one. Row 16 leaves all as it is.
    private static readonly byte[] CloseGap = [.. Enumerable.Range(0, Longest + 1).SelectMany(
        gap => Enumerable.Range(0, Longest).Select(lane => gap == Longest || lane > gap ? (byte)lane : lane == 0 ? (byte)0x80 : (byte)(lane - 1)))];

    private static readonly byte[] KeepLast = [.. Enumerable.Repeat((byte)0, Longest), .. Enumerable.Repeat((byte)0xFF, Longest)];

    /// <summary>Reads a number to single precision.</summary>
    /// <param name="text">Its first byte; <see cref="ReadableBefore"/> bytes before its end are readable.</param>
    /// <param name="length">Its length, from 1 to <see cref="Longest"/>.</param>
    /// <param name="point">What stands between whole and fraction.</param>
    /// <param name="value">Receives the number.</param>
    /// <returns>False where it is no number of this kind, or not safely rounded.</returns>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static bool TryRead(ref byte text, int length, byte point, out float value)
    {
        bool read = TryRead(ref text, length, point, out double wide);
        value = (float)wide;
        return read && (BitConverter.DoubleToUInt64Bits(wide) & 0x1FFF_FFFF) != 0x1000_0000;
    }

    /// <summary>Reads a number to double precision.</summary>
    /// <inheritdoc cref="TryRead(ref byte, int, byte, out float)"/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static bool TryRead(ref byte text, int length, byte point, out double value)
    {
        value = 0;
        // Signs come at random, so that a jump would be guessed wrong every other time: the sign is a number from here on.
        int minus = Convert.ToInt32(text == '-');
        int signs = minus | Convert.ToInt32(text == '+');
        text = ref Unsafe.Add(ref text, signs);
        length -= signs;
        int decimals;
        ulong w;
        if (Sse41.IsSupported) w = Vectorised(ref text, length, point, out decimals);
        else w = OneByOne(ref text, length, point, out decimals);
        if (decimals < 0 || w > 1UL << 53) return false;
        double magnitude = (long)w / PowersOfTen[decimals];
        value = BitConverter.Int64BitsToDouble(BitConverter.DoubleToInt64Bits(magnitude) | ((long)minus << 63));
        return true;
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static ulong Vectorised(ref byte text, int length, byte point, out int decimals)
    {
        // The last character in lane 15; what is before the text does not count.
        var kept = Vector128.LoadUnsafe(ref KeepLast[0], (nuint)length);
        var v = Vector128.LoadUnsafe(ref Unsafe.Add(ref text, length - Longest));
        var points = Vector128.Equals(v, Vector128.Create(point)) & kept;
        var digits = (v - Vector128.Create((byte)'0')) & kept;
        var others = Vector128.GreaterThan(digits, Vector128.Create((byte)9)) & ~points;
        uint pointMask = points.ExtractMostSignificantBits();
        // One point at most, nothing but digits else, and at least one of them.
        if (others != Vector128<byte>.Zero || (pointMask & (pointMask - 1)) != 0 || length - (pointMask == 0 ? 0 : 1) <= 0)
        {
            decimals = -1;
            return 0;
        }
        int gap = Math.Min(Longest, System.Numerics.BitOperations.TrailingZeroCount(pointMask));
        decimals = Math.Max(0, Longest - 1 - gap);
        digits = Ssse3.Shuffle(digits, Vector128.LoadUnsafe(ref CloseGap[0], (nuint)(gap * Longest)));

        // Neighbours are joined: 16 digits to 8 pairs, to 4 fours, to 2 eights.
        var pairs = Ssse3.MultiplyAddAdjacent(digits, Vector128.Create((ushort)0x010A).AsSByte()); // 10·even + 1·odd
        var fours = Sse2.MultiplyAddAdjacent(pairs, Vector128.Create(0x0001_0064).AsInt16()); // 100·even + 1·odd
        var packed = Sse41.PackUnsignedSaturate(fours, fours);
        var eights = Sse2.MultiplyAddAdjacent(packed.AsInt16(), Vector128.Create(0x0001_2710).AsInt16()).AsUInt64(); // 10⁴·even + 1·odd
        ulong both = eights.ToScalar();
        return ((both & 0xFFFF_FFFF) * 100_000_000) + (both >> 32);
    }

    private static ulong OneByOne(ref byte text, int length, byte point, out int decimals)
    {
        ulong w = 0;
        int at = -1;
        decimals = -1;
        for (int i = 0; i < length; i++)
        {
            byte b = Unsafe.Add(ref text, i);
            uint digit = (uint)b - '0';
            if (digit <= 9) w = (10 * w) + digit;
            else if (b == point && at < 0) at = i;
            else return 0;
        }
        if (length - (at < 0 ? 0 : 1) > 0) decimals = at < 0 ? 0 : length - 1 - at;
        return w;
    }
}
