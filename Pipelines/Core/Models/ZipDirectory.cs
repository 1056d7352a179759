using System.Buffers.Binary;
using System.Text;

namespace MLPath.Runtime;

/// <summary>
/// Where the entries of a zip lie, after PKWARE's APPNOTE.TXT 6.3.10 (§4.3.7 local headers, §4.3.12 the central directory,
/// §4.3.14 to §4.3.16 its end). It reads what a model file may be, and nothing else: entries that are stored, not encrypted, on one disk,
/// each with bytes of its own.
/// </summary>
/// <remarks>
/// A file costs at least 76 bytes for each entry that it names, more than an entry takes here: a directory that lies cannot ask for more
/// memory than the file's own size.
/// </remarks>
internal static class ZipDirectory
{
    private const uint LocalSignature = 0x0403_4b50;
    private const uint CentralSignature = 0x0201_4b50;
    private const uint EndSignature = 0x0605_4b50;
    private const uint End64Signature = 0x0606_4b50;
    private const uint Locator64Signature = 0x0706_4b50;
    private const int LocalBytes = 30;
    private const int CentralBytes = 46;
    private const int EndBytes = 22;
    private const int End64Bytes = 56;
    private const int Locator64Bytes = 20;
    private const int MaxCommentBytes = ushort.MaxValue;
    private const ushort Zip64Field = 1;

    /// <summary>An entry's place: its header begins at <paramref name="Start"/>, its bytes at <paramref name="Data"/>.</summary>
    internal readonly record struct Entry(long Start, long Data, long Length);

    /// <summary>Reads the entries of a seekable stream that is the whole file.</summary>
    /// <exception cref="ModelFormatException">The stream is not a zip, or one that no model file is.</exception>
    /// <exception cref="EndOfStreamException">It is cut.</exception>
    internal static Dictionary<string, Entry> Read(Stream stream, ModelLoadLimits limits)
    {
        var (count, start, length) = FindDirectory(stream);
        if (count > limits.MaxEntries)
            throw new ModelFormatException(
                $"The file has {count} entries; {nameof(ModelLoadLimits)}.{nameof(ModelLoadLimits.MaxEntries)} admits {limits.MaxEntries}.");
        if (start < 0 || length < 0 || start > stream.Length - length || count < 0 || count > length / CentralBytes)
            throw Unreadable("Its directory does not lie within it.");

        var entries = new Dictionary<string, Entry>((int)count, StringComparer.Ordinal);
        var unclaimed = stream.Length;
        stream.Position = start;
        for (var i = 0; i < count; i++)
        {
            var (name, headerStart, entryLength) = ReadCentralHeader(stream);
            // Entries that share bytes would let a small file stand for a large one.
            unclaimed -= entryLength;
            if (entryLength < 0 || unclaimed < 0)
                throw new ModelFormatException($"The entry {ModelJson.Quote(name)} states {entryLength} bytes, more than the file has left for it.");
            if (!entries.TryAdd(name, new(headerStart, 0, entryLength)))
                throw new ModelFormatException($"The file has two entries named {ModelJson.Quote(name)}.");
        }
        if (stream.Position != start + length) throw Unreadable("Its directory is longer or shorter than it states.");

        long end = 0;
        foreach (var (name, entry) in entries.OrderBy(entry => entry.Value.Start))
        {
            if (entry.Start < end || entry.Start > start - LocalBytes) throw Unreadable($"The entry {ModelJson.Quote(name)} lies where another part of it is.");
            var data = ReadLocalHeader(stream, name, entry.Start);
            end = data + entry.Length;
            if (end > start) throw Unreadable($"The entry {ModelJson.Quote(name)} reaches into its directory.");
            entries[name] = entry with { Data = data };
        }
        return entries;
    }

    private static ModelFormatException Unreadable(string why) =>
        new($"This is not a model file, or it is cut or damaged: it cannot be read as a zip archive. {why}");

    private static (long Count, long Start, long Length) FindDirectory(Stream stream)
    {
        var end = FindEnd(stream);
        Span<byte> record = stackalloc byte[End64Bytes];
        ReadAt(stream, end, record[..EndBytes]);
        if (UInt16(record, 4) != 0 || UInt16(record, 6) != 0) throw Unreadable("It is one part of several.");
        (long count, long length, long start) = (UInt16(record, 10), UInt32(record, 12), UInt32(record, 16));
        if (end < Locator64Bytes) return (count, start, length);

        // Where the end has no room for the numbers, a second one before it has.
        ReadAt(stream, end - Locator64Bytes, record[..Locator64Bytes]);
        if (UInt32(record, 0) != Locator64Signature) return (count, start, length);
        var end64 = Int64(record, 8);
        if (end64 < 0 || end64 > stream.Length - End64Bytes) throw Unreadable("The end of its directory does not lie within it.");
        ReadAt(stream, end64, record);
        if (UInt32(record, 0) != End64Signature) throw Unreadable("The end of its directory is not where it states.");
        return (Int64(record, 32), Int64(record, 48), Int64(record, 40));
    }

