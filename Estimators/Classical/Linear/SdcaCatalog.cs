using MLPath.Trainers;

namespace MLPath;

/// <summary>The linear trainers by stochastic dual coordinate ascent.</summary>
public static class SdcaCatalog
{
    extension(RegressionCatalog.RegressionTrainers catalog)
    {
        /// <summary>Linear regression by stochastic dual coordinate ascent.</summary>
        /// <param name="labelColumnName">The label, a number.</param>
        /// <param name="featureColumnName">The features.</param>
        /// <param name="exampleWeightColumnName">The weights; null for none.</param>
        /// <param name="lossFunction">The loss.</param>
        /// <param name="l2Regularization">The L2 penalty, beside the mean loss; null chooses by the number of rows.</param>
        /// <param name="l1Regularization">The L1 penalty as a part of the L2 penalty; null chooses by the number of features.</param>
        /// <param name="maximumNumberOfIterations">The most passes; null chooses by the number of rows.</param>
        public SdcaRegressionTrainer Sdca(
            string labelColumnName = "Label",
            string featureColumnName = "Features",
            string? exampleWeightColumnName = null,
            RegressionLoss lossFunction = RegressionLoss.Squared,
            double? l2Regularization = null,
            double? l1Regularization = null,
            int? maximumNumberOfIterations = null) =>
            catalog.Sdca(new SdcaRegressionTrainer.Options
            {
                LabelColumnName = labelColumnName,
                FeatureColumnName = featureColumnName,
                ExampleWeightColumnName = exampleWeightColumnName,
                LossFunction = lossFunction,
                L2Regularization = l2Regularization,
                L1Regularization = l1Regularization,
                MaximumNumberOfIterations = maximumNumberOfIterations,
            });

        /// <summary>Linear regression by stochastic dual coordinate ascent.</summary>
        /// <param name="options">The options.</param>
        public SdcaRegressionTrainer Sdca(SdcaRegressionTrainer.Options options)
        {
            ArgumentNullException.ThrowIfNull(options);
            return new(options with { Seed = options.Seed ?? catalog.Environment.Seed });
        }
    }

    extension(BinaryClassificationCatalog.BinaryClassificationTrainers catalog)
    {
        /// <summary>Logistic regression for two classes by stochastic dual coordinate ascent.</summary>
        /// <param name="labelColumnName">The label, Boolean.</param>
        /// <param name="featureColumnName">The features.</param>
        /// <param name="exampleWeightColumnName">The weights; null for none.</param>
        /// <param name="l2Regularization">The L2 penalty, beside the mean loss; null chooses by the number of rows.</param>
        /// <param name="l1Regularization">The L1 penalty as a part of the L2 penalty; null chooses by the number of features.</param>
        /// <param name="maximumNumberOfIterations">The most passes; null chooses by the number of rows.</param>
        public SdcaLogisticRegressionBinaryTrainer SdcaLogisticRegression(
            string labelColumnName = "Label",
            string featureColumnName = "Features",
            string? exampleWeightColumnName = null,
            double? l2Regularization = null,
            double? l1Regularization = null,
            int? maximumNumberOfIterations = null) =>
            catalog.SdcaLogisticRegression(new SdcaLogisticRegressionBinaryTrainer.Options
            {
                LabelColumnName = labelColumnName,
                FeatureColumnName = featureColumnName,
                ExampleWeightColumnName = exampleWeightColumnName,
                L2Regularization = l2Regularization,
                L1Regularization = l1Regularization,
                MaximumNumberOfIterations = maximumNumberOfIterations,
            });

        /// <summary>Logistic regression for two classes by stochastic dual coordinate ascent.</summary>
        /// <param name="options">The options.</param>
        public SdcaLogisticRegressionBinaryTrainer SdcaLogisticRegression(SdcaLogisticRegressionBinaryTrainer.Options options)
        {
            ArgumentNullException.ThrowIfNull(options);
            return new(options with { Seed = options.Seed ?? catalog.Environment.Seed });
        }

        /// <summary>A linear classifier of two classes, without probabilities, by stochastic dual coordinate ascent.</summary>
        /// <param name="labelColumnName">The label, Boolean.</param>
        /// <param name="featureColumnName">The features.</param>
        /// <param name="exampleWeightColumnName">The weights; null for none.</param>
        /// <param name="lossFunction">The loss.</param>
        /// <param name="l2Regularization">The L2 penalty, beside the mean loss; null chooses by the number of rows.</param>
        /// <param name="l1Regularization">The L1 penalty as a part of the L2 penalty; null chooses by the number of features.</param>
        /// <param name="maximumNumberOfIterations">The most passes; null chooses by the number of rows.</param>
        public SdcaNonCalibratedBinaryTrainer SdcaNonCalibrated(
            string labelColumnName = "Label",
            string featureColumnName = "Features",
            string? exampleWeightColumnName = null,
            ClassificationLoss lossFunction = ClassificationLoss.Log,
            double? l2Regularization = null,
            double? l1Regularization = null,
            int? maximumNumberOfIterations = null) =>
            catalog.SdcaNonCalibrated(new SdcaNonCalibratedBinaryTrainer.Options
            {
                LabelColumnName = labelColumnName,
                FeatureColumnName = featureColumnName,
                ExampleWeightColumnName = exampleWeightColumnName,
                LossFunction = lossFunction,
                L2Regularization = l2Regularization,
                L1Regularization = l1Regularization,
                MaximumNumberOfIterations = maximumNumberOfIterations,
            });

