using MLPath.Trainers;
using MLPath.Transforms;

namespace MLPath.Runtime;

/// <summary>The components of this library that model files may hold.</summary>
public static class ClassicalComponents
{
    /// <summary>The list to register.</summary>
    public static ComponentList All { get; } = new ComponentList("MLPath.Classical")
        .AddClassModel(PriorModelParameters.Id, PriorModelParameters.Load)
        .AddRegressionModel(MeanModelParameters.Id, MeanModelParameters.Load)
        .AddClusteringModel(OneClusterModelParameters.Id, OneClusterModelParameters.Load)
        .AddBinaryModel(LinearBinaryModelParameters.Id, LinearBinaryModelParameters.Load)
        .AddMulticlassModel(MaximumEntropyModelParameters.Id, MaximumEntropyModelParameters.Load)
        .AddRegressionModel(LinearRegressionModelParameters.Id, LinearRegressionModelParameters.Load)
        .AddRegressionModel(OlsModelParameters.Id, OlsModelParameters.Load)
        .AddClassModel(NaiveBayesModelParameters.Id, NaiveBayesModelParameters.Load)
        .AddClassModel(DecisionTreeModelParameters.Id, DecisionTreeModelParameters.Load)
        .AddRegressionModel(DecisionTreeRegressionModelParameters.Id, DecisionTreeRegressionModelParameters.Load)
        .AddClassModel(KNearestNeighborsModelParameters.Id, KNearestNeighborsModelParameters.Load)
        .AddRegressionModel(KNearestNeighborsRegressionModelParameters.Id, KNearestNeighborsRegressionModelParameters.Load)
        .AddClassModel(RandomForestModelParameters.Id, RandomForestModelParameters.Load)
        .AddRegressionModel(RandomForestRegressionModelParameters.Id, RandomForestRegressionModelParameters.Load)
        .AddClusteringModel(KMeansModelParameters.Id, KMeansModelParameters.Load)
        .Add(PrincipalComponentAnalysisTransformer.Id, PrincipalComponentAnalysisTransformer.Load);
}

/// <summary>The algorithms of this library that can be chosen by name.</summary>
public static class ClassicalAlgorithms
{
    /// <summary>The list to register.</summary>
    public static IReadOnlyList<Algorithm> All { get; } =
    [
        new("baseline", "Baseline", "What can be known without features: the class frequencies, the mean, one cluster.",
        [
            TrainerFactory.Of(LearningTask.Binary, "Prior", PriorTrainer.Options.All, o => new PriorTrainer(o), "Prior"),
            TrainerFactory.Of(LearningTask.Multiclass, "Prior", PriorTrainer.Options.All, o => new PriorMulticlassTrainer(o)),
            TrainerFactory.Of(LearningTask.Regression, "Mean", MeanTrainer.Options.All, o => new MeanTrainer(o)),
            TrainerFactory.Of(LearningTask.Clustering, "OneCluster", OneClusterTrainer.Options.All, o => new OneClusterTrainer(o)),
        ]),
        new("logistic", "Logistic regression", "The logarithm of the odds of a class as a linear function of the features, with L1 and L2 penalties.",
        [
            TrainerFactory.Of(LearningTask.Binary, "LbfgsLogisticRegression", LbfgsLogisticRegressionBinaryTrainer.Options.All,
                o => new LbfgsLogisticRegressionBinaryTrainer(o), "LbfgsLogisticRegression"),
            TrainerFactory.Of(LearningTask.Multiclass, "LbfgsMaximumEntropy", LbfgsMaximumEntropyMulticlassTrainer.Options.All,
                o => new LbfgsMaximumEntropyMulticlassTrainer(o), "LbfgsMaximumEntropy"),
        ]),
        new("ols", "Ordinary least squares", "The linear function of the features with the least squared error, and the statistics of its weights.",
        [
            TrainerFactory.Of(LearningTask.Regression, "Ols", OlsTrainer.Options.All, o => new OlsTrainer(o), "Ols"),
        ]),
        new("ridge", "Ridge regression", "Least squares with a penalty on large weights.",
        [
            TrainerFactory.Of(LearningTask.Regression, "Ridge", RidgeTrainer.Options.All, o => new RidgeTrainer(o)),
        ]),
        new("bayes", "Gaussian naive Bayes", "Each class as an independent normal distribution of every feature; the likeliest class wins.",
        [
            TrainerFactory.Of(LearningTask.Binary, "NaiveBayes", NaiveBayesTrainer.Options.All, o => new NaiveBayesBinaryTrainer(o)),
            TrainerFactory.Of(LearningTask.Multiclass, "NaiveBayes", NaiveBayesTrainer.Options.All, o => new NaiveBayesMulticlassTrainer(o)),
        ]),
        new("knn", "k nearest neighbours", "The k training rows nearest to a row vote.",
        [
            TrainerFactory.Of(LearningTask.Binary, "KNearestNeighbors", KNearestNeighborsTrainer.Options.All,
                o => new KNearestNeighborsBinaryTrainer(o)),
            TrainerFactory.Of(LearningTask.Multiclass, "KNearestNeighbors", KNearestNeighborsTrainer.Options.All,
                o => new KNearestNeighborsMulticlassTrainer(o)),
            TrainerFactory.Of(LearningTask.Regression, "KNearestNeighbors", KNearestNeighborsTrainer.Options.All,
                o => new KNearestNeighborsRegressionTrainer(o)),
        ]),
        new("tree", "Decision tree", "Questions about one feature at a time, each chosen to leave both of its sides as pure as possible.",
        [
            TrainerFactory.Of(LearningTask.Binary, "DecisionTree", DecisionTreeTrainer.Options.All, o => new DecisionTreeBinaryTrainer(o)),
            TrainerFactory.Of(LearningTask.Multiclass, "DecisionTree", DecisionTreeTrainer.Options.All,
                o => new DecisionTreeMulticlassTrainer(o)),
            TrainerFactory.Of(LearningTask.Regression, "DecisionTree", DecisionTreeTrainer.Options.ForRegression,
                o => new DecisionTreeRegressionTrainer(o)),
        ]),
        new("forest", "Random forest", "The mean of many decision trees, each grown from other rows and other features.",
        [
            TrainerFactory.Of(LearningTask.Binary, "RandomForest", RandomForestTrainer.Options.All,
                o => new RandomForestBinaryTrainer(o), "FastForest"),
            TrainerFactory.Of(LearningTask.Multiclass, "RandomForest", RandomForestTrainer.Options.All,
                o => new RandomForestMulticlassTrainer(o)),
            TrainerFactory.Of(LearningTask.Regression, "RandomForest", RandomForestTrainer.Options.ForRegression,
                o => new RandomForestRegressionTrainer(o), "FastForest"),
        ]),
        new("kmeans", "K-means", "Points, each in the middle of the rows that are nearer to it than to the others.",
        [
            TrainerFactory.Of(LearningTask.Clustering, "KMeans", KMeansTrainer.Options.All, o => new KMeansTrainer(o), "KMeans"),
        ]),
    ];
}
