using MLPath.Trainers;

namespace MLPath.Runtime;

/// <summary>The components and algorithms of clustering.</summary>
internal static class ClusteringComponents
{
    /// <summary>Adds what model files may hold.</summary>
    public static ComponentList AddClustering(this ComponentList list) => list
        .AddClusteringModel(KMeansModelParameters.Id, KMeansModelParameters.Load)
        .AddClusteringModel(GaussianMixtureModelParameters.Id, GaussianMixtureModelParameters.Load)
        .AddClusteringModel(AgglomerativeModelParameters.Id, AgglomerativeModelParameters.Load)
        .AddClusteringModel(DbscanModelParameters.Id, DbscanModelParameters.Load);

    /// <summary>What can be chosen by name.</summary>
    public static IReadOnlyList<Algorithm> Algorithms { get; } =
    [
        new("kmeans", "K-means", "Points, each in the middle of the rows that are nearer to it than to the others.",
        [
            TrainerFactory.Of(LearningTask.Clustering, "KMeans", KMeansTrainer.Options.All, o => new KMeansTrainer(o), "KMeans"),
        ]) { IsUsual = true },
        new("minibatch-kmeans", "Mini-batch k-means", "Nearly the points of k-means, from small random batches of rows.",
        [
            TrainerFactory.Of(LearningTask.Clustering, "MiniBatchKMeans", MiniBatchKMeansTrainer.Options.All, o => new MiniBatchKMeansTrainer(o)),
        ]),
        new("gmm", "Mixture of Gaussians", "Normal distributions from which the rows may have been drawn, and how probable each is for a row.",
        [
            TrainerFactory.Of(LearningTask.Clustering, "GaussianMixture", GaussianMixtureTrainer.Options.All, o => new GaussianMixtureTrainer(o)),
        ]),
        new("agglomerative", "Agglomerative clustering", "A tree that merges the two nearest clusters again and again, cut into clusters.",
        [
            TrainerFactory.Of(LearningTask.Clustering, "Agglomerative", AgglomerativeTrainer.Options.All, o => new AgglomerativeTrainer(o)),
        ]),
        new("dbscan", "DBSCAN", "Clusters of any form where rows lie densely, and which rows belong to none.",
        [
            TrainerFactory.Of(LearningTask.Clustering, "Dbscan", DbscanTrainer.Options.All, o => new DbscanTrainer(o)),
        ]),
    ];
}
