using MLPath.Data;
using MLPath.Evaluation;
using MLPath.Runtime;

namespace MLPath;

/// <summary>Measures how good predictions are.</summary>
public static class EvaluateCatalog
{
    extension(BinaryClassificationCatalog catalog)
    {
        /// <summary>Measures the predictions of a model that gives probabilities.</summary>
        /// <param name="data">Scored rows.</param>
        /// <param name="labelColumnName">The true label: Boolean, or Single where above 0 is positive and NaN missing.</param>
        /// <param name="scoreColumnName">The score.</param>
        /// <param name="probabilityColumnName">The probability of the positive class.</param>
        /// <param name="predictedLabelColumnName">Not read: a row is predicted positive when its score is above 0.</param>
        /// <param name="exampleWeightColumnName">The weights; null for none.</param>
        /// <exception cref="SchemaException">A column is missing or has the wrong type.</exception>
        public CalibratedBinaryClassificationMetrics Evaluate(
            IDataView data, string labelColumnName = "Label", string scoreColumnName = "Score", string probabilityColumnName = "Probability",
            string predictedLabelColumnName = "PredictedLabel", string? exampleWeightColumnName = null)
        {
            _ = data.Schema[probabilityColumnName];
            var rows = ScoredRows.Read(LearningTask.Binary, data, new ScoredColumns(labelColumnName, scoreColumnName, probabilityColumnName, Weight: exampleWeightColumnName));
            return BinaryClassificationEvaluator.Evaluate(rows.Targets, rows.Scores, rows.Probabilities, rows.Weights);
        }

        /// <summary>Measures the predictions of a model that gives scores, but no probabilities.</summary>
        /// <param name="data">Scored rows.</param>
        /// <param name="labelColumnName">The true label: Boolean, or Single where above 0 is positive and NaN missing.</param>
        /// <param name="scoreColumnName">The score.</param>
        /// <param name="predictedLabelColumnName">Not read: a row is predicted positive when its score is above 0.</param>
        /// <param name="exampleWeightColumnName">The weights; null for none.</param>
        /// <exception cref="SchemaException">A column is missing or has the wrong type.</exception>
        public BinaryClassificationMetrics EvaluateNonCalibrated(
            IDataView data, string labelColumnName = "Label", string scoreColumnName = "Score", string predictedLabelColumnName = "PredictedLabel",
            string? exampleWeightColumnName = null)
        {
            var rows = ScoredRows.Read(LearningTask.Binary, data, new ScoredColumns(labelColumnName, scoreColumnName, Probability: null, Weight: exampleWeightColumnName));
            return BinaryClassificationEvaluator.EvaluateNonCalibrated(rows.Targets, rows.Scores, rows.Weights);
        }
    }

    extension(MulticlassClassificationCatalog catalog)
    {
        /// <summary>Measures the predictions of a model of several classes. Classes are matched by what their keys stand for.</summary>
        /// <param name="data">Scored rows.</param>
        /// <param name="labelColumnName">The true label, a key.</param>
        /// <param name="scoreColumnName">The scores, a slot for each class.</param>
        /// <param name="predictedLabelColumnName">Not read: the class of the greatest score is the predicted one.</param>
        /// <param name="topKPredictionCount">The K of top-K accuracy; 0 for none.</param>
        /// <param name="exampleWeightColumnName">The weights; null for none.</param>
        /// <exception cref="SchemaException">A column is missing or has the wrong type.</exception>
        public MulticlassClassificationMetrics Evaluate(
            IDataView data, string labelColumnName = "Label", string scoreColumnName = "Score", string predictedLabelColumnName = "PredictedLabel",
            int topKPredictionCount = 0, string? exampleWeightColumnName = null) =>
            Judge.Multiclass(
                ScoredRows.Read(LearningTask.Multiclass, data, new ScoredColumns(labelColumnName, scoreColumnName, Weight: exampleWeightColumnName)),
                topKPredictionCount);
    }

    extension(RegressionCatalog catalog)
    {
        /// <summary>Measures predicted numbers.</summary>
        /// <param name="data">Scored rows.</param>
        /// <param name="labelColumnName">The true number; NaN is missing.</param>
        /// <param name="scoreColumnName">The predicted number.</param>
        /// <param name="exampleWeightColumnName">The weights; null for none.</param>
        /// <exception cref="SchemaException">A column is missing or has the wrong type.</exception>
        public RegressionMetrics Evaluate(
            IDataView data, string labelColumnName = "Label", string scoreColumnName = "Score", string? exampleWeightColumnName = null)
        {
            var rows = ScoredRows.Read(LearningTask.Regression, data, new ScoredColumns(labelColumnName, scoreColumnName, Weight: exampleWeightColumnName));
            return RegressionEvaluator.Evaluate(rows.Targets, rows.Scores, rows.Weights);
        }
    }

    extension(ClusteringCatalog catalog)
    {
        /// <summary>Measures clusters: by their geometry where features are named, by known classes where a label is.</summary>
        /// <param name="data">Rows with predicted clusters.</param>
        /// <param name="labelColumnName">The known classes, a key; null for none.</param>
        /// <param name="scoreColumnName">The distances to the clusters.</param>
        /// <param name="featureColumnName">The features; null leaves the geometric metrics undefined.</param>
        /// <exception cref="SchemaException">A column is missing or has the wrong type.</exception>
        public ClusteringMetrics Evaluate(
            IDataView data, string? labelColumnName = null, string scoreColumnName = "Score", string? featureColumnName = null) =>
            Judge.Clustering(
                ScoredRows.Read(LearningTask.Clustering, data, new ScoredColumns(labelColumnName, scoreColumnName, Features: featureColumnName)),
                CancellationToken.None);
    }
    extension(AnomalyDetectionCatalog catalog)
    {
        /// <summary>Measures found anomalies against known ones.</summary>
        /// <param name="data">Scored rows.</param>
        /// <param name="labelColumnName">
        /// The truth: Boolean, true for an anomaly; or Single, where above 0 is an anomaly and NaN missing; or a key of two values, whose second one is.
        /// </param>
        /// <param name="scoreColumnName">The score.</param>
        /// <param name="predictedLabelColumnName">The predicted label, Boolean: precision, recall and F1 are those of it.</param>
        /// <param name="falsePositiveCount">How many normal rows the detection rate lets pass for anomalies, 1 or more.</param>
        /// <exception cref="SchemaException">A column is missing or has the wrong type.</exception>
        public AnomalyDetectionMetrics Evaluate(
            IDataView data, string labelColumnName = "Label", string scoreColumnName = "Score", string predictedLabelColumnName = "PredictedLabel",
            int falsePositiveCount = 10) =>
            Judge.Anomalies(
                ScoredRows.Read(LearningTask.AnomalyDetection, data, new ScoredColumns(labelColumnName, scoreColumnName, PredictedLabel: predictedLabelColumnName)),
                new AnomalyEvaluationOptions { FalsePositiveCount = falsePositiveCount });
    }
}
