using MLPath.Evaluation;
using MLPath.Runtime;

namespace MLPath;

/// <summary>Compares named pipelines on the same folds.</summary>
public static class CompareCatalog
{
    extension(BinaryClassificationCatalog catalog)
    {
        /// <summary>
        /// Compares pipelines that tell two classes apart: each is trained and measured on the same folds, and the differences are tested.
        /// </summary>
        /// <param name="data">The rows.</param>
        /// <param name="labelColumn">The raw label: text, number or Boolean with two values. The pipelines read it prepared, as column Label.</param>
        /// <param name="candidates">The pipelines, by name.</param>
        /// <param name="folds">The number of folds, which keep the shares of the classes.</param>
        /// <param name="repeats">How often the whole is repeated with other folds.</param>
        /// <param name="metric">The metric that decides; the area under the ROC curve when null.</param>
        /// <param name="seed">The seed; that of the context when null.</param>
        /// <param name="groupColumn">A column whose equal values stay in one fold.</param>
        /// <param name="foldColumn">A column that says which fold each row belongs to.</param>
        /// <param name="context">Progress, cancellation, threads.</param>
        /// <exception cref="SchemaException">A column is missing or has the wrong type.</exception>
        /// <exception cref="DataException">The data cannot be compared on.</exception>
        /// <exception cref="ComparisonCanceledException">It was cancelled; what was finished is in the exception.</exception>
        public ComparisonReport Compare(
            IDataView data, string labelColumn, CandidateSet candidates, int folds = 10, int repeats = 1, string? metric = null, int? seed = null,
            string? groupColumn = null, string? foldColumn = null, FitContext? context = null) =>
            Comparison.Run(LearningTask.Binary, data, candidates, Options(catalog, labelColumn, folds, repeats, metric, seed, groupColumn, foldColumn), context);

        /// <summary>Compares pipelines that tell two classes apart, with all that a comparison can be told: one split, five times two folds, the region of practical equivalence.</summary>
        /// <param name="data">The rows.</param>
        /// <param name="candidates">The pipelines, by name. They read the prepared column Label.</param>
        /// <param name="options">The label, the design, the metric, the seed.</param>
        /// <param name="context">Progress, cancellation, threads.</param>
        /// <exception cref="OptionException">An option is out of its range.</exception>
        /// <exception cref="SchemaException">A column is missing or has the wrong type.</exception>
        /// <exception cref="DataException">The data cannot be compared on.</exception>
        /// <exception cref="ComparisonCanceledException">It was cancelled; what was finished is in the exception.</exception>
        public ComparisonReport Compare(IDataView data, CandidateSet candidates, ComparisonOptions options, FitContext? context = null) =>
            Comparison.Run(LearningTask.Binary, data, candidates, options, context);
    }

    extension(MulticlassClassificationCatalog catalog)
    {
        /// <summary>
        /// Compares pipelines that tell several classes apart: each is trained and measured on the same folds, and the differences are tested.
        /// </summary>
        /// <param name="data">The rows.</param>
        /// <param name="labelColumn">The raw label: text, number, Boolean or key. The pipelines read it prepared, as column Label.</param>
        /// <param name="candidates">The pipelines, by name.</param>
        /// <param name="folds">The number of folds, which keep the shares of the classes.</param>
        /// <param name="repeats">How often the whole is repeated with other folds.</param>
        /// <param name="metric">The metric that decides; accuracy when null.</param>
        /// <param name="seed">The seed; that of the context when null.</param>
        /// <param name="groupColumn">A column whose equal values stay in one fold.</param>
        /// <param name="foldColumn">A column that says which fold each row belongs to.</param>
        /// <param name="context">Progress, cancellation, threads.</param>
        /// <exception cref="SchemaException">A column is missing or has the wrong type.</exception>
        /// <exception cref="DataException">The data cannot be compared on.</exception>
        /// <exception cref="ComparisonCanceledException">It was cancelled; what was finished is in the exception.</exception>
        public ComparisonReport Compare(
            IDataView data, string labelColumn, CandidateSet candidates, int folds = 10, int repeats = 1, string? metric = null, int? seed = null,
            string? groupColumn = null, string? foldColumn = null, FitContext? context = null) =>
            Comparison.Run(LearningTask.Multiclass, data, candidates, Options(catalog, labelColumn, folds, repeats, metric, seed, groupColumn, foldColumn), context);

