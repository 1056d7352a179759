using System.Text;

namespace MLPath.Datasets.Text;

/// <summary>The cells that stand for a missing value: the empty one, and some words in any case.</summary>
internal sealed class MissingCells
{
    private readonly byte[][] _words;
    private readonly bool[] _firstBytes = new bool[256]; // most cells are told apart from all words by their first byte

    public MissingCells(IEnumerable<string> words)
    {
        _words = [.. words.Where(w => w.Length > 0).Select(Encoding.UTF8.GetBytes)];
        foreach (byte[] word in _words)
        {
            _firstBytes[word[0]] = true;
            if (!char.IsAsciiLetter((char)word[0])) continue;
            _firstBytes[word[0] ^ 0x20] = true;
        }
        HasNumbers = _words.Any(word => IsNumber(word, (byte)'.') || IsNumber(word, (byte)','));
    }

    /// <summary>Whether some of the words are numbers, such as -999, so that a cell must be compared with them before it is read as one.</summary>
    public bool HasNumbers { get; }

    public bool Contains(ReadOnlySpan<byte> cell)
    {
        if (cell.IsEmpty) return true;
        if (!_firstBytes[cell[0]]) return false;
        foreach (byte[] word in _words)
        {
            if (cell.SequenceEqual(word) || Ascii.EqualsIgnoreCase(cell, word)) return true;
        }
        return false;
    }

    private static bool IsNumber(byte[] word, byte point) => DecimalNumber.TryParse(word, out double value, point) && double.IsFinite(value);
}
