using MLPath.Data;
using MLPath.Runtime;

namespace MLPath.Trainers;

/// <summary>
/// Stacking: several trainers learn from all rows, and a final trainer learns how to combine their predictions from rows that each member had
/// not seen.
/// </summary>
/// <remarks>
/// <para><b>Model.</b> f(m₁(x), …, mM(x)), with members m trained on all rows. The final f is trained on out-of-fold predictions: the rows are
/// divided into folds, and those of a fold are predicted by members trained on the other folds. A member gives the probability of the positive
/// class (or its score), the k probabilities of several classes, or its number.</para>
/// <para><b>Cost.</b> (folds + 1) times that of the members.</para>
/// <para><b>Use it</b> to get the last percent out of several good models of different kinds.</para>
/// <para><b>Reference.</b> Wolpert, <i>Stacked Generalization</i>, Neural Networks 5, 1992; Breiman, <i>Stacked Regressions</i>, Machine Learning
/// 24, 1996. It is scikit-learn's StackingClassifier and StackingRegressor.</para>
/// </remarks>
public static class StackingTrainer
{
    /// <summary>The options of the stacking trainers.</summary>
    public sealed record Options : TrainerInputBaseWithWeight
    {
        /// <summary>
        /// The trainers, all for the task and on the column <see cref="TrainerInputBase.FeatureColumnName"/>. Null (the default) is logistic
        /// regression, naive Bayes and a decision tree for classes, ridge regression, nearest neighbours and a decision tree for numbers, with the
        /// weights and class weights of these options; trainers that are given have their own.
        /// </summary>
        public IReadOnlyList<ITrainerEstimator<ISingleFeaturePredictionTransformer<IModelParameters>, IModelParameters>>? Members { get; init; }

        /// <summary>
        /// The trainer on the predictions, which it finds in the column <see cref="TrainerInputBase.FeatureColumnName"/>. Null (the default) is logistic
        /// regression, maximum entropy or ridge regression, with the weights and class weights of these options.
        /// </summary>
        public ITrainerEstimator<ISingleFeaturePredictionTransformer<IModelParameters>, IModelParameters>? FinalEstimator { get; init; }

        /// <summary>How many folds the rows are divided into at random, with the classes in their proportions; 2 or more. Default 5.</summary>
        public int NumberOfFolds { get; init; } = 5;

        /// <summary>Another division into folds; rows that it never tests do not teach the final trainer. Null (the default) for folds at random.</summary>
        public FoldStrategy? Folds { get; init; }

        /// <summary>Whether the final trainer reads the features beside the predictions. Default false.</summary>
        public bool PassThrough { get; init; }

        /// <summary>The seed of the folds; null (the default) takes that of the context.</summary>
        public int? Seed { get; init; }

        /// <summary>The options for classes: their names, meanings and ranges.</summary>
        public static OptionSet<Options> All { get; } = ForAny().ClassWeights(o => o.ClassWeights, (o, v) => o with { ClassWeights = v });

        /// <summary>The options for regression.</summary>
        public static OptionSet<Options> ForRegression { get; } = ForAny();

        internal IReadOnlyList<AnyMember> For<TMember>(OptionSet<Options> set, string task, Func<Options, IReadOnlyList<AnyMember>> defaults) where TMember : class
        {
            set.Validate(this);
            this.CheckOwn(Members is not null && FinalEstimator is not null);
            var members = Members ?? defaults(this);
            MemberModels.Of<TMember>(FinalEstimator is null ? members : [.. members, FinalEstimator], task);
            return members;
        }

        private static OptionSet<Options> ForAny() => new OptionSet<Options>(new())
            .Integer(nameof(NumberOfFolds), "How many folds give the predictions that the final trainer learns from.",
                o => o.NumberOfFolds, (o, v) => o with { NumberOfFolds = v }, minimum: 2)
            .Boolean(nameof(PassThrough), "Whether the final trainer reads the features beside the predictions.",
                o => o.PassThrough, (o, v) => o with { PassThrough = v })
            .Seed(o => o.Seed, (o, v) => o with { Seed = v });
    }

