using MLPath.Data;
using MLPath.Numerics;
using MLPath.Runtime;

namespace MLPath.Trainers;

/// <summary>
/// Rosenblatt's perceptron, the first machine that learned to classify: a unit that fires where a weighted sum of the features is above 0, and whose
/// weights move only when it is wrong. Where networks begin, and the simplest of them.
/// </summary>
/// <remarks>
/// <para><b>Rule.</b> For a row with class t = ±1 that the unit does not put on its side, t (w · x + b) ≤ 0: w ← w + t x, b ← b + t. From w = 0 a rate
/// would only scale w, so there is none. Of several classes each has a unit of its own, this class against all others, and the greatest sum wins.</para>
/// <para><b>Bound.</b> On classes that a plane separates by γ, rows no longer than R make at most (R / γ)² mistakes, in any order (A. Novikoff, 1962).
/// On others it never rests: its last weights are as good as the last mistakes happened to leave them, which <see cref="Options.Averaged"/> mends (Y. Freund,
/// R. Schapire, 1999).</para>
/// <para><b>Cost.</b> About 2 n d a pass and class; scoring d a row and class. Its scores are sums, not probabilities.</para>
/// <para><b>Use it</b> to see how learning from mistakes works; for results there is <c>AveragedPerceptron</c>, or a logistic regression.</para>
/// <para><b>Reference.</b> F. Rosenblatt, <i>The perceptron: a probabilistic model for information storage and organization in the brain</i>,
/// Psychological Review 65, 1958.</para>
/// </remarks>
public static class PerceptronTrainer
{
    // Rows between two looks at whether the fit was cancelled.
    private const int RowsPerCheckpoint = 4096;

    internal static TrainerInfo Info { get; } = new(NeedsNormalization: true, SupportsSparse: true);

    /// <summary>The options of the perceptrons.</summary>
    public sealed record Options : TrainerInputBaseWithLabel
    {
        /// <summary>The most passes over the rows; one without a mistake is the last. 1 or more; default 100.</summary>
        public int Epochs { get; init; } = 100;

        /// <summary>Whether the weights are averaged over all rows met, instead of those that the last mistake left. Default false, as in 1958.</summary>
        public bool Averaged { get; init; }

        /// <summary>The seed of the order of rows, another one in every pass; null (the default) takes the one of the context.</summary>
        public int? Seed { get; init; }

        /// <summary>The options' names, meanings and ranges.</summary>
        public static OptionSet<Options> All { get; } = new OptionSet<Options>(new())
            .Integer(nameof(Epochs), "The most passes over the rows; one without a mistake is the last.",
                o => o.Epochs, (o, v) => o with { Epochs = v }, minimum: 1)
            .Boolean(nameof(Averaged), "Average the weights over all rows met.",
                o => o.Averaged, (o, v) => o with { Averaged = v })
            .Seed(o => o.Seed, (o, v) => o with { Seed = v });
    }

    /// <summary>Learns a unit for each positive class: for class 1 of two, or for every one of several.</summary>
    internal static (double[] Weights, double[] Biases, TrainingHistory History) Learn(TrainingData data, int units, Options options, FitContext context)
    {
        int d = data.Features.Columns;
        double[] weights = new double[units * d], biases = new double[units];
        var average = options.Averaged ? new Average(weights.Length, units) : null;
        var order = context.CreateRandom("order", options.Seed);
        List<double> losses = [];
        bool isClean = false;
        for (int epoch = 0; epoch < options.Epochs && !isClean; epoch++)
        {
            int mistakes = 0, met = 0;
            foreach (int row in order.Derive(epoch).Permutation(data.Rows))
            {
                if (met++ % RowsPerCheckpoint == 0) context.Checkpoint();
                average?.Next();
                for (int c = 0; c < units; c++)
                {
                    var w = weights.AsSpan(c * d, d);
                    double t = data.Classes[row] == (units == 1 ? 1 : c) ? 1 : -1;
                    if (t * (Product(data.Features, row, w) + biases[c]) > 0) continue;
                    mistakes++;
                    Add(data.Features, row, t, w);
                    biases[c] += t;
                    average?.Add(data.Features, row, t, c);
                }
            }

            // The share of decisions that were wrong when they were made.
            losses.Add((double)mistakes / ((long)data.Rows * units));
            isClean = mistakes == 0;
            context.Report(epoch + 1, options.Epochs, losses[^1]);
        }

        average?.Apply(weights, biases);
        if (!Array.TrueForAll(weights, double.IsFinite)) throw new DataException("The weights grew beyond all bounds. Bring the features to one scale first, for example with Transforms.NormalizeMeanVariance.");
        string reason = isClean
            ? $"Pass {losses.Count} met no mistake: a plane separates the classes."
            : $"All {options.Epochs} passes were done with mistakes in the last: perhaps no plane separates the classes.";
        return (weights, biases, new TrainingHistory(losses.Count, isClean, reason, losses.AsReadOnly()));
    }

