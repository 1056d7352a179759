using MLPath.Trainers;

namespace MLPath.MicrosoftML;

/// <summary>MLPath's trainers and transforms in Microsoft.ML's catalogs.</summary>
/// <example><code>
/// var pipeline = mlContext.Transforms.Concatenate("Features", "Length", "Width")
///     .Append(mlContext.MulticlassClassification.Trainers.MLPath(mlpath.MulticlassClassification.Trainers.Mlp()));
/// </code></example>
public static class MicrosoftMLCatalogs
{
    extension(MS.BinaryClassificationCatalog.BinaryClassificationTrainers trainers)
    {
        /// <summary>A trainer of MLPath for two classes.</summary>
        /// <typeparam name="TModel">Its model.</typeparam>
        /// <param name="trainer">The trainer; its label is a Boolean column.</param>
        /// <param name="fit">What every fit is given: progress, cancellation, threads, seed; <see cref="FitContext.Default"/> when omitted.</param>
        public MLPathEstimator MLPath<TModel>(BinaryTrainer<TModel> trainer, FitContext? fit = null) where TModel : class, IBinaryModel =>
            Wrap(trainers, trainer, fit);
    }

    extension(MS.MulticlassClassificationCatalog.MulticlassClassificationTrainers trainers)
    {
        /// <summary>A trainer of MLPath for several classes.</summary>
        /// <typeparam name="TModel">Its model.</typeparam>
        /// <param name="trainer">The trainer; its label is a key column.</param>
        /// <param name="fit">What every fit is given: progress, cancellation, threads, seed; <see cref="FitContext.Default"/> when omitted.</param>
        public MLPathEstimator MLPath<TModel>(MulticlassTrainer<TModel> trainer, FitContext? fit = null) where TModel : class, IMulticlassModel =>
            Wrap(trainers, trainer, fit);
    }

    extension(MS.RegressionCatalog.RegressionTrainers trainers)
    {
        /// <summary>A trainer of MLPath for numbers.</summary>
        /// <typeparam name="TModel">Its model.</typeparam>
        /// <param name="trainer">The trainer; its label is a Single column.</param>
        /// <param name="fit">What every fit is given: progress, cancellation, threads, seed; <see cref="FitContext.Default"/> when omitted.</param>
        public MLPathEstimator MLPath<TModel>(RegressionTrainer<TModel> trainer, FitContext? fit = null) where TModel : class, IRegressionModel =>
            Wrap(trainers, trainer, fit);
    }

    extension(MS.ClusteringCatalog.ClusteringTrainers trainers)
    {
        /// <summary>A trainer of MLPath for groups.</summary>
        /// <typeparam name="TModel">Its model.</typeparam>
        /// <param name="trainer">The trainer.</param>
        /// <param name="fit">What every fit is given: progress, cancellation, threads, seed; <see cref="FitContext.Default"/> when omitted.</param>
        public MLPathEstimator MLPath<TModel>(ClusteringTrainer<TModel> trainer, FitContext? fit = null) where TModel : class, IClusteringModel =>
            Wrap(trainers, trainer, fit);
    }

    extension(MS.AnomalyDetectionCatalog.AnomalyDetectionTrainers trainers)
    {
        /// <summary>A trainer of MLPath for rows that are unlike the others.</summary>
        /// <typeparam name="TModel">Its model.</typeparam>
        /// <param name="trainer">The trainer.</param>
        /// <param name="fit">What every fit is given: progress, cancellation, threads, seed; <see cref="FitContext.Default"/> when omitted.</param>
        public MLPathEstimator MLPath<TModel>(AnomalyTrainer<TModel> trainer, FitContext? fit = null) where TModel : class, IAnomalyModel =>
            Wrap(trainers, trainer, fit);
    }

    extension(MS.RankingCatalog.RankingTrainers trainers)
    {
        /// <summary>A trainer of MLPath that orders the rows of a group by a number that it predicts for each (pointwise ranking).</summary>
        /// <typeparam name="TModel">Its model.</typeparam>
        /// <param name="trainer">The trainer; its label, the relevance, is a Single column.</param>
        /// <param name="fit">What every fit is given: progress, cancellation, threads, seed; <see cref="FitContext.Default"/> when omitted.</param>
        public MLPathEstimator MLPath<TModel>(RegressionTrainer<TModel> trainer, FitContext? fit = null) where TModel : class, IRegressionModel =>
            Wrap(trainers, trainer, fit);
    }

    extension(MS.ForecastingCatalog.Forecasters forecasters)
    {
        /// <summary>A trainer of MLPath that predicts the next number of a series from those before it.</summary>
        /// <typeparam name="TModel">Its model.</typeparam>
        /// <param name="trainer">The trainer; its features are the numbers before, its label is a Single column.</param>
        /// <param name="fit">What every fit is given: progress, cancellation, threads, seed; <see cref="FitContext.Default"/> when omitted.</param>
        public MLPathEstimator MLPath<TModel>(RegressionTrainer<TModel> trainer, FitContext? fit = null) where TModel : class, IRegressionModel =>
            Wrap(forecasters, trainer, fit);
    }

    extension(MS.TransformsCatalog transforms)
    {
        /// <summary>A transform of MLPath, or a whole chain.</summary>
        /// <param name="estimator">The transform.</param>
        /// <param name="fit">What every fit is given: progress, cancellation, threads, seed; <see cref="FitContext.Default"/> when omitted.</param>
        public MLPathEstimator MLPath(IEstimator<ITransformer> estimator, FitContext? fit = null) => Wrap(transforms, estimator, fit);
    }

    private static MLPathEstimator Wrap(object catalog, IEstimator<ITransformer> estimator, FitContext? fit)
    {
        ArgumentNullException.ThrowIfNull(catalog);
        // A catalog does not tell its context, and nothing that the bridge asks of one depends on it.
        return estimator.AsMicrosoftML(MicrosoftMLColumns.Context, fit);
    }
}
