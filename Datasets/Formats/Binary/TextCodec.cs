using System.Buffers;
using System.Runtime.InteropServices;
using System.Text;
using System.Text.Unicode;

namespace MLPath.Datasets.Formats.Binary;

/// <summary>
/// Texts: the lengths of all in UTF-16 units as 32-bit numbers, the encoding, then all texts joined: in UTF-8, or in UTF-16 where lone
/// surrogates keep them from being UTF-8.
/// </summary>
internal sealed class TextCodec : ValueCodec<ReadOnlyMemory<char>>
{
    private const byte Utf8Encoded = 0;
    private const byte Utf16Encoded = 1;

    private static readonly UTF8Encoding s_strict = new(encoderShouldEmitUTF8Identifier: false, throwOnInvalidBytes: true);

    public override void Write(ReadOnlySpan<ReadOnlyMemory<char>> values, IBufferWriter<byte> to)
    {
        var lengths = new int[values.Length];
        int total = 0;
        for (int i = 0; i < lengths.Length; i++)
        {
            lengths[i] = values[i].Length;
            total = checked(total + lengths[i]);
        }
        NumberCodec<int>.Instance.Write(lengths, to);

        var joined = new char[total];
        int at = 0;
        foreach (var value in values)
        {
            value.Span.CopyTo(joined.AsSpan(at));
            at += value.Length;
        }
        var utf8 = new byte[checked(3 * total)];
        if (Utf8.FromUtf16(joined, utf8, out _, out int written, replaceInvalidSequences: false) == OperationStatus.Done)
        {
            to.Write([Utf8Encoded]);
            to.Write(utf8.AsSpan(0, written));
            return;
        }
        to.Write([Utf16Encoded]);
        NumberCodec<char>.Instance.Write(joined, to);
    }

    public override ReadOnlyMemory<char>[] Read(ref BlockReader from, int count)
    {
        var lengths = from.TakeArray<int>(count);
        long total = 0;
        foreach (int length in lengths)
        {
            if (length < 0) throw from.Error($"it holds a text of length {length}");
            total += length;
        }
        var joined = ReadJoined(ref from, total);
        var values = new ReadOnlyMemory<char>[count];
        int at = 0;
        for (int i = 0; i < count; i++)
        {
            values[i] = joined.AsMemory(at, lengths[i]);
            at += lengths[i];
        }
        return values;
    }

    // The texts are the last of a block.
    private static char[] ReadJoined(ref BlockReader from, long total)
    {
        byte encoding = from.TakeByte();
        if (encoding == Utf16Encoded) return MemoryMarshal.Cast<ushort, char>(from.TakeArray<ushort>(total)).ToArray();
        if (encoding != Utf8Encoded) throw from.Error($"it has text encoding {encoding}");
        // A text has at most as many UTF-16 units as UTF-8 bytes.
        if (total > from.Remaining) throw from.Error($"it has too few bytes for texts of {total} characters");
        var utf8 = from.Take(from.Remaining);
        try
        {
            if (s_strict.GetCharCount(utf8) != total) throw from.Error("the lengths of its texts do not sum up");
            var joined = new char[total];
            s_strict.GetChars(utf8, joined);
            return joined;
        }
        catch (DecoderFallbackException)
        {
            throw from.Error("its texts are not UTF-8");
        }
    }
}