    /// <summary>w · x of a row, dense or sparse, in double.</summary>
    internal static double Product(FeatureMatrix features, int row, ReadOnlySpan<double> w)
    {
        if (features.IsDense) return Dense.Dot(features.Row(row), w);
        double sum = 0;
        int at = 0;
        var indices = features.StoredIndices(row);
        foreach (float value in features.StoredValues(row)) sum += value * w[indices[at++]];
        return sum;
    }

    private static void Add(FeatureMatrix features, int row, double factor, Span<double> w)
    {
        if (features.IsDense)
        {
            Dense.Axpy(factor, features.Row(row), w);
            return;
        }

        int at = 0;
        var indices = features.StoredIndices(row);
        foreach (float value in features.StoredValues(row)) w[indices[at++]] += factor * value;
    }

    /// <summary>The mean of w over rows met: w less the sum of its changes, each times how many rows were met before it, over all of them.</summary>
    private sealed class Average(int weights, int units)
    {
        private readonly double[] _weights = new double[weights], _biases = new double[units];
        private long _met;

        public void Next() => _met++;

        public void Add(FeatureMatrix features, int row, double t, int unit)
        {
            int d = _weights.Length / _biases.Length;
            PerceptronTrainer.Add(features, row, t * (_met - 1), _weights.AsSpan(unit * d, d));
            _biases[unit] += t * (_met - 1);
        }

        public void Apply(Span<double> w, Span<double> b)
        {
            for (int i = 0; i < w.Length; i++) w[i] -= _weights[i] / _met;
            for (int c = 0; c < b.Length; c++) b[c] -= _biases[c] / _met;
        }
    }
}

/// <summary>A perceptron for two classes; see <see cref="PerceptronTrainer"/>.</summary>
public sealed class PerceptronBinaryTrainer : BinaryTrainer<PerceptronBinaryModelParameters>
{
    private readonly PerceptronTrainer.Options _options;

    /// <summary>Creates the trainer.</summary>
    /// <param name="options">Its options; the defaults when omitted.</param>
    /// <exception cref="OptionException">An option is out of its range.</exception>
    public PerceptronBinaryTrainer(PerceptronTrainer.Options? options = null) : base(options ??= new())
    {
        PerceptronTrainer.Options.All.Validate(options);
        _options = options;
    }

    /// <inheritdoc/>
    public override TrainerInfo Info => PerceptronTrainer.Info;

    /// <inheritdoc/>
    public override IReadOnlyList<KeyValuePair<string, string>> OptionValues => PerceptronTrainer.Options.All.Values(_options);

    /// <inheritdoc/>
    public override string ToString() => $"Perceptron({PerceptronTrainer.Options.All.Changes(_options)})";

    /// <inheritdoc/>
    protected override PerceptronBinaryModelParameters Train(TrainingData data, FitContext context)
    {
        TrainerChecks.CheckClasses(data, _options.LabelColumnName);
        var (weights, biases, history) = PerceptronTrainer.Learn(data, 1, _options, context);
        return new(weights, biases[0], history);
    }
}

/// <summary>Perceptrons for several classes, each against all others; see <see cref="PerceptronTrainer"/>.</summary>
public sealed class PerceptronMulticlassTrainer : MulticlassTrainer<PerceptronMulticlassModelParameters>
{
    private readonly PerceptronTrainer.Options _options;

    /// <summary>Creates the trainer.</summary>
    /// <param name="options">Its options; the defaults when omitted.</param>
    /// <exception cref="OptionException">An option is out of its range.</exception>
    public PerceptronMulticlassTrainer(PerceptronTrainer.Options? options = null) : base(options ??= new())
    {
        PerceptronTrainer.Options.All.Validate(options);
        _options = options;
    }

    /// <inheritdoc/>
    public override TrainerInfo Info => PerceptronTrainer.Info;

    /// <inheritdoc/>
    public override IReadOnlyList<KeyValuePair<string, string>> OptionValues => PerceptronTrainer.Options.All.Values(_options);

    /// <inheritdoc/>
    public override string ToString() => $"Perceptron({PerceptronTrainer.Options.All.Changes(_options)})";

    /// <inheritdoc/>
    protected override PerceptronMulticlassModelParameters Train(TrainingData data, FitContext context)
    {
        TrainerChecks.CheckClasses(data, _options.LabelColumnName);
        var (weights, biases, history) = PerceptronTrainer.Learn(data, data.ClassCount, _options, context);
        return new(weights, biases, history);
    }
}
