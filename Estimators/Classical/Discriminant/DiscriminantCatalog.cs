using MLPath.Trainers;

namespace MLPath;

/// <summary>The trainers of discriminant analysis.</summary>
public static class DiscriminantCatalog
{
    extension(BinaryClassificationCatalog.BinaryClassificationTrainers catalog)
    {
        /// <summary>Linear discriminant analysis.</summary>
        /// <param name="labelColumnName">The label, Boolean.</param>
        /// <param name="featureColumnName">The features.</param>
        /// <param name="exampleWeightColumnName">The weights; null for none.</param>
        /// <param name="shrinkage">How much of the covariance gives way to a multiple of the identity; from 0 to 1.</param>
        public LinearDiscriminantAnalysisBinaryTrainer LinearDiscriminantAnalysis(
            string labelColumnName = "Label", string featureColumnName = "Features", string? exampleWeightColumnName = null, double shrinkage = 0) =>
            new(new LinearDiscriminantAnalysisTrainer.Options
            {
                LabelColumnName = labelColumnName,
                FeatureColumnName = featureColumnName,
                ExampleWeightColumnName = exampleWeightColumnName,
                Shrinkage = shrinkage,
            });

        /// <summary>Linear discriminant analysis.</summary>
        /// <param name="options">The options.</param>
        public LinearDiscriminantAnalysisBinaryTrainer LinearDiscriminantAnalysis(LinearDiscriminantAnalysisTrainer.Options options) => new(options);

        /// <summary>Quadratic discriminant analysis.</summary>
        /// <param name="labelColumnName">The label, Boolean.</param>
        /// <param name="featureColumnName">The features.</param>
        /// <param name="exampleWeightColumnName">The weights; null for none.</param>
        /// <param name="regularization">How much of each class's covariance gives way to the identity; from 0 to 1.</param>
        public QuadraticDiscriminantAnalysisBinaryTrainer QuadraticDiscriminantAnalysis(
            string labelColumnName = "Label", string featureColumnName = "Features", string? exampleWeightColumnName = null, double regularization = 0) =>
            new(new QuadraticDiscriminantAnalysisTrainer.Options
            {
                LabelColumnName = labelColumnName,
                FeatureColumnName = featureColumnName,
                ExampleWeightColumnName = exampleWeightColumnName,
                Regularization = regularization,
            });

        /// <summary>Quadratic discriminant analysis.</summary>
        /// <param name="options">The options.</param>
        public QuadraticDiscriminantAnalysisBinaryTrainer QuadraticDiscriminantAnalysis(QuadraticDiscriminantAnalysisTrainer.Options options) => new(options);
    }

    extension(MulticlassClassificationCatalog.MulticlassClassificationTrainers catalog)
    {
        /// <summary>Linear discriminant analysis.</summary>
        /// <param name="labelColumnName">The label, a key.</param>
        /// <param name="featureColumnName">The features.</param>
        /// <param name="exampleWeightColumnName">The weights; null for none.</param>
        /// <param name="shrinkage">How much of the covariance gives way to a multiple of the identity; from 0 to 1.</param>
        public LinearDiscriminantAnalysisMulticlassTrainer LinearDiscriminantAnalysis(
            string labelColumnName = "Label", string featureColumnName = "Features", string? exampleWeightColumnName = null, double shrinkage = 0) =>
            new(new LinearDiscriminantAnalysisTrainer.Options
            {
                LabelColumnName = labelColumnName,
                FeatureColumnName = featureColumnName,
                ExampleWeightColumnName = exampleWeightColumnName,
                Shrinkage = shrinkage,
            });

        /// <summary>Linear discriminant analysis.</summary>
        /// <param name="options">The options.</param>
        public LinearDiscriminantAnalysisMulticlassTrainer LinearDiscriminantAnalysis(LinearDiscriminantAnalysisTrainer.Options options) => new(options);

        /// <summary>Quadratic discriminant analysis.</summary>
        /// <param name="labelColumnName">The label, a key.</param>
        /// <param name="featureColumnName">The features.</param>
        /// <param name="exampleWeightColumnName">The weights; null for none.</param>
        /// <param name="regularization">How much of each class's covariance gives way to the identity; from 0 to 1.</param>
        public QuadraticDiscriminantAnalysisMulticlassTrainer QuadraticDiscriminantAnalysis(
            string labelColumnName = "Label", string featureColumnName = "Features", string? exampleWeightColumnName = null, double regularization = 0) =>
            new(new QuadraticDiscriminantAnalysisTrainer.Options
            {
                LabelColumnName = labelColumnName,
                FeatureColumnName = featureColumnName,
                ExampleWeightColumnName = exampleWeightColumnName,
                Regularization = regularization,
            });

        /// <summary>Quadratic discriminant analysis.</summary>
        /// <param name="options">The options.</param>
        public QuadraticDiscriminantAnalysisMulticlassTrainer QuadraticDiscriminantAnalysis(QuadraticDiscriminantAnalysisTrainer.Options options) => new(options);
    }
}
