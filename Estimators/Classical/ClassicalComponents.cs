using MLPath.Trainers;

namespace MLPath.Runtime;

/// <summary>The components of this library that model files may hold.</summary>
public static class ClassicalComponents
{
    /// <summary>The list to register.</summary>
    public static ComponentList All { get; } = new ComponentList("MLPath.Classical")
        .AddClassModel(DecisionTreeModelParameters.Id, DecisionTreeModelParameters.Load)
        .AddRegressionModel(DecisionTreeRegressionModelParameters.Id, DecisionTreeRegressionModelParameters.Load)
        .AddClassModel(KNearestNeighborsModelParameters.Id, KNearestNeighborsModelParameters.Load)
        .AddRegressionModel(KNearestNeighborsRegressionModelParameters.Id, KNearestNeighborsRegressionModelParameters.Load)
        .AddClassModel(RandomForestModelParameters.Id, RandomForestModelParameters.Load)
        .AddRegressionModel(RandomForestRegressionModelParameters.Id, RandomForestRegressionModelParameters.Load)
        .AddClassModel(NaiveBayesModelParameters.Id, NaiveBayesModelParameters.Load);
}

/// <summary>The algorithms of this library that can be chosen by name.</summary>
public static class ClassicalAlgorithms
{
    /// <summary>The list to register.</summary>
    public static IReadOnlyList<Algorithm> All { get; } =
    [
        new("bayes", "Gaussian naive Bayes", "Each class as an independent normal distribution of every feature; the likeliest class wins.",
        [
            TrainerFactory.Of(LearningTask.Binary, "NaiveBayes", NaiveBayesTrainer.Options.All, o => new NaiveBayesBinaryTrainer(o)),
            TrainerFactory.Of(LearningTask.Multiclass, "NaiveBayes", NaiveBayesTrainer.Options.All, o => new NaiveBayesMulticlassTrainer(o), "NaiveBayes"),
        ]),
        new("knn", "k nearest neighbours", "The k training rows nearest to a row vote.",
        [
            TrainerFactory.Of(LearningTask.Binary, "KNearestNeighbors", KNearestNeighborsTrainer.Options.All, o => new KNearestNeighborsBinaryTrainer(o)),
            TrainerFactory.Of(LearningTask.Multiclass, "KNearestNeighbors", KNearestNeighborsTrainer.Options.All, o => new KNearestNeighborsMulticlassTrainer(o)),
            TrainerFactory.Of(LearningTask.Regression, "KNearestNeighbors", KNearestNeighborsTrainer.Options.All, o => new KNearestNeighborsRegressionTrainer(o)),
        ]),
        new("tree", "Decision tree", "Questions about one feature at a time, each chosen to leave the rows on its two sides as pure as possible.",
        [
            TrainerFactory.Of(LearningTask.Binary, "DecisionTree", DecisionTreeTrainer.Options.All, o => new DecisionTreeBinaryTrainer(o)),
            TrainerFactory.Of(LearningTask.Multiclass, "DecisionTree", DecisionTreeTrainer.Options.All, o => new DecisionTreeMulticlassTrainer(o)),
            TrainerFactory.Of(LearningTask.Regression, "DecisionTree", DecisionTreeTrainer.Options.ForRegression, o => new DecisionTreeRegressionTrainer(o)),
        ]),
        new("forest", "Random forest", "The mean of many decision trees, each grown from other rows and other features.",
        [
            TrainerFactory.Of(LearningTask.Binary, "RandomForest", RandomForestTrainer.Options.All, o => new RandomForestBinaryTrainer(o), "FastForest"),
            TrainerFactory.Of(LearningTask.Multiclass, "RandomForest", RandomForestTrainer.Options.All, o => new RandomForestMulticlassTrainer(o)),
            TrainerFactory.Of(LearningTask.Regression, "RandomForest", RandomForestTrainer.Options.ForRegression, o => new RandomForestRegressionTrainer(o), "FastForest"),
        ]),
    ];
}
