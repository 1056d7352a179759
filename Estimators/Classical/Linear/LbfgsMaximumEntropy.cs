using MLPath.Data;
using MLPath.Runtime;

namespace MLPath.Trainers;

/// <summary>
/// Multinomial logistic regression (softmax regression, maximum entropy): models the logarithm of each class's probability as a linear
/// function of the features, up to a common term.
/// </summary>
/// <remarks>
/// <para><b>Model.</b> p(c | x) = exp(w_c · x + b_c) / Σ_c' exp(w_c' · x + b_c').</para>
/// <para><b>Objective.</b> Minimises −Σᵢ wᵢ log p(yᵢ | xᵢ) + L2 ½ ‖W‖² + L1 ‖W‖₁ over W (k × d) and b (k), with wᵢ the rows' weights. The
/// penalties stand beside the sum of losses, and spare b, as in ML.NET. Every class has weights of its own; since equal numbers added to
/// all biases change nothing, the biases are those that sum to 0. A class without rows is left out, and has probability 0.</para>
/// <para><b>Cost.</b> About 4 n d k for each of the iterations of L-BFGS or OWL-QN, some dozens as a rule; scoring d k a row. With much data the
/// first ones are computed in single precision; the minimum is exact all the same.</para>
/// <para><b>Use it</b> as the first model to try for several classes. Bring features to one scale first, because the penalties treat all
/// weights alike.</para>
/// <para><b>Reference.</b> Hastie, Tibshirani, Friedman, <i>The Elements of Statistical Learning</i>, 2nd ed., §4.4; Andrew, Gao,
/// <i>Scalable training of L1-regularized log-linear models</i>, ICML 2007.</para>
/// </remarks>
public sealed class LbfgsMaximumEntropyMulticlassTrainer
    : MulticlassTrainer<MaximumEntropyModelParameters>, IStreamingTrainer<MaximumEntropyModelParameters>
{
    private readonly Options _options;

    /// <summary>Creates the trainer.</summary>
    /// <param name="options">Its options; the defaults when omitted.</param>
    /// <exception cref="OptionException">An option is out of its range.</exception>
    public LbfgsMaximumEntropyMulticlassTrainer(Options? options = null) : base(options ??= new())
    {
        Options.All.Validate(options);
        _options = options;
    }

    /// <summary>The options of <see cref="LbfgsMaximumEntropyMulticlassTrainer"/>.</summary>
    public sealed record Options : LbfgsOptionsBase
    {
        /// <summary>The options' names, meanings and ranges.</summary>
        public static OptionSet<Options> All { get; } = Describe(new Options())
            .ClassWeights(o => o.ClassWeights, (o, v) => o with { ClassWeights = v });
    }

    /// <inheritdoc/>
    public override TrainerInfo Info => LbfgsLinear.Info;

    /// <inheritdoc/>
    public override IReadOnlyList<KeyValuePair<string, string>> OptionValues => Options.All.Values(_options);

    /// <inheritdoc/>
    public override string ToString() => $"LbfgsMaximumEntropy({Options.All.Changes(_options)})";

    /// <inheritdoc/>
    public MaximumEntropyModelParameters Train(TrainingStream rows, FitContext context)
    {
        double[] frequency = TrainerChecks.CheckClasses(rows, _options.LabelColumnName, context);
        double total = frequency.Sum();

        // The classes that have rows: the bias of any other would fall without end.
        int[] present = [.. Enumerable.Range(0, frequency.Length).Where(c => frequency[c] > 0)];

        // Without features the best biases are the logarithms of the frequencies, and the loss's second derivatives there are p (1 − p).
        double[] p = [.. present.Select(c => frequency[c] / total)];
        double curvature = p.Average(v => v * (1 - v));
        var (weights, biases, history) =
            LbfgsLinear.Train(new SoftmaxLoss(present), rows, curvature, [.. p.Select(v => Math.Log(v))], _options, context);
        return Expand(weights, biases, present, frequency.Length, history);
    }

    /// <inheritdoc/>
    protected override MaximumEntropyModelParameters Train(TrainingData data, FitContext context) => Train(TrainingStream.Of(data), context);

    private static MaximumEntropyModelParameters Expand(double[] weights, double[] biases, int[] present, int k, TrainingHistory history)
    {
        int d = weights.Length / present.Length;
        double mean = biases.Average();
        var allWeights = new double[k * d];
        var allBiases = new double[k];
        Array.Fill(allBiases, double.NegativeInfinity);
        for (int i = 0; i < present.Length; i++)
        {
            allBiases[present[i]] = biases[i] - mean;
            weights.AsSpan(i * d, d).CopyTo(allWeights.AsSpan(present[i] * d));
        }

        return new(allWeights, allBiases, history);
    }
}

/// <summary>What softmax regression learned: weights and a bias for each class.</summary>
public sealed class MaximumEntropyModelParameters : IMulticlassModel, IFeatureContributions, ITrainingHistory
{
    internal const string Id = "MLPath.MaximumEntropy";

