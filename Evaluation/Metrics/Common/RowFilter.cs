using static System.FormattableString;


namespace MLPath.Evaluation;

/// <summary>How many rows took part in an evaluation and how many did not.</summary>
internal readonly record struct RowCounts(int Evaluated, int WithoutLabel, int WithBadScore, double TotalWeight);

/// <summary>
/// Decides row by row what takes part: rows without a label are left out and counted, rows of weight 0 are as good as absent,
/// rows with an unusable score are counted and spoil the evaluation, and a bad weight is an error at once.
/// </summary>
internal ref struct RowFilter
{
    private readonly ReadOnlySpan<float> _weights;
    private readonly int _rows;
    private CompensatedSum _totalWeight;
    private int _evaluated;
    private int _withoutLabel;
    private int _withBadScore;
    private int _firstBadScore;

    public RowFilter(int rows, ReadOnlySpan<float> weights)
    {
        RequireLength(nameof(weights), weights.Length, rows, optional: true);
        _rows = rows;
        _weights = weights;
    }

    public readonly RowCounts Counts => new(_evaluated, _withoutLabel, _withBadScore, _weights.IsEmpty ? _evaluated : _totalWeight.Value);

    /// <summary>Why nothing can be computed, or null when something can.</summary>
    public readonly string? Obstacle
    {
        get
        {
            if (_withBadScore > 0)
            {
                return Invariant($"{_withBadScore} of {_evaluated + _withBadScore} labelled rows have a score that is NaN or infinite ") +
                    Invariant($"(the first at row index {_firstBadScore})");
            }
            if (_evaluated > 0)
                return null;
            if (_rows == 0)
                return "there are no rows";
            return _withoutLabel == _rows ? "no row has a label" : "no labelled row has a weight above 0";
        }
    }

    /// <summary>Whether a row takes part, and with which weight.</summary>
    public bool Admit(int row, bool hasLabel, bool hasUsableScore, out double weight)
    {
        weight = _weights.IsEmpty ? 1 : _weights[row];
        if (!_weights.IsEmpty && !(weight >= 0 && double.IsFinite(weight)))
        {
            throw new ArgumentException(
                Invariant($"The weight at row index {row} is {weight}; weights must be finite and not negative."));
        }
        if (!hasLabel)
        {
            _withoutLabel++;
            return false;
        }
        if (weight == 0)
            return false;
        if (!hasUsableScore)
        {
            if (_withBadScore++ == 0)
                _firstBadScore = row;
            return false;
        }
        _evaluated++;
        if (!_weights.IsEmpty)
            _totalWeight.Add(weight);
        return true;
    }

    public static void RequireLength(string name, int length, long rows, bool optional = false)
    {
        if (length != rows && !(optional && length == 0))
        {
            throw new ArgumentException(
                Invariant($"'{name}' has {length} values where {rows} are expected: all inputs must describe the same rows."), name);
        }
    }
}
