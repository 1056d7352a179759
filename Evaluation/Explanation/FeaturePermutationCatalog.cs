using System.Collections.Immutable;
using MLPath.Data;
using MLPath.Evaluation;

namespace MLPath;

/// <summary>
/// ML.NET's permutation feature importance: the change of every metric when one feature of the column that the last model reads is shuffled. To shuffle
/// the columns that a pipeline begins with, call <c>PermutationImportance</c>.
/// </summary>
public static class FeaturePermutationCatalog
{
    extension(RegressionCatalog catalog)
    {
        /// <summary>The change of the metrics for each feature, in the order of the slots.</summary>
        /// <typeparam name="TModel">The model.</typeparam>
        /// <param name="predictionTransformer">The last transformer of a pipeline.</param>
        /// <param name="data">Rows with the label and the column of features.</param>
        /// <param name="labelColumnName">The label.</param>
        /// <param name="useFeatureWeightFilter">Whether features that contribute nothing to a linear model's scores are left out; their statistics have no values.</param>
        /// <param name="numberOfExamplesToUse">How many of the first rows to use; null for all.</param>
        /// <param name="permutationCount">How often each feature is shuffled.</param>
        public ImmutableArray<RegressionMetricsStatistics> PermutationFeatureImportance<TModel>(
            ISingleFeaturePredictionTransformer<TModel> predictionTransformer, IDataView data, string labelColumnName = "Label",
            bool useFeatureWeightFilter = false, int? numberOfExamplesToUse = null, int permutationCount = 1) where TModel : class =>
            [.. catalog.Shuffled(predictionTransformer, data, labelColumnName, useFeatureWeightFilter, numberOfExamplesToUse, permutationCount).Select(f => f.Statistics)];

        /// <summary>The change of the metrics for each feature, by its name.</summary>
        /// <param name="model">A pipeline whose last model reads one column of features.</param>
        /// <param name="data">Rows with the label and the column of features, or what the pipeline makes it of.</param>
        /// <param name="labelColumnName">The label.</param>
        /// <param name="useFeatureWeightFilter">Whether features that contribute nothing to a linear model's scores are left out; their statistics have no values.</param>
        /// <param name="numberOfExamplesToUse">How many of the first rows to use; null for all.</param>
        /// <param name="permutationCount">How often each feature is shuffled.</param>
        public ImmutableDictionary<string, RegressionMetricsStatistics> PermutationFeatureImportance(
            ITransformer model, IDataView data, string labelColumnName = "Label",
            bool useFeatureWeightFilter = false, int? numberOfExamplesToUse = null, int permutationCount = 1) =>
            FeaturePermutation.ByName(catalog.Shuffled(model, data, labelColumnName, useFeatureWeightFilter, numberOfExamplesToUse, permutationCount));

        private IReadOnlyList<(string Name, RegressionMetricsStatistics Statistics)> Shuffled(
            ITransformer model, IDataView data, string label, bool useFilter, int? examples, int count) =>
            FeaturePermutation.Compute(catalog, model, data, scored => catalog.Evaluate(scored, label), (b, r) => new RegressionMetricsStatistics(b, r), useFilter, examples, count);
    }

    extension(BinaryClassificationCatalog catalog)
    {
        /// <summary>The change of the metrics for each feature, in the order of the slots.</summary>
        /// <typeparam name="TModel">The model.</typeparam>
        /// <param name="predictionTransformer">The last transformer of a pipeline.</param>
        /// <param name="data">Rows with the label and the column of features.</param>
        /// <param name="labelColumnName">The label.</param>
        /// <param name="useFeatureWeightFilter">Whether features that contribute nothing to a linear model's scores are left out; their statistics have no values.</param>
        /// <param name="numberOfExamplesToUse">How many of the first rows to use; null for all.</param>
        /// <param name="permutationCount">How often each feature is shuffled.</param>
        public ImmutableArray<BinaryClassificationMetricsStatistics> PermutationFeatureImportance<TModel>(
            ISingleFeaturePredictionTransformer<TModel> predictionTransformer, IDataView data, string labelColumnName = "Label",
            bool useFeatureWeightFilter = false, int? numberOfExamplesToUse = null, int permutationCount = 1) where TModel : class =>
            [.. catalog.Shuffled(predictionTransformer, data, labelColumnName, useFeatureWeightFilter, numberOfExamplesToUse, permutationCount).Select(f => f.Statistics)];

