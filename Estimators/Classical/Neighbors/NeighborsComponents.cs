using MLPath.Trainers;

namespace MLPath.Runtime;

/// <summary>The components and algorithms of nearest neighbours.</summary>
internal static class NeighborsComponents
{
    /// <summary>Adds what model files may hold.</summary>
    public static ComponentList AddNeighbors(this ComponentList list) => list
        .AddClassModel(KNearestNeighborsModelParameters.Id, KNearestNeighborsModelParameters.Load)
        .AddRegressionModel(KNearestNeighborsRegressionModelParameters.Id, KNearestNeighborsRegressionModelParameters.Load);

    /// <summary>What can be chosen by name.</summary>
    public static IReadOnlyList<Algorithm> Algorithms { get; } =
    [
        new("knn", "k nearest neighbours", "The k training rows nearest to a row vote.",
        [
            TrainerFactory.Of(LearningTask.Binary, "KNearestNeighbors", KNearestNeighborsTrainer.Options.All,
                o => new KNearestNeighborsBinaryTrainer(o)),
            TrainerFactory.Of(LearningTask.Multiclass, "KNearestNeighbors", KNearestNeighborsTrainer.Options.All,
                o => new KNearestNeighborsMulticlassTrainer(o)),
            TrainerFactory.Of(LearningTask.Regression, "KNearestNeighbors", KNearestNeighborsTrainer.Options.ForRegression,
                o => new KNearestNeighborsRegressionTrainer(o)),
        ]) { IsUsual = true },
    ];
}
