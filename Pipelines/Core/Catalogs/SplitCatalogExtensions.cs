using MLPath.Data;

namespace MLPath;

/// <summary>Divisions of data for training and testing: members of <c>ml.Data</c>.</summary>
public static class SplitCatalogExtensions
{
    extension(DataOperationsCatalog catalog)
    {
        /// <summary>
        /// Divides rows into a part to learn from and a part to test on. The number of tested rows is exact, and the parts keep the order
        /// of the data; by time, they have the order of time.
        /// </summary>
        /// <param name="data">The data, of which the number of rows and the columns named here are read now.</param>
        /// <param name="testFraction">The fraction of the rows to test on, above 0 and below 1; default 0.1.</param>
        /// <param name="samplingKeyColumnName">
        /// Groups whose rows stay in one part; ML.NET's name for <paramref name="groupColumn"/>.
        /// </param>
        /// <param name="seed">The seed; that of the context when omitted.</param>
        /// <param name="stratifyColumn">Classes, by value, that both parts have in the proportions of the whole; null for none.</param>
        /// <param name="groupColumn">Groups, by value, whose rows stay in one part; null for none.</param>
        /// <param name="timeColumn">The time of a row: the last rows are tested on; null for none. Goes with no other column.</param>
        /// <exception cref="SchemaException">A column is not there, or has a type that cannot be used so.</exception>
        /// <exception cref="DataException">There are too few rows or groups, or a row has no group or time.</exception>
        public DataOperationsCatalog.TrainTestData TrainTestSplit(
            IDataView data, double testFraction = 0.1, string? samplingKeyColumnName = null, int? seed = null,
            string? stratifyColumn = null, string? groupColumn = null, string? timeColumn = null)
        {
            ArgumentNullException.ThrowIfNull(data);
            var strategy = new TrainTest(
                testFraction, stratifyColumn, Group(samplingKeyColumnName, groupColumn), timeColumn, seed ?? catalog.Environment.Seed);
            return strategy.Split(data).Apply(data)[0];
        }

        /// <summary>Divides rows into folds, each of which is the part to test on once.</summary>
        /// <param name="data">The data, of which the number of rows and the columns named here are read now.</param>
        /// <param name="numberOfFolds">The number of folds, at least 2; default 5.</param>
        /// <param name="samplingKeyColumnName">
        /// Groups whose rows stay in one fold; ML.NET's name for <paramref name="groupColumn"/>.
        /// </param>
        /// <param name="seed">The seed; that of the context when omitted.</param>
        /// <param name="stratifyColumn">Classes, by value, that all folds have in the proportions of the whole; null for none.</param>
        /// <param name="groupColumn">Groups, by value, whose rows stay in one fold; null for none.</param>
        /// <param name="timeColumn">
        /// The time of a row: each fold is tested by what was learned from the rows before it; null for none. Goes with no other column.
        /// </param>
        /// <exception cref="SchemaException">A column is not there, or has a type that cannot be used so.</exception>
        /// <exception cref="DataException">There are too few rows or groups, or a row has no group or time.</exception>
        public IReadOnlyList<DataOperationsCatalog.TrainTestData> CrossValidationSplit(
            IDataView data, int numberOfFolds = 5, string? samplingKeyColumnName = null, int? seed = null,
            string? stratifyColumn = null, string? groupColumn = null, string? timeColumn = null)
        {
            ArgumentNullException.ThrowIfNull(data);
            string? groups = Group(samplingKeyColumnName, groupColumn);
            if (timeColumn is not null && (stratifyColumn is not null || groups is not null))
                throw new ArgumentException(
                    "Rows are divided either by time, or by classes and groups: time goes with no other column.", nameof(timeColumn));
            int chosen = seed ?? catalog.Environment.Seed;
            FoldStrategy strategy = (stratifyColumn, groups, timeColumn) switch
            {
                (_, _, not null) => new TimeSeriesSplit(timeColumn, numberOfFolds),
                (not null, not null, _) => new StratifiedGroupKFold(stratifyColumn, groups, numberOfFolds, Seed: chosen),
                (not null, null, _) => new StratifiedKFold(stratifyColumn, numberOfFolds, Seed: chosen),
                (null, not null, _) => new GroupKFold(groups, numberOfFolds, Seed: chosen),
                _ => new KFold(numberOfFolds, Seed: chosen),
            };
            return strategy.Split(data).Apply(data);
        }
    }

    private static string? Group(string? samplingKeyColumnName, string? groupColumn) =>
        samplingKeyColumnName is null || groupColumn is null || samplingKeyColumnName == groupColumn
            ? groupColumn ?? samplingKeyColumnName
            : throw new ArgumentException(
                $"Groups are named twice: '{samplingKeyColumnName}' (samplingKeyColumnName) and '{groupColumn}' (groupColumn). Name one.",
                nameof(groupColumn));
}
