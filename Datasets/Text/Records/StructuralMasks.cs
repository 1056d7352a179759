using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;

namespace MLPath.Datasets.Text;

/// <summary>Finds the bytes that structure a text, 64 at a time, in vectors of what width the machine has.</summary>
internal sealed class StructuralMasks(DelimitedFormat format)
{
    private readonly byte _separator = format.Separators[0];
    private readonly byte[] _otherSeparators = format.Separators[1..];
    private readonly bool _quoting = format.Quoting;

    /// <summary>Reads the masks of 64 bytes; bit i stands for byte i.</summary>
    /// <param name="buffer">The buffer, readable for 64 bytes and one more.</param>
    /// <param name="at">The first byte.</param>
    /// <param name="length">How many bytes count; bits beyond are 0.</param>
    /// <param name="separators">Receives the separators.</param>
    /// <param name="lines">Receives the ends of lines: LF, and CR that no LF follows.</param>
    /// <param name="quotes">Receives the quotes.</param>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public void Read(ref byte buffer, int at, int length, out ulong separators, out ulong lines, out ulong quotes)
    {
        ref byte text = ref Unsafe.Add(ref buffer, at);
        ulong returns;
        if (Vector512.IsHardwareAccelerated)
        {
            var v = Vector512.LoadUnsafe(ref text);
            separators = Vector512.Equals(v, Vector512.Create(_separator)).ExtractMostSignificantBits();
            lines = Vector512.Equals(v, Vector512.Create(DelimitedFormat.LineFeed)).ExtractMostSignificantBits();
            returns = Vector512.Equals(v, Vector512.Create(DelimitedFormat.CarriageReturn)).ExtractMostSignificantBits();
            quotes = Vector512.Equals(v, Vector512.Create(DelimitedFormat.Quote)).ExtractMostSignificantBits();
        }
        else
        {
            separators = Mask(ref text, _separator);
            lines = Mask(ref text, DelimitedFormat.LineFeed);
            returns = Mask(ref text, DelimitedFormat.CarriageReturn);
            quotes = Mask(ref text, DelimitedFormat.Quote);
        }
        foreach (byte separator in _otherSeparators) separators |= Mask(ref text, separator);
        if (!_quoting) quotes = 0;
        if (returns != 0)
        {
            ulong beforeLineFeed = (lines >> 1) | (Unsafe.Add(ref text, 64) == DelimitedFormat.LineFeed ? 1UL << 63 : 0);
            lines |= returns & ~beforeLineFeed;
        }
        if (length < 64)
        {
            ulong inside = (1UL << length) - 1;
            separators &= inside;
            lines &= inside;
            quotes &= inside;
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static ulong Mask(ref byte text, byte value)
    {
        if (Vector256.IsHardwareAccelerated)
        {
            var wanted = Vector256.Create(value);
            return Vector256.Equals(Vector256.LoadUnsafe(ref text), wanted).ExtractMostSignificantBits()
                | ((ulong)Vector256.Equals(Vector256.LoadUnsafe(ref text, 32), wanted).ExtractMostSignificantBits() << 32);
        }
        ulong mask = 0;
        if (Vector128.IsHardwareAccelerated)
        {
            var wanted = Vector128.Create(value);
            for (int part = 0; part < 4; part++)
            {
                ulong bits = Vector128.Equals(Vector128.LoadUnsafe(ref text, (nuint)(16 * part)), wanted).ExtractMostSignificantBits();
                mask |= bits << (16 * part);
            }
            return mask;
        }
        for (int i = 0; i < 64; i++) mask |= Unsafe.Add(ref text, i) == value ? 1UL << i : 0;
        return mask;
    }
}
