using MLPath.Data;
using MLPath.Runtime;

namespace MLPath.Trainers;

/// <summary>
/// Gaussian naive Bayes: models each class c by its frequency πc and by an independent normal distribution of each feature, and predicts by
/// Bayes' rule.
/// </summary>
/// <remarks>
/// <para><b>Model.</b> p(c | x) ∝ πc · Πj N(xj; μcj, σ²cj), with πc, μcj, σ²cj the weighted frequency, means and variances of the class's
/// rows (maximum likelihood; the variance divides by the sum of weights).</para>
/// <para><b>Cost.</b> A few passes over n × d values, which need not fit in memory; scoring n × d × k.</para>
/// <para><b>Use it</b> as a fast first model, with few rows, or with many features that are roughly independent given the class. Its
/// probabilities are too sure when features repeat each other.</para>
/// <para><b>Reference.</b> Hastie, Tibshirani, Friedman, <i>The Elements of Statistical Learning</i>, 2nd ed., §6.6.3.</para>
/// </remarks>
public static class NaiveBayesTrainer
{
    /// <summary>The options of the naive Bayes trainers.</summary>
    public sealed record Options : TrainerInputBaseWithWeight
    {
        /// <summary>
        /// What is added to every variance, as a part of the greatest variance of any feature, so that a constant feature does not divide
        /// by zero. 0 or more; default 1e-9, as in scikit-learn.
        /// </summary>
        public double VarianceSmoothing { get; init; } = 1e-9;

        /// <summary>The options' names, meanings and ranges.</summary>
        public static OptionSet<Options> All { get; } = new OptionSet<Options>(new())
            .Number(nameof(VarianceSmoothing), "Added to every variance, as a part of the greatest variance of any feature.",
                o => o.VarianceSmoothing, (o, v) => o with { VarianceSmoothing = v }, minimum: 0);
    }

    internal static TrainerInfo Info { get; } = new(SupportsWeights: true, GivesProbabilities: true);

    internal static NaiveBayesModelParameters Train(TrainingStream rows, Options options, FitContext context)
    {
        double[] weight = TrainerChecks.CheckClasses(rows, options.LabelColumnName, context, minimum: 1);
        int k = weight.Length, d = rows.FeatureCount;
        var mean = new double[k * d];
        var variance = new double[k * d];

        // Means first, then squared distances to them: two passes are exact where sums of squares cancel.
        ForEachRow(rows, context, (row, c, w) => Accumulate(mean.AsSpan(c * d, d), row, w));
        DivideByClass(mean, weight, d);
        ForEachRow(rows, context, (row, c, w) => AccumulateSquares(variance.AsSpan(c * d, d), row, mean.AsSpan(c * d, d), w));
        DivideByClass(variance, weight, d);

        double smoothing = options.VarianceSmoothing * GreatestVariance(rows, context);
        for (int i = 0; i < variance.Length; i++)
            variance[i] += smoothing;
        double total = weight.Sum();
        return new NaiveBayesModelParameters([.. weight.Select(w => w / total)], mean, variance);
    }

    private delegate void RowAction(ReadOnlySpan<float> row, int c, double weight);

    private static void ForEachRow(TrainingStream rows, FitContext context, RowAction action)
    {
        foreach (var block in rows.Blocks(context))
        {
            context.Checkpoint();
            for (int i = 0; i < block.Rows; i++)
                action(block.Features.Row(i), block.Classes[i], block.Weight(i));
        }
    }

    private static void Accumulate(Span<double> sum, ReadOnlySpan<float> row, double w)
    {
        for (int j = 0; j < sum.Length; j++)
            sum[j] += w * row[j];
    }

    private static void AccumulateSquares(Span<double> sum, ReadOnlySpan<float> row, ReadOnlySpan<double> mean, double w)
    {
        for (int j = 0; j < sum.Length; j++)
            sum[j] += w * (row[j] - mean[j]) * (row[j] - mean[j]);
    }

    private static void DivideByClass(double[] values, double[] weight, int d)
    {
        for (int i = 0; i < values.Length; i++)
        {
            if (weight[i / d] > 0)
                values[i] /= weight[i / d];
        }
    }

