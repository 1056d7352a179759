using System.Buffers;
using MLPath.Data;
using MLPath.Runtime;

namespace MLPath.Trainers;

/// <summary>How the models of pairs of classes are combined.</summary>
public enum PairCombination
{
    /// <summary>Probabilities of the classes that agree best with those of the pairs.</summary>
    Coupling,

    /// <summary>Each pair votes for one class; the shares of the votes stand for probabilities.</summary>
    Voting,
}

/// <summary>
/// One-versus-one with pairwise coupling: for each of the k(k − 1)/2 pairs of classes a model of two classes, learned from the rows of those two
/// alone, and probabilities of all classes that agree with those of the pairs.
/// </summary>
/// <remarks>
/// <para><b>Model.</b> With rij = p(i | i or j, x) of the pair's model, learned from nij rows, the p are those of least Kullback–Leibler distance
/// Σi&lt;j nij [rij log(rij / μij) + rji log(rji / μji)], μij = pi / (pi + pj), found by Hastie and Tibshirani's iteration
/// pi ← pi · Σj nij rij / Σj nij μij, normalised. A class without rows has no models, and probability 0.</para>
/// <para><b>Cost.</b> Each row takes part in k − 1 fits, so about (k − 1) n together; scoring k²/2 models.</para>
/// <para><b>Use it</b> where the binary trainer's cost grows faster than n, as of kernel machines, or classes are far easier to tell apart in
/// pairs than from all others.</para>
/// <para><b>Reference.</b> Hastie, Tibshirani, <i>Classification by pairwise coupling</i>, Annals of Statistics 26, 1998. ML.NET's trainer of this
/// name learns a pair against all other classes, and combines otherwise.</para>
/// </remarks>
public sealed class PairwiseCouplingTrainer : MetaMulticlassTrainer<PairwiseCouplingModelParameters>
{
    private readonly Options _options;
    private readonly BinaryMember _member;

    /// <summary>Creates the trainer.</summary>
    /// <param name="options">Its options; the defaults when omitted.</param>
    /// <exception cref="OptionException">An option is out of its range.</exception>
    public PairwiseCouplingTrainer(Options? options = null) : base((options ??= new()).LabelColumnName, [options.Member])
    {
        Options.All.Validate(options);
        options.CheckOwn(options.BinaryEstimator is not null);
        (_options, _member) = (options, options.Member);
    }

    /// <summary>The options of <see cref="PairwiseCouplingTrainer"/>.</summary>
    public sealed record Options : BinaryReductionOptionsBase
    {
        /// <summary>How the pairs are combined. Default <see cref="PairCombination.Coupling"/>, for which models that give no probabilities are calibrated.</summary>
        public PairCombination Combination { get; init; }

        /// <summary>The options' names, meanings and ranges.</summary>
        public static OptionSet<Options> All { get; } = Describe(new Options())
            .Choice(nameof(Combination), "Whether probabilities of pairs are coupled, or pairs vote.", o => o.Combination, (o, v) => o with { Combination = v });
    }

    /// <inheritdoc/>
    public override TrainerInfo Info => MemberModels.Info(Members, probabilities: true);

    /// <inheritdoc/>
    public override IReadOnlyList<KeyValuePair<string, string>> OptionValues => Options.All.Values(_options);

    /// <inheritdoc/>
    public override string ToString() => $"PairwiseCoupling({Words})";

    private protected override (PairwiseCouplingModelParameters Model, string FeatureColumnName) Learn(IDataView input, FitContext context)
    {
        var labels = ClassLabels.Read(input, LabelColumnName, context);
        int k = labels.Names.Count, done = 0;
        var models = new IBinaryModel?[k * (k - 1) / 2];
        double[] counts = new double[models.Length];
        string features = "";
        for (int i = 0; i < k; i++)
        {
            for (int j = i + 1; j < k; j++, done++)
            {
                if (labels.Counts[i] == 0 || labels.Counts[j] == 0)
                    continue;
                var step = context.Step(FormattableString.Invariant($"classes {i + 1} and {j + 1}, {labels.Names[i]} or {labels.Names[j]}"));
                (models[done], features) = BinaryReduction.Fit(_member, labels.OneAgainstOne(i, j, _options.ImputeMissingLabelsAsNegative, step),
                    _options, _options.Combination == PairCombination.Coupling, step);
                counts[done] = labels.Counts[i] + labels.Counts[j];
                context.Report(done + 1, models.Length);
            }
        }

        return (new(k, models, counts, _options.Combination), features);
    }

