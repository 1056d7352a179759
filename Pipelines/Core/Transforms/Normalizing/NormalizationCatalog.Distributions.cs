using MLPath.Transforms;

namespace MLPath;

/// <content>Logarithms, quantiles and bins.</content>
public static partial class NormalizationCatalog
{
    extension(TransformsCatalog catalog)
    {
        /// <summary>
        /// Scales each slot by the mean μ and variance σ² of the logarithm of its values above 0: for values spread over powers of ten.
        /// </summary>
        /// <param name="outputColumnName">The column to make.</param>
        /// <param name="inputColumnName">The column to scale: Single, Double, or a vector of these; the output's name when null.</param>
        /// <param name="maximumExampleCount">The most rows to learn from; at least 2.</param>
        /// <param name="useCdf">Whether to give Φ((ln x − μ) / σ); otherwise x itself, not its logarithm, is scaled by these μ and σ, as in ML.NET.</param>
        public NormalizingEstimator NormalizeLogMeanVariance(
            string outputColumnName,
            string? inputColumnName = null,
            long maximumExampleCount = NormalizingEstimator.DefaultMaximumExampleCount,
            bool useCdf = true) =>
            NormalizingEstimator.LogMeanVariance([new(outputColumnName, inputColumnName)], maximumExampleCount, fixZero: false, useCdf);

        /// <summary>
        /// Scales each slot by the mean μ and variance σ² of the logarithm of its values above 0: for values spread over powers of ten.
        /// </summary>
        /// <param name="columns">The columns to make, and of which: Single, Double, or vectors of these.</param>
        /// <param name="maximumExampleCount">The most rows to learn from; at least 2.</param>
        /// <param name="useCdf">Whether to give Φ((ln x − μ) / σ); otherwise x itself, not its logarithm, is scaled by these μ and σ, as in ML.NET.</param>
        public NormalizingEstimator NormalizeLogMeanVariance(
            InputOutputColumnPair[] columns,
            long maximumExampleCount = NormalizingEstimator.DefaultMaximumExampleCount,
            bool useCdf = true) =>
            NormalizingEstimator.LogMeanVariance(columns, maximumExampleCount, fixZero: false, useCdf);

        /// <summary>
        /// Scales each slot by the mean μ and variance σ² of the logarithm of its values above 0: for values spread over powers of ten.
        /// </summary>
        /// <param name="outputColumnName">The column to make.</param>
        /// <param name="inputColumnName">The column to scale: Single, Double, or a vector of these; the output's name when null.</param>
        /// <param name="fixZero">Whether 0 stays 0 without the distribution function, which keeps sparse rows sparse. With it, 0 becomes 0 anyway.</param>
        /// <param name="maximumExampleCount">The most rows to learn from; at least 2.</param>
        /// <param name="useCdf">Whether to give Φ((ln x − μ) / σ); otherwise x itself, not its logarithm, is scaled by these μ and σ, as in ML.NET.</param>
        public NormalizingEstimator NormalizeLogMeanVariance(
            string outputColumnName,
            bool fixZero,
            string? inputColumnName = null,
            long maximumExampleCount = NormalizingEstimator.DefaultMaximumExampleCount,
            bool useCdf = true) =>
            NormalizingEstimator.LogMeanVariance([new(outputColumnName, inputColumnName)], maximumExampleCount, fixZero, useCdf);

        /// <summary>
        /// Scales each slot by the mean μ and variance σ² of the logarithm of its values above 0: for values spread over powers of ten.
        /// </summary>
        /// <param name="columns">The columns to make, and of which: Single, Double, or vectors of these.</param>
        /// <param name="fixZero">Whether 0 stays 0 without the distribution function, which keeps sparse rows sparse. With it, 0 becomes 0 anyway.</param>
        /// <param name="maximumExampleCount">The most rows to learn from; at least 2.</param>
        /// <param name="useCdf">Whether to give Φ((ln x − μ) / σ); otherwise x itself, not its logarithm, is scaled by these μ and σ, as in ML.NET.</param>
        public NormalizingEstimator NormalizeLogMeanVariance(
            InputOutputColumnPair[] columns,
            bool fixZero,
            long maximumExampleCount = NormalizingEstimator.DefaultMaximumExampleCount,
            bool useCdf = true) =>
            NormalizingEstimator.LogMeanVariance(columns, maximumExampleCount, fixZero, useCdf);