    // The greatest weighted variance of any feature over all rows.
    private static double GreatestVariance(TrainingStream rows, FitContext context)
    {
        double greatest = 0;
        foreach (double deviation in ColumnMoments.Of(rows, context).Deviations)
            greatest = Math.Max(greatest, deviation * deviation);
        return greatest;
    }
}

/// <summary>Gaussian naive Bayes for several classes; see <see cref="NaiveBayesTrainer"/>.</summary>
public sealed class NaiveBayesMulticlassTrainer : MulticlassTrainer<NaiveBayesModelParameters>, IStreamingTrainer<NaiveBayesModelParameters>
{
    private readonly NaiveBayesTrainer.Options _options;

    /// <summary>Creates the trainer.</summary>
    /// <param name="options">Its options; the defaults when omitted.</param>
    /// <exception cref="OptionException">An option is out of its range.</exception>
    public NaiveBayesMulticlassTrainer(NaiveBayesTrainer.Options? options = null) : base(options ??= new())
    {
        NaiveBayesTrainer.Options.All.Validate(options);
        _options = options;
    }

    /// <inheritdoc/>
    public override TrainerInfo Info => NaiveBayesTrainer.Info;

    /// <inheritdoc/>
    public override string ToString() => $"NaiveBayes({NaiveBayesTrainer.Options.All.Changes(_options)})";

    /// <inheritdoc/>
    public NaiveBayesModelParameters Train(TrainingStream rows, FitContext context) => NaiveBayesTrainer.Train(rows, _options, context);

    /// <inheritdoc/>
    protected override NaiveBayesModelParameters Train(TrainingData data, FitContext context) => Train(TrainingStream.Of(data), context);
}

/// <summary>Gaussian naive Bayes for two classes; see <see cref="NaiveBayesTrainer"/>.</summary>
public sealed class NaiveBayesBinaryTrainer : BinaryTrainer<NaiveBayesModelParameters>, IStreamingTrainer<NaiveBayesModelParameters>
{
    private readonly NaiveBayesTrainer.Options _options;

    /// <summary>Creates the trainer.</summary>
    /// <param name="options">Its options; the defaults when omitted.</param>
    /// <exception cref="OptionException">An option is out of its range.</exception>
    public NaiveBayesBinaryTrainer(NaiveBayesTrainer.Options? options = null) : base(options ??= new())
    {
        NaiveBayesTrainer.Options.All.Validate(options);
        _options = options;
    }

    /// <inheritdoc/>
    public override TrainerInfo Info => NaiveBayesTrainer.Info;

    /// <inheritdoc/>
    public override string ToString() => $"NaiveBayes({NaiveBayesTrainer.Options.All.Changes(_options)})";

    /// <inheritdoc/>
    public NaiveBayesModelParameters Train(TrainingStream rows, FitContext context) => NaiveBayesTrainer.Train(rows, _options, context);

    /// <inheritdoc/>
    protected override NaiveBayesModelParameters Train(TrainingData data, FitContext context) => Train(TrainingStream.Of(data), context);
}

/// <summary>What naive Bayes learned: the frequency of each class, and the mean and variance of each feature in it.</summary>
public sealed class NaiveBayesModelParameters : ClassProbabilityModel
{
    internal const string Id = "MLPath.NaiveBayes";

    // A constant feature without smoothing is as narrow as keeps the squared distance of any two 32-bit floats finite when divided by it.
    private const double LeastVariance = 1e-200;

    private readonly double[] _priors;
    private readonly double[] _means;
    private readonly double[] _variances;
    private readonly double[] _halfPrecisions; // k × d values 1 / (2 σ²cj)
    private readonly double[] _offsets; // k values: log πc − ½ Σj log(2π σ²cj); −∞ for a class without rows

