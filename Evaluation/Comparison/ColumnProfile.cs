namespace MLPath.Evaluation;

/// <summary>
/// How one column's values are distributed over bins of numbers, or over its most frequent texts, and what the label is in each bin.
/// </summary>
internal sealed class ColumnProfile
{
    private const int MostBins = 30;
    private const int MostTexts = 12;

    private readonly LabelProfile? _label;
    private readonly double[] _sums;
    private readonly double[] _squares;
    private readonly double[] _labelled;

    private ColumnProfile(ColumnSummary summary, IReadOnlyList<double> edges, IReadOnlyList<string> texts, LabelProfile? label)
    {
        (Summary, Edges, Texts, _label) = (summary, edges, texts, label);
        int bins = edges.Count > 0 ? edges.Count - 1 : texts.Count;
        Counts = new double[bins];
        ByClass = [.. (label?.Classes ?? []).Select(_ => new double[bins])];
        (_sums, _squares, _labelled) = (new double[bins], new double[bins], new double[bins]);
    }

    /// <summary>The column at a glance.</summary>
    public ColumnSummary Summary { get; }

    /// <summary>Of numbers: the edges of the bins, one more than there are bins; empty for anything else, and without a finite number.</summary>
    public IReadOnlyList<double> Edges { get; }

    /// <summary>Of anything else: the most frequent values; empty where there are too many to count.</summary>
    public IReadOnlyList<string> Texts { get; }

    /// <summary>How many values there are, by bin or text.</summary>
    public double[] Counts { get; }

    /// <summary>For a label of classes: the same for each class by itself; empty otherwise.</summary>
    public IReadOnlyList<double[]> ByClass { get; }

    /// <summary>Nothing counted yet.</summary>
    public static ColumnProfile Empty(ProfileReader column, LabelProfile? label)
    {
        var summary = column.Summary;
        // Of vectors all slots count together, and a row's label is not a slot's.
        return summary is { Minimum: { } least, Maximum: { } greatest }
            ? new(summary, EdgesOf(least, greatest, summary), [], label)
            : new(summary, [], column.IsNumber ? [] : [.. summary.Values.Take(MostTexts).Select(v => v.Key)], label);
    }

    /// <summary>Counts a batch.</summary>
    /// <param name="values">The column.</param>
    /// <param name="rows">The number of rows.</param>
    /// <param name="labels">The label's column; null without one.</param>
    public void Add(ProfileReader values, int rows, ProfileReader? labels)
    {
        int count = values.IsNumber ? values.Numbers.Count : values.Codes.Count;
        bool isLabelled = labels is not null && _label is not null && count == rows;
        for (int i = 0; i < count; i++)
        {
            int bin = values.IsNumber ? BinOf(values.Numbers[i]) : values.Codes[i] < Counts.Length ? values.Codes[i] : -1;
            if (bin < 0)
                continue;
            Counts[bin]++;
            if (isLabelled)
                AddLabel(bin, labels!, i);
        }
    }

    /// <summary>For a label of numbers: its mean in a bin, and two standard errors to each side; null where there are fewer than two rows.</summary>
    public (double Mean, double Low, double High)? LabelMean(int bin)
    {
        double n = _labelled[bin];
        if (n < 2)
            return null;
        double offset = _sums[bin] / n, mean = _label!.Centre + offset;
        double error = Math.Sqrt(Math.Max(0, (_squares[bin] / n) - (offset * offset)) / (n - 1));
        return (mean, mean - (2 * error), mean + (2 * error));
    }

    private void AddLabel(int bin, ProfileReader labels, int row)
    {
        if (_label!.Classes.Count > 0)
        {
            if (_label.ClassOf(labels, row) is >= 0 and var kind && kind < ByClass.Count)
                ByClass[kind][bin]++;
        }
        else if (double.IsFinite(labels.Numbers[row]))
        {
            // About a point near the mean little cancels.
            double value = labels.Numbers[row] - _label.Centre;
            _labelled[bin]++;
            _sums[bin] += value;
            _squares[bin] += value * value;
        }
    }

    // The square-root rule, within what can be looked at; whole numbers over a short range have a bin each, in the middle of which they lie.
    private static double[] EdgesOf(double least, double greatest, ColumnSummary summary)
    {
        if (summary.IsWhole && greatest - least < MostBins)
            return [.. Enumerable.Range(0, (int)(greatest - least) + 2).Select(i => least + i - 0.5)];
        int bins = (int)Math.Clamp(Math.Ceiling(Math.Sqrt(summary.Count)), 1, MostBins);
        double width = (greatest / bins) - (least / bins);
        double[] edges = [.. Enumerable.Range(0, bins + 1).Select(i => i == bins ? greatest : least + (i * width))];
        // One value alone, or several so near that no bins fit between them.
        return edges.Zip(edges.Skip(1)).All(pair => pair.First < pair.Second) ? edges : Around(least, greatest);
    }

    private static double[] Around(double least, double greatest)
    {
        double room = Math.Max(Math.Abs(least), Math.Abs(greatest)) * 0.05;
        return room > 0 ? [Math.Max(least - room, double.MinValue), Math.Min(greatest + room, double.MaxValue)] : [-0.5, 0.5];
    }

    private int BinOf(double value)
    {
        if (!double.IsFinite(value) || Counts.Length == 0)
            return -1;
        double share = ((value / 2) - (Edges[0] / 2)) / ((Edges[^1] / 2) - (Edges[0] / 2));
        int bin = Math.Clamp((int)(share * Counts.Length), 0, Counts.Length - 1);
        // Rounding may put a value that lies on an edge beside it.
        while (bin > 0 && value < Edges[bin])
            bin--;
        while (bin < Counts.Length - 1 && value >= Edges[bin + 1])
            bin++;
        return bin;
    }
}
