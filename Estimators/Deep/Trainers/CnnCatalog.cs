using MLPath.Trainers;

namespace MLPath;

/// <summary>The convolutional networks.</summary>
public static class CnnCatalog
{
    extension(BinaryClassificationCatalog.BinaryClassificationTrainers catalog)
    {
        /// <summary>A convolutional network for two classes.</summary>
        /// <param name="labelColumnName">The label, Boolean.</param>
        /// <param name="featureColumnName">The pixels.</param>
        public CnnBinaryTrainer Cnn(string labelColumnName = "Label", string featureColumnName = "Features") =>
            catalog.Cnn(new CnnTrainer.Options { LabelColumnName = labelColumnName, FeatureColumnName = featureColumnName });

        /// <summary>A convolutional network for two classes.</summary>
        /// <param name="options">The options.</param>
        public CnnBinaryTrainer Cnn(CnnTrainer.Options options) => new(options with { Seed = options.Seed ?? catalog.Environment.Seed });
    }

    extension(MulticlassClassificationCatalog.MulticlassClassificationTrainers catalog)
    {
        /// <summary>A convolutional network for several classes.</summary>
        /// <param name="labelColumnName">The label, a key.</param>
        /// <param name="featureColumnName">The pixels.</param>
        public CnnMulticlassTrainer Cnn(string labelColumnName = "Label", string featureColumnName = "Features") =>
            catalog.Cnn(new CnnTrainer.Options { LabelColumnName = labelColumnName, FeatureColumnName = featureColumnName });

        /// <summary>A convolutional network for several classes.</summary>
        /// <param name="options">The options.</param>
        public CnnMulticlassTrainer Cnn(CnnTrainer.Options options) => new(options with { Seed = options.Seed ?? catalog.Environment.Seed });
    }

    extension(RegressionCatalog.RegressionTrainers catalog)
    {
        /// <summary>A convolutional network that predicts a number.</summary>
        /// <param name="labelColumnName">The label, of type Single.</param>
        /// <param name="featureColumnName">The pixels.</param>
        public CnnRegressionTrainer Cnn(string labelColumnName = "Label", string featureColumnName = "Features") =>
            catalog.Cnn(new CnnTrainer.Options { LabelColumnName = labelColumnName, FeatureColumnName = featureColumnName });

        /// <summary>A convolutional network that predicts a number.</summary>
        /// <param name="options">The options.</param>
        public CnnRegressionTrainer Cnn(CnnTrainer.Options options) => new(options with { Seed = options.Seed ?? catalog.Environment.Seed });
    }
}