        /// <summary>A linear classifier of two classes, without probabilities, by stochastic dual coordinate ascent.</summary>
        /// <param name="options">The options.</param>
        public SdcaNonCalibratedBinaryTrainer SdcaNonCalibrated(SdcaNonCalibratedBinaryTrainer.Options options)
        {
            ArgumentNullException.ThrowIfNull(options);
            return new(options with { Seed = options.Seed ?? catalog.Environment.Seed });
        }
    }

    extension(MulticlassClassificationCatalog.MulticlassClassificationTrainers catalog)
    {
        /// <summary>Multinomial logistic regression by stochastic dual coordinate ascent.</summary>
        /// <param name="labelColumnName">The label, a key.</param>
        /// <param name="featureColumnName">The features.</param>
        /// <param name="exampleWeightColumnName">The weights; null for none.</param>
        /// <param name="l2Regularization">The L2 penalty, beside the mean loss; null chooses by the number of rows.</param>
        /// <param name="l1Regularization">The L1 penalty as a part of the L2 penalty; null chooses by the number of features.</param>
        /// <param name="maximumNumberOfIterations">The most passes; null chooses by the number of rows.</param>
        public SdcaMaximumEntropyMulticlassTrainer SdcaMaximumEntropy(
            string labelColumnName = "Label",
            string featureColumnName = "Features",
            string? exampleWeightColumnName = null,
            double? l2Regularization = null,
            double? l1Regularization = null,
            int? maximumNumberOfIterations = null) =>
            catalog.SdcaMaximumEntropy(new SdcaMaximumEntropyMulticlassTrainer.Options
            {
                LabelColumnName = labelColumnName,
                FeatureColumnName = featureColumnName,
                ExampleWeightColumnName = exampleWeightColumnName,
                L2Regularization = l2Regularization,
                L1Regularization = l1Regularization,
                MaximumNumberOfIterations = maximumNumberOfIterations,
            });

        /// <summary>Multinomial logistic regression by stochastic dual coordinate ascent.</summary>
        /// <param name="options">The options.</param>
        public SdcaMaximumEntropyMulticlassTrainer SdcaMaximumEntropy(SdcaMaximumEntropyMulticlassTrainer.Options options)
        {
            ArgumentNullException.ThrowIfNull(options);
            return new(options with { Seed = options.Seed ?? catalog.Environment.Seed });
        }

        /// <summary>A linear classifier of several classes, without probabilities, by stochastic dual coordinate ascent.</summary>
        /// <param name="labelColumnName">The label, a key.</param>
        /// <param name="featureColumnName">The features.</param>
        /// <param name="exampleWeightColumnName">The weights; null for none.</param>
        /// <param name="lossFunction">The loss.</param>
        /// <param name="l2Regularization">The L2 penalty, beside the mean loss; null chooses by the number of rows.</param>
        /// <param name="l1Regularization">The L1 penalty as a part of the L2 penalty; null chooses by the number of features.</param>
        /// <param name="maximumNumberOfIterations">The most passes; null chooses by the number of rows.</param>
        public SdcaNonCalibratedMulticlassTrainer SdcaNonCalibrated(
            string labelColumnName = "Label",
            string featureColumnName = "Features",
            string? exampleWeightColumnName = null,
            ClassificationLoss lossFunction = ClassificationLoss.Log,
            double? l2Regularization = null,
            double? l1Regularization = null,
            int? maximumNumberOfIterations = null) =>
            catalog.SdcaNonCalibrated(new SdcaNonCalibratedMulticlassTrainer.Options
            {
                LabelColumnName = labelColumnName,
                FeatureColumnName = featureColumnName,
                ExampleWeightColumnName = exampleWeightColumnName,
                LossFunction = lossFunction,
                L2Regularization = l2Regularization,
                L1Regularization = l1Regularization,
                MaximumNumberOfIterations = maximumNumberOfIterations,
            });

        /// <summary>A linear classifier of several classes, without probabilities, by stochastic dual coordinate ascent.</summary>
        /// <param name="options">The options.</param>
        public SdcaNonCalibratedMulticlassTrainer SdcaNonCalibrated(SdcaNonCalibratedMulticlassTrainer.Options options)
        {
            ArgumentNullException.ThrowIfNull(options);
            return new(options with { Seed = options.Seed ?? catalog.Environment.Seed });
        }
    }
}
