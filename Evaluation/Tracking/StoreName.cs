using System.Text;

namespace MLPath.Evaluation;

/// <summary>Names of parameters, metrics and tags, which are file names in MLflow's file store.</summary>
internal static class StoreName
{
    // MLflow's limit is 250 characters, and that of file systems 255 bytes.
    private const int MostBytes = 240;

    /// <summary>
    /// A name as MLflow accepts it: letters, digits, underscores, points, dashes, blanks and slashes. Anything else becomes an underscore, and so
    /// does a slash that is part of a name rather than between a group and a name.
    /// </summary>
    /// <param name="name">A column's or an option's name.</param>
    public static string Of(string name)
    {
        var plain = new StringBuilder();
        foreach (char c in name)
        {
            char kept = char.IsLetterOrDigit(c) || c is '_' or '.' or '-' or ' ' ? c : '_';
            if (Encoding.UTF8.GetByteCount($"{plain}{kept}") > MostBytes)
                break;
            plain.Append(kept);
        }

        // Points and blanks at the ends mean something to one file system or another.
        string trimmed = plain.ToString().Trim();
        return trimmed.Length == 0 || trimmed.Trim('.').Length == 0 ? "_" : trimmed.EndsWith('.') ? $"{trimmed[..^1]}_" : trimmed;
    }

    /// <summary>Entries by names that MLflow accepts; of names that become alike, the later ones get a number.</summary>
    /// <param name="entries">Names and values.</param>
    public static IReadOnlyList<KeyValuePair<string, string>> Unique(IEnumerable<KeyValuePair<string, string>> entries)
    {
        // A file system may not tell letters by their case.
        var taken = new HashSet<string>(StringComparer.OrdinalIgnoreCase);
        var named = new List<KeyValuePair<string, string>>();
        foreach (var (name, value) in entries)
        {
            string plain = Of(name), unique = plain;
            for (int i = 2; !taken.Add(unique); i++)
                unique = FormattableString.Invariant($"{plain} {i}");
            named.Add(new(unique, value));
        }

        return named;
    }
}
