using MLPath.Evaluation;

namespace MLPath;

/// <summary>Rows kept back for the last test: members of <c>ml.Data</c>.</summary>
public static class HoldOutCatalog
{
    extension(DataOperationsCatalog catalog)
    {
        /// <summary>
        /// Keeps rows back to measure the chosen model once, and counts how often they are opened.
        /// </summary>
        /// <param name="data">The rows.</param>
        /// <param name="fraction">The fraction to keep back, above 0 and below 1; default 0.2.</param>
        /// <param name="stratifyColumn">Classes, by value, that both parts have in the proportions of the whole; null for none.</param>
        /// <param name="groupColumn">Groups, by value, whose rows stay in one part; null for none.</param>
        /// <param name="timeColumn">The time of a row: the last rows are kept back; null for none. Goes with no other column.</param>
        /// <param name="seed">The seed; that of the context when omitted.</param>
        /// <param name="countFile">A file beside the data that keeps the count, by the fingerprint of the rows; null counts in memory, for this object alone.</param>
        /// <exception cref="SchemaException">A column is not there, or has a type that cannot be used so.</exception>
        /// <exception cref="DataException">There are too few rows or groups, or a row has no group or time.</exception>
        public HoldOut HoldOut(
            IDataView data, double fraction = 0.2, string? stratifyColumn = null, string? groupColumn = null, string? timeColumn = null, int? seed = null,
            string? countFile = null)
        {
            var split = catalog.TrainTestSplit(data, fraction, null, seed, stratifyColumn, groupColumn, timeColumn);
            return new HoldOut(split.TrainSet, split.TestSet, countFile);
        }

        /// <summary>Takes rows that were kept back already, such as those of a file of their own, and counts how often they are opened.</summary>
        /// <param name="trainSet">The rows to learn from.</param>
        /// <param name="testSet">The rows that were kept back.</param>
        /// <param name="countFile">A file beside the data that keeps the count, by the fingerprint of the rows; null counts in memory, for this object alone.</param>
        public HoldOut HoldOut(IDataView trainSet, IDataView testSet, string? countFile = null)
        {
            ArgumentNullException.ThrowIfNull(trainSet);
            ArgumentNullException.ThrowIfNull(testSet);
            return new HoldOut(trainSet, testSet, countFile);
        }
    }
}
