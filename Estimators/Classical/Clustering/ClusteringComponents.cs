using MLPath.Trainers;

namespace MLPath.Runtime;

/// <summary>The components and algorithms of clustering.</summary>
internal static class ClusteringComponents
{
    /// <summary>Adds what model files may hold.</summary>
    public static ComponentList AddClustering(this ComponentList list) => list
        .AddClusteringModel(KMeansModelParameters.Id, KMeansModelParameters.Load);

    /// <summary>What can be chosen by name.</summary>
    public static IReadOnlyList<Algorithm> Algorithms { get; } =
    [
        new("kmeans", "K-means", "Points, each in the middle of the rows that are nearer to it than to the others.",
        [
            TrainerFactory.Of(LearningTask.Clustering, "KMeans", KMeansTrainer.Options.All, o => new KMeansTrainer(o), "KMeans"),
        ]) { IsUsual = true },
    ];
}
