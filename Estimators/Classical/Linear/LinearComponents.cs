using MLPath.Trainers;

namespace MLPath.Runtime;

/// <summary>The components and algorithms of linear models.</summary>
internal static class LinearComponents
{
    /// <summary>Adds what model files may hold.</summary>
    public static ComponentList AddLinear(this ComponentList list) => list
        .AddBinaryModel(LinearBinaryModelParameters.Id, LinearBinaryModelParameters.Load)
        .AddMulticlassModel(MaximumEntropyModelParameters.Id, MaximumEntropyModelParameters.Load)
        .AddRegressionModel(LinearRegressionModelParameters.Id, LinearRegressionModelParameters.Load)
        .AddRegressionModel(OlsModelParameters.Id, OlsModelParameters.Load)
        .AddRegressionModel(ElasticNetModelParameters.Id, ElasticNetModelParameters.Load)
        .AddRegressionModel(HuberModelParameters.Id, HuberModelParameters.Load)
        .AddRegressionModel(PoissonRegressionModelParameters.Id, PoissonRegressionModelParameters.Load);

    /// <summary>What can be chosen by name.</summary>
    public static IReadOnlyList<Algorithm> Algorithms { get; } =
    [
        new("logistic", "Logistic regression", "The logarithm of the odds of a class as a linear function of the features, with L1 and L2 penalties.",
        [
            TrainerFactory.Of(LearningTask.Binary, "LbfgsLogisticRegression", LbfgsLogisticRegressionBinaryTrainer.Options.All,
                o => new LbfgsLogisticRegressionBinaryTrainer(o), "LbfgsLogisticRegression"),
            TrainerFactory.Of(LearningTask.Multiclass, "LbfgsMaximumEntropy", LbfgsMaximumEntropyMulticlassTrainer.Options.All,
                o => new LbfgsMaximumEntropyMulticlassTrainer(o), "LbfgsMaximumEntropy"),
        ]) { IsUsual = true },
        new("ols", "Ordinary least squares", "The linear function of the features with the least squared error, and the statistics of its weights.",
        [
            TrainerFactory.Of(LearningTask.Regression, "Ols", OlsTrainer.Options.All, o => new OlsTrainer(o), "Ols"),
        ]) { IsUsual = true },
        new("ridge", "Ridge regression", "Least squares with a penalty on large weights.",
        [
            TrainerFactory.Of(LearningTask.Regression, "Ridge", RidgeTrainer.Options.All, o => new RidgeTrainer(o)),
        ]) { IsUsual = true },
        new("lasso", "Lasso", "Least squares with a penalty that sets needless weights to 0.",
        [
            TrainerFactory.Of(LearningTask.Regression, "Lasso", LassoTrainer.Options.All, o => new LassoTrainer(o)),
        ]),
        new("elastic-net", "Elastic net", "Least squares with the penalties of the lasso and of ridge regression.",
        [
            TrainerFactory.Of(LearningTask.Regression, "ElasticNet", ElasticNetTrainer.Options.All, o => new ElasticNetTrainer(o)),
        ]),
        new("huber", "Huber regression", "A linear function of the features that outliers do not sway.",
        [
            TrainerFactory.Of(LearningTask.Regression, "Huber", HuberTrainer.Options.All, o => new HuberTrainer(o)),
        ]),
        new("poisson", "Poisson regression", "A count whose logarithm is a linear function of the features, with L1 and L2 penalties.",
        [
            TrainerFactory.Of(LearningTask.Regression, "LbfgsPoissonRegression", LbfgsPoissonRegressionTrainer.Options.All,
                o => new LbfgsPoissonRegressionTrainer(o), "LbfgsPoissonRegression"),
        ]),
    ];
}
