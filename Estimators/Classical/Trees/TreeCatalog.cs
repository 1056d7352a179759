using MLPath.Trainers;

namespace MLPath;

/// <summary>The trainers of decision trees and of forests of them.</summary>
public static class TreeCatalog
{
    extension(BinaryClassificationCatalog.BinaryClassificationTrainers catalog)
    {
        /// <summary>A decision tree for two classes.</summary>
        /// <param name="labelColumnName">The label, Boolean.</param>
        /// <param name="featureColumnName">The features.</param>
        /// <param name="exampleWeightColumnName">The weights; null for none.</param>
        /// <param name="maximumDepth">The most splits on the way from the root to a leaf; null for no bound.</param>
        /// <param name="minimumExampleCountPerLeaf">The fewest rows of a leaf.</param>
        public DecisionTreeBinaryTrainer DecisionTree(
            string labelColumnName = "Label",
            string featureColumnName = "Features",
            string? exampleWeightColumnName = null,
            int? maximumDepth = null,
            int minimumExampleCountPerLeaf = 1) =>
            catalog.DecisionTree(new DecisionTreeTrainer.Options
            {
                LabelColumnName = labelColumnName,
                FeatureColumnName = featureColumnName,
                ExampleWeightColumnName = exampleWeightColumnName,
                MaximumDepth = maximumDepth,
                MinimumExampleCountPerLeaf = minimumExampleCountPerLeaf,
            });

        /// <summary>A decision tree for two classes.</summary>
        /// <param name="options">The options.</param>
        public DecisionTreeBinaryTrainer DecisionTree(DecisionTreeTrainer.Options options) =>
            new(options);

        /// <summary>A random forest for two classes.</summary>
        /// <param name="labelColumnName">The label, Boolean.</param>
        /// <param name="featureColumnName">The features.</param>
        /// <param name="exampleWeightColumnName">The weights; null for none.</param>
        /// <param name="numberOfTrees">How many trees vote.</param>
        public RandomForestBinaryTrainer RandomForest(
            string labelColumnName = "Label",
            string featureColumnName = "Features",
            string? exampleWeightColumnName = null,
            int numberOfTrees = 100) =>
            catalog.RandomForest(new RandomForestTrainer.Options
            {
                LabelColumnName = labelColumnName,
                FeatureColumnName = featureColumnName,
                ExampleWeightColumnName = exampleWeightColumnName,
                NumberOfTrees = numberOfTrees,
            });

        /// <summary>A random forest for two classes.</summary>
        /// <param name="options">The options.</param>
        public RandomForestBinaryTrainer RandomForest(RandomForestTrainer.Options options) =>
            new(options with { Seed = options.Seed ?? catalog.Environment.Seed });
    }

    extension(MulticlassClassificationCatalog.MulticlassClassificationTrainers catalog)
    {
        /// <summary>A decision tree for several classes.</summary>
        /// <param name="labelColumnName">The label, a key.</param>
        /// <param name="featureColumnName">The features.</param>
        /// <param name="exampleWeightColumnName">The weights; null for none.</param>
        /// <param name="maximumDepth">The most splits on the way from the root to a leaf; null for no bound.</param>
        /// <param name="minimumExampleCountPerLeaf">The fewest rows of a leaf.</param>
        public DecisionTreeMulticlassTrainer DecisionTree(
            string labelColumnName = "Label",
            string featureColumnName = "Features",
            string? exampleWeightColumnName = null,
            int? maximumDepth = null,
            int minimumExampleCountPerLeaf = 1) =>
            catalog.DecisionTree(new DecisionTreeTrainer.Options
            {
                LabelColumnName = labelColumnName,
                FeatureColumnName = featureColumnName,
                ExampleWeightColumnName = exampleWeightColumnName,
                MaximumDepth = maximumDepth,
                MinimumExampleCountPerLeaf = minimumExampleCountPerLeaf,
            });

        /// <summary>A decision tree for several classes.</summary>
        /// <param name="options">The options.</param>
        public DecisionTreeMulticlassTrainer DecisionTree(DecisionTreeTrainer.Options options) =>
            new(options);

        /// <summary>A random forest for several classes.</summary>
        /// <param name="labelColumnName">The label, a key.</param>
        /// <param name="featureColumnName">The features.</param>
        /// <param name="exampleWeightColumnName">The weights; null for none.</param>
        /// <param name="numberOfTrees">How many trees vote.</param>
        public RandomForestMulticlassTrainer RandomForest(
            string labelColumnName = "Label",
            string featureColumnName = "Features",
            string? exampleWeightColumnName = null,
            int numberOfTrees = 100) =>
            catalog.RandomForest(new RandomForestTrainer.Options
            {
                LabelColumnName = labelColumnName,
                FeatureColumnName = featureColumnName,
                ExampleWeightColumnName = exampleWeightColumnName,
                NumberOfTrees = numberOfTrees,
            });

        /// <summary>A random forest for several classes.</summary>
        /// <param name="options">The options.</param>
        public RandomForestMulticlassTrainer RandomForest(RandomForestTrainer.Options options) =>
            new(options with { Seed = options.Seed ?? catalog.Environment.Seed });
    }

    extension(RegressionCatalog.RegressionTrainers catalog)
    {
        /// <summary>A decision tree that predicts a number.</summary>
        /// <param name="labelColumnName">The label, a number.</param>
        /// <param name="featureColumnName">The features.</param>
        /// <param name="exampleWeightColumnName">The weights; null for none.</param>
        /// <param name="maximumDepth">The most splits on the way from the root to a leaf; null for no bound.</param>
        /// <param name="minimumExampleCountPerLeaf">The fewest rows of a leaf.</param>
        public DecisionTreeRegressionTrainer DecisionTree(
            string labelColumnName = "Label",
            string featureColumnName = "Features",
            string? exampleWeightColumnName = null,
            int? maximumDepth = null,
            int minimumExampleCountPerLeaf = 1) =>
            catalog.DecisionTree(new DecisionTreeTrainer.Options
            {
                LabelColumnName = labelColumnName,
                FeatureColumnName = featureColumnName,
                ExampleWeightColumnName = exampleWeightColumnName,
                MaximumDepth = maximumDepth,
                MinimumExampleCountPerLeaf = minimumExampleCountPerLeaf,
            });

        /// <summary>A decision tree that predicts a number.</summary>
        /// <param name="options">The options.</param>
        public DecisionTreeRegressionTrainer DecisionTree(DecisionTreeTrainer.Options options) =>
            new(options);

        /// <summary>A random forest that predicts a number.</summary>
        /// <param name="labelColumnName">The label, a number.</param>
        /// <param name="featureColumnName">The features.</param>
        /// <param name="exampleWeightColumnName">The weights; null for none.</param>
        /// <param name="numberOfTrees">How many trees vote.</param>
        public RandomForestRegressionTrainer RandomForest(
            string labelColumnName = "Label",
            string featureColumnName = "Features",
            string? exampleWeightColumnName = null,
            int numberOfTrees = 100) =>
            catalog.RandomForest(new RandomForestTrainer.Options
            {
                LabelColumnName = labelColumnName,
                FeatureColumnName = featureColumnName,
                ExampleWeightColumnName = exampleWeightColumnName,
                NumberOfTrees = numberOfTrees,
            });

        /// <summary>A random forest that predicts a number.</summary>
        /// <param name="options">The options.</param>
        public RandomForestRegressionTrainer RandomForest(RandomForestTrainer.Options options) =>
            new(options with { Seed = options.Seed ?? catalog.Environment.Seed });
    }
}
