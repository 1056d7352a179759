using MLPath.Data;
using MLPath.Runtime;
using MLPath.Trainers;

namespace MLPath;

/// <summary>The base of the catalogs of learning tasks.</summary>
public abstract class TrainCatalogBase
{
    private protected TrainCatalogBase(MLEnvironment environment) => Environment = environment;

    /// <summary>What all catalogs share.</summary>
    public MLEnvironment Environment { get; }

    /// <summary>One fold of a cross-validation.</summary>
    /// <typeparam name="T">The task's metrics.</typeparam>
    /// <param name="model">The model that was trained on the other folds.</param>
    /// <param name="metrics">Its quality on this fold.</param>
    /// <param name="scoredHoldOutSet">This fold with the model's predictions.</param>
    /// <param name="fold">The number of the fold, from 0.</param>
    public sealed class CrossValidationResult<T>(ITransformer model, T metrics, IDataView scoredHoldOutSet, int fold) where T : class
    {
        /// <summary>The model's quality on this fold.</summary>
        public T Metrics { get; } = metrics;

        /// <summary>The model that was trained on the other folds.</summary>
        public ITransformer Model { get; } = model;

        /// <summary>This fold with the model's predictions.</summary>
        public IDataView ScoredHoldOutSet { get; } = scoredHoldOutSet;

        /// <summary>The number of the fold, from 0.</summary>
        public int Fold { get; } = fold;
    }
}

/// <summary>Telling two classes apart: <c>ml.BinaryClassification</c>.</summary>
public sealed class BinaryClassificationCatalog : TrainCatalogBase
{
    /// <summary>Creates the catalog.</summary>
    /// <param name="environment">What all catalogs share.</param>
    public BinaryClassificationCatalog(MLEnvironment environment) : base(environment) => Trainers = new(environment);

    /// <summary>The trainers.</summary>
    public BinaryClassificationTrainers Trainers { get; }

    /// <summary>The trainers of binary classification. Libraries add to them by extension members.</summary>
    /// <param name="environment">What all catalogs share.</param>
    public sealed class BinaryClassificationTrainers(MLEnvironment environment)
    {
        /// <summary>What all catalogs share.</summary>
        public MLEnvironment Environment { get; } = environment;
    }
}

/// <summary>Telling several classes apart: <c>ml.MulticlassClassification</c>.</summary>
public sealed class MulticlassClassificationCatalog : TrainCatalogBase
{
    /// <summary>Creates the catalog.</summary>
    /// <param name="environment">What all catalogs share.</param>
    public MulticlassClassificationCatalog(MLEnvironment environment) : base(environment) => Trainers = new(environment);

    /// <summary>The trainers.</summary>
    public MulticlassClassificationTrainers Trainers { get; }

    /// <summary>The trainers of multiclass classification. Libraries add to them by extension members.</summary>
    /// <param name="environment">What all catalogs share.</param>
    public sealed class MulticlassClassificationTrainers(MLEnvironment environment)
    {
        /// <summary>What all catalogs share.</summary>
        public MLEnvironment Environment { get; } = environment;
    }
}

/// <summary>Predicting numbers: <c>ml.Regression</c>.</summary>
public sealed class RegressionCatalog : TrainCatalogBase
{
    /// <summary>Creates the catalog.</summary>
    /// <param name="environment">What all catalogs share.</param>
    public RegressionCatalog(MLEnvironment environment) : base(environment) => Trainers = new(environment);

    /// <summary>The trainers.</summary>
    public RegressionTrainers Trainers { get; }

    /// <summary>The trainers of regression. Libraries add to them by extension members.</summary>
    /// <param name="environment">What all catalogs share.</param>
    public sealed class RegressionTrainers(MLEnvironment environment)
    {
        /// <summary>What all catalogs share.</summary>
        public MLEnvironment Environment { get; } = environment;
    }
}

/// <summary>Finding groups without labels: <c>ml.Clustering</c>.</summary>
public sealed class ClusteringCatalog : TrainCatalogBase
{
    /// <summary>Creates the catalog.</summary>
    /// <param name="environment">What all catalogs share.</param>
    public ClusteringCatalog(MLEnvironment environment) : base(environment) => Trainers = new(environment);

    /// <summary>The trainers.</summary>
    public ClusteringTrainers Trainers { get; }

    /// <summary>The trainers of clustering. Libraries add to them by extension members.</summary>
    /// <param name="environment">What all catalogs share.</param>
    public sealed class ClusteringTrainers(MLEnvironment environment)
    {
        /// <summary>What all catalogs share.</summary>
        public MLEnvironment Environment { get; } = environment;
    }
}

/// <summary>Finding rows that are unlike the others, without labels: <c>ml.AnomalyDetection</c>.</summary>
public sealed class AnomalyDetectionCatalog : TrainCatalogBase
{
    /// <summary>Creates the catalog.</summary>
    /// <param name="environment">What all catalogs share.</param>
    public AnomalyDetectionCatalog(MLEnvironment environment) : base(environment) => Trainers = new(environment);

    /// <summary>The trainers.</summary>
    public AnomalyDetectionTrainers Trainers { get; }

    /// <summary>Changes from which score on a row is predicted to be an anomaly; the scores stay what they are.</summary>
    /// <typeparam name="TModel">The model.</typeparam>
    /// <param name="model">What was fitted.</param>
    /// <param name="threshold">Rows that score above it are predicted to be anomalies. Any number but NaN.</param>
    /// <returns>A transformer with the same model; <paramref name="model"/> itself when it has that threshold already.</returns>
    /// <exception cref="ArgumentException">The threshold is NaN.</exception>
    public AnomalyPredictionTransformer<TModel> ChangeModelThreshold<TModel>(AnomalyPredictionTransformer<TModel> model, float threshold)
        where TModel : class, IAnomalyModel
    {
        ArgumentNullException.ThrowIfNull(model);
        if (float.IsNaN(threshold))
            throw new ArgumentException("The threshold is NaN, and nothing scores above that.", nameof(threshold));
        return model.Threshold == threshold ? model : new(model.Model, model.FeatureColumnName, threshold) { FittedOn = model.FittedOn };
    }

    /// <summary>The trainers of anomaly detection. Libraries add to them by extension members.</summary>
    /// <param name="environment">What all catalogs share.</param>
    public sealed class AnomalyDetectionTrainers(MLEnvironment environment)
    {
        /// <summary>What all catalogs share.</summary>
        public MLEnvironment Environment { get; } = environment;
    }
}

/// <summary>Ordering the rows of each group by how relevant they are: <c>ml.Ranking</c>.</summary>
public sealed class RankingCatalog : TrainCatalogBase
{
    /// <summary>Creates the catalog.</summary>
    /// <param name="environment">What all catalogs share.</param>
    public RankingCatalog(MLEnvironment environment) : base(environment) => Trainers = new(environment);

    /// <summary>The trainers.</summary>
    public RankingTrainers Trainers { get; }

    /// <summary>The trainers of ranking. Libraries add to them by extension members.</summary>
    /// <param name="environment">What all catalogs share.</param>
    public sealed class RankingTrainers(MLEnvironment environment)
    {
        /// <summary>What all catalogs share.</summary>
        public MLEnvironment Environment { get; } = environment;
    }
}