    /// <summary>The end record is the last thing in the file, but for a comment whose length it states.</summary>
    private static long FindEnd(Stream stream)
    {
        if (stream.Length < EndBytes) throw Unreadable($"It has {stream.Length} bytes.");
        // Nearly always there is no comment.
        foreach (var searched in (long[])[EndBytes, Math.Min(stream.Length, EndBytes + MaxCommentBytes)])
        {
            var tail = new byte[searched];
            ReadAt(stream, stream.Length - searched, tail);
            for (var i = tail.Length - EndBytes; i >= 0; i--)
                if (UInt32(tail, i) == EndSignature && UInt16(tail, i + 20) == tail.Length - EndBytes - i)
                    return stream.Length - searched + i;
        }
        throw Unreadable("It has no end of a directory.");
    }

    private static (string Name, long HeaderStart, long Length) ReadCentralHeader(Stream stream)
    {
        Span<byte> header = stackalloc byte[CentralBytes];
        stream.ReadExactly(header);
        if (UInt32(header, 0) != CentralSignature) throw Unreadable("Its directory is damaged.");
        var (flags, method) = (UInt16(header, 8), UInt16(header, 10));
        (long compressed, long length, long start) = (UInt32(header, 20), UInt32(header, 24), UInt32(header, 42));
        var name = ReadName(stream, UInt16(header, 28));
        ReadExtra(stream, UInt16(header, 30), ref length, ref compressed, ref start);
        stream.Position += UInt16(header, 32);
        if ((flags & 1) != 0) throw new ModelFormatException($"The entry {ModelJson.Quote(name)} is encrypted. A model file is not.");
        if (method != 0 || compressed != length)
            throw new ModelFormatException($"The entry {ModelJson.Quote(name)} is compressed. A model file stores its entries as they are; was it zipped again?");
        return (name, start, length);
    }

    /// <summary>The numbers that take more than 32 bits, in the order in which the header lacks them (§4.5.3).</summary>
    private static void ReadExtra(Stream stream, int extraLength, ref long length, ref long compressed, ref long start)
    {
        Span<byte> field = stackalloc byte[28];
        var end = stream.Position + extraLength;
        while (stream.Position + 4 <= end)
        {
            stream.ReadExactly(field[..4]);
            int size = UInt16(field, 2);
            if (UInt16(field, 0) != Zip64Field || size > field.Length || stream.Position + size > end)
            {
                stream.Position += size;
                continue;
            }
            var numbers = field[..size];
            stream.ReadExactly(numbers);
            Widen(ref numbers, ref length);
            Widen(ref numbers, ref compressed);
            Widen(ref numbers, ref start);
        }
        stream.Position = end;
    }

    private static void Widen(ref Span<byte> numbers, ref long value)
    {
        if (value != uint.MaxValue || numbers.Length < sizeof(long)) return;
        value = Int64(numbers, 0);
        numbers = numbers[sizeof(long)..];
    }

    /// <summary>Checks the header before an entry's bytes, and returns where they begin.</summary>
    private static long ReadLocalHeader(Stream stream, string name, long start)
    {
        Span<byte> header = stackalloc byte[LocalBytes];
        ReadAt(stream, start, header);
        if (UInt32(header, 0) != LocalSignature || UInt16(header, 8) != 0 || ReadName(stream, UInt16(header, 26)) != name)
            throw Unreadable($"Where its directory has the entry {ModelJson.Quote(name)} there is something else.");
        return stream.Position + UInt16(header, 28);
    }

    private static string ReadName(Stream stream, int length)
    {
        // The longest name of an entry: 64 folders of 128 characters, an index each, and a file's name.
        const int MaxNameBytes = 16_384;
        if (length > MaxNameBytes) throw Unreadable($"An entry has a name of {length} bytes.");
        Span<byte> name = stackalloc byte[length];
        stream.ReadExactly(name);
        return Encoding.UTF8.GetString(name);
    }

    private static void ReadAt(Stream stream, long position, Span<byte> bytes)
    {
        stream.Position = position;
        stream.ReadExactly(bytes);
    }

    private static ushort UInt16(ReadOnlySpan<byte> bytes, int offset) => BinaryPrimitives.ReadUInt16LittleEndian(bytes[offset..]);

    private static uint UInt32(ReadOnlySpan<byte> bytes, int offset) => BinaryPrimitives.ReadUInt32LittleEndian(bytes[offset..]);

    private static long Int64(ReadOnlySpan<byte> bytes, int offset) => BinaryPrimitives.ReadInt64LittleEndian(bytes[offset..]);
}
