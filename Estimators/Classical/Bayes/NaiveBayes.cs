using MLPath.Data;
using MLPath.Runtime;

namespace MLPath.Trainers;

/// <summary>
/// Gaussian naive Bayes: models each class c by its frequency πc and by an independent normal distribution of each feature, and predicts by Bayes' rule.
/// </summary>
/// <remarks>
/// <para><b>Model.</b> p(c | x) ∝ πc · Πj N(xj; μcj, σ²cj), with πc, μcj, σ²cj the weighted frequency, means and variances of the class's rows
/// (maximum likelihood; the variance divides by the sum of weights).</para>
/// <para><b>Cost.</b> Two passes over n × d values; scoring n × d × k.</para>
/// <para><b>Use it</b> as a fast first model, with few rows, or with many features that are roughly independent given the class. Its probabilities
/// are too sure when features repeat each other.</para>
/// <para><b>Reference.</b> Hastie, Tibshirani, Friedman, <i>The Elements of Statistical Learning</i>, 2nd ed., §6.6.3.</para>
/// </remarks>
public static class NaiveBayesTrainer
{
    /// <summary>The options of the naive Bayes trainers.</summary>
    public sealed record Options : TrainerInputBaseWithWeight
    {
        /// <summary>
        /// What is added to every variance, as a part of the greatest variance of any feature, so that a constant feature does not divide by zero.
        /// 0 or more; default 1e-9, as in scikit-learn.
        /// </summary>
        public double VarianceSmoothing { get; init; } = 1e-9;

        /// <summary>The options' names, meanings and ranges.</summary>
        public static OptionSet<Options> All { get; } = new OptionSet<Options>(new())
            .Number(nameof(VarianceSmoothing), "Added to every variance, as a part of the greatest variance of any feature.",
                o => o.VarianceSmoothing, (o, v) => o with { VarianceSmoothing = v }, minimum: 0);
    }

    private const int RowsPerCheckpoint = 4096;

    internal static TrainerInfo Info { get; } = new(SupportsWeights: true, GivesProbabilities: true);

    internal static NaiveBayesModelParameters Train(TrainingData data, Options options, FitContext context)
    {
        int k = data.ClassCount, d = data.Features.Columns;
        var weight = new double[k];
        var mean = new double[k * d];
        var variance = new double[k * d];

        // Means first, then squared distances to them: two passes are exact where sums of squares cancel.
        ForEachRow(data, context, (row, c, w) =>
        {
            weight[c] += w;
            Accumulate(mean.AsSpan(c * d, d), row, w);
        });
        DivideByClass(mean, weight, d);
        ForEachRow(data, context, (row, c, w) =>
        {
            var μ = mean.AsSpan(c * d, d);
            var s = variance.AsSpan(c * d, d);
            for (int j = 0; j < d; j++)
                s[j] += w * (row[j] - μ[j]) * (row[j] - μ[j]);
        });
        DivideByClass(variance, weight, d);

        double smoothing = options.VarianceSmoothing * GreatestVariance(data);
        for (int i = 0; i < variance.Length; i++)
            variance[i] += smoothing;
        double total = weight.Sum();
        return new NaiveBayesModelParameters([.. weight.Select(w => w / total)], mean, variance);
    }

    private delegate void RowAction(ReadOnlySpan<float> row, int c, double weight);

    private static void ForEachRow(TrainingData data, FitContext context, RowAction action)
    {
        for (int i = 0; i < data.Rows; i++)
        {
            if (i % RowsPerCheckpoint == 0)
                context.Checkpoint();
            action(data.Features.Row(i), data.Classes[i], data.Weight(i));
        }
    }

