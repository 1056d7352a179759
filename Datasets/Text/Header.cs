using System.Globalization;
using System.Text;

namespace MLPath.Datasets.Text;

/// <summary>The first record of a text file: its separator and the names of its fields.</summary>
internal sealed class Header
{
    private readonly Dictionary<string, int> _places;

    private Header(IReadOnlyList<string> names, Dictionary<string, int> places) => (Names, _places) = (names, places);

    /// <summary>The names, all different; a nameless field is called after its place, <c>Column3</c>.</summary>
    public IReadOnlyList<string> Names { get; }

    /// <summary>The position of a name, or -1.</summary>
    public int IndexOf(string name) => _places.GetValueOrDefault(name, -1);

    /// <summary>Reads the header, the reader's first record.</summary>
    /// <exception cref="DataException">The file is empty, or a name occurs twice.</exception>
    public static Header Read(DelimitedReader reader, string path)
    {
        if (!reader.Read()) throw TextFileError.Of(path, "the file is empty; expected a line with the columns' names, then the rows");
        var names = new string[reader.FieldCount];
        var places = new Dictionary<string, int>(StringComparer.Ordinal);
        for (int i = 0; i < names.Length; i++)
        {
            string name = Decode(reader[i], path, reader.Line);
            names[i] = name.Length > 0 ? name : string.Create(CultureInfo.InvariantCulture, $"Column{i + 1}");
            if (!places.TryAdd(names[i], i))
            {
                int first = places[names[i]] + 1;
                throw TextFileError.At(path, reader.Line,
                    $"the column name '{names[i]}' occurs twice, in fields {first} and {i + 1}; give each column a name of its own");
            }
        }
        return new Header(names, places);
    }

    /// <summary>
    /// The separator that occurs most often in the first line that has text, outside quotes; comma, then tab, in a tie.
    /// </summary>
    public static byte InferSeparator(ReadOnlySpan<byte> head)
    {
        int commas = 0, tabs = 0, semicolons = 0;
        bool quoted = false;
        foreach (byte b in head.TrimStart("\r\n"u8))
        {
            if (!quoted && b is (byte)'\n' or (byte)'\r') break;
            if (b == '"') quoted = !quoted;
            if (quoted) continue;
            if (b == ',') commas++;
            else if (b == '\t') tabs++;
            else if (b == ';') semicolons++;
        }
        int most = Math.Max(commas, Math.Max(tabs, semicolons));
        return (byte)(commas == most ? ',' : tabs == most ? '\t' : ';');
    }

    private static string Decode(ReadOnlySpan<byte> name, string path, long line)
    {
        try
        {
            return CellText.Strict.GetString(name);
        }
        catch (DecoderFallbackException)
        {
            throw TextFileError.At(path, line, $"the column name {TextFileError.Quote(name)} is not valid UTF-8; save the file as UTF-8");
        }
    }
}