    private protected override SchemaShape MemberSchema(SchemaShape input) => BinaryReduction.Schema(input, LabelColumnName);
}

/// <summary>What one-versus-one learned: a model for each pair of classes.</summary>
public sealed class PairwiseCouplingModelParameters : IMulticlassModel
{
    internal const string Id = "MLPath.PairwiseCoupling";

    private const int MaximumIterations = 1000;
    private const double Tolerance = 1e-9;

    // Pairs are never quite certain, or the iteration would divide by nothing.
    private const double LeastProbability = 1e-7;

    // Keeps a class that has models from vanishing by underflow.
    private const double LeastShare = 1e-300;

    private readonly IBinaryModel?[] _models;
    private readonly double[] _counts;

    /// <summary>Creates a model.</summary>
    /// <param name="classCount">k, 2 or more.</param>
    /// <param name="models">The models of the pairs (0, 1), (0, 2), …, (k − 2, k − 1), the first class being the positive one; null for a pair without rows.</param>
    /// <param name="counts">How many rows each model was learned from; positive where it is there.</param>
    /// <param name="combination">How they are combined.</param>
    /// <exception cref="ArgumentException">The models do not fit together.</exception>
    public PairwiseCouplingModelParameters(int classCount, IReadOnlyList<IBinaryModel?> models, ReadOnlySpan<double> counts, PairCombination combination = PairCombination.Coupling)
    {
        ArgumentNullException.ThrowIfNull(models);
        (ClassCount, _models, _counts, Combination) = (classCount, [.. models], counts.ToArray(), combination);
        if (Problem(classCount, _models, _counts, combination) is { } problem)
            throw new ArgumentException($"The models do not fit: {problem}.", nameof(models));
    }

    /// <inheritdoc/>
    public int ClassCount { get; }

    /// <summary>The models of the pairs (0, 1), (0, 2), …; null for a pair of which a class had no rows.</summary>
    public IReadOnlyList<IBinaryModel?> SubModelParameters => _models;

    /// <summary>How they are combined.</summary>
    public PairCombination Combination { get; }

    /// <inheritdoc/>
    public int FeatureCount => _models.First(m => m is not null)!.FeatureCount;

    /// <inheritdoc/>
    public FeatureFormat InputFormat => _models.First(m => m is not null)!.InputFormat;

    /// <inheritdoc/>
    public bool ScoresSparse => Array.TrueForAll(_models, m => m?.ScoresSparse ?? true);

    /// <inheritdoc/>
    public string ComponentId => Id;

    /// <inheritdoc/>
    public void Save(ModelSaveContext context)
    {
        context.Write(nameof(ClassCount), ClassCount);
        context.WriteEnum(nameof(Combination), Combination);
        context.WriteArray<double>("Counts", _counts);
        BinaryReduction.Save(context, _models);
    }

    /// <inheritdoc/>
    public void Score(FeatureMatrix features, Span<float> scores)
    {
        int n = features.Rows, k = ClassCount, pairs = _models.Length;
        float[] rented = ArrayPool<float>.Shared.Rent(n * (pairs + 2));
        var own = rented.AsSpan(0, n);
        var probabilities = rented.AsSpan(n, n);
        var first = rented.AsSpan(2 * n, n * pairs); // n × pairs: how much speaks for the first class of the pair
        for (int pair = 0; pair < pairs; pair++)
        {
            if (_models[pair] is not { } model)
                continue;
            model.Score(features, own, model.IsCalibrated ? probabilities : []);
            for (int row = 0; row < n; row++)
                first[(row * pairs) + pair] = Combination == PairCombination.Coupling ? probabilities[row] : own[row] > 0 ? 1 : 0;
        }

        double[] p = new double[k];
        double[] ratio = new double[2 * k];
        for (int row = 0; row < n; row++)
        {
            var r = first.Slice(row * pairs, pairs);
            if (Combination == PairCombination.Voting)
                Vote(r, p);
            else
                Couple(r, p, ratio);
            for (int c = 0; c < k; c++)
                scores[(row * k) + c] = (float)p[c];
        }

        ArrayPool<float>.Shared.Return(rented);
    }

