using System.Globalization;

namespace MLPath.Reports.Charts;

/// <summary>A labelled place on an axis.</summary>
internal readonly record struct Tick(double Value, string Label);

/// <summary>An axis of values whose ends are settled: what to label and where, once its length in pixels is known.</summary>
internal sealed class ValueAxis
{
    private const double LabelGap = 12;
    private const int MostTicks = 9;

    private ValueAxis(ChartAxis axis, double low, double high)
    {
        Title = axis.Title;
        Kind = axis.Kind;
        Logarithmic = axis.Logarithmic;
        Low = low;
        High = high;
    }

    /// <summary>What is measured.</summary>
    public string Title { get; }

    /// <summary>How values are written.</summary>
    public ValueKind Kind { get; }

    /// <summary>Whether equal ratios take equal space.</summary>
    public bool Logarithmic { get; }

    /// <summary>The value where the axis begins.</summary>
    public double Low { get; }

    /// <summary>The value where it ends, larger than <see cref="Low"/>.</summary>
    public double High { get; }

    /// <summary>Settles the ends of an axis for the values to be drawn along it.</summary>
    public static ValueAxis Of(ChartAxis axis, IEnumerable<double> values, bool includeZero = false)
    {
        double low = double.PositiveInfinity, high = double.NegativeInfinity;
        foreach (var value in values)
        {
            if (!double.IsFinite(value) || (axis.Logarithmic && value <= 0))
                continue;
            low = Math.Min(low, value);
            high = Math.Max(high, value);
        }
        if (low > high)
            (low, high) = axis.Logarithmic ? (1, 10) : (0, 1);
        if (includeZero && !axis.Logarithmic)
            (low, high) = (Math.Min(low, 0), Math.Max(high, 0));
        return axis.Logarithmic ? Settle(axis, low, high, Math.Log10, PowerOfTen, fixedZero: false)
            : Settle(axis, low, high, x => x, x => x, includeZero);
    }

    /// <summary>
    /// How the axis turns places into values, for a script that reads values off a drawing: the places of its two ends, their values, how values are
    /// written, and <c>log</c> where equal ratios take equal space.
    /// </summary>
    public string Scale(double from, double to) => string.Create(CultureInfo.InvariantCulture,
        $"{MarkupWriter.Px(from)} {MarkupWriter.Px(to)} {Low:R} {High:R} {Kind}{(Logarithmic ? " log" : "")}");

    /// <summary>The share of the way from the beginning of the axis to its end, or NaN where the value has no place.</summary>
    public double Fraction(double value) => Logarithmic
        ? (value > 0 ? (Math.Log10(value) - Math.Log10(Low)) / (Math.Log10(High) - Math.Log10(Low)) : double.NaN)
        : ((value / 2) - (Low / 2)) / ((High / 2) - (Low / 2));

    /// <summary>Whether the value lies between the ends.</summary>
    public bool Contains(double value) => Fraction(value) is >= -1e-9 and <= 1 + 1e-9;

    /// <summary>The finest round labels that keep their distance over a length in pixels.</summary>
    public IReadOnlyList<Tick> Ticks(double length, bool horizontal)
    {
        var most = Math.Clamp((int)(length / (horizontal ? 48 : 38)), 2, MostTicks);
        IReadOnlyList<Tick> coarsest = [];
        foreach (var ticks in Candidates(most))
        {
            coarsest = ticks;
            if (Fits(ticks, length, horizontal))
                return ticks;
        }
        return coarsest.Count > 0 ? [coarsest[0]] : [];
    }

    private static ValueAxis Settle(
        ChartAxis axis, double low, double high, Func<double, double> to, Func<double, double> from, bool fixedZero)
    {
        bool freeLow = axis.Min is not { } min || !IsDrawable(axis, min), freeHigh = axis.Max is not { } max || !IsDrawable(axis, max);
        double a = Bounded(to(freeLow ? low : axis.Min!.Value)), b = Bounded(to(freeHigh ? high : axis.Max!.Value));
        var isPoint = !(b - a > 1e-10 * Math.Max(Math.Abs(a), Math.Abs(b)) && b - a > 1e-250);
        if (isPoint)
        {
            var size = Math.Abs(a);
            var room = axis.Logarithmic ? 1 : axis.Kind == ValueKind.Percent && size <= 1 ? 0.05 : size > 1e-240 ? size / 10 : 1;
            (freeLow, freeHigh) = (true, true);
            (a, b) = (Math.Min(a, b) - room, Math.Max(a, b) + room);
        }
        else
        {
            var room = 0.04 * (b - a);
            a = freeLow && !(fixedZero && a == 0) ? a - room : a;
            b = freeHigh && !(fixedZero && b == 0) ? b + room : b;
        }
        // Room for looks stays within what the quantity can be, unless the data themselves do not.
        double first = from(a), last = from(b);
        if (freeLow && axis.Floor is { } floor && floor <= low && IsDrawable(axis, floor))
            first = Math.Max(first, floor);
        if (freeHigh && axis.Ceiling is { } ceiling && ceiling >= high && ceiling > first)
            last = Math.Min(last, ceiling);
        return new ValueAxis(axis, first, last);
    }

