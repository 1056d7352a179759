using MLPath.Data;
using MLPath.Transforms;

namespace MLPath.Runtime;

/// <summary>The components of this library that model files may hold.</summary>
public static class PipelineComponents
{
    internal const string TransformerChain = "MLPath.TransformerChain";

    /// <summary>The list to register.</summary>
    public static ComponentList All { get; } = new ComponentList("MLPath.Pipelines")
        .Add(TransformerChain, TransformerChain<ITransformer>.Load)
        .Add(ColumnConcatenatingTransformer.Id, ColumnConcatenatingTransformer.Load);
}