    internal static (StackedFeatures Stacked, IModelParameters Final) Learn(
        LearningTask task, IReadOnlyList<AnyMember> members, AnyMember last, Options options, IDataView input, FitContext context)
    {
        var plan = MetaOptions.Folds(
            input, options.Folds, task == LearningTask.Regression ? null : options.LabelColumnName, options.NumberOfFolds, options.Seed, context);
        int[] tested = [.. plan.Splits.SelectMany(s => s.Test).Distinct().Order()];
        int rows = MemberModels.CountRows(input, context), done = 0, total = (members.Count * (plan.Splits.Count + 1)) + 1;
        var models = new List<IModelParameters>();
        var predictions = new List<(float[] Values, int Width)>(); // of each member, by row of the input
        for (int m = 0; m < members.Count; m++)
        {
            var step = context.Step(FormattableString.Invariant($"member {m + 1}"));
            var own = (Values: Array.Empty<float>(), Width: 0);
            foreach (var split in plan.Splits)
            {
                var fold = step.Step(FormattableString.Invariant($"fold {split.Fold + 1}"));
                var views = plan.Apply(input, split);
                var fitted = members[m].Fit(views.TrainSet, fold);
                var (values, width) = MemberModels.Read(fitted.Transform(views.TestSet), StackedFeatures.Column(task, fitted.Model), fold);
                if (own.Width == 0)
                    own = (new float[checked(rows * width)], width);
                for (int i = 0; i < split.Test.Length; i++)
                    values.AsSpan(i * width, width).CopyTo(own.Values.AsSpan(split.Test[i] * width));
                context.Report(++done, total);
            }

            predictions.Add(own);
            var whole = members[m].Fit(input, step);
            MemberModels.CheckFeatures(whole, options.FeatureColumnName, m);
            models.Add(whole.Model);
            context.Report(++done, total);
        }

        var stacked = new StackedFeatures(task, models, options.PassThrough);
        var known = tested.Length == rows ? input : RowSubset.View(input, tested, "rows with predictions out of fold");
        var final = last.Fit(Replaced(known, tested, predictions, stacked.Width, options, context), context.Step("final"));
        MemberModels.CheckFeatures(final, options.FeatureColumnName, members.Count);
        context.Report(total, total);
        return (stacked, final.Model);
    }

    // The rows with the members' predictions in the place of the features.
    private static IDataView Replaced(
        IDataView view, int[] rows, List<(float[] Values, int Width)> predictions, int width, Options options, FitContext context) =>
        ReplacedColumn.View(view, new(options.FeatureColumnName, new VectorDataViewType(NumberDataViewType.Single, width)), "predictions out of fold", context,
            (old, position, made) =>
            {
                var to = ((VectorColumn<float>)made).AllocateDense(old.Count);
                for (int i = 0; i < old.Count; i++)
                {
                    var row = to.Slice(i * width, width);
                    foreach (var (values, own) in predictions)
                    {
                        values.AsSpan(rows[position + i] * own, own).CopyTo(row);
                        row = row[own..];
                    }

                    if (options.PassThrough)
                        ((VectorColumn<float>)old).CopyRowTo(i, row);
                }
            });

    internal static TrainerInfo Info(IReadOnlyList<AnyMember> members, bool probabilities) =>
        MemberModels.Info(members, probabilities, weightsAreRepetitions: false);
}

/// <summary>Stacking for two classes; see <see cref="StackingTrainer"/>.</summary>
public sealed class StackingBinaryTrainer : MetaBinaryTrainer<StackingBinaryModelParameters>
{
    private readonly StackingTrainer.Options _options;
    private readonly AnyMember _final;

    /// <summary>Creates the trainer.</summary>
    /// <param name="options">Its options; the defaults when omitted.</param>
    /// <exception cref="OptionException">An option is out of its range, or a member is for another task.</exception>
    public StackingBinaryTrainer(StackingTrainer.Options? options = null)
        : base((options ??= new()).LabelColumnName, options.For<BinaryMember>(StackingTrainer.Options.All, "two classes", DefaultMembers.Binary)) =>
        (_options, _final) = (options, options.FinalEstimator ?? DefaultMembers.Logistic(options));

