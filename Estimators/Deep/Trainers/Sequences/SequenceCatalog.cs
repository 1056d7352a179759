using MLPath.Trainers;

namespace MLPath;

/// <summary>The networks of sequences.</summary>
public static class SequenceCatalog
{
    extension(BinaryClassificationCatalog.BinaryClassificationTrainers catalog)
    {
        /// <summary>A plain recurrent network for two classes.</summary>
        /// <param name="labelColumnName">The label, Boolean.</param>
        /// <param name="featureColumnName">The features: tokens, time steps, or a vector whose features are the steps.</param>
        public RnnBinaryTrainer Rnn(string labelColumnName = "Label", string featureColumnName = "Features") =>
            catalog.Rnn(new RnnTrainer.Options { LabelColumnName = labelColumnName, FeatureColumnName = featureColumnName });

        /// <summary>A plain recurrent network for two classes.</summary>
        /// <param name="options">The options.</param>
        public RnnBinaryTrainer Rnn(RnnTrainer.Options options) => new(options with { Seed = options.Seed ?? catalog.Environment.Seed });

        /// <summary>A network of long short-term memory for two classes.</summary>
        /// <param name="labelColumnName">The label, Boolean.</param>
        /// <param name="featureColumnName">The features: tokens, time steps, or a vector whose features are the steps.</param>
        public LstmBinaryTrainer Lstm(string labelColumnName = "Label", string featureColumnName = "Features") =>
            catalog.Lstm(new LstmTrainer.Options { LabelColumnName = labelColumnName, FeatureColumnName = featureColumnName });

        /// <summary>A network of long short-term memory for two classes.</summary>
        /// <param name="options">The options.</param>
        public LstmBinaryTrainer Lstm(LstmTrainer.Options options) => new(options with { Seed = options.Seed ?? catalog.Environment.Seed });

        /// <summary>A network of gated recurrent units for two classes.</summary>
        /// <param name="labelColumnName">The label, Boolean.</param>
        /// <param name="featureColumnName">The features: tokens, time steps, or a vector whose features are the steps.</param>
        public GruBinaryTrainer Gru(string labelColumnName = "Label", string featureColumnName = "Features") =>
            catalog.Gru(new GruTrainer.Options { LabelColumnName = labelColumnName, FeatureColumnName = featureColumnName });

        /// <summary>A network of gated recurrent units for two classes.</summary>
        /// <param name="options">The options.</param>
        public GruBinaryTrainer Gru(GruTrainer.Options options) => new(options with { Seed = options.Seed ?? catalog.Environment.Seed });

        /// <summary>A transformer for two classes.</summary>
        /// <param name="labelColumnName">The label, Boolean.</param>
        /// <param name="featureColumnName">The features: tokens, time steps, or a vector of features without order.</param>
        public TransformerBinaryTrainer Transformer(string labelColumnName = "Label", string featureColumnName = "Features") =>
            catalog.Transformer(new TransformerTrainer.Options { LabelColumnName = labelColumnName, FeatureColumnName = featureColumnName });

        /// <summary>A transformer for two classes.</summary>
        /// <param name="options">The options.</param>
        public TransformerBinaryTrainer Transformer(TransformerTrainer.Options options) => new(options with { Seed = options.Seed ?? catalog.Environment.Seed });
    }

    extension(MulticlassClassificationCatalog.MulticlassClassificationTrainers catalog)
    {
        /// <summary>A plain recurrent network for several classes.</summary>
        /// <param name="labelColumnName">The label, a key.</param>
        /// <param name="featureColumnName">The features: tokens, time steps, or a vector whose features are the steps.</param>
        public RnnMulticlassTrainer Rnn(string labelColumnName = "Label", string featureColumnName = "Features") =>
            catalog.Rnn(new RnnTrainer.Options { LabelColumnName = labelColumnName, FeatureColumnName = featureColumnName });

        /// <summary>A plain recurrent network for several classes.</summary>
        /// <param name="options">The options.</param>
        public RnnMulticlassTrainer Rnn(RnnTrainer.Options options) => new(options with { Seed = options.Seed ?? catalog.Environment.Seed });

        /// <summary>A network of long short-term memory for several classes.</summary>
        /// <param name="labelColumnName">The label, a key.</param>
        /// <param name="featureColumnName">The features: tokens, time steps, or a vector whose features are the steps.</param>
        public LstmMulticlassTrainer Lstm(string labelColumnName = "Label", string featureColumnName = "Features") =>
            catalog.Lstm(new LstmTrainer.Options { LabelColumnName = labelColumnName, FeatureColumnName = featureColumnName });

