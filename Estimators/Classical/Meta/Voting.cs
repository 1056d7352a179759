using MLPath.Data;
using MLPath.Runtime;

namespace MLPath.Trainers;

/// <summary>Voting: several trainers learn from all rows, each by itself, and their models decide together.</summary>
/// <remarks>
/// <para><b>Model.</b> p(c | x) = Σm wm pm(c | x) / Σm wm; with hard votes pm is 1 for the class that model m predicts and 0 for the others.
/// For numbers the weighted mean of the predictions.</para>
/// <para><b>Cost.</b> That of the members together.</para>
/// <para><b>Use it</b> with few members of different kinds and similar quality: what they err in differently averages out. Where some are much
/// better than others, give weights, or let <see cref="StackingTrainer"/> learn them.</para>
/// <para><b>Reference.</b> Kuncheva, <i>Combining Pattern Classifiers</i>, 2nd ed., 2014, ch. 4–5; it is scikit-learn's VotingClassifier and
/// VotingRegressor.</para>
/// </remarks>
public static class VotingTrainer
{
    /// <summary>The options of the voting trainers.</summary>
    public sealed record Options : TrainerInputBaseWithWeight
    {
        /// <summary>
        /// The trainers, all for the task and on the same column of features. Null (the default) is logistic regression, naive Bayes and a decision
        /// tree for classes, ridge regression, nearest neighbours and a decision tree for numbers, on the columns, weights and class weights of these
        /// options; trainers that are given have their own.
        /// </summary>
        public IReadOnlyList<ITrainerEstimator<ISingleFeaturePredictionTransformer<IModelParameters>, IModelParameters>>? Members { get; init; }

        /// <summary>How much each member counts, not negative, not all 0. Null (the default) lets all count alike.</summary>
        public IReadOnlyList<double>? MemberWeights { get; init; }

        /// <summary>How classifiers are combined. Default <see cref="VotingKind.Soft"/>, for which all must give probabilities.</summary>
        public VotingKind Voting { get; init; }

        /// <summary>The options for classes: their names, meanings and ranges.</summary>
        public static OptionSet<Options> All { get; } = new OptionSet<Options>(new())
            .Choice(nameof(Voting), "Whether the mean of probabilities decides, or the number of votes.", o => o.Voting, (o, v) => o with { Voting = v })
            .ClassWeights(o => o.ClassWeights, (o, v) => o with { ClassWeights = v });

        /// <summary>The options for regression.</summary>
        public static OptionSet<Options> ForRegression { get; } = new(new());

        /// <summary>The members for a task.</summary>
        internal IReadOnlyList<AnyMember> For<TMember>(OptionSet<Options> set, string task, Func<Options, IReadOnlyList<AnyMember>> defaults) where TMember : class
        {
            set.Validate(this);
            this.CheckOwn(Members is not null);
            var members = Members ?? defaults(this);
            MemberModels.Of<TMember>(members, task);
            if (MemberWeights is { } weights
                && (weights.Count != members.Count || !weights.All(w => w >= 0 && double.IsFinite(w)) || !(weights.Sum() > 0)))
            {
                throw new OptionException("MemberWeights has a number for each member, not negative and not all 0.");
            }

            return members;
        }
    }

    internal static (EnsembleMembers Members, string FeatureColumnName) Learn(IReadOnlyList<AnyMember> members, Options options, IDataView input, FitContext context)
    {
        var models = new List<IModelParameters>();
        string features = "";
        for (int i = 0; i < members.Count; i++)
        {
            var fitted = members[i].Fit(input, context.Step(FormattableString.Invariant($"member {i + 1}")));
            features = i == 0 ? fitted.FeatureColumnName : features;
            MemberModels.CheckFeatures(fitted, features, i);
            models.Add(fitted.Model);
            context.Report(i + 1, members.Count);
        }

        return (new(models[0].FeatureCount, models, [.. options.MemberWeights ?? []]), features);
    }

    internal static void CheckSoft(Options options, IReadOnlyList<AnyMember> members)
    {
        if (options.Voting == VotingKind.Soft)
            MemberModels.CheckProbabilities(members, "Calibrate it, or let members vote with Voting = Hard.");
    }
}

