using MLPath.Trainers;

namespace MLPath;

/// <summary>The linear trainers.</summary>
public static class LinearCatalog
{
    extension(BinaryClassificationCatalog.BinaryClassificationTrainers catalog)
    {
        /// <summary>Logistic regression for two classes.</summary>
        /// <param name="labelColumnName">The label, Boolean.</param>
        /// <param name="featureColumnName">The features.</param>
        /// <param name="exampleWeightColumnName">The weights; null for none.</param>
        /// <param name="l1Regularization">The L1 penalty, beside the sum of losses; 0 or more.</param>
        /// <param name="l2Regularization">The L2 penalty, beside the sum of losses; 0 or more.</param>
        /// <param name="optimizationTolerance">The part of the first gradient at which the training ends; above 0.</param>
        /// <param name="historySize">How many past iterations estimate the curvature; 1 or more.</param>
        /// <param name="enforceNonNegativity">Whether weights must be 0 or more.</param>
        public LbfgsLogisticRegressionBinaryTrainer LbfgsLogisticRegression(
            string labelColumnName = "Label",
            string featureColumnName = "Features",
            string? exampleWeightColumnName = null,
            double l1Regularization = 1,
            double l2Regularization = 1,
            double optimizationTolerance = 1e-7,
            int historySize = 20,
            bool enforceNonNegativity = false) =>
            catalog.LbfgsLogisticRegression(new LbfgsLogisticRegressionBinaryTrainer.Options
            {
                LabelColumnName = labelColumnName,
                FeatureColumnName = featureColumnName,
                ExampleWeightColumnName = exampleWeightColumnName,
                L1Regularization = l1Regularization,
                L2Regularization = l2Regularization,
                OptimizationTolerance = optimizationTolerance,
                HistorySize = historySize,
                EnforceNonNegativity = enforceNonNegativity,
            });

        /// <summary>Logistic regression for two classes.</summary>
        /// <param name="options">The options.</param>
        public LbfgsLogisticRegressionBinaryTrainer LbfgsLogisticRegression(LbfgsLogisticRegressionBinaryTrainer.Options options) => new(options);
    }

    extension(MulticlassClassificationCatalog.MulticlassClassificationTrainers catalog)
    {
        /// <summary>Multinomial logistic regression (softmax regression, maximum entropy).</summary>
        /// <param name="labelColumnName">The label, a key.</param>
        /// <param name="featureColumnName">The features.</param>
        /// <param name="exampleWeightColumnName">The weights; null for none.</param>
        /// <param name="l1Regularization">The L1 penalty, beside the sum of losses; 0 or more.</param>
        /// <param name="l2Regularization">The L2 penalty, beside the sum of losses; 0 or more.</param>
        /// <param name="optimizationTolerance">The part of the first gradient at which the training ends; above 0.</param>
        /// <param name="historySize">How many past iterations estimate the curvature; 1 or more.</param>
        /// <param name="enforceNonNegativity">Whether weights must be 0 or more.</param>
        public LbfgsMaximumEntropyMulticlassTrainer LbfgsMaximumEntropy(
            string labelColumnName = "Label",
            string featureColumnName = "Features",
            string? exampleWeightColumnName = null,
            double l1Regularization = 1,
            double l2Regularization = 1,
            double optimizationTolerance = 1e-7,
            int historySize = 20,
            bool enforceNonNegativity = false) =>
            catalog.LbfgsMaximumEntropy(new LbfgsMaximumEntropyMulticlassTrainer.Options
            {
                LabelColumnName = labelColumnName,
                FeatureColumnName = featureColumnName,
                ExampleWeightColumnName = exampleWeightColumnName,
                L1Regularization = l1Regularization,
                L2Regularization = l2Regularization,
                OptimizationTolerance = optimizationTolerance,
                HistorySize = historySize,
                EnforceNonNegativity = enforceNonNegativity,
            });

        /// <summary>Multinomial logistic regression (softmax regression, maximum entropy).</summary>
        /// <param name="options">The options.</param>
        public LbfgsMaximumEntropyMulticlassTrainer LbfgsMaximumEntropy(LbfgsMaximumEntropyMulticlassTrainer.Options options) => new(options);
    }

    extension(RegressionCatalog.RegressionTrainers catalog)
    {
        /// <summary>Ordinary least squares.</summary>
        /// <param name="labelColumnName">The label, a number.</param>
        /// <param name="featureColumnName">The features.</param>
        /// <param name="exampleWeightColumnName">The weights; null for none.</param>
        public OlsTrainer Ols(string labelColumnName = "Label", string featureColumnName = "Features", string? exampleWeightColumnName = null) =>
            catalog.Ols(new OlsTrainer.Options
            {
                LabelColumnName = labelColumnName,
                FeatureColumnName = featureColumnName,
                ExampleWeightColumnName = exampleWeightColumnName,
            });

        /// <summary>Ordinary least squares.</summary>
        /// <param name="options">The options.</param>
        public OlsTrainer Ols(OlsTrainer.Options options) => new(options);

        /// <summary>Ridge regression.</summary>
        /// <param name="labelColumnName">The label, a number.</param>
        /// <param name="featureColumnName">The features.</param>
        /// <param name="exampleWeightColumnName">The weights; null for none.</param>
        /// <param name="alpha">The penalty on squared weights, beside the sum of squared errors; 0 or more.</param>
        public RidgeTrainer Ridge(
            string labelColumnName = "Label", string featureColumnName = "Features", string? exampleWeightColumnName = null, double alpha = 1) =>
            catalog.Ridge(new RidgeTrainer.Options
            {
                LabelColumnName = labelColumnName,
                FeatureColumnName = featureColumnName,
                ExampleWeightColumnName = exampleWeightColumnName,
                Alpha = alpha,
            });

