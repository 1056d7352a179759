using MLPath.Data;
using MLPath.Runtime;

namespace MLPath.Trainers;

/// <summary>
/// Bagging: many models of one trainer, each learned from rows (and, where asked for, features) drawn at random, whose mean decides.
/// </summary>
/// <remarks>
/// <para><b>Model.</b> The mean of T models' probabilities or predictions; the shares of their votes where they give no probabilities. Model t
/// learns from a part of the rows, drawn with replacement unless told otherwise, by a random stream of its own.</para>
/// <para><b>Cost.</b> T times that of the trainer on the rows of a bag.</para>
/// <para><b>Use it</b> with trainers that a few other rows change much, above all deep trees; <see cref="RandomForestTrainer"/> does it for trees
/// at once. Stable trainers gain nothing. With very rare classes a bag may lack one, which some trainers refuse.</para>
/// <para><b>Reference.</b> Breiman, <i>Bagging Predictors</i>, Machine Learning 24, 1996; Ho, <i>The random subspace method for constructing
/// decision forests</i>, 1998. It is scikit-learn's BaggingClassifier and BaggingRegressor.</para>
/// </remarks>
public static class BaggingTrainer
{
    /// <summary>The options of the bagging trainers.</summary>
    public sealed record Options : TrainerInputBaseWithWeight
    {
        /// <summary>
        /// The trainer. Null (the default) is a decision tree on the columns, weights and class weights of these options; a trainer that is given has
        /// its own.
        /// </summary>
        public ITrainerEstimator<ISingleFeaturePredictionTransformer<IModelParameters>, IModelParameters>? Estimator { get; init; }

        /// <summary>T, how many models are learned, 1 or more. Default 10.</summary>
        public int NumberOfMembers { get; init; } = 10;

        /// <summary>The rows of a bag as a part of all rows, above 0 and at most 1. Default 1.</summary>
        public double RowFraction { get; init; } = 1;

        /// <summary>Whether rows are drawn with replacement (the default).</summary>
        public bool Replacement { get; init; } = true;

        /// <summary>
        /// The features that a model sees as a part of all features, above 0 and at most 1, drawn without replacement. Default 1. With less, the
        /// trainer reads the column <see cref="TrainerInputBase.FeatureColumnName"/>.
        /// </summary>
        public double FeatureFraction { get; init; } = 1;

        /// <summary>The seed of the draws; null (the default) takes that of the context.</summary>
        public int? Seed { get; init; }

        /// <summary>The options for classes: their names, meanings and ranges.</summary>
        public static OptionSet<Options> All { get; } = ForAny().ClassWeights(o => o.ClassWeights, (o, v) => o with { ClassWeights = v });

        /// <summary>The options for regression.</summary>
        public static OptionSet<Options> ForRegression { get; } = ForAny();

        internal IReadOnlyList<AnyMember> For<TMember>(OptionSet<Options> set, string task, Func<Options, AnyMember> byDefault) where TMember : class
        {
            set.Validate(this);
            this.CheckOwn(Estimator is not null);
            IReadOnlyList<AnyMember> members = [Estimator ?? byDefault(this)];
            MemberModels.Of<TMember>(members, task);
            return members;
        }

        private static OptionSet<Options> ForAny() => new OptionSet<Options>(new())
            .Integer(nameof(NumberOfMembers), "How many models decide together.",
                o => o.NumberOfMembers, (o, v) => o with { NumberOfMembers = v }, minimum: 1)
            .Number(nameof(RowFraction), "The rows of a bag as a part of all rows.",
                o => o.RowFraction, (o, v) => o with { RowFraction = v }, minimum: 0, maximum: 1, exclusive: true)
            .Boolean(nameof(Replacement), "Whether rows are drawn with replacement.", o => o.Replacement, (o, v) => o with { Replacement = v })
            .Number(nameof(FeatureFraction), "The features that a model sees as a part of all features.",
                o => o.FeatureFraction, (o, v) => o with { FeatureFraction = v }, minimum: 0, maximum: 1, exclusive: true)
            .Seed(o => o.Seed, (o, v) => o with { Seed = v });
    }

