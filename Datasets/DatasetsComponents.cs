using MLPath.Data;
using MLPath.Transforms.Image;

namespace MLPath.Runtime;

/// <summary>The components of this library that model files may hold.</summary>
public static class DatasetsComponents
{
    /// <summary>The list to register.</summary>
    public static ComponentList All { get; } = new ComponentList("MLPath.Datasets")
        .AddType(ImageDataViewType.Id, ImageDataViewType.Of)
        .Add(TextLoader.Id, TextLoader.Load)
        .Add(SvmLightLoader.Id, SvmLightLoader.Load)
        .Add(DatabaseLoader.Id, DatabaseLoader.Load)
        .Add(ImageLoadingTransformer.Id, ImageLoadingTransformer.Load)
        .Add(ImageResizingTransformer.Id, ImageResizingTransformer.Load)
        .Add(ImageGrayscalingTransformer.Id, ImageGrayscalingTransformer.Load)
        .Add(ImagePixelExtractingTransformer.Id, ImagePixelExtractingTransformer.Load)
        .Add(VectorToImageConvertingTransformer.Id, VectorToImageConvertingTransformer.Load)
        .Add(ImageAugmentingTransformer.Id, ImageAugmentingTransformer.Load);
}
