using System.Text;
using MLPath.Data;

namespace MLPath.Transforms.Text;

/// <summary>Reads rows of texts as the hashes of their words: keys from 1 to 2³⁰. The same as ML.NET's, for words of ASCII characters at least.</summary>
internal sealed class HashedWordRows(DataViewSchema.Column column, uint seed) : KeyRows
{
    public const int KeyBits = 30;
    private const int BytesOnStack = 512;

    private readonly TextRows _rows = new(new TextReading(null, null), [column.Index]);
    private uint[] _keys = [];

    /// <summary>The word that had a key first; kept when not null.</summary>
    public Dictionary<uint, string>? Words { get; init; }

    public override ReadOnlySpan<uint> Read(RowBatch batch, int row)
    {
        _rows.Read(batch, row);
        if (_keys.Length < _rows.Words.Count)
            _keys = new uint[2 * _rows.Words.Count];
        for (int i = 0; i < _rows.Words.Count; i++)
        {
            var word = _rows.Word(_rows.Words[i]).Span;
            _keys[i] = Key(word);
            if (Words?.ContainsKey(_keys[i]) == false)
                Words.Add(_keys[i], word.ToString());
        }

        return _keys.AsSpan(0, _rows.Words.Count);
    }

    private uint Key(ReadOnlySpan<char> word)
    {
        int most = Encoding.UTF8.GetMaxByteCount(word.Length);
        Span<byte> bytes = most <= BytesOnStack ? stackalloc byte[BytesOnStack] : new byte[most];
        return (MurmurHash3.Hash(bytes[..Encoding.UTF8.GetBytes(word, bytes)], seed) & ((1u << KeyBits) - 1)) + 1;
    }
}
