using MLPath.Trainers;

namespace MLPath;

/// <summary>The DBSCAN trainer.</summary>
public static class DbscanClusteringExtensions
{
    extension(ClusteringCatalog.ClusteringTrainers catalog)
    {
        /// <summary>DBSCAN: clusters of any form where rows lie densely, and rows that belong to none.</summary>
        /// <param name="featureColumnName">The features, best of similar scale.</param>
        /// <param name="exampleWeightColumnName">The weights; null for none.</param>
        /// <param name="epsilon">ε, the distance within which rows are neighbours, above 0.</param>
        /// <param name="minimumNumberOfRows">How many rows within ε make a row a core row, itself included.</param>
        public DbscanTrainer Dbscan(
            string featureColumnName = "Features", string? exampleWeightColumnName = null, double epsilon = 0.5, int minimumNumberOfRows = 5) =>
            catalog.Dbscan(new DbscanTrainer.Options
            {
                FeatureColumnName = featureColumnName,
                ExampleWeightColumnName = exampleWeightColumnName,
                Epsilon = epsilon,
                MinimumNumberOfRows = minimumNumberOfRows,
            });

        /// <summary>DBSCAN: clusters of any form where rows lie densely, and rows that belong to none.</summary>
        /// <param name="options">The options.</param>
        public DbscanTrainer Dbscan(DbscanTrainer.Options options) => new(options);
    }
}
