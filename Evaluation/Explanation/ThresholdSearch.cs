using MLPath.Data;
using MLPath.Numerics;
using MLPath.Reports;

namespace MLPath.Evaluation;

/// <summary>
/// Finds the cheapest threshold in one pass over the rows in falling order of score: lowering the threshold past a row turns a false negative into a
/// true positive, or a true negative into a false positive. A bootstrap sample is a number of times that each row counts, so it is one more pass.
/// </summary>
internal sealed class ThresholdSearch
{
    private readonly ThresholdOptions _options;
    private readonly FitContext _context;
    private readonly string _column;
    private readonly double _usual;
    private readonly (float Score, bool Positive)[] _rows; // by falling score
    private readonly int[] _cuts; // the numbers of rows above a threshold at which it can lie: 0, …, n
    private readonly double[] _thresholds; // of each cut

    public ThresholdSearch(List<(float Score, bool Positive)> rows, ThresholdOptions options, FitContext context, bool hasProbabilities)
    {
        (_options, _context) = (options, context);
        (_column, _usual) = hasProbabilities ? (PredictionColumns.Probability, 0.5) : (PredictionColumns.Score, 0);
        _rows = [.. rows.OrderByDescending(r => r.Score).ThenBy(r => r.Positive)];
        _cuts = [.. Enumerable.Range(0, _rows.Length + 1).Where(i => i == 0 || i == _rows.Length || _rows[i].Score != _rows[i - 1].Score)];
        _thresholds = [.. _cuts.Select(ThresholdOf)];
    }

    public ThresholdChoice Run()
    {
        var once = new int[_rows.Length];
        once.AsSpan().Fill(1);
        var points = PointsOf(once);
        int best = BestOf(once), usual = CutAt(_usual);
        var choice = new ThresholdChoice
        {
            Column = _column,
            Costs = _options.Costs,
            Points = [.. points.Reverse()],
            Best = points[best],
            Usual = points[usual] with { Threshold = _usual },
        };
        if (_options.Resamples == 0)
            return choice;

        int n = _rows.Length;
        double[] thresholds = new double[_options.Resamples], costs = new double[_options.Resamples], savings = new double[_options.Resamples];
        var random = _context.CreateRandom("threshold bootstrap");
        ParallelLoop.For(_options.Resamples, chunkSize: 1, _context.Threads, _context.CancellationToken, (sample, _, _) =>
        {
            var stream = random.Derive(sample);
            var times = new int[n];
            for (int i = 0; i < n; i++)
                times[stream.NextInt32(n)]++;
            thresholds[sample] = _thresholds[BestOf(times)];
            // What the threshold that was chosen on all rows costs on others like them.
            costs[sample] = CostAt(times, best);
            savings[sample] = CostAt(times, usual) - costs[sample];
        });
        return choice with
        {
            ThresholdInterval = Interval(thresholds),
            CostInterval = Interval(costs),
            SavingInterval = Interval(savings),
        };
    }

    private ReportInterval Interval(double[] values)
    {
        Array.Sort(values);
        double tail = (1 - _options.Confidence) / 2;
        return new ReportInterval(Quantiles.Of(values, tail), Quantiles.Of(values, 1 - tail));
    }

    // Above no row lies the highest score itself, above all rows what is just below the lowest one; others lie in the middle.
    private double ThresholdOf(int cut) =>
        cut == 0 ? _rows[0].Score
        : cut == _rows.Length ? MathF.BitDecrement(_rows[^1].Score)
        : ((double)_rows[cut].Score + _rows[cut - 1].Score) / 2;

    private int CutAt(double threshold)
    {
        int cut = 0;
        while (cut + 1 < _cuts.Length && _rows[_cuts[cut]].Score > threshold)
            cut++;
        return cut;
    }

    private ThresholdPoint[] PointsOf(int[] times)
    {
        var points = new ThresholdPoint[_cuts.Length];
        Walk(times, (cut, tp, fp, tn, fn) => points[cut] = new ThresholdPoint(_thresholds[cut], tp, fp, tn, fn));
        return points;
    }

    private int BestOf(int[] times)
    {
        int best = 0;
        double least = double.PositiveInfinity;
        Walk(times, (cut, tp, fp, tn, fn) =>
        {
            double cost = Cost(tp, fp, tn, fn);
            if (cost > least || (cost == least && Math.Abs(_thresholds[cut] - _usual) >= Math.Abs(_thresholds[best] - _usual)))
                return;
            (best, least) = (cut, cost);
        });
        return best;
    }

    private double CostAt(int[] times, int at)
    {
        double found = 0;
        Walk(times, (cut, tp, fp, tn, fn) => found = cut == at ? Cost(tp, fp, tn, fn) / _rows.Length : found);
        return found;
    }

    private double Cost(long tp, long fp, long tn, long fn)
    {
        var costs = _options.Costs;
        return (costs.FalsePositive * fp) + (costs.FalseNegative * fn) - (costs.TruePositiveGain * tp) - (costs.TrueNegativeGain * tn);
    }

    private void Walk(int[] times, Action<int, long, long, long, long> visit)
    {
        long positives = 0, negatives = 0;
        for (int i = 0; i < _rows.Length; i++)
        {
            positives += _rows[i].Positive ? times[i] : 0;
            negatives += _rows[i].Positive ? 0 : times[i];
        }

        long tp = 0, fp = 0;
        for (int cut = 0, row = 0; cut < _cuts.Length; cut++)
        {
            for (; row < _cuts[cut]; row++)
            {
                tp += _rows[row].Positive ? times[row] : 0;
                fp += _rows[row].Positive ? 0 : times[row];
            }

            visit(cut, tp, fp, negatives - fp, positives - tp);
        }
    }
}
