using MLPath.Trainers;

namespace MLPath.Runtime;

/// <summary>The components and algorithms of anomaly detection.</summary>
internal static class AnomalyComponents
{
    /// <summary>Adds what model files may hold.</summary>
    public static ComponentList AddAnomaly(this ComponentList list) => list
        .AddAnomalyModel(LocalOutlierFactorModelParameters.Id, LocalOutlierFactorModelParameters.Load);

    /// <summary>What can be chosen by name.</summary>
    public static IReadOnlyList<Algorithm> Algorithms { get; } =
    [
        new("lof", "Local outlier factor", "How much less densely rows lie around a row than around its neighbours.",
        [
            TrainerFactory.Of(LearningTask.AnomalyDetection, "LocalOutlierFactor", LocalOutlierFactorTrainer.Options.All,
                o => new LocalOutlierFactorTrainer(o)),
        ]) { IsUsual = true },
    ];
}
