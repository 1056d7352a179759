using System.Text;

namespace MLPath.Reports;

/// <summary>What text from outside may contain.</summary>
internal static class PlainText
{
    /// <summary>
    /// Whether a character only stands for itself: control characters do not, nor do those that turn the direction of what follows,
    /// with which one name can disguise itself as another.
    /// </summary>
    public static bool IsHarmless(Rune rune) =>
        !Rune.IsControl(rune) && rune.Value is not ((>= 0x202A and <= 0x202E) or (>= 0x2066 and <= 0x2069));
}
