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
}