    /// <summary>Creates a model.</summary>
    /// <param name="priors">k class frequencies, 0 or more, that sum to 1; a class of frequency 0 is never predicted.</param>
    /// <param name="means">k × d means, finite; d is 1 or more.</param>
    /// <param name="variances">k × d variances, finite, 0 or more.</param>
    /// <exception cref="ArgumentException">The lengths do not fit together, or a number is not allowed.</exception>
    public NaiveBayesModelParameters(ReadOnlySpan<double> priors, ReadOnlySpan<double> means, ReadOnlySpan<double> variances)
    {
        (_priors, _means, _variances) = (priors.ToArray(), means.ToArray(), variances.ToArray());
        if (Problem(_priors, _means, _variances) is { } problem)
            throw new ArgumentException($"The parameters of naive Bayes do not fit: {problem}.", nameof(priors));
        FeatureCount = means.Length / priors.Length;
        _halfPrecisions = [.. _variances.Select(v => 0.5 / Math.Max(v, LeastVariance))];
        _offsets = new double[priors.Length];
        for (int c = 0; c < priors.Length; c++)
        {
            _offsets[c] = priors[c] > 0 ? Math.Log(priors[c]) : double.NegativeInfinity;
            foreach (double h in _halfPrecisions.AsSpan(c * FeatureCount, FeatureCount))
                _offsets[c] += 0.5 * Math.Log(h / Math.PI);
        }
    }

    /// <inheritdoc/>
    public override string ComponentId => Id;

    /// <inheritdoc/>
    public override int FeatureCount { get; }

    /// <inheritdoc/>
    public override int ClassCount => _priors.Length;

    /// <summary>k class frequencies πc.</summary>
    public ReadOnlySpan<double> Priors => _priors;

    /// <summary>k × d means μcj, row-major.</summary>
    public ReadOnlySpan<double> Means => _means;

    /// <summary>k × d variances σ²cj, row-major.</summary>
    public ReadOnlySpan<double> Variances => _variances;

    /// <inheritdoc/>
    public override void Save(ModelSaveContext context)
    {
        context.WriteArray<double>("Priors", _priors);
        context.WriteArray<double>("Means", _means, ClassCount, FeatureCount);
        context.WriteArray<double>("Variances", _variances, ClassCount, FeatureCount);
    }

    /// <inheritdoc/>
    public override void Score(FeatureMatrix features, Span<float> scores)
    {
        int k = ClassCount, d = FeatureCount;
        Span<double> log = k <= 128 ? stackalloc double[k] : new double[k];
        for (int row = 0; row < features.Rows; row++)
        {
            for (int c = 0; c < k; c++)
                log[c] = _offsets[c] - Distance(features.Row(row), _means.AsSpan(c * d, d), _halfPrecisions.AsSpan(c * d, d));
            Numerics.Dense.Softmax(log, log);
            for (int c = 0; c < k; c++)
                scores[(row * k) + c] = (float)log[c];
        }
    }

    /// <inheritdoc/>
    public override string ToString() => $"NaiveBayes({ClassCount} classes, {FeatureCount} features)";

    internal static NaiveBayesModelParameters Load(ModelLoadContext context)
    {
        double[] priors = context.ReadArray<double>("Priors", -1);
        double[] means = context.ReadArray<double>("Means", priors.Length, -1);
        double[] variances = context.ReadArray<double>("Variances", priors.Length, -1);
        return Problem(priors, means, variances) is { } problem ? throw context.Invalid(problem) : new(priors, means, variances);
    }

    // Σj (xj − μj)² / (2 σ²j).
    private static double Distance(ReadOnlySpan<float> x, ReadOnlySpan<double> means, ReadOnlySpan<double> halfPrecisions)
    {
        double sum = 0;
        for (int j = 0; j < x.Length; j++)
            sum += (x[j] - means[j]) * (x[j] - means[j]) * halfPrecisions[j];
        return sum;
    }

    private static string? Problem(double[] priors, double[] means, double[] variances)
    {
        if (priors.Length == 0 || means.Length == 0 || means.Length % priors.Length != 0 || variances.Length != means.Length)
            return "means and variances are k × d, with one frequency for each of the k classes";
        if (!Array.TrueForAll(priors, p => p >= 0) || !(Math.Abs(priors.Sum() - 1) < 1e-6))
            return "class frequencies are 0 or more and sum to 1";
        return Array.TrueForAll(means, double.IsFinite) && Array.TrueForAll(variances, v => double.IsFinite(v) && v >= 0)
            ? null
            : "means are finite, and variances finite and 0 or more";
    }
}
