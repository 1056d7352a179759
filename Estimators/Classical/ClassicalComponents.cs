namespace MLPath.Runtime;

/// <summary>The components of this library that model files may hold.</summary>
public static class ClassicalComponents
{
    /// <summary>The list to register.</summary>
    public static ComponentList All { get; } = new ComponentList("MLPath.Classical")
        .AddBaselines()
        .AddLinear()
        .AddBayes()
        .AddDiscriminant()
        .AddNeighbors()
        .AddKernels()
        .AddTrees()
        .AddClustering()
        .AddAnomaly()
        .AddDecomposition()
        .AddMeta()
        .AddCalibration();
}

/// <summary>The algorithms of this library that can be chosen by name.</summary>
public static class ClassicalAlgorithms
{
    /// <summary>The list to register.</summary>
    public static IReadOnlyList<Algorithm> All { get; } =
    [
        .. BaselinesComponents.Algorithms,
        .. LinearComponents.Algorithms,
        .. BayesComponents.Algorithms,
        .. DiscriminantComponents.Algorithms,
        .. NeighborsComponents.Algorithms,
        .. KernelsComponents.Algorithms,
        .. TreesComponents.Algorithms,
        .. ClusteringComponents.Algorithms,
        .. AnomalyComponents.Algorithms,
        .. MetaComponents.Algorithms,
        .. CalibrationComponents.Algorithms,
    ];

    /// <summary>The algorithms that are steps of pipelines.</summary>
    public static IReadOnlyList<AlgorithmStep> Steps { get; } = [.. DecompositionComponents.Steps, .. CalibrationComponents.Steps];
}
