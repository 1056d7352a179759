using System.Numerics;

namespace MLPath.Datasets.Text;

/// <summary>The nearest binary floating-point number, ties to even, of a decimal w·10^q.</summary>
/// <remarks>
/// D. Lemire, <i>Number parsing at a gigabyte per second</i> (Software: Practice and Experience 51, 2021), after M. Eisel. With w scaled
/// to 64 bits and 5^q known to 128, the upper bits of their product are those of the result, and the bits below decide the rounding. N. Mushtak
/// and D. Lemire, <i>Fast number parsing without fallback</i> (2023), show that the product is always exact enough.
/// </remarks>
internal static class DecimalRounding
{
    private const int LeastPower = -342, GreatestPower = 308;

    private static readonly (ulong High, ulong Low)[] PowersOfFive =
        [.. Enumerable.Range(LeastPower, GreatestPower - LeastPower + 1).Select(PowerOfFive)];

    /// <summary>Rounds w·10^q to single precision.</summary>
    public static float ToSingle(ulong w, int q) => BitConverter.UInt32BitsToSingle((uint)Round(w, q, Binary.Single));

    /// <summary>Rounds w·10^q to double precision.</summary>
    public static double ToDouble(ulong w, int q) => BitConverter.UInt64BitsToDouble(Round(w, q, Binary.Double));

    /// <summary>The bits of the number: biased exponent, then fraction.</summary>
    private static ulong Round(ulong w, int q, Binary type)
    {
        if (w == 0 || q < type.LeastPower) return 0;
        if (q > type.GreatestPower) return type.Infinity;

        int shift = BitOperations.LeadingZeroCount(w);
        w <<= shift;
        var (high, low) = Product(w, q, type);

        // The fraction with its leading one and one more bit for rounding.
        int upper = (int)(high >> 63);
        int dropped = upper + 64 - type.FractionBits - 3;
        ulong m = high >> dropped;
        // ⌊q·log₂10⌋ in fixed point, exact over the table's range.
        int exponent = ((217706 * q) >> 16) + 63 + upper - shift - type.LeastExponent;

        if (exponent <= 0)
        {
            if (1 - exponent >= 64) return 0;
            m >>= 1 - exponent;
            m = (m + (m & 1)) >> 1;
            return m; // a fraction that rounds up to the leading one becomes exponent 1, as it should
        }

        // Midway between two numbers only where 5^q divides w exactly, which limits q; then to even.
        if (low <= 1 && q >= type.LeastTie && q <= type.GreatestTie && (m & 3) == 1 && m << dropped == high) m &= ~1UL;
        m = (m + (m & 1)) >> 1;
        if (m >= 2UL << type.FractionBits)
        {
            m = 1UL << type.FractionBits;
            exponent++;
        }
        if (exponent >= type.InfiniteExponent) return type.Infinity;
        return ((ulong)exponent << type.FractionBits) | (m & ((1UL << type.FractionBits) - 1));
    }

    /// <summary>The upper 128 bits of w·5^q: of the table's upper half first, and of the lower one where that could still carry.</summary>
    private static (ulong High, ulong Low) Product(ulong w, int q, Binary type)
    {
        var power = PowersOfFive[q - LeastPower];
        ulong high = Math.BigMul(w, power.High, out ulong low);
        ulong undecided = ulong.MaxValue >> (type.FractionBits + 3);
        if ((high & undecided) == undecided)
        {
            ulong carry = Math.BigMul(w, power.Low, out _);
            low += carry;
            if (low < carry) high++;
        }
        return (high, low);
    }

    /// <summary>The 128 leading bits of 5^q, rounded down; for a negative q those of the rounded reciprocal of 5^−q, as in the paper.</summary>
    private static (ulong High, ulong Low) PowerOfFive(int q)
    {
        BigInteger bits;
        if (q >= 0)
        {
            bits = BigInteger.Pow(5, q);
            int excess = (int)bits.GetBitLength() - 128;
            bits = excess > 0 ? bits >> excess : bits << -excess;
        }
        else
        {
            var power = BigInteger.Pow(5, -q);
            int length = (int)power.GetBitLength();
            // Up to 5²⁷, which fits in 64 bits, exactly 128 bits are taken; beyond, more of them, and then the leading 128.
            bits = ((BigInteger.One << (q >= -27 ? length + 127 : (2 * length) + 128)) / power) + 1;
            bits >>= (int)bits.GetBitLength() - 128;
        }
        return ((ulong)(bits >> 64), (ulong)(bits & ulong.MaxValue));
    }

    /// <summary>The constants of a binary format.</summary>
    /// <param name="FractionBits">Stored bits of the fraction.</param>
    /// <param name="LeastExponent">The exponent that is stored as 0.</param>
    /// <param name="InfiniteExponent">What infinity stores.</param>
    /// <param name="LeastPower">Below this q every 64-bit w rounds to 0.</param>
    /// <param name="GreatestPower">Above this q everything is infinite.</param>
    /// <param name="LeastTie">The least q of a tie.</param>
    /// <param name="GreatestTie">The greatest q of a tie.</param>
    private sealed record Binary(
        int FractionBits, int LeastExponent, int InfiniteExponent, int LeastPower, int GreatestPower, int LeastTie, int GreatestTie)
    {
        public static readonly Binary Single = new(23, -127, 0xFF, -65, 38, -17, 10);

        public static readonly Binary Double = new(52, -1023, 0x7FF, -342, 308, -4, 23);

        public ulong Infinity => (ulong)InfiniteExponent << FractionBits;
    }
}
