using MLPath.Data;
using MLPath.Evaluation;

namespace MLPath;

/// <summary>Cross-validation: how good a pipeline is on rows that it has not seen.</summary>
public static class CrossValidateCatalog
{
    extension(BinaryClassificationCatalog catalog)
    {
        /// <summary>Measures a pipeline that tells two classes apart and gives probabilities.</summary>
        /// <param name="data">The rows.</param>
        /// <param name="estimator">The pipeline, which is fitted anew on each fold's training rows, normalisation and encoding included.</param>
        /// <param name="numberOfFolds">The number of folds, 2 or more.</param>
        /// <param name="labelColumnName">The label in the scored rows.</param>
        /// <param name="samplingKeyColumnName">A column whose equal values stay in one fold; null for none.</param>
        /// <param name="seed">The seed of the folds; that of the context when null.</param>
        /// <param name="stratifyColumn">A column whose values keep their shares in every fold; null for none.</param>
        /// <param name="repeats">How often the whole is repeated with other folds.</param>
        /// <param name="context">Progress, cancellation, threads.</param>
        /// <returns>A result for each fold of each repeat.</returns>
        /// <exception cref="SchemaException">A column is missing or has the wrong type.</exception>
        /// <exception cref="DataException">The rows cannot be divided or learned from.</exception>
        public IReadOnlyList<TrainCatalogBase.CrossValidationResult<CalibratedBinaryClassificationMetrics>> CrossValidate(
            IDataView data, IEstimator<ITransformer> estimator, int numberOfFolds = 5, string labelColumnName = "Label", string? samplingKeyColumnName = null,
            int? seed = null, string? stratifyColumn = null, int repeats = 1, FitContext? context = null) =>
            CrossValidation.Run(
                data, estimator, CrossValidation.Strategy(numberOfFolds, samplingKeyColumnName, stratifyColumn, repeats, seed ?? catalog.Environment.Seed),
                context, scored => catalog.Evaluate(scored, labelColumnName));

        /// <summary>Measures a pipeline that tells two classes apart and gives probabilities.</summary>
        /// <param name="data">The rows.</param>
        /// <param name="estimator">The pipeline, which is fitted anew on each fold's training rows, normalisation and encoding included.</param>
        /// <param name="folds">How the rows are divided: by time, by a column of folds, …</param>
        /// <param name="labelColumnName">The label in the scored rows.</param>
        /// <param name="context">Progress, cancellation, threads.</param>
        /// <returns>A result for each split.</returns>
        /// <exception cref="SchemaException">A column is missing or has the wrong type.</exception>
        /// <exception cref="DataException">The rows cannot be divided or learned from.</exception>
        public IReadOnlyList<TrainCatalogBase.CrossValidationResult<CalibratedBinaryClassificationMetrics>> CrossValidate(
            IDataView data, IEstimator<ITransformer> estimator, FoldStrategy folds, string labelColumnName = "Label", FitContext? context = null) =>
            CrossValidation.Run(data, estimator, folds, context, scored => catalog.Evaluate(scored, labelColumnName));

        /// <summary>Measures a pipeline that tells two classes apart.</summary>
        /// <param name="data">The rows.</param>
        /// <param name="estimator">The pipeline, which is fitted anew on each fold's training rows, normalisation and encoding included.</param>
        /// <param name="numberOfFolds">The number of folds, 2 or more.</param>
        /// <param name="labelColumnName">The label in the scored rows.</param>
        /// <param name="samplingKeyColumnName">A column whose equal values stay in one fold; null for none.</param>
        /// <param name="seed">The seed of the folds; that of the context when null.</param>
        /// <param name="stratifyColumn">A column whose values keep their shares in every fold; null for none.</param>
        /// <param name="repeats">How often the whole is repeated with other folds.</param>
        /// <param name="context">Progress, cancellation, threads.</param>
        /// <returns>A result for each fold of each repeat.</returns>
        /// <exception cref="SchemaException">A column is missing or has the wrong type.</exception>
        /// <exception cref="DataException">The rows cannot be divided or learned from.</exception>
        public IReadOnlyList<TrainCatalogBase.CrossValidationResult<BinaryClassificationMetrics>> CrossValidateNonCalibrated(
            IDataView data, IEstimator<ITransformer> estimator, int numberOfFolds = 5, string labelColumnName = "Label", string? samplingKeyColumnName = null,
            int? seed = null, string? stratifyColumn = null, int repeats = 1, FitContext? context = null) =>
            CrossValidation.Run(
                data, estimator, CrossValidation.Strategy(numberOfFolds, samplingKeyColumnName, stratifyColumn, repeats, seed ?? catalog.Environment.Seed),
                context, scored => catalog.EvaluateNonCalibrated(scored, labelColumnName));

