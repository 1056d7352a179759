using System.Buffers;
using System.Globalization;

namespace MLPath.Runtime;

/// <summary>
/// The names in a model file. An entry's name follows from the component tree alone (<c>model/stages/0/settings.json</c>), and every part of
/// it is made of characters that mean nothing to a file system: unpacking a model can never write outside the folder.
/// </summary>
internal static class ModelPath
{
    internal const string Manifest = "manifest.json";
    internal const string ManifestHash = "manifest.sha256";
    internal const string Root = "model";
    internal const int MaxDepth = 64;
    internal const int MaxNameLength = 128;

    internal const string NameRule =
        "A name has 1 to 128 ASCII letters, digits, '_', '-' and inner dots, and is not '__metadata__', which safetensors reserves.";

    internal const string ChildNameRule = "A child's name has 1 to 128 ASCII letters, digits, '_' and '-'.";

    internal const string ComponentIdRule =
        "A component id is the library, a dot and the component, such as 'Acme.Clip': 1 to 128 ASCII letters, digits, '_', '-', " +
        "and dots and slashes between them.";

    private static readonly SearchValues<char> s_childCharacters =
        SearchValues.Create("ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789_-");

    internal static string Settings(string folder) => folder + "/settings.json";

    internal static string Arrays(string folder) => folder + "/arrays.safetensors";

    internal static string Child(string folder, string list, int index) =>
        string.Create(CultureInfo.InvariantCulture, $"{folder}/{list}/{index}");

    internal static bool IsChildName(string? name) =>
        name is { Length: >= 1 and <= MaxNameLength } && !name.AsSpan().ContainsAnyExcept(s_childCharacters);

    internal static bool IsName(string? name) => AreParts(name, ".") && name != "__metadata__";

    /// <summary>Ids never become names of entries, so slashes are harmless in them.</summary>
    internal static bool IsComponentId(string? id) => AreParts(id, "./") && id!.Contains('.', StringComparison.Ordinal);

    /// <summary>Parts of allowed characters with single separators between them: never empty, never <c>..</c>.</summary>
    private static bool AreParts(string? name, string separators)
    {
        if (name is not { Length: >= 1 and <= MaxNameLength }) return false;
        foreach (var part in name.AsSpan().SplitAny(separators))
        {
            var text = name.AsSpan()[part];
            if (text.IsEmpty || text.ContainsAnyExcept(s_childCharacters)) return false;
        }
        return true;
    }
}
