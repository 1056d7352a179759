using System.Globalization;
using MLPath.Datasets.Formats;

namespace MLPath.Datasets.Text;

/// <summary>The names of a text file's fields.</summary>
internal sealed class Header
{
    private const string Place = "Column";

    private readonly Dictionary<string, int> _places = new(StringComparer.Ordinal);

    private Header(string file, long line, IReadOnlyList<string> rawNames)
    {
        (File, Line, RawNames) = (file, line, rawNames);
        Names = [.. rawNames.Select((name, i) => name.Length == 0 ? PlaceName(i) : name)];
        for (int i = 0; i < Names.Count; i++) _places.TryAdd(Names[i], i);
    }

    /// <summary>The file's name, for messages.</summary>
    public string File { get; }

    /// <summary>The line that the names are on.</summary>
    public long Line { get; }

    /// <summary>The names; a nameless field is called after its place, <c>Column3</c>.</summary>
    public IReadOnlyList<string> Names { get; }

    /// <summary>The names as they are written; empty for nameless fields.</summary>
    public IReadOnlyList<string> RawNames { get; }

    /// <summary>The position of a name, or -1.</summary>
    public int IndexOf(string name) => _places.GetValueOrDefault(name, -1);

    /// <summary>The same header, when all names differ.</summary>
    /// <exception cref="DataException">A name occurs twice.</exception>
    public Header WithoutRepeats()
    {
        for (int i = 0; i < Names.Count; i++)
        {
            if (_places[Names[i]] == i) continue;
            throw FormatError.AtLine(File, Line,
                $"the column name '{Names[i]}' occurs twice, in fields {_places[Names[i]] + 1} and {i + 1}; give each column a name of its own");
        }
        return this;
    }

    /// <summary>The names of fields that have none: <c>Column1</c>, <c>Column2</c>, …</summary>
    public static Header Nameless(string file, int fields) => new(file, 1, [.. Enumerable.Range(0, fields).Select(_ => "")]);

    /// <summary>Takes the first record off a chunk.</summary>
    /// <returns>Null where the chunk has none.</returns>
    /// <exception cref="DataException">A name is not valid UTF-8.</exception>
    public static Header? TryTake(TextChunk chunk, DelimitedFormat format)
    {
        var tokenizer = new Tokenizer(format);
        var block = new RowBlock(format);
        tokenizer.Begin(chunk);
        if (!tokenizer.Read(block, mostRows: 1, chunk.End)) return null;
        if (block.Problems.Count > 0)
            throw FormatError.AtLine(chunk.File, chunk.LineOf(block.Problems[0].Position), block.Problems[0].Text);

        var header = Of(block, 0);
        chunk.Line = chunk.LineOf(tokenizer.Position);
        chunk.Start = tokenizer.Position;
        return header;
    }

    /// <summary>A record of names.</summary>
    /// <exception cref="DataException">A name is not valid UTF-8.</exception>
    public static Header Of(RowBlock block, int row)
    {
        long line = block.Chunk.LineOf(block.Rows[row].Start);
        var names = new string[block.Rows[row].CellCount];
        for (int i = 0; i < names.Length; i++) names[i] = CellText.DecodeName(block.Text(row, i), block.Chunk.File, line);
        return new Header(block.Chunk.File, line, names);
    }

    /// <summary>The field that a name such as <c>Column3</c> stands for, from 0; −1 for any other name.</summary>
    public static int PlaceOf(string name) =>
        name.StartsWith(Place, StringComparison.Ordinal)
        && int.TryParse(name.AsSpan(Place.Length), NumberStyles.None, CultureInfo.InvariantCulture, out int number) && number > 0 && PlaceName(number - 1) == name
            ? number - 1
            : -1;

    private static string PlaceName(int field) => string.Create(CultureInfo.InvariantCulture, $"{Place}{field + 1}");
}