        /// <summary>
        /// Removes the median of each slot and divides by the range between two of its quantiles, the interquartile range by default: statistics that
        /// outliers do not move. As scikit-learn's RobustScaler gives it.
        /// </summary>
        /// <param name="outputColumnName">The column to make.</param>
        /// <param name="inputColumnName">The column to scale: Single, Double, or a vector of these; the output's name when null.</param>
        /// <param name="maximumExampleCount">The most rows to learn from; at least 2.</param>
        /// <param name="centerData">Whether the median is removed; otherwise 0 stays 0, which keeps sparse rows sparse.</param>
        /// <param name="quantileMin">The lower quantile in percent, below <paramref name="quantileMax"/>.</param>
        /// <param name="quantileMax">The upper quantile in percent, at most 100.</param>
        public NormalizingEstimator NormalizeRobustScaling(
            string outputColumnName,
            string? inputColumnName = null,
            long maximumExampleCount = NormalizingEstimator.DefaultMaximumExampleCount,
            bool centerData = true,
            uint quantileMin = NormalizingEstimator.DefaultQuantileMin,
            uint quantileMax = NormalizingEstimator.DefaultQuantileMax) =>
            NormalizingEstimator.RobustScaling([new(outputColumnName, inputColumnName)], maximumExampleCount, centerData, quantileMin, quantileMax);

        /// <summary>
        /// Removes the median of each slot and divides by the range between two of its quantiles, the interquartile range by default: statistics that
        /// outliers do not move. As scikit-learn's RobustScaler gives it.
        /// </summary>
        /// <param name="columns">The columns to make, and of which: Single, Double, or vectors of these.</param>
        /// <param name="maximumExampleCount">The most rows to learn from; at least 2.</param>
        /// <param name="centerData">Whether the median is removed; otherwise 0 stays 0, which keeps sparse rows sparse.</param>
        /// <param name="quantileMin">The lower quantile in percent, below <paramref name="quantileMax"/>.</param>
        /// <param name="quantileMax">The upper quantile in percent, at most 100.</param>
        public NormalizingEstimator NormalizeRobustScaling(
            InputOutputColumnPair[] columns,
            long maximumExampleCount = NormalizingEstimator.DefaultMaximumExampleCount,
            bool centerData = true,
            uint quantileMin = NormalizingEstimator.DefaultQuantileMin,
            uint quantileMax = NormalizingEstimator.DefaultQuantileMax) =>
            NormalizingEstimator.RobustScaling(columns, maximumExampleCount, centerData, quantileMin, quantileMax);

        /// <summary>
        /// Gives the number of the bin that each value falls into, over that of the last bin; bins hold about as many of the values seen each.
        /// </summary>
        /// <param name="outputColumnName">The column to make.</param>
        /// <param name="inputColumnName">The column to scale: Single, Double, or a vector of these; the output's name when null.</param>
        /// <param name="maximumExampleCount">The most rows to learn from; at least 2.</param>
        /// <param name="fixZero">Whether 0 stays 0, which keeps sparse rows sparse.</param>
        /// <param name="maximumBinCount">The most bins; at least 2.</param>
        public NormalizingEstimator NormalizeBinning(
            string outputColumnName,
            string? inputColumnName = null,
            long maximumExampleCount = NormalizingEstimator.DefaultMaximumExampleCount,
            bool fixZero = true,
            int maximumBinCount = NormalizingEstimator.DefaultMaximumBinCount) =>
            NormalizingEstimator.Binning([new(outputColumnName, inputColumnName)], maximumExampleCount, fixZero, maximumBinCount);

