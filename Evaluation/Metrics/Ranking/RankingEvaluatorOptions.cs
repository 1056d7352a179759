using System.Globalization;
using MLPath.Runtime;

namespace MLPath.Data;

/// <summary>How orders of rows are judged; ML.NET's names and defaults.</summary>
public sealed record RankingEvaluatorOptions
{
    /// <summary>k, down to which place rows count. 1 or more; default 10, as in ML.NET.</summary>
    public int DcgTruncationLevel { get; init; } = 10;

    /// <summary>
    /// The gain of each label from 0 on, separated by commas; default "0,3,7,15,31", as in ML.NET, which is 2ˡ − 1 but for label 1. A label above
    /// the last one is an error.
    /// </summary>
    public string LabelGains { get; init; } = "0,3,7,15,31";

    /// <summary>The gains as numbers.</summary>
    /// <exception cref="OptionException">An option is out of range.</exception>
    internal double[] Gains()
    {
        if (DcgTruncationLevel < 1)
            throw new OptionException($"Option DcgTruncationLevel is {DcgTruncationLevel}; expected 1 or more.");
        return [.. (LabelGains ?? "").Split(',', StringSplitOptions.TrimEntries).Select(Gain)];
    }

    private double Gain(string text) =>
        double.TryParse(text, NumberStyles.Float, CultureInfo.InvariantCulture, out double gain) && double.IsFinite(gain) && gain >= 0
            ? gain
            : throw new OptionException($"Option LabelGains is '{LabelGains}'; expected numbers of 0 or more, separated by commas, as in '0,3,7,15,31'.");
}
