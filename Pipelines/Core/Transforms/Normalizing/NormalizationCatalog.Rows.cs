using MLPath.Transforms;

namespace MLPath;

/// <content>Norms of rows.</content>
public static partial class NormalizationCatalog
{
    extension(TransformsCatalog catalog)
    {
        /// <summary>Divides each row's vector by its norm, so that all rows have norm 1. Learns nothing.</summary>
        /// <param name="outputColumnName">The column to make.</param>
        /// <param name="inputColumnName">The column of vectors, of Single or Double; the output's name when null.</param>
        /// <param name="norm">The norm.</param>
        /// <param name="ensureZeroMean">Whether the mean of the row is subtracted first, which makes sparse rows dense.</param>
        public LpNormNormalizingEstimator NormalizeLpNorm(
            string outputColumnName,
            string? inputColumnName = null,
            LpNormNormalizingEstimatorBase.NormFunction norm = LpNormNormalizingEstimatorBase.NormFunction.L2,
            bool ensureZeroMean = false) =>
            new([new(outputColumnName, inputColumnName)], norm, ensureZeroMean);

        /// <summary>Divides each row's vector by its norm, so that all rows have norm 1. Learns nothing.</summary>
        /// <param name="columns">The columns to make, and of which: vectors of Single or Double.</param>
        /// <param name="norm">The norm.</param>
        /// <param name="ensureZeroMean">Whether the mean of the row is subtracted first, which makes sparse rows dense.</param>
        public LpNormNormalizingEstimator NormalizeLpNorm(
            InputOutputColumnPair[] columns,
            LpNormNormalizingEstimatorBase.NormFunction norm = LpNormNormalizingEstimatorBase.NormFunction.L2,
            bool ensureZeroMean = false) =>
            new(columns, norm, ensureZeroMean);

        /// <summary>Subtracts from each row's vector its mean, and divides it by its norm or standard deviation: images of equal contrast. Learns nothing.</summary>
        /// <param name="outputColumnName">The column to make.</param>
        /// <param name="inputColumnName">The column of vectors, of Single or Double; the output's name when null.</param>
        /// <param name="ensureZeroMean">Whether the mean of the row is subtracted.</param>
        /// <param name="ensureUnitStandardDeviation">Whether to divide by the standard deviation of the row; otherwise by its Euclidean norm.</param>
        /// <param name="scale">What the result is multiplied by; above 0.</param>
        public GlobalContrastNormalizingEstimator NormalizeGlobalContrast(
            string outputColumnName,
            string? inputColumnName = null,
            bool ensureZeroMean = true,
            bool ensureUnitStandardDeviation = false,
            float scale = 1) =>
            new([new(outputColumnName, inputColumnName)], ensureZeroMean, ensureUnitStandardDeviation, scale);

        /// <summary>Subtracts from each row's vector its mean, and divides it by its norm or standard deviation: images of equal contrast. Learns nothing.</summary>
        /// <param name="columns">The columns to make, and of which: vectors of Single or Double.</param>
        /// <param name="ensureZeroMean">Whether the mean of the row is subtracted.</param>
        /// <param name="ensureUnitStandardDeviation">Whether to divide by the standard deviation of the row; otherwise by its Euclidean norm.</param>
        /// <param name="scale">What the result is multiplied by; above 0.</param>
        public GlobalContrastNormalizingEstimator NormalizeGlobalContrast(
            InputOutputColumnPair[] columns,
            bool ensureZeroMean = true,
            bool ensureUnitStandardDeviation = false,
            float scale = 1) =>
            new(columns, ensureZeroMean, ensureUnitStandardDeviation, scale);
    }
}
