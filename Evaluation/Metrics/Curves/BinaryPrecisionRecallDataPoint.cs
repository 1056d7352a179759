namespace MLPath.Data;

/// <summary>One point of a precision-recall curve: rows scoring at least <see cref="Threshold"/> are called positive.</summary>
public sealed class BinaryPrecisionRecallDataPoint
{
    internal BinaryPrecisionRecallDataPoint(double threshold, double precision, double recall, double falsePositiveRate)
    {
        Threshold = threshold;
        Precision = precision;
        Recall = recall;
        FalsePositiveRate = falsePositiveRate;
    }

    /// <summary>The threshold: a score that occurs in the data.</summary>
    public double Threshold { get; }

    /// <summary>The share of rows called positive that are positive.</summary>
    public double Precision { get; }

    /// <summary>The share of positive rows that are called positive.</summary>
    public double Recall { get; }

    /// <summary>The same as <see cref="Recall"/>.</summary>
    public double TruePositiveRate => Recall;

    /// <summary>The share of negative rows that are called positive; NaN when there are no negative rows.</summary>
    public double FalsePositiveRate { get; }
}