    private readonly double[] _weights;
    private readonly double[] _biases;
    private readonly TrainingHistory _history;

    /// <summary>Creates a model.</summary>
    /// <param name="weights">k × d weights, row-major, finite.</param>
    /// <param name="biases">k biases, 2 or more; −∞ for a class that is never predicted, finite otherwise, and not all −∞.</param>
    /// <param name="history">How the training went; <see cref="TrainingHistory.None"/> when omitted.</param>
    /// <exception cref="ArgumentException">The lengths do not fit together, or a number is not allowed.</exception>
    public MaximumEntropyModelParameters(ReadOnlySpan<double> weights, ReadOnlySpan<double> biases, TrainingHistory? history = null)
    {
        (_weights, _biases, _history) = (weights.ToArray(), biases.ToArray(), history ?? TrainingHistory.None);
        if (_biases.Length < 2 || _weights.Length == 0 || _weights.Length % _biases.Length != 0)
            throw new ArgumentException("Weights are k × d, with one bias for each of the k classes, two at least.", nameof(weights));
        if (!Array.TrueForAll(_weights, double.IsFinite) || !AreBiases(_biases))
            throw new ArgumentException("Weights are finite; biases are finite or −∞, and one at least is finite.", nameof(weights));
    }

    /// <inheritdoc/>
    public string ComponentId => Id;

    /// <inheritdoc/>
    public int FeatureCount => _weights.Length / _biases.Length;

    /// <inheritdoc/>
    public int ClassCount => _biases.Length;

    /// <inheritdoc/>
    public bool ScoresSparse => true;

    /// <summary>k × d weights W, row-major.</summary>
    public ReadOnlySpan<double> Weights => _weights;

    /// <summary>k biases b; −∞ for a class that had no rows.</summary>
    public ReadOnlySpan<double> Biases => _biases;

    /// <inheritdoc/>
    public int Iterations => _history.Iterations;

    /// <inheritdoc/>
    public bool Converged => _history.Converged;

    /// <inheritdoc/>
    public string StopReason => _history.StopReason;

    /// <inheritdoc/>
    public IReadOnlyList<double> Losses => _history.Losses;

    /// <summary>Copies the weights, in single precision, as ML.NET gives them.</summary>
    /// <param name="weights">Receives a vector of d weights for each class.</param>
    /// <param name="numClasses">Receives k.</param>
    public void GetWeights(ref VBuffer<float>[] weights, out int numClasses)
    {
        numClasses = ClassCount;
        if (weights is null || weights.Length < numClasses)
            weights = new VBuffer<float>[numClasses];
        for (int c = 0; c < numClasses; c++)
            weights[c] = new VBuffer<float>(FeatureCount, [.. _weights.Skip(c * FeatureCount).Take(FeatureCount).Select(w => (float)w)]);
    }

    /// <summary>The k biases, in single precision, as ML.NET gives them.</summary>
    public IEnumerable<float> GetBiases() => _biases.Select(b => (float)b);

    /// <inheritdoc/>
    public void Score(FeatureMatrix features, Span<float> scores)
    {
        int k = ClassCount, d = FeatureCount;
        Span<double> row = k <= 128 ? stackalloc double[k] : new double[k];
        for (int i = 0; i < features.Rows; i++)
        {
            for (int c = 0; c < k; c++)
                row[c] = features.Dot(i, _weights.AsSpan(c * d, d)) + _biases[c];
            Numerics.Dense.Softmax(row, row);
            for (int c = 0; c < k; c++)
                scores[(i * k) + c] = (float)row[c];
        }
    }

    /// <inheritdoc/>
    public int RawScoreCount => ClassCount;

    /// <inheritdoc/>
    public double GetBias(int score) => _biases[score];

    /// <inheritdoc/>
    public void GetContributions(FeatureMatrix features, int score, Span<double> contributions) =>
        LinearContributions.Compute(features, _weights.AsSpan(score * FeatureCount, FeatureCount), contributions);

    /// <inheritdoc/>
    public void Save(ModelSaveContext context)
    {
        context.WriteArray<double>(nameof(Weights), _weights, ClassCount, FeatureCount);
        context.WriteArray<double>(nameof(Biases), _biases);
        _history.Save(context);
    }

    /// <inheritdoc/>
    public override string ToString() => $"MaximumEntropy({ClassCount} classes, {FeatureCount} features)";

    internal static MaximumEntropyModelParameters Load(ModelLoadContext context)
    {
        double[] biases = context.ReadArray<double>(nameof(Biases), -1);
        double[] weights = context.ReadFinite(nameof(Weights), biases.Length, -1);
        return biases.Length >= 2 && weights.Length > 0 && AreBiases(biases)
            ? new(weights, biases, TrainingHistory.Load(context))
            : throw context.Invalid("it needs two classes, a feature, and biases that are finite or −∞");
    }

    private static bool AreBiases(double[] biases) =>
        Array.TrueForAll(biases, b => double.IsFinite(b) || double.IsNegativeInfinity(b)) && Array.Exists(biases, double.IsFinite);
}
