using MLPath.Runtime;
using MLPath.Trainers;
using MLPath.Transforms;

namespace MLPath.Contract.Tests;

/// <content>Networks of one's own, and transforms by networks.</content>
internal static partial class EstimatorCases
{
    private static IEnumerable<EstimatorCase> Networks()
    {
        var options = new NetworkTrainer.Options { Epochs = 5, ValidationFraction = 0.2 };
        MlpArchitecture Make(TrainingData data, int outputs) => new(data.Features.Columns, [6], outputs);
        yield return Network("binary", LearningTask.Binary, () => ML.BinaryClassification.Trainers.Network(Make, options));
        yield return Network("multiclass", LearningTask.Multiclass, () => ML.MulticlassClassification.Trainers.Network(Make, options));
        yield return Network("regression", LearningTask.Regression, () => ML.Regression.Trainers.Network(Make, options));
        yield return Transform("Autoencoder", () => ML.Transforms.Autoencoder("Out", "Features", new AutoencodingEstimator.Options { CodeSize = 2, HiddenUnits = [5], Epochs = 5 }));
        yield return Transform("Autoencoder of noisy rows with errors and sparse codes", () => ML.Transforms.Autoencoder("Out", "Features", new AutoencodingEstimator.Options
        {
            CodeSize = 3,
            HiddenUnits = [],
            Epochs = 5,
            Noise = 0.3,
            Sparsity = 0.1,
            ErrorColumnName = "Error",
        }));
    }

    private static EstimatorCase Network(string name, LearningTask task, Func<IEstimator<ITransformer>> create) =>
        new($"Network ({name})", create, () => ContractData.For(task));
}