        /// <summary>A network of long short-term memory for several classes.</summary>
        /// <param name="options">The options.</param>
        public LstmMulticlassTrainer Lstm(LstmTrainer.Options options) => new(options with { Seed = options.Seed ?? catalog.Environment.Seed });

        /// <summary>A network of gated recurrent units for several classes.</summary>
        /// <param name="labelColumnName">The label, a key.</param>
        /// <param name="featureColumnName">The features: tokens, time steps, or a vector whose features are the steps.</param>
        public GruMulticlassTrainer Gru(string labelColumnName = "Label", string featureColumnName = "Features") =>
            catalog.Gru(new GruTrainer.Options { LabelColumnName = labelColumnName, FeatureColumnName = featureColumnName });

        /// <summary>A network of gated recurrent units for several classes.</summary>
        /// <param name="options">The options.</param>
        public GruMulticlassTrainer Gru(GruTrainer.Options options) => new(options with { Seed = options.Seed ?? catalog.Environment.Seed });

        /// <summary>A transformer for several classes.</summary>
        /// <param name="labelColumnName">The label, a key.</param>
        /// <param name="featureColumnName">The features: tokens, time steps, or a vector of features without order.</param>
        public TransformerMulticlassTrainer Transformer(string labelColumnName = "Label", string featureColumnName = "Features") =>
            catalog.Transformer(new TransformerTrainer.Options { LabelColumnName = labelColumnName, FeatureColumnName = featureColumnName });

        /// <summary>A transformer for several classes.</summary>
        /// <param name="options">The options.</param>
        public TransformerMulticlassTrainer Transformer(TransformerTrainer.Options options) => new(options with { Seed = options.Seed ?? catalog.Environment.Seed });
    }

    extension(RegressionCatalog.RegressionTrainers catalog)
    {
        /// <summary>A plain recurrent network that predicts a number.</summary>
        /// <param name="labelColumnName">The label, of type Single.</param>
        /// <param name="featureColumnName">The features: tokens, time steps, or a vector whose features are the steps.</param>
        public RnnRegressionTrainer Rnn(string labelColumnName = "Label", string featureColumnName = "Features") =>
            catalog.Rnn(new RnnTrainer.Options { LabelColumnName = labelColumnName, FeatureColumnName = featureColumnName });

        /// <summary>A plain recurrent network that predicts a number.</summary>
        /// <param name="options">The options.</param>
        public RnnRegressionTrainer Rnn(RnnTrainer.Options options) => new(options with { Seed = options.Seed ?? catalog.Environment.Seed });

        /// <summary>A network of long short-term memory that predicts a number.</summary>
        /// <param name="labelColumnName">The label, of type Single.</param>
        /// <param name="featureColumnName">The features: tokens, time steps, or a vector whose features are the steps.</param>
        public LstmRegressionTrainer Lstm(string labelColumnName = "Label", string featureColumnName = "Features") =>
            catalog.Lstm(new LstmTrainer.Options { LabelColumnName = labelColumnName, FeatureColumnName = featureColumnName });

        /// <summary>A network of long short-term memory that predicts a number.</summary>
        /// <param name="options">The options.</param>
        public LstmRegressionTrainer Lstm(LstmTrainer.Options options) => new(options with { Seed = options.Seed ?? catalog.Environment.Seed });

        /// <summary>A network of gated recurrent units that predicts a number.</summary>
        /// <param name="labelColumnName">The label, of type Single.</param>
        /// <param name="featureColumnName">The features: tokens, time steps, or a vector whose features are the steps.</param>
        public GruRegressionTrainer Gru(string labelColumnName = "Label", string featureColumnName = "Features") =>
            catalog.Gru(new GruTrainer.Options { LabelColumnName = labelColumnName, FeatureColumnName = featureColumnName });

        /// <summary>A network of gated recurrent units that predicts a number.</summary>
        /// <param name="options">The options.</param>
        public GruRegressionTrainer Gru(GruTrainer.Options options) => new(options with { Seed = options.Seed ?? catalog.Environment.Seed });

        /// <summary>A transformer that predicts a number.</summary>
        /// <param name="labelColumnName">The label, of type Single.</param>
        /// <param name="featureColumnName">The features: tokens, time steps, or a vector of features without order.</param>
        public TransformerRegressionTrainer Transformer(string labelColumnName = "Label", string featureColumnName = "Features") =>
            catalog.Transformer(new TransformerTrainer.Options { LabelColumnName = labelColumnName, FeatureColumnName = featureColumnName });

        /// <summary>A transformer that predicts a number.</summary>
        /// <param name="options">The options.</param>
        public TransformerRegressionTrainer Transformer(TransformerTrainer.Options options) => new(options with { Seed = options.Seed ?? catalog.Environment.Seed });
    }
}