    internal static (EnsembleMembers Members, string FeatureColumnName) Learn(AnyMember member, Options options, IDataView input, FitContext context)
    {
        int n = MemberModels.CountRows(input, context), drawn = Math.Max(1, (int)Math.Round(options.RowFraction * n));
        var random = context.CreateRandom("bagging", options.Seed);
        var (models, chosen, column) = (new IModelParameters[options.NumberOfMembers], new int[options.NumberOfMembers][], "");
        int d = 0;
        for (int t = 0; t < models.Length; t++)
        {
            var step = context.Step(FormattableString.Invariant($"member {t + 1}"));
            var stream = random.Derive(t);
            var bag = input;
            if (n > 0 && (options.Replacement || drawn < n))
            {
                // Ascending, so that rows outside memory are read in one pass.
                int[] rows = options.Replacement
                    ? [.. Enumerable.Range(0, drawn).Select(_ => stream.NextInt32(n))]
                    : stream.SampleWithoutReplacement(n, drawn);
                Array.Sort(rows);
                bag = RowSubset.View(input, rows, FormattableString.Invariant($"bag {t + 1}"));
            }

            chosen[t] = [];
            if (options.FeatureFraction < 1)
            {
                var features = input.Schema[options.FeatureColumnName];
                d = features.Type.ValueCount;
                chosen[t] = stream.SampleWithoutReplacement(d, Math.Max(1, (int)Math.Round(options.FeatureFraction * d)));
                Array.Sort(chosen[t]);
                bag = SomeFeatures(bag, features, chosen[t], step);
            }

            var fitted = member.Fit(bag, step);
            column = options.FeatureFraction < 1 ? options.FeatureColumnName : fitted.FeatureColumnName;
            MemberModels.CheckFeatures(fitted, column, t);
            (models[t], d) = (fitted.Model, d == 0 ? fitted.Model.FeatureCount : d);
            context.Report(t + 1, models.Length);
        }

        return (new(d, models, features: chosen), column);
    }

    // Models without probabilities vote.
    internal static EnsembleModelParameters Combined(AnyMember member, EnsembleMembers members) =>
        new(members, member.Info.GivesProbabilities ? VotingKind.Soft : VotingKind.Hard);

    private static IDataView SomeFeatures(IDataView bag, DataViewSchema.Column features, int[] chosen, FitContext context)
    {
        var annotations = new DataViewSchema.Annotations.Builder();
        if (features.HasSlotNames())
        {
            var names = features.SlotNamesOrDefault();
            annotations.AddSlotNames([.. chosen.Select(j => names[j])]);
        }

        return ReplacedColumn.View(bag, new(features.Name, new VectorDataViewType(NumberDataViewType.Single, chosen.Length), annotations.ToAnnotations()),
            $"features {string.Join(',', chosen)}", context, (old, _, made) =>
            {
                var from = (VectorColumn<float>)old;
                var to = ((VectorColumn<float>)made).AllocateDense(old.Count);
                float[] values = new float[from.Size];
                for (int i = 0; i < old.Count; i++)
                {
                    from.CopyRowTo(i, values);
                    for (int j = 0; j < chosen.Length; j++)
                        to[(i * chosen.Length) + j] = values[chosen[j]];
                }
            });
    }
}

/// <summary>Bagging for two classes; see <see cref="BaggingTrainer"/>.</summary>
public sealed class BaggingBinaryTrainer : MetaBinaryTrainer<EnsembleModelParameters>
{
    private readonly BaggingTrainer.Options _options;

    /// <summary>Creates the trainer.</summary>
    /// <param name="options">Its options; the defaults when omitted.</param>
    /// <exception cref="OptionException">An option is out of its range, or the trainer is for another task.</exception>
    public BaggingBinaryTrainer(BaggingTrainer.Options? options = null)
        : base((options ??= new()).LabelColumnName, options.For<BinaryMember>(BaggingTrainer.Options.All, "two classes", DefaultMembers.BinaryTree)) =>
        _options = options;

