using MLPath.Transforms;

namespace MLPath;

/// <summary>The transforms of <c>ml.Transforms</c> that arrange columns.</summary>
public static class TransformExtensionsCatalog
{
    extension(TransformsCatalog catalog)
    {
        /// <summary>Joins number columns into one vector.</summary>
        /// <param name="outputColumnName">The column to make, "Features" most often.</param>
        /// <param name="inputColumnNames">The columns to join: numbers, Booleans, or vectors of these.</param>
        public ColumnConcatenatingEstimator Concatenate(string outputColumnName, params string[] inputColumnNames) =>
            new(outputColumnName, inputColumnNames);
    }
}
