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

        /// <summary>Gives a column a second name.</summary>
        /// <param name="outputColumnName">The column to make.</param>
        /// <param name="inputColumnName">The column it shows.</param>
        public ColumnCopyingEstimator CopyColumns(string outputColumnName, string inputColumnName) =>
            new(new InputOutputColumnPair(outputColumnName, inputColumnName));

        /// <summary>Gives columns second names.</summary>
        /// <param name="columns">The columns to make, and what each shows.</param>
        public ColumnCopyingEstimator CopyColumns(params InputOutputColumnPair[] columns) => new(columns);

        /// <summary>Drops columns, and keeps all others.</summary>
        /// <param name="columnNames">The columns to drop.</param>
        public ColumnSelectingEstimator DropColumns(params string[] columnNames) => ColumnSelectingEstimator.DropColumns(columnNames);

        /// <summary>Keeps columns, in the order given, and drops all others.</summary>
        /// <param name="columnNames">The columns to keep.</param>
        public ColumnSelectingEstimator SelectColumns(params string[] columnNames) => ColumnSelectingEstimator.KeepColumns(columnNames);

        /// <summary>Keeps columns, in the order given, and drops all others.</summary>
        /// <param name="columnNames">The columns to keep.</param>
        /// <param name="keepHidden">Whether to keep, beside each, the earlier columns of its name, which are hidden by it.</param>
        public ColumnSelectingEstimator SelectColumns(string[] columnNames, bool keepHidden) =>
            ColumnSelectingEstimator.KeepColumns(columnNames, keepHidden);
    }
}
