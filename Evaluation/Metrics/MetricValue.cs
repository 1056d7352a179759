using static System.FormattableString;


namespace MLPath.Data;

/// <summary>
/// One metric of an evaluation: its value, or, where the data cannot define it, the reason. An undefined metric is an ordinary result
/// (the area under the ROC curve of a fold without positives, R² of a constant target), not an error.
/// </summary>
/// <param name="Name">The canonical name, that of the property which holds the value.</param>
/// <param name="Value">The value; NaN exactly when the metric is undefined.</param>
/// <param name="HigherIsBetter">Whether of two values the larger one is the better one.</param>
/// <param name="UndefinedReason">Why there is no value, in a sentence; null when there is one.</param>
public readonly record struct MetricValue(string Name, double Value, bool HigherIsBetter, string? UndefinedReason = null)
{
    /// <summary>Whether the metric has a value. It may be infinite.</summary>
    public bool IsDefined => !double.IsNaN(Value);

    /// <summary>The name with the value to four decimals, or with the reason why there is none.</summary>
    /// <returns>A line such as <c>Accuracy: 0.9733</c>.</returns>
    public override string ToString() => IsDefined
        ? Invariant($"{Name}: {Value:0.####}")
        : $"{Name}: undefined ({UndefinedReason})";
}
