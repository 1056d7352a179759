using MLPath.Transforms;

namespace MLPath.Runtime;

/// <summary>The components and algorithms of decompositions.</summary>
internal static class DecompositionComponents
{
    /// <summary>Adds what model files may hold.</summary>
    public static ComponentList AddDecomposition(this ComponentList list) => list
        .Add(PrincipalComponentAnalysisTransformer.Id, PrincipalComponentAnalysisTransformer.Load)
        .Add(TruncatedSvdTransformer.Id, TruncatedSvdTransformer.Load)
        .Add(KernelPcaTransformer.Id, KernelPcaTransformer.Load)
        .Add(TSneTransformer.Id, TSneTransformer.Load);

    /// <summary>What can be looked up by name.</summary>
    public static IReadOnlyList<AlgorithmStep> Steps { get; } =
    [
        new("pca", "Principal component analysis", "The few directions along which the rows vary most: exactly, by random directions, or batch by batch.",
            "Transforms.ProjectToPrincipalComponents", PrincipalComponentAnalyzer.Options.All, "ProjectToPrincipalComponents"),
        new("truncated-svd", "Truncated singular value decomposition", "The leading singular vectors of the rows, sparse or dense, without subtracting a mean.",
            "Transforms.TruncatedSvd", TruncatedSvdEstimator.Options.All),
        new("kernel-pca", "Kernel principal component analysis", "The directions of greatest variance in the space of a kernel.",
            "Transforms.KernelPca", KernelPcaEstimator.Options.All),
        new("tsne", "t-SNE", "A map of the rows in two dimensions or three in which neighbours stay neighbours, exactly or by Barnes and Hut's tree.",
            "Transforms.TSne", TSne.Options.All),
    ];
}