    // Never zero or infinite, whatever the exponent.
    private static double PowerOfTen(double exponent) => Math.Clamp(Math.Pow(10, exponent), double.Epsilon, double.MaxValue);

    private static double Bounded(double value) => Math.Clamp(value, -8e307, 8e307);

    private static bool IsDrawable(ChartAxis axis, double value) => double.IsFinite(value) && (!axis.Logarithmic || value > 0);

    private IEnumerable<IReadOnlyList<Tick>> Candidates(int most)
    {
        if (Logarithmic && Charts.Ticks.OneTwoFive(Low, High) is { Length: >= 2 } values)
        {
            if (values.Length <= most)
                yield return Label(values);
            var decades = (int)Math.Ceiling(Math.Log10(High) - Math.Log10(Low)) + 1;
            for (var stride = 1; stride <= decades; stride++)
            {
                if (Charts.Ticks.Decades(Low, High, stride) is { Length: > 0 } powers && powers.Length <= MostTicks)
                    yield return Label(powers);
            }
            yield break;
        }
        var unit = Unit();
        foreach (var step in Charts.Ticks.NiceSteps(Low / unit.Size, High / unit.Size, most, Kind == ValueKind.Integer))
            yield return LabelSteps(step, unit);
    }

    private bool Fits(IReadOnlyList<Tick> ticks, double length, bool horizontal)
    {
        for (var i = 1; i < ticks.Count; i++)
        {
            var distance = (Fraction(ticks[i].Value) - Fraction(ticks[i - 1].Value)) * length;
            var needed = horizontal
                ? ((TextMetrics.Width(ticks[i].Label) + TextMetrics.Width(ticks[i - 1].Label)) / 2) + LabelGap
                : TextMetrics.FontSize + 6;
            if (distance < needed || ticks[i].Label == ticks[i - 1].Label)
                return false;
        }
        return true;
    }

    private Tick[] LabelSteps(double step, (double Size, string Name) unit)
    {
        var ticks = Charts.Ticks.Multiples(Low / unit.Size, High / unit.Size, step);
        var labelled = new Tick[ticks.Length];
        for (var i = 0; i < ticks.Length; i++)
            labelled[i] = new Tick(ticks[i] * unit.Size, StepLabel(ticks[i], step) + unit.Name);
        return labelled;
    }

    private string StepLabel(double value, double step)
    {
        var largest = Math.Max(Math.Abs(Low), Math.Abs(High)) / Unit().Size;
        if (largest < 1e7 && step >= 0.9e-5)
            return Typeset.Number(NumberFormat.Fixed(value, Charts.Ticks.Decimals(step)));
        var digits = Math.Clamp((int)Math.Ceiling(Math.Log10(largest / step)) + 1, 1, 15);
        return Typeset.Number(NumberFormat.Number(Math.Abs(value) < step / 2 ? 0 : value, digits));
    }

    private Tick[] Label(double[] values)
    {
        var smallest = Kind == ValueKind.Seconds ? 0.9e-6 : 0.9e-4;
        var largest = Kind == ValueKind.Bytes ? 1.1e12 : 1.1e5;
        var plain = values.All(v => v > smallest && v < largest);
        return [.. values.Select(v => new Tick(v, plain ? PlainLabel(v) : PowerLabel(v) + (Kind == ValueKind.Seconds ? " s" : "")))];
    }

    private string PlainLabel(double value) => Typeset.Number(Kind switch
    {
        ValueKind.Percent => NumberFormat.Number(100 * value) + "%",
        ValueKind.Bytes => NumberFormat.Bytes(value),
        ValueKind.Seconds => value >= 1 ? NumberFormat.Number(value) + " s" : NumberFormat.Seconds(value),
        _ => NumberFormat.Number(value),
    });

    private static string PowerLabel(double value)
    {
        var exponent = Math.Log10(value);
        return Math.Abs(exponent - Math.Round(exponent)) < 1e-9
            ? Typeset.PowerOfTen((int)Math.Round(exponent))
            : Typeset.Number(NumberFormat.Number(value, 1));
    }

    // Percentages and times are labelled in the unit that people read them in, and are round in that unit.
    private (double Size, string Name) Unit()
    {
        var largest = Math.Max(Math.Abs(Low), Math.Abs(High));
        return Kind == ValueKind.Percent ? (0.01, "%")
            : Kind == ValueKind.Bytes ? (largest < 1e3 ? (1, " B") : largest < 1e6 ? (1e3, " kB") : largest < 1e9 ? (1e6, " MB") : (1e9, " GB"))
            : Kind != ValueKind.Seconds ? (1, "")
            : largest < 1e-3 ? (1e-6, " µs")
            : largest < 1 ? (1e-3, " ms")
            : largest < 120 ? (1, " s")
            : largest < 7200 ? (60, " min")
            : (3600, " h");
    }
}
