using MLPath.Trainers;

namespace MLPath.Runtime;

/// <summary>The components and algorithms of the baselines.</summary>
internal static class BaselinesComponents
{
    /// <summary>Adds what model files may hold.</summary>
    public static ComponentList AddBaselines(this ComponentList list) => list
        .AddClassModel(PriorModelParameters.Id, PriorModelParameters.Load)
        .AddRegressionModel(MeanModelParameters.Id, MeanModelParameters.Load)
        .AddClusteringModel(OneClusterModelParameters.Id, OneClusterModelParameters.Load);

    /// <summary>What can be chosen by name.</summary>
    public static IReadOnlyList<Algorithm> Algorithms { get; } =
    [
        new("baseline", "Baseline", "What can be known without features: the class frequencies, the mean, one cluster.",
        [
            TrainerFactory.Of(LearningTask.Binary, "Prior", PriorTrainer.Options.All, o => new PriorTrainer(o), "Prior"),
            TrainerFactory.Of(LearningTask.Multiclass, "Prior", PriorTrainer.Options.All, o => new PriorMulticlassTrainer(o)),
            TrainerFactory.Of(LearningTask.Regression, "Mean", MeanTrainer.Options.All, o => new MeanTrainer(o)),
            TrainerFactory.Of(LearningTask.Clustering, "OneCluster", OneClusterTrainer.Options.All, o => new OneClusterTrainer(o)),
        ]) { IsUsual = true },
    ];
}