        /// <summary>The change of the metrics for each feature, by its name.</summary>
        /// <param name="model">A pipeline whose last model reads one column of features.</param>
        /// <param name="data">Rows with the label and the column of features, or what the pipeline makes it of.</param>
        /// <param name="labelColumnName">The label.</param>
        /// <param name="useFeatureWeightFilter">Whether features that contribute nothing to a linear model's scores are left out; their statistics have no values.</param>
        /// <param name="numberOfExamplesToUse">How many of the first rows to use; null for all.</param>
        /// <param name="permutationCount">How often each feature is shuffled.</param>
        public ImmutableDictionary<string, BinaryClassificationMetricsStatistics> PermutationFeatureImportance(
            ITransformer model, IDataView data, string labelColumnName = "Label",
            bool useFeatureWeightFilter = false, int? numberOfExamplesToUse = null, int permutationCount = 1) =>
            FeaturePermutation.ByName(catalog.Shuffled(model, data, labelColumnName, useFeatureWeightFilter, numberOfExamplesToUse, permutationCount));

        /// <summary>The change of the metrics for each feature, by its name; the metrics need no probabilities.</summary>
        /// <param name="model">A pipeline whose last model reads one column of features.</param>
        /// <param name="data">Rows with the label and the column of features, or what the pipeline makes it of.</param>
        /// <param name="labelColumnName">The label.</param>
        /// <param name="useFeatureWeightFilter">Whether features that contribute nothing to a linear model's scores are left out; their statistics have no values.</param>
        /// <param name="numberOfExamplesToUse">How many of the first rows to use; null for all.</param>
        /// <param name="permutationCount">How often each feature is shuffled.</param>
        public ImmutableDictionary<string, BinaryClassificationMetricsStatistics> PermutationFeatureImportanceNonCalibrated(
            ITransformer model, IDataView data, string labelColumnName = "Label",
            bool useFeatureWeightFilter = false, int? numberOfExamplesToUse = null, int permutationCount = 1) =>
            FeaturePermutation.ByName(catalog.Shuffled(model, data, labelColumnName, useFeatureWeightFilter, numberOfExamplesToUse, permutationCount));

        private IReadOnlyList<(string Name, BinaryClassificationMetricsStatistics Statistics)> Shuffled(
            ITransformer model, IDataView data, string label, bool useFilter, int? examples, int count) =>
            FeaturePermutation.Compute(
                catalog, model, data, scored => catalog.EvaluateNonCalibrated(scored, label), (b, r) => new BinaryClassificationMetricsStatistics(b, r), useFilter, examples, count);
    }

    extension(MulticlassClassificationCatalog catalog)
    {
        /// <summary>The change of the metrics for each feature, in the order of the slots.</summary>
        /// <typeparam name="TModel">The model.</typeparam>
        /// <param name="predictionTransformer">The last transformer of a pipeline.</param>
        /// <param name="data">Rows with the label and the column of features.</param>
        /// <param name="labelColumnName">The label.</param>
        /// <param name="useFeatureWeightFilter">Whether features that contribute nothing to a linear model's scores are left out; their statistics have no values.</param>
        /// <param name="numberOfExamplesToUse">How many of the first rows to use; null for all.</param>
        /// <param name="permutationCount">How often each feature is shuffled.</param>
        public ImmutableArray<MulticlassClassificationMetricsStatistics> PermutationFeatureImportance<TModel>(
            ISingleFeaturePredictionTransformer<TModel> predictionTransformer, IDataView data, string labelColumnName = "Label",
            bool useFeatureWeightFilter = false, int? numberOfExamplesToUse = null, int permutationCount = 1) where TModel : class =>
            [.. catalog.Shuffled(predictionTransformer, data, labelColumnName, useFeatureWeightFilter, numberOfExamplesToUse, permutationCount).Select(f => f.Statistics)];

