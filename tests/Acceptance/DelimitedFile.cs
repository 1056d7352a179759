using System.Text;

namespace MLPath.Acceptance.Tests;

/// <summary>The form of a text file with separators, as far as taking a column out needs it. No value reaches over a line's end.</summary>
/// <param name="Separator">The character between two fields.</param>
/// <param name="HasHeader">Whether the first line gives names.</param>
/// <param name="HasQuotes">Whether double quotes enclose values; otherwise they are characters like others.</param>
internal sealed record DelimitedFile(char Separator = ',', bool HasHeader = true, bool HasQuotes = true)
{
    /// <summary>Copies a file without a column, and the rest as it is written.</summary>
    /// <param name="source">The file.</param>
    /// <param name="column">The place of the column, from 0.</param>
    /// <param name="target">The file to write.</param>
    /// <returns>The values of the column, without blanks around them, from top to bottom.</returns>
    public List<string> Without(string source, int column, string target)
    {
        var values = new List<string>();
        using var writer = new StreamWriter(target, append: false, new UTF8Encoding(encoderShouldEmitUTF8Identifier: false)) { NewLine = "\n" };
        bool isHeader = HasHeader;
        foreach (string line in File.ReadLines(source).Where(l => l.Length > 0))
        {
            var fields = Fields(line);
            if (!isHeader)
                values.Add(fields[column].Trim());
            isHeader = false;
            fields.RemoveAt(column);
            writer.WriteLine(string.Join(Separator, fields));
        }

        return values;
    }

    // The fields of a line as written, with the quotes around them.
    private List<string> Fields(string line)
    {
        var fields = new List<string>();
        int start = 0;
        bool isQuoted = false;
        for (int i = 0; i < line.Length; i++)
        {
            if (HasQuotes && line[i] == '"')
            {
                isQuoted = !isQuoted; // a doubled quote within a value turns twice
            }
            else if (line[i] == Separator && !isQuoted)
            {
                fields.Add(line[start..i]);
                start = i + 1;
            }
        }

        fields.Add(line[start..]);
        return fields;
    }
}
