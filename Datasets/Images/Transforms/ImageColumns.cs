using MLPath.Data;

namespace MLPath.Transforms.Image;

/// <summary>What the transforms of images have in common.</summary>
internal static class ImageColumns
{
    /// <summary>The image type of a column.</summary>
    /// <exception cref="SchemaException">It has another type.</exception>
    public static ImageDataViewType Type(string name, DataViewType type) => type as ImageDataViewType ?? throw WrongType(name, type.ToString()!);

    /// <summary>The image type of a column before the fit.</summary>
    /// <exception cref="SchemaException">It has another type.</exception>
    public static ImageDataViewType Type(SchemaShape.Column column) =>
        column.Kind == SchemaShape.Column.VectorKind.Scalar && column.ItemType is ImageDataViewType type ? type : throw WrongType(column.Name, column.TypeText);

    /// <summary>The shape of a column of images.</summary>
    public static SchemaShape.Column Shape(string name, ImageDataViewType type) => new(name, SchemaShape.Column.VectorKind.Scalar, type, isKey: false);

    /// <summary>A column of images made of a column of images, image by image; a missing image stays missing.</summary>
    public static ColumnFunction Map(DataViewSchema.Column input, string outputColumnName, ImageDataViewType type, Func<MLImage, MLImage> map) =>
        ColumnFunction.OfScalars<MLImage?, MLImage?>(
            input, new DataViewSchema.DetachedColumn(outputColumnName, type), image => image is null ? null : map(image));

    private static SchemaException WrongType(string name, string found) => SchemaException.WrongType(
        name, "an image", found, "Load files with Transforms.LoadImages, or make images of vectors with Transforms.ConvertToImage.");
}
