using System.Buffers.Binary;
using System.Numerics;

namespace MLPath.Datasets.Formats.Binary;

/// <summary>The constants of the binary format; <c>docs/binary-format.md</c> describes the whole of it.</summary>
/// <remarks>
/// <code>
/// file   := header schema block* index footer
/// header := magic[8] version:u32 compression:u8 stored:u32 raw:u32 crc:u32
/// index  := groups:u32 columns:u32 (rows:u32 (offset:u64 stored:u32 raw:u32 compression:u8 crc:u32)[columns])[groups]
/// footer := index offset:u64, index length:u64, rows:u64, crc:u32, end[4]
/// </code>
/// All numbers are little-endian; every checksum is CRC-32C.
/// </remarks>
internal static class BinaryFormat
{
    public const uint Version = 1;
    public const int HeaderLength = 25;
    public const int FooterLength = 32;
    public const int GroupEntryLength = 4;
    public const int BlockEntryLength = 21;

    /// <summary>The most rows of a group. Writers make far smaller groups; the limit bounds what a reader must be ready for.</summary>
    public const int MaxGroupRows = 1 << 20;

    /// <summary>As in PNG, a byte that is not ASCII, a name, and line ends that a transfer as text would change.</summary>
    public static ReadOnlySpan<byte> Magic => [0x89, (byte)'M', (byte)'L', (byte)'P', (byte)'D', (byte)'\r', (byte)'\n', 0x1A];

    public static ReadOnlySpan<byte> End => "MLPE"u8;

    /// <summary>CRC-32C (Castagnoli) of some bytes, continued from the checksum of those before them.</summary>
    public static uint Checksum(ReadOnlySpan<byte> bytes, uint before = 0)
    {
        uint crc = ~before;
        while (bytes.Length >= sizeof(ulong))
        {
            crc = BitOperations.Crc32C(crc, BinaryPrimitives.ReadUInt64LittleEndian(bytes));
            bytes = bytes[sizeof(ulong)..];
        }
        foreach (byte b in bytes) crc = BitOperations.Crc32C(crc, b);
        return ~crc;
    }
}

/// <summary>Where the values of one column for one group of rows lie in a file.</summary>
/// <param name="Offset">The first byte.</param>
/// <param name="Stored">The number of bytes in the file.</param>
/// <param name="Raw">The number of bytes when decompressed.</param>
/// <param name="Compression">How they are stored.</param>
/// <param name="Checksum">CRC-32C of the stored bytes.</param>
internal readonly record struct BlockEntry(long Offset, int Stored, int Raw, BlockCompression Compression, uint Checksum);

/// <summary>Some consecutive rows of a file.</summary>
/// <param name="Rows">Their number.</param>
/// <param name="Blocks">A block for each column.</param>
internal sealed record GroupEntry(int Rows, BlockEntry[] Blocks);
