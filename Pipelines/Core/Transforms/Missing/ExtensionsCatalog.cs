using MLPath.Transforms;

namespace MLPath;

/// <summary>The transforms of <c>ml.Transforms</c> that deal with missing values.</summary>
public static class ExtensionsCatalog
{
    extension(TransformsCatalog catalog)
    {
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