        /// <summary>Measures a pipeline that tells two classes apart.</summary>
        /// <param name="data">The rows.</param>
        /// <param name="estimator">The pipeline, which is fitted anew on each fold's training rows, normalisation and encoding included.</param>
        /// <param name="folds">How the rows are divided: by time, by a column of folds, …</param>
        /// <param name="labelColumnName">The label in the scored rows.</param>
        /// <param name="context">Progress, cancellation, threads.</param>
        /// <returns>A result for each split.</returns>
        /// <exception cref="SchemaException">A column is missing or has the wrong type.</exception>
        /// <exception cref="DataException">The rows cannot be divided or learned from.</exception>
        public IReadOnlyList<TrainCatalogBase.CrossValidationResult<BinaryClassificationMetrics>> CrossValidateNonCalibrated(
            IDataView data, IEstimator<ITransformer> estimator, FoldStrategy folds, string labelColumnName = "Label", FitContext? context = null) =>
            CrossValidation.Run(data, estimator, folds, context, scored => catalog.EvaluateNonCalibrated(scored, labelColumnName));
    }

    extension(MulticlassClassificationCatalog catalog)
    {
        /// <summary>Measures a pipeline that tells several classes apart.</summary>
        /// <param name="data">The rows.</param>
        /// <param name="estimator">The pipeline, which is fitted anew on each fold's training rows, normalisation and encoding included.</param>
        /// <param name="numberOfFolds">The number of folds, 2 or more.</param>
        /// <param name="labelColumnName">The label in the scored rows.</param>
        /// <param name="samplingKeyColumnName">A column whose equal values stay in one fold; null for none.</param>
        /// <param name="seed">The seed of the folds; that of the context when null.</param>
        /// <param name="stratifyColumn">A column whose values keep their shares in every fold; null for none.</param>
        /// <param name="repeats">How often the whole is repeated with other folds.</param>
        /// <param name="context">Progress, cancellation, threads.</param>
        /// <returns>A result for each fold of each repeat.</returns>
        /// <exception cref="SchemaException">A column is missing or has the wrong type.</exception>
        /// <exception cref="DataException">The rows cannot be divided or learned from.</exception>
        public IReadOnlyList<TrainCatalogBase.CrossValidationResult<MulticlassClassificationMetrics>> CrossValidate(
            IDataView data, IEstimator<ITransformer> estimator, int numberOfFolds = 5, string labelColumnName = "Label", string? samplingKeyColumnName = null,
            int? seed = null, string? stratifyColumn = null, int repeats = 1, FitContext? context = null) =>
            CrossValidation.Run(
                data, estimator, CrossValidation.Strategy(numberOfFolds, samplingKeyColumnName, stratifyColumn, repeats, seed ?? catalog.Environment.Seed),
                context, scored => catalog.Evaluate(scored, labelColumnName));

        /// <summary>Measures a pipeline that tells several classes apart.</summary>
        /// <param name="data">The rows.</param>
        /// <param name="estimator">The pipeline, which is fitted anew on each fold's training rows, normalisation and encoding included.</param>
        /// <param name="folds">How the rows are divided: by time, by a column of folds, …</param>
        /// <param name="labelColumnName">The label in the scored rows.</param>
        /// <param name="context">Progress, cancellation, threads.</param>
        /// <returns>A result for each split.</returns>
        /// <exception cref="SchemaException">A column is missing or has the wrong type.</exception>
        /// <exception cref="DataException">The rows cannot be divided or learned from.</exception>
        public IReadOnlyList<TrainCatalogBase.CrossValidationResult<MulticlassClassificationMetrics>> CrossValidate(
            IDataView data, IEstimator<ITransformer> estimator, FoldStrategy folds, string labelColumnName = "Label", FitContext? context = null) =>
            CrossValidation.Run(data, estimator, folds, context, scored => catalog.Evaluate(scored, labelColumnName));
    }