        /// <summary>The change of the metrics for each feature, by its name.</summary>
        /// <param name="model">A pipeline whose last model reads one column of features.</param>
        /// <param name="data">Rows with the label and the column of features, or what the pipeline makes it of.</param>
        /// <param name="labelColumnName">The label.</param>
        /// <param name="useFeatureWeightFilter">Whether features that contribute nothing to a linear model's scores are left out; their statistics have no values.</param>
        /// <param name="numberOfExamplesToUse">How many of the first rows to use; null for all.</param>
        /// <param name="permutationCount">How often each feature is shuffled.</param>
        public ImmutableDictionary<string, MulticlassClassificationMetricsStatistics> PermutationFeatureImportance(
            ITransformer model, IDataView data, string labelColumnName = "Label",
            bool useFeatureWeightFilter = false, int? numberOfExamplesToUse = null, int permutationCount = 1) =>
            FeaturePermutation.ByName(catalog.Shuffled(model, data, labelColumnName, useFeatureWeightFilter, numberOfExamplesToUse, permutationCount));

        private IReadOnlyList<(string Name, MulticlassClassificationMetricsStatistics Statistics)> Shuffled(
            ITransformer model, IDataView data, string label, bool useFilter, int? examples, int count) =>
            FeaturePermutation.Compute(
                catalog, model, data, scored => catalog.Evaluate(scored, label), (b, r) => new MulticlassClassificationMetricsStatistics(b, r), useFilter, examples, count);
    }

    extension(RankingCatalog catalog)
    {
        /// <summary>The change of the metrics for each feature, in the order of the slots.</summary>
        /// <typeparam name="TModel">The model.</typeparam>
        /// <param name="predictionTransformer">The last transformer of a pipeline.</param>
        /// <param name="data">Rows with the label, the group and the column of features.</param>
        /// <param name="labelColumnName">The label.</param>
        /// <param name="rowGroupColumnName">The group.</param>
        /// <param name="useFeatureWeightFilter">Whether features that contribute nothing to a linear model's scores are left out; their statistics have no values.</param>
        /// <param name="numberOfExamplesToUse">How many of the first rows to use; null for all.</param>
        /// <param name="permutationCount">How often each feature is shuffled.</param>
        public ImmutableArray<RankingMetricsStatistics> PermutationFeatureImportance<TModel>(
            ISingleFeaturePredictionTransformer<TModel> predictionTransformer, IDataView data, string labelColumnName = "Label", string rowGroupColumnName = "GroupId",
            bool useFeatureWeightFilter = false, int? numberOfExamplesToUse = null, int permutationCount = 1) where TModel : class =>
            [.. catalog.Shuffled(predictionTransformer, data, labelColumnName, rowGroupColumnName, useFeatureWeightFilter, numberOfExamplesToUse, permutationCount).Select(f => f.Statistics)];

        /// <summary>The change of the metrics for each feature, by its name.</summary>
        /// <param name="model">A pipeline whose last model reads one column of features.</param>
        /// <param name="data">Rows with the label, the group and the column of features, or what the pipeline makes it of.</param>
        /// <param name="labelColumnName">The label.</param>
        /// <param name="rowGroupColumnName">The group.</param>
        /// <param name="useFeatureWeightFilter">Whether features that contribute nothing to a linear model's scores are left out; their statistics have no values.</param>
        /// <param name="numberOfExamplesToUse">How many of the first rows to use; null for all.</param>
        /// <param name="permutationCount">How often each feature is shuffled.</param>
        public ImmutableDictionary<string, RankingMetricsStatistics> PermutationFeatureImportance(
            ITransformer model, IDataView data, string labelColumnName = "Label", string rowGroupColumnName = "GroupId",
            bool useFeatureWeightFilter = false, int? numberOfExamplesToUse = null, int permutationCount = 1) =>
            FeaturePermutation.ByName(catalog.Shuffled(model, data, labelColumnName, rowGroupColumnName, useFeatureWeightFilter, numberOfExamplesToUse, permutationCount));

        private IReadOnlyList<(string Name, RankingMetricsStatistics Statistics)> Shuffled(
            ITransformer model, IDataView data, string label, string group, bool useFilter, int? examples, int count) =>
            FeaturePermutation.Compute(
                catalog, model, data, scored => catalog.Evaluate(scored, label, group), (b, r) => new RankingMetricsStatistics(b, r), useFilter, examples, count);
    }
}