    /// <inheritdoc/>
    public override TrainerInfo Info => StackingTrainer.Info(Members, _final.Info.GivesProbabilities);

    /// <inheritdoc/>
    public override IReadOnlyList<KeyValuePair<string, string>> OptionValues => StackingTrainer.Options.All.Values(_options);

    /// <inheritdoc/>
    public override string ToString() => $"Stacking({Words}; {_final})";

    private protected override (StackingBinaryModelParameters Model, string FeatureColumnName) Learn(IDataView input, FitContext context)
    {
        var (stacked, final) = StackingTrainer.Learn(LearningTask.Binary, Members, _final, _options, input, context);
        return (new(stacked, (IBinaryModel)final), _options.FeatureColumnName);
    }
}

/// <summary>Stacking for several classes; see <see cref="StackingTrainer"/>.</summary>
public sealed class StackingMulticlassTrainer : MetaMulticlassTrainer<StackingMulticlassModelParameters>
{
    private readonly StackingTrainer.Options _options;
    private readonly AnyMember _final;

    /// <summary>Creates the trainer.</summary>
    /// <param name="options">Its options; the defaults when omitted.</param>
    /// <exception cref="OptionException">An option is out of its range, or a member is for another task.</exception>
    public StackingMulticlassTrainer(StackingTrainer.Options? options = null)
        : base((options ??= new()).LabelColumnName, options.For<MulticlassMember>(StackingTrainer.Options.All, "several classes", DefaultMembers.Multiclass)) =>
        (_options, _final) = (options, options.FinalEstimator ?? DefaultMembers.MaximumEntropy(options));

    /// <inheritdoc/>
    public override TrainerInfo Info => StackingTrainer.Info(Members, _final.Info.GivesProbabilities);

    /// <inheritdoc/>
    public override IReadOnlyList<KeyValuePair<string, string>> OptionValues => StackingTrainer.Options.All.Values(_options);

    /// <inheritdoc/>
    public override string ToString() => $"Stacking({Words}; {_final})";

    private protected override (StackingMulticlassModelParameters Model, string FeatureColumnName) Learn(IDataView input, FitContext context)
    {
        var (stacked, final) = StackingTrainer.Learn(LearningTask.Multiclass, Members, _final, _options, input, context);
        return (new(stacked, (IMulticlassModel)final), _options.FeatureColumnName);
    }
}

/// <summary>Stacking for numbers; see <see cref="StackingTrainer"/>.</summary>
public sealed class StackingRegressionTrainer : MetaRegressionTrainer<StackingRegressionModelParameters>
{
    private readonly StackingTrainer.Options _options;
    private readonly AnyMember _final;

    /// <summary>Creates the trainer.</summary>
    /// <param name="options">Its options; the defaults when omitted.</param>
    /// <exception cref="OptionException">An option is out of its range, or a member is for another task.</exception>
    public StackingRegressionTrainer(StackingTrainer.Options? options = null)
        : base((options ??= new()).LabelColumnName, options.For<RegressionMember>(StackingTrainer.Options.ForRegression, "numbers", DefaultMembers.Regression))
    {
        MetaOptions.RefuseClassWeights(options);
        (_options, _final) = (options, options.FinalEstimator ?? DefaultMembers.Ridge(options));
    }

    /// <inheritdoc/>
    public override TrainerInfo Info => StackingTrainer.Info(Members, probabilities: false);

    /// <inheritdoc/>
    public override IReadOnlyList<KeyValuePair<string, string>> OptionValues => StackingTrainer.Options.ForRegression.Values(_options);

    /// <inheritdoc/>
    public override string ToString() => $"Stacking({Words}; {_final})";

    private protected override (StackingRegressionModelParameters Model, string FeatureColumnName) Learn(IDataView input, FitContext context)
    {
        var (stacked, final) = StackingTrainer.Learn(LearningTask.Regression, Members, _final, _options, input, context);
        return (new(stacked, (IRegressionModel)final), _options.FeatureColumnName);
    }
}
