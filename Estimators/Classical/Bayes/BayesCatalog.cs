using MLPath.Trainers;

namespace MLPath;

/// <summary>The naive Bayes trainers.</summary>
public static class BayesCatalog
{
    extension(BinaryClassificationCatalog.BinaryClassificationTrainers catalog)
    {
        /// <summary>Gaussian naive Bayes for two classes.</summary>
        /// <param name="labelColumnName">The label, Boolean.</param>
        /// <param name="featureColumnName">The features.</param>
        /// <param name="exampleWeightColumnName">The weights; null for none.</param>
        public NaiveBayesBinaryTrainer NaiveBayes(
            string labelColumnName = "Label", string featureColumnName = "Features", string? exampleWeightColumnName = null) =>
            catalog.NaiveBayes(new NaiveBayesTrainer.Options
            {
                LabelColumnName = labelColumnName,
                FeatureColumnName = featureColumnName,
                ExampleWeightColumnName = exampleWeightColumnName,
            });

        /// <summary>Gaussian naive Bayes for two classes.</summary>
        /// <param name="options">The options.</param>
        public NaiveBayesBinaryTrainer NaiveBayes(NaiveBayesTrainer.Options options) => new(options);
    }

    extension(MulticlassClassificationCatalog.MulticlassClassificationTrainers catalog)
    {
        /// <summary>Gaussian naive Bayes.</summary>
        /// <param name="labelColumnName">The label, a key.</param>
        /// <param name="featureColumnName">The features.</param>
        /// <param name="exampleWeightColumnName">The weights; null for none.</param>
        public NaiveBayesMulticlassTrainer NaiveBayes(
            string labelColumnName = "Label", string featureColumnName = "Features", string? exampleWeightColumnName = null) =>
            catalog.NaiveBayes(new NaiveBayesTrainer.Options
            {
                LabelColumnName = labelColumnName,
                FeatureColumnName = featureColumnName,
                ExampleWeightColumnName = exampleWeightColumnName,
            });

        /// <summary>Gaussian naive Bayes.</summary>
        /// <param name="options">The options.</param>
        public NaiveBayesMulticlassTrainer NaiveBayes(NaiveBayesTrainer.Options options) => new(options);
    }
}
