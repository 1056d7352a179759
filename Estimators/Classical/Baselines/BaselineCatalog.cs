using MLPath.Trainers;

namespace MLPath;

/// <summary>The baselines: trainers that learn nothing from features, which every other trainer must beat.</summary>
public static class BaselineCatalog
{
    extension(BinaryClassificationCatalog.BinaryClassificationTrainers catalog)
    {
        /// <summary>
        /// Predicts the frequency of the positive class for every row. Column Features must be there, although nothing is learned from it.
        /// </summary>
        /// <param name="labelColumnName">The label, Boolean.</param>
        /// <param name="exampleWeightColumnName">The weights; null for none.</param>
        public PriorTrainer Prior(string labelColumnName = "Label", string? exampleWeightColumnName = null) =>
            catalog.Prior(new PriorTrainer.Options { LabelColumnName = labelColumnName, ExampleWeightColumnName = exampleWeightColumnName });

        /// <summary>Predicts the frequency of the positive class for every row.</summary>
        /// <param name="options">The columns.</param>
        public PriorTrainer Prior(PriorTrainer.Options options) => new(options);
    }

    extension(MulticlassClassificationCatalog.MulticlassClassificationTrainers catalog)
    {
        /// <summary>
        /// Predicts the frequencies of the classes for every row. Column Features must be there, although nothing is learned from it.
        /// </summary>
        /// <param name="labelColumnName">The label, a key.</param>
        /// <param name="exampleWeightColumnName">The weights; null for none.</param>
        public PriorMulticlassTrainer Prior(string labelColumnName = "Label", string? exampleWeightColumnName = null) =>
            catalog.Prior(new PriorTrainer.Options { LabelColumnName = labelColumnName, ExampleWeightColumnName = exampleWeightColumnName });

        /// <summary>Predicts the frequencies of the classes for every row.</summary>
        /// <param name="options">The columns.</param>
        public PriorMulticlassTrainer Prior(PriorTrainer.Options options) => new(options);
    }

    extension(RegressionCatalog.RegressionTrainers catalog)
    {
        /// <summary>
        /// Predicts the mean of the label for every row. Column Features must be there, although nothing is learned from it.
        /// </summary>
        /// <param name="labelColumnName">The label, a number.</param>
        /// <param name="exampleWeightColumnName">The weights; null for none.</param>
        public MeanTrainer Mean(string labelColumnName = "Label", string? exampleWeightColumnName = null) =>
            catalog.Mean(new MeanTrainer.Options { LabelColumnName = labelColumnName, ExampleWeightColumnName = exampleWeightColumnName });

        /// <summary>Predicts the mean of the label for every row.</summary>
        /// <param name="options">The columns.</param>
        public MeanTrainer Mean(MeanTrainer.Options options) => new(options);
    }

    extension(ClusteringCatalog.ClusteringTrainers catalog)
    {
        /// <summary>Puts every row into one cluster.</summary>
        /// <param name="featureColumnName">The features.</param>
        /// <param name="exampleWeightColumnName">The weights; null for none.</param>
        public OneClusterTrainer OneCluster(string featureColumnName = "Features", string? exampleWeightColumnName = null) =>
            catalog.OneCluster(new OneClusterTrainer.Options { FeatureColumnName = featureColumnName, ExampleWeightColumnName = exampleWeightColumnName });

        /// <summary>Puts every row into one cluster.</summary>
        /// <param name="options">The columns.</param>
        public OneClusterTrainer OneCluster(OneClusterTrainer.Options options) => new(options);
    }
}
