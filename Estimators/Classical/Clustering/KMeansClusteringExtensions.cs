using MLPath.Trainers;

namespace MLPath;

/// <summary>The k-means trainer.</summary>
public static class KMeansClusteringExtensions
{
    extension(ClusteringCatalog.ClusteringTrainers catalog)
    {
        /// <summary>K-means: k centroids such that rows lie near their nearest one.</summary>
        /// <param name="featureColumnName">The features, best of similar scale.</param>
        /// <param name="exampleWeightColumnName">The weights; null for none.</param>
        /// <param name="numberOfClusters">k, 1 or more.</param>
        public KMeansTrainer KMeans(string featureColumnName = "Features", string? exampleWeightColumnName = null, int numberOfClusters = 5) =>
            catalog.KMeans(new KMeansTrainer.Options
            {
                FeatureColumnName = featureColumnName,
                ExampleWeightColumnName = exampleWeightColumnName,
                NumberOfClusters = numberOfClusters,
            });

        /// <summary>K-means: k centroids such that rows lie near their nearest one.</summary>
        /// <param name="options">The options.</param>
        public KMeansTrainer KMeans(KMeansTrainer.Options options) => new(options with { Seed = options.Seed ?? catalog.Environment.Seed });
    }
}
