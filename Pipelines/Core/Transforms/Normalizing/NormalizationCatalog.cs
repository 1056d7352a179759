using MLPath.Transforms;

namespace MLPath;

/// <summary>The transforms of <c>ml.Transforms</c> that bring numbers to a common scale.</summary>
public static partial class NormalizationCatalog
{
    extension(TransformsCatalog catalog)
    {
        /// <summary>
        /// Scales each slot by the least and the greatest value seen: into [−1, 1] with 0 kept (<paramref name="fixZero"/>), or into [0, 1].
        /// </summary>
        /// <param name="outputColumnName">The column to make.</param>
        /// <param name="inputColumnName">The column to scale: Single, Double, or a vector of these; the output's name when null.</param>
        /// <param name="maximumExampleCount">The most rows to learn from; at least 2.</param>
        /// <param name="fixZero">Whether 0 stays 0, which keeps sparse rows sparse.</param>
        public NormalizingEstimator NormalizeMinMax(
            string outputColumnName,
            string? inputColumnName = null,
            long maximumExampleCount = NormalizingEstimator.DefaultMaximumExampleCount,
            bool fixZero = true) =>
            NormalizingEstimator.MinMax([new(outputColumnName, inputColumnName)], maximumExampleCount, fixZero);

        /// <summary>
        /// Scales each slot by the least and the greatest value seen: into [−1, 1] with 0 kept (<paramref name="fixZero"/>), or into [0, 1].
        /// </summary>
        /// <param name="columns">The columns to make, and of which: Single, Double, or vectors of these.</param>
        /// <param name="maximumExampleCount">The most rows to learn from; at least 2.</param>
        /// <param name="fixZero">Whether 0 stays 0, which keeps sparse rows sparse.</param>
        public NormalizingEstimator NormalizeMinMax(
            InputOutputColumnPair[] columns, long maximumExampleCount = NormalizingEstimator.DefaultMaximumExampleCount, bool fixZero = true) =>
            NormalizingEstimator.MinMax(columns, maximumExampleCount, fixZero);

        /// <summary>
        /// Scales each slot by the mean and variance seen. By default 0 stays 0 and the mean is not removed: for mean 0 and variance 1 give
        /// <c>fixZero: false</c>, or call <c>Standardize</c>.
        /// </summary>
        /// <param name="outputColumnName">The column to make.</param>
        /// <param name="inputColumnName">The column to scale: Single, Double, or a vector of these; the output's name when null.</param>
        /// <param name="maximumExampleCount">The most rows to learn from; at least 2.</param>
        /// <param name="fixZero">Whether 0 stays 0, which keeps sparse rows sparse: x / √(σ² + μ²) instead of (x − μ) / σ.</param>
        /// <param name="useCdf">Whether to give the normal distribution function Φ((x − μ) / σ), within [0, 1], whatever <paramref name="fixZero"/> is.</param>
        public NormalizingEstimator NormalizeMeanVariance(
            string outputColumnName,
            string? inputColumnName = null,
            long maximumExampleCount = NormalizingEstimator.DefaultMaximumExampleCount,
            bool fixZero = true,
            bool useCdf = false) =>
            NormalizingEstimator.MeanVariance([new(outputColumnName, inputColumnName)], maximumExampleCount, fixZero, useCdf);

        /// <summary>
        /// Scales each slot by the mean and variance seen. By default 0 stays 0 and the mean is not removed: for mean 0 and variance 1 give
        /// <c>fixZero: false</c>, or call <c>Standardize</c>.
        /// </summary>
        /// <param name="columns">The columns to make, and of which: Single, Double, or vectors of these.</param>
        /// <param name="maximumExampleCount">The most rows to learn from; at least 2.</param>
        /// <param name="fixZero">Whether 0 stays 0, which keeps sparse rows sparse: x / √(σ² + μ²) instead of (x − μ) / σ.</param>
        /// <param name="useCdf">Whether to give the normal distribution function Φ((x − μ) / σ), within [0, 1], whatever <paramref name="fixZero"/> is.</param>
        public NormalizingEstimator NormalizeMeanVariance(
            InputOutputColumnPair[] columns,
            long maximumExampleCount = NormalizingEstimator.DefaultMaximumExampleCount,
            bool fixZero = true,
            bool useCdf = false) =>
            NormalizingEstimator.MeanVariance(columns, maximumExampleCount, fixZero, useCdf);

        /// <summary>
        /// Standardises each slot: (x − μ) / σ has mean 0 and variance 1 on the training data, as scikit-learn's StandardScaler gives it. The same as
        /// <c>NormalizeMeanVariance</c> with <c>fixZero: false</c>.
        /// </summary>
        /// <param name="outputColumnName">The column to make.</param>
        /// <param name="inputColumnName">The column to scale: Single, Double, or a vector of these; the output's name when null.</param>
        /// <param name="acrossSlots">Whether all slots of a vector share one mean and variance, so that pixels keep their contrasts.</param>
        public NormalizingEstimator Standardize(string outputColumnName, string? inputColumnName = null, bool acrossSlots = false) =>
            NormalizingEstimator.MeanVariance([new(outputColumnName, inputColumnName)], fixZero: false, acrossSlots: acrossSlots);
    }
}
