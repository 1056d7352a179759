namespace MLPath.Trainers;

/// <summary>
/// Variance i = Σ w (y − ȳ)² / w, so that w i is the squared error of predicting the mean. A split lowers it by wL wR / w (ȳL − ȳR)² = (w
/// sL − wL s)² / (w wL wR), with s and sL the weighted sums of y: no large squares are subtracted, so small gains beside a large mean are
/// kept.
/// </summary>
/// <param name="targets">The number to predict of each row.</param>
/// <param name="weights">The weight of each row.</param>
internal struct SquaredErrorCriterion(float[] targets, double[] weights) : ICriterion
{
    private readonly double[] _weightedAt = new double[targets.Length];
    private readonly double[] _weightAt = new double[targets.Length];
    private float _first;
    private double _sum;
    private double _leftSum;
    private double _leftWeight;

    public readonly int ValueCount => 1;

    public double Weight { get; private set; }

    public double Impurity { get; private set; }

    public bool IsPure { get; private set; }

    public readonly double Baseline => 0;

    public void Enter(ReadOnlySpan<int> rows)
    {
        (_first, _sum, Weight, Impurity, IsPure) = (targets[rows[0]], 0, 0, 0, true);
        for (int i = 0; i < rows.Length; i++)
        {
            float y = targets[rows[i]];
            double w = weights[rows[i]];
            IsPure &= y == _first;
            _weightAt[i] = w;
            _weightedAt[i] = w * y;
            _sum += w * y;
            Weight += w;
        }

        if (IsPure)
            return;
        double mean = _sum / Weight;
        foreach (int row in rows)
            Impurity += weights[row] * (targets[row] - mean) * (targets[row] - mean);
        Impurity /= Weight;
    }

    public void Rewind() => (_leftSum, _leftWeight) = (0, 0);

    public void MoveLeft(int position)
    {
        _leftSum += _weightedAt[position];
        _leftWeight += _weightAt[position];
    }

    public readonly double Score()
    {
        double rightWeight = Weight - _leftWeight;
        if (!(_leftWeight > 0 && rightWeight > 0))
            return double.NegativeInfinity;
        double difference = (Weight * _leftSum) - (_leftWeight * _sum);
        return difference * difference / (Weight * _leftWeight * rightWeight);
    }

    public readonly void WriteValue(List<NodeValue> value) => value.Add(new NodeValue(0, IsPure ? _first : (float)(_sum / Weight)));
}
