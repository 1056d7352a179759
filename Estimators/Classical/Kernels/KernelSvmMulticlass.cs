using MLPath.Data;
using MLPath.Runtime;

namespace MLPath.Trainers;

/// <summary>Support vector machines for several classes, one for each pair; see <see cref="KernelSvmTrainer"/>.</summary>
public sealed class KernelSvmMulticlassTrainer : MulticlassTrainer<KernelSvmMulticlassModelParameters>
{
    private readonly KernelSvmTrainer.Options _options;

    /// <summary>Creates the trainer.</summary>
    /// <param name="options">Its options; the defaults when omitted.</param>
    /// <exception cref="OptionException">An option is out of its range.</exception>
    public KernelSvmMulticlassTrainer(KernelSvmTrainer.Options? options = null) : base(options ??= new())
    {
        KernelSvmTrainer.Options.All.Validate(options);
        _options = options;
    }

    /// <inheritdoc/>
    public override TrainerInfo Info => KernelSvmTrainer.Info;

    /// <inheritdoc/>
    public override IReadOnlyList<KeyValuePair<string, string>> OptionValues => KernelSvmTrainer.Options.All.Values(_options);

    /// <inheritdoc/>
    public override string ToString() => $"KernelSvm({KernelSvmTrainer.Options.All.Changes(_options)})";

    /// <inheritdoc/>
    protected override KernelSvmMulticlassModelParameters Train(TrainingData data, FitContext context)
    {
        TrainerChecks.CheckClasses(data, _options.LabelColumnName);
        int k = data.ClassCount;
        int[] classes = data.Classes.ToArray();
        int[][] rows = [.. Enumerable.Range(0, k).Select(c => Enumerable.Range(0, classes.Length).Where(i => classes[i] == c).ToArray())];
        var kernel = _options.Settings.KernelFor(data);

        // A row of class c has a coefficient in each of the k − 1 machines of c: the one against class o stands at o, or at o − 1 if o > c.
        var coefficients = new double[k - 1][];
        for (int o = 0; o < k - 1; o++)
            coefficients[o] = new double[data.Rows];
        var biases = new double[k * (k - 1) / 2];
        var history = new PairHistory();
        int pair = 0;
        for (int a = 0; a < k; a++)
        {
            for (int b = a + 1; b < k; b++, pair++)
            {
                if (rows[a].Length == 0 || rows[b].Length == 0)
                    continue;
                int[] both = [.. rows[a], .. rows[b]];
                float[] weights = data.HasWeights ? [.. both.Select(data.Weight)] : [];
                bool[] first = [.. both.Select(i => classes[i] == a)];
                var solution = KernelSvmTrainer.Classify(
                    data.Features.Gather(both), kernel, first, weights, _options, context.Step($"{data.ClassNames[a]} or {data.ClassNames[b]}"));
                for (int i = 0; i < both.Length; i++)
                    coefficients[first[i] ? b - 1 : a][both[i]] = solution.Coefficients[i];
                biases[pair] = solution.Bias;
                history.Add(solution.History);
            }
        }

        KernelSvmTrainer.TellOf(history.Whole, context);
        int[] support = [.. rows.SelectMany(own => own.Where(i => coefficients.Any(c => c[i] != 0)))];
        int[] ends = [.. Enumerable.Range(0, k).Select(c => support.Count(i => classes[i] <= c))];
        double[] kept = [.. coefficients.SelectMany(c => support.Select(i => c[i]))];
        bool[] known = [.. rows.Select(own => own.Length > 0)];
        return new(new SupportVectors(kernel, data.Features.Gather(support), kept, ends), biases, known, history.Whole);
    }

    // The work of all pairs as one: the losses are sums over the pairs so far.
    private sealed class PairHistory
    {
        public TrainingHistory Whole { get; private set; } = TrainingHistory.None with { StopReason = "" };

        public void Add(TrainingHistory pair)
        {
            double before = Whole.Losses.Count > 0 ? Whole.Losses[^1] : 0;
            Whole = new(
                Whole.Iterations + pair.Iterations, Whole.Converged && pair.Converged, Whole.Converged ? pair.StopReason : Whole.StopReason,
                [.. Whole.Losses, .. pair.Losses.Select(loss => before + loss)]);
        }
    }
}

/// <summary>
/// What support vector machines learned for each pair of classes. The score of a class is the number of votes it gets, with a part of less
/// than ⅓ that tells classes with equal votes apart.
/// </summary>
/// <remarks>
/// With the decision value f of a pair (a, b), a gets the vote where f > 0, and b where it is not. With S the sum of a class's decision
/// values (f for a, −f for b), its score is votes + S / (3 (|S| + 1)), which is scikit-learn's decision function of shape "ovr". A class
/// without training rows has score −1.
/// </remarks>
public sealed class KernelSvmMulticlassModelParameters : IMulticlassModel, ITrainingHistory
{
    internal const string Id = "MLPath.KernelSvmMulticlass";

    private readonly SupportVectors _vectors; // one group for each class, k − 1 coefficients each
    private readonly double[] _biases;
    private readonly bool[] _known; // whether a class had training rows
    private readonly TrainingHistory _history;

    internal KernelSvmMulticlassModelParameters(SupportVectors vectors, double[] biases, bool[] known, TrainingHistory history) =>
        (_vectors, _biases, _known, _history) = (vectors, biases, known, history);

