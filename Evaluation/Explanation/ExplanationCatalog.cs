using MLPath.Evaluation;
using MLPath.Runtime;

namespace MLPath;

/// <summary>Says why fitted pipelines predict what they predict, and where they are wrong.</summary>
public static class ExplanationCatalog
{
    extension(TrainCatalogBase catalog)
    {
        /// <summary>Measures how much each input column of a fitted pipeline matters: how much worse a metric becomes when the column is shuffled.</summary>
        /// <param name="model">The fitted pipeline; columns are shuffled before its first step.</param>
        /// <param name="data">Rows with their labels, best ones that the pipeline was not fitted on.</param>
        /// <param name="options">The metric, the repeats, …; null for the defaults.</param>
        /// <param name="context">The seed, progress, cancellation, threads; the seed of the catalog's context when null.</param>
        /// <exception cref="SchemaException">A column is missing or has the wrong type.</exception>
        /// <exception cref="DataException">There are no rows.</exception>
        /// <exception cref="OptionException">An option is out of range.</exception>
        public PermutationImportance PermutationImportance(
            ITransformer model, IDataView data, PermutationImportanceOptions? options = null, FitContext? context = null) =>
            Evaluation.PermutationImportance.Compute(TaskEvaluation.TaskOf(catalog), model, data, options, Context(catalog, context));

        /// <summary>Measures how predictions depend on an input column, on average and row by row.</summary>
        /// <param name="model">The fitted pipeline.</param>
        /// <param name="data">Rows.</param>
        /// <param name="column">The column: numbers or categories; of a vector a slot, by its name or as in <c>Pixels[3]</c>.</param>
        /// <param name="options">The values to try, …; null for the defaults.</param>
        /// <param name="context">The seed, progress, cancellation, threads; the seed of the catalog's context when null.</param>
        /// <exception cref="SchemaException">Predictions depend on no such column.</exception>
        /// <exception cref="DataException">There are no rows.</exception>
        /// <exception cref="OptionException">An option is out of range.</exception>
        public PartialDependence PartialDependence(
            ITransformer model, IDataView data, string column, PartialDependenceOptions? options = null, FitContext? context = null) =>
            Evaluation.PartialDependence.Compute(model, data, column, options, Context(catalog, context));

        /// <summary>Divides predictions between the input columns: Shapley values.</summary>
        /// <param name="model">The fitted pipeline.</param>
        /// <param name="data">The rows to explain.</param>
        /// <param name="background">The rows that an explained one is compared with, such as those that the pipeline was fitted on; the same rows when null.</param>
        /// <param name="options">How many rows and orders, …; null for the defaults.</param>
        /// <param name="context">The seed, progress, cancellation, threads; the seed of the catalog's context when null.</param>
        /// <exception cref="SchemaException">A column is missing or has the wrong type.</exception>
        /// <exception cref="DataException">There are no rows.</exception>
        /// <exception cref="OptionException">An option is out of range.</exception>
        public ShapleyValues ShapleyValues(
            ITransformer model, IDataView data, IDataView? background = null, ShapleyOptions? options = null, FitContext? context = null) =>
            Evaluation.ShapleyValues.Compute(model, data, background, options, Context(catalog, context));

        /// <summary>The exact contributions of the features to the raw scores of a linear model; null where the model is not linear.</summary>
        /// <param name="model">The fitted pipeline.</param>
        /// <param name="data">The rows to explain.</param>
        /// <param name="cancellationToken">Ends the work early.</param>
        /// <exception cref="SchemaException">A column is missing or has the wrong type.</exception>
        public FeatureContributions? FeatureContributions(ITransformer model, IDataView data, CancellationToken cancellationToken = default)
        {
            _ = catalog;
            return Evaluation.FeatureContributions.Find(model, data, cancellationToken);
        }

        /// <summary>Measures predictions on each segment of a column: its categories, or quantile bins of its numbers.</summary>
        /// <param name="scored">Scored rows with their labels, which still have the column.</param>
        /// <param name="column">The column.</param>
        /// <param name="options">The metric, the number of segments, …; null for the defaults.</param>
        /// <param name="context">The seed, progress, cancellation, threads; the seed of the catalog's context when null.</param>
        /// <exception cref="SchemaException">A column is missing or has the wrong type.</exception>
        /// <exception cref="OptionException">An option is out of range.</exception>
        public SegmentReport EvaluateSegments(IDataView scored, string column, SegmentOptions? options = null, FitContext? context = null) =>
            SegmentReport.Compute(TaskEvaluation.TaskOf(catalog), scored, column, options, Context(catalog, context));

        /// <summary>The rows that predictions are most wrong about.</summary>
        /// <param name="scored">Scored rows with their labels.</param>
        /// <param name="options">How many rows, which columns, …; null for the defaults.</param>
        /// <param name="cancellationToken">Ends the work early.</param>
        /// <exception cref="SchemaException">A column is missing or has the wrong type.</exception>
        /// <exception cref="OptionException">An option is out of range.</exception>
        public WorstRows WorstRows(IDataView scored, WorstRowsOptions? options = null, CancellationToken cancellationToken = default) =>
            Evaluation.WorstRows.Compute(TaskEvaluation.TaskOf(catalog), scored, options, cancellationToken);