        /// <summary>Compares pipelines that tell several classes apart, with all that a comparison can be told: one split, five times two folds, the region of practical equivalence.</summary>
        /// <param name="data">The rows.</param>
        /// <param name="candidates">The pipelines, by name. They read the prepared column Label.</param>
        /// <param name="options">The label, the design, the metric, the seed.</param>
        /// <param name="context">Progress, cancellation, threads.</param>
        /// <exception cref="OptionException">An option is out of its range.</exception>
        /// <exception cref="SchemaException">A column is missing or has the wrong type.</exception>
        /// <exception cref="DataException">The data cannot be compared on.</exception>
        /// <exception cref="ComparisonCanceledException">It was cancelled; what was finished is in the exception.</exception>
        public ComparisonReport Compare(IDataView data, CandidateSet candidates, ComparisonOptions options, FitContext? context = null) =>
            Comparison.Run(LearningTask.Multiclass, data, candidates, options, context);
    }

    extension(RegressionCatalog catalog)
    {
        /// <summary>Compares pipelines that predict a number: each is trained and measured on the same folds, and the differences are tested.</summary>
        /// <param name="data">The rows.</param>
        /// <param name="labelColumn">The number to predict. The pipelines read it as column Label.</param>
        /// <param name="candidates">The pipelines, by name.</param>
        /// <param name="folds">The number of folds.</param>
        /// <param name="repeats">How often the whole is repeated with other folds.</param>
        /// <param name="metric">The metric that decides; R² when null.</param>
        /// <param name="seed">The seed; that of the context when null.</param>
        /// <param name="groupColumn">A column whose equal values stay in one fold.</param>
        /// <param name="foldColumn">A column that says which fold each row belongs to.</param>
        /// <param name="context">Progress, cancellation, threads.</param>
        /// <exception cref="SchemaException">A column is missing or has the wrong type.</exception>
        /// <exception cref="DataException">The data cannot be compared on.</exception>
        /// <exception cref="ComparisonCanceledException">It was cancelled; what was finished is in the exception.</exception>
        public ComparisonReport Compare(
            IDataView data, string labelColumn, CandidateSet candidates, int folds = 10, int repeats = 1, string? metric = null, int? seed = null,
            string? groupColumn = null, string? foldColumn = null, FitContext? context = null) =>
            Comparison.Run(LearningTask.Regression, data, candidates, Options(catalog, labelColumn, folds, repeats, metric, seed, groupColumn, foldColumn), context);

        /// <summary>Compares pipelines that predict a number, with all that a comparison can be told: one split, five times two folds, the region of practical equivalence.</summary>
        /// <param name="data">The rows.</param>
        /// <param name="candidates">The pipelines, by name. They read the prepared column Label.</param>
        /// <param name="options">The label, the design, the metric, the seed.</param>
        /// <param name="context">Progress, cancellation, threads.</param>
        /// <exception cref="OptionException">An option is out of its range.</exception>
        /// <exception cref="SchemaException">A column is missing or has the wrong type.</exception>
        /// <exception cref="DataException">The data cannot be compared on.</exception>
        /// <exception cref="ComparisonCanceledException">It was cancelled; what was finished is in the exception.</exception>
        public ComparisonReport Compare(IDataView data, CandidateSet candidates, ComparisonOptions options, FitContext? context = null) =>
            Comparison.Run(LearningTask.Regression, data, candidates, options, context);
    }

    extension(ClusteringCatalog catalog)
    {
        /// <summary>Compares pipelines that find clusters: each is fitted on all folds but one and measured on that one.</summary>
        /// <param name="data">The rows.</param>
        /// <param name="labelColumn">Known classes to measure against, never learned from; null for none.</param>
        /// <param name="candidates">The pipelines, by name.</param>
        /// <param name="folds">The number of folds.</param>
        /// <param name="repeats">How often the whole is repeated with other folds.</param>
        /// <param name="metric">The metric that decides; the V-measure with known classes, the silhouette without, when null.</param>
        /// <param name="seed">The seed; that of the context when null.</param>
        /// <param name="groupColumn">A column whose equal values stay in one fold.</param>
        /// <param name="foldColumn">A column that says which fold each row belongs to.</param>
        /// <param name="context">Progress, cancellation, threads.</param>
        /// <exception cref="SchemaException">A column is missing or has the wrong type.</exception>
        /// <exception cref="DataException">The data cannot be compared on.</exception>
        /// <exception cref="ComparisonCanceledException">It was cancelled; what was finished is in the exception.</exception>
        public ComparisonReport Compare(
            IDataView data, string? labelColumn, CandidateSet candidates, int folds = 10, int repeats = 1, string? metric = null, int? seed = null,
            string? groupColumn = null, string? foldColumn = null, FitContext? context = null) =>
            Comparison.Run(LearningTask.Clustering, data, candidates, Options(catalog, labelColumn, folds, repeats, metric, seed, groupColumn, foldColumn), context);

