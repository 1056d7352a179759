using MLPath.Calibrators;
using MLPath.Trainers;

namespace MLPath;

/// <summary>The calibrators of two classes: <c>ml.BinaryClassification.Calibrators</c>.</summary>
public sealed class BinaryCalibrators
{
    internal BinaryCalibrators()
    {
    }

    /// <summary>Adds Probability by a sigmoid of the score.</summary>
    /// <param name="labelColumnName">The label, Boolean.</param>
    /// <param name="scoreColumnName">The score.</param>
    /// <param name="exampleWeightColumnName">The weights; null for none.</param>
    public PlattCalibratorEstimator Platt(string labelColumnName = "Label", string scoreColumnName = "Score", string? exampleWeightColumnName = null) =>
        new(labelColumnName, scoreColumnName, exampleWeightColumnName);

    /// <summary>Adds Probability by a known sigmoid of the score, 1 / (1 + exp(slope · score + offset)).</summary>
    /// <param name="slope">The factor of the score; negative where greater scores speak for the positive class.</param>
    /// <param name="offset">What is added.</param>
    /// <param name="scoreColumnName">The score.</param>
    public FixedPlattCalibratorEstimator Platt(double slope, double offset, string scoreColumnName = "Score") => new(slope, offset, scoreColumnName);

    /// <summary>Adds Probability by a monotone function of the score.</summary>
    /// <param name="labelColumnName">The label, Boolean.</param>
    /// <param name="scoreColumnName">The score.</param>
    /// <param name="exampleWeightColumnName">The weights; null for none.</param>
    public IsotonicCalibratorEstimator Isotonic(string labelColumnName = "Label", string scoreColumnName = "Score", string? exampleWeightColumnName = null) =>
        new(labelColumnName, scoreColumnName, exampleWeightColumnName);

    /// <summary>Adds Probability by the share of positive rows in bins of the score.</summary>
    /// <param name="labelColumnName">The label, Boolean.</param>
    /// <param name="scoreColumnName">The score.</param>
    /// <param name="exampleWeightColumnName">The weights; null for none.</param>
    public NaiveCalibratorEstimator Naive(string labelColumnName = "Label", string scoreColumnName = "Score", string? exampleWeightColumnName = null) =>
        new(labelColumnName, scoreColumnName, exampleWeightColumnName);
}

/// <summary>The calibrators of several classes: <c>ml.MulticlassClassification.Calibrators</c>.</summary>
public sealed class MulticlassCalibrators
{
    internal MulticlassCalibrators()
    {
    }

    /// <summary>Adds the softmax of the logits divided by a learned temperature.</summary>
    /// <param name="labelColumnName">The label, a key.</param>
    /// <param name="scoreColumnName">The scores.</param>
    /// <param name="exampleWeightColumnName">The weights; null for none.</param>
    /// <param name="probabilityColumnName">The column to add; "Score" replaces the scores, for evaluation.</param>
    /// <param name="scores">What the scores are.</param>
    public TemperatureCalibratorEstimator Temperature(
        string labelColumnName = "Label", string scoreColumnName = "Score", string? exampleWeightColumnName = null,
        string probabilityColumnName = "Probability", ClassScoreKind scores = ClassScoreKind.Probabilities) =>
        new(labelColumnName, scoreColumnName, exampleWeightColumnName, probabilityColumnName, scores);
}

/// <summary>The catalogs of calibrators, and calibrated trainers.</summary>
public static class CalibrationCatalog
{
    private static readonly BinaryCalibrators Binary = new();
    private static readonly MulticlassCalibrators Multiclass = new();

    extension(BinaryClassificationCatalog catalog)
    {
        /// <summary>What turns scores into probabilities.</summary>
        public BinaryCalibrators Calibrators => Binary;
    }

    extension(MulticlassClassificationCatalog catalog)
    {
        /// <summary>What makes probabilities of several classes true.</summary>
        public MulticlassCalibrators Calibrators => Multiclass;
    }

    extension(BinaryClassificationCatalog.BinaryClassificationTrainers catalog)
    {
        /// <summary>A trainer whose scores become probabilities by calibrators of rows that the models had not seen.</summary>
        /// <param name="estimator">The trainer.</param>
        /// <param name="method">How scores become probabilities.</param>
        /// <param name="numberOfFolds">How many folds the rows are divided into, 2 or more.</param>
        /// <param name="labelColumnName">The label, Boolean.</param>
        public CalibratedBinaryTrainer Calibrated(
            ITrainerEstimator<Data.ISingleFeaturePredictionTransformer<IBinaryModel>, IBinaryModel> estimator,
            CalibrationMethod method = CalibrationMethod.Platt, int numberOfFolds = 5, string labelColumnName = "Label") =>
            catalog.Calibrated(new CalibratedBinaryTrainer.Options { Estimator = estimator, Method = method, NumberOfFolds = numberOfFolds, LabelColumnName = labelColumnName });

        /// <summary>A trainer whose scores become probabilities by calibrators of rows that the models had not seen.</summary>
        /// <param name="options">The options.</param>
        public CalibratedBinaryTrainer Calibrated(CalibratedBinaryTrainer.Options options) => new(options with { Seed = options.Seed ?? catalog.Environment.Seed });
    }
}