        /// <summary>Measures pipelines on growing parts of the rows: whether more rows would help.</summary>
        /// <param name="data">The rows.</param>
        /// <param name="labelColumn">The raw label. The pipelines read it prepared, as column Label. Null for clusters without known classes.</param>
        /// <param name="candidates">The pipelines, by name.</param>
        /// <param name="options">The parts, the folds, the metric, …; null for the defaults.</param>
        /// <param name="context">Progress, cancellation, threads.</param>
        /// <exception cref="SchemaException">A column is missing or has the wrong type.</exception>
        /// <exception cref="DataException">The rows cannot be divided or learned from.</exception>
        /// <exception cref="OptionException">An option is out of range.</exception>
        public LearningCurve LearningCurve(
            IDataView data, string? labelColumn, CandidateSet candidates, CurveOptions? options = null, FitContext? context = null) =>
            Evaluation.LearningCurve.Compute(TaskEvaluation.TaskOf(catalog), data, labelColumn, candidates, options, catalog.Environment.Seed, context);

        /// <summary>Measures a pipeline with several values of one option, on rows learned from and on held-out ones.</summary>
        /// <param name="data">The rows.</param>
        /// <param name="labelColumn">The raw label. The pipelines read it prepared, as column Label. Null for clusters without known classes.</param>
        /// <param name="option">The option's name for readers.</param>
        /// <param name="values">The pipeline with each value, by the value.</param>
        /// <param name="options">The folds, the metric, …; null for the defaults.</param>
        /// <param name="context">Progress, cancellation, threads.</param>
        /// <exception cref="SchemaException">A column is missing or has the wrong type.</exception>
        /// <exception cref="DataException">The rows cannot be divided or learned from.</exception>
        /// <exception cref="OptionException">An option is out of range.</exception>
        public ValidationCurve ValidationCurve(
            IDataView data, string? labelColumn, string option, CandidateSet values, CurveOptions? options = null, FitContext? context = null) =>
            Evaluation.ValidationCurve.Compute(TaskEvaluation.TaskOf(catalog), data, labelColumn, option, values, options, catalog.Environment.Seed, context);

        /// <summary>Explains a fitted pipeline: everything above in one report.</summary>
        /// <param name="model">The fitted pipeline.</param>
        /// <param name="data">Rows, with their labels where these are known.</param>
        /// <param name="options">What to show; null for the defaults.</param>
        /// <param name="context">The seed, progress, cancellation, threads; the seed of the catalog's context when null.</param>
        /// <exception cref="SchemaException">A column is missing or has the wrong type.</exception>
        /// <exception cref="DataException">There are no rows.</exception>
        /// <exception cref="OptionException">An option is out of range.</exception>
        public ExplanationReport Explain(ITransformer model, IDataView data, ExplanationOptions? options = null, FitContext? context = null) =>
            ExplanationReport.Compute(TaskEvaluation.TaskOf(catalog), model, data, options, Context(catalog, context));
    }

    extension(BinaryClassificationCatalog catalog)
    {
        /// <summary>Finds the threshold that makes decisions cheapest. Choose it on other rows than those that the decisions are then measured on.</summary>
        /// <param name="scored">Scored rows with their labels.</param>
        /// <param name="options">What errors cost, …; null for the defaults.</param>
        /// <param name="context">The seed, cancellation, threads; the seed of the catalog's context when null.</param>
        /// <exception cref="SchemaException">A column is missing or has the wrong type.</exception>
        /// <exception cref="DataException">There are no rows of both classes.</exception>
        /// <exception cref="OptionException">An option is out of range.</exception>
        public ThresholdChoice ChooseThreshold(IDataView scored, ThresholdOptions? options = null, FitContext? context = null)
        {
            ArgumentNullException.ThrowIfNull(scored);
            options ??= new();
            context = Context(catalog, context);
            return ThresholdChoice.Of(
                TaskEvaluation.Read(LearningTask.Binary, scored, options.LabelColumn, features: null, context.CancellationToken), options, context);
        }

        /// <summary>Compares predicted probabilities with what happened: reliability diagram, ECE, MCE, the parts of the Brier score.</summary>
        /// <param name="scored">Scored rows with their labels.</param>
        /// <param name="options">The bins; null for the defaults.</param>
        /// <param name="cancellationToken">Ends the work early.</param>
        /// <exception cref="SchemaException">A column is missing or has the wrong type.</exception>
        /// <exception cref="DataException">The model gives no probabilities, or no row has a label.</exception>
        /// <exception cref="OptionException">An option is out of range.</exception>
        public ReliabilityReport Reliability(IDataView scored, ReliabilityOptions? options = null, CancellationToken cancellationToken = default) =>
            ReliabilityOf(catalog, scored, options, cancellationToken);
    }

    extension(MulticlassClassificationCatalog catalog)
    {
        /// <summary>Compares predicted probabilities with what happened: for the predicted class and class by class.</summary>
        /// <param name="scored">Scored rows with their labels.</param>
        /// <param name="options">The bins; null for the defaults.</param>
        /// <param name="cancellationToken">Ends the work early.</param>
        /// <exception cref="SchemaException">A column is missing or has the wrong type.</exception>
        /// <exception cref="DataException">The scores are no probabilities, or no row has a label.</exception>
        /// <exception cref="OptionException">An option is out of range.</exception>
        public ReliabilityReport Reliability(IDataView scored, ReliabilityOptions? options = null, CancellationToken cancellationToken = default) =>
            ReliabilityOf(catalog, scored, options, cancellationToken);
    }

    private static ReliabilityReport ReliabilityOf(
        TrainCatalogBase catalog, IDataView scored, ReliabilityOptions? options, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(scored);
        options ??= new();
        options.Validate();
        var rows = TaskEvaluation.Read(TaskEvaluation.TaskOf(catalog), scored, options.LabelColumn, features: null, cancellationToken);
        return ReliabilityReport.Of(rows, "the positive class", options) ?? throw new DataException(
            "There are no probabilities to compare with what happened: the model gives scores only, or no row has a label. Calibrate the model first.");
    }

    private static FitContext Context(TrainCatalogBase catalog, FitContext? context) =>
        context ?? FitContext.Default with { Seed = catalog.Environment.Seed };
}
