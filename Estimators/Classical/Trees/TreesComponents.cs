using MLPath.Trainers;

namespace MLPath.Runtime;

/// <summary>The components and algorithms of trees.</summary>
internal static class TreesComponents
{
    /// <summary>Adds what model files may hold.</summary>
    public static ComponentList AddTrees(this ComponentList list) => list
        .AddClassModel(DecisionTreeModelParameters.Id, DecisionTreeModelParameters.Load)
        .AddRegressionModel(DecisionTreeRegressionModelParameters.Id, DecisionTreeRegressionModelParameters.Load)
        .AddClassModel(RandomForestModelParameters.Id, RandomForestModelParameters.Load)
        .AddRegressionModel(RandomForestRegressionModelParameters.Id, RandomForestRegressionModelParameters.Load);

    /// <summary>What can be chosen by name.</summary>
    public static IReadOnlyList<Algorithm> Algorithms { get; } =
    [
        new("tree", "Decision tree", "Questions about one feature at a time, each chosen to leave both of its sides as pure as possible.",
        [
            TrainerFactory.Of(LearningTask.Binary, "DecisionTree", DecisionTreeTrainer.Options.All, o => new DecisionTreeBinaryTrainer(o)),
            TrainerFactory.Of(LearningTask.Multiclass, "DecisionTree", DecisionTreeTrainer.Options.All,
                o => new DecisionTreeMulticlassTrainer(o)),
            TrainerFactory.Of(LearningTask.Regression, "DecisionTree", DecisionTreeTrainer.Options.ForRegression,
                o => new DecisionTreeRegressionTrainer(o)),
        ]) { IsUsual = true },
        new("forest", "Random forest", "The mean of many decision trees, each grown from other rows and other features.",
        [
            TrainerFactory.Of(LearningTask.Binary, "RandomForest", RandomForestTrainer.Options.All,
                o => new RandomForestBinaryTrainer(o), "FastForest"),
            TrainerFactory.Of(LearningTask.Multiclass, "RandomForest", RandomForestTrainer.Options.All,
                o => new RandomForestMulticlassTrainer(o)),
            TrainerFactory.Of(LearningTask.Regression, "RandomForest", RandomForestTrainer.Options.ForRegression,
                o => new RandomForestRegressionTrainer(o), "FastForest"),
        ]) { IsUsual = true },
    ];
}
