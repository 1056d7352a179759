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
            TrainerFactory.Of(LearningTask.Multiclass, "NaiveBayes", NaiveBayesTrainer.Options.All, o => new NaiveBayesMulticlassTrainer(o), "NaiveBayes"),
        ]),
        new("kmeans", "K-means", "Points, each in the middle of the rows that are nearer to it than to the others.",
        [
            TrainerFactory.Of(LearningTask.Clustering, "KMeans", KMeansTrainer.Options.All, o => new KMeansTrainer(o), "KMeans"),
        ]),
    ];
}
