using static System.FormattableString;


namespace MLPath.Evaluation;

/// <summary>The losses that read the scores of a row as the probabilities of its classes, summed over rows.</summary>
internal sealed class ProbabilityLosses(int numberOfClasses)
{
    // A float softmax over many classes is off 1 by far less; scores that are no probabilities, by far more.
    private const double SumTolerance = 1e-3;

    // The last entry is the class that the model does not know: its probability is 0.
    private readonly CompensatedSum[] _logLoss = new CompensatedSum[numberOfClasses + 1];
    private CompensatedSum _squares;

    /// <summary>Why the scores are no probabilities, or null as long as they are.</summary>
    public string? Obstacle { get; private set; }

    public void Add(ReadOnlySpan<float> probabilities, int label, double weight, int dataRow)
    {
        double pTrue = label < probabilities.Length ? probabilities[label] : 0;
        _logLoss[label].Add(-weight * Math.Log(Math.Clamp(pTrue, EvaluationLimits.SmallestProbability, 1)));

        double sum = 0, squares = 0;
        bool inRange = true;
        foreach (float p in probabilities)
        {
            sum += p;
            squares += (double)p * p;
            inRange &= p is >= 0 and <= 1;
        }
        // Σ (p(c) - y(c))² with y(true) = 1.
        _squares.Add(weight * (squares - pTrue * pTrue + (1 - pTrue) * (1 - pTrue)));

        if (Obstacle is null && !(inRange && Math.Abs(sum - 1) <= SumTolerance))
        {
            Obstacle = Invariant($"the scores are no probabilities: at row index {dataRow} ") +
                (inRange ? Invariant($"they sum to {sum:0.####}") : "one lies outside 0 to 1");
        }
    }

    public double LogLoss(double totalWeight)
    {
        var sum = new CompensatedSum();
        foreach (var ofClass in _logLoss)
            sum.Add(ofClass.Value);
        return sum.Value / totalWeight;
    }

    public double Brier(double totalWeight) => _squares.Value / totalWeight;

    /// <summary>The mean log-loss of the rows of each class; NaN for a class without rows, or when scores are no probabilities.</summary>
    public double[] PerClass(ReadOnlySpan<double> support)
    {
        var losses = new double[support.Length];
        for (int c = 0; c < losses.Length; c++)
            losses[c] = Obstacle is null && support[c] > 0 ? _logLoss[c].Value / support[c] : double.NaN;
        return losses;
    }
}
