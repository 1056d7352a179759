using System.Text.Json;

namespace MLPath.Datasets.Formats.JsonLines;

/// <summary>Takes the values of a row, each under the number of its column.</summary>
internal interface IJsonValues
{
    /// <summary>Takes a value.</summary>
    /// <param name="column">The column.</param>
    /// <param name="json">At the value's first token; to be left at its last.</param>
    /// <param name="line">The whole line.</param>
    /// <param name="row">For errors.</param>
    void Take(int column, ref Utf8JsonReader json, ReadOnlySpan<byte> line, JsonRowWalker row);
}

/// <summary>
/// Walks over the objects of a file, one a line, and hands out the values that are not objects themselves. The column of a value is the path
/// of its property, the names of nested objects joined by dots; columns are numbered in the order in which they first occur.
/// </summary>
internal sealed class JsonRowWalker(ByteLines lines) : IDisposable
{
    private readonly Property _root = new("");
    private readonly List<string> _paths = [];
    private readonly Dictionary<string, int> _columns = new(StringComparer.Ordinal);
    private char[] _name = new char[64];

    /// <summary>The names of the columns seen so far.</summary>
    public IReadOnlyList<string> Columns => _paths;

    /// <summary>Makes a walker of another pass, which numbers columns alike.</summary>
    public JsonRowWalker(ByteLines lines, IEnumerable<string> columns) : this(lines)
    {
        foreach (string path in columns) ColumnOf(path);
    }

    /// <summary>Reads the next row; false when there is none. Blank lines are none.</summary>
    public bool TryRead(IJsonValues values)
    {
        while (lines.TryRead(out var line))
        {
            if (line.Trim(" \t"u8).IsEmpty) continue;
            var json = new Utf8JsonReader(line);
            try
            {
                json.Read();
                if (json.TokenType != JsonTokenType.StartObject)
                    throw Error($"a JSON object was expected, {{…}}, each on a line of its own; {FormatError.Quote(line)} was found");
                ReadObject(ref json, _root, values, line);
                json.Read(); // nothing may follow; the parser says so
            }
            catch (Exception problem) when (problem is JsonException or InvalidOperationException)
            {
                throw NotJson(problem, line);
            }
            return true;
        }
        return false;
    }

    /// <summary>An error on the line read last.</summary>
    public DataException Error(string problem) => lines.Error(problem);

    /// <inheritdoc/>
    public void Dispose() => lines.Dispose();

    private void ReadObject(ref Utf8JsonReader json, Property parent, IJsonValues values, ReadOnlySpan<byte> line)
    {
        int next = 0;
        while (json.Read() && json.TokenType == JsonTokenType.PropertyName)
        {
            var property = Find(ref json, parent, next);
            next = property.Position + 1;
            json.Read();
            if (json.TokenType == JsonTokenType.StartObject)
            {
                ReadObject(ref json, property, values, line);
                continue;
            }
            if (property.Column < 0) property.Column = ColumnOf(property.Path);
            values.Take(property.Column, ref json, line, this);
        }
    }

    // Rows mostly have the same properties in the same order, so the one behind the last is tried first.
    private Property Find(ref Utf8JsonReader json, Property parent, int next)
    {
        if (next < parent.Children.Count && json.ValueTextEquals(parent.Children[next].Name)) return parent.Children[next];
        if (json.ValueSpan.Length > _name.Length) _name = new char[json.ValueSpan.Length];
        var name = _name.AsSpan(0, json.CopyString(_name));
        if (parent.Lookup.TryGetValue(name, out var known)) return known;
        if (name.IsEmpty) throw Error("a property has an empty name");
        string text = name.ToString();
        var added = new Property(parent.Path.Length == 0 ? text : $"{parent.Path}.{text}") { Name = text, Position = parent.Children.Count };
        parent.Children.Add(added);
        parent.ByName.Add(text, added);
        return added;
    }

    private int ColumnOf(string path)
    {
        if (_columns.TryGetValue(path, out int column)) return column;
        _columns.Add(path, _paths.Count);
        _paths.Add(path);
        return _paths.Count - 1;
    }

    private DataException NotJson(Exception problem, ReadOnlySpan<byte> line) => problem is JsonException { BytePositionInLine: { } at }
        ? lines.Error(
            $"the line is not a JSON object at byte {at + 1}, {FormatError.Quote(line[(int)Math.Clamp(at - 20, 0, line.Length)..])}; "
            + "each line holds one whole object", problem)
        : lines.Error("the line has text that is not Unicode", problem);

    /// <summary>A property at its place in the objects of a file.</summary>
    private sealed class Property
    {
        public Property(string path)
        {
            Path = path;
            Lookup = ByName.GetAlternateLookup<ReadOnlySpan<char>>();
        }

        public string Path { get; }

        public string Name { get; init; } = "";

        public int Position { get; init; }

        public int Column { get; set; } = -1;

        public List<Property> Children { get; } = [];

        public Dictionary<string, Property> ByName { get; } = new(StringComparer.Ordinal);

        public Dictionary<string, Property>.AlternateLookup<ReadOnlySpan<char>> Lookup { get; }
    }
}
