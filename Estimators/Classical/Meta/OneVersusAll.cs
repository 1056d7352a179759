using System.Buffers;
using MLPath.Data;
using MLPath.Runtime;

namespace MLPath.Trainers;

/// <summary>
/// One-versus-all: for each of k classes a model of two classes, that class or any other; the class whose model speaks for it most wins.
/// </summary>
/// <remarks>
/// <para><b>Model.</b> p(c | x) = pc(x) / Σj pj(x), with pc the probability of the model of class c; without probabilities the scores
/// themselves. A class without rows in training has no model, and is not predicted.</para>
/// <para><b>Cost.</b> k times that of the binary trainer.</para>
/// <para><b>Use it</b> to make a binary trainer tell several classes apart. With many classes each model sees few positive rows; a trainer that
/// knows several classes itself, such as maximum entropy, is better where there is one.</para>
/// <para><b>Reference.</b> Rifkin, Klautau, <i>In Defense of One-Vs-All Classification</i>, JMLR 5, 2004.</para>
/// </remarks>
public sealed class OneVersusAllTrainer : MetaMulticlassTrainer<OneVersusAllModelParameters>
{
    private readonly Options _options;
    private readonly BinaryMember _member;

    /// <summary>Creates the trainer.</summary>
    /// <param name="options">Its options; the defaults when omitted.</param>
    /// <exception cref="OptionException">An option is out of its range.</exception>
    public OneVersusAllTrainer(Options? options = null) : base((options ??= new()).LabelColumnName, [options.Member])
    {
        Options.All.Validate(options);
        options.CheckOwn(options.BinaryEstimator is not null);
        (_options, _member) = (options, options.Member);
    }

    /// <summary>The options of <see cref="OneVersusAllTrainer"/>.</summary>
    public sealed record Options : BinaryReductionOptionsBase
    {
        /// <summary>
        /// Whether scores are probabilities that add up to 1 (the default), for which models that give none are calibrated; otherwise they are the
        /// models' scores as they are.
        /// </summary>
        public bool UseProbabilities { get; init; } = true;

        /// <summary>The options' names, meanings and ranges.</summary>
        public static OptionSet<Options> All { get; } = Describe(new Options())
            .Boolean(nameof(UseProbabilities), "Whether scores are probabilities, or the models' own scores.",
                o => o.UseProbabilities, (o, v) => o with { UseProbabilities = v });
    }

    /// <inheritdoc/>
    public override TrainerInfo Info => MemberModels.Info(Members, _options.UseProbabilities);

    /// <inheritdoc/>
    public override IReadOnlyList<KeyValuePair<string, string>> OptionValues => Options.All.Values(_options);

    /// <inheritdoc/>
    public override string ToString() => $"OneVersusAll({Words})";

    private protected override (OneVersusAllModelParameters Model, string FeatureColumnName) Learn(IDataView input, FitContext context)
    {
        var labels = ClassLabels.Read(input, LabelColumnName, context);
        var models = new IBinaryModel?[labels.Names.Count];
        string features = "";
        for (int c = 0; c < models.Length; c++)
        {
            if (labels.Counts[c] > 0)
            {
                var step = context.Step(FormattableString.Invariant($"class {c + 1} {labels.Names[c]}"));
                (models[c], features) = BinaryReduction.Fit(_member, labels.OneAgainstAll(c, _options.ImputeMissingLabelsAsNegative, step),
                    _options, _options.UseProbabilities, step);
            }

            context.Report(c + 1, models.Length);
        }

        return (new(models, _options.UseProbabilities), features);
    }

    private protected override SchemaShape MemberSchema(SchemaShape input) => BinaryReduction.Schema(input, LabelColumnName);
}

/// <summary>What one-versus-all learned: a model for each class.</summary>
public sealed class OneVersusAllModelParameters : IMulticlassModel
{
    internal const string Id = "MLPath.OneVersusAll";

    private readonly IBinaryModel?[] _models;

    /// <summary>Creates a model.</summary>
    /// <param name="models">The model of each of k classes; null for a class that is not predicted. At least one is there.</param>
    /// <param name="useProbabilities">Whether scores are probabilities that add up to 1.</param>
    /// <exception cref="ArgumentException">There are no models, they read different numbers of features, or one gives no probabilities.</exception>
    public OneVersusAllModelParameters(IReadOnlyList<IBinaryModel?> models, bool useProbabilities = true)
    {
        ArgumentNullException.ThrowIfNull(models);
        (_models, UseProbabilities) = ([.. models], useProbabilities);
        if (BinaryReduction.Problem(_models, useProbabilities) is { } problem)
            throw new ArgumentException($"The models do not fit: {problem}.", nameof(models));
    }

    /// <summary>The model of each class; null for a class that had no rows.</summary>
    public IReadOnlyList<IBinaryModel?> SubModelParameters => _models;

    /// <summary>Whether scores are probabilities that add up to 1.</summary>
    public bool UseProbabilities { get; }

    /// <inheritdoc/>
    public int ClassCount => _models.Length;

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
        context.Write(nameof(UseProbabilities), UseProbabilities);
        BinaryReduction.Save(context, _models);
    }

    /// <inheritdoc/>
    public void Score(FeatureMatrix features, Span<float> scores)
    {
        int n = features.Rows, k = ClassCount;
        float[] rented = ArrayPool<float>.Shared.Rent(2 * n);
        var own = rented.AsSpan(0, n);
        var probabilities = rented.AsSpan(n, n);
        for (int c = 0; c < k; c++)
        {
            // A class without a model has no probability, and otherwise the least score.
            own.Fill(float.MinValue);
            probabilities.Clear();
            _models[c]?.Score(features, own, _models[c]!.IsCalibrated ? probabilities : []);
            for (int row = 0; row < n; row++)
                scores[(row * k) + c] = UseProbabilities ? probabilities[row] : own[row];
        }

        ArrayPool<float>.Shared.Return(rented);
        for (int row = 0; UseProbabilities && row < n; row++)
            BinaryReduction.Normalize(scores.Slice(row * k, k), _models);
    }

    /// <inheritdoc/>
    public override string ToString() => FormattableString.Invariant($"OneVersusAll({ClassCount} classes, {FeatureCount} features)");

    internal static OneVersusAllModelParameters Load(ModelLoadContext context)
    {
        bool useProbabilities = context.ReadBoolean(nameof(UseProbabilities));
        var models = BinaryReduction.Load(context);
        return BinaryReduction.Problem(models, useProbabilities) is { } problem ? throw context.Invalid(problem) : new(models, useProbabilities);
    }
}
