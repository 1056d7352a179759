using System.Numerics;
using MLPath.Data;
using MLPath.Numerics;
using MLPath.Runtime;

namespace MLPath.Evaluation;

/// <summary>
/// Computes Shapley values. For each explained row the values v(S) of the sets S that are needed come from scoring |S| × B rows in batches, each set on
/// all B background rows: a row takes the columns of S from the explained row and the others from its background row.
/// </summary>
internal sealed class ShapleySampler
{
    // So many rows are scored at a time at most, but for a single set.
    private const int BatchRows = 16_384;

    private readonly InputTable _table; // the background rows, then the explained ones
    private readonly ShapleyOptions _options;
    private readonly FitContext _context;
    private readonly int[] _explained; // positions in the data
    private readonly int _backgroundCount;
    private readonly PredictionOutput _output;

    public ShapleySampler(
        ITransformer model, IDataView data, IDataView? background, ShapleyOptions options, FitContext context, IReadOnlyList<int>? rows)
    {
        options.Validate();
        (_options, _context) = (options, context);
        var all = InputTable.Load(model, data, options.SlotsUpTo, maximumRows: null, context);
        _explained = rows is null ? Draw(all.Count, options.MaximumRows) : [.. rows];
        foreach (int row in _explained)
        {
            if (row < 0 || row >= all.Count)
                throw new OptionException($"There is no row {row} to explain: rows are counted from 0, and there are {all.Count}.");
        }

        var explained = Subset(model, all, _explained, "explained rows");
        var known = background is null ? all : InputTable.Load(model, background, options.SlotsUpTo, maximumRows: null, context);
        int[] drawn = context.CreateRandom("background rows").SampleWithoutReplacement(known.Count, Math.Min(options.BackgroundRows, known.Count));
        Array.Sort(drawn);
        _backgroundCount = drawn.Length;
        _table = Subset(model, known, drawn, "background rows").Followed(explained);
        _output = PredictionOutput.Of(_table.Score().Schema, options.OutputColumn);
    }

    private int FeatureCount => _table.Features.Count;

    public ShapleyValues Run()
    {
        int d = FeatureCount, k = _output.Width, n = _explained.Length;
        bool exact = d <= _options.ExactUpTo;
        double[] values = new double[n * d * k], errors = new double[n * d * k], predictions = new double[n * k];
        var baseValues = new double[k];
        var progress = new ExplanationProgress(_context, n);
        ParallelLoop.For(n, chunkSize: 1, _context.Threads, _context.CancellationToken, (row, _, _) =>
        {
            Span<double> of = values.AsSpan(row * d * k, d * k), errorsOf = errors.AsSpan(row * d * k, d * k);
            var (none, full) = exact ? Enumerate(row, of) : Sample(row, of, errorsOf);
            full.CopyTo(predictions, row * k);
            if (row == 0)
                none.CopyTo(baseValues, 0);
            progress.Finish();
        });
        return new ShapleyValues(values, errors, predictions)
        {
            Features = _table.Features,
            Outputs = _output.Names,
            BaseValues = baseValues,
            RowIndices = _explained,
            IsExact = exact,
        };
    }

    // φⱼ = Σ over S without j of |S|! (d − |S| − 1)! / d! (v(S ∪ {j}) − v(S)); a set is the bits of its number.
    private (double[] None, double[] Full) Enumerate(int row, Span<double> values)
    {
        int d = FeatureCount, k = _output.Width;
        bool[][] sets = [.. Enumerable.Range(0, 1 << d).Select(set => Enumerable.Range(0, d).Select(f => (set >> f & 1) != 0).ToArray())];
        double[][] v = Worth(row, sets);
        // The weight of a set of each size: 1 / (d binomial(d − 1, s)).
        var weight = new double[d];
        double binomial = 1;
        for (int s = 0; s < d; s++)
        {
            weight[s] = 1 / (d * binomial);
            binomial = binomial * (d - 1 - s) / (s + 1);
        }

        for (int set = 0; set < sets.Length; set++)
        {
            double w = set == sets.Length - 1 ? 0 : weight[BitOperations.PopCount((uint)set)];
            for (int f = 0; f < d; f++)
            {
                if ((set >> f & 1) != 0)
                    continue;
                double[] with = v[set | (1 << f)], without = v[set];
                for (int output = 0; output < k; output++)
                    values[(f * k) + output] += w * (with[output] - without[output]);
            }
        }

        return (v[0], v[^1]);
    }

