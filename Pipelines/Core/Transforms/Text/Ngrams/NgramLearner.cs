using static MLPath.Transforms.Text.NgramExtractingEstimator;

namespace MLPath.Transforms.Text;

/// <summary>Collects the n-grams of rows, in the order in which they occur, and counts in how many rows each of them is.</summary>
internal sealed class NgramLearner
{
    private readonly Options _options;
    private readonly NgramShape _shape;
    private readonly NgramTable _table = new();
    private readonly int[] _limits; // of each length
    private readonly int[] _counts;
    private readonly List<int> _rowsWith = [];
    private readonly List<int> _lastRow = [];
    private int _rows;

    public NgramLearner(Options options)
    {
        (_options, _shape) = (options, options.Shape);
        _limits = options.Limits();
        _counts = new int[_limits.Length];
    }

    /// <summary>Whether there were more n-grams of a length than were wanted.</summary>
    public bool Overflowed { get; private set; }

    /// <summary>Learns from the keys of one row.</summary>
    public void Add(ReadOnlySpan<uint> keys)
    {
        _rows++;
        var visitor = new Collecting(this);
        _shape.Visit(keys, ref visitor);
    }

    /// <summary>What was learned.</summary>
    public NgramVocabulary Finish()
    {
        double most = _options.MaximumDocumentFraction * _rows;
        int[] wanted = [.. Enumerable.Range(0, _table.Count).Where(i => _rowsWith[i] >= _options.MinimumDocumentCount && _rowsWith[i] <= most)];
        if (wanted.Length > _options.MaximumFeatures)
            wanted = [.. wanted.OrderByDescending(i => _rowsWith[i]).Take(_options.MaximumFeatures).Order()];
        var kept = new NgramTable();
        var inverse = new List<double>();
        foreach (int i in wanted)
        {
            kept.Add(_table[i]);
            inverse.Add(InverseFrequency(_rowsWith[i]));
        }

        return new NgramVocabulary(_shape, kept, _options.Weighting, _options.SublinearTf, _options.Weighting == WeightingCriteria.Tf ? null : [.. inverse]);
    }

    // Of n rows, d have it.
    private double InverseFrequency(int d) => _options.InverseDocumentFrequency switch
    {
        IdfFormula.Smooth => Math.Log((1.0 + _rows) / (1.0 + d)) + 1,
        IdfFormula.LogarithmicPlusOne => Math.Log((double)_rows / d) + 1,
        _ => Math.Log((double)_rows / d),
    };

    private void Collect(ReadOnlySpan<uint> ngram)
    {
        int index = _table.Find(ngram);
        if (index < 0)
        {
            if (_counts[ngram.Length - 1] >= _limits[ngram.Length - 1])
            {
                Overflowed = true;
                return;
            }

            _counts[ngram.Length - 1]++;
            index = _table.Add(ngram);
            _rowsWith.Add(0);
            _lastRow.Add(0);
        }

        if (_lastRow[index] == _rows)
            return;
        _lastRow[index] = _rows;
        _rowsWith[index]++;
    }

    private readonly struct Collecting(NgramLearner learner) : INgramVisitor
    {
        public void Visit(ReadOnlySpan<uint> ngram) => learner.Collect(ngram);
    }
}
