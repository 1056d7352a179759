using MLPath.Numerics;

namespace MLPath.Trainers;

/// <summary>The steps of <see cref="LinearSvmSolver.Pegasos"/>: the weights, and the rows of the batch that is being filled.</summary>
/// <param name="d">The number of features.</param>
/// <param name="options">λ, the batch size, whether there are a projection and a bias.</param>
internal sealed class PegasosSteps(int d, LinearSvmTrainer.Options options)
{
    private readonly ScaledWeights _weights = new(d);
    private readonly double[] _batch = new double[d];   // Σ c t x over its rows within the margin
    private double _batchBias;                          // Σ c t
    private int _waiting;
    private long _steps;

    /// <summary>Starts at random weights.</summary>
    public void Randomize(RandomStream random)
    {
        _weights.Randomize(random, options.InitialWeightsDiameter);
        if (options.NoBias)
            _weights.Bias = 0;
    }

    /// <summary>Puts a row into the batch, and takes the step when it is full.</summary>
    /// <returns>The row's hinge loss before that.</returns>
    public double Learn(TrainingData block, int row)
    {
        int t = block.Classes[row] == 1 ? 1 : -1;
        double below = 1 - (t * _weights.Score(block.Features, row)), by = below > 0 ? t * block.Weight(row) : 0;
        if (options.BatchSize == 1)
        {
            // Without the way through the batch a sparse row costs its stored values only.
            double rate = Shrink(), bias = _weights.Bias;
            if (by != 0)
                _weights.Add(block.Features, row, rate * by);
            if (options.NoBias)
                _weights.Bias = bias;
            Project();
            return Math.Max(0, below);
        }

        if (by != 0)
            block.Features.AddTo(row, by, _batch);
        _batchBias += by;
        if (++_waiting == options.BatchSize)
            TakeBatch();
        return Math.Max(0, below);
    }

    /// <summary>Takes the step of a batch, full or not; nothing where it is empty.</summary>
    public void TakeBatch()
    {
        if (_waiting == 0)
            return;
        double part = Shrink() / _waiting;
        _weights.Add(_batch, part);
        if (!options.NoBias)
            _weights.Bias += part * _batchBias;
        Project();
        Array.Clear(_batch);
        (_batchBias, _waiting) = (0, 0);
    }

    /// <summary>w and b.</summary>
    public (double[] Weights, double Bias) Current() => _weights.Current();

    // (1 − rₜ λ) w; gives rₜ.
    private double Shrink()
    {
        double rate = 1 / (1 + (options.Lambda * ++_steps));
        _weights.Shrink(1 - (rate * options.Lambda));
        return rate;
    }

    private void Project()
    {
        if (!options.PerformProjection)
            return;
        double norm = _weights.Norm(), radius = 1 / Math.Sqrt(options.Lambda);
        if (norm > radius)
            _weights.Shrink(radius / norm);
    }
}
