using MLPath.Trainers;

namespace MLPath.Runtime;

/// <summary>The components and algorithms of trainers that are made of trainers.</summary>
internal static class MetaComponents
{
    /// <summary>Adds what model files may hold.</summary>
    public static ComponentList AddMeta(this ComponentList list) => list
        .AddMulticlassModel(OneVersusAllModelParameters.Id, OneVersusAllModelParameters.Load)
        .AddMulticlassModel(PairwiseCouplingModelParameters.Id, PairwiseCouplingModelParameters.Load)
        .AddClassModel(EnsembleModelParameters.Id, EnsembleModelParameters.Load)
        .AddRegressionModel(EnsembleRegressionModelParameters.Id, EnsembleRegressionModelParameters.Load)
        .AddBinaryModel(StackingBinaryModelParameters.Id, StackingBinaryModelParameters.Load)
        .AddMulticlassModel(StackingMulticlassModelParameters.Id, StackingMulticlassModelParameters.Load)
        .AddRegressionModel(StackingRegressionModelParameters.Id, StackingRegressionModelParameters.Load);

    /// <summary>What can be chosen by name.</summary>
    public static IReadOnlyList<Algorithm> Algorithms { get; } =
    [
        new("ova", "One-versus-all", "A logistic regression for each class, that class or any other; the surest wins.",
        [
            TrainerFactory.Of(LearningTask.Multiclass, "OneVersusAll", OneVersusAllTrainer.Options.All, o => new OneVersusAllTrainer(o), "OneVersusAll"),
        ]),
        new("ovo", "One-versus-one", "A logistic regression for each pair of classes, coupled into probabilities of all.",
        [
            TrainerFactory.Of(LearningTask.Multiclass, "PairwiseCoupling", PairwiseCouplingTrainer.Options.All, o => new PairwiseCouplingTrainer(o), "PairwiseCoupling"),
        ]),
        new("voting", "Voting", "The mean of three models: linear, naive Bayes (for numbers: nearest neighbours) and a decision tree.",
        [
            TrainerFactory.Of(LearningTask.Binary, "Voting", VotingTrainer.Options.All, o => new VotingBinaryTrainer(o)),
            TrainerFactory.Of(LearningTask.Multiclass, "Voting", VotingTrainer.Options.All, o => new VotingMulticlassTrainer(o)),
            TrainerFactory.Of(LearningTask.Regression, "Voting", VotingTrainer.Options.ForRegression, o => new VotingRegressionTrainer(o)),
        ]),
        new("stacking", "Stacking", "A linear model of the predictions of three models: linear, naive Bayes (for numbers: nearest neighbours) and a decision tree.",
        [
            TrainerFactory.Of(LearningTask.Binary, "Stacking", StackingTrainer.Options.All, o => new StackingBinaryTrainer(o)),
            TrainerFactory.Of(LearningTask.Multiclass, "Stacking", StackingTrainer.Options.All, o => new StackingMulticlassTrainer(o)),
            TrainerFactory.Of(LearningTask.Regression, "Stacking", StackingTrainer.Options.ForRegression, o => new StackingRegressionTrainer(o)),
        ]),
        new("bagging", "Bagging", "The mean of decision trees, each grown from other rows.",
        [
            TrainerFactory.Of(LearningTask.Binary, "Bagging", BaggingTrainer.Options.All, o => new BaggingBinaryTrainer(o)),
            TrainerFactory.Of(LearningTask.Multiclass, "Bagging", BaggingTrainer.Options.All, o => new BaggingMulticlassTrainer(o)),
            TrainerFactory.Of(LearningTask.Regression, "Bagging", BaggingTrainer.Options.ForRegression, o => new BaggingRegressionTrainer(o)),
        ]),
    ];
}
