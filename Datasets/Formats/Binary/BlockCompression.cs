using System.Buffers;
using System.IO.Compression;

namespace MLPath.Datasets.Formats.Binary;

/// <summary>How the bytes of a block are stored.</summary>
internal enum BlockCompression : byte
{
    /// <summary>As they are.</summary>
    None,

    /// <summary>Compressed by Brotli (RFC 7932).</summary>
    Brotli,
}

/// <summary>Compresses blocks, and decompresses them without trust in the lengths that a file states.</summary>
internal static class Block
{
    /// <summary>Brotli's fastest level.</summary>
    private const int Quality = 1;

    private const int WindowBits = 22;

    /// <summary>Compresses a block where that makes it smaller.</summary>
    /// <param name="raw">The block.</param>
    /// <param name="room">Memory for the result, which grows as needed.</param>
    /// <param name="compression">Receives how the result is stored.</param>
    /// <returns>The bytes to store: a part of <paramref name="room"/>, or <paramref name="raw"/> itself.</returns>
    public static ReadOnlySpan<byte> Compress(ReadOnlySpan<byte> raw, ref byte[] room, out BlockCompression compression)
    {
        // A result that is not smaller is of no use, so no more room than that is given.
        if (room.Length < raw.Length) room = new byte[raw.Length];
        if (raw.Length > 1 && BrotliEncoder.TryCompress(raw, room.AsSpan(0, raw.Length - 1), out int written, Quality, WindowBits))
        {
            compression = BlockCompression.Brotli;
            return room.AsSpan(0, written);
        }
        compression = BlockCompression.None;
        return raw;
    }

    /// <summary>Decompresses a block; null when it is damaged or not as long as stated.</summary>
    /// <param name="stored">The bytes of the file.</param>
    /// <param name="compression">How they are stored.</param>
    /// <param name="length">The length that the file states. Memory grows with what really comes out, never to this at once.</param>
    public static byte[]? Decompress(byte[] stored, BlockCompression compression, int length)
    {
        if (compression == BlockCompression.None) return stored.Length == length ? stored : null;
        var raw = new byte[(int)Math.Min(length, Math.Max(1 << 16, 8L * stored.Length))];
        int used = 0;
        var rest = stored.AsSpan();
        using var decoder = new BrotliDecoder();
        while (true)
        {
            var status = decoder.Decompress(rest, raw.AsSpan(used), out int consumed, out int written);
            rest = rest[consumed..];
            used += written;
            if (status == OperationStatus.Done) return rest.IsEmpty && used == length ? Trim(raw, used) : null;
            if (status != OperationStatus.DestinationTooSmall || raw.Length == length) return null;
            Array.Resize(ref raw, (int)Math.Min(length, 2L * raw.Length));
        }
    }

    private static byte[] Trim(byte[] raw, int length) => raw.Length == length ? raw : raw[..length];
}
