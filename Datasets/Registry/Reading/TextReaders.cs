using System.Text;
using MLPath.Datasets.Registry.Downloading;

namespace MLPath.Datasets.Registry.Reading;

/// <summary>Reads texts: one a line, labelled sentences, messages in archives.</summary>
internal static class TextReaders
{
    private static readonly UTF8Encoding Utf8 = new(encoderShouldEmitUTF8Identifier: false, throwOnInvalidBytes: true);

    /// <summary>One column: the lines of a file, empty ones included.</summary>
    public static DatasetReader Lines(string file) => content => content.TextView(ReadLines(content, file));

    /// <summary>Lines of two texts with a tab between them; what follows a second tab is no part of them.</summary>
    /// <param name="archive">The archive.</param>
    /// <param name="entry">The file in it.</param>
    public static DatasetReader Pairs(string archive, string entry) => content =>
    {
        string path = content.PathOf(archive);
        var (first, second) = (new List<string>(), new List<string>());
        foreach (string line in ReadEntry(path, entry, content.CancellationToken).Split('\n', StringSplitOptions.RemoveEmptyEntries))
        {
            string[] parts = line.TrimEnd('\r').Split('\t');
            if (parts.Length < 2) throw new DataException($"{path}, {entry}, line {first.Count + 1}: there is no tab between two sentences.");
            first.Add(parts[0]);
            second.Add(parts[1]);
        }
        return content.TextView(first, second);
    };

    /// <summary>Lines of a sentence, a tab and 0 or 1. Sentences contain quotation marks and tabs, so the last tab counts.</summary>
    /// <param name="files">The files, and what their rows have in the second column.</param>
    public static DatasetReader Sentences(IReadOnlyList<(string File, string Origin)> files) => content =>
    {
        var (sentences, origins, labels) = (new List<string>(), new List<string>(), new List<string>());
        foreach (var (file, origin) in files)
        {
            foreach (string line in ReadLines(content, file))
            {
                int tab = line.LastIndexOf('\t');
                if (tab < 0 || line.AsSpan(tab + 1).Trim() is not ("0" or "1"))
                    throw new DataException($"{content.PathOf(file)}, line {sentences.Count + 1}: a tab and 0 or 1 were expected at the end.");
                sentences.Add(line[..tab].Trim());
                origins.Add(origin);
                labels.Add(content.Info.Classes[line.AsSpan(tab + 1).Trim() is "1" ? 1 : 0]);
            }
        }
        return content.TextView(sentences, origins, labels);
    };

    /// <summary>An archive with a text in each file and the label in the name of its folder, in the order of the files' names.</summary>
    /// <param name="archive">The archive.</param>
    /// <param name="encoding">The texts' encoding.</param>
    /// <param name="label">
    /// The label for a part and the names of a file's folders from the outermost; null for a file that is not of the part.
    /// </param>
    public static DatasetReader Folders(string archive, Encoding encoding, Func<DatasetPart, string[], string?> label) => content =>
    {
        var rows = new List<(string Name, string Text, string Label)>();
        foreach (var (name, file) in Archive.Files(content.PathOf(archive)))
        {
            content.CancellationToken.ThrowIfCancellationRequested();
            if (label(content.Part, name.Split('/')[..^1]) is not { } found) continue;
            using var reader = new StreamReader(file, encoding, detectEncodingFromByteOrderMarks: false);
            rows.Add((name, reader.ReadToEnd(), found));
        }
        rows.Sort((a, b) => string.CompareOrdinal(a.Name, b.Name));
        return content.TextView([.. rows.Select(r => r.Text)], [.. rows.Select(r => r.Label)]);
    };

    private static string[] ReadLines(DatasetContent content, string file)
    {
        string path = content.PathOf(file);
        try
        {
            return [.. File.ReadLines(path, Utf8)];
        }
        catch (DecoderFallbackException)
        {
            throw new DataException($"{path} is not valid UTF-8, as the published file is.");
        }
    }

    private static string ReadEntry(string path, string entry, CancellationToken cancellationToken)
    {
        using var memory = new MemoryStream();
        Archive.Extract(path, entry, memory, limit: 1 << 30, cancellationToken);
        return Utf8.GetString(memory.GetBuffer(), 0, (int)memory.Length);
    }
}