/// <summary>Voting for two classes; see <see cref="VotingTrainer"/>.</summary>
public sealed class VotingBinaryTrainer : MetaBinaryTrainer<EnsembleModelParameters>
{
    private readonly VotingTrainer.Options _options;

    /// <summary>Creates the trainer.</summary>
    /// <param name="options">Its options; the defaults when omitted.</param>
    /// <exception cref="OptionException">An option is out of its range, or a member is for another task.</exception>
    public VotingBinaryTrainer(VotingTrainer.Options? options = null)
        : base((options ??= new()).LabelColumnName, options.For<BinaryMember>(VotingTrainer.Options.All, "two classes", DefaultMembers.Binary))
    {
        VotingTrainer.CheckSoft(options, Members);
        _options = options;
    }

    /// <inheritdoc/>
    public override TrainerInfo Info => MemberModels.Info(Members, probabilities: true);

    /// <inheritdoc/>
    public override IReadOnlyList<KeyValuePair<string, string>> OptionValues => VotingTrainer.Options.All.Values(_options);

    /// <inheritdoc/>
    public override string ToString() => $"Voting({Words})";

    private protected override (EnsembleModelParameters Model, string FeatureColumnName) Learn(IDataView input, FitContext context)
    {
        var (members, features) = VotingTrainer.Learn(Members, _options, input, context);
        return (new(members, _options.Voting), features);
    }
}

/// <summary>Voting for several classes; see <see cref="VotingTrainer"/>.</summary>
public sealed class VotingMulticlassTrainer : MetaMulticlassTrainer<EnsembleModelParameters>
{
    private readonly VotingTrainer.Options _options;

    /// <summary>Creates the trainer.</summary>
    /// <param name="options">Its options; the defaults when omitted.</param>
    /// <exception cref="OptionException">An option is out of its range, or a member is for another task.</exception>
    public VotingMulticlassTrainer(VotingTrainer.Options? options = null)
        : base((options ??= new()).LabelColumnName, options.For<MulticlassMember>(VotingTrainer.Options.All, "several classes", DefaultMembers.Multiclass))
    {
        VotingTrainer.CheckSoft(options, Members);
        _options = options;
    }

    /// <inheritdoc/>
    public override TrainerInfo Info => MemberModels.Info(Members, probabilities: true);

    /// <inheritdoc/>
    public override IReadOnlyList<KeyValuePair<string, string>> OptionValues => VotingTrainer.Options.All.Values(_options);

    /// <inheritdoc/>
    public override string ToString() => $"Voting({Words})";

    private protected override (EnsembleModelParameters Model, string FeatureColumnName) Learn(IDataView input, FitContext context)
    {
        var (members, features) = VotingTrainer.Learn(Members, _options, input, context);
        return (new(members, _options.Voting), features);
    }
}

/// <summary>Voting for numbers; see <see cref="VotingTrainer"/>.</summary>
public sealed class VotingRegressionTrainer : MetaRegressionTrainer<EnsembleRegressionModelParameters>
{
    private readonly VotingTrainer.Options _options;

    /// <summary>Creates the trainer.</summary>
    /// <param name="options">Its options; the defaults when omitted.</param>
    /// <exception cref="OptionException">An option is out of its range, or a member is for another task.</exception>
    public VotingRegressionTrainer(VotingTrainer.Options? options = null)
        : base((options ??= new()).LabelColumnName, options.For<RegressionMember>(VotingTrainer.Options.ForRegression, "numbers", DefaultMembers.Regression))
    {
        MetaOptions.RefuseClassWeights(options);
        _options = options;
    }

    /// <inheritdoc/>
    public override TrainerInfo Info => MemberModels.Info(Members, probabilities: false);

    /// <inheritdoc/>
    public override IReadOnlyList<KeyValuePair<string, string>> OptionValues => VotingTrainer.Options.ForRegression.Values(_options);

    /// <inheritdoc/>
    public override string ToString() => $"Voting({Words})";

    private protected override (EnsembleRegressionModelParameters Model, string FeatureColumnName) Learn(IDataView input, FitContext context)
    {
        var (members, features) = VotingTrainer.Learn(Members, _options, input, context);
        return (new(members), features);
    }
}
