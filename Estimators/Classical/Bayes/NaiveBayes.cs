using System.Buffers;
using System.Numerics;
using System.Numerics.Tensors;
using System.Runtime.InteropServices;
using MLPath.Data;
using MLPath.Numerics;
using MLPath.Runtime;

namespace MLPath.Trainers;

/// <summary>
/// Gaussian naive Bayes: models each class c by its frequency πc and by an independent normal distribution of each feature, and predicts by
/// Bayes' rule.
/// </summary>
/// <remarks>
/// <para><b>Model.</b> p(c | x) ∝ πc · Πj N(xj; μcj, σ²cj), with πc, μcj, σ²cj the weighted frequency, means and variances of the class's
/// rows (maximum likelihood; the variance divides by the sum of weights).</para>
/// <para><b>Cost.</b> One pass over n × d values, which need not fit in memory; scoring n × d × k.</para>
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

        /// <summary>What the classes' probabilities before a row is seen are. Default <see cref="ClassPriors.Frequency"/>.</summary>
        public ClassPriors Priors { get; init; }

        /// <summary>The options' names, meanings and ranges.</summary>
        public static OptionSet<Options> All { get; } = new OptionSet<Options>(new())
            .Number(nameof(VarianceSmoothing), "Added to every variance, as a part of the greatest variance of any feature.",
                o => o.VarianceSmoothing, (o, v) => o with { VarianceSmoothing = v }, minimum: 0)
            .Choice(nameof(Priors), "The classes' probabilities before a row is seen.", o => o.Priors, (o, v) => o with { Priors = v })
            .ClassWeights(o => o.ClassWeights, (o, v) => o with { ClassWeights = v });
    }

    internal static TrainerInfo Info { get; } = new(SupportsWeights: true, GivesProbabilities: true);

    internal static NaiveBayesModelParameters Train(TrainingStream rows, Options options, FitContext context)
    {
        double[] weight = TrainerChecks.CheckClasses(rows, options.LabelColumnName, context, minimum: 1);
        int d = rows.FeatureCount;
        var moments = ClassMoments.Of(rows, context);
        double smoothing = options.VarianceSmoothing * moments.Overall().Variances.Max();
        double[] variances = [.. moments.Squares.Select((m2, i) => (weight[i / d] > 0 ? m2 / weight[i / d] : 0) + smoothing)];
        double[] priors = options.Priors.Of(weight);
        return new NaiveBayesModelParameters(priors, moments.Means, variances);
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
    public override IReadOnlyList<KeyValuePair<string, string>> OptionValues => NaiveBayesTrainer.Options.All.Values(_options);

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
    public override IReadOnlyList<KeyValuePair<string, string>> OptionValues => NaiveBayesTrainer.Options.All.Values(_options);

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
        double[] rented = ArrayPool<double>.Shared.Rent(d + k);
        var x = rented.AsSpan(0, d);
        var log = rented.AsSpan(d, k);
        for (int row = 0; row < features.Rows; row++)
        {
            TensorPrimitives.ConvertTruncating(features.Row(row), x);
            for (int c = 0; c < k; c++)
                log[c] = _offsets[c] - Distance(x, _means.AsSpan(c * d, d), _halfPrecisions.AsSpan(c * d, d));
            Dense.Softmax(log, log);
            TensorPrimitives.ConvertTruncating<double, float>(log, scores.Slice(row * k, k));
        }

        ArrayPool<double>.Shared.Return(rented);
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

    // Σj (xj − μj)² / (2 σ²j). As differences, not as a product of matrices: (x − μ)² multiplied out would cancel where a variance is small.
    private static double Distance(ReadOnlySpan<double> x, ReadOnlySpan<double> means, ReadOnlySpan<double> halfPrecisions)
    {
        ref double px = ref MemoryMarshal.GetReference(x);
        ref double pm = ref MemoryMarshal.GetReference(means);
        ref double ph = ref MemoryMarshal.GetReference(halfPrecisions);
        var (even, odd) = (Vector<double>.Zero, Vector<double>.Zero);
        int width = Vector<double>.Count, j = 0;
        for (; j <= x.Length - (2 * width); j += 2 * width)
        {
            var first = Vector.LoadUnsafe(ref px, (nuint)j) - Vector.LoadUnsafe(ref pm, (nuint)j);
            var second = Vector.LoadUnsafe(ref px, (nuint)(j + width)) - Vector.LoadUnsafe(ref pm, (nuint)(j + width));
            even += first * first * Vector.LoadUnsafe(ref ph, (nuint)j);
            odd += second * second * Vector.LoadUnsafe(ref ph, (nuint)(j + width));
        }

        double sum = Vector.Sum(even + odd);
        for (; j < x.Length; j++)
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
