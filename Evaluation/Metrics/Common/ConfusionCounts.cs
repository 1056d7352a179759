using MLPath.Data;

namespace MLPath.Evaluation;

/// <summary>
/// The metrics that need no more than the confusion counts. Two kinds of 0 / 0 are told apart. Where the model is the cause (a class that
/// it never predicts), the metric is 0, as in ML.NET and scikit-learn: such a class earns nothing. Where the data is the cause (a class
/// without rows, a test set of one class), the metric is undefined, and averages over classes leave that class out.
/// </summary>
internal sealed class ConfusionCounts
{
    private readonly int _k;
    private readonly string[] _classNames;
    private readonly double[] _counts; // k x k, row-major: actual by predicted
    private readonly double[] _actual;
    private readonly double[] _predicted;
    private double _total;

    public ConfusionCounts(string[] classNames)
    {
        _k = classNames.Length;
        _classNames = classNames;
        _counts = new double[_k * _k];
        _actual = new double[_k];
        _predicted = new double[_k];
    }

    public double Total => _total;

    public ReadOnlySpan<double> Support => _actual;

    public void Add(int actual, int predicted, double weight)
    {
        _counts[actual * _k + predicted] += weight;
        _actual[actual] += weight;
        _predicted[predicted] += weight;
        _total += weight;
    }

    public double Count(int actual, int predicted) => _counts[actual * _k + predicted];

    /// <summary>Σ over c of right(c) / total.</summary>
    public double Accuracy => Right() / _total;

    /// <summary>Right among those predicted as c; 0 for a class with rows that is never predicted, NaN without either.</summary>
    public double Precision(int c) => _predicted[c] > 0 ? Count(c, c) / _predicted[c] : _actual[c] > 0 ? 0 : double.NaN;

    /// <summary>Right among the rows of c; NaN without rows.</summary>
    public double Recall(int c) => _actual[c] > 0 ? Count(c, c) / _actual[c] : double.NaN;

    /// <summary>2 right / (rows + predictions), the harmonic mean of precision and recall; NaN without either.</summary>
    public double F1(int c) => _actual[c] + _predicted[c] > 0 ? 2 * Count(c, c) / (_actual[c] + _predicted[c]) : double.NaN;

    /// <summary>The plain mean over the classes where a value is defined.</summary>
    public double Macro(Func<int, double> perClass)
    {
        double sum = 0;
        int classes = 0;
        for (int c = 0; c < _k; c++)
        {
            double value = perClass(c);
            if (double.IsNaN(value))
                continue;
            sum += value;
            classes++;
        }
        return sum / classes;
    }

    /// <summary>The mean over classes weighted by their rows. A class with rows always has a value.</summary>
    public double Weighted(Func<int, double> perClass)
    {
        double sum = 0;
        for (int c = 0; c < _k; c++)
        {
            if (_actual[c] > 0)
                sum += _actual[c] * perClass(c);
        }
        return sum / _total;
    }

    /// <summary>
    /// The correlation of predicted and actual class (J. Gorodkin, Comparing two K-category assignments by a K-category correlation
    /// coefficient, 2004): (s right - Σ pₖtₖ) / sqrt((s² - Σ pₖ²)(s² - Σ tₖ²)). With two classes it is Matthews' coefficient.
    /// </summary>
    public Outcome MatthewsCorrelation()
    {
        if (ClassesWith(_actual) == 1)
            return Outcome.Undefined($"MCC needs two classes; {OneClassInWords()}");
        if (ClassesWith(_predicted) == 1)
            return 0;
        double tt = 0, pp = 0, tp = 0;
        for (int c = 0; c < _k; c++)
        {
            double t = _actual[c] / _total, p = _predicted[c] / _total;
            tt += t * t;
            pp += p * p;
            tp += t * p;
        }
        return (Right() / _total - tp) / Math.Sqrt((1 - pp) * (1 - tt));
    }

    /// <summary>
    /// J. Cohen, A coefficient of agreement for nominal scales, 1960: (pₒ - pₑ) / (1 - pₑ), pₑ the agreement of independent predictions
    /// with the same class shares.
    /// </summary>
    public Outcome CohensKappa()
    {
        double chance = 0;
        for (int c = 0; c < _k; c++)
            chance += _actual[c] / _total * (_predicted[c] / _total);
        bool oneClassOnly = ClassesWith(_actual) == 1 && ClassesWith(_predicted) == 1 && Right() > 0;
        return oneClassOnly
            ? Outcome.Undefined($"kappa needs two classes; {OneClassInWords()}, and so are all predictions")
            : (Accuracy - chance) / (1 - chance);
    }

    /// <summary>-Σ tₖ ln tₖ of the class shares, in nats.</summary>
    public double Entropy()
    {
        double entropy = 0;
        foreach (double rows in _actual)
        {
            if (rows > 0)
                entropy -= rows / _total * Math.Log(rows / _total);
        }
        return entropy;
    }

    public bool HasOneClass => ClassesWith(_actual) == 1;

    /// <summary>"all rows are 'setosa'", when <see cref="HasOneClass"/>.</summary>
    public string OneClassInWords() => $"all evaluated rows are '{_classNames[Array.FindIndex(_actual, rows => rows > 0)]}'";

    public ConfusionMatrix ToMatrix() =>
        new(_classNames, [.. Enumerable.Range(0, _k).Select(actual => (IReadOnlyList<double>)_counts.AsSpan(actual * _k, _k).ToArray())]);

    public ClassMetrics[] PerClass() =>
        [.. _classNames.Select((name, c) => new ClassMetrics(name, _actual[c], _predicted[c], Precision(c), Recall(c), F1(c)))];

    private double Right()
    {
        double right = 0;
        for (int c = 0; c < _k; c++)
            right += Count(c, c);
        return right;
    }

    private static int ClassesWith(double[] rows) => rows.Count(r => r > 0);
}
