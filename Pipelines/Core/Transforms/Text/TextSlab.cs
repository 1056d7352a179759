namespace MLPath.Transforms.Text;

/// <summary>
/// Room for texts that a transform makes. What was given out is never written again, so that a reader may keep it as long as it likes, and one
/// array serves many texts.
/// </summary>
internal sealed class TextSlab
{
    private const int Size = 1 << 14;

    private char[] _chars = [];
    private int _used;

    /// <summary>Gives room for one text, of which <see cref="Take"/> then takes what was needed.</summary>
    /// <param name="length">The most characters it may have.</param>
    public Span<char> Reserve(int length)
    {
        if (_chars.Length - _used < length)
            (_chars, _used) = (new char[Math.Max(Size, length)], 0);
        return _chars.AsSpan(_used, length);
    }

    /// <summary>Takes the text that was written to the room reserved last.</summary>
    /// <param name="length">Its characters.</param>
    public ReadOnlyMemory<char> Take(int length)
    {
        var text = _chars.AsMemory(_used, length);
        _used += length;
        return text;
    }
}