    private static void Accumulate(Span<double> sum, ReadOnlySpan<float> row, double w)
    {
        for (int j = 0; j < sum.Length; j++)
            sum[j] += w * row[j];
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
    private static double GreatestVariance(TrainingData data)
    {
        int d = data.Features.Columns;
        var mean = new double[d];
        var variance = new double[d];
        double total = 0;
        for (int i = 0; i < data.Rows; i++)
        {
            total += data.Weight(i);
            Accumulate(mean, data.Features.Row(i), data.Weight(i));
        }

        for (int j = 0; j < d; j++)
            mean[j] /= total;
        for (int i = 0; i < data.Rows; i++)
        {
            var row = data.Features.Row(i);
            for (int j = 0; j < d; j++)
                variance[j] += data.Weight(i) * (row[j] - mean[j]) * (row[j] - mean[j]);
        }

        return variance.Max() / total;
    }
}

/// <summary>Gaussian naive Bayes for several classes; see <see cref="NaiveBayesTrainer"/>.</summary>
public sealed class NaiveBayesMulticlassTrainer : MulticlassTrainer<NaiveBayesModelParameters>
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
    protected override NaiveBayesModelParameters Train(TrainingData data, FitContext context) => NaiveBayesTrainer.Train(data, _options, context);
}

/// <summary>Gaussian naive Bayes for two classes; see <see cref="NaiveBayesTrainer"/>.</summary>
public sealed class NaiveBayesBinaryTrainer : BinaryTrainer<NaiveBayesModelParameters>
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
    protected override NaiveBayesModelParameters Train(TrainingData data, FitContext context) => NaiveBayesTrainer.Train(data, _options, context);
}

/// <summary>What naive Bayes learned: the frequency of each class, and the mean and variance of each feature in it.</summary>
public sealed class NaiveBayesModelParameters : ClassProbabilityModel
{
    internal const string Id = "MLPath.NaiveBayes";

    private readonly double[] _priors;
    private readonly double[] _means;
    private readonly double[] _variances;
    private readonly double[] _offsets; // k values: log πc − ½ Σj log(2π σ²cj); −∞ for a class without rows

    /// <summary>Creates a model.</summary>
    /// <param name="priors">k class frequencies; a class of frequency 0 is never predicted.</param>
    /// <param name="means">k × d means.</param>
    /// <param name="variances">k × d variances.</param>
    public NaiveBayesModelParameters(double[] priors, double[] means, double[] variances)
    {
        if (priors.Length == 0 || means.Length % priors.Length != 0 || variances.Length != means.Length)
            throw new ArgumentException("Means and variances are k × d, with one prior for each of the k classes.", nameof(means));
        (_priors, _means, _variances) = (priors, means, variances);
        FeatureCount = means.Length / priors.Length;
        _offsets = new double[priors.Length];
        for (int c = 0; c < priors.Length; c++)
        {
            _offsets[c] = priors[c] > 0 ? Math.Log(priors[c]) : double.NegativeInfinity;
            for (int j = 0; j < FeatureCount && priors[c] > 0; j++)
                _offsets[c] -= 0.5 * Math.Log(2 * Math.PI * Variance(c, j));
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
        Span<double> log = ClassCount <= 128 ? stackalloc double[ClassCount] : new double[ClassCount];
        for (int row = 0; row < features.Rows; row++)
        {
            var x = features.Row(row);
            for (int c = 0; c < log.Length; c++)
            {
                log[c] = _offsets[c];
                for (int j = 0; j < x.Length && _priors[c] > 0; j++)
                    log[c] -= 0.5 * (x[j] - _means[(c * FeatureCount) + j]) * (x[j] - _means[(c * FeatureCount) + j]) / Variance(c, j);
            }

            Numerics.Dense.Softmax(log, log);
            for (int c = 0; c < log.Length; c++)
                scores[(row * ClassCount) + c] = (float)log[c];
        }
    }

    /// <inheritdoc/>
    public override string ToString() => $"NaiveBayes({ClassCount} classes, {FeatureCount} features)";

    internal static NaiveBayesModelParameters Load(ModelLoadContext context)
    {
        double[] priors = context.ReadArray<double>("Priors", -1);
        double[] means = context.ReadArray<double>("Means", priors.Length, -1);
        return priors.Length > 0 && means.Length > 0
            ? new(priors, means, context.ReadArray<double>("Variances", priors.Length, means.Length / priors.Length))
            : throw context.Invalid("it has no classes or no features");
    }

    // A constant feature without smoothing is as narrow as a double allows.
    private double Variance(int c, int j) => Math.Max(_variances[(c * FeatureCount) + j], double.Epsilon * 1e16);
}