    extension(RegressionCatalog catalog)
    {
        /// <summary>Measures a pipeline that predicts a number.</summary>
        /// <param name="data">The rows.</param>
        /// <param name="estimator">The pipeline, which is fitted anew on each fold's training rows, normalisation and encoding included.</param>
        /// <param name="numberOfFolds">The number of folds, 2 or more.</param>
        /// <param name="labelColumnName">The label in the scored rows.</param>
        /// <param name="samplingKeyColumnName">A column whose equal values stay in one fold; null for none.</param>
        /// <param name="seed">The seed of the folds; that of the context when null.</param>
        /// <param name="stratifyColumn">A column whose values keep their shares in every fold; null for none.</param>
        /// <param name="repeats">How often the whole is repeated with other folds.</param>
        /// <param name="context">Progress, cancellation, threads.</param>
        /// <returns>A result for each fold of each repeat.</returns>
        /// <exception cref="SchemaException">A column is missing or has the wrong type.</exception>
        /// <exception cref="DataException">The rows cannot be divided or learned from.</exception>
        public IReadOnlyList<TrainCatalogBase.CrossValidationResult<RegressionMetrics>> CrossValidate(
            IDataView data, IEstimator<ITransformer> estimator, int numberOfFolds = 5, string labelColumnName = "Label", string? samplingKeyColumnName = null,
            int? seed = null, string? stratifyColumn = null, int repeats = 1, FitContext? context = null) =>
            CrossValidation.Run(
                data, estimator, CrossValidation.Strategy(numberOfFolds, samplingKeyColumnName, stratifyColumn, repeats, seed ?? catalog.Environment.Seed),
                context, scored => catalog.Evaluate(scored, labelColumnName));

        /// <summary>Measures a pipeline that predicts a number.</summary>
        /// <param name="data">The rows.</param>
        /// <param name="estimator">The pipeline, which is fitted anew on each fold's training rows, normalisation and encoding included.</param>
        /// <param name="folds">How the rows are divided: by time, by a column of folds, …</param>
        /// <param name="labelColumnName">The label in the scored rows.</param>
        /// <param name="context">Progress, cancellation, threads.</param>
        /// <returns>A result for each split.</returns>
        /// <exception cref="SchemaException">A column is missing or has the wrong type.</exception>
        /// <exception cref="DataException">The rows cannot be divided or learned from.</exception>
        public IReadOnlyList<TrainCatalogBase.CrossValidationResult<RegressionMetrics>> CrossValidate(
            IDataView data, IEstimator<ITransformer> estimator, FoldStrategy folds, string labelColumnName = "Label", FitContext? context = null) =>
            CrossValidation.Run(data, estimator, folds, context, scored => catalog.Evaluate(scored, labelColumnName));
    }