        /// <summary>Compares pipelines that find clusters, with all that a comparison can be told: one split, five times two folds, the region of practical equivalence.</summary>
        /// <param name="data">The rows.</param>
        /// <param name="candidates">The pipelines, by name. They read the prepared column Label.</param>
        /// <param name="options">The label, the design, the metric, the seed.</param>
        /// <param name="context">Progress, cancellation, threads.</param>
        /// <exception cref="OptionException">An option is out of its range.</exception>
        /// <exception cref="SchemaException">A column is missing or has the wrong type.</exception>
        /// <exception cref="DataException">The data cannot be compared on.</exception>
        /// <exception cref="ComparisonCanceledException">It was cancelled; what was finished is in the exception.</exception>
        public ComparisonReport Compare(IDataView data, CandidateSet candidates, ComparisonOptions options, FitContext? context = null) =>
            Comparison.Run(LearningTask.Clustering, data, candidates, options, context);
    }

    extension(AnomalyDetectionCatalog catalog)
    {
        /// <summary>
        /// Compares pipelines that find anomalies: each is fitted on all folds but one, without knowing the anomalies, and measured on that one.
        /// </summary>
        /// <param name="data">The rows.</param>
        /// <param name="labelColumn">Two values, the rarer of which stands for the anomalies; measured against, never learned from.</param>
        /// <param name="candidates">The pipelines, by name.</param>
        /// <param name="folds">The number of folds, which keep the share of the anomalies.</param>
        /// <param name="repeats">How often the whole is repeated with other folds.</param>
        /// <param name="metric">The metric that decides; the area under the ROC curve when null.</param>
        /// <param name="seed">The seed; that of the context when null.</param>
        /// <param name="groupColumn">A column whose equal values stay in one fold.</param>
        /// <param name="foldColumn">A column that says which fold each row belongs to.</param>
        /// <param name="context">Progress, cancellation, threads.</param>
        /// <exception cref="SchemaException">A column is missing or has the wrong type.</exception>
        /// <exception cref="DataException">The data cannot be compared on.</exception>
        /// <exception cref="ComparisonCanceledException">It was cancelled; what was finished is in the exception.</exception>
        public ComparisonReport Compare(
            IDataView data, string labelColumn, CandidateSet candidates, int folds = 10, int repeats = 1, string? metric = null, int? seed = null,
            string? groupColumn = null, string? foldColumn = null, FitContext? context = null) =>
            Comparison.Run(LearningTask.AnomalyDetection, data, candidates, Options(catalog, labelColumn, folds, repeats, metric, seed, groupColumn, foldColumn), context);

        /// <summary>Compares pipelines that find anomalies, with all that a comparison can be told: one split, five times two folds, the region of practical equivalence.</summary>
        /// <param name="data">The rows.</param>
        /// <param name="candidates">The pipelines, by name. They read the prepared column Label.</param>
        /// <param name="options">The label, the design, the metric, the seed.</param>
        /// <param name="context">Progress, cancellation, threads.</param>
        /// <exception cref="OptionException">An option is out of its range.</exception>
        /// <exception cref="SchemaException">A column is missing or has the wrong type.</exception>
        /// <exception cref="DataException">The data cannot be compared on.</exception>
        /// <exception cref="ComparisonCanceledException">It was cancelled; what was finished is in the exception.</exception>
        public ComparisonReport Compare(IDataView data, CandidateSet candidates, ComparisonOptions options, FitContext? context = null) =>
            Comparison.Run(LearningTask.AnomalyDetection, data, candidates, options, context);
    }

    private static ComparisonOptions Options(
        TrainCatalogBase catalog, string? labelColumn, int folds, int repeats, string? metric, int? seed, string? groupColumn, string? foldColumn) => new()
        {
            LabelColumn = labelColumn,
            Folds = folds,
            Repeats = repeats,
            Metric = metric,
            Seed = seed ?? catalog.Environment.Seed,
            GroupColumn = groupColumn,
            FoldColumn = foldColumn,
        };
}
