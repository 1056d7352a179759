namespace MLPath.Trainers;

/// <summary>The weight of each class in a node, and on the two sides of a split of it.</summary>
internal struct ClassTally
{
    private readonly int[] _classes;
    private readonly double[] _weights;
    private readonly int[] _classAt;
    private readonly double[] _weightAt;
    private readonly double[] _node;
    private readonly double[] _left;
    private readonly double[] _right;

    /// <summary>Creates a tally.</summary>
    /// <param name="classes">The class of each row of the training set.</param>
    /// <param name="classCount">k.</param>
    /// <param name="weights">The weight of each row.</param>
    public ClassTally(int[] classes, int classCount, double[] weights)
    {
        (_classes, _weights) = (classes, weights);
        (_classAt, _weightAt) = (new int[classes.Length], new double[classes.Length]);
        (_node, _left, _right) = (new double[classCount], new double[classCount], new double[classCount]);
    }

    /// <summary>The weights of the classes in the node.</summary>
    public readonly ReadOnlySpan<double> Node => _node;

    /// <summary>Those on the left side.</summary>
    public readonly ReadOnlySpan<double> Left => _left;

    /// <summary>Those on the right side.</summary>
    public readonly ReadOnlySpan<double> Right => _right;

    /// <summary>w.</summary>
    public double Weight { get; private set; }

    /// <summary>wL.</summary>
    public double LeftWeight { get; private set; }

    /// <summary>wR.</summary>
    public readonly double RightWeight => Weight - LeftWeight;

    /// <summary>Whether all rows are of one class.</summary>
    public bool IsPure { get; private set; }

    public void Enter(ReadOnlySpan<int> rows)
    {
        Array.Clear(_node);
        Weight = 0;
        IsPure = true;
        for (int i = 0; i < rows.Length; i++)
        {
            int c = _classAt[i] = _classes[rows[i]];
            double w = _weightAt[i] = _weights[rows[i]];
            _node[c] += w;
            Weight += w;
            IsPure &= c == _classAt[0];
        }
    }

    public void Rewind()
    {
        Array.Clear(_left);
        _node.CopyTo(_right, 0);
        LeftWeight = 0;
    }

    /// <summary>
    /// Moves a row to the left, and gives its weight w and the weights l and r of its class on both sides before the move.
    /// </summary>
    public (double W, double L, double R) MoveLeft(int position)
    {
        int c = _classAt[position];
        double w = _weightAt[position], l = _left[c], r = _right[c];
        _left[c] = l + w;
        _right[c] = r - w;
        LeftWeight += w;
        return (w, l, r);
    }

    public readonly void WriteProbabilities(List<NodeValue> value)
    {
        for (int c = 0; c < _node.Length; c++)
        {
            if (_node[c] > 0)
                value.Add(new NodeValue(c, (float)(_node[c] / Weight)));
        }
    }
}

/// <summary>
/// Gini's index i = 1 − Σ (nc/w)², with nc the weight of class c. Then w i − wL iL − wR iR = Σ lc²/wL + Σ rc²/wR − Σ nc²/w, and the sums of
/// squares change by w(2l + w) and w(w − 2r) when a row of weight w moves: each candidate costs the same, however many classes there are.
/// Of rows without weights all sums are whole numbers, hence exact: equal partitions have equal scores, however they were come by.
/// </summary>
internal struct GiniCriterion(int[] classes, int classCount, double[] weights) : ICriterion
{
    private ClassTally _tally = new(classes, classCount, weights);
    private double _nodeSquares;
    private double _leftSquares;
    private double _rightSquares;

    public readonly int ValueCount => _tally.Node.Length;

    public readonly double Weight => _tally.Weight;

    public readonly double Impurity => Math.Max(0, 1 - (_nodeSquares / (Weight * Weight)));

    public readonly bool IsPure => _tally.IsPure;

    public readonly double Baseline => _nodeSquares / Weight;

    public void Enter(ReadOnlySpan<int> rows)
    {
        _tally.Enter(rows);
        _nodeSquares = 0;
        foreach (double n in _tally.Node)
            _nodeSquares += n * n;
    }

    public void Rewind()
    {
        _tally.Rewind();
        (_leftSquares, _rightSquares) = (0, _nodeSquares);
    }

    public void MoveLeft(int position)
    {
        var (w, l, r) = _tally.MoveLeft(position);
        _leftSquares += w * ((2 * l) + w);
        _rightSquares += w * (w - (2 * r));
    }

    public readonly double Score() => _tally.LeftWeight > 0 && _tally.RightWeight > 0
        ? (_leftSquares / _tally.LeftWeight) + (_rightSquares / _tally.RightWeight)
        : double.NegativeInfinity;

    public readonly void WriteValue(List<NodeValue> value) => _tally.WriteProbabilities(value);
}

/// <summary>
/// Entropy i = −Σ (nc/w) log₂ (nc/w), hence −w i = Σ nc log₂ nc − w log₂ w, and the score of a split is the sum of that over its sides.
/// </summary>
internal struct EntropyCriterion(int[] classes, int classCount, double[] weights) : ICriterion
{
    private ClassTally _tally = new(classes, classCount, weights);

    public readonly int ValueCount => _tally.Node.Length;

    public readonly double Weight => _tally.Weight;

    public readonly double Impurity => IsPure ? 0 : Math.Max(0, -Baseline / Weight);

    public readonly bool IsPure => _tally.IsPure;

    public readonly double Baseline => Order(_tally.Node, _tally.Weight);

    public void Enter(ReadOnlySpan<int> rows) => _tally.Enter(rows);

    public void Rewind() => _tally.Rewind();

    public void MoveLeft(int position) => _tally.MoveLeft(position);

    public readonly double Score() => _tally.LeftWeight > 0 && _tally.RightWeight > 0
        ? Order(_tally.Left, _tally.LeftWeight) + Order(_tally.Right, _tally.RightWeight)
        : double.NegativeInfinity;

    public readonly void WriteValue(List<NodeValue> value) => _tally.WriteProbabilities(value);

    // Σ nc log₂ nc − w log₂ w, with 0 log 0 = 0.
    private static double Order(ReadOnlySpan<double> classes, double weight)
    {
        double sum = 0;
        foreach (double n in classes)
        {
            if (n > 0)
                sum += n * Math.Log2(n);
        }

        return sum - (weight * Math.Log2(weight));
    }
}
