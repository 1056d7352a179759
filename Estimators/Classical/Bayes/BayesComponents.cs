using MLPath.Trainers;

namespace MLPath.Runtime;

/// <summary>The components and algorithms of Bayes' rule.</summary>
internal static class BayesComponents
{
    /// <summary>Adds what model files may hold.</summary>
    public static ComponentList AddBayes(this ComponentList list) => list
        .AddClassModel(NaiveBayesModelParameters.Id, NaiveBayesModelParameters.Load)
        .AddClassModel(DiscreteNaiveBayesModelParameters.Id, DiscreteNaiveBayesModelParameters.Load)
        .AddClassModel(CategoricalNaiveBayesModelParameters.Id, CategoricalNaiveBayesModelParameters.Load);

    /// <summary>What can be chosen by name.</summary>
    public static IReadOnlyList<Algorithm> Algorithms { get; } =
    [
        new("bayes", "Gaussian naive Bayes", "Each class as an independent normal distribution of every feature; the likeliest class wins.",
        [
            TrainerFactory.Of(LearningTask.Binary, "NaiveBayes", NaiveBayesTrainer.Options.All, o => new NaiveBayesBinaryTrainer(o)),
            TrainerFactory.Of(LearningTask.Multiclass, "NaiveBayes", NaiveBayesTrainer.Options.All, o => new NaiveBayesMulticlassTrainer(o)),
        ]) { IsUsual = true },
        new("bernoulli-bayes", "Bernoulli naive Bayes", "How often each feature is present in each class; the likeliest class wins.",
        [
            TrainerFactory.Of(LearningTask.Binary, "BernoulliNaiveBayes", BernoulliNaiveBayesTrainer.Options.All, o => new BernoulliNaiveBayesBinaryTrainer(o)),
            TrainerFactory.Of(LearningTask.Multiclass, "BernoulliNaiveBayes", BernoulliNaiveBayesTrainer.Options.All, o => new BernoulliNaiveBayesMulticlassTrainer(o)),
        ]),
        new("multinomial-bayes", "Multinomial naive Bayes", "How each class's counts, such as those of words, spread over the features; the likeliest class wins.",
        [
            TrainerFactory.Of(LearningTask.Binary, "MultinomialNaiveBayes", MultinomialNaiveBayesTrainer.Options.All, o => new MultinomialNaiveBayesBinaryTrainer(o)),
            TrainerFactory.Of(LearningTask.Multiclass, "MultinomialNaiveBayes", MultinomialNaiveBayesTrainer.Options.All, o => new MultinomialNaiveBayesMulticlassTrainer(o)),
        ]),
        new("complement-bayes", "Complement naive Bayes", "How the counts of all other classes spread over the features; for counts with uneven classes.",
        [
            TrainerFactory.Of(LearningTask.Binary, "ComplementNaiveBayes", ComplementNaiveBayesTrainer.Options.All, o => new ComplementNaiveBayesBinaryTrainer(o)),
            TrainerFactory.Of(LearningTask.Multiclass, "ComplementNaiveBayes", ComplementNaiveBayesTrainer.Options.All, o => new ComplementNaiveBayesMulticlassTrainer(o)),
        ]),
        new("categorical-bayes", "Categorical naive Bayes", "How often each feature takes each of its categories, 0, 1, 2, …, in each class; the likeliest class wins.",
        [
            TrainerFactory.Of(LearningTask.Binary, "CategoricalNaiveBayes", CategoricalNaiveBayesTrainer.Options.All, o => new CategoricalNaiveBayesBinaryTrainer(o)),
            TrainerFactory.Of(LearningTask.Multiclass, "CategoricalNaiveBayes", CategoricalNaiveBayesTrainer.Options.All, o => new CategoricalNaiveBayesMulticlassTrainer(o)),
        ]),
    ];
}
