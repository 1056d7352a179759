using MLPath.Trainers;

namespace MLPath;

/// <summary>The multilayer perceptrons.</summary>
public static class MlpCatalog
{
    extension(BinaryClassificationCatalog.BinaryClassificationTrainers catalog)
    {
        /// <summary>A multilayer perceptron for two classes.</summary>
        /// <param name="labelColumnName">The label, Boolean.</param>
        /// <param name="featureColumnName">The features, normalised.</param>
        public MlpBinaryTrainer Mlp(string labelColumnName = "Label", string featureColumnName = "Features") =>
            catalog.Mlp(new MlpTrainer.Options { LabelColumnName = labelColumnName, FeatureColumnName = featureColumnName });

        /// <summary>A multilayer perceptron for two classes.</summary>
        /// <param name="options">The options.</param>
        public MlpBinaryTrainer Mlp(MlpTrainer.Options options) => new(options with { Seed = options.Seed ?? catalog.Environment.Seed });
    }

    extension(MulticlassClassificationCatalog.MulticlassClassificationTrainers catalog)
    {
        /// <summary>A multilayer perceptron for several classes.</summary>
        /// <param name="labelColumnName">The label, a key.</param>
        /// <param name="featureColumnName">The features, normalised.</param>
        public MlpMulticlassTrainer Mlp(string labelColumnName = "Label", string featureColumnName = "Features") =>
            catalog.Mlp(new MlpTrainer.Options { LabelColumnName = labelColumnName, FeatureColumnName = featureColumnName });

        /// <summary>A multilayer perceptron for several classes.</summary>
        /// <param name="options">The options.</param>
        public MlpMulticlassTrainer Mlp(MlpTrainer.Options options) => new(options with { Seed = options.Seed ?? catalog.Environment.Seed });
    }

    extension(RegressionCatalog.RegressionTrainers catalog)
    {
        /// <summary>A multilayer perceptron that predicts a number.</summary>
        /// <param name="labelColumnName">The label, of type Single.</param>
        /// <param name="featureColumnName">The features, normalised.</param>
        public MlpRegressionTrainer Mlp(string labelColumnName = "Label", string featureColumnName = "Features") =>
            catalog.Mlp(new MlpTrainer.Options { LabelColumnName = labelColumnName, FeatureColumnName = featureColumnName });

        /// <summary>A multilayer perceptron that predicts a number.</summary>
        /// <param name="options">The options.</param>
        public MlpRegressionTrainer Mlp(MlpTrainer.Options options) => new(options with { Seed = options.Seed ?? catalog.Environment.Seed });
    }
}