    extension(ClusteringCatalog catalog)
    {
        /// <summary>Measures a pipeline that finds clusters.</summary>
        /// <param name="data">The rows.</param>
        /// <param name="estimator">The pipeline, which is fitted anew on each fold's training rows, normalisation and encoding included.</param>
        /// <param name="numberOfFolds">The number of folds, 2 or more.</param>
        /// <param name="labelColumnName">Known classes in the scored rows, a key; null for none.</param>
        /// <param name="featureColumnName">The features, for the geometry of clusters; null for none.</param>
        /// <param name="samplingKeyColumnName">A column whose equal values stay in one fold; null for none.</param>
        /// <param name="seed">The seed of the folds; that of the context when null.</param>
        /// <param name="stratifyColumn">A column whose values keep their shares in every fold; null for none.</param>
        /// <param name="repeats">How often the whole is repeated with other folds.</param>
        /// <param name="context">Progress, cancellation, threads.</param>
        /// <returns>A result for each fold of each repeat.</returns>
        /// <exception cref="SchemaException">A column is missing or has the wrong type.</exception>
        /// <exception cref="DataException">The rows cannot be divided or learned from.</exception>
        public IReadOnlyList<TrainCatalogBase.CrossValidationResult<ClusteringMetrics>> CrossValidate(
            IDataView data, IEstimator<ITransformer> estimator, int numberOfFolds = 5, string? labelColumnName = null, string? featureColumnName = null, string? samplingKeyColumnName = null,
            int? seed = null, string? stratifyColumn = null, int repeats = 1, FitContext? context = null) =>
            CrossValidation.Run(
                data, estimator, CrossValidation.Strategy(numberOfFolds, samplingKeyColumnName, stratifyColumn, repeats, seed ?? catalog.Environment.Seed),
                context, scored => catalog.Evaluate(scored, labelColumnName, featureColumnName: featureColumnName));

        /// <summary>Measures a pipeline that finds clusters.</summary>
        /// <param name="data">The rows.</param>
        /// <param name="estimator">The pipeline, which is fitted anew on each fold's training rows, normalisation and encoding included.</param>
        /// <param name="folds">How the rows are divided: by time, by a column of folds, …</param>
        /// <param name="labelColumnName">Known classes in the scored rows, a key; null for none.</param>
        /// <param name="featureColumnName">The features, for the geometry of clusters; null for none.</param>
        /// <param name="context">Progress, cancellation, threads.</param>
        /// <returns>A result for each split.</returns>
        /// <exception cref="SchemaException">A column is missing or has the wrong type.</exception>
        /// <exception cref="DataException">The rows cannot be divided or learned from.</exception>
        public IReadOnlyList<TrainCatalogBase.CrossValidationResult<ClusteringMetrics>> CrossValidate(
            IDataView data, IEstimator<ITransformer> estimator, FoldStrategy folds, string? labelColumnName = null, string? featureColumnName = null, FitContext? context = null) =>
            CrossValidation.Run(data, estimator, folds, context, scored => catalog.Evaluate(scored, labelColumnName, featureColumnName: featureColumnName));
    }
    extension(AnomalyDetectionCatalog catalog)
    {
        /// <summary>Measures a pipeline that finds anomalies.</summary>
        /// <param name="data">The rows.</param>
        /// <param name="estimator">The pipeline, which is fitted anew on each fold's training rows, normalisation and encoding included.</param>
        /// <param name="numberOfFolds">The number of folds, 2 or more.</param>
        /// <param name="labelColumnName">Which of the scored rows are anomalies.</param>
        /// <param name="samplingKeyColumnName">A column whose equal values stay in one fold; null for none.</param>
        /// <param name="seed">The seed of the folds; that of the context when null.</param>
        /// <param name="stratifyColumn">A column whose values keep their shares in every fold; null for none.</param>
        /// <param name="repeats">How often the whole is repeated with other folds.</param>
        /// <param name="context">Progress, cancellation, threads.</param>
        /// <returns>A result for each fold of each repeat.</returns>
        /// <exception cref="SchemaException">A column is missing or has the wrong type.</exception>
        /// <exception cref="DataException">The rows cannot be divided or learned from.</exception>
        public IReadOnlyList<TrainCatalogBase.CrossValidationResult<AnomalyDetectionMetrics>> CrossValidate(
            IDataView data, IEstimator<ITransformer> estimator, int numberOfFolds = 5, string labelColumnName = "Label", string? samplingKeyColumnName = null,
            int? seed = null, string? stratifyColumn = null, int repeats = 1, FitContext? context = null) =>
            CrossValidation.Run(
                data, estimator, CrossValidation.Strategy(numberOfFolds, samplingKeyColumnName, stratifyColumn, repeats, seed ?? catalog.Environment.Seed),
                context, scored => catalog.Evaluate(scored, labelColumnName));
    }
}