    /// <inheritdoc/>
    public override string ToString() => FormattableString.Invariant($"PairwiseCoupling({ClassCount} classes, {FeatureCount} features)");

    internal static PairwiseCouplingModelParameters Load(ModelLoadContext context)
    {
        int k = context.ReadInt32(nameof(ClassCount));
        var combination = context.ReadEnum<PairCombination>(nameof(Combination));
        double[] counts = context.ReadArray<double>("Counts");
        var models = BinaryReduction.Load(context);
        return Problem(k, models, counts, combination) is { } problem ? throw context.Invalid(problem) : new(k, models, counts, combination);
    }

    private void Vote(ReadOnlySpan<float> first, Span<double> p)
    {
        p.Clear();
        double votes = 0;
        for (int i = 0, pair = 0; i < ClassCount; i++)
        {
            for (int j = i + 1; j < ClassCount; j++, pair++)
            {
                if (_models[pair] is null)
                    continue;
                p[first[pair] > 0 ? i : j]++;
                votes++;
            }
        }

        for (int c = 0; c < p.Length; c++)
            p[c] /= votes;
    }

    // Hastie and Tibshirani 1998, algorithm of §2. `ratio` holds Σ n r and Σ n μ of each class.
    private void Couple(ReadOnlySpan<float> first, Span<double> p, Span<double> ratio)
    {
        int k = ClassCount;
        var wanted = ratio[..k];
        var given = ratio[k..];
        wanted.Clear();
        for (int i = 0, pair = 0; i < k; i++)
        {
            for (int j = i + 1; j < k; j++, pair++)
            {
                double r = Math.Clamp(first[pair], LeastProbability, 1 - LeastProbability);
                wanted[i] += _models[pair] is null ? 0 : _counts[pair] * r;
                wanted[j] += _models[pair] is null ? 0 : _counts[pair] * (1 - r);
            }
        }

        // Begin where each class has its share of what the pairs say.
        double sum = 0;
        for (int c = 0; c < k; c++)
            sum += p[c] = wanted[c] > 0 ? wanted[c] : 0;
        for (int c = 0; c < k; c++)
            p[c] /= sum;
        for (int iteration = 0; iteration < MaximumIterations; iteration++)
        {
            given.Clear();
            for (int i = 0, pair = 0; i < k; i++)
            {
                for (int j = i + 1; j < k; j++, pair++)
                {
                    if (_models[pair] is null)
                        continue;
                    double mu = p[i] / (p[i] + p[j]);
                    given[i] += _counts[pair] * mu;
                    given[j] += _counts[pair] * (1 - mu);
                }
            }

            double change = 0;
            sum = 0;
            for (int c = 0; c < k; c++)
            {
                double factor = given[c] > 0 ? wanted[c] / given[c] : 0;
                change = Math.Max(change, p[c] > 0 ? Math.Abs(factor - 1) * p[c] : 0);
                p[c] = Math.Max(p[c] * factor, wanted[c] > 0 ? LeastShare : 0);
                sum += p[c];
            }

            for (int c = 0; c < k; c++)
                p[c] /= sum;
            if (change <= Tolerance)
                break;
        }
    }

    private static string? Problem(int k, IBinaryModel?[] models, double[] counts, PairCombination combination)
    {
        if (k < 2 || models.Length != (long)k * (k - 1) / 2 || counts.Length != models.Length)
            return "there is a model, and a count of rows, for each pair of two classes or more";
        for (int pair = 0; pair < models.Length; pair++)
        {
            if (models[pair] is not null && !(counts[pair] > 0 && double.IsFinite(counts[pair])))
                return "each model was learned from rows";
        }

        return BinaryReduction.Problem(models, combination == PairCombination.Coupling);
    }
}
