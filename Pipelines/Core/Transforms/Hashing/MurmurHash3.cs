using System.Buffers.Binary;
using System.Numerics;

namespace MLPath.Transforms;

/// <summary>MurmurHash3 for 32 bits (x86_32): Appleby, public domain, 2011.</summary>
internal static class MurmurHash3
{
    /// <summary>The hash of some bytes.</summary>
    /// <param name="bytes">The bytes.</param>
    /// <param name="seed">The seed.</param>
    public static uint Hash(ReadOnlySpan<byte> bytes, uint seed)
    {
        uint hash = seed;
        int length = bytes.Length;
        for (; bytes.Length >= 4; bytes = bytes[4..])
            hash = Round(hash, BinaryPrimitives.ReadUInt32LittleEndian(bytes));
        uint tail = 0;
        for (int i = bytes.Length - 1; i >= 0; i--)
            tail = (tail << 8) | bytes[i];
        return Finish(hash ^ Scramble(tail), length);
    }

    /// <summary>Takes four more bytes into a hash that is not finished.</summary>
    /// <param name="hash">The hash so far; the seed at first.</param>
    /// <param name="block">The bytes, the first one lowest.</param>
    public static uint Round(uint hash, uint block) => (BitOperations.RotateLeft(hash ^ Scramble(block), 13) * 5) + 0xE6546B64;

    /// <summary>Finishes a hash: every bit of what went in decides on every bit of the result.</summary>
    /// <param name="hash">The hash so far.</param>
    /// <param name="length">The number of bytes that went in.</param>
    public static uint Finish(uint hash, int length)
    {
        hash ^= (uint)length;
        hash = (hash ^ (hash >> 16)) * 0x85EBCA6B;
        hash = (hash ^ (hash >> 13)) * 0xC2B2AE35;
        return hash ^ (hash >> 16);
    }

    // 0 becomes 0, so that a tail of no bytes changes nothing.
    private static uint Scramble(uint block) => BitOperations.RotateLeft(block * 0xCC9E2D51, 15) * 0x1B873593;
}
