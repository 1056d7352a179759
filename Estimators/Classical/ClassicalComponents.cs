using MLPath.Trainers;
using MLPath.Transforms;

namespace MLPath.Runtime;

/// <summary>The components of this library that model files may hold.</summary>
public static class ClassicalComponents
{
    /// <summary>The list to register.</summary>
    public static ComponentList All { get; } = new ComponentList("MLPath.Classical")
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
