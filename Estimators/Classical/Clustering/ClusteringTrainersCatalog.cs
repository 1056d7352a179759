using MLPath.Trainers;

namespace MLPath;

/// <summary>The clusterers beside k-means.</summary>
public static class ClusteringTrainersCatalog
{
    extension(ClusteringCatalog.ClusteringTrainers catalog)
    {
        /// <summary>Mini-batch k-means: nearly the centroids of k-means, from small random batches of rows.</summary>
        /// <param name="featureColumnName">The features, best of similar scale.</param>
        /// <param name="exampleWeightColumnName">The weights; null for none.</param>
        /// <param name="numberOfClusters">k, 1 or more.</param>
        public MiniBatchKMeansTrainer MiniBatchKMeans(string featureColumnName = "Features", string? exampleWeightColumnName = null, int numberOfClusters = 5) =>
            catalog.MiniBatchKMeans(new MiniBatchKMeansTrainer.Options
            {
                FeatureColumnName = featureColumnName,
                ExampleWeightColumnName = exampleWeightColumnName,
                NumberOfClusters = numberOfClusters,
            });

        /// <summary>Mini-batch k-means: nearly the centroids of k-means, from small random batches of rows.</summary>
        /// <param name="options">The options.</param>
        public MiniBatchKMeansTrainer MiniBatchKMeans(MiniBatchKMeansTrainer.Options options) =>
            new(options with { Seed = options.Seed ?? catalog.Environment.Seed });

        /// <summary>A mixture of Gaussians: k normal distributions from which the rows may have been drawn.</summary>
        /// <param name="featureColumnName">The features.</param>
        /// <param name="exampleWeightColumnName">The weights; null for none.</param>
        /// <param name="numberOfClusters">k, 1 or more.</param>
        /// <param name="covariance">The form of the covariance matrices.</param>
        public GaussianMixtureTrainer GaussianMixture(
            string featureColumnName = "Features", string? exampleWeightColumnName = null, int numberOfClusters = 5,
            GaussianCovariance covariance = GaussianCovariance.Full) =>
            catalog.GaussianMixture(new GaussianMixtureTrainer.Options
            {
                FeatureColumnName = featureColumnName,
                ExampleWeightColumnName = exampleWeightColumnName,
                NumberOfClusters = numberOfClusters,
                Covariance = covariance,
            });

        /// <summary>A mixture of Gaussians: k normal distributions from which the rows may have been drawn.</summary>
        /// <param name="options">The options.</param>
        public GaussianMixtureTrainer GaussianMixture(GaussianMixtureTrainer.Options options) =>
            new(options with { Seed = options.Seed ?? catalog.Environment.Seed });

        /// <summary>Agglomerative clustering: merges the two nearest clusters, again and again, and cuts the tree of merges.</summary>
        /// <param name="featureColumnName">The features, best of similar scale.</param>
        /// <param name="numberOfClusters">k, 1 or more.</param>
        /// <param name="linkage">How far two clusters are apart.</param>
        public AgglomerativeTrainer Agglomerative(string featureColumnName = "Features", int numberOfClusters = 5, Linkage linkage = Linkage.Ward) =>
            new(new AgglomerativeTrainer.Options { FeatureColumnName = featureColumnName, NumberOfClusters = numberOfClusters, Linkage = linkage });

        /// <summary>Agglomerative clustering: merges the two nearest clusters, again and again, and cuts the tree of merges.</summary>
        /// <param name="options">The options.</param>
        public AgglomerativeTrainer Agglomerative(AgglomerativeTrainer.Options options) => new(options);
    }
}
