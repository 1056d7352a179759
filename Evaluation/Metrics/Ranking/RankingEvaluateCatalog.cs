using MLPath.Data;
using MLPath.Evaluation;
using MLPath.Runtime;

namespace MLPath;

/// <summary>Measures how good orders are.</summary>
public static class RankingEvaluateCatalog
{
    extension(RankingCatalog catalog)
    {
        /// <summary>Measures the order that scores give to the rows of each group.</summary>
        /// <param name="data">Scored rows.</param>
        /// <param name="labelColumnName">How relevant a row is: a Single, 0, 1, 2, …; or a key, whose first value is 0.</param>
        /// <param name="rowGroupColumnName">The group: a scalar column of any type; rows of equal value belong together, wherever they stand.</param>
        /// <param name="scoreColumnName">The score.</param>
        /// <exception cref="SchemaException">A column is missing or has the wrong type.</exception>
        /// <exception cref="DataException">A label has no gain, or a row no group.</exception>
        public RankingMetrics Evaluate(
            IDataView data, string labelColumnName = "Label", string rowGroupColumnName = "GroupId", string scoreColumnName = "Score") =>
            catalog.Evaluate(data, null, labelColumnName, rowGroupColumnName, scoreColumnName);

        /// <summary>Measures the order that scores give to the rows of each group.</summary>
        /// <param name="data">Scored rows.</param>
        /// <param name="options">The truncation level and the gains of the labels; null for the defaults.</param>
        /// <param name="labelColumnName">How relevant a row is: a Single, 0, 1, 2, …; or a key, whose first value is 0.</param>
        /// <param name="rowGroupColumnName">The group: a scalar column of any type; rows of equal value belong together, wherever they stand.</param>
        /// <param name="scoreColumnName">The score.</param>
        /// <exception cref="SchemaException">A column is missing or has the wrong type.</exception>
        /// <exception cref="DataException">A label has no gain, or a row no group.</exception>
        /// <exception cref="OptionException">An option is out of range.</exception>
        public RankingMetrics Evaluate(
            IDataView data, RankingEvaluatorOptions? options, string labelColumnName = "Label", string rowGroupColumnName = "GroupId",
            string scoreColumnName = "Score") => RankingRows.Read(data, labelColumnName, rowGroupColumnName, scoreColumnName).Evaluate(options);
    }
}
