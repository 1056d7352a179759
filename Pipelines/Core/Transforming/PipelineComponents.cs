using MLPath.Data;
using MLPath.Transforms;
using MLPath.Transforms.Text;

namespace MLPath.Runtime;

/// <summary>The components of this library that model files may hold.</summary>
public static class PipelineComponents
{
    internal const string TransformerChain = "MLPath.TransformerChain";

    /// <summary>The list to register.</summary>
    public static ComponentList All { get; } = new ComponentList("MLPath.Pipelines")
        .Add(TransformerChain, TransformerChain<ITransformer>.Load)
        .Add(ModelWithLoader.Id, ModelWithLoader.Load)
        .Add(ColumnConcatenatingTransformer.Id, ColumnConcatenatingTransformer.Load)
        .Add(ColumnCopyingTransformer.Id, ColumnCopyingTransformer.Load)
        .Add(ColumnSelectingTransformer.Id, ColumnSelectingTransformer.Load)
        .Add(NormalizingTransformer.Id, NormalizingTransformer.Load)
        .Add(LpNormNormalizingTransformer.Id, LpNormNormalizingTransformer.Load)
        .Add(SlotSelectingTransformer.Id, SlotSelectingTransformer.Load)
        .Add(MissingValueIndicatorTransformer.Id, MissingValueIndicatorTransformer.Load)
        .Add(TypeConvertingTransformer.Id, TypeConvertingTransformer.Load)
        .Add(HashingTransformer.Id, HashingTransformer.Load)
        .Add(OneHotHashEncodingTransformer.Id, OneHotHashEncodingTransformer.Load)
        .Add(MissingValueReplacingTransformer.Id, MissingValueReplacingTransformer.Load)
        .Add(ValueMappingTransformer.Id, ValueMappingTransformer.Load)
        .Add(ValueToKeyMappingTransformer.Id, ValueToKeyMappingTransformer.Load)
        .Add(KeyToValueMappingTransformer.Id, KeyToValueMappingTransformer.Load)
        .Add(KeyToVectorMappingTransformer.Id, KeyToVectorMappingTransformer.Load)
        .Add(KeyToBinaryVectorMappingTransformer.Id, KeyToBinaryVectorMappingTransformer.Load)
        .Add(OneHotEncodingTransformer.Id, OneHotEncodingTransformer.Load)
        .Add(FeaturizingTransformer.Id, FeaturizingTransformer.Load)
        .Add(TextNormalizingTransformer.Id, TextNormalizingTransformer.Load)
        .Add(WordTokenizingTransformer.Id, WordTokenizingTransformer.Load)
        .Add(TokenizingByCharactersTransformer.Id, TokenizingByCharactersTransformer.Load)
        .Add(StopWordsRemovingTransformer.Id, StopWordsRemovingTransformer.Load)
        .Add(NgramExtractingTransformer.Id, NgramExtractingTransformer.Load)
        .Add(NgramHashingTransformer.Id, NgramHashingTransformer.Load)
        .Add(TextFeaturizingTransformer.Id, TextFeaturizingTransformer.Load)
        .Add(TokenSequenceTransformer.Id, TokenSequenceTransformer.Load)
        .Add(ExpressionTransformer.Id, ExpressionTransformer.Load)
        .Add(ApproximatedKernelTransformer.Id, ApproximatedKernelTransformer.Load)
        .Add(VectorWhiteningTransformer.Id, VectorWhiteningTransformer.Load)
        .Add(DateTimeFeaturizingTransformer.Id, DateTimeFeaturizingTransformer.Load);
}