    // Each order and its reverse give a column one mean gain; the values are means over pairs, their errors those of these means.
    private (double[] None, double[] Full) Sample(int row, Span<double> values, Span<double> errors)
    {
        int d = FeatureCount, k = _output.Width, pairs = _options.PermutationPairs;
        var random = _context.CreateRandom("shapley orders").Derive(_explained[row]);
        int[][] orders = new int[2 * pairs][];
        for (int pair = 0; pair < pairs; pair++)
        {
            orders[2 * pair] = random.Derive(pair).Permutation(d);
            orders[(2 * pair) + 1] = [.. orders[2 * pair].Reverse()];
        }

        // No column, all columns, then for each order its first 1, 2, … d − 1 columns.
        var sets = new List<bool[]> { new bool[d], Filled(d) };
        foreach (int[] order in orders)
        {
            var known = new bool[d];
            foreach (int feature in order.AsSpan(0, d - 1))
            {
                known[feature] = true;
                sets.Add([.. known]);
            }
        }

        double[][] v = Worth(row, sets);
        var gains = new double[pairs, d * k];
        for (int o = 0; o < orders.Length; o++)
        {
            int first = 2 + (o * (d - 1));
            for (int place = 0; place < d; place++)
            {
                double[] before = place == 0 ? v[0] : v[first + place - 1];
                double[] after = place == d - 1 ? v[1] : v[first + place];
                for (int output = 0; output < k; output++)
                    gains[o / 2, (orders[o][place] * k) + output] += (after[output] - before[output]) / 2;
            }
        }

        for (int i = 0; i < d * k; i++)
        {
            double mean = 0, squares = 0;
            for (int pair = 0; pair < pairs; pair++)
                mean += gains[pair, i] / pairs;
            for (int pair = 0; pair < pairs; pair++)
                squares += (gains[pair, i] - mean) * (gains[pair, i] - mean);
            values[i] = mean;
            errors[i] = pairs < 2 ? double.NaN : Math.Sqrt(squares / (pairs - 1) / pairs);
        }

        return (v[0], v[1]);
    }

    // v(S) of an explained row for several sets, each a vector of the outputs.
    private double[][] Worth(int row, IReadOnlyList<bool[]> sets)
    {
        int d = FeatureCount, k = _output.Width, b = _backgroundCount, explained = b + row;
        var worth = new double[sets.Count][];
        int setsAtOnce = Math.Max(1, BatchRows / b);
        for (int start = 0; start < sets.Count; start += setsAtOnce)
        {
            _context.Checkpoint();
            int count = Math.Min(setsAtOnce, sets.Count - start);
            int[][] rowsOfFeature = [.. Enumerable.Range(0, d).Select(f =>
            {
                var rows = new int[count * b];
                for (int i = 0; i < rows.Length; i++)
                    rows[i] = sets[start + (i / b)][f] ? explained : i % b;
                return rows;
            })];
            float[] predictions = _output.Read(_table.ScoreMixed(rowsOfFeature), _context.CancellationToken);
            for (int s = 0; s < count; s++)
            {
                var mean = worth[start + s] = new double[k];
                for (int i = 0; i < b * k; i++)
                    mean[i % k] += (double)predictions[(s * b * k) + i] / b;
            }
        }

        return worth;
    }

    private int[] Draw(int count, int? most)
    {
        if (most is null || most >= count)
            return [.. Enumerable.Range(0, count)];
        if (most < 1)
            throw new OptionException($"Option MaximumRows is {most}; expected 1 or more.");
        int[] drawn = _context.CreateRandom("explained rows").SampleWithoutReplacement(count, most.Value);
        Array.Sort(drawn);
        return drawn;
    }

    private InputTable Subset(ITransformer model, InputTable table, int[] rows, string description) => InputTable.Load(
        model, RowSubset.View(table.InputsOnly().Rows, rows, description), _options.SlotsUpTo, maximumRows: null, _context);

    private static bool[] Filled(int d)
    {
        var all = new bool[d];
        all.AsSpan().Fill(true);
        return all;
    }
}
