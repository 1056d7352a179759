using MLPath.Trainers;

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
            TrainerFactory.Of(LearningTask.Regression, "Mlp", MlpTrainer.Options.All, o => new MlpRegressionTrainer(o)),
        ]) { IsUsual = true },
    ];
}