    /// <inheritdoc/>
    public string ComponentId => Id;

    /// <inheritdoc/>
    public int FeatureCount => _vectors.Rows.Columns;

    /// <inheritdoc/>
    public int ClassCount => _known.Length;

    /// <summary>The kernel, with the γ that was used.</summary>
    public Kernel Kernel => _vectors.Kernel;

    /// <summary>The m support vectors, m × d, each once however many machines it serves: those of the first class, then those of the second, …</summary>
    public FeatureMatrix SupportVectors => _vectors.Rows;

    /// <summary>The number of support vectors up to the end of each of the k classes.</summary>
    public ReadOnlySpan<int> ClassEnds => _vectors.Ends;

    /// <summary>
    /// (k − 1) × m coefficients, row-major: that of a support vector of class c in the machine against class o stands in row o, or o − 1 when
    /// o > c.
    /// </summary>
    public ReadOnlySpan<double> Coefficients => _vectors.Coefficients;

    /// <summary>b of each pair, in the order (0, 1), (0, 2), …, (1, 2), …</summary>
    public ReadOnlySpan<double> Biases => _biases;

    /// <summary>The rounds of all pairs together.</summary>
    public int Iterations => _history.Iterations;

    /// <summary>Whether every pair converged.</summary>
    public bool Converged => _history.Converged;

    /// <inheritdoc/>
    public string StopReason => _history.StopReason;

    /// <summary>The sum of the pairs' dual objectives after each round, pair by pair; it falls.</summary>
    public IReadOnlyList<double> Losses => _history.Losses;

    /// <summary>Computes the decision value of every pair of classes: positive speaks for the first one.</summary>
    /// <param name="features">n × d, dense.</param>
    /// <param name="values">Receives n × k (k − 1) / 2 values, in the order of <see cref="Biases"/>.</param>
    public void Decide(FeatureMatrix features, Span<double> values)
    {
        ArgumentNullException.ThrowIfNull(features);
        int k = ClassCount, pairs = _biases.Length;
        var sums = new double[Kernel.BlockRows * _vectors.SumCount];
        for (int start = 0; start < features.Rows; start += Kernel.BlockRows)
        {
            int count = Math.Min(Kernel.BlockRows, features.Rows - start);
            _vectors.Sum(features, start, count, sums.AsSpan(0, count * _vectors.SumCount));
            for (int i = 0; i < count; i++)
            {
                var ofClass = sums.AsSpan(i * _vectors.SumCount, _vectors.SumCount);
                int pair = (start + i) * pairs;
                for (int a = 0, p = 0; a < k; a++)
                {
                    for (int b = a + 1; b < k; b++, p++)
                        values[pair++] = ofClass[(a * (k - 1)) + b - 1] + ofClass[(b * (k - 1)) + a] + _biases[p];
                }
            }
        }
    }

    /// <inheritdoc/>
    public void Score(FeatureMatrix features, Span<float> scores)
    {
        ArgumentNullException.ThrowIfNull(features);
        int k = ClassCount, pairs = _biases.Length;
        var values = new double[features.Rows * pairs];
        Decide(features, values);
        double[] votes = new double[k], sums = new double[k];
        for (int row = 0; row < features.Rows; row++)
        {
            Vote(values.AsSpan(row * pairs, pairs), votes, sums);
            for (int c = 0; c < k; c++)
                scores[(row * k) + c] = _known[c] ? (float)(votes[c] + (sums[c] / (3 * (Math.Abs(sums[c]) + 1)))) : -1;
        }
    }

    /// <inheritdoc/>
    public void Save(ModelSaveContext context)
    {
        ArgumentNullException.ThrowIfNull(context);
        _vectors.Save(context);
        context.WriteArray<double>("Biases", _biases);
        context.WriteArray<int>("KnownClasses", [.. Enumerable.Range(0, ClassCount).Where(c => _known[c])]);
        context.Write("ClassCount", ClassCount);
        _history.Save(context);
    }

    /// <inheritdoc/>
    public override string ToString() => $"KernelSvm({Kernel}, {ClassCount} classes, {SupportVectors.Rows} support vectors)";

    internal static KernelSvmMulticlassModelParameters Load(ModelLoadContext context)
    {
        int k = context.ReadInt32("ClassCount");
        if (k is < 2 or > ushort.MaxValue)
            throw context.Invalid($"it has {k} classes");
        var vectors = Trainers.SupportVectors.Load(context, groups: k, outputs: k - 1);
        double[] biases = context.ReadFinite("Biases", k * (k - 1) / 2);
        int[] known = context.ReadArray<int>("KnownClasses", -1);
        if (!Array.TrueForAll(known, c => c >= 0 && c < k))
            throw context.Invalid($"a class is not among its {k}");
        return new(vectors, biases, [.. Enumerable.Range(0, k).Select(known.Contains)], TrainingHistory.Load(context));
    }

    private void Vote(ReadOnlySpan<double> values, Span<double> votes, Span<double> sums)
    {
        votes.Clear();
        sums.Clear();
        int pair = 0;
        for (int a = 0; a < votes.Length; a++)
        {
            for (int b = a + 1; b < votes.Length; b++)
            {
                double value = values[pair++];
                if (!_known[a] || !_known[b])
                    continue;
                votes[value > 0 ? a : b]++;
                sums[a] += value;
                sums[b] -= value;
            }
        }
    }
}
