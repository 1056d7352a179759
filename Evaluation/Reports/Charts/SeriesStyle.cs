namespace MLPath.Reports.Charts;

/// <summary>
/// How the series of a chart are told apart: by colour, and for eyes or printers without colour by dashes and by the shape of points.
/// The colours are those of M. Okabe and K. Ito, "Color Universal Design" (2008); the style sheet holds them, with a variant for
/// dark pages.
/// </summary>
internal static class SeriesStyle
{
    private const int Colours = 7;
    private static readonly string?[] Dashes = [null, "7 3", "2 3", "9 3 2 3", "12 4", "4 2 1 2"];

    /// <summary>The class that gives a series its colour.</summary>
    public static string Class(int series) => FormattableString.Invariant($"s{series % Colours}");

    /// <summary>The dashes of a series; six patterns against seven colours give 42 different lines.</summary>
    public static string? Dash(int series) => Dashes[series % Dashes.Length];

    /// <summary>The outline of a point as path commands, without a move to its place.</summary>
    public static string Marker(int series, double size)
    {
        var r = size / 2;
        string P(double v) => MarkupWriter.Px(v * r);
        return (series % 6) switch
        {
            0 => $"m{P(-1)} 0a{P(1)} {P(1)} 0 1 0 {P(2)} 0a{P(1)} {P(1)} 0 1 0 {P(-2)} 0z",
            1 => $"m{P(-0.9)} {P(-0.9)}h{P(1.8)}v{P(1.8)}h{P(-1.8)}z",
            2 => $"m0 {P(-1.2)}l{P(1.15)} {P(2)}h{P(-2.3)}z",
            3 => $"m0 {P(-1.3)}l{P(1.3)} {P(1.3)}l{P(-1.3)} {P(1.3)}l{P(-1.3)} {P(-1.3)}z",
            4 => $"m{P(-1.15)} {P(-0.8)}h{P(2.3)}l{P(-1.15)} {P(2)}z",
            _ => Plus(P(-0.4), P(-1.2), P(0.8), P(-0.8)),
        };

        static string Plus(string left, string top, string arm, string back) =>
            $"m{left} {top}h{arm}v{arm}h{arm}v{arm}h{back}v{arm}h{back}v{back}h{back}v{back}h{arm}z";
    }
}
