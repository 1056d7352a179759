using MLPath.Trainers;

namespace MLPath;

/// <summary>The trainers that predict from the nearest training rows.</summary>
public static class NeighborsCatalog
{
    extension(BinaryClassificationCatalog.BinaryClassificationTrainers catalog)
    {
        /// <summary>The k nearest neighbours vote, for two classes.</summary>
        /// <param name="labelColumnName">The label, Boolean.</param>
        /// <param name="featureColumnName">The features.</param>
        /// <param name="exampleWeightColumnName">The weights; null for none.</param>
        /// <param name="numberOfNeighbors">k, how many neighbours vote.</param>
        public KNearestNeighborsBinaryTrainer KNearestNeighbors(
            string labelColumnName = "Label",
            string featureColumnName = "Features",
            string? exampleWeightColumnName = null,
            int numberOfNeighbors = 5) =>
            catalog.KNearestNeighbors(new KNearestNeighborsTrainer.Options
            {
                LabelColumnName = labelColumnName,
                FeatureColumnName = featureColumnName,
                ExampleWeightColumnName = exampleWeightColumnName,
                NumberOfNeighbors = numberOfNeighbors,
            });

        /// <summary>The k nearest neighbours vote, for two classes.</summary>
        /// <param name="options">The options.</param>
        public KNearestNeighborsBinaryTrainer KNearestNeighbors(KNearestNeighborsTrainer.Options options) =>
            new(options);
    }

    extension(MulticlassClassificationCatalog.MulticlassClassificationTrainers catalog)
    {
        /// <summary>The k nearest neighbours vote, for several classes.</summary>
        /// <param name="labelColumnName">The label, a key.</param>
        /// <param name="featureColumnName">The features.</param>
        /// <param name="exampleWeightColumnName">The weights; null for none.</param>
        /// <param name="numberOfNeighbors">k, how many neighbours vote.</param>
        public KNearestNeighborsMulticlassTrainer KNearestNeighbors(
            string labelColumnName = "Label",
            string featureColumnName = "Features",
            string? exampleWeightColumnName = null,
            int numberOfNeighbors = 5) =>
            catalog.KNearestNeighbors(new KNearestNeighborsTrainer.Options
            {
                LabelColumnName = labelColumnName,
                FeatureColumnName = featureColumnName,
                ExampleWeightColumnName = exampleWeightColumnName,
                NumberOfNeighbors = numberOfNeighbors,
            });

        /// <summary>The k nearest neighbours vote, for several classes.</summary>
        /// <param name="options">The options.</param>
        public KNearestNeighborsMulticlassTrainer KNearestNeighbors(KNearestNeighborsTrainer.Options options) =>
            new(options);
    }

    extension(RegressionCatalog.RegressionTrainers catalog)
    {
        /// <summary>The k nearest neighbours predict a number.</summary>
        /// <param name="labelColumnName">The label, a number.</param>
        /// <param name="featureColumnName">The features.</param>
        /// <param name="exampleWeightColumnName">The weights; null for none.</param>
        /// <param name="numberOfNeighbors">k, how many neighbours vote.</param>
        public KNearestNeighborsRegressionTrainer KNearestNeighbors(
            string labelColumnName = "Label",
            string featureColumnName = "Features",
            string? exampleWeightColumnName = null,
            int numberOfNeighbors = 5) =>
            catalog.KNearestNeighbors(new KNearestNeighborsTrainer.Options
            {
                LabelColumnName = labelColumnName,
                FeatureColumnName = featureColumnName,
                ExampleWeightColumnName = exampleWeightColumnName,
                NumberOfNeighbors = numberOfNeighbors,
            });

        /// <summary>The k nearest neighbours predict a number.</summary>
        /// <param name="options">The options.</param>
        public KNearestNeighborsRegressionTrainer KNearestNeighbors(KNearestNeighborsTrainer.Options options) =>
            new(options);
    }
}