        /// <summary>
        /// Gives the number of the bin that each value falls into, over that of the last bin; bins hold about as many of the values seen each.
        /// </summary>
        /// <param name="columns">The columns to make, and of which: Single, Double, or vectors of these.</param>
        /// <param name="maximumExampleCount">The most rows to learn from; at least 2.</param>
        /// <param name="fixZero">Whether 0 stays 0, which keeps sparse rows sparse.</param>
        /// <param name="maximumBinCount">The most bins; at least 2.</param>
        public NormalizingEstimator NormalizeBinning(
            InputOutputColumnPair[] columns,
            long maximumExampleCount = NormalizingEstimator.DefaultMaximumExampleCount,
            bool fixZero = true,
            int maximumBinCount = NormalizingEstimator.DefaultMaximumBinCount) =>
            NormalizingEstimator.Binning(columns, maximumExampleCount, fixZero, maximumBinCount);

        /// <summary>
        /// Gives the number of the bin that each value falls into, over that of the last bin; the bins are cut where that tells most of the label.
        /// </summary>
        /// <param name="outputColumnName">The column to make.</param>
        /// <param name="inputColumnName">The column to scale: Single, Double, or a vector of these; the output's name when null.</param>
        /// <param name="labelColumnName">The label: a key or Boolean, whose values are classes, or a number, of which those above 0 are a class.</param>
        /// <param name="maximumExampleCount">The most rows to learn from; at least 2.</param>
        /// <param name="fixZero">Whether 0 stays 0, which keeps sparse rows sparse.</param>
        /// <param name="maximumBinCount">The most bins; at least 2.</param>
        /// <param name="mininimumExamplesPerBin">A bin of fewer rows is not cut in two; at least 1.</param>
        public NormalizingEstimator NormalizeSupervisedBinning(
            string outputColumnName,
            string? inputColumnName = null,
            string labelColumnName = "Label",
            long maximumExampleCount = NormalizingEstimator.DefaultMaximumExampleCount,
            bool fixZero = true,
            int maximumBinCount = NormalizingEstimator.DefaultMaximumBinCount,
            int mininimumExamplesPerBin = NormalizingEstimator.DefaultMinimumExamplesPerBin) =>
            NormalizingEstimator.SupervisedBinning([new(outputColumnName, inputColumnName)], labelColumnName, maximumExampleCount, fixZero, maximumBinCount, mininimumExamplesPerBin);

        /// <summary>
        /// Gives the number of the bin that each value falls into, over that of the last bin; the bins are cut where that tells most of the label.
        /// </summary>
        /// <param name="columns">The columns to make, and of which: Single, Double, or vectors of these.</param>
        /// <param name="labelColumnName">The label: a key or Boolean, whose values are classes, or a number, of which those above 0 are a class.</param>
        /// <param name="maximumExampleCount">The most rows to learn from; at least 2.</param>
        /// <param name="fixZero">Whether 0 stays 0, which keeps sparse rows sparse.</param>
        /// <param name="maximumBinCount">The most bins; at least 2.</param>
        /// <param name="mininimumExamplesPerBin">A bin of fewer rows is not cut in two; at least 1.</param>
        public NormalizingEstimator NormalizeSupervisedBinning(
            InputOutputColumnPair[] columns,
            string labelColumnName = "Label",
            long maximumExampleCount = NormalizingEstimator.DefaultMaximumExampleCount,
            bool fixZero = true,
            int maximumBinCount = NormalizingEstimator.DefaultMaximumBinCount,
            int mininimumExamplesPerBin = NormalizingEstimator.DefaultMinimumExamplesPerBin) =>
            NormalizingEstimator.SupervisedBinning(columns, labelColumnName, maximumExampleCount, fixZero, maximumBinCount, mininimumExamplesPerBin);
    }
}
