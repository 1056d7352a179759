namespace MLPath.Data;

/// <summary>How a metric varies over repeats.</summary>
public sealed class MetricStatistics
{
    private readonly double[] _values;

    internal MetricStatistics(double[] values) => _values = values;

    /// <summary>The mean; 0 without values.</summary>
    public double Mean => _values.Length == 0 ? 0 : _values.Average();

    /// <summary>The standard deviation with n − 1 in the denominator; 0 with fewer than two values.</summary>
    public double StandardDeviation
    {
        get
        {
            double mean = Mean;
            return _values.Length < 2 ? 0 : Math.Sqrt(_values.Sum(v => (v - mean) * (v - mean)) / (_values.Length - 1));
        }
    }

    /// <summary>The standard error of the mean; 0 with fewer than two values.</summary>
    public double StandardError => _values.Length < 2 ? 0 : StandardDeviation / Math.Sqrt(_values.Length);

    /// <summary>The number of values.</summary>
    public int Count => _values.Length;
}

/// <summary>How the metrics of a task vary over repeats.</summary>
public abstract class MetricsStatistics
{
    private readonly EvaluationMetrics _baseline;
    private readonly IReadOnlyList<EvaluationMetrics> _repeats;

    private protected MetricsStatistics(EvaluationMetrics baseline, IReadOnlyList<EvaluationMetrics> repeats) =>
        (_baseline, _repeats) = (baseline, repeats);

    /// <summary>The change of a metric from the baseline, over the repeats.</summary>
    /// <param name="metric">Its name or alias.</param>
    /// <exception cref="ArgumentException">The task has no such metric.</exception>
    public MetricStatistics this[string metric] => Of(m => m[metric].Value);

    private protected MetricStatistics Of(Func<EvaluationMetrics, double> value) =>
        new([.. _repeats.Select(r => value(r) - value(_baseline))]);

    private protected IReadOnlyList<MetricStatistics> OfEach(Func<EvaluationMetrics, IReadOnlyList<double>> values) =>
        [.. Enumerable.Range(0, values(_baseline).Count).Select(i => Of(m => values(m)[i]))];
}

/// <summary>How the metrics of regression vary over repeats.</summary>
public sealed class RegressionMetricsStatistics : MetricsStatistics
{
    internal RegressionMetricsStatistics(EvaluationMetrics baseline, IReadOnlyList<EvaluationMetrics> repeats) : base(baseline, repeats) { }

    /// <summary>The mean absolute error.</summary>
    public MetricStatistics MeanAbsoluteError => this[nameof(MeanAbsoluteError)];

    /// <summary>The mean squared error.</summary>
    public MetricStatistics MeanSquaredError => this[nameof(MeanSquaredError)];

    /// <summary>The root mean squared error.</summary>
    public MetricStatistics RootMeanSquaredError => this[nameof(RootMeanSquaredError)];

    /// <summary>The loss, the squared error.</summary>
    public MetricStatistics LossFunction => this[nameof(LossFunction)];

    /// <summary>R².</summary>
    public MetricStatistics RSquared => this[nameof(RSquared)];
}

/// <summary>How the metrics of binary classification vary over repeats.</summary>
public sealed class BinaryClassificationMetricsStatistics : MetricsStatistics
{
    internal BinaryClassificationMetricsStatistics(EvaluationMetrics baseline, IReadOnlyList<EvaluationMetrics> repeats) : base(baseline, repeats) { }

    /// <summary>The area under the ROC curve.</summary>
    public MetricStatistics AreaUnderRocCurve => this[nameof(AreaUnderRocCurve)];

    /// <summary>The accuracy.</summary>
    public MetricStatistics Accuracy => this[nameof(Accuracy)];

    /// <summary>The precision of the positive class.</summary>
    public MetricStatistics PositivePrecision => this[nameof(PositivePrecision)];

    /// <summary>The recall of the positive class.</summary>
    public MetricStatistics PositiveRecall => this[nameof(PositiveRecall)];

    /// <summary>The precision of the negative class.</summary>
    public MetricStatistics NegativePrecision => this[nameof(NegativePrecision)];

    /// <summary>The recall of the negative class.</summary>
    public MetricStatistics NegativeRecall => this[nameof(NegativeRecall)];

    /// <summary>The F1 score of the positive class.</summary>
    public MetricStatistics F1Score => this[nameof(F1Score)];

    /// <summary>The area under the precision-recall curve.</summary>
    public MetricStatistics AreaUnderPrecisionRecallCurve => this[nameof(AreaUnderPrecisionRecallCurve)];
}

/// <summary>How the metrics of multiclass classification vary over repeats.</summary>
public sealed class MulticlassClassificationMetricsStatistics : MetricsStatistics
{
    internal MulticlassClassificationMetricsStatistics(EvaluationMetrics baseline, IReadOnlyList<EvaluationMetrics> repeats) : base(baseline, repeats) { }

    /// <summary>The mean of the classes' recalls.</summary>
    public MetricStatistics MacroAccuracy => this[nameof(MacroAccuracy)];

    /// <summary>The share of rows predicted right.</summary>
    public MetricStatistics MicroAccuracy => this[nameof(MicroAccuracy)];

    /// <summary>The log-loss.</summary>
    public MetricStatistics LogLoss => this[nameof(LogLoss)];

    /// <summary>The reduction of the log-loss against predicting shares.</summary>
    public MetricStatistics LogLossReduction => this[nameof(LogLossReduction)];

    /// <summary>The log-loss of each class.</summary>
    public IReadOnlyList<MetricStatistics> PerClassLogLoss => OfEach(m => ((MulticlassClassificationMetrics)m).PerClassLogLoss);
}

/// <summary>How the metrics of ranking vary over repeats.</summary>
public sealed class RankingMetricsStatistics : MetricsStatistics
{
    internal RankingMetricsStatistics(EvaluationMetrics baseline, IReadOnlyList<EvaluationMetrics> repeats) : base(baseline, repeats) { }

    /// <summary>DCG@1, DCG@2, ….</summary>
    public IReadOnlyList<MetricStatistics> DiscountedCumulativeGains => OfEach(m => ((RankingMetrics)m).DiscountedCumulativeGains);

    /// <summary>NDCG@1, NDCG@2, ….</summary>
    public IReadOnlyList<MetricStatistics> NormalizedDiscountedCumulativeGains =>
        OfEach(m => ((RankingMetrics)m).NormalizedDiscountedCumulativeGains);
}
