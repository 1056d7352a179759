using MLPath.Trainers;

namespace MLPath;

/// <summary>Rosenblatt's perceptrons.</summary>
public static class PerceptronCatalog
{
    extension(BinaryClassificationCatalog.BinaryClassificationTrainers catalog)
    {
        /// <summary>A perceptron for two classes.</summary>
        /// <param name="labelColumnName">The label, Boolean.</param>
        /// <param name="featureColumnName">The features, normalised.</param>
        public PerceptronBinaryTrainer Perceptron(string labelColumnName = "Label", string featureColumnName = "Features") =>
            catalog.Perceptron(new PerceptronTrainer.Options { LabelColumnName = labelColumnName, FeatureColumnName = featureColumnName });

        /// <summary>A perceptron for two classes.</summary>
        /// <param name="options">The options.</param>
        public PerceptronBinaryTrainer Perceptron(PerceptronTrainer.Options options) => new(options with { Seed = options.Seed ?? catalog.Environment.Seed });
    }

    extension(MulticlassClassificationCatalog.MulticlassClassificationTrainers catalog)
    {
        /// <summary>Perceptrons for several classes, each against all others.</summary>
        /// <param name="labelColumnName">The label, a key.</param>
        /// <param name="featureColumnName">The features, normalised.</param>
        public PerceptronMulticlassTrainer Perceptron(string labelColumnName = "Label", string featureColumnName = "Features") =>
            catalog.Perceptron(new PerceptronTrainer.Options { LabelColumnName = labelColumnName, FeatureColumnName = featureColumnName });

        /// <summary>Perceptrons for several classes, each against all others.</summary>
        /// <param name="options">The options.</param>
        public PerceptronMulticlassTrainer Perceptron(PerceptronTrainer.Options options) => new(options with { Seed = options.Seed ?? catalog.Environment.Seed });
    }
}
