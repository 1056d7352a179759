using MLPath.Trainers;

namespace MLPath;

/// <summary>The trainers that learn through kernels.</summary>
public static class KernelsCatalog
{
    extension(BinaryClassificationCatalog.BinaryClassificationTrainers catalog)
    {
        /// <summary>A support vector machine with a kernel, for two classes.</summary>
        /// <param name="labelColumnName">The label, Boolean.</param>
        /// <param name="featureColumnName">The features.</param>
        /// <param name="exampleWeightColumnName">The weights; null for none.</param>
        /// <param name="c">C, what a row on the wrong side of its margin costs; above 0.</param>
        /// <param name="kernel">The kernel's function.</param>
        /// <param name="gamma">γ of the kernel; null takes the scale of the features.</param>
        public KernelSvmBinaryTrainer KernelSvm(
            string labelColumnName = "Label", string featureColumnName = "Features", string? exampleWeightColumnName = null,
            double c = 1, KernelFunction kernel = KernelFunction.Rbf, double? gamma = null) =>
            catalog.KernelSvm(new KernelSvmTrainer.Options
            {
                LabelColumnName = labelColumnName,
                FeatureColumnName = featureColumnName,
                ExampleWeightColumnName = exampleWeightColumnName,
                C = c,
                Kernel = kernel,
                Gamma = gamma,
            });

        /// <summary>A support vector machine with a kernel, for two classes.</summary>
        /// <param name="options">The options.</param>
        public KernelSvmBinaryTrainer KernelSvm(KernelSvmTrainer.Options options) => new(options);
    }

    extension(MulticlassClassificationCatalog.MulticlassClassificationTrainers catalog)
    {
        /// <summary>Support vector machines with a kernel, one for each pair of classes.</summary>
        /// <param name="labelColumnName">The label, a key.</param>
        /// <param name="featureColumnName">The features.</param>
        /// <param name="exampleWeightColumnName">The weights; null for none.</param>
        /// <param name="c">C, what a row on the wrong side of its margin costs; above 0.</param>
        /// <param name="kernel">The kernel's function.</param>
        /// <param name="gamma">γ of the kernel; null takes the scale of the features.</param>
        public KernelSvmMulticlassTrainer KernelSvm(
            string labelColumnName = "Label", string featureColumnName = "Features", string? exampleWeightColumnName = null,
            double c = 1, KernelFunction kernel = KernelFunction.Rbf, double? gamma = null) =>
            catalog.KernelSvm(new KernelSvmTrainer.Options
            {
                LabelColumnName = labelColumnName,
                FeatureColumnName = featureColumnName,
                ExampleWeightColumnName = exampleWeightColumnName,
                C = c,
                Kernel = kernel,
                Gamma = gamma,
            });

        /// <summary>Support vector machines with a kernel, one for each pair of classes.</summary>
        /// <param name="options">The options.</param>
        public KernelSvmMulticlassTrainer KernelSvm(KernelSvmTrainer.Options options) => new(options);
    }

    extension(RegressionCatalog.RegressionTrainers catalog)
    {
        /// <summary>Support vector regression with a kernel.</summary>
        /// <param name="labelColumnName">The label, of type Single.</param>
        /// <param name="featureColumnName">The features.</param>
        /// <param name="exampleWeightColumnName">The weights; null for none.</param>
        /// <param name="c">C, what a row outside the tube costs per unit of distance; above 0.</param>
        /// <param name="epsilon">ε, half the width of the tube, in the unit of the label; 0 or more.</param>
        /// <param name="kernel">The kernel's function.</param>
        /// <param name="gamma">γ of the kernel; null takes the scale of the features.</param>
        public KernelSvmRegressionTrainer KernelSvm(
            string labelColumnName = "Label", string featureColumnName = "Features", string? exampleWeightColumnName = null,
            double c = 1, double epsilon = 0.1, KernelFunction kernel = KernelFunction.Rbf, double? gamma = null) =>
            catalog.KernelSvm(new KernelSvmTrainer.RegressionOptions
            {
                LabelColumnName = labelColumnName,
                FeatureColumnName = featureColumnName,
                ExampleWeightColumnName = exampleWeightColumnName,
                C = c,
                Epsilon = epsilon,
                Kernel = kernel,
                Gamma = gamma,
            });

        /// <summary>Support vector regression with a kernel.</summary>
        /// <param name="options">The options.</param>
        public KernelSvmRegressionTrainer KernelSvm(KernelSvmTrainer.RegressionOptions options) => new(options);
    }

    extension(AnomalyDetectionCatalog.AnomalyDetectionTrainers catalog)
    {
        /// <summary>A one-class support vector machine with a kernel.</summary>
        /// <param name="featureColumnName">The features.</param>
        /// <param name="exampleWeightColumnName">The weights; null for none.</param>
        /// <param name="nu">ν, about the part of the training rows that is left outside; above 0, up to 1.</param>
        /// <param name="kernel">The kernel's function.</param>
        /// <param name="gamma">γ of the kernel; null takes the scale of the features.</param>
        public OneClassSvmTrainer OneClassSvm(
            string featureColumnName = "Features", string? exampleWeightColumnName = null, double nu = 0.5,
            KernelFunction kernel = KernelFunction.Rbf, double? gamma = null) =>
            catalog.OneClassSvm(new OneClassSvmTrainer.Options
            {
                FeatureColumnName = featureColumnName,
                ExampleWeightColumnName = exampleWeightColumnName,
                Nu = nu,
                Kernel = kernel,
                Gamma = gamma,
            });

        /// <summary>A one-class support vector machine with a kernel.</summary>
        /// <param name="options">The options.</param>
        public OneClassSvmTrainer OneClassSvm(OneClassSvmTrainer.Options options) => new(options);
    }
}
