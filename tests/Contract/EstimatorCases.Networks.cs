using MLPath.Transforms;

namespace MLPath.Contract.Tests;

/// <content>Transforms by networks.</content>
internal static partial class EstimatorCases
{
    private static IEnumerable<EstimatorCase> Networks()
    {
        var t = ML.Transforms;
        yield return Transform("Autoencoder", () => t.Autoencoder("Out", "Features", new AutoencodingEstimator.Options { CodeSize = 2, HiddenUnits = [5], Epochs = 5 }));
        yield return Transform("Autoencoder of noisy rows with errors and sparse codes", () => t.Autoencoder("Out", "Features", new AutoencodingEstimator.Options
        {
            CodeSize = 3,
            HiddenUnits = [],
            Epochs = 5,
            Noise = 0.3,
            Sparsity = 0.1,
            ErrorColumnName = "Error",
        }));
    }
}
