using System.Text;

namespace MLPath.Datasets.Formats;

/// <summary>
/// Turns UTF-8 into texts that share memory, so that a batch of short texts is a few allocations. Memory is never used twice: texts may be
/// kept after their batch.
/// </summary>
internal sealed class TextCells
{
    private const int ChunkLength = 1 << 13;

    private char[] _chunk = [];
    private int _used;

    /// <summary>The text of some UTF-8 bytes; what is not valid becomes U+FFFD.</summary>
    public ReadOnlyMemory<char> Add(ReadOnlySpan<byte> utf8)
    {
        if (utf8.IsEmpty) return default;
        if (utf8.Length > ChunkLength / 4) return Encoding.UTF8.GetString(utf8).AsMemory();
        // A UTF-8 text never has more UTF-16 units than bytes.
        if (_chunk.Length - _used < utf8.Length) (_chunk, _used) = (new char[ChunkLength], 0);
        int length = Encoding.UTF8.GetChars(utf8, _chunk.AsSpan(_used));
        var text = _chunk.AsMemory(_used, length);
        _used += length;
        return text;
    }
}
