using MLPath.Trainers;

namespace MLPath.Runtime;

/// <summary>The components and algorithms of linear models.</summary>
internal static class LinearComponents
{
    /// <summary>Adds what model files may hold.</summary>
    public static ComponentList AddLinear(this ComponentList list) => list
        .AddBinaryModel(LinearBinaryModelParameters.Id, LinearBinaryModelParameters.Load)
        .AddBinaryModel(LinearBinaryModelParameters.MarginId, LinearBinaryModelParameters.LoadMargin)
        .AddMulticlassModel(LinearMulticlassModelParameters.Id, LinearMulticlassModelParameters.Load)
        .AddMulticlassModel(MaximumEntropyModelParameters.Id, MaximumEntropyModelParameters.Load)
        .AddRegressionModel(LinearRegressionModelParameters.Id, LinearRegressionModelParameters.Load)
        .AddRegressionModel(IterativeLinearRegressionModelParameters.IterativeId, IterativeLinearRegressionModelParameters.LoadIterative)
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
        new("sdca", "Stochastic dual coordinate ascent", "A linear function of the features, for a number or the logarithm of odds, improved row after row.",
        [
            TrainerFactory.Of(LearningTask.Regression, "Sdca", SdcaRegressionTrainer.Options.All, o => new SdcaRegressionTrainer(o), "Sdca"),
            TrainerFactory.Of(LearningTask.Binary, "SdcaLogisticRegression", SdcaLogisticRegressionBinaryTrainer.Options.All,
                o => new SdcaLogisticRegressionBinaryTrainer(o), "SdcaLogisticRegression"),
            TrainerFactory.Of(LearningTask.Multiclass, "SdcaMaximumEntropy", SdcaMaximumEntropyMulticlassTrainer.Options.All,
                o => new SdcaMaximumEntropyMulticlassTrainer(o), "SdcaMaximumEntropy"),
        ]),
        new("sdca-noncalibrated", "Dual coordinate ascent without probabilities", "Linear margins between classes, by a loss to choose.",
        [
            TrainerFactory.Of(LearningTask.Binary, "SdcaNonCalibrated", SdcaNonCalibratedBinaryTrainer.Options.All,
                o => new SdcaNonCalibratedBinaryTrainer(o), "SdcaNonCalibrated"),
            TrainerFactory.Of(LearningTask.Multiclass, "SdcaNonCalibrated", SdcaNonCalibratedMulticlassTrainer.Options.All,
                o => new SdcaNonCalibratedMulticlassTrainer(o), "SdcaNonCalibrated"),
        ]),
        new("sgd", "Stochastic gradient descent", "Logistic regression by a step for each row.",
        [
            TrainerFactory.Of(LearningTask.Binary, "SgdCalibrated", SgdCalibratedTrainer.Options.All, o => new SgdCalibratedTrainer(o), "SgdCalibrated"),
        ]),
        new("sgd-noncalibrated", "Stochastic gradient descent without probabilities", "A linear margin, by a loss to choose and a step for each row.",
        [
            TrainerFactory.Of(LearningTask.Binary, "SgdNonCalibrated", SgdNonCalibratedTrainer.Options.All,
                o => new SgdNonCalibratedTrainer(o), "SgdNonCalibrated"),
        ]),
        new("averaged-perceptron", "Averaged perceptron", "A linear margin by a step for each row on the wrong side, averaged over all steps.",
        [
            TrainerFactory.Of(LearningTask.Binary, "AveragedPerceptron", AveragedPerceptronTrainer.Options.All,
                o => new AveragedPerceptronTrainer(o), "AveragedPerceptron"),
        ]),
        new("linear-svm", "Linear support vector machine", "The plane between two classes with the widest margin.",
        [
            TrainerFactory.Of(LearningTask.Binary, "LinearSvm", LinearSvmTrainer.Options.All, o => new LinearSvmTrainer(o), "LinearSvm"),
        ]),
        new("ogd", "Online gradient descent", "A linear function of the features by a step for each row, ever shorter.",
        [
            TrainerFactory.Of(LearningTask.Regression, "OnlineGradientDescent", OnlineGradientDescentTrainer.Options.All,
                o => new OnlineGradientDescentTrainer(o), "OnlineGradientDescent"),
        ]),
    ];
}
