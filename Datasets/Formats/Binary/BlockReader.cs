using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;

namespace MLPath.Datasets.Formats.Binary;

/// <summary>Reads the bytes of a decompressed block from front to back.</summary>
/// <param name="bytes">The block.</param>
/// <param name="place">File, column and group, for messages.</param>
internal ref struct BlockReader(ReadOnlySpan<byte> bytes, string place)
{
    private ReadOnlySpan<byte> _rest = bytes;

    /// <summary>The number of bytes not read yet.</summary>
    public readonly int Remaining => _rest.Length;

    /// <summary>Takes the next bytes.</summary>
    public ReadOnlySpan<byte> Take(long count)
    {
        if (count > _rest.Length) throw Error($"it ends after {_rest.Length} of {count} bytes");
        var taken = _rest[..(int)count];
        _rest = _rest[(int)count..];
        return taken;
    }

    /// <summary>Takes one byte.</summary>
    public byte TakeByte() => Take(1)[0];

    /// <summary>Takes numbers into a new array, which is only made when there are as many.</summary>
    public T[] TakeArray<T>(long count) where T : unmanaged
    {
        var values = MemoryMarshal.Cast<byte, T>(Take(count * Unsafe.SizeOf<T>())).ToArray();
        if (!BitConverter.IsLittleEndian) LittleEndian.Reverse<T>(values);
        return values;
    }

    /// <summary>Requires that all bytes were read.</summary>
    public readonly void RequireEnd()
    {
        if (!_rest.IsEmpty) throw Error($"it has {_rest.Length} bytes too many");
    }

    /// <summary>The error of a block whose content cannot be.</summary>
    public readonly DataException Error(string problem) => FormatError.Of(place, $"the block is not valid, {problem}");
}

/// <summary>The order of bytes in files, on machines that have the other.</summary>
internal static class LittleEndian
{
    /// <summary>Reverses the bytes of each value.</summary>
    public static void Reverse<T>(Span<T> values) where T : unmanaged
    {
        int size = Unsafe.SizeOf<T>();
        var bytes = MemoryMarshal.AsBytes(values);
        for (int i = 0; i < bytes.Length; i += size) bytes.Slice(i, size).Reverse();
    }
}
