using MLPath.Trainers;

namespace MLPath;

/// <summary>The trainer of the local outlier factor.</summary>
public static class LocalOutlierFactorCatalog
{
    extension(AnomalyDetectionCatalog.AnomalyDetectionTrainers catalog)
    {
        /// <summary>Local outlier factor: anomalies are rows around which others lie less densely than around their neighbours.</summary>
        /// <param name="featureColumnName">The features, best of similar scale.</param>
        /// <param name="numberOfNeighbors">k, how many neighbours tell the density around a row.</param>
        /// <param name="contamination">The part of the training rows that is taken for anomalies, 0 to 0.5; 0 when not known.</param>
        public LocalOutlierFactorTrainer LocalOutlierFactor(
            string featureColumnName = "Features", int numberOfNeighbors = 20, double contamination = 0) =>
            catalog.LocalOutlierFactor(new LocalOutlierFactorTrainer.Options
            {
                FeatureColumnName = featureColumnName,
                NumberOfNeighbors = numberOfNeighbors,
                Contamination = contamination,
            });

        /// <summary>Local outlier factor: anomalies are rows around which others lie less densely than around their neighbours.</summary>
        /// <param name="options">The options.</param>
        public LocalOutlierFactorTrainer LocalOutlierFactor(LocalOutlierFactorTrainer.Options options) => new(options);
    }
}
