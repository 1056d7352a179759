using MLPath.Trainers;

namespace MLPath;

/// <summary>The linear trainers that learn from one row after the other, and the linear support vector machine.</summary>
public static class OnlineCatalog
{
    extension(BinaryClassificationCatalog.BinaryClassificationTrainers catalog)
    {
        /// <summary>Logistic regression for two classes by stochastic gradient descent.</summary>
        /// <param name="labelColumnName">The label, Boolean.</param>
        /// <param name="featureColumnName">The features.</param>
        /// <param name="exampleWeightColumnName">The weights; null for none.</param>
        /// <param name="numberOfIterations">The (most) passes over the rows; 1 or more.</param>
        /// <param name="learningRate">The length of the first step; above 0.</param>
        /// <param name="l2Regularization">The L2 penalty, beside the mean loss; 0 or more.</param>
        public SgdCalibratedTrainer SgdCalibrated(
            string labelColumnName = "Label",
            string featureColumnName = "Features",
            string? exampleWeightColumnName = null,
            int numberOfIterations = 20,
            double learningRate = 0.01,
            double l2Regularization = 1e-6) =>
            catalog.SgdCalibrated(new SgdCalibratedTrainer.Options
            {
                LabelColumnName = labelColumnName,
                FeatureColumnName = featureColumnName,
                ExampleWeightColumnName = exampleWeightColumnName,
                NumberOfIterations = numberOfIterations,
                LearningRate = learningRate,
                L2Regularization = l2Regularization,
            });

        /// <summary>Logistic regression for two classes by stochastic gradient descent.</summary>
        /// <param name="options">The options.</param>
        public SgdCalibratedTrainer SgdCalibrated(SgdCalibratedTrainer.Options options)
        {
            ArgumentNullException.ThrowIfNull(options);
            return new(options with { Seed = options.Seed ?? catalog.Environment.Seed });
        }

        /// <summary>A linear classifier of two classes, without probabilities, by stochastic gradient descent.</summary>
        /// <param name="labelColumnName">The label, Boolean.</param>
        /// <param name="featureColumnName">The features.</param>
        /// <param name="exampleWeightColumnName">The weights; null for none.</param>
        /// <param name="lossFunction">The loss.</param>
        /// <param name="numberOfIterations">The (most) passes over the rows; 1 or more.</param>
        /// <param name="learningRate">The length of the first step; above 0.</param>
        /// <param name="l2Regularization">The L2 penalty, beside the mean loss; 0 or more.</param>
        public SgdNonCalibratedTrainer SgdNonCalibrated(
            string labelColumnName = "Label",
            string featureColumnName = "Features",
            string? exampleWeightColumnName = null,
            ClassificationLoss lossFunction = ClassificationLoss.Log,
            int numberOfIterations = 20,
            double learningRate = 0.01,
            double l2Regularization = 1e-6) =>
            catalog.SgdNonCalibrated(new SgdNonCalibratedTrainer.Options
            {
                LabelColumnName = labelColumnName,
                FeatureColumnName = featureColumnName,
                ExampleWeightColumnName = exampleWeightColumnName,
                LossFunction = lossFunction,
                NumberOfIterations = numberOfIterations,
                LearningRate = learningRate,
                L2Regularization = l2Regularization,
            });

        /// <summary>A linear classifier of two classes, without probabilities, by stochastic gradient descent.</summary>
        /// <param name="options">The options.</param>
        public SgdNonCalibratedTrainer SgdNonCalibrated(SgdNonCalibratedTrainer.Options options)
        {
            ArgumentNullException.ThrowIfNull(options);
            return new(options with { Seed = options.Seed ?? catalog.Environment.Seed });
        }

