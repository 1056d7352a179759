using System.Text;

namespace MLPath.Datasets.Formats.Arff;

/// <summary>The types of attributes.</summary>
internal enum ArffType
{
    Numeric,
    Nominal,
    Text,
    Date,
}

/// <summary>A column as an ARFF file declares it.</summary>
/// <param name="Name">Its name.</param>
/// <param name="Type">Its type.</param>
/// <param name="Values">The values of a nominal attribute, in order.</param>
/// <param name="DateFormat">The pattern of a date.</param>
internal sealed record ArffAttribute(string Name, ArffType Type, string[] Values, JavaDateFormat? DateFormat);

/// <summary>Reads the part of an ARFF file before its rows.</summary>
internal static class ArffHeader
{
    /// <summary>Reads up to the line <c>@data</c>.</summary>
    public static ArffAttribute[] Read(ByteLines lines)
    {
        var attributes = new List<ArffAttribute>();
        var names = new HashSet<string>(StringComparer.Ordinal);
        while (lines.TryRead(out var line))
        {
            var scanner = new ArffScanner(line, lines);
            var token = scanner.Next();
            if (token == ArffToken.End) continue;
            if (token == ArffToken.Word && Ascii.EqualsIgnoreCase(scanner.Text, "@relation"u8)) continue;
            if (token == ArffToken.Word && Ascii.EqualsIgnoreCase(scanner.Text, "@attribute"u8))
            {
                var attribute = ReadAttribute(ref scanner, lines);
                if (!names.Add(attribute.Name)) throw lines.Error($"attribute {FormatError.Quote(attribute.Name)} is declared twice");
                attributes.Add(attribute);
                continue;
            }
            if (token != ArffToken.Word || !Ascii.EqualsIgnoreCase(scanner.Text, "@data"u8))
                throw lines.Error($"{FormatError.Quote(line)} was found where @relation, @attribute or @data was expected");
            if (attributes.Count == 0) throw lines.Error("there is no @attribute before @data");
            return [.. attributes];
        }
        throw FormatError.Of(lines.Name, "there is no line @data; an ARFF file has @attribute lines, then @data, then rows");
    }

    private static ArffAttribute ReadAttribute(ref ArffScanner scanner, ByteLines lines)
    {
        if (scanner.Next() is not (ArffToken.Word or ArffToken.Quoted) || scanner.Text.IsEmpty)
            throw lines.Error("an attribute has no name; expected @attribute name type");
        string name = Encoding.UTF8.GetString(scanner.Text);
        var token = scanner.Next();
        if (token == ArffToken.Open) return new(name, ArffType.Nominal, ReadValues(ref scanner, name, lines), null);
        if (token != ArffToken.Word) throw TypeExpected(name, "nothing", lines);
        var type = scanner.Text;
        if (Ascii.EqualsIgnoreCase(type, "numeric"u8) || Ascii.EqualsIgnoreCase(type, "real"u8) || Ascii.EqualsIgnoreCase(type, "integer"u8))
            return new(name, ArffType.Numeric, [], null);
        if (Ascii.EqualsIgnoreCase(type, "string"u8)) return new(name, ArffType.Text, [], null);
        if (Ascii.EqualsIgnoreCase(type, "date"u8)) return new(name, ArffType.Date, [], ReadDateFormat(ref scanner, name, lines));
        throw TypeExpected(name, FormatError.Quote(type), lines);
    }

    private static string[] ReadValues(ref ArffScanner scanner, string name, ByteLines lines)
    {
        var values = new List<string>();
        var seen = new HashSet<string>(StringComparer.Ordinal);
        while (true)
        {
            switch (scanner.Next())
            {
                case ArffToken.Word or ArffToken.Quoted:
                    string value = Encoding.UTF8.GetString(scanner.Text);
                    if (!seen.Add(value)) throw lines.Error($"attribute {FormatError.Quote(name)} declares the value {FormatError.Quote(value)} twice");
                    values.Add(value);
                    break;
                case ArffToken.Comma:
                    break;
                case ArffToken.Close when values.Count > 0:
                    return [.. values];
                case ArffToken.Close:
                    throw lines.Error($"attribute {FormatError.Quote(name)} declares no values; expected {{value, value, …}}");
                default:
                    throw lines.Error($"the values of attribute {FormatError.Quote(name)} do not end in a brace on their line");
            }
        }
    }

    private static JavaDateFormat ReadDateFormat(ref ArffScanner scanner, string name, ByteLines lines)
    {
        string pattern = scanner.Next() is ArffToken.Word or ArffToken.Quoted ? Encoding.UTF8.GetString(scanner.Text) : JavaDateFormat.Default;
        try
        {
            return new JavaDateFormat(pattern);
        }
        catch (FormatException problem)
        {
            throw lines.Error($"the date format {FormatError.Quote(pattern)} of attribute {FormatError.Quote(name)} cannot be read, {problem.Message}");
        }
    }

    private static DataException TypeExpected(string name, string found, ByteLines lines) => lines.Error(
        $"the type of attribute {FormatError.Quote(name)} is {found}; expected numeric, real, integer, string, date or {{value, value, …}}");
}
