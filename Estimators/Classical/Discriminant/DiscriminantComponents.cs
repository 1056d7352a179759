using MLPath.Trainers;

namespace MLPath.Runtime;

/// <summary>The components and algorithms of discriminant analysis.</summary>
internal static class DiscriminantComponents
{
    /// <summary>Adds what model files may hold.</summary>
    public static ComponentList AddDiscriminant(this ComponentList list) => list
        .AddClassModel(QuadraticDiscriminantModelParameters.Id, QuadraticDiscriminantModelParameters.Load);

    /// <summary>What can be chosen by name.</summary>
    public static IReadOnlyList<Algorithm> Algorithms { get; } =
    [
        new("lda", "Linear discriminant analysis", "Each class as a normal distribution, all of one covariance; the likeliest class wins.",
        [
            TrainerFactory.Of(LearningTask.Binary, "LinearDiscriminantAnalysis", LinearDiscriminantAnalysisTrainer.Options.All, o => new LinearDiscriminantAnalysisBinaryTrainer(o)),
            TrainerFactory.Of(LearningTask.Multiclass, "LinearDiscriminantAnalysis", LinearDiscriminantAnalysisTrainer.Options.All, o => new LinearDiscriminantAnalysisMulticlassTrainer(o)),
        ]),
        new("qda", "Quadratic discriminant analysis", "Each class as a normal distribution with a covariance of its own; the likeliest class wins.",
        [
            TrainerFactory.Of(LearningTask.Binary, "QuadraticDiscriminantAnalysis", QuadraticDiscriminantAnalysisTrainer.Options.All, o => new QuadraticDiscriminantAnalysisBinaryTrainer(o)),
            TrainerFactory.Of(LearningTask.Multiclass, "QuadraticDiscriminantAnalysis", QuadraticDiscriminantAnalysisTrainer.Options.All, o => new QuadraticDiscriminantAnalysisMulticlassTrainer(o)),
        ]),
    ];
}
