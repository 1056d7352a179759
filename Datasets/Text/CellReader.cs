namespace MLPath.Datasets.Text;

/// <summary>Turns the cells of one field of the file into values of one column, or of one slot of a vector column.</summary>
internal abstract class CellReader
{
    /// <summary>Reads a cell into a row of the column.</summary>
    /// <returns>False when the cell does not fit the column's type.</returns>
    /// <exception cref="System.Text.DecoderFallbackException">The cell is text, and not valid UTF-8.</exception>
    public abstract bool TryRead(ReadOnlySpan<byte> cell, int row);
}

/// <summary>Reads a value from the text of a cell, which has no blanks around it.</summary>
internal delegate bool CellParser<T>(ReadOnlySpan<byte> cell, out T value);

/// <summary>Reads cells of a type that has no missing value.</summary>
internal sealed class ValueReader<T>(ColumnStore<T> store, int slot, CellParser<T> parse) : CellReader
{
    public override bool TryRead(ReadOnlySpan<byte> cell, int row)
    {
        if (!parse(cell, out T value)) return false;
        store.Set(row, slot, value);
        return true;
    }
}

/// <summary>Reads cells of a type with a value for missing, NaN or key 0.</summary>
internal sealed class NullableReader<T>(ColumnStore<T> store, int slot, CellParser<T> parse, MissingCells missing, T missingValue)
    : CellReader
{
    public override bool TryRead(ReadOnlySpan<byte> cell, int row)
    {
        if (missing.Contains(cell)) store.Set(row, slot, missingValue);
        else if (parse(cell, out T value)) store.Set(row, slot, value);
        else return false;
        return true;
    }
}

/// <summary>Reads cells as text. Equal texts share one string as long as a column has few of them, as categories do.</summary>
internal sealed class TextCellReader(ColumnStore<ReadOnlyMemory<char>> store, int slot) : CellReader
{
    private const int MostShared = 4096;

    private readonly HashSet<string>.AlternateLookup<ReadOnlySpan<char>> _shared =
        new HashSet<string>(StringComparer.Ordinal).GetAlternateLookup<ReadOnlySpan<char>>();

    private char[] _decoded = new char[64];

    public override bool TryRead(ReadOnlySpan<byte> cell, int row)
    {
        // UTF-8 never has fewer bytes than UTF-16 has characters.
        if (_decoded.Length < cell.Length) _decoded = new char[Math.Max(cell.Length, 2 * _decoded.Length)];
        var text = _decoded.AsSpan(0, CellText.Strict.GetChars(cell, _decoded));
        store.Set(row, slot, text.IsEmpty ? default : Share(text).AsMemory());
        return true;
    }

    private string Share(ReadOnlySpan<char> text)
    {
        if (_shared.TryGetValue(text, out string? shared)) return shared;
        if (_shared.Set.Count >= MostShared) return text.ToString();
        shared = text.ToString();
        _shared.Set.Add(shared);
        return shared;
    }
}
