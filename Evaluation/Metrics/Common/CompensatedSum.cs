namespace MLPath.Evaluation;

/// <summary>
/// A running sum whose error does not grow with the number of terms (A. Neumaier, Rundungsfehleranalyse einiger Verfahren zur Summation
/// endlicher Summen, ZAMM 54, 1974). One order of addition, hence one result.
/// </summary>
internal struct CompensatedSum
{
    private double _sum;
    private double _correction;

    public readonly double Value => double.IsFinite(_sum) ? _sum + _correction : _sum;

    public void Add(double term)
    {
        double next = _sum + term;
        // What the larger of the two operands could not absorb.
        _correction += Math.Abs(_sum) >= Math.Abs(term) ? _sum - next + term : term - next + _sum;
        _sum = next;
    }
}
