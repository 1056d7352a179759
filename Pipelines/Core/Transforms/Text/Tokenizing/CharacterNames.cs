using System.Globalization;

namespace MLPath.Transforms.Text;

/// <summary>Characters as texts that can be seen: control characters and the space by their pictures or abbreviations, <c>&lt;␠&gt;</c>.</summary>
internal static class CharacterNames
{
    /// <summary>Stands before the characters of a row, where markers are wanted (STX).</summary>
    public const char TextStart = '\u0002';

    /// <summary>Stands behind the characters of a row, where markers are wanted (ETX).</summary>
    public const char TextEnd = '\u0003';

    /// <summary>Stands between the texts of one row (US).</summary>
    public const char Between = '\u001F';

    /// <summary>The number of characters that have keys: all but U+0000, whose number is that of a missing key.</summary>
    public const int Count = char.MaxValue;

    // The control characters U+0080 to U+009F, by ISO/IEC 6429.
    private static readonly string[] s_controls =
        ("PAD HOP BPH NBH IND NEL SSA ESA HTS HTJ VTS PLD PLU RI SS2 SS3 DCS PU1 PU2 STS CCH MW SPA EPA SOS SGCI SCI CSI ST OSC PM APC").Split(' ');

    private static readonly Lazy<DataViewSchema.Annotations> s_keyValues =
        new(() => new DataViewSchema.Annotations.Builder().AddKeyValues([.. Enumerable.Range(1, Count).Select(c => Of((char)c))]).ToAnnotations());

    /// <summary>What the keys of characters stand for.</summary>
    public static DataViewSchema.Annotations KeyValues => s_keyValues.Value;

    public static string Of(char character) => character switch
    {
        <= ' ' => $"<{(char)('\u2400' + character)}>",
        '\u007F' => "<\u2421>",
        >= '\u0080' and <= '\u009F' => $"<{s_controls[character - '\u0080']}>",
        '\u2028' => "<LSEP>",
        '\u2029' => "<PSEP>",
        _ when char.IsSurrogate(character) => string.Create(CultureInfo.InvariantCulture, $"\\u{(int)character:X4}"),
        _ => character.ToString(),
    };
}
