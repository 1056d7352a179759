namespace MLPath.Trainers;

/// <summary>The k nearest rows of one query found so far, nearest first, of equally near ones the lower row first, whatever order they come in.</summary>
/// <param name="rows">Memory for k rows.</param>
/// <param name="sums">Memory for their k sums of the metric.</param>
internal ref struct NearestList(Span<int> rows, Span<double> sums)
{
    private readonly Span<int> _rows = rows;
    private readonly Span<double> _sums = sums;
    private int _count;

    /// <summary>What is farther does not enter; +∞ until there are k rows.</summary>
    public readonly double Worst => _count < _sums.Length ? double.PositiveInfinity : _sums[^1];

    /// <summary>Offers a row.</summary>
    public void Offer(int row, double sum)
    {
        // Not "greater", so that what is no number does not enter either.
        if (!(sum <= Worst) || (_count == _sums.Length && sum == _sums[^1] && row > _rows[^1]))
            return;
        int place = _count < _sums.Length ? _count++ : _count - 1;
        for (; place > 0 && (_sums[place - 1] > sum || (_sums[place - 1] == sum && _rows[place - 1] > row)); place--)
            (_sums[place], _rows[place]) = (_sums[place - 1], _rows[place - 1]);
        (_sums[place], _rows[place]) = (sum, row);
    }
}
