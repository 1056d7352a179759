using MLPath.Transforms;

namespace MLPath;

/// <summary>The choices of <c>ml.Transforms.FeatureSelection</c>: slots worth keeping.</summary>
public static class FeatureSelectionCatalog
{
    extension(TransformsCatalog.FeatureSelectionTransforms catalog)
    {
        /// <summary>Keeps the slots with enough values that are neither missing nor the default value.</summary>
        /// <param name="outputColumnName">The column to make.</param>
        /// <param name="inputColumnName">The column to choose from; the output's name when null.</param>
        /// <param name="count">The fewest such values for a slot to be kept.</param>
        public CountFeatureSelectingEstimator SelectFeaturesBasedOnCount(
            string outputColumnName, string? inputColumnName = null, long count = CountFeatureSelectingEstimator.DefaultCount) =>
            new([new(outputColumnName, inputColumnName)], count);

        /// <summary>Keeps the slots with enough values that are neither missing nor the default value.</summary>
        /// <param name="columns">The columns to make, and of which.</param>
        /// <param name="count">The fewest such values for a slot to be kept.</param>
        public CountFeatureSelectingEstimator SelectFeaturesBasedOnCount(
            InputOutputColumnPair[] columns, long count = CountFeatureSelectingEstimator.DefaultCount) =>
            new(columns, count);

        /// <summary>Keeps the slots that tell most of a label, each on its own.</summary>
        /// <param name="outputColumnName">The column to make.</param>
        /// <param name="inputColumnName">The column to choose from: numbers, Booleans, keys, or vectors of these; the output's name when null.</param>
        /// <param name="labelColumnName">The label: a key, Boolean or number.</param>
        /// <param name="slotsInOutput">The most slots to keep; at least 1.</param>
        /// <param name="numberOfBins">The most bins that numbers are divided into; at least 2.</param>
        public MutualInformationFeatureSelectingEstimator SelectFeaturesBasedOnMutualInformation(
            string outputColumnName,
            string? inputColumnName = null,
            string labelColumnName = "Label",
            int slotsInOutput = MutualInformationFeatureSelectingEstimator.DefaultSlotsInOutput,
            int numberOfBins = MutualInformationFeatureSelectingEstimator.DefaultNumberOfBins) =>
            new([new(outputColumnName, inputColumnName)], labelColumnName, slotsInOutput, numberOfBins);

        /// <summary>Keeps the slots that tell most of a label, each on its own, of all columns together.</summary>
        /// <param name="columns">The columns to make, and of which: numbers, Booleans, keys, or vectors of these.</param>
        /// <param name="labelColumnName">The label: a key, Boolean or number.</param>
        /// <param name="slotsInOutput">The most slots to keep of all columns together; at least 1.</param>
        /// <param name="numberOfBins">The most bins that numbers are divided into; at least 2.</param>
        public MutualInformationFeatureSelectingEstimator SelectFeaturesBasedOnMutualInformation(
            InputOutputColumnPair[] columns,
            string labelColumnName = "Label",
            int slotsInOutput = MutualInformationFeatureSelectingEstimator.DefaultSlotsInOutput,
            int numberOfBins = MutualInformationFeatureSelectingEstimator.DefaultNumberOfBins) =>
            new(columns, labelColumnName, slotsInOutput, numberOfBins);

        /// <summary>Keeps the slots whose variance is above a threshold: those that are not constant, by default.</summary>
        /// <param name="outputColumnName">The column to make.</param>
        /// <param name="inputColumnName">The column to choose from: Single, Double, or a vector of these; the output's name when null.</param>
        /// <param name="threshold">What the variance must be above; at least 0.</param>
        public VarianceFeatureSelectingEstimator SelectFeaturesBasedOnVariance(
            string outputColumnName, string? inputColumnName = null, double threshold = 0) =>
            new([new(outputColumnName, inputColumnName)], threshold);

        /// <summary>Keeps the slots whose variance is above a threshold: those that are not constant, by default.</summary>
        /// <param name="columns">The columns to make, and of which: Single, Double, or vectors of these.</param>
        /// <param name="threshold">What the variance must be above; at least 0.</param>
        public VarianceFeatureSelectingEstimator SelectFeaturesBasedOnVariance(InputOutputColumnPair[] columns, double threshold = 0) =>
            new(columns, threshold);
    }
}