        /// <summary>Ridge regression.</summary>
        /// <param name="options">The options.</param>
        public RidgeTrainer Ridge(RidgeTrainer.Options options) => new(options);

        /// <summary>The lasso: least squares with a penalty that sets needless weights to 0.</summary>
        /// <param name="labelColumnName">The label, a number.</param>
        /// <param name="featureColumnName">The features.</param>
        /// <param name="exampleWeightColumnName">The weights; null for none.</param>
        /// <param name="alpha">The penalty on magnitudes of weights, beside half the mean squared error; 0 or more.</param>
        public LassoTrainer Lasso(
            string labelColumnName = "Label", string featureColumnName = "Features", string? exampleWeightColumnName = null, double alpha = 1) =>
            catalog.Lasso(new LassoTrainer.Options
            {
                LabelColumnName = labelColumnName,
                FeatureColumnName = featureColumnName,
                ExampleWeightColumnName = exampleWeightColumnName,
                Alpha = alpha,
            });

        /// <summary>The lasso: least squares with a penalty that sets needless weights to 0.</summary>
        /// <param name="options">The options.</param>
        public LassoTrainer Lasso(LassoTrainer.Options options) => new(options);

        /// <summary>The elastic net: least squares with the penalties of the lasso and of ridge regression.</summary>
        /// <param name="labelColumnName">The label, a number.</param>
        /// <param name="featureColumnName">The features.</param>
        /// <param name="exampleWeightColumnName">The weights; null for none.</param>
        /// <param name="alpha">The strength of both penalties, beside half the mean squared error; 0 or more.</param>
        /// <param name="l1Ratio">The part of the penalty that is on magnitudes and not on squares, 0 to 1.</param>
        public ElasticNetTrainer ElasticNet(
            string labelColumnName = "Label",
            string featureColumnName = "Features",
            string? exampleWeightColumnName = null,
            double alpha = 1,
            double l1Ratio = 0.5) =>
            catalog.ElasticNet(new ElasticNetTrainer.Options
            {
                LabelColumnName = labelColumnName,
                FeatureColumnName = featureColumnName,
                ExampleWeightColumnName = exampleWeightColumnName,
                Alpha = alpha,
                L1Ratio = l1Ratio,
            });

        /// <summary>The elastic net: least squares with the penalties of the lasso and of ridge regression.</summary>
        /// <param name="options">The options.</param>
        public ElasticNetTrainer ElasticNet(ElasticNetTrainer.Options options) => new(options);

        /// <summary>Huber regression, which outliers do not sway.</summary>
        /// <param name="labelColumnName">The label, a number.</param>
        /// <param name="featureColumnName">The features.</param>
        /// <param name="exampleWeightColumnName">The weights; null for none.</param>
        /// <param name="epsilon">How many scales an error may have and still count by its square; above 1.</param>
        /// <param name="alpha">The penalty on squared weights, beside the sum of losses; 0 or more.</param>
        public HuberTrainer Huber(
            string labelColumnName = "Label",
            string featureColumnName = "Features",
            string? exampleWeightColumnName = null,
            double epsilon = 1.35,
            double alpha = 1e-4) =>
            catalog.Huber(new HuberTrainer.Options
            {
                LabelColumnName = labelColumnName,
                FeatureColumnName = featureColumnName,
                ExampleWeightColumnName = exampleWeightColumnName,
                Epsilon = epsilon,
                Alpha = alpha,
            });

        /// <summary>Huber regression, which outliers do not sway.</summary>
        /// <param name="options">The options.</param>
        public HuberTrainer Huber(HuberTrainer.Options options) => new(options);

        /// <summary>Poisson regression, for counts.</summary>
        /// <param name="labelColumnName">The label, a number, 0 or more.</param>
        /// <param name="featureColumnName">The features.</param>
        /// <param name="exampleWeightColumnName">The weights; null for none.</param>
        /// <param name="l1Regularization">The L1 penalty, beside the sum of losses; 0 or more.</param>
        /// <param name="l2Regularization">The L2 penalty, beside the sum of losses; 0 or more.</param>
        /// <param name="optimizationTolerance">The part of the first gradient at which the training ends; above 0.</param>
        /// <param name="historySize">How many past iterations estimate the curvature; 1 or more.</param>
        /// <param name="enforceNonNegativity">Whether weights must be 0 or more.</param>
        public LbfgsPoissonRegressionTrainer LbfgsPoissonRegression(
            string labelColumnName = "Label",
            string featureColumnName = "Features",
            string? exampleWeightColumnName = null,
            double l1Regularization = 1,
            double l2Regularization = 1,
            double optimizationTolerance = 1e-7,
            int historySize = 20,
            bool enforceNonNegativity = false) =>
            catalog.LbfgsPoissonRegression(new LbfgsPoissonRegressionTrainer.Options
            {
                LabelColumnName = labelColumnName,
                FeatureColumnName = featureColumnName,
                ExampleWeightColumnName = exampleWeightColumnName,
                L1Regularization = l1Regularization,
                L2Regularization = l2Regularization,
                OptimizationTolerance = optimizationTolerance,
                HistorySize = historySize,
                EnforceNonNegativity = enforceNonNegativity,
            });

        /// <summary>Poisson regression, for counts.</summary>
        /// <param name="options">The options.</param>
        public LbfgsPoissonRegressionTrainer LbfgsPoissonRegression(LbfgsPoissonRegressionTrainer.Options options) => new(options);
    }
}
