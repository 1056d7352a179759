using MLPath.Calibrators;
using MLPath.Trainers;

namespace MLPath.Runtime;

/// <summary>The components and algorithms of calibration.</summary>
internal static class CalibrationComponents
{
    /// <summary>Adds what model files may hold.</summary>
    public static ComponentList AddCalibration(this ComponentList list) => list
        .Add(PlattCalibrator.Id, PlattCalibrator.Load)
        .Add(PlattCalibrator.Id + "/Transformer", CalibratorTransformer<PlattCalibrator>.Load)
        .Add(IsotonicCalibrator.Id, IsotonicCalibrator.Load)
        .Add(IsotonicCalibrator.Id + "/Transformer", CalibratorTransformer<IsotonicCalibrator>.Load)
        .Add(NaiveCalibrator.Id, NaiveCalibrator.Load)
        .Add(NaiveCalibrator.Id + "/Transformer", CalibratorTransformer<NaiveCalibrator>.Load)
        .Add(TemperatureCalibratorTransformer.Id, TemperatureCalibratorTransformer.Load)
        .AddBinaryModel(CalibratedModelParameters.Id, CalibratedModelParameters.Load);

    /// <summary>What can be chosen by name.</summary>
    public static IReadOnlyList<Algorithm> Algorithms { get; } =
    [
        new("calibrated", "Calibrated classifier", "Naive Bayes whose scores become probabilities by a calibrator of rows it had not seen.",
        [
            TrainerFactory.Of(LearningTask.Binary, "Calibrated", CalibratedBinaryTrainer.Options.All, o => new CalibratedBinaryTrainer(o)),
        ]),
    ];

    /// <summary>What can be looked up by name.</summary>
    public static IReadOnlyList<AlgorithmStep> Steps { get; } =
    [
        new("platt", "Platt's calibrator", "Probabilities by a sigmoid of the score.", "BinaryClassification.Calibrators.Platt", [], "Platt"),
        new("isotonic", "Isotonic calibrator", "Probabilities by a function of the score that never falls.", "BinaryClassification.Calibrators.Isotonic", [], "Isotonic"),
        new("naive-calibrator", "Naive calibrator", "Probabilities by the share of positive rows in bins of the score.", "BinaryClassification.Calibrators.Naive", [], "Naive"),
        new("temperature", "Temperature calibrator", "Probabilities of several classes by one learned temperature.", "MulticlassClassification.Calibrators.Temperature", []),
    ];
}
