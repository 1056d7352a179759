namespace MLPath.Reports.Charts;

/// <summary>Says in words what a drawing shows and what it leaves out.</summary>
internal static class Describe
{
    private const int MostNames = 12;

    /// <summary>A chart of several series over two axes.</summary>
    public static string Series(string kind, ChartAxis x, ChartAxis y, IReadOnlyList<string> names) =>
        $"{kind} of {y.Title} against {x.Title}: {Names(names)}.";

    /// <summary>Names in a row, the first dozen of them.</summary>
    public static string Names(IReadOnlyList<string> names) => names.Count switch
    {
        0 => "nothing",
        <= MostNames => string.Join(", ", names),
        _ => string.Join(", ", names.Take(MostNames)) + $" and {NumberFormat.Integer(names.Count - MostNames)} more",
    };

    /// <summary>A note on what could not be drawn; none where everything was.</summary>
    public static IReadOnlyList<string> Undrawn(int undrawn, int total, string what) => undrawn == 0
        ? []
        : [$"{NumberFormat.Integer(undrawn)} of {NumberFormat.Integer(total)} {what} cannot be drawn: " +
            "not a number, infinite, or beyond the axes."];
}
