using MLPath.Data;
using static System.FormattableString;

namespace MLPath.Evaluation;

/// <summary>
/// Builds the ROC and precision-recall curves of scores against a yes-or-no truth, in one sort and one pass. Rows of equal score enter
/// together, so that ties have their exact value and the order of rows plays no part.
/// </summary>
internal sealed class ScoreCurveBuilder(int maxPoints)
{
    private readonly ScoreOrder _order = new();

    // Per distinct score, falling: the score, and the weight of positive and negative rows that score at least this much.
    private double[] _thresholds = [];
    private double[] _truePositives = [];
    private double[] _falsePositives = [];
    private int _steps;

    /// <summary>The curves of one class against the rest.</summary>
    /// <param name="className">The class that counts as positive.</param>
    /// <param name="scores">The finite scores of n rows.</param>
    /// <param name="positive">n truths.</param>
    /// <param name="weights">n weights above 0, or none.</param>
    public ScoreCurves Build(string className, ReadOnlySpan<float> scores, ReadOnlySpan<bool> positive, ReadOnlySpan<double> weights)
    {
        Accumulate(scores, positive, weights);
        double positives = _steps > 0 ? _truePositives[_steps - 1] : 0;
        double negatives = _steps > 0 ? _falsePositives[_steps - 1] : 0;
        if (positives == 0)
        {
            var none = Outcome.Undefined(Invariant($"no row is '{className}': all {scores.Length} evaluated rows are of another class"));
            return new ScoreCurves(className, none, none, none, [], []);
        }
        var averagePrecision = AveragePrecision(positives);
        var precisionRecallArea = PrecisionRecallArea(positives);
        return negatives == 0
            ? new ScoreCurves(className, Outcome.Undefined(
                Invariant($"AUC needs two classes; all {scores.Length} evaluated rows are '{className}'")),
                precisionRecallArea, averagePrecision, [], PrecisionRecallPoints(positives, negatives))
            : new ScoreCurves(className, RocArea(positives, negatives), precisionRecallArea, averagePrecision,
                RocPoints(positives, negatives), PrecisionRecallPoints(positives, negatives));
    }

    private void Accumulate(ReadOnlySpan<float> scores, ReadOnlySpan<bool> positive, ReadOnlySpan<double> weights)
    {
        int n = scores.Length;
        if (_thresholds.Length < n)
        {
            _thresholds = new double[n];
            _truePositives = new double[n];
            _falsePositives = new double[n];
        }
        _order.Sort(scores, positive);
        if (weights.IsEmpty)
            CountSteps(_order.Entries);
        else
            SumSteps(_order.Entries, weights);
    }

    // Without weights all are whole numbers. Every row writes its step; only the last of equal score keeps it, without a branch on a truth that
    // cannot be foreseen.
    private void CountSteps(ReadOnlySpan<ulong> entries)
    {
        double[] thresholds = _thresholds, truePositives = _truePositives, falsePositives = _falsePositives;
        int steps = 0, positives = 0;
        for (int i = 0; i < entries.Length; i++)
        {
            ulong entry = entries[i];
            positives += ScoreOrder.IsPositive(entry) ? 1 : 0;
            thresholds[steps] = ScoreOrder.Score(entry);
            truePositives[steps] = positives;
            falsePositives[steps] = i + 1 - positives;
            steps += i + 1 < entries.Length && ScoreOrder.SameScore(entry, entries[i + 1]) ? 0 : 1;
        }
        _steps = steps;
    }

    private void SumSteps(ReadOnlySpan<ulong> entries, ReadOnlySpan<double> weights)
    {
        int n = entries.Length;
        _steps = 0;
        double truePositives = 0, falsePositives = 0;
        for (int i = 0; i < n; i++)
        {
            ulong entry = entries[i];
            double weight = weights[ScoreOrder.Row(entry)];
            if (ScoreOrder.IsPositive(entry))
                truePositives += weight;
            else
                falsePositives += weight;
            if (i + 1 < n && ScoreOrder.SameScore(entry, entries[i + 1]))
                continue;
            _thresholds[_steps] = ScoreOrder.Score(entry);
            _truePositives[_steps] = truePositives;
            _falsePositives[_steps] = falsePositives;
            _steps++;
        }
    }

    // Trapezoids in units of (positive weight x negative weight): a tie of both kinds adds its rectangle's half.
    private double RocArea(double positives, double negatives)
    {
        var area = new CompensatedSum();
        double tp = 0, fp = 0;
        for (int i = 0; i < _steps; i++)
        {
            area.Add((_falsePositives[i] - fp) * (_truePositives[i] + tp) / 2);
            (tp, fp) = (_truePositives[i], _falsePositives[i]);
        }
        return area.Value / positives / negatives;
    }

    private double AveragePrecision(double positives)
    {
        var sum = new CompensatedSum();
        double tp = 0;
        for (int i = 0; i < _steps; i++)
        {
            sum.Add((_truePositives[i] - tp) * Precision(i));
            tp = _truePositives[i];
        }
        return sum.Value / positives;
    }

    private double PrecisionRecallArea(double positives)
    {
        var sum = new CompensatedSum();
        double tp = 0, precision = 1;
        for (int i = 0; i < _steps; i++)
        {
            sum.Add((_truePositives[i] - tp) * (precision + Precision(i)) / 2);
            (tp, precision) = (_truePositives[i], Precision(i));
        }
        return sum.Value / positives;
    }

    private double Precision(int step) => _truePositives[step] / (_truePositives[step] + _falsePositives[step]);

    private RocPoint[] RocPoints(double positives, double negatives)
    {
        var corners = new List<int>();
        for (int i = 0; i < _steps; i++)
        {
            if (i == _steps - 1 || IsCorner(i))
                corners.Add(i);
        }
        // The first point, (0, 0), is not one of the steps.
        var kept = Thin(corners.Count, maxPoints - 1);
        return kept.Length == 0 ? [] :
        [
            new RocPoint(double.PositiveInfinity, 0, 0),
            .. kept.Select(k => new RocPoint(_thresholds[corners[k]], _falsePositives[corners[k]] / negatives,
                _truePositives[corners[k]] / positives)),
        ];
    }

    private bool IsCorner(int i)
    {
        double tpBefore = i > 0 ? _truePositives[i - 1] : 0, fpBefore = i > 0 ? _falsePositives[i - 1] : 0;
        return (_truePositives[i] - tpBefore) * (_falsePositives[i + 1] - _falsePositives[i])
            != (_falsePositives[i] - fpBefore) * (_truePositives[i + 1] - _truePositives[i]);
    }

    private BinaryPrecisionRecallDataPoint[] PrecisionRecallPoints(double positives, double negatives) =>
        [.. Thin(_steps, maxPoints).Select(i => new BinaryPrecisionRecallDataPoint(_thresholds[i], Precision(i),
            _truePositives[i] / positives, negatives > 0 ? _falsePositives[i] / negatives : double.NaN))];

    /// <summary>At most <paramref name="limit"/> of the indices below <paramref name="count"/>, evenly spread, up to the last.</summary>
    private static int[] Thin(int count, int limit)
    {
        int kept = Math.Clamp(limit, 0, count);
        var indices = new int[kept];
        for (int i = 0; i < kept; i++)
            indices[i] = kept == 1 ? count - 1 : (int)((long)i * (count - 1) / (kept - 1));
        return indices;
    }
}
