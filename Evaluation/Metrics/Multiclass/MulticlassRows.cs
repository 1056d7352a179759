using static System.FormattableString;


namespace MLPath.Evaluation;

/// <summary>The rows that take part in a multiclass evaluation: where their scores lie, their class, their weight.</summary>
internal readonly ref struct MulticlassRows
{
    private readonly ReadOnlySpan<float> _scores;
    private readonly int _classes;
    private readonly int[] _rows;
    private readonly int[] _labels;
    private readonly double[] _weights;

    public MulticlassRows(ReadOnlySpan<int> labels, ReadOnlySpan<float> scores, int numberOfClasses, ReadOnlySpan<float> weights)
    {
        int n = labels.Length;
        if (scores.Length != (long)n * numberOfClasses)
        {
            throw new ArgumentException(
                Invariant($"'scores' has {scores.Length} values where {n} rows of {numberOfClasses} classes are expected."),
                nameof(scores));
        }
        var filter = new RowFilter(n, weights);
        _scores = scores;
        _classes = numberOfClasses;
        _rows = new int[n];
        _labels = new int[n];
        _weights = new double[weights.Length];

        int kept = 0;
        for (int row = 0; row < n; row++)
        {
            if (!filter.Admit(row, labels[row] >= 0, AllFinite(scores.Slice(row * numberOfClasses, numberOfClasses)), out double weight))
                continue;
            _rows[kept] = row;
            _labels[kept] = Math.Min(labels[row], numberOfClasses);
            if (labels[row] >= numberOfClasses)
                WithUnknownClass++;
            if (!weights.IsEmpty)
                _weights[kept] = weight;
            kept++;
        }
        Counts = filter.Counts;
        Obstacle = filter.Obstacle;
    }

    public RowCounts Counts { get; }

    public string? Obstacle { get; }

    public int WithUnknownClass { get; }

    /// <summary>The class of each row; the number of classes stands for a class that the model does not know.</summary>
    public ReadOnlySpan<int> Labels => _labels.AsSpan(0, Counts.Evaluated);

    /// <summary>The weights, or none when all are 1.</summary>
    public ReadOnlySpan<double> Weights => _weights.Length == 0 ? [] : _weights.AsSpan(0, Counts.Evaluated);

    public double WeightAt(int i) => _weights.Length == 0 ? 1 : _weights[i];

    /// <summary>The index, in the data, of the i-th row that takes part.</summary>
    public int DataRow(int i) => _rows[i];

    public ReadOnlySpan<float> ScoresOf(int i) => _scores.Slice(_rows[i] * _classes, _classes);

    private static bool AllFinite(ReadOnlySpan<float> values)
    {
        foreach (float value in values)
        {
            if (!float.IsFinite(value))
                return false;
        }
        return true;
    }
}