        /// <summary>The averaged perceptron.</summary>
        /// <param name="labelColumnName">The label, Boolean.</param>
        /// <param name="featureColumnName">The features.</param>
        /// <param name="lossFunction">The loss.</param>
        /// <param name="learningRate">The length of a step; above 0.</param>
        /// <param name="decreaseLearningRate">Whether steps shrink with the square root of the rows seen.</param>
        /// <param name="l2Regularization">Half of the part of itself by which every row shrinks a weight; from 0 to below ½.</param>
        /// <param name="numberOfIterations">The (most) passes over the rows; 1 or more.</param>
        public AveragedPerceptronTrainer AveragedPerceptron(
            string labelColumnName = "Label",
            string featureColumnName = "Features",
            ClassificationLoss lossFunction = ClassificationLoss.Hinge,
            double learningRate = 1,
            bool decreaseLearningRate = false,
            double l2Regularization = 0,
            int numberOfIterations = 10) =>
            catalog.AveragedPerceptron(new AveragedPerceptronTrainer.Options
            {
                LabelColumnName = labelColumnName,
                FeatureColumnName = featureColumnName,
                LossFunction = lossFunction,
                LearningRate = learningRate,
                DecreaseLearningRate = decreaseLearningRate,
                L2Regularization = l2Regularization,
                NumberOfIterations = numberOfIterations,
            });

        /// <summary>The averaged perceptron.</summary>
        /// <param name="options">The options.</param>
        public AveragedPerceptronTrainer AveragedPerceptron(AveragedPerceptronTrainer.Options options)
        {
            ArgumentNullException.ThrowIfNull(options);
            return new(options with { Seed = options.Seed ?? catalog.Environment.Seed });
        }

        /// <summary>The linear support vector machine.</summary>
        /// <param name="labelColumnName">The label, Boolean.</param>
        /// <param name="featureColumnName">The features.</param>
        /// <param name="exampleWeightColumnName">The weights; null for none.</param>
        /// <param name="numberOfIterations">The (most) passes over the rows; 1 or more.</param>
        public LinearSvmTrainer LinearSvm(
            string labelColumnName = "Label",
            string featureColumnName = "Features",
            string? exampleWeightColumnName = null,
            int numberOfIterations = 1) =>
            catalog.LinearSvm(new LinearSvmTrainer.Options
            {
                LabelColumnName = labelColumnName,
                FeatureColumnName = featureColumnName,
                ExampleWeightColumnName = exampleWeightColumnName,
                NumberOfIterations = numberOfIterations,
            });

        /// <summary>The linear support vector machine.</summary>
        /// <param name="options">The options.</param>
        public LinearSvmTrainer LinearSvm(LinearSvmTrainer.Options options)
        {
            ArgumentNullException.ThrowIfNull(options);
            return new(options with { Seed = options.Seed ?? catalog.Environment.Seed });
        }
    }

    extension(RegressionCatalog.RegressionTrainers catalog)
    {
        /// <summary>Linear regression by online gradient descent.</summary>
        /// <param name="labelColumnName">The label, a number.</param>
        /// <param name="featureColumnName">The features.</param>
        /// <param name="lossFunction">The loss.</param>
        /// <param name="learningRate">The length of a step; above 0.</param>
        /// <param name="decreaseLearningRate">Whether steps shrink with the square root of the rows seen.</param>
        /// <param name="l2Regularization">Half of the part of itself by which every row shrinks a weight; from 0 to below ½.</param>
        /// <param name="numberOfIterations">The (most) passes over the rows; 1 or more.</param>
        public OnlineGradientDescentTrainer OnlineGradientDescent(
            string labelColumnName = "Label",
            string featureColumnName = "Features",
            RegressionLoss lossFunction = RegressionLoss.Squared,
            double learningRate = 0.1,
            bool decreaseLearningRate = true,
            double l2Regularization = 0,
            int numberOfIterations = 1) =>
            catalog.OnlineGradientDescent(new OnlineGradientDescentTrainer.Options
            {
                LabelColumnName = labelColumnName,
                FeatureColumnName = featureColumnName,
                LossFunction = lossFunction,
                LearningRate = learningRate,
                DecreaseLearningRate = decreaseLearningRate,
                L2Regularization = l2Regularization,
                NumberOfIterations = numberOfIterations,
            });

        /// <summary>Linear regression by online gradient descent.</summary>
        /// <param name="options">The options.</param>
        public OnlineGradientDescentTrainer OnlineGradientDescent(OnlineGradientDescentTrainer.Options options)
        {
            ArgumentNullException.ThrowIfNull(options);
            return new(options with { Seed = options.Seed ?? catalog.Environment.Seed });
        }
    }
}