    /// <inheritdoc/>
    public override TrainerInfo Info => MemberModels.Info(Members, probabilities: true, weightsAreRepetitions: false);

    /// <inheritdoc/>
    public override IReadOnlyList<KeyValuePair<string, string>> OptionValues => BaggingTrainer.Options.All.Values(_options);

    /// <inheritdoc/>
    public override string ToString() => $"Bagging({Words}; {BaggingTrainer.Options.All.Changes(_options)})";

    private protected override (EnsembleModelParameters Model, string FeatureColumnName) Learn(IDataView input, FitContext context)
    {
        var (members, features) = BaggingTrainer.Learn(Members[0], _options, input, context);
        return (BaggingTrainer.Combined(Members[0], members), features);
    }
}

/// <summary>Bagging for several classes; see <see cref="BaggingTrainer"/>.</summary>
public sealed class BaggingMulticlassTrainer : MetaMulticlassTrainer<EnsembleModelParameters>
{
    private readonly BaggingTrainer.Options _options;

    /// <summary>Creates the trainer.</summary>
    /// <param name="options">Its options; the defaults when omitted.</param>
    /// <exception cref="OptionException">An option is out of its range, or the trainer is for another task.</exception>
    public BaggingMulticlassTrainer(BaggingTrainer.Options? options = null)
        : base((options ??= new()).LabelColumnName, options.For<MulticlassMember>(BaggingTrainer.Options.All, "several classes", DefaultMembers.MulticlassTree)) =>
        _options = options;

    /// <inheritdoc/>
    public override TrainerInfo Info => MemberModels.Info(Members, probabilities: true, weightsAreRepetitions: false);

    /// <inheritdoc/>
    public override IReadOnlyList<KeyValuePair<string, string>> OptionValues => BaggingTrainer.Options.All.Values(_options);

    /// <inheritdoc/>
    public override string ToString() => $"Bagging({Words}; {BaggingTrainer.Options.All.Changes(_options)})";

    private protected override (EnsembleModelParameters Model, string FeatureColumnName) Learn(IDataView input, FitContext context)
    {
        var (members, features) = BaggingTrainer.Learn(Members[0], _options, input, context);
        return (BaggingTrainer.Combined(Members[0], members), features);
    }
}

/// <summary>Bagging for numbers; see <see cref="BaggingTrainer"/>.</summary>
public sealed class BaggingRegressionTrainer : MetaRegressionTrainer<EnsembleRegressionModelParameters>
{
    private readonly BaggingTrainer.Options _options;

    /// <summary>Creates the trainer.</summary>
    /// <param name="options">Its options; the defaults when omitted.</param>
    /// <exception cref="OptionException">An option is out of its range, or the trainer is for another task.</exception>
    public BaggingRegressionTrainer(BaggingTrainer.Options? options = null)
        : base((options ??= new()).LabelColumnName, options.For<RegressionMember>(BaggingTrainer.Options.ForRegression, "numbers", DefaultMembers.RegressionTree))
    {
        MetaOptions.RefuseClassWeights(options);
        _options = options;
    }

    /// <inheritdoc/>
    public override TrainerInfo Info => MemberModels.Info(Members, probabilities: false, weightsAreRepetitions: false);

    /// <inheritdoc/>
    public override IReadOnlyList<KeyValuePair<string, string>> OptionValues => BaggingTrainer.Options.ForRegression.Values(_options);

    /// <inheritdoc/>
    public override string ToString() => $"Bagging({Words}; {BaggingTrainer.Options.ForRegression.Changes(_options)})";

    private protected override (EnsembleRegressionModelParameters Model, string FeatureColumnName) Learn(IDataView input, FitContext context)
    {
        var (members, features) = BaggingTrainer.Learn(Members[0], _options, input, context);
        return (new(members), features);
    }
}
