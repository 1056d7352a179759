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

/// <summary>What softmax regression learned: weights and a bias for each class; the bias is −∞ for a class that had no rows.</summary>
public sealed class MaximumEntropyModelParameters : LinearMulticlassModel
{
    internal const string Id = "MLPath.MaximumEntropy";

    /// <summary>Creates a model.</summary>
    /// <param name="weights">k × d weights, row-major, finite.</param>
    /// <param name="biases">k biases, 2 or more; −∞ for a class that is never predicted, finite otherwise, and not all −∞.</param>
    /// <param name="history">How the training went; <see cref="TrainingHistory.None"/> when omitted.</param>
    /// <exception cref="ArgumentException">The lengths do not fit together, or a number is not allowed.</exception>
    public MaximumEntropyModelParameters(ReadOnlySpan<double> weights, ReadOnlySpan<double> biases, TrainingHistory? history = null)
        : base(weights, biases, history)
    {
        if (!AreWeightsFinite || !AreBiases(Biases))
            throw new ArgumentException("Weights are finite; biases are finite or −∞, and one at least is finite.", nameof(weights));
    }

    /// <inheritdoc/>
    public override string ComponentId => Id;

    /// <inheritdoc/>
    public override void Score(FeatureMatrix features, Span<float> scores)
    {
        int k = ClassCount;
        Span<double> row = k <= 128 ? stackalloc double[k] : new double[k];
        for (int i = 0; i < features.Rows; i++)
        {
            for (int c = 0; c < k; c++) row[c] = Margin(features, i, c);
            Numerics.Dense.Softmax(row, row);
            for (int c = 0; c < k; c++)
                scores[(i * k) + c] = (float)row[c];
        }
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

    private static bool AreBiases(ReadOnlySpan<double> biases)
    {
        bool isAny = false;
        foreach (double bias in biases)
        {
            if (!double.IsFinite(bias) && !double.IsNegativeInfinity(bias)) return false;
            isAny |= double.IsFinite(bias);
        }

        return isAny;
    }
}
