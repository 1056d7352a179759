namespace MLPath.Numerics;

/// <summary>
/// The counter-based generator Philox4x32-10: a keyed bijection on 128-bit counters whose outputs, for consecutive counters, pass every
/// published battery of statistical tests. It has no state, so the value at any position is computed directly.
/// </summary>
/// <remarks>
/// J. Salmon, M. Moraes, R. Dror, D. Shaw, <i>Parallel Random Numbers: As Easy as 1, 2, 3</i>, SC 2011, section 3.3.
/// Most code wants <see cref="RandomStream"/>; this class is for kernels that need "the random number of element i", such as dropout.
/// </remarks>
public static class Philox4x32
{
    // Multipliers and Weyl increments of table 2 and section 3.3 of the paper.
    private const uint M0 = 0xD2511F53;
    private const uint M1 = 0xCD9E8D57;
    private const uint W0 = 0x9E3779B9;
    private const uint W1 = 0xBB67AE85;
    private const int Rounds = 10;

    /// <summary>Computes the four random words that belong to a counter under a key.</summary>
    /// <param name="key">The 64-bit key; its low half is the paper's first key word.</param>
    /// <param name="counterLow">The first two counter words; the low half is the paper's first word.</param>
    /// <param name="counterHigh">The last two counter words; the low half is the paper's third word.</param>
    /// <returns>The two 64-bit halves of the block, in the same word order as the counter.</returns>
    public static (ulong Low, ulong High) Block(ulong key, ulong counterLow, ulong counterHigh)
    {
        var (k0, k1) = ((uint)key, (uint)(key >> 32));
        var (c0, c1) = ((uint)counterLow, (uint)(counterLow >> 32));
        var (c2, c3) = ((uint)counterHigh, (uint)(counterHigh >> 32));

        for (int round = 0; round < Rounds; round++)
        {
            ulong p0 = (ulong)M0 * c0;
            ulong p1 = (ulong)M1 * c2;
            c0 = (uint)(p1 >> 32) ^ c1 ^ k0;
            c1 = (uint)p1;
            c2 = (uint)(p0 >> 32) ^ c3 ^ k1;
            c3 = (uint)p0;
            k0 += W0;
            k1 += W1;
        }

        return (c0 | ((ulong)c1 << 32), c2 | ((ulong)c3 << 32));
    }
}
