using System.Globalization;
using MLPath.Reports;
using MLPath.Runtime;

namespace MLPath.Evaluation;

/// <summary>How a metric has to lie to a bound.</summary>
public enum GateRelation
{
    /// <summary>≥: the bound or more.</summary>
    AtLeast,

    /// <summary>&gt;: more than the bound.</summary>
    MoreThan,

    /// <summary>≤: the bound or less.</summary>
    AtMost,

    /// <summary>&lt;: less than the bound.</summary>
    LessThan,
}

/// <summary>
/// A demand on quality, such as <c>MacroF1 >= 0.8</c>, that a report meets or fails. It judges the point estimate: the metric itself of an evaluation,
/// the mean over the folds of a comparison. An undefined metric fails every gate.
/// </summary>
/// <param name="Metric">The metric, by any of its names.</param>
/// <param name="Relation">How it has to lie to the bound.</param>
/// <param name="Bound">The bound, a number; not NaN.</param>
public sealed record QualityGate(string Metric, GateRelation Relation, double Bound)
{
    // The longer signs first, so that >= is not read as > and a number that begins with =.
    private static readonly (string Sign, GateRelation Relation)[] Signs =
        [(">=", GateRelation.AtLeast), ("<=", GateRelation.AtMost), (">", GateRelation.MoreThan), ("<", GateRelation.LessThan)];

    /// <summary>Reads a gate such as <c>MacroF1>=0.8</c> or <c>log-loss &lt; 0.5</c>: a metric, one of >=, >, &lt;=, &lt;, and a number.</summary>
    /// <param name="text">The text; blanks around its parts do not matter.</param>
    /// <exception cref="OptionException">The text is no gate.</exception>
    public static QualityGate Parse(string text)
    {
        ArgumentNullException.ThrowIfNull(text);
        int at = text.AsSpan().IndexOfAny('<', '>');
        if (at > 0 && Array.Find(Signs, s => text.AsSpan(at).StartsWith(s.Sign, StringComparison.Ordinal)) is { Sign: { } sign } found
            && text[..at].Trim() is { Length: > 0 } metric && !metric.Contains('=', StringComparison.Ordinal)
            && double.TryParse(text.AsSpan(at + sign.Length).Trim(), NumberStyles.Float, CultureInfo.InvariantCulture, out double bound)
            && !double.IsNaN(bound))
        {
            return new QualityGate(metric, found.Relation, bound);
        }

        throw new OptionException($"'{text}' is no demand on quality; expected a metric, one of >=, >, <=, <, and a number, as in 'MacroF1>=0.8'.");
    }

    /// <summary>Whether a value meets the demand; NaN never does.</summary>
    /// <param name="value">The value.</param>
    public bool IsMetBy(double value) => Relation switch
    {
        GateRelation.AtLeast => value >= Bound,
        GateRelation.MoreThan => value > Bound,
        GateRelation.AtMost => value <= Bound,
        _ => value < Bound,
    };

    /// <summary>Judges an evaluation.</summary>
    /// <param name="report">The evaluation.</param>
    /// <returns>The failure, ready to be thrown; null when the gate is met.</returns>
    /// <exception cref="OptionException">The task has no such metric; the message lists those it has.</exception>
    public QualityGateException? Check(EvaluationReport report)
    {
        ArgumentNullException.ThrowIfNull(report);
        var value = report.Metrics[MetricCatalog.Find(report.Task, Metric).Name];
        return Check(value.Name, value.Value, value.UndefinedReason, report.Options.Model);
    }

    /// <summary>Judges a comparison: the mean over the folds of one candidate.</summary>
    /// <param name="report">The comparison.</param>
    /// <param name="candidate">The candidate; the best one when null.</param>
    /// <returns>The failure, ready to be thrown; null when the gate is met. A candidate that could not be measured fails.</returns>
    /// <exception cref="OptionException">The task has no such metric; the message lists those it has.</exception>
    /// <exception cref="ArgumentException">There is no such candidate.</exception>
    public QualityGateException? Check(ComparisonReport report, string? candidate = null)
    {
        ArgumentNullException.ThrowIfNull(report);
        string metric = MetricCatalog.Find(report.Task, Metric).Name;
        var judged = candidate is null ? report.Best : report[candidate];
        return judged is null ? Check(metric, double.NaN, "no candidate could be measured", "the best candidate")
            : judged.Metrics.TryGetValue(metric, out var scores) ? Check(metric, scores.Mean, scores.UndefinedReason, judged.Name)
            : Check(metric, double.NaN, judged.Error, judged.Name);
    }

    /// <summary>The gate as it is parsed: <c>MacroF1 >= 0.8</c>.</summary>
    public override string ToString() =>
        $"{Metric} {Array.Find(Signs, s => s.Relation == Relation).Sign} {Bound.ToString("R", CultureInfo.InvariantCulture)}";

    private QualityGateException? Check(string metric, double value, string? undefinedReason, string subject) =>
        IsMetBy(value) ? null : new QualityGateException(this with { Metric = metric }, value, undefinedReason, subject);
}

/// <summary>A report does not meet a <see cref="QualityGate"/>.</summary>
public sealed class QualityGateException : Exception
{
    /// <summary>Creates the exception.</summary>
    public QualityGateException() { }

    /// <summary>Creates the exception.</summary>
    /// <param name="message">The message.</param>
    public QualityGateException(string message) : base(message) { }

    /// <summary>Creates the exception.</summary>
    /// <param name="message">The message.</param>
    /// <param name="innerException">The cause.</param>
    public QualityGateException(string message, Exception innerException) : base(message, innerException) { }

    internal QualityGateException(QualityGate gate, double value, string? undefinedReason, string subject)
        : base($"{gate.Metric} of {subject} {Found(gate, value, undefinedReason)}; required is {Words(gate.Relation)} "
            + $"{gate.Bound.ToString("R", CultureInfo.InvariantCulture)}.") =>
        (Gate, Value) = (gate, value);

    /// <summary>The gate, its metric by the canonical name; null for an exception that was made by hand.</summary>
    public QualityGate? Gate { get; }

    /// <summary>The metric's canonical name; empty without a gate.</summary>
    public string Metric => Gate?.Metric ?? "";

    /// <summary>The metric's value; NaN when it is undefined.</summary>
    public double Value { get; } = double.NaN;

    /// <summary>The bound that the value misses; NaN without a gate.</summary>
    public double Bound => Gate?.Bound ?? double.NaN;

    private static string Found(QualityGate gate, double value, string? reason) => double.IsNaN(value)
        ? $"is undefined{(reason is null ? "" : $" ({reason.TrimEnd('.')})")}"
        : $"is {Text(gate, value)}";

    // As few digits as show that the bound is missed: 0.79999 is not 0.8.
    private static string Text(QualityGate gate, double value)
    {
        for (int digits = 4; digits <= 15; digits++)
        {
            string text = NumberFormat.Number(value, digits);
            bool isNumber = double.TryParse(text, NumberStyles.Float | NumberStyles.AllowThousands, CultureInfo.InvariantCulture, out double shown);
            if (!isNumber || !gate.IsMetBy(shown))
                return text;
        }

        return value.ToString("R", CultureInfo.InvariantCulture);
    }

    private static string Words(GateRelation relation) => relation switch
    {
        GateRelation.AtLeast => "at least",
        GateRelation.MoreThan => "more than",
        GateRelation.AtMost => "at most",
        _ => "less than",
    };
}
