using MLPath.Deep;
using MLPath.Trainers;
using MLPath.Transforms;

namespace MLPath.Runtime;

/// <summary>The components of this library that model files may hold.</summary>
public static class DeepComponents
{
    /// <summary>The list to register.</summary>
    public static ComponentList All { get; } = new ComponentList("MLPath.Deep")
        .AddBinaryModel(NetworkBinaryModelParameters.Id, NetworkBinaryModelParameters.Load)
        .AddMulticlassModel(NetworkMulticlassModelParameters.Id, NetworkMulticlassModelParameters.Load)
        .AddRegressionModel(NetworkRegressionModelParameters.Id, NetworkRegressionModelParameters.Load)
        .AddBinaryModel(PerceptronBinaryModelParameters.Id, PerceptronBinaryModelParameters.Load)
        .AddMulticlassModel(PerceptronMulticlassModelParameters.Id, PerceptronMulticlassModelParameters.Load)
        .Add(MlpArchitecture.Id, MlpArchitecture.Load)
        .Add(RecurrentArchitecture.Id, RecurrentArchitecture.Load)
        .Add(TransformerArchitecture.Id, TransformerArchitecture.Load)
        .Add(CnnArchitecture.Id, CnnArchitecture.Load)
        .Add(AutoencodingTransformer.Id, AutoencodingTransformer.Load)
        .AddBinaryModel(EarlierMlp.BinaryId, EarlierMlp.LoadBinary)
        .AddMulticlassModel(EarlierMlp.MulticlassId, EarlierMlp.LoadMulticlass)
        .AddRegressionModel(EarlierMlp.RegressionId, EarlierMlp.LoadRegression);
}

/// <summary>The algorithms of this library that can be chosen by name.</summary>
public static class DeepAlgorithms
{
    /// <summary>The list to register.</summary>
    public static IReadOnlyList<Algorithm> All { get; } =
    [
        new("perceptron", "Perceptron", "A unit that fires where a weighted sum of the features is above 0, and whose weights move only when it is wrong.",
        [
            TrainerFactory.Of(LearningTask.Binary, "Perceptron", PerceptronTrainer.Options.All, o => new PerceptronBinaryTrainer(o)),
            TrainerFactory.Of(LearningTask.Multiclass, "Perceptron", PerceptronTrainer.Options.All, o => new PerceptronMulticlassTrainer(o)),
        ]),
        new("mlp", "Multilayer perceptron", "A small neural network: layers of units that each apply a bend to a weighted sum of the layer before.",
        [
            TrainerFactory.Of(LearningTask.Binary, "Mlp", MlpTrainer.Options.All, o => new MlpBinaryTrainer(o)),
            TrainerFactory.Of(LearningTask.Multiclass, "Mlp", MlpTrainer.Options.All, o => new MlpMulticlassTrainer(o)),
            TrainerFactory.Of(LearningTask.Regression, "Mlp", ForRegression(MlpTrainer.Options.All), o => new MlpRegressionTrainer(o)),
        ]) { IsUsual = true },
        new("rnn", "Recurrent network", "A network that reads a sequence step by step and carries a state along; it forgets soon.",
        [
            TrainerFactory.Of(LearningTask.Binary, "Rnn", RnnTrainer.Options.All, o => new RnnBinaryTrainer(o)),
            TrainerFactory.Of(LearningTask.Multiclass, "Rnn", RnnTrainer.Options.All, o => new RnnMulticlassTrainer(o)),
            TrainerFactory.Of(LearningTask.Regression, "Rnn", ForRegression(RnnTrainer.Options.All), o => new RnnRegressionTrainer(o)),
        ]),
        new("lstm", "Long short-term memory", "A recurrent network whose gates let memory last over many steps: for texts, time series and other sequences.",
        [
            TrainerFactory.Of(LearningTask.Binary, "Lstm", LstmTrainer.Options.All, o => new LstmBinaryTrainer(o)),
            TrainerFactory.Of(LearningTask.Multiclass, "Lstm", LstmTrainer.Options.All, o => new LstmMulticlassTrainer(o)),
            TrainerFactory.Of(LearningTask.Regression, "Lstm", ForRegression(LstmTrainer.Options.All), o => new LstmRegressionTrainer(o)),
        ]),
        new("gru", "Gated recurrent units", "A recurrent network with fewer gates than long short-term memory, for the same sequences.",
        [
            TrainerFactory.Of(LearningTask.Binary, "Gru", GruTrainer.Options.All, o => new GruBinaryTrainer(o)),
            TrainerFactory.Of(LearningTask.Multiclass, "Gru", GruTrainer.Options.All, o => new GruMulticlassTrainer(o)),
            TrainerFactory.Of(LearningTask.Regression, "Gru", ForRegression(GruTrainer.Options.All), o => new GruRegressionTrainer(o)),
        ]),
        new("transformer", "Transformer", "A network in which every token, time step or feature looks at all others: for texts, sequences and tables.",
        [
            TrainerFactory.Of(LearningTask.Binary, "Transformer", TransformerTrainer.Options.All, o => new TransformerBinaryTrainer(o)),
            TrainerFactory.Of(LearningTask.Multiclass, "Transformer", TransformerTrainer.Options.All, o => new TransformerMulticlassTrainer(o)),
            TrainerFactory.Of(LearningTask.Regression, "Transformer", ForRegression(TransformerTrainer.Options.All), o => new TransformerRegressionTrainer(o)),
        ]),
        new("cnn", "Convolutional network", "A network for images: windows of a few pixels are looked at by the same weights wherever they lie.",
        [
            TrainerFactory.Of(LearningTask.Binary, "Cnn", CnnTrainer.Options.All, o => new CnnBinaryTrainer(o)),
            TrainerFactory.Of(LearningTask.Multiclass, "Cnn", CnnTrainer.Options.All, o => new CnnMulticlassTrainer(o)),
            TrainerFactory.Of(LearningTask.Regression, "Cnn", ForRegression(CnnTrainer.Options.All), o => new CnnRegressionTrainer(o)),
        ]),
    ];

    /// <summary>The algorithms that are steps of pipelines.</summary>
    public static IReadOnlyList<AlgorithmStep> Steps { get; } =
    [
        new("autoencoder", "Autoencoder", "A few numbers from which a network gives the features back as well as it can.", "Transforms.Autoencoder", AutoencodingEstimator.Options.All),
    ];

    // Classes are weighted and smoothed where there are some.
    private static OptionSet<TOptions> ForRegression<TOptions>(OptionSet<TOptions> options)
        where TOptions : NetworkTrainerOptions =>
        options.Without(nameof(NetworkTrainerOptions.ClassWeights), nameof(NetworkTrainerOptions.LabelSmoothing));
}
