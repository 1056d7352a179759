using MLPath.Data;

namespace MLPath.Transforms.Text;

/// <summary>Reads rows of texts as the hashes of their words: keys from 1 to 2³⁰. The same as ML.NET's, for words of ASCII characters at least.</summary>
internal sealed class HashedWordRows(DataViewSchema.Column column, uint seed) : KeyRows
{
    public const int KeyBits = 30;

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
            var word = _rows.Word(_rows.Words[i]);
            _keys[i] = (ValueHash<ReadOnlyMemory<char>>.Hash(word, seed) & ((1u << KeyBits) - 1)) + 1;
            if (Words?.ContainsKey(_keys[i]) == false)
                Words.Add(_keys[i], word.ToString());
        }

        return _keys.AsSpan(0, _rows.Words.Count);
    }
}
