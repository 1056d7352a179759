using MLPath.Trainers;

namespace MLPath.Runtime;

/// <summary>The components and algorithms that learn through kernels.</summary>
internal static class KernelsComponents
{
    /// <summary>Adds what model files may hold.</summary>
    public static ComponentList AddKernels(this ComponentList list) => list
        .AddBinaryModel(KernelSvmBinaryModelParameters.Id, KernelSvmBinaryModelParameters.Load)
        .AddMulticlassModel(KernelSvmMulticlassModelParameters.Id, KernelSvmMulticlassModelParameters.Load)
        .AddRegressionModel(KernelSvmRegressionModelParameters.Id, KernelSvmRegressionModelParameters.Load)
        .AddAnomalyModel(OneClassSvmModelParameters.Id, OneClassSvmModelParameters.Load);

    /// <summary>What can be chosen by name.</summary>
    public static IReadOnlyList<Algorithm> Algorithms { get; } =
    [
        new("svm", "Support vector machine", "The widest margin between classes, or the flattest tube around numbers, in the space of a kernel.",
        [
            TrainerFactory.Of(LearningTask.Binary, "KernelSvm", KernelSvmTrainer.Options.All, o => new KernelSvmBinaryTrainer(o)),
            TrainerFactory.Of(LearningTask.Multiclass, "KernelSvm", KernelSvmTrainer.Options.All, o => new KernelSvmMulticlassTrainer(o)),
            TrainerFactory.Of(LearningTask.Regression, "KernelSvm", KernelSvmTrainer.RegressionOptions.All, o => new KernelSvmRegressionTrainer(o)),
        ]),
        new("one-class-svm", "One-class support vector machine", "A boundary around most of the rows, in the space of a kernel; what lies outside is an anomaly.",
        [
            TrainerFactory.Of(LearningTask.AnomalyDetection, "OneClassSvm", OneClassSvmTrainer.Options.All, o => new OneClassSvmTrainer(o)),
        ]),
    ];
}
