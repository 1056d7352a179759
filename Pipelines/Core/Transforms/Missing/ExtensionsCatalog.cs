using MLPath.Transforms;

namespace MLPath;

/// <summary>The transforms of <c>ml.Transforms</c> that deal with missing values.</summary>
public static class ExtensionsCatalog
{
    extension(TransformsCatalog catalog)
    {
        /// <summary>Tells which values are missing: true for NaN, empty text and key 0.</summary>
        /// <param name="outputColumnName">The column to make, of Booleans.</param>
        /// <param name="inputColumnName">The column to look at: Single, Double, text, keys, or vectors of these; the output's name when null.</param>
        public MissingValueIndicatorEstimator IndicateMissingValues(string outputColumnName, string? inputColumnName = null) =>
            new(new InputOutputColumnPair(outputColumnName, inputColumnName));

        /// <summary>Tells which values are missing: true for NaN, empty text and key 0.</summary>
        /// <param name="columns">The columns to make, of Booleans, and of which: Single, Double, text, keys, or vectors of these.</param>
        public MissingValueIndicatorEstimator IndicateMissingValues(InputOutputColumnPair[] columns) => new(columns);

        /// <summary>Replaces missing numbers (NaN) by 0 or by a statistic of the known ones.</summary>
        /// <param name="outputColumnName">The column to make.</param>
        /// <param name="inputColumnName">The column to complete: Single, Double, or a vector of these; the output's name when null.</param>
        /// <param name="replacementMode">What replaces a missing value.</param>
        /// <param name="imputeBySlot">Whether each slot of a vector has a replacement of its own; otherwise one serves all slots.</param>
        public MissingValueReplacingEstimator ReplaceMissingValues(
            string outputColumnName,
            string? inputColumnName = null,
            MissingValueReplacingEstimator.ReplacementMode replacementMode = MissingValueReplacingEstimator.ReplacementMode.DefaultValue,
            bool imputeBySlot = true) =>
            new([new(outputColumnName, inputColumnName)], replacementMode, imputeBySlot);

        /// <summary>Replaces missing numbers (NaN) by 0 or by a statistic of the known ones.</summary>
        /// <param name="columns">The columns to make, and of which: Single, Double, or vectors of these.</param>
        /// <param name="replacementMode">What replaces a missing value.</param>
        /// <param name="imputeBySlot">Whether each slot of a vector has a replacement of its own; otherwise one serves all slots.</param>
        public MissingValueReplacingEstimator ReplaceMissingValues(
            InputOutputColumnPair[] columns,
            MissingValueReplacingEstimator.ReplacementMode replacementMode = MissingValueReplacingEstimator.ReplacementMode.DefaultValue,
            bool imputeBySlot = true) =>
            new(columns, replacementMode, imputeBySlot);
    }
}
