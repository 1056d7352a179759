using MLPath.Trainers;

namespace MLPath.Runtime;

/// <summary>The components and algorithms of Bayes' rule.</summary>
internal static class BayesComponents
{
    /// <summary>Adds what model files may hold.</summary>
    public static ComponentList AddBayes(this ComponentList list) => list
        .AddClassModel(NaiveBayesModelParameters.Id, NaiveBayesModelParameters.Load);

    /// <summary>What can be chosen by name.</summary>
    public static IReadOnlyList<Algorithm> Algorithms { get; } =
    [
        new("bayes", "Gaussian naive Bayes", "Each class as an independent normal distribution of every feature; the likeliest class wins.",
        [
            TrainerFactory.Of(LearningTask.Binary, "NaiveBayes", NaiveBayesTrainer.Options.All, o => new NaiveBayesBinaryTrainer(o)),
            TrainerFactory.Of(LearningTask.Multiclass, "NaiveBayes", NaiveBayesTrainer.Options.All, o => new NaiveBayesMulticlassTrainer(o)),
        ]) { IsUsual = true },
    ];
}
