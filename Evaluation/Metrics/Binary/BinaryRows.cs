using static System.FormattableString;


namespace MLPath.Evaluation;

/// <summary>The rows that take part in a binary evaluation, packed together.</summary>
internal sealed class BinaryRows
{
    private readonly bool[] _positive;
    private readonly float[] _scores;
    private readonly float[] _probabilities;
    private readonly double[] _weights;

    public BinaryRows(ReadOnlySpan<float> labels, ReadOnlySpan<float> scores, ReadOnlySpan<float> probabilities,
        ReadOnlySpan<float> weights)
    {
        int n = labels.Length;
        RowFilter.RequireLength(nameof(scores), scores.Length, n);
        var filter = new RowFilter(n, weights);
        _positive = new bool[n];
        _scores = new float[n];
        _probabilities = new float[probabilities.Length];
        _weights = new double[weights.Length];

        int kept = 0;
        for (int row = 0; row < n; row++)
        {
            if (!filter.Admit(row, hasLabel: !float.IsNaN(labels[row]), hasUsableScore: float.IsFinite(scores[row]), out double weight))
                continue;
            _positive[kept] = labels[row] > 0;
            _scores[kept] = scores[row];
            if (!probabilities.IsEmpty)
                _probabilities[kept] = CheckProbability(probabilities[row], row);
            if (!weights.IsEmpty)
                _weights[kept] = weight;
            kept++;
        }
        Counts = filter.Counts;
        Obstacle = filter.Obstacle;
    }

    public RowCounts Counts { get; }

    public string? Obstacle { get; }

    public int FirstRowWithoutProbability { get; private set; } = -1;

    public ReadOnlySpan<bool> Positive => _positive.AsSpan(0, Counts.Evaluated);

    public ReadOnlySpan<float> Scores => _scores.AsSpan(0, Counts.Evaluated);

    public ReadOnlySpan<float> Probabilities => _probabilities.AsSpan(0, Counts.Evaluated);

    /// <summary>The weights, or none when all are 1.</summary>
    public ReadOnlySpan<double> Weights => _weights.Length == 0 ? [] : _weights.AsSpan(0, Counts.Evaluated);

    public double WeightAt(int i) => _weights.Length == 0 ? 1 : _weights[i];

    private float CheckProbability(float probability, int row)
    {
        if (float.IsNaN(probability))
        {
            if (FirstRowWithoutProbability < 0)
                FirstRowWithoutProbability = row;
        }
        else if (probability is < 0 or > 1)
        {
            throw new ArgumentException(Invariant($"The probability at row index {row} is {probability}; it must lie between 0 and 1. ") +
                "Pass the calibrated probability, not the score.");
        }
        return probability;
    }
}
