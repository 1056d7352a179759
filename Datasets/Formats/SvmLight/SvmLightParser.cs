using System.Globalization;
using MLPath.Datasets.Text;

namespace MLPath.Datasets.Formats.SvmLight;

/// <summary>Reads the rows of an SVMlight file: <c>label key:value key:value … # comment</c>, separated by blanks or tabs.</summary>
/// <param name="features">Which slots the features have.</param>
internal sealed class SvmLightParser(SvmLightFeatures features)
{
    private int[] _slots = new int[16];
    private float[] _values = new float[16];
    private int _count;

    /// <summary>The label of the row read last.</summary>
    public float Label { get; private set; }

    /// <summary>Its weight, the value of <c>cost</c>; 1 where there is none.</summary>
    public float Weight { get; private set; }

    /// <summary>Its group as a key: the value of <c>qid</c> plus 1; 0, missing, where there is none or it is negative.</summary>
    public ulong GroupId { get; private set; }

    /// <summary>The slots of its features, increasing.</summary>
    public ReadOnlySpan<int> Slots => _slots.AsSpan(0, _count);

    /// <summary>The values of its features.</summary>
    public ReadOnlySpan<float> Values => _values.AsSpan(0, _count);

    /// <summary>Reads the next row; false when there is none. Blank lines and lines of comment only are none.</summary>
    /// <param name="lines">The file.</param>
    /// <param name="comment">What follows the mark #; valid until the next call.</param>
    public bool TryRead(ByteLines lines, out ReadOnlySpan<byte> comment)
    {
        while (lines.TryRead(out var line))
        {
            line = line.Trim(" \t"u8);
            int mark = line.IndexOf((byte)'#');
            comment = mark < 0 ? default : line[(mark + 1)..];
            if (mark >= 0) line = line[..mark];
            if (line.IsEmpty) continue;
            ReadRow(line, lines);
            return true;
        }
        comment = default;
        return false;
    }

    private void ReadRow(ReadOnlySpan<byte> rest, ByteLines lines)
    {
        var token = NextToken(ref rest);
        if (!DecimalNumber.TryParse(token, out float label))
            throw lines.Error($"label {FormatError.Quote(token)} is not a number; a row is label feature:value feature:value …");
        (Label, Weight, GroupId, _count) = (label, 1, 0, 0);
        bool sorted = true;
        while (true)
        {
            token = NextToken(ref rest);
            if (token.IsEmpty) break;
            int colon = token.LastIndexOf((byte)':');
            if (colon < 0) throw lines.Error($"{FormatError.Quote(token)} has no colon; expected feature:value");
            ReadPair(token[..colon], token[(colon + 1)..], lines, ref sorted);
        }
        if (!sorted) Sort(lines);
    }

    private void ReadPair(ReadOnlySpan<byte> key, ReadOnlySpan<byte> text, ByteLines lines, ref bool sorted)
    {
        if (key.SequenceEqual("sid"u8)) return; // the slack variable that SVMlight shares between rows; no algorithm here has one
        if (key.SequenceEqual("qid"u8))
        {
            if (!long.TryParse(text, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out long query))
                throw lines.Error($"qid {FormatError.Quote(text)} is not a whole number");
            GroupId = query < 0 ? 0 : (ulong)query + 1;
            return;
        }
        if (!DecimalNumber.TryParse(text, out float value))
            throw lines.Error($"value {FormatError.Quote(text)} of {FormatError.Quote(key)} is not a number");
        if (key.SequenceEqual("cost"u8))
        {
            Weight = value;
            return;
        }
        int slot = features.Slot(key, lines);
        if (slot < 0) return;
        if (_count == _slots.Length)
        {
            Array.Resize(ref _slots, 2 * _count);
            Array.Resize(ref _values, 2 * _count);
        }
        sorted &= _count == 0 || slot > _slots[_count - 1];
        _slots[_count] = slot;
        _values[_count++] = value;
    }

    private void Sort(ByteLines lines)
    {
        Array.Sort(_slots, _values, 0, _count);
        for (int i = 1; i < _count; i++)
        {
            if (_slots[i] == _slots[i - 1]) throw lines.Error($"a feature, number {_slots[i]} from 0, occurs twice in the row");
        }
    }

    private static ReadOnlySpan<byte> NextToken(ref ReadOnlySpan<byte> rest)
    {
        rest = rest.TrimStart(" \t"u8);
        int end = rest.IndexOfAny((byte)' ', (byte)'\t');
        var token = end < 0 ? rest : rest[..end];
        rest = rest[token.Length..];
        return token;
    }
}
